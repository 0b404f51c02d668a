"""Indicators: questions asked of the records, answered as estimates. One file a question."""

from kodukant_analysis.indicators.actions import action_cumulative_incidence
from kodukant_analysis.indicators.attendance import attendance_rate
from kodukant_analysis.indicators.cooperation import participation_triad_share
from kodukant_analysis.indicators.coverage import coverage_place_share, coverage_population_share
from kodukant_analysis.indicators.discussions import discussion_count
from kodukant_analysis.indicators.everything import all_estimates
from kodukant_analysis.indicators.plans import plan_fulfilment, plan_slippage
from kodukant_analysis.indicators.preparation import preparation_index
from kodukant_analysis.indicators.registry import Indicator, indicator_of, registry
from kodukant_analysis.indicators.rules import RULES, Rules
from kodukant_analysis.indicators.selection import within_prefecture
from kodukant_analysis.indicators.summaries import summary_delay, summary_sent_share
from kodukant_analysis.indicators.trust import survey_share
from kodukant_analysis.indicators.turn_up import official_ratio, police_team_size, turn_up_rate

__all__ = [
    "RULES",
    "Indicator",
    "Rules",
    "action_cumulative_incidence",
    "all_estimates",
    "attendance_rate",
    "coverage_place_share",
    "coverage_population_share",
    "discussion_count",
    "indicator_of",
    "official_ratio",
    "participation_triad_share",
    "plan_fulfilment",
    "plan_slippage",
    "police_team_size",
    "preparation_index",
    "registry",
    "summary_delay",
    "summary_sent_share",
    "survey_share",
    "turn_up_rate",
    "within_prefecture",
]
