"""Intervals for a share: of a register, of a survey, of a published table, of a survival curve.

Shares are in [0, 1]. Nothing to estimate from (n = 0) gives missing limits (NaN), never 0 and never 1.
Each estimator takes arrays (or lists) in place of numbers as well: every field of the estimate is then an array.
"""

import math
from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec

import numpy as np

from kodukant_analysis.stats.estimate import NAN, NOTHING, Estimate, checked_level, normal_quantile, student_quantile

# what adding up leaves of a share that is 0 or 1, and of a standard error that is 0
_ROUNDING = 1e-12
_NO_SPREAD = 1e-7
_Asked = ParamSpec("_Asked")


def elementwise(one: Callable[_Asked, Estimate]) -> Callable[_Asked, Estimate]:
    """An estimator of numbers that takes arrays (or lists) as well: every field of its estimate is then an array."""

    @wraps(one)
    def each(*args: _Asked.args, **options: _Asked.kwargs) -> Estimate:
        given: list[Any] = [*args, *options.values()]
        if not any(np.ndim(value) for value in given):
            return one(*args, **options)
        arrays = np.broadcast_arrays(*given)
        rows = zip(*(array.ravel().tolist() for array in arrays), strict=True)
        found = [one(*row[: len(args)], **dict(zip(options, row[len(args) :], strict=True))) for row in rows]
        return Estimate._make(np.moveaxis(np.array(found, dtype=float).reshape(*arrays[0].shape, len(NOTHING)), -1, 0))

    return each


@elementwise
def wilson(k: float, n: float, level: float = 0.95) -> Estimate:
    """Wilson's score interval for k of n; both may be real numbers, as an effective n is.

    Limits: (p + z²/2n ± z √(p(1−p)/n + z²/4n²)) / (1 + z²/n), exactly 0 at k = 0 and exactly 1 at k = n.
    Source: Wilson 1927; the same numbers as R's prop.test(correct = FALSE).
    Raises ValueError unless 0 <= k <= n and 0 < level < 1.

    >>> wilson(7, 10)
    Estimate(estimate=0.7, low=0.39677..., high=0.89220..., se=nan, df=nan, n_eff=10)
    >>> wilson(0, 0).high
    nan
    >>> wilson([0, 7, 10], 10).low.round(3).tolist()
    [0.0, 0.397, 0.722]
    """
    _check_count(k, n)
    z = normal_quantile(level)
    if n == 0:
        return NOTHING._replace(n_eff=0)
    p, slack = k / n, z * z / n
    half = z * math.sqrt(p * (1 - p) / n + slack / (4 * n))
    low = 0.0 if k == 0 else (p + slack / 2 - half) / (1 + slack)
    high = 1.0 if k == n else (p + slack / 2 + half) / (1 + slack)
    return Estimate(k / n, low, high, n_eff=n)


@elementwise
def clopper_pearson(k: float, n: float, level: float = 0.95) -> Estimate:
    """Exact (Clopper-Pearson) interval for k of n, continued to real k and n by the beta distribution.

    Limits: qbeta(α/2, k, n−k+1) and qbeta(1−α/2, k+1, n−k); 0 at k = 0 and 1 at k = n; n = 0 gives NaN.
    Source: Clopper and Pearson 1934; the same numbers as R's binom.test.
    Raises ValueError unless 0 <= k <= n and 0 < level < 1.

    >>> clopper_pearson(7, 10)
    Estimate(estimate=0.7, low=0.34754..., high=0.93326..., se=nan, df=nan, n_eff=10)
    """
    from scipy.special import betaincinv

    _check_count(k, n)
    tail = (1 - checked_level(level)) / 2
    if n == 0:
        return NOTHING._replace(n_eff=0)
    low = 0.0 if k == 0 else float(betaincinv(k, n - k + 1, tail))
    high = 1.0 if k == n else float(betaincinv(k + 1, n - k, 1 - tail))
    return Estimate(k / n, low, high, n_eff=n)


def kish(sw: float, sw2: float) -> float:
    """Kish's effective sample size (Σw)² / Σw², from the sum of the weights and of their squares; NaN without weights.

    Source: Kish 1965, section 11.7.

    >>> round(kish(6.2, 8.94), 6)
    4.299776
    """
    return sw * sw / sw2 if sw2 > 0 else NAN


