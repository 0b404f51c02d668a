"""Registry: what each indicator is called, what it counts and from how many on it speaks (definitions/*.toml)."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Literal

from kodukant_analysis.text import DEFAULT_LANGUAGE, catalogue, translate

Count = Literal["n", "k"]
# A file each in the folder `definitions`, in the order in which the deck speaks of them.
CHAPTERS = (
    "trust",
    "actions",
    "follow_up",
    "cooperation",
    "information",
    "problems",
    "preparation",
    "plans",
    "reach",
    "trend",
    "effect",
)


@dataclass(frozen=True)
class Indicator:
    """One indicator. `name`, `definition` and the texts on what is counted and how are by language (et, en, ru).

    `counts` and `people` decide about disclosure: whether n counts persons and, of a register that tells how many
    people came, in which count ("n" or "k"), by the second part of the row's name ("" where it has none).
    """

    code: str
    chapter: str
    version: str
    unit: str
    direction: Literal["higher_is_better", "lower_is_better", "neither"]
    counts: Literal["persons", "register"]
    records: tuple[str, ...]
    name: Mapping[str, str]
    definition: Mapping[str, str]
    numerator: Mapping[str, str]
    denominator: Mapping[str, str]
    left_out: Mapping[str, str]
    method: Mapping[str, str]
    minimum: Mapping[str, str]
    people: Mapping[str, Count] = field(default_factory=dict)

    def direction_words(self, lang: str = DEFAULT_LANGUAGE) -> str:
        """Which way is better, in a language.

        >>> registry()["survey_share"].direction_words("en")
        'higher is better'
        """
        return translate(f"direction.{self.direction}", lang)

    def unit_words(self, lang: str = DEFAULT_LANGUAGE) -> str:
        """The unit in a language; one without words as it is written.

        >>> registry()["survey_share"].unit_words("et")
        'osakaal'
        """
        return catalogue(lang).get(f"unit.{self.unit}", self.unit)


@cache
def registry() -> Mapping[str, Indicator]:
    """All indicators by their code, chapter by chapter.

    >>> registry()["survey_share"].counts
    'persons'
    """
    return {code: indicator for chapter in CHAPTERS for code, indicator in _chapter(chapter).items()}


def indicator_of(name: str) -> Indicator:
    """The indicator a row of estimates belongs to: what stands before the first colon of its name.

    >>> indicator_of("survey_share:trust_police:omnibus").code
    'survey_share'
    """
    return registry()[name.split(":", maxsplit=1)[0]]


def people_in(name: str) -> Count | None:
    """In which count a row of estimates tells a number of people, None where in neither.

    >>> people_in("survey_share:trust_police:omnibus"), people_in("attendance_rate"), people_in("plan_slippage")
    ('n', 'k', None)
    """
    indicator = indicator_of(name)
    item = [*name.split(":"), ""][1]
    return "n" if indicator.counts == "persons" else indicator.people.get(item)


def _chapter(chapter: str) -> dict[str, Indicator]:
    text = (files("kodukant_analysis.indicators") / "definitions" / f"{chapter}.toml").read_text(encoding="utf-8")
    blocks = tomllib.loads(text).items()
    return {
        code: Indicator(code=code, chapter=chapter, **block | {"records": tuple(block["records"])})
        for code, block in blocks
    }
