"""Log-rank test: do groups complete at the same rate while they are open, within strata if asked?"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from kodukant_analysis.stats.estimate import NAN
from kodukant_analysis.stats.event_tables import FloatArray, IndexArray, checked_rows, divided, risk_sets

_RANK = 1e-10


class LogRank(NamedTuple):
    """A log-rank test of K groups, in the order of their sorted labels."""

    chisq: float
    df: int
    p: float
    observed: FloatArray  # (K,) events
    expected: FloatArray  # (K,) events if all groups had the same rate
    variance: FloatArray  # (K, K) of observed - expected
    groups: tuple[object, ...]


class _Sums(NamedTuple):
    observed: FloatArray
    expected: FloatArray
    variance: FloatArray


def logrank(  # noqa: PLR0913
    time: npt.ArrayLike,
    status: npt.ArrayLike,
    count: npt.ArrayLike | None,
    group: npt.ArrayLike,
    strata: npt.ArrayLike | None = None,
    *,
    event: tuple[int, ...] = (1,),
) -> LogRank:
    """Log-rank test that K groups have the same rate of `event` while still open, from counts.

    time, status, count: as for `kaplan_meier`, statuses other than `event` are censored; group, strata: a label each.
    On each day of an event, with n at risk of whom n_j in group j, and d events: E_j = d·n_j/n,
    V_jk = d·(n−d)/(n−1) · n_j/n · (δ_jk − n_k/n); sums over days and strata; χ² = (O−E)ᵀ V⁻ (O−E) on rank(V) df.
    One group, no event, or no stratum in which two groups meet: NaN, not p = 1, and df 0. Errors: as `kaplan_meier`.
    Source: Mantel 1966; R's survival::survdiff. With cancellations it compares rates among the still open, not the
    shares completed (`incidence_difference`).

    >>> found = logrank([5, 8, 12, 20, 6, 30, 30, 40], [1, 1, 1, 0, 1, 1, 0, 0], None, list("aaaabbbb"))
    >>> round(found.chisq, 4), found.df, round(found.p, 4), found.observed.tolist()
    (1.3933, 1, 0.2379, [3.0, 2.0])
    """
    rows = checked_rows(time, status, count)
    groups, member = np.unique(np.asarray(group), return_inverse=True)
    layers = np.zeros_like(member) if strata is None else np.unique(np.asarray(strata), return_inverse=True)[1]
    if not member.shape == layers.shape == rows.time.shape:
        raise ValueError("time, group and strata are arrays of one length")
    ended = np.where(np.isin(rows.status, event), rows.counts, 0)
    sums = _Sums(np.zeros(len(groups)), np.zeros(len(groups)), np.zeros((len(groups), len(groups))))
    for layer in range(layers.max(initial=-1) + 1):
        inside = layers == layer
        found = _stratum(rows.time[inside], rows.counts[inside], ended[inside], (member[inside], len(groups)))
        sums = _Sums(*(one + more for one, more in zip(sums, found, strict=True)))
    return _tested(sums, tuple(groups.tolist()))


def _stratum(time: FloatArray, count: FloatArray, ended: FloatArray, group: tuple[IndexArray, int]) -> _Sums:
    days, where = np.unique(time, return_inverse=True)
    leaving, events = np.zeros((2, group[1], len(days)))
    np.add.at(leaving, (group[0], where), count)
    np.add.at(events, (group[0], where), ended)
    at_risk = risk_sets(leaving)
    n, d = at_risk.sum(axis=0), events.sum(axis=0)
    share = divided(at_risk, n)
    spread = d * divided(n - d, np.where(n > 1, n - 1, 0.0))
    variance = np.diag(share @ spread) - (share * spread) @ share.T
    return _Sums(events.sum(axis=1), share @ d, variance)


def _tested(sums: _Sums, groups: tuple[object, ...]) -> LogRank:
    from scipy.special import gammaincc

    values, vectors = np.linalg.eigh(sums.variance)
    kept = values > _RANK * max(float(sums.observed.sum()), _RANK)
    df = int(kept.sum())
    if df == 0:
        return LogRank(NAN, 0, NAN, *sums, groups)
    along = vectors[:, kept].T @ (sums.observed - sums.expected)
    chisq = float(np.sum(along**2 / values[kept]))
    return LogRank(chisq, df, float(gammaincc(df / 2, chisq / 2)), *sums, groups)
