"""Ranks: how little a place in an order says. Rank 1 is the largest value."""

import numpy as np
import numpy.typing as npt

from kodukant_analysis.stats.estimate import NAN, checked_level
from kodukant_analysis.stats.funnel import Limits

FloatArray = npt.NDArray[np.float64]
_AT_ONCE = 1000


def expected_rank(m: npt.ArrayLike, se: npt.ArrayLike) -> FloatArray:
    """Expected rank of each region, its value being normal with mean m and standard error se.

    1 + Σ_j Φ((m_j − m_i) / √(se_j² + se_i²)); two of the same value without error count one half each. A region with
    m or se missing stays NaN and does not count. Raises ValueError for a negative se.
    Source: Lin, Louis, Paddock and Ridgeway 2006.

    >>> expected_rank([.9, .8, .1], [.1, .1, .1]).round(3).tolist()
    [1.24, 1.76, 3.0]
    """
    from scipy.special import ndtr

    mean, error, known = _known(m, se)
    return _spread(ndtr(_gaps(mean, error)).sum(axis=1) + 0.5, known)


def rank_interval(
    m: npt.ArrayLike, se: npt.ArrayLike, reps: int = 10_000, seed: int = 0, level: float = 0.95
) -> Limits:
    """Simulated interval of each region's rank: quantiles of its rank over `reps` draws of all values.

    m, se: as for `expected_rank`. Draws come from `seed` and do not depend on the order of the regions. Whole ranks;
    at least `level` of the draws lie within. Raises ValueError for a negative se or reps < 1.
    Source: Goldstein and Spiegelhalter 1996.

    >>> limits = rank_interval([.9, .8, .1], [.1, .1, .1])
    >>> limits.low.tolist(), limits.high.tolist()
    ([1.0, 1.0, 3.0], [2.0, 2.0, 3.0])
    """
    if reps < 1:
        raise ValueError(f"at least one draw is needed, got reps = {reps}")
    tail = (1 - checked_level(level)) / 2
    mean, error, known = _known(m, se)
    order = np.lexsort((error, mean))
    counts = _rank_counts(mean[order], error[order], reps, np.random.default_rng(seed))
    up_to = np.cumsum(counts, axis=1) / reps
    limits = np.empty((2, len(mean)))
    # the first rank whose draws exceed the lower tail, the first by which the upper one is left
    limits[:, order] = 1 + (up_to <= tail).sum(axis=1), 1 + (up_to < 1 - tail).sum(axis=1)
    return Limits(_spread(limits[0], known), _spread(limits[1], known))


def rank_bounds(y: npt.ArrayLike, se: npt.ArrayLike, level: float = 0.95) -> Limits:
    """Bounds of each region's rank from comparing it with every other, by Bonferroni; conservative.

    low = 1 + how many are clearly above, high = I − how many are clearly below; clearly: farther apart than
    z(1 − (1−level) / (2(I−1)))·√(se_i² + se_j²). y: estimates as they are, not shrunken. A region with y or se missing
    stays NaN and does not count. Raises ValueError for a negative se. Source: Mogstad, Romano, Shaikh and Wilhelm 2024.

    >>> bounds = rank_bounds([.9, .8, .1], [.1, .1, .1])
    >>> bounds.low.tolist(), bounds.high.tolist()
    ([1.0, 1.0, 3.0], [2.0, 2.0, 3.0])
    """
    from scipy.special import ndtri

    value, error, known = _known(y, se)
    count = len(value)
    critical = ndtri(1 - (1 - checked_level(level)) / (2 * max(count - 1, 1)))
    gaps = _gaps(value, error)
    low, high = 1 + (gaps > critical).sum(axis=1), count - (gaps < -critical).sum(axis=1)
    return Limits(_spread(low, known), _spread(high, known))


def _known(m: npt.ArrayLike, se: npt.ArrayLike) -> tuple[FloatArray, FloatArray, npt.NDArray[np.bool_]]:
    mean, error = np.broadcast_arrays(np.asarray(m, dtype=float), np.asarray(se, dtype=float))
    if (error < 0).any():
        raise ValueError(f"a standard error is not negative, got {error[error < 0][0]:g}")
    known = np.isfinite(mean) & np.isfinite(error)
    return mean[known], error[known], known


def _gaps(value: FloatArray, error: FloatArray) -> FloatArray:
    """(I, I) by how many standard errors the column's region lies above the row's."""
    apart = value[None, :] - value[:, None]
    error_apart = np.sqrt(error[None, :] ** 2 + error[:, None] ** 2)
    certain = np.where(apart == 0, 0.0, np.copysign(np.inf, apart))
    return np.divide(apart, error_apart, out=certain, where=error_apart > 0)


def _rank_counts(mean: FloatArray, error: FloatArray, reps: int, chance: np.random.Generator) -> FloatArray:
    """(I, I) how often each region had each rank."""
    count = len(mean)
    counts = np.zeros((count, count))
    for first in range(0, reps, _AT_ONCE):
        draws = chance.normal(mean, error, (min(_AT_ONCE, reps - first), count))
        for place, region in enumerate(np.argsort(-draws, axis=1, kind="stable").T):
            counts[:, place] += np.bincount(region, minlength=count)
    return counts


def _spread(found: npt.ArrayLike, known: npt.NDArray[np.bool_]) -> FloatArray:
    whole = np.full(known.shape, NAN)
    whole[known] = found
    return whole
