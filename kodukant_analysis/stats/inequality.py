"""Inequality: how unevenly a load is shared, and how unevenly it would be by chance alone."""

import math
from typing import NamedTuple, overload

import numpy as np
import numpy.typing as npt

from kodukant_analysis.stats.estimate import NAN, Estimate, number_for_number, student

_Floats = npt.NDArray[np.float64]
# a smaller standard error is what adding up leaves of none
_NO_SPREAD = 1e-9


class Gini(NamedTuple):
    """Gini coefficient: first the fields of an `Estimate`, then the value corrected for the number of persons.

    se and the interval are of the corrected value.
    """

    estimate: float
    low: float = NAN
    high: float = NAN
    se: float = NAN
    df: float = NAN
    n_eff: float = NAN
    corrected: float = NAN  # × n/(n−1), so that one who does everything gives 1 among any number


class DispersionTest(NamedTuple):
    """Whether counts differ more than independent events of one rate would."""

    ratio: float  # the index of dispersion χ²/df, 1 by chance
    chi2: float
    df: float
    p: float


def gini(x: npt.ArrayLike, level: float = 0.95) -> Gini:
    """Gini coefficient of the loads of n persons; those without any load belong to them, as zeros.

    x: (n,) loads, none negative. G = 2 Σ i·x_(i) / (n Σx) − (n+1)/n over the loads in ascending order; corrected
    G·n/(n−1). se: jackknife of the corrected value over persons; interval by Student's t on n − 1 df around it, cut at
    0 and 1. All equal gives 0. All zero, or fewer than two persons, gives NaN; se is NaN for two persons, or where
    leaving one person out leaves no load. Raises ValueError for a negative or missing load.
    What chance alone would give: `gini_by_chance`. Source: Gini 1912; Deltas 2003 for the correction.

    >>> found = gini([0, 1, 1, 2, 2, 3, 3, 3, 4, 6, 8, 15])
    >>> round(found.estimate, 6), round(found.corrected, 6), round(found.se, 6)
    (0.479167, 0.522727, 0.11167)
    """
    loads = np.sort(_checked(x))
    n, whole = len(loads), float(loads.sum())
    if n < 2 or whole == 0:
        return Gini(NAN)
    ranked = float(np.sum(np.arange(1, n + 1) * loads))
    raw = max(2 * ranked / (n * whole) - (n + 1) / n, 0.0)
    found = student(Estimate(raw * n / (n - 1), se=_jackknife_se(loads, ranked, whole), df=float(n - 1)), level)
    limits = {"low": max(found.low, 0.0), "high": min(found.high, 1.0)} if found.se > 0 else {}
    return Gini(raw, se=found.se, df=found.df, corrected=found.estimate, **limits)


@overload
def gini_by_chance(mean: float) -> float: ...
@overload
def gini_by_chance(mean: npt.ArrayLike) -> float | _Floats: ...
def gini_by_chance(mean: npt.ArrayLike) -> float | _Floats:
    """The Gini coefficient that equal expected loads give by chance: of Poisson counts of one mean.

    E[G] = e^(−2λ) [I₀(2λ) + I₁(2λ)] with the modified Bessel functions, scaled, so that large means are no trouble:
    .67 at one half each, .28 at four. mean: a number or an array. Compare it with the corrected value of `gini`. A mean
    of 0 or NaN gives NaN. Raises ValueError for a negative mean.
    Source: Ramasubban 1958, the mean difference of the Poisson distribution.

    >>> round(gini_by_chance(4), 6)
    0.277574
    """
    from scipy.special import i0e, i1e

    means = np.asarray(mean, dtype=float)
    if (means < 0).any():
        raise ValueError(f"a mean load is not negative, got {mean!r}")
    return number_for_number(np.where(means > 0, i0e(2 * means) + i1e(2 * means), NAN))


def dispersion(x: npt.ArrayLike) -> DispersionTest:
    """Dispersion test of n counts: χ² = Σ(x − x̄)² / x̄ on n − 1 df, and its upper tail p.

    x: (n,) counts, none negative. Fewer than two of them, or none above 0, give NaN. Raises ValueError for a negative
    or missing one. Source: Fisher 1925; R's pchisq.

    >>> found = dispersion([0, 1, 1, 2, 2, 3, 3, 3, 4, 6, 8, 15])
    >>> found.chi2, found.df, f"{found.p:.1e}"
    (46.5, 11.0, '2.6e-06')
    """
    from scipy.special import chdtrc

    counts = _checked(x)
    if len(counts) < 2 or counts.sum() == 0:
        return DispersionTest(NAN, NAN, NAN, NAN)
    chi2, df = float(np.sum((counts - counts.mean()) ** 2) / counts.mean()), float(len(counts) - 1)
    return DispersionTest(chi2 / df, chi2, df, float(chdtrc(df, chi2)))


def _checked(x: npt.ArrayLike) -> _Floats:
    found = np.asarray(x, dtype=float)
    if found.ndim != 1 or not (np.isfinite(found).all() and (found >= 0).all()):
        raise ValueError("loads are a list of finite numbers that are not negative")
    return found


def _jackknife_se(loads: _Floats, ranked: float, whole: float) -> float:
    """Of the corrected value; without the i-th of the ascending loads every later one moves down a rank."""
    n, left = len(loads), whole - loads
    if n < 3 or not (left > 0).all():
        return NAN
    later = whole - np.cumsum(loads)
    each = (2 * (ranked - np.arange(1, n + 1) * loads - later) / left - n) / (n - 2)
    se = math.sqrt((n - 1) * float(np.var(each)))
    return se if se > _NO_SPREAD else 0.0
