"""Sections: lone cells among rows that speak of those below: who stayed away, which group came, what month or round."""

import re
from typing import Final, NamedTuple

from kodukant_analysis.loaders.cells import read_round
from kodukant_analysis.loaders.columns import field_of
from kodukant_analysis.loaders.dates import month_of
from kodukant_analysis.loaders.sheets import Value
from kodukant_analysis.loaders.vocabulary import vocabulary
from kodukant_analysis.loaders.wording import key

_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_DAY: Final = re.compile(r"(\d{1,2})(?:\.0)?\.?")
_DAY_MONTH: Final = re.compile(r"\d{1,2}\.\s*\d{1,2}\.?")
_WORDS_OF_A_ROUND: Final = 2
_NAMES: Final = frozenset({"name", "first_name", "last_name"})
_DAYS: Final = frozenset({"held_on", "planned_on"})


class Section(NamedTuple):
    """What a section says of its rows; nothing where it says nothing of a kind."""

    is_absent: bool = False
    group: str = ""
    round: int | None = None
    month: int | None = None
    year: int | None = None

    def completed(self, value: Value) -> Value:
        """A day of the section's month or year as a whole date: "21." under "Veebruar 2019" is "21.2.2019"."""
        text = str(value).strip() if isinstance(value, str | float) else ""
        if self.month and (day := _DAY.fullmatch(text)):
            return f"{day[1]}.{self.month}.{self.year or ''}"
        return f"{text.rstrip('.')}.{self.year}" if self.year and _DAY_MONTH.fullmatch(text) else value


def section_of(text: str, fields: frozenset[str], field: str) -> Section | None:
    """The section that a lone cell in the column of `field` begins in a table of some fields; None for no section."""
    if _begins(text, "absent"):
        return Section(is_absent=True)
    if fields & _NAMES and field in {*_NAMES, "row_no", ""}:
        groups = (vocabulary().values[kind].exact(text) for kind in ("group_column", "group"))
        group = next(filter(None, groups), "")
        return Section(group=group) if group or text.endswith(":") else None
    if "title" in fields and (number := round_in(text)):
        return Section(round=number)
    return _time_of(text) if fields & _DAYS and field in {*_DAYS, "row_no", ""} else None


def round_in(text: str) -> int | None:
    """The round that a text names if it names nothing else: "II voor"."""
    is_round = any(field_of("topics", word) == "round" for word in text.split())
    value: int | None = read_round(text).value if is_round and len(text.split()) == _WORDS_OF_A_ROUND else None
    return value


def _time_of(text: str) -> Section | None:
    words = [word for word in key(text).split() if word not in vocabulary().keys("quarters", "year")]
    years = [int(word) for word in words if _YEAR.fullmatch(word)]
    rest = [word for word in words if not _YEAR.fullmatch(word)]
    month = month_of(rest[0]) if len(rest) == 1 else None
    is_time = len(years) < 2 and (month or (years and not rest))
    return Section(month=month, year=next(iter(years), None)) if is_time else None


def _begins(text: str, name: str) -> bool:
    typed = key(text)
    return any(typed == word or typed.startswith(f"{word} ") for word in vocabulary().keys("rows", name))
