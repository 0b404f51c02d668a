"""Survey ratios: totals by stratum and sampling point (or none) -> a ratio with its design standard error."""

import math
from collections.abc import Mapping, Sequence
from typing import Any, Literal, NamedTuple, get_args

import numpy as np
import numpy.typing as npt

from kodukant_analysis.stats.estimate import NAN, NOTHING, Estimate

FloatArray = npt.NDArray[np.float64]
_Names = npt.NDArray[np.str_]
_Bools = npt.NDArray[np.bool_]
# Columns by name, of equal length, or rows: swy, sw and, where there are any, stratum and psu.
Totals = Mapping[str, Any] | Sequence[Mapping[str, Any]]
Lonely = Literal["fail", "adjust", "average", "certainty"]


class _Points(NamedTuple):
    """Totals of sampling points, each once, in the order of their names."""

    stratum: _Names
    psu: _Names
    swy: FloatArray
    sw: FloatArray


class LonelyStratumError(ValueError):
    """A stratum with one sampling point: its variance can not be seen, only decided about."""


def ratio_taylor(totals: Totals, lonely: Lonely = "fail") -> Estimate:
    """Ratio Σ swy / Σ sw with its Taylor-linearised standard error, from one row a sampling point (PSU).

    totals: columns of equal length by name - a dict, a frame, or a list of rows each of which is a dict: `swy` and
    `sw`, the Σw·y and Σw of each point (any numerator and denominator will do: attendees and discussions, say);
    `stratum` (left out: one stratum); `psu`, the point (left out: each row is one). Rows of one point in one stratum
    are added up. **For a region of a national sample the points without a respondent there stay, as zeros.**

    e = (swy − R·sw) / Σsw;  Var = Σ_h m_h/(m_h−1) Σ_c (e − ē_h)²  over the m_h points of stratum h (first stage
    with replacement, no finite population correction). df = points with a respondent − strata with one, as R's
    degf() of a subset counts it; with all points filled this is Σ(m_h − 1). No interval: that depends on what the
    ratio is (`korn_graubard` for a share, `student` for a mean).

    A lonely stratum (m_h = 1, with a respondent): "fail" raises LonelyStratumError, "adjust" takes e² (around the
    mean of the country), "average" the mean variance of the other strata with respondents, "certainty" 0.
    Without a single stratum of two points "average" gives NaN. Σsw = 0 gives NaN.
    Raises ValueError for a column that is not there, a negative or missing sw, and an unknown `lonely`.
    Source: Särndal, Swensson and Wretman 1992; the same numbers as R's survey::svymean and svyratio.

    >>> swy, sw = [4.5, 2.4, 2.0, 4.5, 2.9, 3.2], [5.0, 4.4, 3.6, 5.2, 4.8, 4.2]
    >>> found = ratio_taylor({"stratum": list("AAABBB"), "swy": swy, "sw": sw})
    >>> round(found.estimate, 9), round(found.se, 9), found.df
    (0.716911765, 0.071927396, 4.0)
    """
    return _ratio(_points(totals), lonely)


def change_taylor(totals1: Totals, totals2: Totals, same_psus: bool = True, lonely: Lonely = "fail") -> Estimate:
    """Change R₂ − R₁ of a ratio between two waves with its standard error.

    totals1, totals2: as for `ratio_taylor`; with `same_psus` also `psu`, by which (within its stratum) a point is the
    same in both waves. Then z = e⁽²⁾ − e⁽¹⁾ over the union of the points (0 for a wave that a point is not in), with
    the variance of `ratio_taylor`. Otherwise the samples are independent: se² = se₁² + se₂², df = df₁ + df₂.
    A wave of nothing gives NaN. Raises ValueError as `ratio_taylor`, and without `psu` where it is needed.
    Source: Kish 1965, section 12.4; R's svycontrast of svyby(covmat = TRUE).

    >>> points = {"stratum": list("AAABBB"), "psu": list("abcdef")}
    >>> first = points | {"swy": [4.5, 2.4, 2.0, 4.5, 2.9, 3.2], "sw": [5.0, 4.4, 3.6, 5.2, 4.8, 4.2]}
    >>> second = points | {"swy": [3.1, 3.5, 3.7, 4.3, 4.3, 4.0], "sw": [4.9, 4.4, 4.5, 4.3, 6.1, 4.0]}
    >>> found = change_taylor(first, second)
    >>> round(found.estimate, 9), round(found.se, 9), found.df
    (0.095144973, 0.091458002, 4.0)
    """
    first, second = _points(totals1), _points(totals2)
    if first.sw.sum() == 0 or second.sw.sum() == 0:
        return NOTHING
    change = float(_share(second) - _share(first))
    if not same_psus:
        before, after = _ratio(first, lonely), _ratio(second, lonely)
        return Estimate(change, se=math.hypot(before.se, after.se), df=before.df + after.df)
    if not ("psu" in _columns(totals1) and "psu" in _columns(totals2)):
        raise ValueError("points are the same by their name: totals of both waves need the column psu")
    stratum, residual, filled = _united(first, second)
    return Estimate(change, se=math.sqrt(_variance(stratum, residual, filled, lonely)), df=_df(stratum, filled))


