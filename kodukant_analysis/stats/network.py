"""Network: organisations and the discussions they came to - how many, how often, around whom."""

import numpy as np
import numpy.typing as npt

from kodukant_analysis.stats.estimate import NAN

_Floats = npt.NDArray[np.float64]


def rarefaction(visits: npt.ArrayLike, D: int, m: npt.ArrayLike) -> float | _Floats:  # noqa: N803
    """Organisations to be expected in m discussions drawn from the D there were: a number that is fair to size.

    visits: (R,) at how many of the D discussions each organisation was; m: a number or an array of them.
    Σ_i [1 − C(D − v_i, m) / C(D, m)], the fraction being Π_{j < v} (D − m − j) / (D − j), which holds for any D.
    0 for m = 0. More discussions than there were (m > D) can not be said: NaN. Raises ValueError for a visit count
    that is not a whole number from 0 to D, or a negative m.
    Source: Hurlbert 1971, Colwell et al. 2004; the same numbers as R's vegan::specaccum(method = "exact").

    >>> [round(float(expected), 6) for expected in rarefaction([6, 4, 3, 2, 2, 2, 1], 6, [1, 2, 3, 6])]
    [3.333333, 4.866667, 5.85, 7.0]
    """
    seen, sizes = _checked(visits, D), np.asarray(m, dtype=float)
    if not (sizes >= 0).all():
        raise ValueError(f"a number of discussions is not negative, got {m!r}")
    found = np.array([_expected(seen, D, float(size)) for size in sizes.ravel()]).reshape(sizes.shape)
    return float(found) if sizes.ndim == 0 else found


def density(visits: npt.ArrayLike, D: int) -> float:  # noqa: N803
    """Share of ties there are among those there could be, L / (R·D), of R organisations and D discussions.

    visits: as for `rarefaction`; an organisation that was nowhere is not one of the network. It falls with D and R by
    itself: never to be compared across regions. With one organisation or one discussion it is 1 by definition: NaN.

    >>> round(density([6, 4, 3, 2, 2, 2, 1], 6), 6)
    0.47619
    """
    seen = _checked(visits, D)
    return float(seen.sum() / (len(seen) * D)) if len(seen) > 1 and D > 1 else NAN


def centralisation(visits: npt.ArrayLike, D: int) -> float:  # noqa: N803
    """Two-mode degree centralisation Σ(v_max − v_i) / ((R − 1)(D − 1)) of R organisations and D discussions.

    visits: as for `rarefaction`. 1: one organisation was everywhere, everyone else once; 0: all equally often.
    One organisation or one discussion gives NaN. Source: Borgatti and Everett 1997.

    >>> round(centralisation([6, 4, 3, 2, 2, 2, 1], 6), 6)
    0.733333
    """
    seen = _checked(visits, D)
    if len(seen) < 2 or D < 2:
        return NAN
    return float(np.sum(seen.max() - seen) / ((len(seen) - 1) * (D - 1)))


def _checked(visits: npt.ArrayLike, D: int) -> _Floats:  # noqa: N803
    """The visits of organisations that were anywhere."""
    found = np.asarray(visits, dtype=float)
    if D < 0 or not ((found >= 0) & (found <= D) & (found == np.floor(found))).all():
        raise ValueError(f"each organisation was at 0 to D = {D} discussions, got {visits!r}")
    return np.asarray(found[found > 0])


def _expected(seen: _Floats, D: int, m: float) -> float:  # noqa: N803
    if not m <= D:
        return NAN
    most = int(seen.max(initial=0))
    without = D - np.arange(most)
    missed = np.concatenate([[1.0], np.cumprod(np.maximum(without - m, 0) / without)])
    return float(np.sum(1 - missed[seen.astype(np.intp)]))
