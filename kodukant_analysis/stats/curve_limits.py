"""Curve limits: the interval of one point of a survival or cumulative incidence curve, on the scale asked for."""

import math
from collections.abc import Callable
from typing import NamedTuple

from kodukant_analysis.stats.estimate import NAN, NOTHING, Estimate, normal_quantile
from kodukant_analysis.stats.intervals import rothman_wilson


class _Scale(NamedTuple):
    there: Callable[[float], float]
    slope: Callable[[float], float]
    back: Callable[[float], float]


_SCALES = {
    "plain": _Scale(lambda p: p, lambda _: 1, lambda x: min(max(x, 0), 1)),
    "log": _Scale(math.log, lambda p: 1 / p, lambda x: min(math.exp(x), 1)),
    "log-log": _Scale(
        lambda p: math.log(-math.log(p)), lambda p: 1 / (p * math.log(p)), lambda x: math.exp(-math.exp(x))
    ),
    "logit": _Scale(lambda p: math.log(p / (1 - p)), lambda p: 1 / (p * (1 - p)), lambda x: 1 / (1 + math.exp(-x))),
    "arcsin": _Scale(
        lambda p: math.asin(math.sqrt(p)),
        lambda p: 1 / (2 * math.sqrt(p * (1 - p))),
        lambda x: math.sin(min(max(x, 0), math.pi / 2)) ** 2,
    ),
}
_NO_SPREAD = 1e-9


def curve_limits(  # noqa: PLR0913
    p: float, se: float, n_known: float, *, ci: str = "rothman-wilson", level: float = 0.95, df: float = math.inf
) -> Estimate:
    """Interval for a point p of a curve with standard error se, on n_known known states.

    ci: "rothman-wilson" (always defined, see `rothman_wilson`) or, as R's conf.type, "log-log", "log", "logit",
    "arcsin", "plain": g⁻¹(g(p) ∓ z·se·g′(p)), which before the first event, after the last and without a standard
    error have no limits (NaN). df: see `rothman_wilson`; of no account to the others. Raises ValueError for another
    ci. Source: Kalbfleisch and Prentice 2002, section 1.4.

    >>> found = curve_limits(.549004841312534, .075050312093291, 52, ci="log-log")
    >>> round(found.low, 6), round(found.high, 6)
    (0.391627, 0.681423)
    """
    if ci == "rothman-wilson":
        return rothman_wilson(p, se, n_known, level, df=df)
    if ci not in _SCALES:
        raise ValueError(f"ci is rothman-wilson or one of {', '.join(_SCALES)}, got {ci!r}")
    if n_known == 0 or math.isnan(p):
        return NOTHING
    if not (se > _NO_SPREAD and _NO_SPREAD < p < 1 - _NO_SPREAD):
        return Estimate(p, NAN, NAN, se)
    scale, z = _SCALES[ci], normal_quantile(level)
    at, half = scale.there(p), z * se * scale.slope(p)
    low, high = sorted((scale.back(at - half), scale.back(at + half)))
    return Estimate(p, low, high, se)
