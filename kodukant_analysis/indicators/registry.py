"""Registry: what each indicator is called, what it counts and from how many on it speaks (registry.toml)."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal


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
    """All indicators by their code, in the order of the file.

    >>> registry()["survey_share"].counts
    'persons'
    """
    text = files("kodukant_analysis.indicators").joinpath("registry.toml").read_text(encoding="utf-8")
    return {
        code: Indicator(code=code, **block | {"records": tuple(block["records"])})
        for code, block in tomllib.loads(text).items()
    }


def indicator_of(name: str) -> Indicator:
    """The indicator a row of estimates belongs to: what stands before the first colon of its name.

    >>> indicator_of("survey_share:trust_police:omnibus").code
    'survey_share'
    """
    return registry()[name.split(":", maxsplit=1)[0]]
