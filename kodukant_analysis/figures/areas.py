"""Areas: the regions of an estimate frame as a map shows them - shade, number to write, why there is none."""

from dataclasses import dataclass

import pandas as pd

from kodukant_analysis.figures.marks import HOLLOW, amount_words
from kodukant_analysis.figures.shades import ALL, HELD, NEVER, NO_DATA, PLANNED, UNSAID, Shade, share_shade
from kodukant_analysis.places import municipalities
from kodukant_analysis.text import (
    Finding,
    count_words,
    estonian_key,
    percent,
    percent_range,
    read_finding,
    region_label,
    region_level,
    translate,
    wording,
)
from kodukant_analysis.text.sentences import unshown_flag


@dataclass(frozen=True)
class Area:
    """A region on a map: `value` is what is written on it ("67 %", "3/4", "" for nothing), `brief` the same in a tile,
    `flag` says why there is no number ("" where there is one), `is_weak` that it is provisional or rests on little."""

    region: str
    label: str
    shade: Shade
    value: str = ""
    brief: str = ""
    flag: str = ""
    is_weak: bool = False


def share_areas(frame: pd.DataFrame, lang: str) -> list[Area]:
    """The regions of a frame of shares (one indicator, one period), in Estonian alphabetical order."""
    rows = [(str(row["region"]), read_finding(row)) for _, row in frame.iterrows()]
    found = (_share_area(region, f, lang) for region, f in rows if region_level(f.region_name) != "country")
    return sorted(found, key=lambda area: estonian_key(area.label))


def coverage_areas(frame: pd.DataFrame, lang: str) -> list[Area]:
    """The regions of a frame of `discussion_count`: held, only planned, or never; `brief` counts what was held.

    A plan whose day is past without word of it is a plan; a cancelled one is none.
    """
    states: dict[tuple[str, str], dict[str, Finding]] = {}
    for _, row in frame.iterrows():
        finding = read_finding(row)
        if region_level(finding.region_name) != "country":
            states.setdefault((str(row["region"]), finding.region_name), {})[finding.name.item] = finding
    found = (_coverage_area(region, region_label(name, lang), of) for (region, name), of in states.items())
    return sorted(found, key=lambda area: estonian_key(area.label))


def read_areas(frame: pd.DataFrame, lang: str) -> list[Area]:
    """The regions of either kind of frame; ValueError where there are none, or some without an outline."""
    names = dict(zip(frame["region"].astype(str), frame["region_name"].astype(str), strict=True))
    regions = {region: name for region, name in names.items() if region_level(name) != "country"}
    if not regions:
        raise ValueError("a map needs rows of regions, the frame has none")
    gone = sorted(
        code for code, name in regions.items() if region_level(name) == "municipality" and not is_of_today(code)
    )
    if gone:
        raise ValueError(f"there are outlines of today's municipalities only: {', '.join(gone)}")
    is_coverage = read_finding(frame.iloc[0]).name.key == "discussion_count"
    return coverage_areas(frame, lang) if is_coverage else share_areas(frame, lang)


def is_of_today(code: str) -> bool:
    """Whether a code is that of a municipality of today: of those of before October 2017 there are no outlines."""
    return code in {one.code for one in municipalities()}


def legend_heading(frame: pd.DataFrame, lang: str) -> str:
    """What stands above a legend: the number of the country ("Eesti 69 %"), or how many regions the states add up to.

    Empty for a frame of shares without the country.
    """
    findings = [read_finding(row) for _, row in frame.iterrows()]
    if wording(findings[0].name).measure == "count":
        regions = {f.region_name for f in findings if region_level(f.region_name) != "country"}
        return count_words("municipality", len(regions), lang)
    country = next((f for f in findings if region_level(f.region_name) == "country"), None)
    if country is None or country.estimate is None:
        return ""
    value = percent(country.estimate, lang)
    return translate("figure.reference", lang, region=region_label(country.region_name, lang), value=value)


def legend_labels(areas: list[Area], lang: str) -> dict[Shade, str]:
    """The shades that the areas use, the most first, with their words."""
    return {shade: _words(shade, areas, lang) for shade in ALL if any(area.shade == shade for area in areas)}


def _share_area(region: str, finding: Finding, lang: str) -> Area:
    label = region_label(finding.region_name, lang)
    if finding.estimate is None:
        flag = unshown_flag(finding.flags)
        counted = amount_words(finding) if flag == "too_few" and wording(finding.name).is_count else ""
        amount = counted if "/" in counted else ""
        return Area(region, label, NO_DATA if flag == "no_data" else UNSAID, amount, amount, flag)
    is_weak = any(flag in HOLLOW for flag in finding.flags)
    value = percent(finding.estimate, lang) + "*" * is_weak
    brief = _bare_percent(finding.estimate) + "*" * is_weak
    return Area(region, label, share_shade(finding.estimate), value, brief, is_weak=is_weak)


def _bare_percent(share: float) -> str:
    """Whole percent without a sign; what is not quite none or all is never rounded to none or all."""
    whole = round(100 * share)
    if whole == 100 and share < 1:
        return ">99"
    return "<1" if whole == 0 and share > 0 else str(whole)


def _coverage_area(region: str, label: str, states: dict[str, Finding]) -> Area:
    counted = {state: finding.estimate for state, finding in states.items()}
    held = counted.get("held")
    if held is None:
        return Area(region, label, UNSAID, flag="not_estimable")
    if held:
        return Area(region, label, HELD, brief=f"{held:.0f}")
    return Area(region, label, PLANNED if counted.get("planned") or counted.get("overdue") else NEVER)


def _words(shade: Shade, areas: list[Area], lang: str) -> str:
    same = [area for area in areas if area.shade == shade]
    if shade in (HELD, PLANNED, NEVER):
        return translate(f"map.{shade.name}", lang, count=len(same))
    if shade in (UNSAID, NO_DATA):
        flags = sorted({area.flag for area in same})
        # One reason is said in full, several in brief: they share a line.
        return ", ".join(translate(f"short.{flag}" if len(flags) == 1 else f"brief.{flag}", lang) for flag in flags)
    low = int(shade.name.removeprefix("share_")) / 100
    return percent_range(low, low + 0.2, lang)
