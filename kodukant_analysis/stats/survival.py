"""Survival: counts of what ended when, and how -> the share completed, ended otherwise and still open by a day."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from kodukant_analysis.stats.estimate import NAN, NOTHING, Estimate
from kodukant_analysis.stats.intervals import rothman_wilson

FloatArray = npt.NDArray[np.float64]
_Index = npt.NDArray[np.intp]
OPEN = 0
_CLUSTERS_AT_ONCE = 256
_TIE = 1e-9


class Curve(NamedTuple):
    """Aalen-Johansen curves on T distinct days for C end states: all arrays end in the axis of days."""

    time: FloatArray  # (T,) days, ascending
    at_risk: FloatArray  # (T,) open just before the day's events
    events: FloatArray  # (C, T) ends of each kind on the day
    censored: FloatArray  # (T,) last seen open on the day
    open: FloatArray  # (T,) share still open after the day's events
    incidence: FloatArray  # (C, T) share ended in each way up to and including the day
    causes: tuple[int, ...]  # the status that stands for each of the C end states


def aalen_johansen(
    time: npt.ArrayLike, status: npt.ArrayLike, count: npt.ArrayLike | None = None, causes: tuple[int, ...] = (1, 2)
) -> Curve:
    """Cumulative incidence of each end state while the others compete, from counts.

    time: days >= 0 (an end on day 0 counts); status: OPEN (0: last seen open) or one of `causes`; count: how many
    such rows (1 each when left out). Ends come before last sightings of the same day; ties are exact.

    S(t) = Π (1 − d_i/n_i);  F_j(t) = Σ_{t_i <= t} S(t_i−) · d_ji/n_i;  S + Σ_j F_j = 1.
    No rows give curves of length 0. Raises ValueError for a negative or missing time or count or a foreign status.
    Source: Aalen and Johansen 1978; the same numbers as R's survival::survfit with a factor status.

    >>> curve = aalen_johansen([10, 20, 20, 30], [1, 2, 0, 1])
    >>> [round(float(share), 3) for share in curve.incidence[0]], [round(float(share), 3) for share in curve.open]
    ([0.25, 0.25, 0.75], [0.75, 0.5, 0.0])
    """
    times, statuses, counts = _checked_rows(time, status, count, causes)
    days, where = np.unique(times, return_inverse=True)
    ended = [np.bincount(where, counts * (statuses == cause), len(days)) for cause in causes]
    events = np.array(ended, dtype=float).reshape(len(causes), len(days))
    censored = np.bincount(where, counts * (statuses == OPEN), len(days)).astype(float)
    at_risk = _at_risk(events, censored)
    still, incidence = _curves(events, at_risk)
    return Curve(days, at_risk, events, censored, still, incidence, causes)


def incidence_at(curve: Curve, day: float, cause: int = 1, se: float | None = None, level: float = 0.95) -> Estimate:
    """Share ended by `cause` (OPEN: still open) by `day`, with its Rothman-Wilson interval.

    Standard error, unless a better one (of `jackknife_se`) is given: with D_i = F_j(t) − F_j(t_i), q_i = 1 − d_i/n_i,
    a_i = S(t_i−) − D_i/q_i, b_i = −D_i/q_i, h_j = d_ji/n_i, h_o = (d_i − d_ji)/n_i,
    Var F_j(t) = Σ_{t_i <= t} [a²h_j(1−h_j) + b²h_o(1−h_o) − 2ab·h_j·h_o] / n_i;  Greenwood's formula for OPEN.
    Equals R's survfit (not cmprsk::cuminc, whose Aalen-type error is slightly larger). After the last day seen the
    curve stays where it is: whether it may be shown there is for the caller, from `known_at` and `at_risk_at`.

    >>> found = incidence_at(aalen_johansen([10, 20, 20, 30], [1, 2, 0, 1]), 20)
    >>> round(found.estimate, 3), round(found.se, 4)
    (0.25, 0.2165)
    """
    known = known_at(curve, day)
    if known == 0:
        return NOTHING
    error = _standard_error(curve, day, cause) if se is None else se
    return rothman_wilson(_share_at(curve, day, cause), error, known, level)


def incidence_quantile(curve: Curve, p: float, cause: int = 1, level: float = 0.95) -> Estimate:
    """The day by which a share `p` has ended by `cause`, with the days at which the limits of the curve pass `p`.

    The first day with F_j(t) >= p or, where F_j stays at p from there on, the middle of that stretch (as R's quantile
    of survfit does); limits by the Rothman-Wilson interval of `incidence_at` on each day. NaN where not reached.

    >>> curve = aalen_johansen([5, 8, 8, 12, 40], [1, 1, 1, 1, 1])
    >>> found = incidence_quantile(curve, .5)
    >>> found.estimate, found.low, found.high
    (8.0, 5.0, 40.0)
    """
    at = [incidence_at(curve, float(day), cause, level=level) for day in curve.time]
    return Estimate(
        _first_day(curve.time, [one.estimate for one in at], p),
        _first_day(curve.time, [one.high for one in at], p),
        _first_day(curve.time, [one.low for one in at], p),
    )


def _first_day(time: FloatArray, share: list[float], p: float) -> float:
    reached = [float(day) for day, one in zip(time, share, strict=True) if one >= p - _TIE]
    beyond = [float(day) for day, one in zip(time, share, strict=True) if one > p + _TIE]
    if not reached:
        return NAN
    return (reached[0] + beyond[0]) / 2 if beyond else reached[0]


def known_at(curve: Curve, day: float) -> float:
    """How many have a known state on `day`: ended by then, or still followed.

    >>> known_at(aalen_johansen([10, 20, 20, 30], [1, 2, 0, 1]), 25)
    3.0
    """
    return float(curve.events.sum() + curve.censored[curve.time >= day].sum())


def at_risk_at(curve: Curve, day: float) -> float:
    """How many are followed and open just before `day`.

    >>> at_risk_at(aalen_johansen([10, 20, 20, 30], [1, 2, 0, 1]), 20)
    3.0
    """
    later = curve.time >= day
    return float(curve.events[:, later].sum() + curve.censored[later].sum())


def jackknife_se(  # noqa: PLR0913
    time: npt.ArrayLike,
    status: npt.ArrayLike,
    cluster: npt.ArrayLike,
    at: npt.ArrayLike,
    *,
    count: npt.ArrayLike | None = None,
    causes: tuple[int, ...] = (1, 2),
) -> FloatArray:
    """Delete-one-cluster standard errors, shape (1 + C, days of `at`): OPEN first, then each of `causes`.

    time, status, count, causes: as for `aalen_johansen`; cluster: the discussion (or the like) of each row.
    √((m−1)/m · Σ(θ_(i) − θ̄)²) over the m clusters left out in turn; one cluster gives NaN.
    Source: Miller 1974; Lipsitz, Dear and Zhao 1994 for clustered survival times.

    >>> jackknife_se([10, 20, 10, 30], [1, 0, 0, 1], ["a", "a", "b", "b"], [15]).round(3).tolist()
    [[0.25], [0.25], [0.0]]
    """
    times, statuses, counts = _checked_rows(time, status, count, causes)
    days, where = np.unique(times, return_inverse=True)
    owners, owner = np.unique(np.asarray(cluster), return_inverse=True)
    m = len(owners)
    if m < 2:
        return np.full((1 + len(causes), np.size(at)), NAN)
    place = (owner, np.searchsorted(np.array((OPEN, *causes)), statuses), where)
    step = np.searchsorted(days, np.asarray(at, dtype=float), side="right")
    shares = np.concatenate(list(_left_out_shares(place, counts, (m, 1 + len(causes), len(days)), step)))
    spread = np.sum((shares - shares.mean(axis=0)) ** 2, axis=0)
    return np.asarray(np.sqrt((m - 1) / m * spread))


def _left_out_shares(
    place: tuple[_Index, _Index, _Index], counts: FloatArray, shape: tuple[int, int, int], step: _Index
) -> Iterator[FloatArray]:
    owner, kind, where = place
    total = np.zeros(shape[1:])
    np.add.at(total, (kind, where), counts)
    for first in range(0, shape[0], _CLUSTERS_AT_ONCE):
        chosen = (owner >= first) & (owner < first + _CLUSTERS_AT_ONCE)
        own = np.zeros((min(_CLUSTERS_AT_ONCE, shape[0] - first), *shape[1:]))
        np.add.at(own, (owner[chosen] - first, kind[chosen], where[chosen]), counts[chosen])
        left = total - own
        still, incidence = _curves(left[:, 1:], _at_risk(left[:, 1:], left[:, 0]))
        shares = np.concatenate([still[:, None, :], incidence], axis=1)
        start = np.broadcast_to(np.array([1.0] + [0.0] * (shape[1] - 1))[:, None], (*shares.shape[:2], 1))
        yield np.concatenate([start, shares], axis=2)[:, :, step]


def _checked_rows(
    time: npt.ArrayLike, status: npt.ArrayLike, count: npt.ArrayLike | None, causes: tuple[int, ...]
) -> tuple[FloatArray, _Index, FloatArray]:
    times, statuses = np.asarray(time, dtype=float), np.asarray(status, dtype=np.intp)
    counts = np.ones(len(times)) if count is None else np.asarray(count, dtype=float)
    if not times.shape == statuses.shape == counts.shape:
        raise ValueError("time, status and count are arrays of one length")
    if not ((times >= 0) & np.isfinite(times) & (counts >= 0) & np.isfinite(counts)).all():
        raise ValueError("times and counts are finite and not negative")
    foreign = set(statuses.tolist()) - {OPEN, *causes}
    if foreign or tuple(sorted(causes)) != causes or OPEN in causes:
        raise ValueError(f"a status is {OPEN} (open) or one of the ascending causes {causes}, got {sorted(foreign)}")
    return times, statuses, counts


def _at_risk(events: FloatArray, censored: FloatArray) -> FloatArray:
    leaving = events.sum(axis=-2) + censored
    return np.asarray(np.cumsum(leaving[..., ::-1], axis=-1)[..., ::-1])


def _curves(events: FloatArray, at_risk: FloatArray) -> tuple[FloatArray, FloatArray]:
    hazard = _divided(events, at_risk[..., None, :])
    still = np.cumprod(1 - hazard.sum(axis=-2), axis=-1)
    before = _before(still)
    return still, np.cumsum(before[..., None, :] * hazard, axis=-1)


def _before(still: FloatArray) -> FloatArray:
    return np.concatenate([np.ones_like(still[..., :1]), still[..., :-1]], axis=-1)


def _divided(part: FloatArray, whole: FloatArray) -> FloatArray:
    return np.divide(part, whole, out=np.zeros(np.broadcast_shapes(part.shape, whole.shape)), where=whole > 0)


def _share_at(curve: Curve, day: float, cause: int) -> float:
    past = int(np.searchsorted(curve.time, day, side="right"))
    if past == 0:
        return 1.0 if cause == OPEN else 0.0
    return float(curve.open[past - 1] if cause == OPEN else curve.incidence[curve.causes.index(cause), past - 1])


def _standard_error(curve: Curve, day: float, cause: int) -> float:
    past = int(np.searchsorted(curve.time, day, side="right"))
    at_risk, events = curve.at_risk[:past], curve.events[:, :past]
    ended = events.sum(axis=0)
    if cause == OPEN:
        greenwood = _divided(ended, at_risk * (at_risk - ended))
        return _share_at(curve, day, OPEN) * float(np.sqrt(greenwood.sum()))
    return float(np.sqrt(max(_incidence_variance(curve, past, curve.causes.index(cause)), 0.0)))


def _incidence_variance(curve: Curve, past: int, place: int) -> float:
    if past == 0:
        return 0.0
    at_risk, events = curve.at_risk[:past], curve.events[:, :past]
    own = _divided(events[place], at_risk)
    other = _divided(events.sum(axis=0) - events[place], at_risk)
    still_to_come = curve.incidence[place, past - 1] - curve.incidence[place, :past]
    b = -_divided(still_to_come, 1 - own - other)
    a = _before(curve.open[:past]) + b
    terms = a**2 * own * (1 - own) + b**2 * other * (1 - other) - 2 * a * b * own * other
    return float(np.sum(_divided(terms, at_risk)))
