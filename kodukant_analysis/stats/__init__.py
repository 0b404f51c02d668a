"""Estimators: numbers in; an estimate with its interval, standard error and effective n out. No region, no chance."""

from kodukant_analysis.stats.clusters import cluster_mean, cluster_share
from kodukant_analysis.stats.counts import compound_rate, poisson_exact
from kodukant_analysis.stats.differences import mover, newcombe
from kodukant_analysis.stats.estimate import Estimate, student
from kodukant_analysis.stats.evenness import Evenness, concentration, divergence, evenness
from kodukant_analysis.stats.inequality import Dispersion, Gini, dispersion, gini, gini_by_chance
from kodukant_analysis.stats.intervals import (
    clopper_pearson,
    kish,
    korn_graubard,
    published_share,
    rothman_wilson,
    wilson,
)
from kodukant_analysis.stats.network import centralisation, density, rarefaction
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
    "Curve",
    "Dispersion",
    "Estimate",
    "Evenness",
    "Gini",
    "LonelyStratumError",
    "aalen_johansen",
    "at_risk_at",
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
    "gini",
    "gini_by_chance",
    "incidence_at",
    "incidence_quantile",
    "jackknife_se",
    "kish",
    "known_at",
    "korn_graubard",
    "mover",
    "newcombe",
    "poisson_exact",
    "published_share",
    "rarefaction",
    "ratio_independent",
    "ratio_taylor",
    "rothman_wilson",
    "student",
    "wilson",
]
