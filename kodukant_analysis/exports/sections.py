"""Sections of the page: one a question, with its sentences, charts and numbers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from urllib.parse import quote

import pandas as pd

from kodukant_analysis.exports.coverage import coverage_table
from kodukant_analysis.exports.tables import Table, numbers_table
from kodukant_analysis.figures import Chart
from kodukant_analysis.figures.marks import period_key
from kodukant_analysis.indicators import registry
from kodukant_analysis.text import (
    estonian_key,
    explain,
    left_out_sentence,
    read_indicator,
    region_label,
    region_level,
    translate,
)
from kodukant_analysis.text.names import topic_text
from kodukant_analysis.text.periods import when_phrase
from kodukant_analysis.text.reasons import said_of

Row = dict[Any, Any]
# Too many parts to be told one by one: behind the fold, with the regions.
IN_DETAIL = ("survey_distribution", "topic_category_share")
# Told of the country only.
TRENDS = ("trend_slope", "trend_test")
# Ends of an action that the charts do not show.
OTHER_ENDS = ("cancelled", "open")
# Indicators that answer one question together stand in the section of the first.
TOGETHER = {
    "participation_evenness": "participation_triad_share",
    "official_ratio": "participation_triad_share",
    "police_team_size": "participation_triad_share",
    "organisation_richness": "organisation_network",
    "organisation_returns": "organisation_network",
    "action_completion_time": "action_cumulative_incidence",
    "action_restricted_mean": "action_cumulative_incidence",
    "action_compare": "action_cumulative_incidence",
    "action_freshness_share": "action_backlog",
    "summary_delay": "summary_sent_share",
    "topics_discussed_share": "topics_per_discussion",
    "topic_summary_share": "topics_per_discussion",
    "solutions_per_topic": "topics_per_discussion",
    "topic_concentration": "topic_category_share",
    "topic_small_share": "topic_category_share",
    "coverage_place_share": "discussion_count",
    "coverage_population_share": "discussion_count",
    "plan_slippage": "plan_fulfilment",
}
LEVELS = ("country", "prefecture", "county", "survey_region", "municipality")


@dataclass(frozen=True)
class Shown:
    """A chart on the page: where its files are (without ending) and its numbers as a table."""

    href: str
    title: str
    alt: str
    table: Table


@dataclass(frozen=True)
class Section:
    """All that the page says to one question."""

    chapter: str
    anchor: str
    title: str
    sentences: list[str]
    shows: list[str]
    shows_not: list[str]
    charts: list[Shown]
    by_region: list[str]
    coverage: Table | None


def sections(charts: Sequence[Chart], estimates: pd.DataFrame, folder: str, lang: str) -> list[Section]:
    """The sections in the order of the estimate frame; every indicator is in one, with or without a chart."""
    topics = estimates["indicator"].map(_topic)
    return [_section(topic, charts, estimates[topics == topic], folder, lang) for topic in dict.fromkeys(topics)]


def _topic(indicator: str) -> str:
    """A survey question is a topic of its own; end states and days of one indicator belong together."""
    name = read_indicator(indicator).subject
    if name.key.startswith("survey_"):
        return f"survey_share:{name.item}"
    return TOGETHER.get(name.key, name.key)


def _section(topic: str, charts: Sequence[Chart], frame: pd.DataFrame, folder: str, lang: str) -> Section:
    name, rows = read_indicator(topic), _latest(frame)
    coverage = coverage_table(frame, lang)
    return Section(
        chapter=_chapter(name.key, lang),
        anchor=topic.replace(":", "-").replace("_", "-"),
        title=topic_text("title", name, lang),
        sentences=_sentences([row for row in rows if _is_first(row)], lang),
        shows=_bounds("shows", frame, lang),
        shows_not=_bounds("shows_not", frame, lang),
        charts=[_shown(chart, folder, lang) for chart in charts if _topic(chart.indicator) == topic],
        by_region=[] if coverage else _by_region([row for row in rows if not _is_first(row)], lang),
        coverage=coverage,
    )


def _chapter(key: str, lang: str) -> str:
    """The chapter of an indicator, "" of one that is not in the registry."""
    found = registry().get(key)
    return translate(f"chapter.{found.chapter}", lang) if found else ""


def _is_first(row: Row) -> bool:
    """Whether a row is told at once: of the country, and not one of very many parts."""
    return row["region_name"] == "Eesti" and read_indicator(row["indicator"]).key not in IN_DETAIL


def _bounds(kind: str, frame: pd.DataFrame, lang: str) -> list[str]:
    """What the indicators of a section show, or do not, each once."""
    names = map(read_indicator, dict.fromkeys(frame["indicator"]))
    return list(dict.fromkeys(topic_text(kind, name, lang) for name in names))


def _sentences(rows: Sequence[Row], lang: str) -> list[str]:
    """What the country's rows say, and what they leave out."""
    told = _told(rows)
    left_out = dict.fromkeys(left_out_sentence(str(row.get("note", "")), lang) for row in told)
    return [*dict.fromkeys(explain(row, lang) for row in told), *filter(None, left_out)]


