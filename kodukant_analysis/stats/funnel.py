"""Funnel: how far regions may lie from a common target by chance alone, and by their usual spread."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from kodukant_analysis.stats.estimate import NAN, checked_level, normal_quantile, number_for_number

FloatArray = npt.NDArray[np.float64]
_WINSORISED = (0.1, 0.9)


class Limits(NamedTuple):
    """Lower and upper limits: numbers, or arrays where arrays were given."""

    low: float | FloatArray
    high: float | FloatArray


class Dispersion(NamedTuple):
    """How regions lie around a target (z), and the same allowing for more spread than chance.

    All arrays are in the order of the regions; a region without observations is NaN in each.
    """

    theta: float  # the target
    phi: float  # mean z² of the winsorised z: 1 where chance explains the spread
    tau2: float  # additive variance between regions, 0 where chance explains the spread
    z: FloatArray
    z_additive: FloatArray
    z_multiplicative: FloatArray
    p: FloatArray  # two-sided, of z
    p_additive: FloatArray
    p_multiplicative: FloatArray
    z_winsorised: FloatArray
    phi_raw: float  # mean z² as it is
    heterogeneity_p: float  # of Σz² being this large by chance


def funnel_limits(n: npt.ArrayLike, theta: float, level: float = 0.95, *, tau2: float | None = None) -> Limits:
    """Limits within which a share of n lies with probability `level` if its true value is theta.

    Interpolated binomial limits: r the smallest whole number with F(r) >= a, limit
    (r − (F(r) − a) / (F(r) − F(r−1))) / n, a = (1 ∓ level) / 2, within [0, 1]. With `tau2` (0 too) normal ones instead:
    theta ∓ z√(theta(1−theta)/n + tau2). n: a number or an array; a real one (effective sample) counts by the incomplete
    beta function. n = 0 and theta 0 or 1 give NaN. Raises ValueError for n < 0 or theta outside [0, 1].
    An upper limit between n − 1 and n does not mean that n of n is improbable: see `binomial_p` for that.
    Source: Spiegelhalter 2005, appendix A.1.1.

    >>> limits = funnel_limits(20, .677966101695)
    >>> round(limits.low, 6), round(limits.high, 6)
    (0.439137, 0.847532)
    """
    sizes = np.asarray(n, dtype=float)
    _check_target(sizes, theta)
    tail = (1 - checked_level(level)) / 2
    with np.errstate(divide="ignore", invalid="ignore"):
        if tau2 is not None:
            limits = normal_limits(theta, np.where(sizes > 0, theta * (1 - theta) / sizes + tau2, NAN), level)
            pair = [np.clip(limit, 0, 1) for limit in limits]
        else:
            pair = [_interpolated(sizes, theta, a) for a in (tail, 1 - tail)]
    return Limits(*(number_for_number(np.where((sizes > 0) & (0 < theta < 1), limit, NAN)) for limit in pair))


def normal_limits(theta: float, variance: npt.ArrayLike, level: float = 0.95) -> Limits:
    """Limits theta ∓ z√variance within which an estimate of that variance lies with probability `level`.

    variance: a number or an array; a missing one gives NaN. Raises ValueError unless 0 < level < 1.
    Source: Spiegelhalter 2005.

    >>> [round(limit, 6) for limit in normal_limits(.5, .01)]
    [0.304004, 0.695996]
    """
    half = normal_quantile(level) * np.sqrt(np.asarray(variance, dtype=float))
    return Limits(number_for_number(theta - half), number_for_number(theta + half))


def binomial_p(k: npt.ArrayLike, n: npt.ArrayLike, theta: float) -> FloatArray:
    """Two-sided mid-p-value of k of n where theta is the true share: the normal one goes wrong for few and near 0 or 1.

    min(1, 2·min(P(X < k), P(X > k)) + P(X = k)). n = 0 gives NaN. Raises ValueError unless 0 <= k <= n.
    Source: Lancaster 1961; Agresti 2013, 1.4.4.

    >>> binomial_p([8, 10], [21, 10], .677966101695).round(6).tolist()
    [0.006142, 0.020515]
    """
    from scipy.special import xlog1py, xlogy

    part, whole = _counted(k, n)
    _check_target(whole, theta)
    at = np.exp(_log_choose(whole, part) + xlogy(part, theta) + xlog1py(whole - part, -theta))
    below = _cdf(part - 1, whole, theta)
    both = 2 * np.minimum(below, np.maximum(1 - below - at, 0)) + at
    return np.where(whole > 0, np.minimum(both, 1), NAN)


def overdispersion(
    k: npt.ArrayLike, n: npt.ArrayLike, theta: float | None = None, variance: npt.ArrayLike | None = None
) -> Dispersion:
    """Distance of regions from a target in standard errors, and how much of it is the usual spread between regions.

    theta: an external target, else Σk / Σn. z_i = (k_i/n_i − theta) / s_i, s_i² = theta(1−theta) / n_i (the target's
    own variance, not the region's: 5 of 5 is not infinitely certain) or `variance`, one a region (survey shares:
    deff·theta(1−theta)/n; k / n may then be any estimate). Winsorised at the 10 and 90 % quantiles (type 7), I regions:
    phi = mean z²; tau2 = max(0, (I·phi − (I−1)) / (Σw − Σw²/Σw)), w = 1/s²; z_additive = (p − theta) / √(s² + tau2);
    z_multiplicative = z / √max(1, phi). heterogeneity_p: of Σz² (not winsorised) as χ² on I − 1 degrees of freedom,
    on I where theta is given. A region with n = 0 or anything missing is NaN and does not count. theta 0 or 1: all NaN,
    there is nothing to compare with. Raises ValueError unless 0 <= k <= n (without `variance`) and variances > 0.
    Source: Spiegelhalter 2005.

    >>> found = overdispersion([118, 4, 41, 17, 22], [160, 9, 88, 24, 27])
    >>> round(found.theta, 4), round(found.phi, 4), round(found.tau2, 6), found.z_additive.round(2).tolist()
    (0.6558, 3.3698, 0.014854, [0.64, -1.06, -1.44, 0.34, 1.04])
    """
    part, whole = _counted(k, n, variance is None)
    is_told = whole > 0
    target = theta if theta is not None else _pooled(part[is_told], whole[is_told])
    if variance is None and theta is not None:
        _check_target(whole, target)
    spread = _variance(whole, target, variance)
    used = is_told & (spread > 0)
    share, z = np.full(whole.shape, NAN), np.full(whole.shape, NAN)
    share[used] = part[used] / whole[used]
    z[used] = (share[used] - target) / np.sqrt(spread[used])
    count = int(used.sum())
    winsorised = _winsorised(z)
    phi, phi_raw = (float(np.mean(one[used] ** 2)) if count else NAN for one in (winsorised, z))
    tau2 = _between(count * phi, 1 / spread[used])
    additive, multiplicative = (share - target) / np.sqrt(spread + tau2), z / np.sqrt(max(1.0, phi))
    tails = [_two_sided(one) for one in (z, additive, multiplicative)]
    chance = _chi2_tail(count * phi_raw, count - (theta is None))
    return Dispersion._make([target, phi, tau2, z, additive, multiplicative, *tails, winsorised, phi_raw, chance])


def _counted(k: npt.ArrayLike, n: npt.ArrayLike, is_share: bool = True) -> tuple[FloatArray, FloatArray]:
    """k and n as arrays, both 0 where either is missing or there is nothing."""
    part, whole = np.broadcast_arrays(np.asarray(k, dtype=float), np.asarray(n, dtype=float))
    if (whole < 0).any():
        raise ValueError(f"n is not negative, got {whole[whole < 0][0]:g}")
    if is_share and ((part < 0) | (part > whole)).any():
        raise ValueError("of each region k lies between 0 and n")
    missing = np.isnan(part) | np.isnan(whole) | (whole == 0)
    return np.where(missing, 0.0, part), np.where(missing, 0.0, whole)


def _check_target(n: FloatArray, theta: float) -> None:
    if not 0 <= theta <= 1:
        raise ValueError(f"a target share lies between 0 and 1, got {theta}")
    if (n < 0).any():
        raise ValueError(f"n is not negative, got {n[n < 0][0]:g}")


def _pooled(part: FloatArray, whole: FloatArray) -> float:
    return float(part.sum() / whole.sum()) if whole.size else NAN


def _variance(whole: FloatArray, target: float, variance: npt.ArrayLike | None) -> FloatArray:
    if variance is None:
        of_one = np.full(whole.shape, target * (1 - target))
        return np.asarray(np.divide(of_one, whole, out=np.full(whole.shape, NAN), where=whole > 0))
    given = np.broadcast_to(np.asarray(variance, dtype=float), whole.shape)
    if (given <= 0).any():
        raise ValueError(f"a variance is above 0, got {given[given <= 0][0]:g}")
    return np.where(whole > 0, given, NAN)


def _winsorised(z: FloatArray) -> FloatArray:
    known = z[~np.isnan(z)]
    if known.size == 0:
        return z
    low, high = np.quantile(known, _WINSORISED)
    return np.asarray(np.clip(z, low, high), dtype=float)


def _between(q: float, weight: FloatArray) -> float:
    if weight.size < 2:
        return 0.0
    room = weight.sum() - np.sum(weight**2) / weight.sum()
    return max(0.0, float((q - (weight.size - 1)) / room))


def _two_sided(z: FloatArray) -> FloatArray:
    from scipy.special import ndtr

    return np.asarray(2 * ndtr(-np.abs(z)))


def _chi2_tail(q: float, df: int) -> float:
    from scipy.special import chdtrc

    return float(chdtrc(df, q)) if df > 0 else NAN


def _interpolated(n: FloatArray, theta: float, a: float) -> FloatArray:
    """The quantile a of k of n as a share, between whole numbers by F; the first r with F(r) >= a by halving."""
    low, high = np.full(n.shape, -1.0), np.where(n > 0, np.ceil(n), 0.0)
    for _ in range(int(np.log2(np.max(high, initial=1) + 1)) + 1):
        middle = np.floor((low + high) / 2)
        is_there = _cdf(middle, n, theta) >= a
        low, high = np.where(is_there, low, middle), np.where(is_there, middle, high)
    at, before = _cdf(high, n, theta), _cdf(high - 1, n, theta)
    return np.clip((high - (at - a) / (at - before)) / n, 0, 1)


def _cdf(r: FloatArray, n: FloatArray, theta: float) -> FloatArray:
    from scipy.special import betainc

    inside = (r >= 0) & (r < n)
    found = betainc(np.where(inside, n - r, 1), np.where(inside, r + 1, 1), 1 - theta)
    return np.where(inside, found, np.where(r < 0, 0.0, 1.0))


def _log_choose(n: FloatArray, k: FloatArray) -> FloatArray:
    from scipy.special import gammaln

    return np.asarray(gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1))
