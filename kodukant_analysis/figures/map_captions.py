"""Map captions: what stands around a map, and what it shows in words for whoever cannot see it."""

from collections.abc import Iterator, Sequence
from typing import Final

import pandas as pd

from kodukant_analysis.figures.areas import Area, legend_heading, legend_labels, read_areas
from kodukant_analysis.figures.breaks import break_notes
from kodukant_analysis.figures.marks import HOLLOW
from kodukant_analysis.figures.shades import HELD, NEVER, NO_DATA, PLANNED, SHARES, Shade
from kodukant_analysis.places import CREDIT, municipalities
from kodukant_analysis.text import Finding, count_words, read_indicator, region_level, translate, wording
from kodukant_analysis.text.names import topic_text

COVERAGES: Final = ("coverage_map", "coverage_tiles")
MAPS: Final = ("map", "tiles", *COVERAGES)


def map_notes(findings: Sequence[Finding], kind: str, lang: str) -> list[str]:
    """What a reader of a map must know besides source and day: marks, letters, what is not on it, whose lines."""
    regions = [finding for finding in findings if region_level(finding.region_name) != "country"]
    has_numbers = kind == "tiles" or any(region_level(finding.region_name) == "county" for finding in regions)
    notes = [*_tile_notes(kind, lang), *_weak(regions, has_numbers, lang), *break_notes(regions, kind, lang)]
    if wording(findings[0].name).is_count and has_numbers and any("too_few" in f.flags for f in regions):
        notes.append(translate("figure.count_note", lang))
    if any(finding.low is not None for finding in regions):
        notes.append(translate("map.ranges", lang))
    if kind in COVERAGES:
        notes.extend(_unplaced(findings, lang))
    return [*notes, translate("map.borders", lang), translate("figure.map_credit", lang, credit=CREDIT)]


def map_alternative(frame: pd.DataFrame, kind: str, scope: str, lang: str) -> str:
    """The alternative text of a map: how many regions have each shade, which have no number and why."""
    areas = read_areas(frame, lang)
    name = read_indicator(str(frame["indicator"].iloc[0]))
    values = {"scope": scope[:1].upper() + scope[1:], "title": topic_text("title", name, lang)}
    values["unshown"] = "".join(_unshown(areas, lang))
    if kind in COVERAGES:
        states = {shade.name: _state(shade, areas, lang) for shade in (HELD, PLANNED, NEVER)}
        return translate("alt.coverage", lang, **values, **states)
    country = legend_heading(frame, lang)
    classes = [
        f"{label}: {sum(area.shade == shade for area in areas)}"
        for shade, label in reversed(legend_labels(areas, lang).items())
        if shade in SHARES
    ]
    values["classes"] = translate("alt.classes", lang, classes=", ".join(classes)) if classes else ""
    return translate("alt.map", lang, **values, reference=f"{country}. " if country else "")


def _tile_notes(kind: str, lang: str) -> list[str]:
    keys = {"tiles": "map.tile_share", "coverage_tiles": "map.tile_count"}
    return [translate(keys[kind], lang)] if kind in keys else []


def _weak(regions: Sequence[Finding], has_numbers: bool, lang: str) -> list[str]:
    seen = {flag for finding in regions if finding.is_shown for flag in finding.flags}
    basis = wording(regions[0].name).basis if regions else ""
    whys = [translate(f"hollow.{basis}.{flag}", lang).removesuffix(".") for flag in HOLLOW if flag in seen]
    return [translate("map.star" if has_numbers else "map.weak", lang, why="; ".join(whys))] if whys else []


def _unplaced(findings: Sequence[Finding], lang: str) -> list[str]:
    """How many discussions the country held beyond those of its municipalities, where all of them are told."""
    held = {finding.region_name: finding.n or 0 for finding in findings if finding.name.item == "held"}
    placed = [held.get(one.name) for one in municipalities()]
    if None in placed:
        return []
    beyond = held.get("Eesti", 0) - sum(count or 0 for count in placed)
    return [translate("map.unplaced", lang, counted=count_words("discussion", beyond, lang))] if beyond > 0 else []


def _unshown(areas: Sequence[Area], lang: str) -> Iterator[str]:
    for flag in dict.fromkeys(sorted(area.flag for area in areas if area.flag)):
        same = [area for area in areas if area.flag == flag]
        key = "alt.dotted" if same[0].shade == NO_DATA else "alt.hatched"
        yield translate(key, lang, why=translate(f"short.{flag}", lang), regions=", ".join(a.label for a in same))


def _state(shade: Shade, areas: Sequence[Area], lang: str) -> str:
    """How many municipalities are in a state; those that are only planned are named: they can be acted on."""
    names = [area.label for area in areas if area.shade == shade]
    counted = count_words("municipality", len(names), lang)
    if shade != PLANNED or not names:
        return counted
    return translate("alt.named", lang, counted=counted, regions=", ".join(names))
