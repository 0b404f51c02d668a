"""Estimators: numbers in; an estimate with its interval, standard error and effective n out. No region, no chance."""

from kodukant_analysis.stats.clusters import cluster_mean, cluster_share
from kodukant_analysis.stats.counts import compound_rate, poisson_exact
from kodukant_analysis.stats.differences import mover, newcombe
from kodukant_analysis.stats.estimate import Estimate, student
from kodukant_analysis.stats.event_tables import OPEN, Curve, aalen_johansen, at_risk_at, kaplan_meier, known_at
from kodukant_analysis.stats.intervals import (
    clopper_pearson,
    kish,
    korn_graubard,
    published_share,
    rothman_wilson,
    wilson,
)
from kodukant_analysis.stats.logrank import LogRank, logrank
from kodukant_analysis.stats.restricted_mean import rmst, rmst_difference
from kodukant_analysis.stats.survey import (
    LonelyStratumError,
    change_correlation,
    change_taylor,
    ratio_independent,
    ratio_taylor,
)
from kodukant_analysis.stats.survival import (
    incidence_at,
    incidence_difference,
    incidence_quantile,
    survival_at,
    survival_quantile,
)
from kodukant_analysis.stats.survival_jackknife import jackknife_se, restricted_mean_jackknife_se

__all__ = [
    "OPEN",
    "Curve",
    "Estimate",
    "LogRank",
    "LonelyStratumError",
    "aalen_johansen",
    "at_risk_at",
    "change_correlation",
    "change_taylor",
    "clopper_pearson",
    "cluster_mean",
    "cluster_share",
    "compound_rate",
    "incidence_at",
    "incidence_difference",
    "incidence_quantile",
    "jackknife_se",
    "kaplan_meier",
    "kish",
    "known_at",
    "korn_graubard",
    "logrank",
    "mover",
    "newcombe",
    "poisson_exact",
    "published_share",
    "ratio_independent",
    "ratio_taylor",
    "restricted_mean_jackknife_se",
    "rmst",
    "rmst_difference",
    "rothman_wilson",
    "student",
    "survival_at",
    "survival_quantile",
    "wilson",
]
