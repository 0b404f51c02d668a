"""Monotone trend: whether values go up or down with time, whatever the shape of the line."""

import math
from statistics import NormalDist
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from kodukant_analysis.stats.estimate import NAN

FloatArray = npt.NDArray[np.float64]
_FEWEST = 5
_MOST_EXACT = 10


class MannKendall(NamedTuple):
    """Kendall's S with its variance, z and p; `p` is `p_exact` where there is one, else that of z."""

    s: float
    var: float = NAN
    z: float = NAN
    p: float = NAN
    tau: float = NAN
    p_exact: float = NAN
    n: int = 0


def mann_kendall(x: npt.ArrayLike, y: npt.ArrayLike) -> MannKendall:
    """Mann-Kendall test of y against time x: two-sided p, exact for n <= 10 without ties.

    S = Σ sign(x_j − x_i)·sign(y_j − y_i); its variance as of `kendall_variance`; z = (S − sign S)/√var; tau: Kendall's
    tau-b. A point of which x or y is missing is left out. Fewer than five points, or all of one value, give NaN.
    Source: Mann 1945; Kendall 1975; exact p as in R's cor.test(method = "kendall").

    >>> found = mann_kendall([1, 2, 3, 4, 5], [1, 2, 4, 3, 6])
    >>> found.s, found.tau, round(found.p, 6)
    (8.0, 0.8, 0.083333)
    """
    points = known_pairs(x, y)
    n = points.shape[1]
    if n < _FEWEST or (np.ptp(points, axis=1) == 0).any():
        return MannKendall(NAN, n=n)
    signs = [np.sign(one[:, None] - one[None, :]) for one in points]
    s = float(np.sum(signs[0] * signs[1])) / 2
    ordered = [float(np.sum(one != 0)) for one in signs]
    var = kendall_variance(points[0], points[1])
    z = (s - math.copysign(1, s)) / math.sqrt(var) if s else 0.0
    is_exact = n <= _MOST_EXACT and ordered == [n * (n - 1)] * 2
    p_exact = _exact_p(s, n) if is_exact else NAN
    p = p_exact if is_exact else 2 * NormalDist().cdf(-abs(z))
    return MannKendall(s, var, z, p, 2 * s / math.sqrt(ordered[0] * ordered[1]), p_exact, n)


def kendall_variance(x: npt.ArrayLike, y: npt.ArrayLike) -> float:
    """Variance of Kendall's S if y does not hang together with x, with ties in either.

    (v(n) − Σv(t) − Σv(u))/18 + Σt₂·Σu₂/(2n(n−1)) + Σt₃·Σu₃/(9n(n−1)(n−2)), v(m) = m(m−1)(2m+5), t and u the sizes of
    groups of equal x and y, t₂ = t(t−1), t₃ = t(t−1)(t−2). Source: Kendall 1975.

    >>> kendall_variance([1, 2, 3, 4], [5, 7, 7, 9])
    7.666666666666667
    """
    n = np.size(np.asarray(x))
    ties = [np.unique(np.asarray(one), return_counts=True)[1].astype(float) for one in (x, y)]
    full = n * (n - 1) * (2 * n + 5) - sum(float(np.sum(t * (t - 1) * (2 * t + 5))) for t in ties)
    pairs, triples = ([float(np.sum(t * (t - 1) * (t - 2) ** one)) for t in ties] for one in (0, 1))
    both = pairs[0] * pairs[1] / (2 * n * (n - 1)) if n > 1 else 0.0
    return full / 18 + both + (triples[0] * triples[1] / (9 * n * (n - 1) * (n - 2)) if n > 2 else 0.0)


def known_pairs(*columns: npt.ArrayLike) -> FloatArray:
    """Columns of one length as rows of an array, without the places where one of them is missing.

    >>> known_pairs([1, 2, 3], [4, float("nan"), 6]).tolist()
    [[1.0, 3.0], [4.0, 6.0]]
    """
    arrays = [np.asarray(column, dtype=float) for column in columns]
    if len({array.shape for array in arrays}) > 1 or arrays[0].ndim != 1:
        raise ValueError(f"columns of one length are needed, got shapes {[array.shape for array in arrays]}")
    rows = np.stack(arrays)
    return np.asarray(rows[:, np.isfinite(rows).all(axis=0)])


def _exact_p(s: float, n: int) -> float:
    """Two-sided: of all n! orders, the part whose S is at least as far from 0."""
    orders = np.ones(1)
    for length in range(2, n + 1):
        orders = np.convolve(orders, np.ones(length))
    # orders[i]: how many orders have i pairs the wrong way round, so that S = n(n−1)/2 − 2i
    least = int((n * (n - 1) / 2 - abs(s)) / 2)
    return min(1.0, 2 * float(orders[: least + 1].sum()) / math.factorial(n))
