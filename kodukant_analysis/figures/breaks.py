"""Breaks: what the footnote says where the question of a survey or the border of a region changed."""

from collections.abc import Sequence
from typing import Final

from kodukant_analysis.figures.marks import BREAKS, period_key
from kodukant_analysis.text import Finding, count_words, estonian_key, region_label, translate

# The charts that draw a dotted line where a break parts two numbers.
_LINED: Final = ("waves", "wave_regions")
# A map of municipalities may have dozens of changed ones: more than a footnote holds.
_MOST_NAMED: Final = 6


def break_notes(findings: Sequence[Finding], kind: str, lang: str) -> list[str]:
    """A sentence a flag: when it happened where a line shows it, in which regions on every other kind of chart."""
    notes = (_dotted(flag, findings, lang) if kind in _LINED else _changed(flag, findings, lang) for flag in BREAKS)
    return [note for note in notes if note]


def _dotted(flag: str, findings: Sequence[Finding], lang: str) -> str:
    periods = sorted({f.period for f in findings if flag in f.flags and f.period}, key=period_key)
    return translate(f"break_note.{flag}", lang, periods=", ".join(periods)) if periods else ""


def _changed(flag: str, findings: Sequence[Finding], lang: str) -> str:
    labels = {region_label(f.region_name, lang) for f in findings if flag in f.flags and f.is_shown}
    if not labels:
        return ""
    is_short = len(labels) <= _MOST_NAMED
    named = ", ".join(sorted(labels, key=estonian_key)) if is_short else count_words("region", len(labels), lang)
    return translate(f"break_region.{flag}", lang, regions=named)
