"""Concentration: whether much falls on few kinds or little on each of many."""

import numpy as np
import numpy.typing as npt

from kodukant_analysis.stats.estimate import NAN


def concentration(counts: npt.ArrayLike) -> float:
    """Herfindahl-Hirschman index Σ p², p = counts / Σ counts: 1 where all is of one kind, 1/m for m equal kinds.

    counts: how many of each kind, or their shares; kinds of which there is none change nothing. Nothing at all gives
    NaN. Raises ValueError for a negative or missing count. Source: Herfindahl 1950; Simpson 1949.

    >>> concentration([2, 1, 1]), concentration([5, 0])
    (0.375, 1.0)
    """
    sizes = np.asarray(counts, dtype=float)
    if not ((sizes >= 0) & np.isfinite(sizes)).all():
        raise ValueError(f"counts are finite and not negative, got {sizes.tolist()}")
    return float(np.sum((sizes / sizes.sum()) ** 2)) if sizes.sum() > 0 else NAN