def _shown(chart: Chart, folder: str, lang: str) -> Shown:
    href = quote(f"{folder}/{chart.name}")
    return Shown(href, chart.scope[:1].upper() + chart.scope[1:], chart.alt, numbers_table(chart.data, lang))


def _latest(frame: pd.DataFrame) -> list[Row]:
    """Of each indicator and region the row without a period, or else that of the latest."""
    best: dict[tuple[str, str], Row] = {}
    for row in frame.to_dict("records"):
        key = (row["indicator"], row["region_name"])
        if key not in best or _moment(row) > _moment(best[key]):
            best[key] = row
    return list(best.values())


def _moment(row: Row) -> tuple[bool, tuple[float, str]]:
    return row["period"] == "", period_key(row["period"])


def _told(rows: Sequence[Row], *, is_longest: bool = False) -> list[Row]:
    """Every day is told of what was completed, unless only the longest is; of other end states only the longest."""
    longest: dict[tuple[str, str], int] = {}
    for row in rows:
        part = _part(row)
        longest[part] = max(longest.get(part, 0), _days(row))
    ends = [_part(row)[1] in OTHER_ENDS or is_longest for row in rows]
    return [row for row, is_end in zip(rows, ends, strict=True) if not is_end or _days(row) == longest[_part(row)]]


def _part(row: Row) -> tuple[str, str]:
    name = read_indicator(row["indicator"])
    return name.key, name.item


def _days(row: Row) -> int:
    variant = read_indicator(row["indicator"]).variant
    return int(variant) if variant.isdigit() else 0


def _by_region(rows: Sequence[Row], lang: str) -> list[str]:
    levels = [row for row in rows if _part(row)[1] not in OTHER_ENDS and _part(row)[0] not in TRENDS]
    ordered = sorted(_told(levels, is_longest=True), key=lambda row: _place(row["region_name"], lang))
    known = [explain(row, lang) for row in ordered if "no_data" not in row["flag"]]
    return list(dict.fromkeys([*known, *_without_data([row for row in ordered if "no_data" in row["flag"]], lang)]))


def _without_data(rows: Sequence[Row], lang: str) -> Iterator[str]:
    """One sentence for all regions of which there is nothing to tell."""
    alike = sorted(rows, key=lambda row: (row["indicator"], row["period"]))
    for (indicator, period), found in groupby(alike, key=lambda row: (row["indicator"], row["period"])):
        regions = ", ".join(region_label(row["region_name"], lang) for row in found)
        text = translate("unshown.no_data_in", lang, when=when_phrase(period, lang), regions=regions)
        yield said_of(read_indicator(indicator), text.strip(), lang)


def _place(region_name: str, lang: str) -> tuple[int, object]:
    return LEVELS.index(region_level(region_name)), estonian_key(region_label(region_name, lang))
