"""Survey ratios: totals by stratum and sampling point (or none) -> a ratio with its design standard error."""

import math
from collections.abc import Mapping
from typing import Any, Literal, get_args

import numpy as np
import numpy.typing as npt

from kodukant_analysis.stats.estimate import NAN, NOTHING, Estimate

FloatArray = npt.NDArray[np.float64]
_Numbers = npt.NDArray[np.intp]
_Bools = npt.NDArray[np.bool_]
# Columns by name, of equal length: swy, sw and, where there are any, stratum and psu.
Totals = Mapping[str, Any]
Lonely = Literal["fail", "adjust", "average", "certainty"]


class LonelyStratumError(ValueError):
    """A stratum with one sampling point: its variance can not be seen, only decided about."""


def ratio_taylor(totals: Totals, lonely: Lonely = "fail") -> Estimate:
    """Ratio Σ swy / Σ sw with its Taylor-linearised standard error, from one row a sampling point (PSU).

    totals: columns of equal length by name: `swy` and `sw`, the Σw·y and Σw of each point (any numerator and
    denominator will do: attendees and discussions, say), and `stratum` (left out: one stratum). A frame will do.
    **For a region of a national sample the points without a respondent there stay, as zeros.**

    e = (swy − R·sw) / Σsw;  Var = Σ_h m_h/(m_h−1) Σ_c (e − ē_h)²  over the m_h points of stratum h (first stage
    with replacement, no finite population correction). df = points with a respondent − strata with one, as R's
    degf() of a subset counts it; with all points filled this is Σ(m_h − 1). No interval: that depends on what the
    ratio is (`korn_graubard` for a share, `student` for a mean).

    A lonely stratum (m_h = 1, with a respondent): "fail" raises LonelyStratumError, "adjust" takes e² (around the
    mean of the country), "average" the mean variance of the other strata with respondents, "certainty" 0.
    Without a single stratum of two points "average" gives NaN. Σsw = 0 gives NaN.
    Raises ValueError for a negative or missing sw.
    Source: Särndal, Swensson and Wretman 1992; the same numbers as R's survey::svymean and svyratio.

    >>> swy, sw = [4.5, 2.4, 2.0, 4.5, 2.9, 3.2], [5.0, 4.4, 3.6, 5.2, 4.8, 4.2]
    >>> found = ratio_taylor({"stratum": list("AAABBB"), "swy": swy, "sw": sw})
    >>> round(found.estimate, 9), round(found.se, 9), found.df
    (0.716911765, 0.071927396, 4.0)
    """
    y, x, strata = _checked_totals(totals, lonely)
    if x.sum() == 0:
        return NOTHING
    ratio = float(y.sum() / x.sum())
    variance = _stratum_variances(strata, (y - ratio * x) / x.sum(), x > 0, lonely)
    return Estimate(ratio, se=math.sqrt(variance), df=_df(strata, x > 0))


def change_taylor(totals1: Totals, totals2: Totals, same_psus: bool = True, lonely: Lonely = "fail") -> Estimate:
    """Change R₂ − R₁ of a ratio between two waves with its standard error.

    totals1, totals2: as for `ratio_taylor`; with `same_psus` also `psu`, by which (within its stratum) a point is the
    same in both waves. Then z = e⁽²⁾ − e⁽¹⁾ over the union of the points (0 for a wave that a point is not in), with
    the variance of `ratio_taylor`. Otherwise the samples are independent: se² = se₁² + se₂², df = df₁ + df₂.
    A wave of nothing gives NaN. Source: Kish 1965, section 12.4; R's svycontrast of svyby(covmat = TRUE).

    >>> points = {"stratum": list("AAABBB"), "psu": list("abcdef")}
    >>> first = points | {"swy": [4.5, 2.4, 2.0, 4.5, 2.9, 3.2], "sw": [5.0, 4.4, 3.6, 5.2, 4.8, 4.2]}
    >>> second = points | {"swy": [3.1, 3.5, 3.7, 4.3, 4.3, 4.0], "sw": [4.9, 4.4, 4.5, 4.3, 6.1, 4.0]}
    >>> found = change_taylor(first, second)
    >>> round(found.estimate, 9), round(found.se, 9), found.df
    (0.095144973, 0.091458002, 4.0)
    """
    before, after = ratio_taylor(totals1, lonely), ratio_taylor(totals2, lonely)
    change = after.estimate - before.estimate
    if math.isnan(change):
        return NOTHING
    if not same_psus:
        return Estimate(change, se=math.hypot(before.se, after.se), df=before.df + after.df)
    strata, residual, filled = _united(totals1, totals2, before.estimate, after.estimate)
    variance = _stratum_variances(strata, residual, filled, lonely)
    return Estimate(change, se=math.sqrt(variance), df=_df(strata, filled))


