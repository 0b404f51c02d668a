"""Estimators: numbers in; an estimate with its interval, standard error and effective n out. No region, no chance."""

from kodukant_analysis.stats.clusters import cluster_mean, cluster_share
from kodukant_analysis.stats.control_chart import ControlChart, xmr
from kodukant_analysis.stats.counts import compound_rate, poisson_exact
from kodukant_analysis.stats.differences import mover, newcombe
from kodukant_analysis.stats.estimate import Estimate, student
from kodukant_analysis.stats.intervals import (
    clopper_pearson,
    kish,
    korn_graubard,
    published_share,
    rothman_wilson,
    wilson,
)
from kodukant_analysis.stats.monotone import MannKendall, mann_kendall
from kodukant_analysis.stats.slopes import RandomSlope, Slope, random_slope, theil_sen, wls_slope
from kodukant_analysis.stats.survey import (
    LonelyStratumError,
    change_correlation,
    change_taylor,
    ratio_independent,
    ratio_taylor,
)
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
    "ControlChart",
    "Curve",
    "Estimate",
    "LonelyStratumError",
    "MannKendall",
    "RandomSlope",
    "Slope",
    "aalen_johansen",
    "at_risk_at",
    "change_correlation",
    "change_taylor",
    "clopper_pearson",
    "cluster_mean",
    "cluster_share",
    "compound_rate",
    "incidence_at",
    "incidence_quantile",
    "jackknife_se",
    "kish",
    "known_at",
    "korn_graubard",
    "mann_kendall",
    "mover",
    "newcombe",
    "poisson_exact",
    "published_share",
    "random_slope",
    "ratio_independent",
    "ratio_taylor",
    "rothman_wilson",
    "student",
    "theil_sen",
    "wilson",
    "wls_slope",
    "xmr",
]
