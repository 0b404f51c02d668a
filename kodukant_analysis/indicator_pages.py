"""Indicator pages: the registry and the concepts of the deck as one page of Markdown, and an entry as plain fields."""

from collections.abc import Iterator
from dataclasses import asdict
from itertools import groupby
from typing import Any, Final

from kodukant_analysis.indicators import Concept, Indicator, concepts, registry
from kodukant_analysis.text import read_indicator, translate
from kodukant_analysis.text.names import topic_text

_TOLD: Final = ("numerator", "denominator", "left_out", "method", "minimum")
_INTRODUCTION: Final = """\
# Indicators

What each indicator counts, from how many on it speaks and which way is better. `kodukant indicators` prints the list,
`kodukant indicators CODE` one of them, `--lang et` or `ru` in another language; this page is
`kodukant indicators --markdown`. Why it is done so stands in `DECISIONS.md`. At the end: the concepts of the deck, the
slides that present the programme, with the indicators that answer each.
"""


def indicators_page() -> str:
    """The page `docs/indicators.md`: a section an indicator, chapter by chapter, then the table of concepts."""
    chapters = groupby(registry().values(), key=lambda indicator: indicator.chapter)
    parts = [part for chapter, found in chapters for part in (_heading(chapter), *map(_section, found))]
    return "\n".join([_INTRODUCTION, *parts, *_concept_tables()])


def entry_fields(indicator: Indicator, lang: str) -> dict[str, str]:
    """The full entry of an indicator, its labels and words in a language."""
    name = read_indicator(indicator.code)
    words = {
        "code": indicator.code,
        "name": indicator.name[lang],
        "definition": indicator.definition[lang],
        "unit": indicator.unit_words(lang),
        "direction": indicator.direction_words(lang),
        **{field: getattr(indicator, field)[lang] for field in _TOLD},
        "records": ", ".join(indicator.records) or "–",
        "version": indicator.version,
        "shows": topic_text("shows", name, lang),
        "shows_not": topic_text("shows_not", name, lang),
    }
    return {translate(f"registry.{field}", lang): text for field, text in words.items()}


def registry_as_data() -> dict[str, Any]:
    """The registry and the concepts as plain values, for JSON."""
    return {
        "indicators": [asdict(indicator) for indicator in registry().values()],
        "concepts": [asdict(concept) for concept in concepts().values()],
    }


def _heading(chapter: str) -> str:
    return f"## {translate(f'chapter.{chapter}', 'en')}\n"


def _section(indicator: Indicator) -> str:
    said = entry_fields(indicator, "en")
    shown = [(label, text) for label, text in said.items() if text not in (indicator.code, indicator.name["en"])]
    lines = [f"### {indicator.name['en']}\n", f"`{indicator.code}` · {indicator.name['et']}\n"]
    return "\n".join([*lines, *(f"- **{label}**: {text}" for label, text in shown), ""])


def _concept_tables() -> Iterator[str]:
    yield "## Concepts of the deck\n"
    yield "Each concept, the indicators that answer it, and what they leave open.\n"
    for _, found in groupby(concepts().values(), key=lambda concept: concept.chapter):
        rows = list(found)
        yield f"### {rows[0].heading['en']}\n"
        yield "| Deck | Concept | Indicators | What stays unanswered, and why |\n|---|---|---|---|"
        yield from map(_concept_row, rows)
        yield ""


def _concept_row(concept: Concept) -> str:
    codes = ", ".join(f"`{code}`" for code in concept.indicators) or "–"
    cells = (concept.deck["en"], f"{concept.code} {concept.name['en']}", codes, concept.why_not.get("en", ""))
    return f"| {' | '.join(cells)} |"
