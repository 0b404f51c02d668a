"""Conclusions: what is made of estimates that may leave the house - trends, and whether an effect can be spoken of."""

from collections.abc import Mapping
from datetime import date

import pandas as pd

from kodukant_analysis.indicators.breaks import Days, days_of_waves
from kodukant_analysis.indicators.cells import Asked
from kodukant_analysis.indicators.effect import effect_did
from kodukant_analysis.indicators.estimates import COLUMNS, DETAIL, estimate_frame
from kodukant_analysis.indicators.panel import panel_of
from kodukant_analysis.indicators.points import fieldwork_middles
from kodukant_analysis.indicators.rules import RULES, Rules
from kodukant_analysis.indicators.survey_waves import survey_sums
from kodukant_analysis.indicators.trend import trend_slope, trend_test
from kodukant_analysis.indicators.trust import survey_share

_SURVEYS = ("survey_share", "survey_mean")
_REGISTERS = (
    "participation_triad_share",
    "joint_ownership_share",
    "action_cumulative_incidence:completed:365",
    "action_on_time_share:on_time",
    "summary_sent_share:discussions:14",
    "topic_conversion:topics:60",
    "plan_fulfilment:overall",
)
_OUTCOMES = {"trust_police": "trust", "safe_after_dark": "safety"}


def conclusions(
    estimates: pd.DataFrame, tables: Mapping[str, pd.DataFrame], as_of: date, rules: Rules = RULES
) -> pd.DataFrame:
    """Trends of the estimates of all years and waves, and what can be said of the effect of discussions; with detail.

    estimates: the disclosed frame: what is withheld must not be solved from a slope. tables: record tables by name.
    A survey gets `trend_slope`, a register `trend_test`; trust and safety by municipality get `effect_did`, which says
    why it can not be told where that is so.
    """
    codes = estimates["indicator"].str.split(":").str[0]
    waves, by_year = estimates[codes.isin(_SURVEYS)], estimates["period"].str.fullmatch(r"\d{4}")
    registers = estimates[estimates["indicator"].isin(_REGISTERS) & by_year]
    frames = [
        trend_slope(waves, time=fieldwork_middles(tables, as_of), rules=rules),
        trend_test(registers, rules=rules),
        *_effects(tables, as_of, rules),
    ]
    told = [frame[[*COLUMNS, *DETAIL]] for frame in frames if not frame.empty]
    return pd.concat(told, ignore_index=True) if told else estimate_frame([], {}, detail=True)


def _effects(tables: Mapping[str, pd.DataFrame], as_of: date, rules: Rules) -> list[pd.DataFrame]:
    """One frame a question and series asked of municipalities, before disclosure: it shows nobody's own number."""
    asked = Asked("municipality", None, as_of, 0.95, rules)
    days = days_of_waves(survey_sums(tables, asked, "positive", "all"), tables["shares"])
    shares = survey_share(tables, tuple(_OUTCOMES), by="municipality", as_of=as_of, rules=rules, detail=True)
    return [_effect(str(name), rows, tables, as_of, days) for name, rows in shares.groupby("indicator")]


def _effect(
    name: str, shares: pd.DataFrame, tables: Mapping[str, pd.DataFrame], as_of: date, days: Days
) -> pd.DataFrame:
    """The effect on one line of a survey, its name ended by that of the series; of waves whose day is known."""
    _, question, series = name.split(":")
    last_days = {wave: day for (told, wave), day in days.items() if told == series}
    known = shares[shares["period"].isin(list(last_days))]
    panel = panel_of(known, tables, outcome=_OUTCOMES[question], as_of=as_of, last_days=last_days)
    found = effect_did(panel, detail=True)
    return found.assign(indicator=found["indicator"] + f":{series}")
