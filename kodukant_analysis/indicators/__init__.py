"""Indicators: questions asked of the records, answered as estimates. One file a question."""

from kodukant_analysis.indicators.action_comparison import action_compare
from kodukant_analysis.indicators.action_times import action_completion_time, action_restricted_mean
from kodukant_analysis.indicators.actions import action_cumulative_incidence
from kodukant_analysis.indicators.attendance import attendance_rate
from kodukant_analysis.indicators.backlog import action_backlog, action_freshness_share
from kodukant_analysis.indicators.categories import (
    topic_category_share,
    topic_concentration,
    topic_small_share,
    topics_raised_by,
)
from kodukant_analysis.indicators.changes import survey_change
from kodukant_analysis.indicators.compare import compare_funnel, compare_ranks, compare_shrink, expected_false_alarms
from kodukant_analysis.indicators.concepts import Concept, concepts
from kodukant_analysis.indicators.conclusions import conclusions
from kodukant_analysis.indicators.conversion import topic_conversion
from kodukant_analysis.indicators.cooperation import participation_triad_share
from kodukant_analysis.indicators.coverage import coverage_place_share, coverage_population_share
from kodukant_analysis.indicators.discussions import discussion_count
from kodukant_analysis.indicators.distributions import survey_distribution
from kodukant_analysis.indicators.effect import effect_did
from kodukant_analysis.indicators.evenness import participation_evenness
from kodukant_analysis.indicators.everything import all_estimates
from kodukant_analysis.indicators.feasibility import Feasibility, Reason, effect_feasibility
from kodukant_analysis.indicators.follow_up import follow_up_share
from kodukant_analysis.indicators.instruments import read_breaks
from kodukant_analysis.indicators.interruption import effect_its
from kodukant_analysis.indicators.joint_ownership import joint_ownership_share
from kodukant_analysis.indicators.load import load_gini
from kodukant_analysis.indicators.means import survey_mean
from kodukant_analysis.indicators.mobility import group_mobility
from kodukant_analysis.indicators.next_steps import next_step_share
from kodukant_analysis.indicators.on_time import action_on_time_share
from kodukant_analysis.indicators.organisations import organisation_network, organisation_richness
from kodukant_analysis.indicators.panel import panel_frame, panel_of
from kodukant_analysis.indicators.plans import plan_fulfilment, plan_slippage
from kodukant_analysis.indicators.points import fieldwork_middles
from kodukant_analysis.indicators.preparation import preparation_index
from kodukant_analysis.indicators.registry import Indicator, indicator_of, registry
from kodukant_analysis.indicators.returns import organisation_returns
from kodukant_analysis.indicators.rules import RULES, Rules
from kodukant_analysis.indicators.selection import within_prefecture
from kodukant_analysis.indicators.space_holders import space_holder_support_share
from kodukant_analysis.indicators.summaries import summary_delay, summary_sent_share
from kodukant_analysis.indicators.topics import (
    solutions_per_topic,
    topic_summary_share,
    topics_discussed_share,
    topics_per_discussion,
)
from kodukant_analysis.indicators.trend import trend_chart, trend_slope, trend_test
from kodukant_analysis.indicators.trust import AWARENESS, survey_share
from kodukant_analysis.indicators.turn_up import official_ratio, police_team_size, turn_up_rate

__all__ = [
    "AWARENESS",
    "RULES",
    "Concept",
    "Feasibility",
    "Indicator",
    "Reason",
    "Rules",
    "action_backlog",
    "action_compare",
    "action_completion_time",
    "action_cumulative_incidence",
    "action_freshness_share",
    "action_on_time_share",
    "action_restricted_mean",
    "all_estimates",
    "attendance_rate",
    "compare_funnel",
    "compare_ranks",
    "compare_shrink",
    "concepts",
    "conclusions",
    "coverage_place_share",
    "coverage_population_share",
    "discussion_count",
    "effect_did",
    "effect_feasibility",
    "effect_its",
    "expected_false_alarms",
    "fieldwork_middles",
    "follow_up_share",
    "group_mobility",
    "indicator_of",
    "joint_ownership_share",
    "load_gini",
    "next_step_share",
    "official_ratio",
    "organisation_network",
    "organisation_returns",
    "organisation_richness",
    "panel_frame",
    "panel_of",
    "participation_evenness",
    "participation_triad_share",
    "plan_fulfilment",
    "plan_slippage",
    "police_team_size",
    "preparation_index",
    "read_breaks",
    "registry",
    "solutions_per_topic",
    "space_holder_support_share",
    "summary_delay",
    "summary_sent_share",
    "survey_change",
    "survey_distribution",
    "survey_mean",
    "survey_share",
    "topic_category_share",
    "topic_concentration",
    "topic_conversion",
    "topic_small_share",
    "topic_summary_share",
    "topics_discussed_share",
    "topics_per_discussion",
    "topics_raised_by",
    "trend_chart",
    "trend_slope",
    "trend_test",
    "turn_up_rate",
    "within_prefecture",
]