def change_correlation(before: Estimate, after: Estimate, change: Estimate) -> float:
    """ρ of two waves' estimates, from their standard errors and that of their change: for `mover`.

    (se₁² + se₂² − se_Δ²) / (2·se₁·se₂), kept within −1 and 1; 0 where either shows no spread or has no error (NaN).
    Source: the variance of a difference, Kish 1965, section 12.4.

    >>> round(change_correlation(Estimate(.7, se=.3), Estimate(.8, se=.4), Estimate(.1, se=.5)), 3)
    0.0
    """
    spread = 2 * before.se * after.se
    if not spread > 0:
        return 0.0
    return min(max((before.se**2 + after.se**2 - change.se**2) / spread, -1.0), 1.0)


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


def _columns(totals: Totals) -> Mapping[str, Any]:
    if not isinstance(totals, Sequence):
        return totals
    return {name: [row[name] for row in totals] for name in (totals[0] if totals else ("swy", "sw", "stratum", "psu"))}


def _points(totals: Totals) -> _Points:
    columns = _columns(totals)
    if missing := [name for name in ("swy", "sw") if name not in columns]:
        raise ValueError(f"totals have the columns swy and sw, missing: {', '.join(missing)}")
    y, x = (np.asarray(columns[name], dtype=float) for name in ("swy", "sw"))
    stratum = np.asarray(columns["stratum"] if "stratum" in columns else [""] * x.size).astype(str)
    psu = np.asarray(columns["psu"] if "psu" in columns else np.arange(x.size)).astype(str)
    if not y.shape == x.shape == stratum.shape == psu.shape or x.ndim != 1:
        raise ValueError("totals are columns of one length")
    if not np.isfinite(y).all() or not (x >= 0).all() or not np.isfinite(x).all():
        raise ValueError("totals are finite, and sums of weights are not negative")
    (stratum, psu), place = np.unique(np.stack([stratum, psu]), axis=1, return_inverse=True)
    return _Points(stratum, psu, *(_added(place, totals_of, stratum.size) for totals_of in (y, x)))


def _ratio(points: _Points, lonely: Lonely) -> Estimate:
    if lonely not in get_args(Lonely):
        raise ValueError(f"lonely is one of {get_args(Lonely)}, got {lonely!r}")
    if points.sw.sum() == 0:
        return NOTHING
    filled = points.sw > 0
    variance = _variance(points.stratum, _residual(points), filled, lonely)
    return Estimate(_share(points), se=math.sqrt(variance), df=_df(points.stratum, filled))


def _share(points: _Points) -> float:
    return float(points.swy.sum() / points.sw.sum())


def _residual(points: _Points) -> FloatArray:
    return np.asarray((points.swy - _share(points) * points.sw) / points.sw.sum())


def _united(first: _Points, second: _Points) -> tuple[_Names, FloatArray, _Bools]:
    """Of every point of either wave its stratum, the change of its residual, and whether it has a respondent."""
    names = np.concatenate([np.stack([wave.stratum, wave.psu]) for wave in (first, second)], axis=1)
    (stratum, _), place = np.unique(names, axis=1, return_inverse=True)
    residual = _added(place, np.concatenate([-_residual(first), _residual(second)]), stratum.size)
    return stratum, residual, _added(place, np.concatenate([first.sw, second.sw]), stratum.size) > 0


def _added(place: npt.NDArray[np.intp], numbers: FloatArray, places: int) -> FloatArray:
    return np.bincount(place, numbers, places).astype(np.float64)


def _df(stratum: _Names, filled: _Bools) -> float:
    return float(filled.sum() - len(np.unique(stratum[filled])))


def _variance(stratum: _Names, residual: FloatArray, filled: _Bools, lonely: Lonely) -> float:
    strata = np.unique(stratum, return_inverse=True)[1]
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
