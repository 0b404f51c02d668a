"""ATT: the mean effect on those treated, cohort by cohort, against units never (or not yet) treated."""

import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from kodukant_analysis.stats.cohorts import (
    Control,
    Floats,
    Panel,
    Window,
    change_in,
    cohort_panel,
    effects,
    members_of,
    windows_after,
    windows_before,
)
from kodukant_analysis.stats.estimate import NAN, Estimate, normal_quantile, student


class GroupTime(NamedTuple):
    """ATT(g, t) of one cohort in one period; before the treatment (`is_after` False) it should be chance alone."""

    cohort: int
    period: int
    att: float
    se: float
    is_after: bool


class EventTime(NamedTuple):
    """ATT so many periods after the first treated one (negative: before it), over all cohorts that reach it."""

    since: int
    att: float
    se: float


class AttEstimate(NamedTuple):
    """The overall ATT as an estimate, with what it is made of. `se_given_weights` leaves the weights' own error out."""

    estimate: float
    low: float
    high: float
    se: float
    df: float
    n_eff: float
    table: tuple[GroupTime, ...]
    events: tuple[EventTime, ...]
    se_given_weights: float


class _Influences(NamedTuple):
    """Windows that could be worked out, their ATT, and what each unit adds to it (units x windows)."""

    windows: list[Window]
    att: Floats
    influence: Floats


def att_gt(
    Y: npt.ArrayLike,  # noqa: N803
    G: npt.ArrayLike,  # noqa: N803
    control: Control = "never",
    anticipation: int = 0,
    *,
    level: float = 0.95,
) -> AttEstimate:
    """Group-time effects of Callaway and Sant'Anna without covariates, and their means: overall and by event time.

    Y: outcomes, units x periods; G: the period (1 is the first) in which each unit was first treated, 0 (or missing)
    for never. For cohort g and period t, with Δ the change of a unit from the period b to t,
    ATT(g, t) = mean Δ of the cohort − mean Δ of the controls;  b = g − 1 − anticipation for t >= g, else t − 1.
    Controls: never treated, or with "notyet" also those treated later than t + anticipation. The overall ATT is the
    mean over t >= g weighted by the size of the cohort ("simple").
    Standard errors from influence functions with n-denominators; those of means include that the weights are
    estimated. Interval: normal (df infinite). **Too narrow with few treated units: below 15 use `permutation_att`.**
    n_eff: units used. A missing outcome leaves the unit out of the windows that it is an end of (balanced pairs), not
    out of the weights. A cohort without a period before it is left out; a unit treated after the last period is never
    treated. Windows without a treated unit or a control are not in the table; without any everything is NaN.
    Raises ValueError for shapes that do not fit, an unknown control or a negative anticipation.
    Source: Callaway and Sant'Anna 2021, Journal of Econometrics 225; the same numbers as R's did and csdid.

    >>> found = att_gt([[1, 2, 5], [2, 2, 6], [1, 1, 2], [3, 4, 4]], [3, 3, 0, 0])
    >>> found.estimate, [(one.cohort, one.period, one.att) for one in found.table]
    (3.0, [(3, 2, 0.0), (3, 3, 3.0)])
    """
    panel = cohort_panel(Y, G, control, anticipation)
    after = _mean(panel, _influences(panel, windows_after(panel)))
    overall = student(Estimate(after.estimate, se=after.se, df=math.inf, n_eff=len(panel.cohorts)), level)
    known = _influences(panel, sorted(windows_before(panel) + windows_after(panel)))
    return AttEstimate(*overall, _table(known), _events(panel, known), after.se_given_weights)


def minimum_detectable_effect(se: float, power: float = 0.8, level: float = 0.95) -> float:
    """The smallest effect that a design with this standard error finds with this power: (z_level + z_power) · se.

    The test is two-sided at 1 − level, normal. Raises ValueError unless power and level lie between 0 and 1.
    Source: Bloom 1995, Evaluation Review 19.

    >>> round(minimum_detectable_effect(0.864389190908), 8)
    2.42165998
    """
    if not 0 < power < 1:
        raise ValueError(f"power lies between 0 and 1, got {power}")
    # The quantile of the power is one-sided: that of a two-sided level of 2·power − 1.
    one_sided = math.copysign(normal_quantile(abs(2 * power - 1)) if power != 0.5 else 0.0, power - 0.5)
    return (normal_quantile(level) + one_sided) * se


