"""Differences: of two shares or two means, from what is known of each."""

import numpy as np
import numpy.typing as npt

from kodukant_analysis.stats.estimate import NAN, Estimate, number_for_number
from kodukant_analysis.stats.intervals import wilson

_Floats = npt.NDArray[np.float64]


def mover(p1: float, ci1: tuple[float, float], p2: float, ci2: tuple[float, float], rho: float = 0) -> Estimate:
    """Interval for the difference p2 − p1 of two estimates from the interval of each (method of variance recovery).

    d ∓ √((p₂−l₂)² + (u₁−p₁)² − 2ρ(p₂−l₂)(u₁−p₁)), upper limit (u₂−p₂) and (p₁−l₁); ci1, ci2: (low, high) of one level.
    rho: correlation of the two estimates (`change_correlation` where waves share sampling points), 0 if independent.
    A missing limit gives NaN; arrays give arrays. Raises ValueError for rho outside [−1, 1].
    Source: Zou and Donner 2008.

    >>> found = mover(.6, wilson(48, 80)[1:3], .8, wilson(56, 70)[1:3])
    >>> round(found.estimate, 3), round(found.low, 6), round(found.high, 6)
    (0.2, 0.052431, 0.333873)
    """
    if not np.all(np.abs(rho) <= 1):
        raise ValueError(f"a correlation lies between -1 and 1, got {rho}")
    own1, low1, high1, own2, low2, high2 = (np.asarray(one, dtype=float) for one in (p1, *ci1, p2, *ci2))
    change = own2 - own1
    down, up = _combined(own2 - low2, high1 - own1, rho), _combined(high2 - own2, own1 - low1, rho)
    told = (number_for_number(one) for one in (change, change - down, change + up))
    return Estimate._make([*told, NAN, NAN, NAN])


def newcombe(k1: float, n1: float, k2: float, n2: float, level: float = 0.95) -> Estimate:
    """Newcombe's interval for the difference k1/n1 − k2/n2 of two independent shares: `mover` on Wilson's limits.

    Either n = 0 gives NaN; arrays give arrays. Source: Newcombe 1998, method 10. Raises ValueError as `wilson`.

    >>> found = newcombe(56, 70, 48, 80)
    >>> round(found.estimate, 3), round(found.low, 6), round(found.high, 6)
    (0.2, 0.052431, 0.333873)
    """
    first, second = wilson(k1, n1, level), wilson(k2, n2, level)
    return mover(second.estimate, second[1:3], first.estimate, first[1:3])


def _combined(own: _Floats, other: _Floats, rho: float) -> _Floats:
    return np.asarray(np.sqrt(np.maximum(own**2 + other**2 - 2 * rho * own * other, 0)))
