"""Indicators: questions asked of the records, answered as estimates. One file a question."""

from kodukant_analysis.indicators.actions import action_cumulative_incidence
from kodukant_analysis.indicators.cooperation import participation_triad_share
from kodukant_analysis.indicators.coverage import coverage_place_share, coverage_population_share
from kodukant_analysis.indicators.discussions import discussion_count
from kodukant_analysis.indicators.evenness import participation_evenness
from kodukant_analysis.indicators.everything import all_estimates
from kodukant_analysis.indicators.joint_ownership import joint_ownership_share
from kodukant_analysis.indicators.load import load_gini
from kodukant_analysis.indicators.mobility import group_mobility
from kodukant_analysis.indicators.organisations import organisation_network, organisation_richness
from kodukant_analysis.indicators.plans import plan_fulfilment, plan_slippage
from kodukant_analysis.indicators.registry import Indicator, indicator_of, registry
from kodukant_analysis.indicators.returns import organisation_returns
from kodukant_analysis.indicators.rules import RULES, Rules
from kodukant_analysis.indicators.selection import within_prefecture
from kodukant_analysis.indicators.space_holders import space_holder_support_share
from kodukant_analysis.indicators.trust import survey_share

__all__ = [
    "RULES",
    "Indicator",
    "Rules",
    "action_cumulative_incidence",
    "all_estimates",
    "coverage_place_share",
    "coverage_population_share",
    "discussion_count",
    "group_mobility",
    "indicator_of",
    "joint_ownership_share",
    "load_gini",
    "organisation_network",
    "organisation_returns",
    "organisation_richness",
    "participation_evenness",
    "participation_triad_share",
    "plan_fulfilment",
    "plan_slippage",
    "registry",
    "space_holder_support_share",
    "survey_share",
    "within_prefecture",
]
