"""Survey ratios: totals by stratum and sampling point (or none) -> a ratio with its design standard error."""

from typing import Literal, get_args

import numpy as np
import numpy.typing as npt

from kodukant_analysis.stats.intervals import NAN, NOTHING, Estimate

FloatArray = npt.NDArray[np.float64]
Lonely = Literal["fail", "adjust", "average", "certainty"]


class LonelyStratumError(ValueError):
    """A stratum with one sampling point: its variance can not be seen, only decided about."""


def ratio_taylor(stratum: npt.ArrayLike, swy: npt.ArrayLike, sw: npt.ArrayLike, lonely: Lonely = "fail") -> Estimate:
    """Ratio Σ swy / Σ sw with its Taylor-linearised standard error, from one row a sampling point (PSU).

    stratum, swy, sw: three arrays of equal length: the stratum of the point, its Σw·y and its Σw (any numerator and
    denominator will do). **For a region of a national sample the points without a respondent there stay, as zeros.**

    e = (swy − R·sw) / Σsw;  Var = Σ_h m_h/(m_h−1) Σ_c (e − ē_h)²  over the m_h points of stratum h (first stage
    with replacement, no finite population correction). df = points with a respondent − strata with one, as R's
    degf() of a subset counts it; with all points filled this is Σ(m_h − 1).

    A lonely stratum (m_h = 1, with a respondent): "fail" raises LonelyStratumError, "adjust" takes e² (around the
    mean of the country), "average" the mean variance of the other strata with respondents, "certainty" 0.
    Without a single stratum of two points "average" gives NaN. Σsw = 0 gives NaN.
    Raises ValueError for a negative or missing sw.
    Source: Särndal, Swensson and Wretman 1992; the same numbers as R's survey::svymean and svyratio.

    >>> found = ratio_taylor(list("AAABBB"), [4.5, 2.4, 2.0, 4.5, 2.9, 3.2], [5.0, 4.4, 3.6, 5.2, 4.8, 4.2])
    >>> round(found.estimate, 9), round(found.se, 9), found.df
    (0.716911765, 0.071927396, 4.0)
    """
    if lonely not in get_args(Lonely):
        raise ValueError(f"lonely is one of {get_args(Lonely)}, got {lonely!r}")
    y, x = _checked_totals(swy, sw)
    if x.sum() == 0:
        return NOTHING
    ratio = float(y.sum() / x.sum())
    strata = _stratum_numbers(stratum)
    variance = _stratum_variances(strata, (y - ratio * x) / x.sum(), x > 0, lonely)
    df = int((x > 0).sum()) - len(np.unique(strata[x > 0]))
    return Estimate(ratio, se=float(np.sqrt(variance)), df=float(df))


def ratio_independent(n: float, sw: float, sw2: float, swy: float, sw2y: float) -> Estimate:
    """Weighted share Σwy / Σw and its standard error where every respondent is a sampling point (no cluster known).

    From five sums over n respondents with y in {0, 1}: Σw, Σw², Σwy, Σw²y. With R = Σwy / Σw,
    Var = n/(n−1) · (Σw²y − 2R Σw²y + R² Σw²) / (Σw)²; df = n − 1. One respondent: se NaN, df 0. None: NaN.
    Source: the linearisation of `ratio_taylor` with one stratum and one respondent a point (R: svydesign(ids = ~1)).

    >>> ratio_independent(n=4, sw=4, sw2=4, swy=3, sw2y=3)
    Estimate(estimate=0.75, low=nan, high=nan, se=0.25, df=3, n_eff=nan)
    """
    if sw == 0:
        return NOTHING
    ratio = swy / sw
    if n <= 1:
        return Estimate(ratio, df=0.0)
    squares = max(sw2y - 2 * ratio * sw2y + ratio**2 * sw2, 0.0)
    return Estimate(ratio, se=float(np.sqrt(n / (n - 1) * squares) / sw), df=n - 1)


def _checked_totals(swy: npt.ArrayLike, sw: npt.ArrayLike) -> tuple[FloatArray, FloatArray]:
    y, x = np.asarray(swy, dtype=float), np.asarray(sw, dtype=float)
    if y.shape != x.shape or not np.isfinite(y).all() or not (x >= 0).all() or not np.isfinite(x).all():
        raise ValueError("totals are finite arrays of one length, and sums of weights are not negative")
    return y, x


def _stratum_numbers(stratum: npt.ArrayLike) -> npt.NDArray[np.intp]:
    return np.unique(np.asarray(stratum), return_inverse=True)[1]


def _stratum_variances(
    strata: npt.NDArray[np.intp], residual: FloatArray, filled: npt.NDArray[np.bool_], lonely: Lonely
) -> float:
    points = np.bincount(strata)
    mean = np.bincount(strata, residual) / points
    spread = np.bincount(strata, (residual - mean[strata]) ** 2)
    several, inhabited = points > 1, np.bincount(strata, filled) > 0
    seen = float(np.sum((points / np.maximum(points - 1, 1) * spread)[several]))
    alone = ~several & inhabited
    if not alone.any():
        return seen
    return _with_lonely(seen, int((several & inhabited).sum()), residual[alone[strata]], lonely)


def _with_lonely(seen: float, several: int, alone: FloatArray, lonely: Lonely) -> float:
    if lonely == "adjust":
        return seen + float(np.sum(alone**2))
    if lonely == "average":
        return seen * (several + len(alone)) / several if several else NAN
    if lonely == "certainty":
        return seen
    raise LonelyStratumError(f"{len(alone)} strata have one sampling point: choose adjust, average or certainty")
