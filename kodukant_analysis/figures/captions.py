"""Captions: the words around a chart - question, what is counted, footnote with source, day, n and method."""

import re
from datetime import date

import pandas as pd

from kodukant_analysis.figures.breaks import break_notes
from kodukant_analysis.figures.map_captions import COVERAGES, MAPS, map_notes
from kodukant_analysis.figures.marks import HOLLOW
from kodukant_analysis.figures.style import Words
from kodukant_analysis.text import (
    Finding,
    catalogue,
    count_words,
    integer,
    long_date,
    read_finding,
    region_level,
    translate,
    when_phrase,
    wording,
)
from kodukant_analysis.text.names import series_label, topic_text


def caption(frame: pd.DataFrame, kind: str, lang: str, as_of: date) -> Words:
    """Title, subtitle and footnote of a chart of a kind (see `charts`) over these estimates."""
    findings = [read_finding(row) for _, row in frame.iterrows()]
    name = findings[0].name
    subtitle = f"{topic_text('subtitle', name, lang)}, {_reach(findings, kind, lang)}"
    return Words(topic_text("title", name, lang), subtitle, _footnote(findings, kind, lang, as_of))


def scope(frame: pd.DataFrame, kind: str, lang: str) -> str:
    """Which regions and which time a chart covers, and which survey: "maakondade kaupa", "kaart maakondade kaupa"."""
    reach = _reach([read_finding(row) for _, row in frame.iterrows()], kind, lang)
    if kind not in MAPS:
        return reach
    return translate("level_title.tiles" if kind.endswith("tiles") else "level_title.map", lang, level=reach)


def _reach(findings: list[Finding], kind: str, lang: str) -> str:
    if kind in ("waves", "years"):
        return translate(f"level_title.{kind}", lang)
    name, series = findings[0].name, series_label(findings[0].name.variant, lang)
    found = next((kind_of for f in findings if (kind_of := region_level(f.region_name)) != "country"), "county")
    level = translate(f"level_title.{found}", lang)
    if kind == "wave_regions":
        return translate("level_title.wave_regions", lang, level=level, series=series)
    if kind in MAPS and name.variant.isdigit():
        return translate("level_title.days", lang, level=level, days=name.variant)
    text = f"{level} {when_phrase(findings[0].period, lang)}".strip()
    return f"{text} ({series})" if name.key == "survey_share" else text


def _footnote(findings: list[Finding], kind: str, lang: str, as_of: date) -> str:
    source = topic_text("source", findings[0].name, lang)
    parts = [
        translate("figure.footnote", lang, source=source, as_of=long_date(as_of, lang)),
        _size(findings, kind, lang),
        translate(f"base.{wording(findings[0].name).basis}", lang),
        *(map_notes(findings, kind, lang) if kind in MAPS else _chart_notes(findings, kind, lang)),
        translate("figure.credit", lang) + ".",
    ]
    return " ".join(part for part in parts if part)


def _chart_notes(findings: list[Finding], kind: str, lang: str) -> list[str]:
    return [
        *_legend(findings, kind, lang),
        *_numbers(findings, kind, lang),
        *break_notes(findings, kind, lang),
        *_methods(findings, lang),
    ]


def _size(findings: list[Finding], kind: str, lang: str) -> str:
    counts = [f.n for f in findings if region_level(f.region_name) == "country" and f.n is not None]
    if not counts or kind in ("years", *COVERAGES):
        return ""
    if kind in ("waves", "wave_regions"):
        low, high = integer(min(counts), lang), integer(max(counts), lang)
        return translate("figure.size_wave" if low == high else "figure.size_waves", lang, low=low, high=high)
    counted = count_words(wording(findings[0].name).noun, max(counts), lang)
    return translate("figure.size", lang, counted=counted)


def _legend(findings: list[Finding], kind: str, lang: str) -> list[str]:
    parts = [translate("mark.dot", lang)]
    if kind in ("dots", "incidence") and any(region_level(f.region_name) == "country" for f in findings):
        parts.append(translate("mark.band", lang))
    if any(f.is_shown and f.low is None for f in findings):
        parts.append(translate("mark.bare", lang))
    if any(not f.is_shown for f in findings):
        parts.append(translate("figure.hatched", lang))
    seen = {flag for f in findings if f.is_shown for flag in f.flags}
    basis = wording(findings[0].name).basis
    whys = [translate(f"hollow.{basis}.{flag}", lang) for flag in HOLLOW if flag in seen]
    return [*parts, *(translate("figure.hollow", lang, why=why) for why in whys)]


def _numbers(findings: list[Finding], kind: str, lang: str) -> list[str]:
    manner = wording(findings[0].name)
    if manner.is_count:
        return [translate("figure.count_note", lang)]
    noun = translate(f"figure.n_{manner.noun}", lang)
    return [translate("figure.margin", lang, noun=noun)] if kind == "incidence" else []


def _methods(findings: list[Finding], lang: str) -> list[str]:
    """The distinct methods in plain words; a method's name may carry more than the word that the catalogue knows."""
    known = [key.removeprefix("method.") for key in catalogue(lang) if key.startswith("method.")]
    words: dict[str, None] = {}
    for finding in findings:
        if finding.is_shown:
            plain = re.sub(r"[^a-z]+", "_", finding.method.lower())
            # The estimator is named first, the interval after it: "Aalen-Johansen, ..., Rothman-Wilson".
            found = min((key for key in known if key in plain), key=plain.index, default="other")
            own = f"method.{wording(finding.name).basis}.{found}"
            words[translate(own if own in catalogue(lang) else f"method.{found}", lang)] = None
    return list(words)
