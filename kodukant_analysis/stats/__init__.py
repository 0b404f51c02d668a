"""Estimators: numbers in; an estimate with its interval, standard error and effective n out. No region, no chance."""

from kodukant_analysis.stats.intervals import (
    Estimate,
    Interval,
    clopper_pearson,
    kish,
    korn_graubard,
    published_share,
    rothman_wilson,
    wilson,
)
from kodukant_analysis.stats.survey import LonelyStratumError, ratio_independent, ratio_taylor
from kodukant_analysis.stats.survival import (
    OPEN,
    Curve,
    aalen_johansen,
    at_risk_at,
    incidence_at,
    incidence_quantile,
    jackknife_se,
    known_at,
)

__all__ = [
    "OPEN",
    "Curve",
    "Estimate",
    "Interval",
    "LonelyStratumError",
    "aalen_johansen",
    "at_risk_at",
    "clopper_pearson",
    "incidence_at",
    "incidence_quantile",
    "jackknife_se",
    "kish",
    "known_at",
    "korn_graubard",
    "published_share",
    "ratio_independent",
    "ratio_taylor",
    "rothman_wilson",
    "wilson",
]
