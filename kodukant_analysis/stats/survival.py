"""Survival: the share ended, or still open, by a day, and the day by which a share has ended, read off a curve."""

import math

import numpy as np
import numpy.typing as npt

from kodukant_analysis.stats.curve_limits import curve_limits
from kodukant_analysis.stats.estimate import NAN, NOTHING, Estimate
from kodukant_analysis.stats.event_tables import OPEN, Curve, before, divided, known_at
from kodukant_analysis.stats.restricted_mean import independent_difference

_TIE = 1e-9


def incidence_at(  # noqa: PLR0913
    curve: Curve,
    day: float,
    cause: int = 1,
    se: float | None = None,
    level: float = 0.95,
    *,
    ci: str = "rothman-wilson",
    df: float = math.inf,
) -> Estimate:
    """Share ended by `cause` (OPEN: still open) by `day`, with its Rothman-Wilson interval (others: `curve_limits`).

    Standard error, unless a better one (of `jackknife_se`) is given: with D_i = F_j(t) − F_j(t_i), q_i = 1 − d_i/n_i,
    a_i = S(t_i−) − D_i/q_i, b_i = −D_i/q_i, h_j = d_ji/n_i, h_o = (d_i − d_ji)/n_i,
    Var F_j(t) = Σ_{t_i <= t} [a²h_j(1−h_j) + b²h_o(1−h_o) − 2ab·h_j·h_o] / n_i;  Greenwood's formula for OPEN.
    Source: Aalen and Johansen 1978; R's survfit (not cmprsk::cuminc, whose Aalen-type error is slightly larger; with
    delayed entry R's survfit of several ends has the infinitesimal jackknife, which differs a little).
    After the last day seen the curve stays where it is: whether it may be shown there is for the caller, from
    `known_at` and `at_risk_at`.
    df: degrees of freedom of the error, see `rothman_wilson`. Nothing known on the day gives NaN. Raises ValueError
    for a cause the curve does not have.

    >>> from kodukant_analysis.stats import aalen_johansen
    >>> found = incidence_at(aalen_johansen([10, 20, 20, 30], [1, 2, 0, 1]), 20)
    >>> round(found.estimate, 3), round(found.se, 4)
    (0.25, 0.2165)
    """
    if cause not in {OPEN, *curve.causes}:
        raise ValueError(f"a cause is one of {(OPEN, *curve.causes)}, got {cause}")
    known = known_at(curve, day)
    if known == 0:
        return NOTHING
    error = _standard_error(curve, day, cause) if se is None else se
    return curve_limits(_share_at(curve, day, cause), error, known, ci=ci, level=level, df=df)


def survival_at(curve: Curve, day: float, ci: str = "rothman-wilson", level: float = 0.95) -> Estimate:
    """Share S(t) still open after `day`, with Greenwood's standard error √(S² Σ_{t_i <= t} d_i / (n_i(n_i−d_i))).

    ci: "rothman-wilson" (always defined), "log-log" and others of R's conf.type, see `curve_limits`.
    Nothing known on the day gives NaN. Raises ValueError for another ci. Source: Kaplan and Meier 1958; Greenwood 1926.

    >>> from kodukant_analysis.stats import kaplan_meier
    >>> found = survival_at(kaplan_meier([10, 20, 20, 30], [1, 1, 0, 1]), 15)
    >>> round(found.estimate, 3), round(found.se, 4)
    (0.75, 0.2165)
    """
    return incidence_at(curve, day, OPEN, level=level, ci=ci)


def incidence_difference(curve1: Curve, curve2: Curve, day: float, cause: int = 1, level: float = 0.95) -> Estimate:
    """Difference F_j(t) of two independent groups by `day`, second − first, with ∓ z·√(se₁² + se₂²).

    NaN where nothing is known of either; no interval where neither has a standard error above 0 (then `mover` on the
    limits of each still has one). Errors: as for `incidence_at`.

    >>> from kodukant_analysis.stats import aalen_johansen
    >>> first, second = aalen_johansen([10, 20, 20, 30], [1, 2, 0, 1]), aalen_johansen([5, 10, 40, 40], [1, 1, 0, 0])
    >>> found = incidence_difference(first, second, 20)
    >>> round(found.estimate, 3), round(found.se, 4)
    (0.25, 0.3307)
    """
    return independent_difference(
        incidence_at(curve1, day, cause, level=level), incidence_at(curve2, day, cause, level=level), level
    )


