"""Columns: what the words over a column, and the values under it, say that the column holds."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Final

from kodukant_analysis.loaders.cells import read_count, read_yes_no
from kodukant_analysis.loaders.dates import find_days
from kodukant_analysis.loaders.sheets import Sheet, Value
from kodukant_analysis.loaders.vocabulary import vocabulary
from kodukant_analysis.loaders.wording import plain
from kodukant_analysis.places import resolve_place

YEAR: Final = re.compile(r"(?:19|20)\d\d")
_PARTS: Final = re.compile(r"\s+/\s+|\n|\s\|\s")
_SAMPLE: Final = 12


@dataclass(frozen=True)
class Column:
    """One column of a table: its 1-based index, the field it feeds ("" when unknown) and its header.

    A column that stands for one of many has also its `group` (people counted, or marked as owners), its `year` (shares)
    or its `at` (the discussion whose people are counted below).
    """

    index: int
    field: str
    header: str
    group: str = ""
    year: str = ""
    at: str = ""

    @property
    def is_one_of_many(self) -> bool:
        return bool(self.group or self.year or self.at)


def read_column(sheet: Sheet, last: int, dataset: str, place: tuple[int, Sequence[str]]) -> Column:
    """The column at an index under a stack of header texts whose lowest row is `last`, as a dataset understands it."""
    index, stack = place
    header = " / ".join(stack)
    year = next((text for text in stack if YEAR.fullmatch(text)), "")
    if dataset == "shares" and year:
        rest = [text for text in stack if text != year]
        return Column(index, field_of("shares", rest[-1]) if rest else "share", header, year=year)
    if dataset in {"discussions", "attendance"} and (group := _group_over(sheet, last, index, stack, _is_count)):
        return Column(index, "group_count", header, group=group)
    if dataset == "actions" and (group := _group_over(sheet, last, index, stack, _is_mark)):
        return Column(index, "owner_mark", header, group=group)
    texts = [" ".join(stack), *reversed(stack)] if len(stack) > 1 else stack
    field = next((f for text in texts if (f := field_of(dataset, text))), "")
    if not field and dataset == "attendance" and _is_discussion(stack[-1]):
        return Column(index, "count_at", header, at=stack[-1])
    return Column(index, field, header)


@lru_cache(maxsize=20_000)
def field_of(dataset: str, header: str) -> str:
    """The field a header names in a dataset, "" when it names none; of a bilingual header any part will do.

    >>> field_of("actions", "Срок / Tähtaeg *"), field_of("topics", "Mis oli teema?")
    ('due_on', 'title')
    """
    words = vocabulary().headers[dataset]
    texts = [header, *_PARTS.split(header)]
    return next((f for f in map(words.exact, texts) if f), None) or next((f for f in map(words.find, texts) if f), "")


def header_text(value: Value) -> str:
    """A value as a header: a text, a year, or the day of a discussion."""
    if isinstance(value, float) and value.is_integer() and YEAR.fullmatch(str(int(value))):
        return str(int(value))
    if isinstance(value, date | datetime):
        return f"{value:%d.%m.%Y}"
    return plain(value) if isinstance(value, str) else ""


def _group_over(sheet: Sheet, last: int, index: int, stack: Sequence[str], fits: Callable[[Value], bool]) -> str:
    """The group named over a column, if most of the values under it fit."""
    texts = [stack[-1], *_PARTS.split(stack[-1])]
    names = ("group_column", "group")
    group = next((code for name in names for text in texts if (code := vocabulary().values[name].exact(text))), "")
    if not group:
        return ""
    rows = range(last + 1, min(last + _SAMPLE, len(sheet.cells)) + 1)
    values = [value for row in rows if (value := sheet.value(row, index)) is not None]
    fitting = sum(map(fits, values))
    return group if fitting and fitting * 2 >= len(values) else ""


def _is_count(value: Value) -> bool:
    return read_count(value).value is not None


def _is_mark(value: Value) -> bool:
    return read_yes_no(value).value is not None


def _is_discussion(header: str) -> bool:
    """Whether a header names a discussion by its day or its place."""
    return any(True for _ in find_days(header)) or resolve_place(header).municipality_code is not None
