"""Concepts: what the deck speaks of, and by which indicators it is answered or why not (concepts.toml)."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class Concept:
    """One concept of the deck. `heading`, `deck` (its words there), `name` and `why_not` are by language (et, en, ru).

    `indicators`: codes of those that answer it. `why_not`: what stays unanswered and why; empty where nothing does.
    """

    code: str
    chapter: str
    heading: Mapping[str, str]
    deck: Mapping[str, str]
    name: Mapping[str, str]
    indicators: tuple[str, ...]
    why_not: Mapping[str, str]


@cache
def concepts() -> Mapping[str, Concept]:
    """All concepts by their code, in the order of the deck.

    >>> concepts()["K27"].indicators
    ('participation_triad_share',)
    """
    text = (files("kodukant_analysis.indicators") / "concepts.toml").read_text(encoding="utf-8")
    blocks = [(chapter, block) for chapter, block in tomllib.loads(text).items()]
    return {
        code: Concept(
            code=code,
            chapter=chapter,
            heading=block["heading"],
            deck=concept["deck"],
            name=concept["name"],
            indicators=tuple(concept.get("indicators", ())),
            why_not=concept.get("why_not", {}),
        )
        for chapter, block in blocks
        for code, concept in block.items()
        if code != "heading"
    }
