"""Everything: all questions, of all regions they fit, in one frame of estimates."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import partial
from typing import Any, NamedTuple

import pandas as pd

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
from kodukant_analysis.indicators.conversion import topic_conversion
from kodukant_analysis.indicators.cooperation import participation_triad_share
from kodukant_analysis.indicators.coverage import coverage_place_share, coverage_population_share
from kodukant_analysis.indicators.discussions import discussion_count
from kodukant_analysis.indicators.distributions import survey_distribution
from kodukant_analysis.indicators.estimates import estimate_frame
from kodukant_analysis.indicators.evenness import participation_evenness
from kodukant_analysis.indicators.follow_up import follow_up_share
from kodukant_analysis.indicators.joint_ownership import joint_ownership_share
from kodukant_analysis.indicators.load import load_gini
from kodukant_analysis.indicators.means import survey_mean
from kodukant_analysis.indicators.mobility import group_mobility
from kodukant_analysis.indicators.next_steps import next_step_share
from kodukant_analysis.indicators.on_time import action_on_time_share
from kodukant_analysis.indicators.organisations import organisation_network, organisation_richness
from kodukant_analysis.indicators.plans import plan_fulfilment, plan_slippage
from kodukant_analysis.indicators.preparation import preparation_index
from kodukant_analysis.indicators.regions import Borders, By
from kodukant_analysis.indicators.returns import organisation_returns
from kodukant_analysis.indicators.rules import RULES, Rules
from kodukant_analysis.indicators.space_holders import space_holder_support_share
from kodukant_analysis.indicators.summaries import summary_delay, summary_sent_share
from kodukant_analysis.indicators.topics import (
    solutions_per_topic,
    topic_summary_share,
    topics_discussed_share,
    topics_per_discussion,
)
from kodukant_analysis.indicators.trust import survey_share
from kodukant_analysis.indicators.turn_up import official_ratio, police_team_size, turn_up_rate
from kodukant_analysis.records import RECORD_TABLES, to_frame
from kodukant_analysis.totals import Remembering

_Indicator = Callable[..., pd.DataFrame]
_COUNTRY: tuple[By, ...] = ("country", "prefecture")
_COUNTIES: tuple[By, ...] = (*_COUNTRY, "county")
_MUNICIPALITIES: tuple[By, ...] = (*_COUNTIES, "municipality")
_SURVEYED: tuple[By, ...] = (*_COUNTRY, "survey_region")
_BORDERS: tuple[Borders, ...] = ("today", "then")


class _Question(NamedTuple):
    """An indicator with the regions it is asked of over all time, and those it is asked of by year."""

    indicator: _Indicator
    overall: tuple[By, ...] = _COUNTIES
    yearly: tuple[By, ...] = _COUNTRY


_COOPERATION = (
    _Question(participation_triad_share),
    _Question(participation_evenness),
    _Question(joint_ownership_share),
    _Question(space_holder_support_share),
    _Question(organisation_network, yearly=()),
    _Question(organisation_richness, yearly=()),
    _Question(organisation_returns, overall=()),  # over all time there is nothing but the first year's newcomers
    _Question(group_mobility),
)
_PROMISES = (
    _Question(action_cumulative_incidence),
    _Question(action_completion_time),
    _Question(action_restricted_mean),
    _Question(action_compare, overall=("prefecture", "county"), yearly=()),
    _Question(action_on_time_share),
    _Question(action_backlog, yearly=()),
    _Question(next_step_share),
    _Question(action_freshness_share, yearly=()),
    _Question(follow_up_share),
)
_REST = (
    _Question(summary_sent_share),
    _Question(summary_delay),
    _Question(topics_per_discussion),
    _Question(topic_conversion),
    _Question(partial(topic_conversion, weight="votes")),
    _Question(topics_raised_by),
    _Question(topic_category_share, overall=_COUNTRY, yearly=()),
    _Question(topic_concentration, overall=_COUNTRY, yearly=()),
    _Question(topic_small_share),
    _Question(topic_summary_share),
    _Question(topics_discussed_share),
    _Question(solutions_per_topic),
    _Question(preparation_index),
    _Question(turn_up_rate),
    _Question(official_ratio),
    _Question(police_team_size),
    _Question(plan_fulfilment),
    _Question(plan_slippage),
    _Question(attendance_rate, overall=_MUNICIPALITIES),
)


def all_estimates(
    tables: Mapping[str, pd.DataFrame],
    as_of: date,
    *,
    level: float = 0.95,
    rules: Rules = RULES,
    roster: Mapping[str, int] | None = None,
) -> pd.DataFrame:
    """Every indicator, with detail, before disclosure.

    tables: record tables by name, one that is not there counts as empty; with `breaks` (of `read_breaks`) where they
    are not ours alone. roster: area constables by prefecture, where known. Registers over all time by country,
    prefecture and county, and by year for country and prefecture; counts of discussions and attendance by municipality
    too, coverage in the borders of today and of 2016; surveys by wave for country, prefecture and survey region, their
    distributions for the country. Every requested region has its row.
    """
    data = Remembering({name: to_frame(name, []) for name in RECORD_TABLES} | dict(tables))
    asked = {"as_of": as_of, "rules": rules, "detail": True}
    frames = [frame for frame in _frames(data, asked, level, roster or None) if not frame.empty]
    return pd.concat(frames, ignore_index=True) if frames else estimate_frame([], {}, detail=True)


def _frames(
    data: Mapping[str, Any], asked: Mapping[str, Any], level: float, roster: Mapping[str, int] | None
) -> Iterator[pd.DataFrame]:
    load = _Question(partial(load_gini, roster=roster), overall=_COUNTRY)
    for question in (*_COOPERATION, load, *_PROMISES, *_REST):
        for by in question.overall:
            yield question.indicator(data, by=by, level=level, **asked)
        for by in question.yearly:
            yield question.indicator(data, by=by, period="year", level=level, **asked)
    for by in _MUNICIPALITIES:
        yield discussion_count(data, by=by, **asked)
    for coverage in (coverage_place_share, coverage_population_share):
        for borders in _BORDERS:
            for by in _COUNTIES:
                yield coverage(data, by=by, borders=borders, **asked)
    for survey in (survey_share, survey_mean, survey_change, partial(survey_change, measure="mean")):
        for by in _SURVEYED:
            yield survey(data, by=by, level=level, **asked)
    yield survey_distribution(data, by="country", level=level, **asked)
