"""Indicators: questions asked of the records, answered as estimates. One file a question."""

from kodukant_analysis.indicators.actions import action_cumulative_incidence
from kodukant_analysis.indicators.concepts import Concept, concepts
from kodukant_analysis.indicators.cooperation import participation_triad_share
from kodukant_analysis.indicators.coverage import coverage_place_share, coverage_population_share
from kodukant_analysis.indicators.discussions import discussion_count
from kodukant_analysis.indicators.everything import all_estimates
from kodukant_analysis.indicators.plans import plan_fulfilment, plan_slippage
from kodukant_analysis.indicators.registry import Indicator, indicator_of, registry
from kodukant_analysis.indicators.rules import RULES, Rules
from kodukant_analysis.indicators.selection import within_prefecture
from kodukant_analysis.indicators.trust import survey_share

__all__ = [
    "RULES",
    "Concept",
    "Indicator",
    "Rules",
    "action_cumulative_incidence",
    "all_estimates",
    "concepts",
    "coverage_place_share",
    "coverage_population_share",
    "discussion_count",
    "indicator_of",
    "participation_triad_share",
    "plan_fulfilment",
    "plan_slippage",
    "registry",
    "survey_share",
    "within_prefecture",
]
