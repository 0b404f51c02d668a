"""Control chart: which values of a series stand out from its usual variation, and whether its level has moved."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from kodukant_analysis.stats.estimate import NAN

_BoolArray = npt.NDArray[np.bool_]
_REACH = 2.66
_RUN = 8
_ROUNDING = 1e-12


class ControlChart(NamedTuple):
    """Limits of an XmR chart; `outside` and `runs` are as long as the series, False where a value is missing."""

    mean: float
    moving_range: float
    lower: float
    upper: float
    outside: _BoolArray
    runs: _BoolArray


def xmr(y: npt.ArrayLike) -> ControlChart:
    """XmR chart of a series in order of time: mean ∓ 2.66 · mean moving range, and the points that stand out.

    moving_range: mean of |y_i − y_(i−1)|; outside: beyond a limit; runs: in a run of eight or more in a row on one side
    of the mean (a value on the mean ends a run). A missing value is left out: the one after it follows upon the one
    before. One value gives no limits, none gives NaN. 2.66 = 3/1.128, three standard deviations of what the ranges of
    two normal values show. Source: Shewhart 1931; Wheeler 1993.

    >>> chart = xmr([10, 12, 11, 10, 12, 11, 10, 30])
    >>> chart.mean, round(chart.lower, 2), round(chart.upper, 2), chart.outside.tolist()[-2:]
    (13.25, 2.61, 23.89, [False, True])
    """
    values = np.asarray(y, dtype=float)
    is_known = np.isfinite(values)
    known = values[is_known]
    nowhere = np.zeros(values.shape, dtype=bool)
    if len(known) < 2:
        return ControlChart(float(known[0]) if len(known) else NAN, NAN, NAN, NAN, nowhere, nowhere)
    mean, moving = float(known.mean()), float(np.abs(np.diff(known)).mean())
    reach = _REACH * moving
    rounding = _ROUNDING * float(np.abs(known).max())
    side = np.where(np.abs(values - mean) > rounding, np.sign(values - mean), 0)
    outside = np.abs(values - mean) > reach + rounding
    runs = nowhere.copy()
    runs[is_known] = _in_runs(side[is_known])
    return ControlChart(mean, moving, mean - reach, mean + reach, outside, runs)


def _in_runs(side: npt.NDArray[np.float64]) -> _BoolArray:
    starts = np.flatnonzero(np.diff(side, prepend=np.nan) != 0)
    lengths = np.diff(np.append(starts, len(side)))
    return np.asarray(np.repeat(lengths >= _RUN, lengths) & (side != 0))
