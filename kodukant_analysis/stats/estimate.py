"""Estimate: what every estimator gives back, and the quantiles that intervals are made of."""

import math
from statistics import NormalDist
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

NAN = math.nan


class Estimate(NamedTuple):
    """An estimate with its interval, standard error, degrees of freedom and the effective n its interval rests on.

    What can not be said is NaN, never 0 and never 1. Where an estimator was given arrays, each field is an array.
    """

    estimate: float
    low: float = NAN
    high: float = NAN
    se: float = NAN
    df: float = NAN
    n_eff: float = NAN


NOTHING = Estimate(NAN)


def student(found: Estimate, level: float = 0.95) -> Estimate:
    """An estimate of a mean or a ratio with its interval by Student's t on its own df (df infinite: the normal one).

    estimate ∓ t_df · se; without a standard error, or with one of 0, there is no interval (NaN): not seeing any spread
    is not knowing that there is none. Source: Särndal, Swensson and Wretman 1992; R's confint with df.

    >>> found = student(Estimate(4.5, se=0.5, df=7))
    >>> round(found.low, 4), round(found.high, 4)
    (3.3177, 5.6823)
    """
    if not found.se > 0 or not found.df > 0:
        return found._replace(low=NAN, high=NAN)
    half = student_quantile(found.df, level) * found.se
    return found._replace(low=found.estimate - half, high=found.estimate + half)


def normal_quantile(level: float) -> float:
    """z such that the normal distribution has `level` of its mass within ∓z.

    >>> round(normal_quantile(.95), 6)
    1.959964
    """
    return NormalDist().inv_cdf((1 + checked_level(level)) / 2)


def student_quantile(df: float, level: float) -> float:
    """t such that Student's distribution with `df` degrees of freedom has `level` of its mass within ∓t.

    >>> round(student_quantile(4, .95), 6)
    2.776445
    """
    from scipy.special import stdtrit

    return normal_quantile(level) if math.isinf(df) else float(stdtrit(df, (1 + checked_level(level)) / 2))


def checked_level(level: float) -> float:
    """The level; ValueError unless it lies between 0 and 1."""
    if not 0 < level < 1:
        raise ValueError(f"a level lies between 0 and 1, got {level}")
    return level


def number_for_number(found: npt.ArrayLike) -> float | npt.NDArray[np.float64]:
    """A number as a plain float, an array as it is.

    >>> number_for_number(np.float64(.5)), number_for_number([.5, 1])
    (0.5, array([0.5, 1. ]))
    """
    told = np.asarray(found, dtype=float)
    return float(told) if told.ndim == 0 else told