def incidence_quantile(  # noqa: PLR0913
    curve: Curve,
    p: float,
    cause: int = 1,
    level: float = 0.95,
    *,
    ci: str = "rothman-wilson",
    se: npt.ArrayLike | None = None,
    df: float = math.inf,
) -> Estimate:
    """The day by which a share `p` has ended by `cause`, with the days at which the limits of the curve pass `p`.

    The first day with F_j(t) >= p or, where F_j then stays at p, the middle of that stretch, which lasts to the last
    day seen where it never goes beyond (as in R's quantile of survfit). Limits by the interval of `incidence_at` on
    each day; se: (T,) better standard errors on the days of the curve, df: their degrees of freedom.
    Infinite where the share is not reached (by the last day seen: say "> so many days"); a limit that is not passed,
    and both of a single action, are NaN, and so is everything of a curve of nothing. Unit: that of the times.
    Raises ValueError unless 0 < p < 1.
    Source: Kalbfleisch and Prentice 2002, section 1.4; R's quantile of survfit (which gives NA for not reached).

    >>> from kodukant_analysis.stats import aalen_johansen
    >>> curve = aalen_johansen([5, 8, 8, 12, 40], [1, 1, 1, 1, 1])
    >>> found = incidence_quantile(curve, .5)
    >>> found.estimate, found.low, found.high
    (8.0, 5.0, 40.0)
    """
    errors = [None] * len(curve.time) if se is None else np.asarray(se, dtype=float).tolist()
    days = zip(curve.time.tolist(), errors, strict=True)
    return _quantile(curve, [incidence_at(curve, day, cause, error, level, ci=ci, df=df) for day, error in days], p)


def survival_quantile(
    curve: Curve, p: float, *, ci: str = "rothman-wilson", level: float = 0.95, se: npt.ArrayLike | None = None
) -> Estimate:
    """The day by which a share `p` has ended in whatever way the curve knows: the first with S(t) <= 1 − p.

    Limits, ties, se (of `jackknife_se`, OPEN), edges and errors as for `incidence_quantile`; with ci="log-log" the
    same numbers as R's quantile of survfit.

    >>> from kodukant_analysis.stats import kaplan_meier
    >>> survival_quantile(kaplan_meier([5, 8, 8, 12, 40], [1, 1, 1, 1, 1]), .5).estimate
    8.0
    """
    errors = [None] * len(curve.time) if se is None else np.asarray(se, dtype=float).tolist()
    days = zip(curve.time.tolist(), errors, strict=True)
    return _quantile(curve, [_ended(incidence_at(curve, day, OPEN, error, level, ci=ci)) for day, error in days], p)


def _ended(still: Estimate) -> Estimate:
    return still._replace(estimate=1 - still.estimate, low=1 - still.high, high=1 - still.low)


def _quantile(curve: Curve, at: list[Estimate], p: float) -> Estimate:
    if not 0 < p < 1:
        raise ValueError(f"a quantile is of a share between 0 and 1, got {p}")
    days = curve.time.tolist()
    if not days:
        return NOTHING
    reached = _first_day(days, [one.estimate for one in at], p)
    found = Estimate(math.inf if math.isnan(reached) else reached)
    if curve.events.sum() + curve.censored.sum() <= 1:
        return found
    low, high = (_first_day(days, limits, p) for limits in ([one.high for one in at], [one.low for one in at]))
    return found._replace(low=low, high=high)


def _first_day(time: list[float], share: list[float], p: float) -> float:
    reached = [(day, one) for day, one in zip(time, share, strict=True) if one >= p - _TIE]
    if not reached:
        return NAN
    first, stays = reached[0][0], abs(reached[0][1] - p) <= _TIE
    return (first + next((day for day, one in reached if one > p + _TIE), reached[-1][0])) / 2 if stays else first


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
        greenwood = divided(ended, at_risk * (at_risk - ended))
        return _share_at(curve, day, OPEN) * float(np.sqrt(greenwood.sum()))
    return float(np.sqrt(max(_incidence_variance(curve, past, curve.causes.index(cause)), 0.0)))


def _incidence_variance(curve: Curve, past: int, place: int) -> float:
    if past == 0:
        return 0.0
    at_risk, events = curve.at_risk[:past], curve.events[:, :past]
    ended = events.sum(axis=0)
    own, other = divided(events[place], at_risk), divided(ended - events[place], at_risk)
    still_to_come = curve.incidence[place, past - 1] - curve.incidence[place, :past]
    b = -divided(still_to_come, 1 - divided(ended, at_risk))
    a = before(curve.open[:past]) + b
    terms = a**2 * own * (1 - own) + b**2 * other * (1 - other) - 2 * a * b * own * other
    return float(np.sum(divided(terms, at_risk)))
