"""Estimators: numbers in; an estimate with its interval, standard error and effective n out. No region, no chance."""

from kodukant_analysis.stats.att import (
    AttEstimate,
    EventTime,
    GroupTime,
    att_gt,
    minimum_detectable_effect,
    two_way_fixed_effects,
)
from kodukant_analysis.stats.clusters import cluster_mean, cluster_share
from kodukant_analysis.stats.cohorts import Control
from kodukant_analysis.stats.concentration import concentration
from kodukant_analysis.stats.control_chart import ControlChart, xmr
from kodukant_analysis.stats.counts import compound_rate, poisson_exact
from kodukant_analysis.stats.differences import mover, newcombe
from kodukant_analysis.stats.estimate import Estimate, student
from kodukant_analysis.stats.evenness import Evenness, divergence, evenness
from kodukant_analysis.stats.event_tables import OPEN, Curve, aalen_johansen, at_risk_at, kaplan_meier, known_at
from kodukant_analysis.stats.funnel import Dispersion, Limits, binomial_p, funnel_limits, normal_limits, overdispersion
from kodukant_analysis.stats.inequality import DispersionTest, Gini, dispersion, gini, gini_by_chance
from kodukant_analysis.stats.interrupted import Family, Interrupted, interrupted_time_series
from kodukant_analysis.stats.intervals import (
    clopper_pearson,
    kish,
    korn_graubard,
    published_share,
    rothman_wilson,
    wilson,
)
from kodukant_analysis.stats.logrank import LogRank, logrank
from kodukant_analysis.stats.monotone import MannKendall, mann_kendall
from kodukant_analysis.stats.multiplicity import bh, holm
from kodukant_analysis.stats.network import centralisation, density, rarefaction
from kodukant_analysis.stats.permutation import Permutation, Strata, permutation_att, permutation_interval
from kodukant_analysis.stats.placebos import FakeDate, PreTrend, fake_dates, leave_one_out, pre_trend
from kodukant_analysis.stats.ranks import expected_rank, rank_bounds, rank_interval
from kodukant_analysis.stats.restricted_mean import rmst, rmst_difference
from kodukant_analysis.stats.shrinkage import BetaBinomial, NormalShrunk, beta_binomial, normal_shrink
from kodukant_analysis.stats.shrinkage_limits import beta_binomial_limits, normal_shrink_limits
from kodukant_analysis.stats.slopes import RandomSlope, Slope, random_slope, theil_sen, wls_slope
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
    "AttEstimate",
    "BetaBinomial",
    "Control",
    "ControlChart",
    "Curve",
    "Dispersion",
    "DispersionTest",
    "Estimate",
    "Evenness",
    "EventTime",
    "FakeDate",
    "Family",
    "Gini",
    "GroupTime",
    "Interrupted",
    "Limits",
    "LogRank",
    "LonelyStratumError",
    "MannKendall",
    "NormalShrunk",
    "Permutation",
    "PreTrend",
    "RandomSlope",
    "Slope",
    "Strata",
    "aalen_johansen",
    "at_risk_at",
    "att_gt",
    "beta_binomial",
    "beta_binomial_limits",
    "bh",
    "binomial_p",
    "centralisation",
    "change_correlation",
    "change_taylor",
    "clopper_pearson",
    "cluster_mean",
    "cluster_share",
    "compound_rate",
    "concentration",
    "density",
    "dispersion",
    "divergence",
    "evenness",
    "expected_rank",
    "fake_dates",
    "funnel_limits",
    "gini",
    "gini_by_chance",
    "holm",
    "incidence_at",
    "incidence_difference",
    "incidence_quantile",
    "interrupted_time_series",
    "jackknife_se",
    "kaplan_meier",
    "kish",
    "known_at",
    "korn_graubard",
    "leave_one_out",
    "logrank",
    "mann_kendall",
    "minimum_detectable_effect",
    "mover",
    "newcombe",
    "normal_limits",
    "normal_shrink",
    "normal_shrink_limits",
    "overdispersion",
    "permutation_att",
    "permutation_interval",
    "poisson_exact",
    "pre_trend",
    "published_share",
    "random_slope",
    "rank_bounds",
    "rank_interval",
    "rarefaction",
    "ratio_independent",
    "ratio_taylor",
    "restricted_mean_jackknife_se",
    "rmst",
    "rmst_difference",
    "rothman_wilson",
    "student",
    "survival_at",
    "survival_quantile",
    "theil_sen",
    "two_way_fixed_effects",
    "wilson",
    "wls_slope",
    "xmr",
]