def change_correlation(before: Estimate, after: Estimate, change: Estimate) -> float:
    """ρ of two waves' estimates, from their standard errors and that of their change: for `mover`; 0 without spread.

    (se₁² + se₂² − se_Δ²) / (2·se₁·se₂)

    >>> round(change_correlation(Estimate(.7, se=.3), Estimate(.8, se=.4), Estimate(.1, se=.5)), 3)
    0.0
    """
    spread = 2 * before.se * after.se
    return float((before.se**2 + after.se**2 - change.se**2) / spread) if spread > 0 else 0.0


def ratio_independent(  # noqa: PLR0913, PLR0917
    n: float, sw: float, sw2: float, swy: float, sw2y: float, sw2yy: float | None = None
) -> Estimate:
    """Weighted mean Σwy / Σw and its standard error where every respondent is a sampling point (no cluster known).

    From sums over n respondents: Σw, Σw², Σwy, Σw²y, Σw²y² (left out: y is 0 or 1, and it is Σw²y). R = Σwy / Σw,
    Var = n/(n−1) · (Σw²y² − 2R Σw²y + R² Σw²) / (Σw)²; df = n − 1. One respondent: se NaN, df 0. None: NaN.
    Source: the linearisation of `ratio_taylor` with one stratum and one respondent a point (R: svydesign(ids = ~1)).

    >>> ratio_independent(n=4, sw=4, sw2=4, swy=3, sw2y=3)
    Estimate(estimate=0.75, low=nan, high=nan, se=0.25, df=3, n_eff=nan)
    """
    if sw == 0:
        return NOTHING
    ratio = swy / sw
    if n <= 1:
        return Estimate(ratio, df=0.0)
    squares = max((sw2y if sw2yy is None else sw2yy) - 2 * ratio * sw2y + ratio**2 * sw2, 0.0)
    return Estimate(ratio, se=math.sqrt(n / (n - 1) * squares) / sw, df=n - 1)


def _checked_totals(totals: Totals, lonely: Lonely) -> tuple[FloatArray, FloatArray, _Numbers]:
    if lonely not in get_args(Lonely):
        raise ValueError(f"lonely is one of {get_args(Lonely)}, got {lonely!r}")
    y, x = np.asarray(totals["swy"], dtype=float), np.asarray(totals["sw"], dtype=float)
    strata = _stratum(totals)
    if not y.shape == x.shape == strata.shape:
        raise ValueError("totals are columns of one length")
    if not np.isfinite(y).all() or not (x >= 0).all() or not np.isfinite(x).all():
        raise ValueError("totals are finite, and sums of weights are not negative")
    return y, x, np.unique(strata, return_inverse=True)[1]


def _stratum(totals: Totals) -> npt.NDArray[np.str_]:
    told = totals["stratum"] if "stratum" in totals else [""] * np.size(np.asarray(totals["sw"]))
    return np.asarray(told).astype(str)


def _united(totals1: Totals, totals2: Totals, before: float, after: float) -> tuple[_Numbers, FloatArray, _Bools]:
    """Of every point of either wave its stratum, the change of its residual, and whether it has a respondent."""
    points: dict[tuple[str, str], tuple[float, bool]] = {}
    for totals, ratio, sign in ((totals1, before, -1), (totals2, after, 1)):
        y, x = np.asarray(totals["swy"], dtype=float), np.asarray(totals["sw"], dtype=float)
        names = zip(_stratum(totals), np.asarray(totals["psu"]).astype(str), strict=True)
        for name, residual, weight in zip(names, sign * (y - ratio * x) / x.sum(), x, strict=True):
            known, is_filled = points.get(name, (0.0, False))
            points[name] = (known + float(residual), is_filled or weight > 0)
    strata = np.unique([stratum for stratum, _ in points], return_inverse=True)[1]
    return strata, np.array([change for change, _ in points.values()]), np.array([one for _, one in points.values()])


def _df(strata: _Numbers, filled: _Bools) -> float:
    return float(filled.sum() - len(np.unique(strata[filled])))


def _stratum_variances(strata: _Numbers, residual: FloatArray, filled: _Bools, lonely: Lonely) -> float:
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
