"""Clusters: shares and means over discussions, which differ more than the people, topics or actions within one."""

import numpy as np
import numpy.typing as npt

from kodukant_analysis.stats.estimate import NOTHING, Estimate, student
from kodukant_analysis.stats.intervals import korn_graubard, wilson
from kodukant_analysis.stats.survey import ratio_taylor


def cluster_share(k: npt.ArrayLike, n: npt.ArrayLike, level: float = 0.95) -> Estimate:
    """Share Σk / Σn of things that come in clusters, with the Korn-Graubard interval of its design error.

    k, n: (m,) per cluster how many of how many; a cluster with n = 0 counts for nothing. df = clusters − 1.
    Where no spread is seen between the clusters (se = 0) the interval is Wilson's on k of n; one cluster gives the
    value with df 0 and no interval. Nothing at all gives NaN. Raises ValueError unless 0 <= k <= n.
    Source: section 4 of Korn and Graubard 1998; Taylor-linearised ratio as in `ratio_taylor`.

    >>> found = cluster_share([2, 3, 0, 4, 1, 2], [4, 4, 3, 6, 2, 5])
    >>> found.estimate, round(found.low, 3), round(found.high, 3), found.df
    (0.5, 0.255, 0.745, 5.0)
    """
    part, whole = np.asarray(k, dtype=float), np.asarray(n, dtype=float)
    if not ((part >= 0) & (part <= whole)).all():
        raise ValueError("of each cluster k lies between 0 and n")
    found = ratio_taylor({"swy": part[whole > 0], "sw": whole[whole > 0]}, lonely="average")
    if not found.df > 0:
        return found
    if found.se == 0:
        return wilson(part.sum(), whole.sum(), level)._replace(se=0.0, df=found.df)
    return korn_graubard(found.estimate, found.se, whole.sum(), found.df, level=level)


def cluster_mean(y: npt.ArrayLike, x: npt.ArrayLike | None = None, level: float = 0.95) -> Estimate:
    """Mean per cluster, or ratio Σy / Σx over clusters, with Student's interval on clusters − 1 df.

    y: (m,) the sum of each cluster; x: (m,) its denominator (1 each when left out). A cluster of nothing over nothing
    counts for nothing; one with a sum over nothing counts, but adds no df. One cluster gives the value without an
    interval, none gives NaN. Unit: that of y per x. Raises ValueError for a negative or missing x, or a missing y.
    Source: Särndal, Swensson and Wretman 1992, as `ratio_taylor`; R's survey::svyratio.

    >>> found = cluster_mean([4, 6, 5, 9])
    >>> found.estimate, round(found.se, 4), found.df
    (6.0, 1.0801, 3.0)
    """
    sums = np.asarray(y, dtype=float)
    if sums.size == 0:
        return NOTHING
    below = np.ones(sums.shape) if x is None else np.asarray(x, dtype=float)
    is_there = (sums != 0) | (below != 0)
    return student(ratio_taylor({"swy": sums[is_there], "sw": below[is_there]}, lonely="average"), level)