@elementwise
def korn_graubard(  # noqa: PLR0913
    p: float, se: float, n: float, df: float, n_eff: float | None = None, *, level: float = 0.95, deff: float = 2.0
) -> Estimate:
    """Korn-Graubard interval for a survey share p with design standard error se, from n respondents.

    Clopper-Pearson on (p·n*, n*), n* = min(n, n_e·(t_{n−1} / t_df)²), n_e = p(1−p) / se². At p = 0, p = 1 or without
    se (0 or missing) the design says nothing about the effective size: n_e is then Kish's n_eff (n where none is
    given). df: sampling points minus strata. With df = 0, all in one point, there is no design error: Wilson on
    n_eff / `deff`, a design effect that is assumed and to be said so. Nobody (n = 0, or p missing) gives NaN.
    The estimate's n_eff is n*. Source: Korn and Graubard 1998, with the truncation of NCHS (Series 2 No. 175).
    Raises ValueError for df below 1 other than 0, n below 1, deff not above 0, or p outside [0, 1].

    >>> korn_graubard(.716911764706, .071927396286, n=22, df=4)
    Estimate(estimate=0.7169..., low=0.48701..., high=0.88575..., se=0.0719..., df=4, n_eff=22)
    >>> korn_graubard(.75, float("nan"), n=24, df=0, n_eff=20)
    Estimate(estimate=0.75, low=0.44..., high=0.91..., se=nan, df=0, n_eff=10.0)
    """
    if n == 0 or math.isnan(p):
        return NOTHING
    p = _snapped(p)
    _check_count(p, 1)
    if not (df == 0 or df >= 1) or n < 1 or not deff > 0:
        raise ValueError(f"df is 0 or >= 1, n >= 1 and deff above 0, got df = {df}, n = {n} and deff = {deff}")
    fallback = n if n_eff is None else n_eff
    if df == 0:
        return published_share(p, fallback, deff, 0, level)._replace(df=df)
    n_star = min(n, _effective(p, se, fallback) * _t_ratio(n, df, level))
    limits = clopper_pearson(p * n_star, n_star, level)
    return Estimate(p, limits.low, limits.high, se, df, n_star)


@elementwise
def rothman_wilson(p: float, se: float, n_known: float, level: float = 0.95, *, df: float = math.inf) -> Estimate:
    """Rothman-Wilson interval for a point p of a survival or cumulative incidence curve with standard error se.

    Wilson on n_e = p(1−p) / se²; at p = 0, p = 1 or se = 0, n_e is n_known, the number whose state on that day is
    known. So it is defined before the first event and after the last. n_known = 0 or p missing gives NaN.
    df: degrees of freedom of the standard error; where they are few, se · t_df / z takes the place of se, as in
    `korn_graubard` (left out: many, the interval as published). Source: Rothman 1978. Raises ValueError for p outside
    [0, 1] and df < 1.

    >>> rothman_wilson(.428175990676, .071687894136, n_known=40)
    Estimate(estimate=0.428..., low=0.29826..., high=0.56880..., se=0.0716..., df=nan, n_eff=47.6...)
    >>> round(rothman_wilson(0, 0, n_known=6).high, 3)
    0.39
    """
    if n_known == 0 or math.isnan(p):
        return NOTHING
    p = _snapped(p)
    _check_count(p, 1)
    if not df >= 1:
        raise ValueError(f"an interval of a curve needs df >= 1, got {df}")
    n_eff = _effective(p, se * student_quantile(df, level) / normal_quantile(level), n_known)
    limits = wilson(p * n_eff, n_eff, level)
    return Estimate(p, limits.low, limits.high, se, NAN if math.isinf(df) else df, n_eff)


@elementwise
def published_share(p: float, n: float | None, deff: float = 1.5, unit: float = 0.01, level: float = 0.95) -> Estimate:
    """Interval for a share p of which only the published figure and n are known.

    Wilson on n / deff, the lower limit at p − unit/2 and the upper at p + unit/2: `unit` is the step to which the
    figure was rounded (.01: whole percent; 0: not rounded). `deff` is assumed, not known: say so beside the figure.
    n unknown (None or NaN) gives the figure without limits, nobody (n = 0) NaN.
    Source: Wilson 1927 on the effective n of Kish 1965. Raises ValueError for p outside [0, 1], a negative n or unit,
    or a deff that is not above 0.

    >>> published_share(.85, 65)
    Estimate(estimate=0.85, low=0.70988..., high=0.93064..., se=nan, df=nan, n_eff=43.3...)
    """
    _check_count(p, 1)
    if n is None or math.isnan(n):
        return Estimate(p)
    if not (n >= 0 and deff > 0 and unit >= 0):
        raise ValueError(f"n and unit are not negative and deff is positive, got {n}, {unit}, {deff}")
    if n == 0:
        return NOTHING._replace(n_eff=0)
    n_eff = n / deff
    low = wilson(max(p - unit / 2, 0) * n_eff, n_eff, level).low
    high = wilson(min(p + unit / 2, 1) * n_eff, n_eff, level).high
    return Estimate(p, low, high, n_eff=n_eff)


def _effective(p: float, se: float, fallback: float) -> float:
    if p in {0, 1} or not se > _NO_SPREAD:
        return fallback
    return p * (1 - p) / (se * se)


def _snapped(p: float) -> float:
    nearest = float(round(p))
    return nearest if abs(p - nearest) < _ROUNDING else p


def _t_ratio(n: float, df: float, level: float) -> float:
    return 1.0 if n <= 1 else (student_quantile(n - 1, level) / student_quantile(df, level)) ** 2


def _check_count(k: float, n: float) -> None:
    if not 0 <= k <= n:
        raise ValueError(f"k lies between 0 and n, got k = {k} of n = {n}")
