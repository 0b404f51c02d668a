"""Evenness: how evenly people are spread over groups, how far from a mix that was aimed at, how concentrated."""

import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from kodukant_analysis.stats.concentration import concentration
from kodukant_analysis.stats.estimate import NAN, Estimate, student

_Floats = npt.NDArray[np.float64]
# a smaller standard error is what adding up leaves of none
_NO_SPREAD = 1e-9


class Evenness(NamedTuple):
    """Evenness of counts over K groups: first the fields of an `Estimate` of Pielou's J, then what else is asked of it.

    What can not be said is NaN.
    """

    estimate: float  # Pielou's J, 0 (all in one group) to 1 (equal groups)
    low: float = NAN
    high: float = NAN
    se: float = NAN  # linearised, over discussions
    df: float = NAN
    n_eff: float = NAN
    shannon: float = NAN  # H, natural logarithm
    simpson: float = NAN  # 1 − Σp²
    inverse_simpson: float = NAN  # 1 / Σp², 1 to K
    jackknife_se: float = NAN  # of J, leaving one discussion out in turn

    @property
    def pielou(self) -> float:
        """Pielou's J, under its name."""
        return self.estimate


def evenness(counts: npt.ArrayLike, level: float = 0.95) -> Evenness:
    """Evenness of counts over K groups, with an error where it is known how they came together.

    counts: (K,) the total of each group, or (D, K) the counts of each of D discussions, which are what varies by
    chance (the people of one came together). A group of zero adds nothing, and K stays.
    J = H / ln K, H = −Σ p ln p; Simpson 1 − Σp². All in one group gives J = 0; nobody at all, or K = 1, gives NaN.
    se of J over discussions: u_d = Σ_j m_dj (−ln p_j) / n − H m_d / n, √(D/(D−1) Σ(u − ū)²) / ln K, D counting those
    where anybody was; interval by Student's t on D − 1 df, cut at 0 and 1. One discussion, or no spread, gives none.
    Raises ValueError unless counts are finite and not negative.
    Source: Pielou 1966; the same numbers as R's vegan::diversity and section 5.3 of the method book.

    >>> found = evenness([16, 11, 137])
    >>> round(found.pielou, 6), round(found.shannon, 6), round(found.simpson, 6)
    (0.508415, 0.558551, 0.288147)
    >>> evenness([5, 0, 0]).pielou, evenness([0, 0, 0]).pielou
    (0.0, nan)
    """
    table = _checked(counts)
    total = table if table.ndim == 1 else table.sum(axis=0)
    pielou, together = _pielou(total), concentration(total)
    rest = {"shannon": _shannon(total), "simpson": 1 - together, "inverse_simpson": 1 / together}
    if table.ndim == 1 or math.isnan(pielou):
        return Evenness(pielou, **rest)
    met = table[table.sum(axis=1) > 0]
    found = student(Estimate(pielou, se=_linearised_se(met), df=float(len(met) - 1)), level)
    limits = {"low": max(found.low, 0.0), "high": min(found.high, 1.0)} if found.se > 0 else {}
    return Evenness(pielou, se=found.se, df=found.df, jackknife_se=_jackknife_se(met), **limits, **rest)


def divergence(counts: npt.ArrayLike, target: npt.ArrayLike) -> float:
    """Kullback-Leibler divergence Σ p ln(p / q) of the mix of counts from a target mix q: 0 where they are the same.

    counts, target: (K,); each is divided by its sum. A group without people adds nothing; people in a group that is
    not aimed at give infinity. Nobody gives NaN. Raises ValueError for different lengths, negative numbers or a target
    of nothing. Source: Kullback and Leibler 1951.

    >>> round(divergence([16, 11, 137], [.2, .1, .7]), 6)
    0.050863
    """
    people, aim = _checked(counts), _checked(target)
    if people.shape != aim.shape or people.ndim != 1:
        raise ValueError(f"counts and target are of one length, got {people.shape} and {aim.shape}")
    if not aim.sum() > 0:
        raise ValueError("a target mix has a part above 0")
    if not people.sum() > 0:
        return NAN
    p, q = people / people.sum(), aim / aim.sum()
    if (q[p > 0] == 0).any():
        return math.inf
    return max(float(np.sum(p[p > 0] * (np.log(p[p > 0]) - np.log(q[p > 0])))), 0.0)


def _checked(counts: npt.ArrayLike) -> _Floats:
    found = np.asarray(counts, dtype=float)
    if not (np.isfinite(found).all() and (found >= 0).all()):
        raise ValueError("counts are finite and not negative")
    if found.ndim not in {1, 2}:
        raise ValueError(f"counts are of groups, or of discussions by groups, got {found.ndim} dimensions")
    return found


def _surprise(total: _Floats) -> _Floats:
    """−ln p of each group; 0 for one without people, which adds nothing."""
    share = total / total.sum(axis=-1, keepdims=True)
    return np.asarray(-np.log(share, out=np.zeros_like(share), where=share > 0))


def _shannon(total: _Floats) -> float:
    return float(np.sum(total * _surprise(total)) / total.sum()) if total.sum() > 0 else NAN


def _pielou(total: _Floats) -> float:
    return _shannon(total) / math.log(len(total)) if len(total) > 1 else NAN


def _linearised_se(met: _Floats) -> float:
    if len(met) < 2:
        return NAN
    total = met.sum(axis=0)
    u = (met @ _surprise(total) - _shannon(total) * met.sum(axis=1)) / total.sum()
    se = math.sqrt(len(met) * float(np.var(u, ddof=1))) / math.log(len(total))
    return se if se > _NO_SPREAD else 0.0


def _jackknife_se(met: _Floats) -> float:
    if len(met) < 2:
        return NAN
    left = met.sum(axis=0) - met
    each = np.sum(left * _surprise(left), axis=1) / left.sum(axis=1) / math.log(met.shape[1])
    return math.sqrt((len(met) - 1) * float(np.var(each)))
