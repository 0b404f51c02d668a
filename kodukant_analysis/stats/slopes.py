"""Slopes: change per unit of time, of values with known standard errors and of values without any."""

import math
from itertools import combinations
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from kodukant_analysis.stats.estimate import NAN, Estimate, normal_quantile, student
from kodukant_analysis.stats.monotone import kendall_variance, known_pairs

FloatArray = npt.NDArray[np.float64]
_LACK_OF_FIT = 0.1


class Slope(NamedTuple):
    """A slope with its interval, and how well a straight line fits: the fields of an `Estimate` and four more.

    `note` is "change" where there are two points: a line through two points always fits.
    """

    estimate: float
    low: float = NAN
    high: float = NAN
    se: float = NAN
    df: float = NAN
    n_eff: float = NAN
    q: float = NAN  # Σ w·residual²: chi-squared on n − 2 degrees of freedom if the line is straight
    q_p: float = NAN
    se_inflated: float = NAN  # where q_p < .1: se·√(q / (n − 2))
    note: str = ""

    @property
    def is_inflated(self) -> bool:
        """Whether the points scatter about the line by more than their own errors."""
        return not math.isnan(self.se_inflated)


class RandomSlope(NamedTuple):
    """A slope with its interval where the points differ by more than their errors, by a spread of variance `tau2`."""

    estimate: float
    low: float = NAN
    high: float = NAN
    se: float = NAN
    df: float = NAN
    n_eff: float = NAN
    tau2: float = NAN


def wls_slope(x: npt.ArrayLike, y: npt.ArrayLike, se: npt.ArrayLike, level: float = 0.95) -> Slope:
    """Slope of y on x by inverse-variance weights, y having the known standard errors se.

    w = 1/se²; b = Σw(x−x̄)y / Σw(x−x̄)²; SE = 1/√Σw(x−x̄)²; limits b ∓ z·SE (df infinite). n_eff: points. A point of
    which x, y or se is missing is left out. The limits stay those of the known errors where the line does not fit
    (q_p < .1); `se_inflated` is the error that takes the misfit in, on n − 2 degrees of freedom.
    Constant y gives 0 with its SE; fewer than two points, or all at one x, NaN. Raises ValueError for an se that is
    not above 0 and for arrays of different length. Source: Cochran 1954; R's metafor::rma(method = "FE").

    >>> found = wls_slope([0, 1, 2, 3], [.80, .82, .83, .87], [.01, .01, .01, .01])
    >>> round(found.estimate, 4), round(found.se, 6), round(found.q, 2), found.is_inflated
    (0.022, 0.004472, 1.8, False)
    """
    points = known_pairs(x, y, se)
    if not (points[2] > 0).all():
        raise ValueError(f"standard errors are above 0, got {points[2].min()}")
    n = points.shape[1]
    if n < 2 or np.ptp(points[0]) == 0:
        return Slope(NAN, n_eff=n)
    slope, error, q = _weighted_line(points, 0.0)
    half = normal_quantile(level) * error
    known = Slope(slope, slope - half, slope + half, error, math.inf, n)
    return known._replace(note="change") if n == 2 else _with_fit(known, q)


def random_slope(x: npt.ArrayLike, y: npt.ArrayLike, se: npt.ArrayLike, level: float = 0.95) -> RandomSlope:
    """Slope of y on x where the points scatter about the line by tau2 beside their known errors (Knapp-Hartung).

    w = 1/(se²+τ²), τ² by Paule and Mandel: Σw·residual² = n − 2, or 0 where it is below that with τ² = 0;
    SE = √(Σw·residual²/(n−2) / Σw(x−x̄)²), Student's t on n − 2 degrees of freedom. Fewer than three points give NaN.
    Raises ValueError as `wls_slope`. Source: Knapp and Hartung 2003; R's metafor::rma(method = "PM", test = "knha").

    >>> found = random_slope([0, 1, 2, 3], [.80, .90, .83, .87], [.01, .01, .01, .01])
    >>> round(found.estimate, 4), round(found.se, 4), round(found.tau2, 6)
    (0.014, 0.022, 0.00231)
    """
    points = known_pairs(x, y, se)
    if not (points[2] > 0).all():
        raise ValueError(f"standard errors are above 0, got {points[2].min()}")
    n = points.shape[1]
    if n < 3 or np.ptp(points[0]) == 0:
        return RandomSlope(NAN, n_eff=n)
    tau2 = _paule_mandel(points)
    slope, error, q = _weighted_line(points, tau2)
    found = student(Estimate(slope, se=error * math.sqrt(q / (n - 2)), df=n - 2), level)
    return RandomSlope(*found._replace(n_eff=n), tau2)


