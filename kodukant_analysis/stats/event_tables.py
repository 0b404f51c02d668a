"""Event tables: rows of what ended when, and how -> the curves of what ended in each way and of what is still open."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
IndexArray = npt.NDArray[np.intp]
OPEN = 0
_ENDS = frozenset({1, 2})


class Curve(NamedTuple):
    """Aalen-Johansen curves on T distinct days for C end states: all arrays end in the axis of days."""

    time: FloatArray  # (T,) days, ascending: of ends, last sightings and late entries
    at_risk: FloatArray  # (T,) followed and open just before the day's events
    events: FloatArray  # (C, T) ends of each kind on the day
    censored: FloatArray  # (T,) last seen open on the day
    open: FloatArray  # (T,) share still open after the day's events
    incidence: FloatArray  # (C, T) share ended in each way up to and including the day
    causes: tuple[int, ...]  # the status that stands for each of the C end states
    entered: FloatArray  # (T,) followed only after the day (delayed entry)


class Rows(NamedTuple):
    """Checked rows of one event table, an array each."""

    time: FloatArray
    status: IndexArray
    counts: FloatArray
    entry: FloatArray  # 0: followed from the start


def aalen_johansen(
    time: npt.ArrayLike,
    status: npt.ArrayLike,
    count: npt.ArrayLike | None = None,
    causes: tuple[int, ...] | None = None,
    *,
    entry: npt.ArrayLike | None = None,
) -> Curve:
    """Cumulative incidence of each end state while the others compete, from counts.

    time: days >= 0 (an end on day 0 counts); status: OPEN (0: last seen open) or an end state of its own kind;
    count: how many such rows (1 each when left out; 0: as if not there); causes: the end states, ascending (1, 2 and
    whatever else is there when left out). entry: day from which a row is followed, in (entry, time] as R's
    Surv(entry, time); 0 or less: from the start. Ends come before last sightings of the same day; ties are exact.

    S(t) = Π (1 − d_i/n_i);  F_j(t) = Σ_{t_i <= t} S(t_i−) · d_ji/n_i;  S + Σ_j F_j = 1.
    No rows give curves of length 0. Raises ValueError for a negative or missing time or count, a foreign status or an
    entry that is not before its time. Source: Aalen and Johansen 1978; as R's survival::survfit with a factor status.

    >>> curve = aalen_johansen([10, 20, 20, 30], [1, 2, 0, 1])
    >>> [round(float(share), 3) for share in curve.incidence[0]], [round(float(share), 3) for share in curve.open]
    ([0.25, 0.25, 0.75], [0.75, 0.5, 0.0])
    """
    told = checked_rows(time, status, count, entry)
    ends = checked_causes(told.status, causes)
    rows = chosen_rows(told, told.counts > 0)
    days = table_days(rows)
    where, late = np.searchsorted(days, rows.time), rows.entry > 0
    ended = [np.bincount(where, rows.counts * (rows.status == cause), len(days)) for cause in ends]
    events = np.array(ended, dtype=float).reshape(len(ends), len(days))
    censored = np.bincount(where, rows.counts * (rows.status == OPEN), len(days)).astype(float)
    entered = np.bincount(np.searchsorted(days, rows.entry[late]), rows.counts[late], len(days)).astype(float)
    at_risk = risk_sets(events.sum(axis=0) + censored - entered)
    still, incidence = shares_of(events, at_risk)
    return Curve(days, at_risk, events, censored, still, incidence, ends, entered)


def kaplan_meier(
    time: npt.ArrayLike,
    status: npt.ArrayLike,
    count: npt.ArrayLike | None = None,
    entry: npt.ArrayLike | None = None,
    *,
    event: tuple[int, ...] = (1,),
) -> Curve:
    """Survival curve S(t) = Π (1 − d_i/n_i) from counts: `open` of the event table that comes back.

    time, status, count, entry: as for `aalen_johansen`; event: which statuses are the event, (1, 2, 3) for any closing;
    every other status only ends the sight of the row (censored). Where an action can be cancelled, 1 − S is not the
    share completed: see `aalen_johansen`. No rows give a curve of length 0. Raises ValueError as there.
    Source: Kaplan and Meier 1958; R's survival::survfit.

    >>> curve = kaplan_meier([10, 20, 20, 30], [1, 1, 0, 1])
    >>> [round(float(share), 3) for share in curve.open]
    [0.75, 0.5, 0.0]
    >>> delayed = kaplan_meier([5, 12, 18, 25], [1, 1, 1, 0], entry=[0, 0, 10, 20])
    >>> delayed.time.tolist(), delayed.at_risk.tolist()
    ([5.0, 10.0, 12.0, 18.0, 20.0, 25.0], [2.0, 1.0, 2.0, 1.0, 0.0, 1.0])
    """
    rows = checked_rows(time, status, count, entry)
    return aalen_johansen(rows.time, np.isin(rows.status, event), rows.counts, (1,), entry=rows.entry)


def known_at(curve: Curve, day: float) -> float:
    """How many have a known state on `day`: ended by then, or still followed; those who enter later are not yet.

    A curve of nothing gives 0. Source: the event table of `aalen_johansen`, counted.

    >>> known_at(aalen_johansen([10, 20, 20, 30], [1, 2, 0, 1]), 25)
    3.0
    """
    later = curve.time >= day
    return float(curve.events.sum() + curve.censored[later].sum() - curve.entered[later].sum())


def at_risk_at(curve: Curve, day: float) -> float:
    """How many are followed and open just before `day`; after the last day seen, and of a curve of nothing, 0.

    Source: R's summary(survfit, times = day)$n.risk.

    >>> at_risk_at(aalen_johansen([10, 20, 20, 30], [1, 2, 0, 1]), 20)
    3.0
    """
    later = curve.time >= day
    return float(curve.events[:, later].sum() + curve.censored[later].sum() - curve.entered[later].sum())


def checked_rows(
    time: npt.ArrayLike, status: npt.ArrayLike, count: npt.ArrayLike | None, entry: npt.ArrayLike | None = None
) -> Rows:
    """Rows as arrays of one length; ValueError for what cannot be."""
    times, told = np.asarray(time, dtype=float), np.asarray(status, dtype=float)
    counts = np.ones(times.shape) if count is None else np.asarray(count, dtype=float)
    entries = np.zeros(times.shape) if entry is None else np.maximum(np.asarray(entry, dtype=float), 0)
    if not times.shape == told.shape == counts.shape == entries.shape or times.ndim != 1:
        raise ValueError("time, status, count and entry are arrays of one length")
    if not ((times >= 0) & np.isfinite(times) & (counts >= 0) & np.isfinite(counts)).all():
        raise ValueError("times and counts are finite and not negative")
    if foreign := sorted({str(one) for one in told.tolist() if not (one >= 0 and one == np.floor(one))}):
        raise ValueError(f"a status is {OPEN} (open) or a positive whole number, got {', '.join(foreign)}")
    if not ((entries < times) | (entries == 0)).all():
        raise ValueError(f"an entry is before its time, got {entries[~(entries < times) & (entries != 0)].tolist()}")
    return Rows(times, told.astype(np.intp), counts, entries)


def chosen_rows(rows: Rows, chosen: npt.NDArray[np.bool_]) -> Rows:
    """The rows that are chosen; one that counts nothing is not to lengthen the days seen."""
    return Rows(rows.time[chosen], rows.status[chosen], rows.counts[chosen], rows.entry[chosen])


def checked_causes(status: IndexArray, causes: tuple[int, ...] | None) -> tuple[int, ...]:
    """The end states, ascending: those asked for, else 1, 2 and what else occurs."""
    occurring = set(status.tolist()) - {OPEN}
    asked = tuple(sorted(_ENDS | occurring)) if causes is None else causes
    foreign = occurring - set(asked)
    if foreign or tuple(sorted(asked)) != asked or OPEN in asked:
        raise ValueError(f"a status is {OPEN} (open) or one of the ascending causes {asked}, got {sorted(foreign)}")
    return asked


def table_days(rows: Rows) -> FloatArray:
    """The distinct days of an event table."""
    return np.asarray(np.unique(np.concatenate([rows.time, rows.entry[rows.entry > 0]])))


def risk_sets(leaving: FloatArray) -> FloatArray:
    """How many are at risk on each day, from how many more leave than enter on it, along the last axis."""
    return np.asarray(np.cumsum(leaving[..., ::-1], axis=-1)[..., ::-1])


def shares_of(events: FloatArray, at_risk: FloatArray) -> tuple[FloatArray, FloatArray]:
    """The share still open and the shares ended, after each day's events."""
    hazard = divided(events, at_risk[..., None, :])
    # of the sum, not the sum of each: where all who are left end, exactly none stays open
    still: FloatArray = np.cumprod(1 - divided(events.sum(axis=-2), at_risk), axis=-1, dtype=np.float64)
    return still, np.cumsum(before(still)[..., None, :] * hazard, axis=-1)


def before(still: FloatArray) -> FloatArray:
    """The share open just before each day's events."""
    return np.concatenate([np.ones_like(still[..., :1]), still[..., :-1]], axis=-1)


def divided(part: FloatArray, whole: FloatArray) -> FloatArray:
    """part / whole, 0 where the whole is 0."""
    return np.divide(part, whole, out=np.zeros(np.broadcast_shapes(part.shape, whole.shape)), where=whole > 0)
