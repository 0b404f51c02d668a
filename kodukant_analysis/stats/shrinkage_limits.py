"""Shrinkage limits: how sure shrunken estimates are where the spread between regions is itself not known."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from kodukant_analysis.stats.estimate import NAN, checked_level
from kodukant_analysis.stats.funnel import Limits

FloatArray = npt.NDArray[np.float64]
# Of points x (a column) and of the places of their regions, the part of each region's distribution below its point
Cdf = Callable[[FloatArray, npt.NDArray[np.intp]], FloatArray]
_STEPS = 33
_ZOOMS = 5
_SPREADS = 200
_FARTHEST_LOGIT = 12.0
_LEAST_SPREAD, _MOST_SPREAD = 1e-4, 1 - 1e-4
# e^-12 of the likeliest: what lies beyond moves no limit
_NEGLIGIBLE = -12.0


class _Priors(NamedTuple):
    """Beta distributions that the shares of regions may come from, and how likely each is."""

    a: FloatArray
    b: FloatArray
    weight: FloatArray


def beta_binomial_limits(k: npt.ArrayLike, n: npt.ArrayLike, level: float = 0.95) -> Limits:
    """Limits of the shares of regions that come from one beta distribution which is not known.

    `beta_binomial` takes the likeliest distribution for the true one, and its limits hold 8 to 9 in 10 of 15 regions.
    Here each distribution counts by its likelihood times a prior that is flat in the mean m = a / (a + b) and in
    ω = 1 / √(1 + a + b), the standard deviation of the true shares over the largest possible one √(m(1−m)): a region's
    limits are the quantiles of the mixture of its Beta(k+a, n−k+b). Computed on a grid of both, narrowed to where the
    likelihood lies. A region with n = 0 or anything missing is NaN and does not count; one region or many may be
    given, but few tell little of a spread. Raises ValueError unless 0 <= k <= n.
    Source: Gelman et al., Bayesian Data Analysis (3rd ed.), section 5.3, with a bounded scale for the spread.

    >>> found = beta_binomial_limits([18, 2, 9, 30, 11], [20, 9, 20, 34, 20])
    >>> found.low.round(2).tolist(), found.high.round(2).tolist()
    ([0.68, 0.09, 0.28, 0.72, 0.36], [0.97, 0.63, 0.68, 0.95, 0.75])
    """
    part, whole = np.broadcast_arrays(np.asarray(k, dtype=float), np.asarray(n, dtype=float))
    if (whole < 0).any() or ((part < 0) | (part > whole)).any():
        raise ValueError("of each region k lies between 0 and n")
    told = (whole > 0) & ~np.isnan(part)
    if not told.any():
        return _spread_out((part[told], part[told]), told)
    from scipy.special import betainc

    priors = _priors(part[told], whole[told])
    yes, no = part[told][:, None] + priors.a, (whole - part)[told][:, None] + priors.b
    sure = np.zeros(len(yes)), np.ones(len(yes))
    return _spread_out(_quantiles(lambda x, at: betainc(yes[at], no[at], x) @ priors.weight, sure, level), told)


def normal_shrink_limits(y: npt.ArrayLike, v: npt.ArrayLike, level: float = 0.95) -> Limits:
    """Limits of the values of regions, estimated as y with known variances v, normal around a mean with a spread τ.

    `normal_shrink` takes the likeliest τ for the true one. Here each τ counts by its likelihood, flat in τ and in the
    mean: a region's limits are the quantiles of the mixture of its normal distributions given τ. A region with y or v
    missing is NaN and does not count; fewer than 3 tell nothing of a spread: NaN. Raises ValueError for a variance
    that is not above 0.
    Source: Gelman et al., Bayesian Data Analysis (3rd ed.), section 5.4.

    >>> found = normal_shrink_limits([28, 8, -3, 7, -1, 1, 18, 12], [225, 100, 256, 121, 81, 121, 100, 324])
    >>> found.low.round(1).tolist()[0], found.high.round(1).tolist()[0]
    (-2.1, 31.6)
    """
    value, variance = np.broadcast_arrays(np.asarray(y, dtype=float), np.asarray(v, dtype=float))
    if (variance <= 0).any():
        raise ValueError(f"a variance is above 0, got {variance[variance <= 0][0]:g}")
    told = np.isfinite(value) & np.isfinite(variance)
    if told.sum() < 3:
        return _spread_out((NAN, NAN), told)
    from scipy.special import ndtr

    mean, se, weight = _given_spread(value[told], variance[told])
    sure = (mean - 40 * se).min(axis=1), (mean + 40 * se).max(axis=1)
    return _spread_out(_quantiles(lambda x, at: ndtr((x - mean[at]) / se[at]) @ weight, sure, level), told)


def _priors(k: FloatArray, n: FloatArray) -> _Priors:
    """A grid over ω and the logit of the mean, narrowed to where the likelihood lies."""
    low, high = np.array([_LEAST_SPREAD, -_FARTHEST_LOGIT]), np.array([_MOST_SPREAD, _FARTHEST_LOGIT])
    for _ in range(_ZOOMS):
        spread, logit = np.meshgrid(*np.linspace(low, high, _STEPS, axis=1), indexing="ij")
        log = _log_posterior(spread, logit, k, n)
        likely = np.argwhere(log > log.max() + _NEGLIGIBLE)
        step = (high - low) / (_STEPS - 1)
        first, last = np.maximum(likely.min(axis=0) - 1, 0), np.minimum(likely.max(axis=0) + 1, _STEPS - 1)
        low, high = low + first * step, low + last * step
    place = log > log.max() + _NEGLIGIBLE
    weight = np.exp(log[place] - log.max())
    return _Priors(*_beta(spread[place], logit[place]), weight / weight.sum())


def _log_posterior(spread: FloatArray, logit: FloatArray, k: FloatArray, n: FloatArray) -> FloatArray:
    """Log of likelihood and prior; a mean that is flat is, as a logit, m(1 − m)."""
    from scipy.special import betaln, log_expit

    a, b = (part[..., None] for part in _beta(spread, logit))
    likelihood = np.sum(betaln(k + a, n - k + b) - betaln(a, b), axis=-1)
    return np.asarray(likelihood + log_expit(logit) + log_expit(-logit))


def _beta(spread: FloatArray, logit: FloatArray) -> tuple[FloatArray, FloatArray]:
    from scipy.special import expit

    size = 1 / spread**2 - 1
    return size * expit(logit), size * expit(-logit)


def _given_spread(y: FloatArray, v: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Mean and standard error of each region (row) at each τ (column), and the weight of each τ.

    τ = s·u / (1−u) with u from 0 to 1 reaches every spread there may be, finest around s.
    """
    node, width = np.polynomial.legendre.leggauss(_SPREADS)
    part_of = (node + 1) / 2
    tau = np.sqrt(np.var(y) + 1 / np.mean(1 / v)) * part_of / (1 - part_of)
    log = _log_of_spread(tau, y, v) + np.log(width) - 2 * np.log1p(-part_of)
    precision = 1 / (tau**2 + v[:, None])
    mu, mu_variance = (precision * y[:, None]).sum(axis=0) / precision.sum(axis=0), 1 / precision.sum(axis=0)
    part = tau**2 * precision
    se = np.sqrt(part * v[:, None] + (1 - part) ** 2 * mu_variance)
    weight = np.exp(log - log.max())
    return part * y[:, None] + (1 - part) * mu, se, weight / weight.sum()