def theil_sen(x: npt.ArrayLike, y: npt.ArrayLike, level: float = 0.95) -> Estimate:
    """Median of the slopes between all pairs of points, with Sen's interval; robust to a few points far off.

    The N slopes of pairs with different x in order; limits the ones at rank round((N − C)/2) and round((N + C)/2) + 1,
    C = z·√var(S) of `mann_kendall`: the convention of scipy's theilslopes and R's trend::sens.slope. Where so few
    points do not allow the level (95 %: fewer than five) there are no limits. A point of which x or y is missing is
    left out; n_eff: points. Fewer than two points, or all at one x, give NaN. Source: Sen 1968.

    >>> found = theil_sen([1, 2, 3, 4, 5, 6], [1, 2, 4, 3, 6, 5])
    >>> found.estimate, found.low, found.high
    (1.0, -1.0, 2.0)
    """
    points = known_pairs(x, y)
    steps = np.array([after - before for before, after in combinations(points.T, 2)]).reshape(-1, 2)
    slopes = np.sort(steps[steps[:, 0] != 0, 1] / steps[steps[:, 0] != 0, 0])
    n = points.shape[1]
    if len(slopes) == 0:
        return Estimate(NAN, n_eff=n)
    reach = normal_quantile(level) * math.sqrt(kendall_variance(points[0], points[1]))
    low, high = round((len(slopes) - reach) / 2), round((len(slopes) + reach) / 2) + 1
    if low < 1 or high > len(slopes):
        return Estimate(float(np.median(slopes)), n_eff=n)
    return Estimate(float(np.median(slopes)), float(slopes[low - 1]), float(slopes[high - 1]), n_eff=n)


def _weighted_line(points: FloatArray, tau2: float) -> tuple[float, float, float]:
    """Slope, its standard error and the weighted squares of the residuals."""
    x, y, se = points
    w = 1 / (se**2 + tau2)
    across, up = x - np.average(x, weights=w), y - np.average(y, weights=w)
    spread = float(np.sum(w * across**2))
    slope = float(np.sum(w * across * up)) / spread
    return slope, 1 / math.sqrt(spread), float(np.sum(w * (up - slope * across) ** 2))


def _with_fit(found: Slope, q: float) -> Slope:
    from scipy.special import chdtrc

    q_p = float(chdtrc(found.n_eff - 2, q))
    inflated = found.se * math.sqrt(q / (found.n_eff - 2)) if q_p < _LACK_OF_FIT else NAN
    return found._replace(q=q, q_p=q_p, se_inflated=inflated)


def _paule_mandel(points: FloatArray) -> float:
    from scipy.optimize import brentq

    df: int = points.shape[1] - 2
    # in units of the spread of y: with so much between the points their squares are below their degrees of freedom
    spread = float(np.sum((points[1] - points[1].mean()) ** 2))
    unit = math.sqrt(spread) or 1.0
    scaled = np.stack([points[0], (points[1] - points[1].mean()) / unit, points[2] / unit])

    def excess(tau2: float) -> float:
        return _weighted_line(scaled, tau2)[2] - df

    if excess(0.0) <= 0:
        return 0.0
    root: float = brentq(excess, 0.0, 2.0, xtol=1e-15, rtol=1e-12, full_output=False)
    return root * unit**2
