"""Shrinkage: estimates of few pulled towards what all regions have in common, as far as chance explains them."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from kodukant_analysis.stats.estimate import NAN, checked_level, normal_quantile
from kodukant_analysis.stats.intervals import clopper_pearson, wilson

FloatArray = npt.NDArray[np.float64]
# a + b from "every region is all or none" to "ten thousand times the largest region": beyond is one of the two
_LEAST_PRIOR, _MOST_PRIOR = 1e-4, 1e4
_STEPS = 33
_SERIES_FROM = 1e3
_FARTHEST_LOGIT = 30.0


class BetaBinomial(NamedTuple):
    """Shares of regions after shrinkage, arrays in their order, and the beta distribution they are taken from."""

    estimate: FloatArray
    low: FloatArray
    high: FloatArray
    se: FloatArray
    df: FloatArray  # NaN: none
    n_eff: FloatArray  # n + a + b
    reliability: FloatArray  # n / (n + a + b): how much of the region's own share is in the estimate
    a: float
    b: float


class NormalShrunk(NamedTuple):
    """Estimates of regions after shrinkage, arrays in their order, with the normal distribution they are taken from."""

    estimate: FloatArray
    low: FloatArray
    high: FloatArray
    se: FloatArray
    df: FloatArray  # NaN: none
    n_eff: FloatArray  # NaN: not known from variances
    reliability: FloatArray  # λ = tau2 / (tau2 + v)
    mu: float
    mu_se: float
    tau2: float


def beta_binomial(k: npt.ArrayLike, n: npt.ArrayLike, level: float = 0.95) -> BetaBinomial:
    """Empirical-Bayes shares: the shares of regions are from one beta distribution (a, b), by maximum likelihood.

    Posterior mean (k+a) / (n+a+b), limits the quantiles of Beta(k+a, n−k+b); reliability n / (n+a+b). Limits ignore the
    uncertainty of a and b, too narrow with 10 to 15 regions: `beta_binomial_limits` does not.
    At the boundaries of the likelihood: no more spread than chance explains (a + b infinite), all none or all yes among
    them - no difference found: every region is Σk/Σn with Wilson's interval of it, reliability 0;
    every region all or none, both occurring (a + b = 0): nothing is shared, every region is its own k/n with its
    Clopper-Pearson interval, reliability 1.
    A region with n = 0 or anything missing is NaN and does not count. Raises ValueError unless 0 <= k <= n.
    Source: Skellam 1948; Kleinman 1973.

    >>> found = beta_binomial([18, 2, 9, 30, 11], [20, 9, 20, 34, 20])
    >>> round(found.a, 4), round(found.b, 4), found.estimate.round(3).tolist()
    (2.4352, 1.493, [0.854, 0.343, 0.478, 0.855, 0.561])
    """
    part, whole = np.broadcast_arrays(np.asarray(k, dtype=float), np.asarray(n, dtype=float))
    if (whole < 0).any() or ((part < 0) | (part > whole)).any():
        raise ValueError("of each region k lies between 0 and n")
    checked_level(level)
    told = (whole > 0) & ~np.isnan(part)
    found = _posterior(part[told], whole[told], level)
    return BetaBinomial._make([*(_spread(column, told) for column in found[:7]), *found[7:]])


def normal_shrink(y: npt.ArrayLike, v: npt.ArrayLike, level: float = 0.95) -> NormalShrunk:
    """Empirical-Bayes estimates from estimates y with known variances v: the true values are normal (mu, tau2).

    tau2 of Paule and Mandel: Σ(y − mu)² / (tau2 + v) = I − 1, 0 where less spread than that is seen; mu the mean with
    weights 1 / (tau2 + v), Var(mu) = 1 / Σw. λ = tau2 / (tau2 + v), estimate λy + (1−λ)mu,
    se² = λv + (1−λ)²Var(mu), limits ∓ z·se. They ignore the uncertainty of tau2: `normal_shrink_limits` does not.
    tau2 = 0 - no difference found: every region is mu. One region is itself.
    Give smooth variances (of a common share), not each region's own: 5 of 5 would count for certain.
    A region with y or v missing is NaN and does not count. Raises ValueError for a variance that is not above 0.
    Source: Paule and Mandel 1982; R's metafor: rma(method = "PM") and blup.

    >>> found = normal_shrink([.2, .9, 1.4, -.6], [.1, .2, .1, .3])
    >>> round(found.mu, 4), round(found.tau2, 4), found.estimate.round(3).tolist()
    (0.5288, 0.5542, [0.25, 0.802, 1.267, -0.204])
    """
    value, variance = np.broadcast_arrays(np.asarray(y, dtype=float), np.asarray(v, dtype=float))
    if (variance <= 0).any():
        raise ValueError(f"a variance is above 0, got {variance[variance <= 0][0]:g}")
    told = np.isfinite(value) & np.isfinite(variance)
    own, spread = value[told], variance[told]
    tau2 = _paule_mandel(own, spread)
    mu, mu_variance = _weighted(own, spread, tau2)
    part = tau2 / (tau2 + spread)
    estimate, se = part * own + (1 - part) * mu, np.sqrt(part * spread + (1 - part) ** 2 * mu_variance)
    half = normal_quantile(level) * se
    none = np.full(own.shape, NAN)
    columns = (estimate, estimate - half, estimate + half, se, none, none, part)
    return NormalShrunk._make([*(_spread(column, told) for column in columns), mu, float(np.sqrt(mu_variance)), tau2])


def _posterior(k: FloatArray, n: FloatArray, level: float) -> BetaBinomial:
    prior = _fitted_prior(k, n)
    if prior == np.inf:
        return _all_alike(k, n, level)
    if prior == 0:
        return _all_apart(k, n, level)
    from scipy.special import betaincinv

    mean = _mean_at(prior, k, n)
    a, b = prior * mean, prior * (1 - mean)
    yes, no = k + a, n - k + b
    size = n + prior
    tail = (1 - level) / 2
    low, high = (np.asarray(betaincinv(yes, no, one), dtype=np.float64) for one in (tail, 1 - tail))
    se = np.sqrt(yes * no / (size**2 * (size + 1)))
    return BetaBinomial(yes / size, low, high, se, np.full(n.shape, NAN), size, n / size, a, b)


def _all_alike(k: FloatArray, n: FloatArray, level: float) -> BetaBinomial:
    pooled = wilson(float(k.sum()), float(n.sum()), level)
    mean, size = pooled.estimate, float(n.sum())
    se = float(np.sqrt(mean * (1 - mean) / size)) if size else NAN
    numbers = (mean, pooled.low, pooled.high, se, NAN, size, 0.0)
    return BetaBinomial._make([*(np.full(n.shape, number) for number in numbers), np.inf, np.inf])


def _all_apart(k: FloatArray, n: FloatArray, level: float) -> BetaBinomial:
    own = [clopper_pearson(yes, of, level) for yes, of in zip(k, n, strict=True)]
    low, high = (np.array([one[place] for one in own], dtype=float) for place in (1, 2))
    return BetaBinomial(k / n, low, high, np.full(n.shape, NAN), np.full(n.shape, NAN), n, np.ones(n.shape), 0.0, 0.0)


def _fitted_prior(k: FloatArray, n: FloatArray) -> float:
    """a + b at the maximum of the likelihood; infinite or 0 where that is at its boundary."""
    # of regions with one observation each nothing can be seen of a spread between them
    if k.sum() in (0, n.sum()) or n.max() <= 1:
        return float(np.inf)
    sizes = np.geomspace(_LEAST_PRIOR, _MOST_PRIOR * n.max(), _STEPS)
    slopes = [_slope(float(size), k, n) for size in sizes]
    tops = [place for place in range(_STEPS - 1) if slopes[place] > 0 >= slopes[place + 1]]
    if not tops:
        return float(np.inf) if slopes[-1] > 0 else 0.0
    from scipy.optimize import brentq

    found = [float(brentq(_slope, sizes[top], sizes[top + 1], args=(k, n), rtol=1e-14)) for top in tops]
    return max(found, key=lambda prior: _log_likelihood(prior, k, n))


def _slope(prior: float, k: FloatArray, n: FloatArray) -> float:
    """Slope of the log-likelihood in a + b, the mean a / (a + b) being the best one for it."""
    mean = _mean_at(prior, k, n)
    yes, no = _risen(prior * mean, k), _risen(prior * (1 - mean), n - k)
    return float(np.sum(mean * yes + (1 - mean) * no - _risen(prior, n)))


def _mean_at(prior: float, k: FloatArray, n: FloatArray) -> float:
    """The best a / (a + b) for an a + b: the likelihood is concave in it, its slope has one root."""
    from scipy.optimize import brentq
    from scipy.special import expit

    def slope(logit: float) -> float:
        return float(np.sum(_risen(prior * expit(logit), k) - _risen(prior * expit(-logit), n - k)))

    return float(expit(brentq(slope, -_FARTHEST_LOGIT, _FARTHEST_LOGIT, xtol=1e-14)))


def _risen(a: float, k: FloatArray) -> FloatArray:
    """ψ(a + k) − ψ(a); for a large a by its series, as the difference of two like numbers has no digits left."""
    from scipy.special import psi

    if a < _SERIES_FROM:
        return np.asarray(psi(a + k) - psi(a))
    return np.log1p(k / a) + k / (2 * a * (a + k)) + k * (2 * a + k) / (12 * (a * (a + k)) ** 2)


def _log_likelihood(prior: float, k: FloatArray, n: FloatArray) -> float:
    from scipy.special import betaln

    mean = _mean_at(prior, k, n)
    a, b = prior * mean, prior * (1 - mean)
    return float(np.sum(betaln(k + a, n - k + b) - betaln(a, b)))


def _paule_mandel(y: FloatArray, v: FloatArray) -> float:
    if y.size < 2 or _excess(0.0, y, v) <= 0:
        return 0.0
    from scipy.optimize import brentq

    # in units of the spread of y, whatever its scale; with twice that much between regions there is too much
    spread = float(np.var(y, ddof=1))
    scaled = (y - y.mean()) / np.sqrt(spread), v / spread
    return spread * float(brentq(_excess, 0.0, 2.0, args=scaled, xtol=1e-15))


def _excess(tau2: float, y: FloatArray, v: FloatArray) -> float:
    mu, _ = _weighted(y, v, tau2)
    return float(np.sum((y - mu) ** 2 / (tau2 + v))) - (y.size - 1)


def _weighted(y: FloatArray, v: FloatArray, tau2: float) -> tuple[float, float]:
    """The mean with weights 1 / (tau2 + v), and its variance."""
    if y.size == 0:
        return NAN, NAN
    weight = 1 / (tau2 + v)
    return float(np.sum(weight * y) / weight.sum()), float(1 / weight.sum())


def _spread(found: npt.ArrayLike, told: npt.NDArray[np.bool_]) -> FloatArray:
    whole = np.full(told.shape, NAN)
    whole[told] = found
    return whole
