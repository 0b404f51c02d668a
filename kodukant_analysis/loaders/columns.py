"""Columns: what the words over a column say that it holds."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from kodukant_analysis.loaders.dates import find_days
from kodukant_analysis.loaders.questions import without_code
from kodukant_analysis.loaders.sheets import Value
from kodukant_analysis.loaders.titles import place_in
from kodukant_analysis.loaders.vocabulary import cached_by_words, vocabulary
from kodukant_analysis.loaders.wording import key, plain, without_brackets
from kodukant_analysis.places import has_name_of_place, resolve_place

RESPONDENTS: Final = re.compile(r"[Nn]\s*=\s*(\d{1,7})(?!\d)")
YEAR: Final = re.compile(r"(?:19|20)\d\d")
PARTS: Final = re.compile(r"\s+/\s+|\n|\s\|\s")
_BROKEN_WORD: Final = re.compile(r"-\s*\n\s*")
_CAMEL: Final = re.compile(r"(?<=[a-zõäöüšž])(?=[A-ZÕÄÖÜŠŽ])")
_IN_BRACKETS: Final = re.compile(r"\(([^()]+)\)")
NAMES: Final = frozenset({"name", "first_name", "last_name"})


@dataclass(frozen=True)
class Column:
    """One column of a table: its 1-based index, the field it feeds ("" when unknown) and its header.

    A column that stands for one of many has also its `group` (people counted, or marked as owners), its `year` (of
    shares), its `answer` (of shares) or its `at` (the discussion whose people or points are counted, the month of
    discussions, the day of a state, the region of a share).
    `asked` is a known question of a survey, over answers on a scale or over shares.
    `by_values` tells that its header was not understood, but nearly all its values are words of one vocabulary.
    """

    index: int
    field: str
    header: str
    group: str = ""
    year: str = ""
    at: str = ""
    answer: str = ""
    asked: str = ""
    by_values: bool = False

    @property
    def is_one_of_many(self) -> bool:
        return bool(self.group or self.year or self.at or self.answer or self.asked)


def field_of(dataset: str, header: str) -> str:
    """The field a header names in a dataset, "" when it names none; of a bilingual header any part will do.

    >>> field_of("actions", "Срок / Tähtaeg *"), field_of("topics", "Mis oli teema?")
    ('due_on', 'title')
    """
    return next(iter(fields_of(dataset, header)), "")


# What a header may name by its stems though it speaks of another day, of a plan, a reason or a cost.
_OF_ANOTHER: Final[Mapping[str, frozenset[str]]] = {
    "next": frozenset({"next_step"}),
    "plan": frozenset({"planned_on", "due_on", "invited", "next_step"}),
    "reason": frozenset({"notes"}),
    "cost": frozenset({"cost"}),
}


@cached_by_words
def fields_of(dataset: str, header: str) -> tuple[str, ...]:
    """Every field a header may name in a dataset, the likeliest first; what stands in brackets comes last."""
    words = vocabulary().headers[dataset]
    texts = [header, header.rstrip("?* "), *PARTS.split(header), without_code(header), with_spaces(header)]
    aside = _IN_BRACKETS.findall(header)
    found = list(map(words.exact, texts))
    found += [field for text in texts for field in words.find_all(without_brackets(text)) if _may_feed(field, header)]
    found += map(words.exact, aside)
    found += [field for text in aside for field in words.find_all(text) if _may_feed(field, header)]
    return tuple(dict.fromkeys(filter(None, found)))


def with_spaces(header: str) -> str:
    """A header typed as one word apart at its capitals: "KohtJaPäev"."""
    return _CAMEL.sub(" ", header)


def is_named_exactly(dataset: str, column: Column) -> bool:
    """Whether the header of a column is a listed spelling of its field, not just like one."""
    words, parts = vocabulary().headers[dataset], column.header.split(" / ")
    return any(words.exact(text) == column.field for text in (column.header, parts[-1], *PARTS.split(column.header)))


def _may_feed(field: str, header: str) -> bool:
    """Whether a header may name a field by its stems: "Järgmise arutelu kuupäev" is not the day of this discussion."""
    words = key(header).split()
    said = (name for name in _OF_ANOTHER if any(map(_begins(vocabulary().keys("of_another", name)), words)))
    return all(field in _OF_ANOTHER[name] for name in said)


def _begins(stems: frozenset[str]) -> Callable[[str], bool]:
    return lambda word: word.startswith(tuple(stems))


def names_discussion(header: str) -> bool:
    """Whether a text names a discussion by its day or its place."""
    if any(True for _ in find_days(header)):
        return True
    return has_name_of_place(header) and resolve_place(place_in(header)).municipality_code is not None


def header_text(value: Value) -> str:
    """A value as a header: a text, a year, or the day of a discussion."""
    if isinstance(value, float) and value.is_integer() and YEAR.fullmatch(str(int(value))):
        return str(int(value))
    if isinstance(value, date | datetime):
        return f"{value:%d.%m.%Y}"
    return plain(_BROKEN_WORD.sub("", value)) if isinstance(value, str) else ""
