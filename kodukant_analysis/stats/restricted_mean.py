"""Restricted mean: how many of the first days something stays open, on average, and how two groups differ in it."""

import math
from typing import Literal, get_args

import numpy as np

from kodukant_analysis.stats.estimate import NAN, NOTHING, Estimate, normal_quantile, student_quantile
from kodukant_analysis.stats.event_tables import Curve, FloatArray, before, divided, known_at
from kodukant_analysis.stats.intervals import rothman_wilson

MeanInterval = Literal["plain", "rothman-wilson"]
_NO_SPREAD = 1e-9


def rmst(  # noqa: PLR0913
    km: Curve,
    tau: float,
    level: float = 0.95,
    *,
    se: float | None = None,
    df: float = math.inf,
    ci: MeanInterval = "plain",
) -> Estimate:
    """Restricted mean ∫₀^τ S(t) dt: mean days open during the first `tau` days, from the curve `open`.

    km: of `kaplan_meier` (with event=(1, 2, 3) for any closing) or of `aalen_johansen` (which ends are all closings).
    Var = Σ_{t_i < τ} A_i² · d_i / (n_i (n_i − d_i)), A_i = ∫_{t_i}^τ S; se: a better standard error (of
    `restricted_mean_jackknife_se`) on df. Interval: "plain" ∓ t_df · se (z for the formula's own), kept within 0 and τ,
    none where se = 0; "rothman-wilson" that of the share mean/τ times τ, by `rothman_wilson` on df; for the formula's
    own error, se·√(k/(k−1) · c/(c−1)) on k − 1 df, k known, c closed before τ (the error rests on them alone); where
    nothing was closed, Wilson's on k; none where one was, or se is 0 otherwise. Of 10 to 20 actions the plain one
    holds the truth in 87 to 93 of 100 samples, this one in 93 to 98.
    NaN where τ lies beyond the last day seen while something is still open there: the mean would need what nobody
    followed (shorten τ, for all groups alike); nothing at all gives NaN. Raises ValueError unless τ > 0, and for
    another ci. Source: Klein and Moeschberger 2003, section 4.5; R's survival::survfit with rmean = τ; Rothman 1978.

    >>> from kodukant_analysis.stats import kaplan_meier
    >>> found = rmst(kaplan_meier([10, 20, 20, 30], [1, 1, 0, 1]), 30)
    >>> found.estimate, round(found.se, 4)
    (22.5, 4.1458)
    """
    if not (tau > 0 and math.isfinite(tau)):
        raise ValueError(f"tau is a positive number of days, got {tau}")
    if ci not in get_args(MeanInterval):
        raise ValueError(f"ci is one of {get_args(MeanInterval)}, got {ci!r}")
    if not is_followed(km, tau):
        return NOTHING
    area = float(area_under(km.time, km.open, tau))
    error = _standard_error(km, tau, area) if se is None else se
    found = Estimate(area, se=error, df=NAN if se is None else df)
    if ci == "rothman-wilson" and se is None:
        found = _by_few_ends(found, known_at(km, tau), float(km.events[:, km.time < tau].sum()))
    low, high = (_plain_limits if ci == "plain" else _limits_of_share)(found, tau, known_at(km, tau), level)
    return Estimate(area, low, high, error, NAN if se is None else df)


def rmst_difference(km1: Curve, km2: Curve, tau: float, level: float = 0.95) -> Estimate:
    """Difference of the restricted means of two independent groups, second − first, with ∓ z·√(se₁² + se₂²).

    NaN where either is NaN; no interval where neither has a standard error above 0. Errors: as for `rmst`.

    >>> from kodukant_analysis.stats import kaplan_meier
    >>> first, second = kaplan_meier([10, 20, 20, 30], [1, 1, 0, 1]), kaplan_meier([5, 10, 40, 40], [1, 1, 0, 0])
    >>> rmst_difference(first, second, 30).estimate
    -3.75
    """
    return independent_difference(rmst(km1, tau, level), rmst(km2, tau, level), level)


def independent_difference(first: Estimate, second: Estimate, level: float = 0.95) -> Estimate:
    """second − first of two independent estimates, with ∓ z·√(se₁² + se₂²); no interval where both errors are 0.

    >>> found = independent_difference(Estimate(.5, se=.03), Estimate(.6, se=.04))
    >>> round(found.estimate, 3), round(found.se, 3), round(found.low, 3)
    (0.1, 0.05, 0.002)
    """
    change, se = second.estimate - first.estimate, math.hypot(first.se, second.se)
    half = normal_quantile(level) * se if se > 0 else NAN
    return Estimate(change, change - half, change + half, se)


def is_followed(km: Curve, tau: float) -> bool:
    """Whether the curve is known up to `tau`: something is followed so long, or nothing is open any more.

    >>> from kodukant_analysis.stats import kaplan_meier
    >>> is_followed(kaplan_meier([10, 20], [1, 0]), 21), is_followed(kaplan_meier([10, 20], [1, 1]), 21)
    (False, True)
    """
    return bool(km.time.size) and bool(km.time[-1] >= tau or km.open[-1] <= 0)


def area_under(time: FloatArray, still: FloatArray, tau: float) -> FloatArray:
    """The area under a curve from day 0 to `tau`; beyond its last day it stays where it is."""
    steps = np.diff(np.minimum(time, tau), prepend=0, append=tau)
    height = np.concatenate([np.ones_like(still[..., :1]), still], axis=-1)
    return np.asarray(np.sum(height * steps, axis=-1))


def _plain_limits(found: Estimate, tau: float, _: float, level: float) -> tuple[float, float]:
    if not found.se > _NO_SPREAD:
        return NAN, NAN
    half = student_quantile(math.inf if math.isnan(found.df) else found.df, level) * found.se
    return max(found.estimate - half, 0.0), min(found.estimate + half, tau)


def _by_few_ends(found: Estimate, known: float, ended: float) -> Estimate:
    """The formula's error as the few that ended before tau tell it; one end alone tells nothing of chance."""
    few, fewer = max(known - 1, 1.0), ended - 1
    error = NAN if fewer == 0 else found.se * math.sqrt(known / few * ended / fewer)
    return found._replace(se=error if found.se > _NO_SPREAD else found.se, df=few)


def _limits_of_share(found: Estimate, tau: float, known: float, level: float) -> tuple[float, float]:
    """Limits of a mean by those of its share of tau."""
    if not found.se > _NO_SPREAD and (math.isnan(found.se) or tau - found.estimate > _NO_SPREAD):
        return NAN, NAN
    share = rothman_wilson(min(found.estimate / tau, 1.0), found.se / tau, known, level, df=found.df)
    return tau * share.low, tau * share.high


def _standard_error(km: Curve, tau: float, area: float) -> float:
    inside = km.time < tau
    to_come = area - np.cumsum(before(km.open) * np.diff(km.time, prepend=0))[inside]
    ended, at_risk = km.events.sum(axis=0)[inside], km.at_risk[inside]
    return math.sqrt(float(np.sum(to_come**2 * divided(ended, at_risk * (at_risk - ended)))))
