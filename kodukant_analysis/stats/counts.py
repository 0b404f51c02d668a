"""Counts: how far a number of events, or a sum over meetings, could have been another."""

import math

import numpy as np
import numpy.typing as npt

from kodukant_analysis.stats.estimate import NOTHING, Estimate, checked_level
from kodukant_analysis.stats.intervals import elementwise


@elementwise
def poisson_exact(x: float, exposure: float = 1, level: float = 0.95) -> Estimate:
    """Rate x / exposure of x independent events with its exact (Garwood) interval.

    Limits: qgamma(α/2, x) / T and qgamma(1−α/2, x+1) / T; 0 at x = 0. Only for events that do not come in groups:
    people at meetings do, see `compound_rate`. exposure = 0 gives NaN; arrays give arrays. Raises ValueError for a
    negative x or exposure.
    Source: Garwood 1936; R's poisson.test.

    >>> found = poisson_exact(5, 12)
    >>> round(found.low, 6), round(found.high, 6)
    (0.135291, 0.972361)
    """
    from scipy.special import gammaincinv

    if not (x >= 0 and exposure >= 0):
        raise ValueError(f"events and exposure are not negative, got {x} and {exposure}")
    if exposure == 0:
        return NOTHING
    tail = (1 - checked_level(level)) / 2
    low = float(gammaincinv(x, tail)) if x else 0.0
    return Estimate(x / exposure, low / exposure, float(gammaincinv(x + 1, 1 - tail)) / exposure)


def compound_rate(sizes: npt.ArrayLike, population: float, per: float = 1000, level: float = 0.95) -> Estimate:
    """People per `per` of a population, from the sizes of the meetings they came to.

    sizes: (k,) attendees of each meeting, none negative. Rate per·Σx / population; as the meetings are what happens by
    chance, not the people, se = per·√(Σx²) / population (a Poisson number of meetings of uneven size).
    Limits, with y = Σx, v = Σx² and w the largest size (the next meeting, had there been one more):
    v/y · qgamma(α/2, y²/v) and (v+w²)/(y+w) · qgamma(1−α/2, (y+w)²/(v+w²)), times per / population; of meetings of one
    size the exact limits of their number. n_eff: y² / v, the number of equal meetings worth as much.
    No meeting gives rate 0 without an interval, no population gives NaN.
    Source: variance of a compound Poisson sum (Feller 1968, XII.2); limits of Fay and Feuer 1997 for weighted sums.

    >>> found = compound_rate([17, 27, 10, 36, 8, 24, 14, 28], 12000)
    >>> round(found.estimate, 4), round(found.se, 6), round(found.low, 4), round(found.high, 4)
    (13.6667, 5.292815, 5.3445, 30.5378)
    """
    from scipy.special import gammaincinv

    x = np.asarray(sizes, dtype=float)
    if not (np.isfinite(x).all() and (x >= 0).all()):
        raise ValueError("sizes of meetings are finite and not negative")
    if not population > 0:
        return NOTHING
    scale, y, v = per / population, float(x.sum()), float(np.sum(x**2))
    if y == 0:
        return Estimate(0.0, n_eff=0.0)
    tail, w = (1 - checked_level(level)) / 2, float(x.max())
    low = v / y * float(gammaincinv(y**2 / v, tail))
    high = (v + w**2) / (y + w) * float(gammaincinv((y + w) ** 2 / (v + w**2), 1 - tail))
    return Estimate(scale * y, scale * low, scale * high, scale * math.sqrt(v), n_eff=y**2 / v)
