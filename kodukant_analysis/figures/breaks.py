"""Breaks: what the footnote says where the question of a survey or the border of a region changed."""

import re
from collections.abc import Sequence
from typing import Final

from kodukant_analysis.figures.marks import BREAKS, period_key
from kodukant_analysis.text import Finding, count_words, estonian_key, region_label, translate

# The charts that draw a dotted line where a break parts two numbers.
_LINED: Final = ("waves", "wave_regions", "years")
# A map of municipalities may have dozens of changed ones: more than a footnote holds.
_MOST_NAMED: Final = 6


def break_notes(findings: Sequence[Finding], kind: str, lang: str) -> list[str]:
    """A sentence a flag: when it happened where a line shows it, in which regions on every other kind of chart.

    Where the note of an estimate tells what changed, the sentence says it.
    """
    notes = (_dotted(flag, findings, lang) if kind in _LINED else _changed(flag, findings, lang) for flag in BREAKS)
    return [note for said in notes for note in said if note]


def _dotted(flag: str, findings: Sequence[Finding], lang: str) -> list[str]:
    flagged = [f for f in findings if flag in f.flags and f.period]
    changes = {f.period: text for f in flagged if (text := _change(flag, f, lang))}
    parts = [
        translate("break_changed.one", lang, changed=text, periods=_joined({p for p in changes if changes[p] == text}))
        for text in dict.fromkeys(changes[period] for period in sorted(changes, key=period_key))
    ]
    untold = {f.period for f in flagged} - changes.keys()
    return [
        translate("break_changed.dotted", lang, changes="; ".join(parts)) if parts else "",
        translate(f"break_note.{flag}", lang, periods=_joined(untold)) if untold else "",
    ]


def _changed(flag: str, findings: Sequence[Finding], lang: str) -> list[str]:
    flagged = [f for f in findings if flag in f.flags and f.is_shown]
    said = dict.fromkeys(_change(flag, f, lang) for f in flagged)
    by_change = {text: {f.region_name for f in flagged if _change(flag, f, lang) == text} for text in said}
    return [_of_regions(flag, text, names, lang) for text, names in by_change.items()]


def _of_regions(flag: str, change: str, names: set[str], lang: str) -> str:
    labels = {region_label(name, lang) for name in names}
    is_short = len(labels) <= _MOST_NAMED
    named = ", ".join(sorted(labels, key=estonian_key)) if is_short else count_words("region", len(labels), lang)
    if not change:
        return translate(f"break_region.{flag}", lang, regions=named)
    return translate("break_changed.region", lang, changed=change, regions=named)


def _change(flag: str, finding: Finding, lang: str) -> str:
    """What the note tells of an instrument: the words of the table of breaks, else of which kind the change is."""
    told: dict[str, str] = dict(re.findall(r"\b(break|changed_\w\w)=([^;]*)", finding.note))
    if flag != "instrument_break" or "break" not in told:
        return ""
    kinds = ", ".join(translate(f"break_kind.{kind}", lang) for kind in told["break"].split(","))
    return told.get(f"changed_{lang}") or translate("break_changed.kinds", lang, kinds=kinds)


def _joined(periods: set[str]) -> str:
    return ", ".join(sorted(periods, key=period_key))
