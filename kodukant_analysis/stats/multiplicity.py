"""Multiplicity: p-values of many comparisons, adjusted for there being many."""

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]


def bh(p: npt.ArrayLike) -> FloatArray:
    """Benjamini-Hochberg p-values: below q, of those named at most the part q is expected to be false alarms.

    p_(i) adjusted = min over j >= i of min(1, m·p_(j) / j), i the place from the smallest, m how many there are.
    A missing p-value stays missing and does not count. Raises ValueError for one outside [0, 1].
    Source: Benjamini and Hochberg 1995; R's p.adjust(method = "BH").

    >>> bh([.01, .04, .03, float("nan")]).round(4).tolist()
    [0.03, 0.04, 0.04, nan]
    """
    known, order, adjusted = _ordered(p)
    m = len(order)
    stepped = np.minimum.accumulate((known[order] * m / np.arange(1, m + 1))[::-1])[::-1]
    return _placed(stepped, order, adjusted)


def holm(p: npt.ArrayLike) -> FloatArray:
    """Holm p-values: below α, the chance of even one false alarm among those named is at most α.

    p_(i) adjusted = max over j <= i of min(1, (m − j + 1)·p_(j)); for decisions about a single person or unit.
    A missing p-value stays missing and does not count. Raises ValueError for one outside [0, 1].
    Source: Holm 1979; R's p.adjust(method = "holm").

    >>> holm([.01, .04, .03]).round(4).tolist()
    [0.03, 0.06, 0.06]
    """
    known, order, adjusted = _ordered(p)
    m = len(order)
    stepped = np.maximum.accumulate(known[order] * np.arange(m, 0, -1))
    return _placed(stepped, order, adjusted)


def _ordered(p: npt.ArrayLike) -> tuple[FloatArray, npt.NDArray[np.intp], FloatArray]:
    """The known p-values, their order, and an array of all of them to write the adjusted ones into."""
    given = np.array(p, dtype=float)
    known = given[~np.isnan(given)]
    if not ((known >= 0) & (known <= 1)).all():
        raise ValueError(f"a p-value lies between 0 and 1, got {known[(known < 0) | (known > 1)][0]}")
    return known, np.argsort(known, kind="stable"), given


def _placed(stepped: FloatArray, order: npt.NDArray[np.intp], adjusted: FloatArray) -> FloatArray:
    back = np.empty_like(stepped)
    back[order] = np.minimum(stepped, 1)
    adjusted[~np.isnan(adjusted)] = back
    return adjusted
