"""Registry: what each indicator is called, what it counts and from how many on it speaks (definitions/*.toml)."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

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
    "comparison",
    "trend",
    "effect",
)


@dataclass(frozen=True)
class Indicator:
    """One indicator. `name` and `definition` are by language (et, en, ru); `counts` decides about disclosure."""

    code: str
    version: str
    unit: str
    direction: Literal["higher_is_better", "lower_is_better", "neither"]
    counts: Literal["persons", "register"]
    records: tuple[str, ...]
    minimum: str
    numerator: str
    denominator: str
    left_out: str
    method: str
    name: Mapping[str, str]
    definition: Mapping[str, str]


@cache
def registry() -> Mapping[str, Indicator]:
    """All indicators by their code, chapter by chapter.

    >>> registry()["survey_share"].counts
    'persons'
    """
    folder = files("kodukant_analysis.indicators") / "definitions"
    chapters = [tomllib.loads((folder / f"{chapter}.toml").read_text(encoding="utf-8")) for chapter in CHAPTERS]
    blocks = [block for chapter in chapters for block in chapter.items()]
    return {code: Indicator(code=code, **block | {"records": tuple(block["records"])}) for code, block in blocks}


def indicator_of(name: str) -> Indicator:
    """The indicator a row of estimates belongs to: what stands before the first colon of its name.

    >>> indicator_of("survey_share:trust_police:omnibus").code
    'survey_share'
    """
    return registry()[name.split(":", maxsplit=1)[0]]
