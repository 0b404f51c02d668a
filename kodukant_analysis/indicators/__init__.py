"""Indicators: questions asked of the records, answered as estimates. One file a question."""

from kodukant_analysis.indicators.actions import action_cumulative_incidence
from kodukant_analysis.indicators.backlog import action_backlog, action_freshness_share
from kodukant_analysis.indicators.categories import (
    topic_category_share,
    topic_concentration,
    topic_small_share,
    topics_raised_by,
)
from kodukant_analysis.indicators.conversion import topic_conversion
from kodukant_analysis.indicators.cooperation import participation_triad_share
from kodukant_analysis.indicators.coverage import coverage_place_share, coverage_population_share
from kodukant_analysis.indicators.discussions import discussion_count
from kodukant_analysis.indicators.everything import all_estimates
from kodukant_analysis.indicators.follow_up import follow_up_share
from kodukant_analysis.indicators.next_steps import next_step_share
from kodukant_analysis.indicators.on_time import action_on_time_share
from kodukant_analysis.indicators.plans import plan_fulfilment, plan_slippage
from kodukant_analysis.indicators.registry import Indicator, indicator_of, registry
from kodukant_analysis.indicators.rules import RULES, Rules
from kodukant_analysis.indicators.selection import within_prefecture
from kodukant_analysis.indicators.topics import (
    solutions_per_topic,
    topic_summary_share,
    topics_discussed_share,
    topics_per_discussion,
)
from kodukant_analysis.indicators.trust import survey_share

__all__ = [
    "RULES",
    "Indicator",
    "Rules",
    "action_backlog",
    "action_cumulative_incidence",
    "action_freshness_share",
    "action_on_time_share",
    "all_estimates",
    "coverage_place_share",
    "coverage_population_share",
    "discussion_count",
    "follow_up_share",
    "indicator_of",
    "next_step_share",
    "participation_triad_share",
    "plan_fulfilment",
    "plan_slippage",
    "registry",
    "solutions_per_topic",
    "survey_share",
    "topic_category_share",
    "topic_concentration",
    "topic_conversion",
    "topic_small_share",
    "topic_summary_share",
    "topics_discussed_share",
    "topics_per_discussion",
    "topics_raised_by",
    "within_prefecture",
]
