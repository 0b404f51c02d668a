"""Survival jackknife: the standard error of a curve whose actions come in discussions, each left out in turn."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from kodukant_analysis.stats.estimate import NAN
from kodukant_analysis.stats.event_tables import (
    OPEN,
    FloatArray,
    IndexArray,
    Rows,
    checked_causes,
    checked_rows,
    chosen_rows,
    risk_sets,
    shares_of,
    table_days,
)
from kodukant_analysis.stats.restricted_mean import area_under

_CLUSTERS_AT_ONCE = 256


class _Table(NamedTuple):
    days: FloatArray  # (T,)
    owner: IndexArray  # a row's cluster, 0 to clusters - 1
    kind: IndexArray  # a row's end: 0 open, then the causes
    rows: Rows
    clusters: int
    kinds: int


def jackknife_se(  # noqa: PLR0913
    time: npt.ArrayLike,
    status: npt.ArrayLike,
    cluster: npt.ArrayLike,
    at: npt.ArrayLike,
    *,
    count: npt.ArrayLike | None = None,
    causes: tuple[int, ...] | None = None,
    entry: npt.ArrayLike | None = None,
) -> FloatArray:
    """Delete-one-cluster standard errors, shape (1 + C, days of `at`): OPEN first, then each of `causes`.

    time, status, count, causes, entry: as for `aalen_johansen`; cluster: the discussion (or the like) of each row.
    √((m−1)/m · Σ(θ_(i) − θ̄)²) over the m clusters left out in turn; one cluster gives NaN.
    Source: Miller 1974; Lipsitz, Dear and Zhao 1994 for clustered survival times.

    >>> jackknife_se([10, 20, 10, 30], [1, 0, 0, 1], ["a", "a", "b", "b"], [15]).round(3).tolist()
    [[0.25], [0.25], [0.0]]
    """
    days = np.asarray(at, dtype=float)
    table = _table(checked_rows(time, status, count, entry), cluster, causes, days.max(initial=0))
    step = np.searchsorted(table.days, days, side="right")
    if table.clusters < 2:
        return np.full((table.kinds, step.size), NAN)
    return _spread((_shares_at(batch, step) for batch in _left_out(table)), table.clusters)


def restricted_mean_jackknife_se(  # noqa: PLR0913
    time: npt.ArrayLike,
    status: npt.ArrayLike,
    cluster: npt.ArrayLike,
    tau: float,
    *,
    count: npt.ArrayLike | None = None,
    entry: npt.ArrayLike | None = None,
) -> float:
    """Delete-one-cluster standard error of the mean days open during the first `tau` days, whatever the closing.

    As `jackknife_se`, of the area under the curve `open` instead of a point of it; one cluster gives NaN. Unit: days.
    Raises ValueError as there. Source: Miller 1974.

    >>> round(restricted_mean_jackknife_se([10, 20, 10, 30], [1, 0, 0, 1], ["a", "a", "b", "b"], 15), 3)
    1.25
    """
    table = _table(checked_rows(time, status, count, entry), cluster, None, tau)
    if table.clusters < 2:
        return NAN
    areas = (area_under(table.days, batch[:, 0], tau)[:, None] for batch in _left_out(table))
    return float(_spread(areas, table.clusters)[0])


def _table(rows: Rows, cluster: npt.ArrayLike, causes: tuple[int, ...] | None, last: float) -> _Table:
    """What is seen by the last day asked for: who ends later is open on it, who enters later is not yet there."""
    ends = (OPEN, *checked_causes(rows.status, causes))
    labels, counted = np.asarray(cluster), rows.counts > 0
    if labels.shape != rows.time.shape:
        raise ValueError(f"cluster has {labels.size} entries for {rows.time.size} rows")
    names, owner = np.unique(labels[counted], return_inverse=True)
    rows = chosen_rows(rows, counted)
    there, status = rows.entry <= last, np.where(rows.time > last, OPEN, rows.status)
    seen = Rows(np.minimum(rows.time, last + 1)[there], status[there], rows.counts[there], rows.entry[there])
    return _Table(
        table_days(seen), owner[there], np.searchsorted(np.array(ends), seen.status), seen, len(names), len(ends)
    )


def _left_out(table: _Table) -> Iterator[FloatArray]:
    """(clusters of a batch, kinds, T) shares open and ended in each way when one cluster is left out."""
    total = _events(table, np.arange(len(table.owner)), np.zeros_like(table.owner), 1)
    for first in range(0, table.clusters, _CLUSTERS_AT_ONCE):
        size = min(_CLUSTERS_AT_ONCE, table.clusters - first)
        chosen = np.flatnonzero((table.owner >= first) & (table.owner < first + size))
        left = total - _events(table, chosen, table.owner[chosen] - first, size)
        ends, leaving = left[:, 1 : table.kinds], left[:, : table.kinds].sum(axis=1) - left[:, -1]
        still, incidence = shares_of(ends, risk_sets(leaving))
        yield np.concatenate([still[:, None, :], incidence], axis=1)


def _events(table: _Table, chosen: IndexArray, owner: IndexArray, owners: int) -> FloatArray:
    """(owners, kinds + 1, T) ends of each kind on each day, and at last those who enter after it."""
    found = np.zeros((owners, table.kinds + 1, len(table.days)))
    rows = table.rows
    np.add.at(found, (owner, table.kind[chosen], np.searchsorted(table.days, rows.time[chosen])), rows.counts[chosen])
    late = rows.entry[chosen] > 0
    place = np.searchsorted(table.days, rows.entry[chosen][late])
    np.add.at(found[:, table.kinds], (owner[late], place), rows.counts[chosen][late])
    return found


def _shares_at(shares: FloatArray, step: IndexArray) -> FloatArray:
    start = np.zeros((*shares.shape[:2], 1))
    start[:, OPEN] = 1
    return np.concatenate([start, shares], axis=2)[:, :, step]


def _spread(batches: Iterator[FloatArray], m: int) -> FloatArray:
    """√((m−1)/m · Σ(θ − θ̄)²), summed around the first value, so that batches need not be kept."""
    origin, total, squares = None, 0.0, 0.0
    for batch in batches:
        origin = batch[0] if origin is None else origin
        away = batch - origin
        total, squares = total + away.sum(axis=0), squares + (away**2).sum(axis=0)
    return np.asarray(np.sqrt((m - 1) / m * np.maximum(squares - np.square(total) / m, 0)))
