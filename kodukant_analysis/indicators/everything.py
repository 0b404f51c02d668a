"""Everything: all questions, of all regions they fit, in one frame of estimates."""

from collections.abc import Iterator, Mapping
from datetime import date

import pandas as pd

from kodukant_analysis.indicators.actions import action_cumulative_incidence
from kodukant_analysis.indicators.cooperation import participation_triad_share
from kodukant_analysis.indicators.coverage import coverage_place_share, coverage_population_share
from kodukant_analysis.indicators.discussions import discussion_count
from kodukant_analysis.indicators.estimates import estimate_frame
from kodukant_analysis.indicators.plans import plan_fulfilment, plan_slippage
from kodukant_analysis.indicators.regions import Borders, By
from kodukant_analysis.indicators.rules import RULES, Rules
from kodukant_analysis.indicators.trust import survey_share
from kodukant_analysis.records import RECORD_TABLES, to_frame
from kodukant_analysis.totals import Remembering

_REGISTERS = (participation_triad_share, action_cumulative_incidence, plan_fulfilment, plan_slippage)
_COVERAGE = (coverage_place_share, coverage_population_share)
_BORDERS: tuple[Borders, ...] = ("today", "then")
_OVERALL: tuple[By, ...] = ("country", "prefecture", "county")
_YEARLY: tuple[By, ...] = ("country", "prefecture")
_SURVEYED: tuple[By, ...] = ("country", "prefecture", "survey_region")


def all_estimates(
    tables: Mapping[str, pd.DataFrame], as_of: date, *, level: float = 0.95, rules: Rules = RULES
) -> pd.DataFrame:
    """Every indicator, with detail, before disclosure.

    tables: record tables by name; one that is not there counts as empty. Registers over all time by country,
    prefecture and county, and by year for country and prefecture; counts of discussions by municipality too, coverage
    in the borders of today and of 2016; surveys by wave for country, prefecture and survey region. Every requested
    region has its row.
    """
    data = Remembering({name: to_frame(name, []) for name in RECORD_TABLES} | dict(tables))
    frames = [frame for frame in _frames(data, as_of, level, rules) if not frame.empty]
    return pd.concat(frames, ignore_index=True) if frames else estimate_frame([], {}, detail=True)


def _frames(data: Mapping[str, pd.DataFrame], as_of: date, level: float, rules: Rules) -> Iterator[pd.DataFrame]:
    for indicator in _REGISTERS:
        for by in _OVERALL:
            yield indicator(data, by=by, as_of=as_of, level=level, rules=rules, detail=True)
        for by in _YEARLY:
            yield indicator(data, by=by, period="year", as_of=as_of, level=level, rules=rules, detail=True)
    for by in (*_OVERALL, "municipality"):
        yield discussion_count(data, by=by, as_of=as_of, rules=rules, detail=True)
    for coverage in _COVERAGE:
        for borders in _BORDERS:
            for by in _OVERALL:
                yield coverage(data, by=by, borders=borders, as_of=as_of, rules=rules, detail=True)
    for by in _SURVEYED:
        yield survey_share(data, by=by, as_of=as_of, level=level, rules=rules, detail=True)