def _log_of_spread(tau: FloatArray, y: FloatArray, v: FloatArray) -> FloatArray:
    """Log density of each τ given y, whatever the mean."""
    precision = 1 / (tau**2 + v[:, None])
    mu = (precision * y[:, None]).sum(axis=0) / precision.sum(axis=0)
    fit = np.log(precision) - precision * (y[:, None] - mu) ** 2
    return np.asarray((fit.sum(axis=0) - np.log(precision.sum(axis=0))) / 2)


def _quantiles(cdf: Cdf, sure: tuple[FloatArray, FloatArray], level: float) -> tuple[FloatArray, FloatArray]:
    """Both limits of the distributions of regions, each somewhere between two ends that are sure."""
    from scipy.optimize.elementwise import find_root

    tail = (1 - checked_level(level)) / 2
    place = np.arange(len(sure[0]))

    def above(x: FloatArray, at: npt.NDArray[np.intp], part: FloatArray) -> FloatArray:
        return cdf(x[:, None], at.astype(np.intp)) - part

    low, high = (find_root(above, sure, args=(place, np.full(len(place), part))).x for part in (tail, 1 - tail))
    return low, high


def _spread_out(limits: tuple[npt.ArrayLike, npt.ArrayLike], told: npt.NDArray[np.bool_]) -> Limits:
    whole = np.full((2, *told.shape), NAN)
    whole[:, told] = limits
    return Limits(*whole)