def two_way_fixed_effects(Y: npt.ArrayLike, G: npt.ArrayLike) -> Estimate:  # noqa: N803
    """The regression of the outcome on "treated by now" with effects of unit and period: **a diagnostic only**.

    With cohorts of several dates it weighs some effects negatively; `att_gt` does not. se: clustered by unit, HC0, no
    interval. Y without missing values, else NaN; units treated in the first period are left out; without any unit,
    or without one treated and one not, NaN. Unit: that of Y. Raises ValueError as `att_gt`.
    Source: Goodman-Bacon 2021; R's plm with vcovHC(method = "arellano").

    >>> round(two_way_fixed_effects([[1, 2, 5], [2, 2, 6], [1, 1, 2], [3, 4, 4]], [3, 3, 0, 0]).estimate, 9)
    3.0
    """
    panel = cohort_panel(Y, G)
    if panel.outcomes.size == 0:
        return Estimate(NAN)
    periods = np.arange(1, panel.outcomes.shape[1] + 1)
    first = panel.cohorts[:, None]
    treated, outcome = _within((first > 0) & (periods >= first)), _within(panel.outcomes)
    squares = float(np.sum(treated**2))
    if not squares > 0 or not np.isfinite(outcome).all():
        return Estimate(NAN)
    slope = float(np.sum(treated * outcome)) / squares
    scores = np.sum(treated * (outcome - slope * treated), axis=1)
    return Estimate(slope, se=math.sqrt(float(np.sum(scores**2))) / squares, n_eff=len(scores))


def _within(values: npt.ArrayLike) -> Floats:
    """Values without the means of their unit and their period."""
    table: Floats = np.asarray(values, dtype=float)
    centred: Floats = table - table.mean(axis=1, keepdims=True) - table.mean(axis=0, keepdims=True) + table.mean()
    return centred


def _influences(panel: Panel, windows: list[Window]) -> _Influences:
    att = effects(panel, panel.cohorts[None, :], windows)[0]
    told = np.isfinite(att)
    known = [window for window, is_told in zip(windows, told, strict=True) if is_told]
    columns = [_influence(panel, window) for window in known]
    return _Influences(known, att[told], np.stack(columns, axis=1) if columns else np.empty((len(panel.cohorts), 0)))


def _influence(panel: Panel, window: Window) -> Floats:
    """What each unit adds to the ATT of a window: its difference from the mean of its side, over the side's size."""
    change = change_in(panel, window)
    found = np.zeros(len(change))
    for members, sign in zip(members_of(panel, panel.cohorts, window), (1, -1), strict=True):
        side = members & np.isfinite(change)
        found[side] = sign * (change[side] - change[side].mean()) * len(change) / side.sum()
    return found


class _Mean(NamedTuple):
    estimate: float
    se: float
    se_given_weights: float


def _mean(panel: Panel, known: _Influences) -> _Mean:
    """The mean of windows by the size of their cohort, with its error, that of the weights included."""
    if not known.windows:
        return _Mean(NAN, NAN, NAN)
    is_in = np.array([panel.cohorts == window.cohort for window in known.windows]).T.astype(float)
    share = is_in.mean(axis=0)
    total = share.sum()
    of_weights = (is_in - share) / total - (is_in - share).sum(axis=1, keepdims=True) * share / total**2
    given = known.influence @ (share / total)
    return _Mean(float(share @ known.att / total), _error(given + of_weights @ known.att), _error(given))


def _error(influence: Floats) -> float:
    return math.sqrt(float(np.mean(influence**2)) / len(influence))


def _table(known: _Influences) -> tuple[GroupTime, ...]:
    rows = zip(known.windows, known.att, known.influence.T, strict=True)
    return tuple(
        GroupTime(window.cohort, window.period, float(att), _error(column), window.period >= window.cohort)
        for window, att, column in rows
    )


def _events(panel: Panel, known: _Influences) -> tuple[EventTime, ...]:
    since = np.array([window.period - window.cohort for window in known.windows], dtype=int)
    return tuple(_event(panel, known, int(one), since == one) for one in np.unique(since))


def _event(panel: Panel, known: _Influences, since: int, is_of: npt.NDArray[np.bool_]) -> EventTime:
    windows = [window for window, is_one in zip(known.windows, is_of, strict=True) if is_one]
    mean = _mean(panel, _Influences(windows, known.att[is_of], known.influence[:, is_of]))
    return EventTime(since, mean.estimate, mean.se)
