"""Headers: rows of a sheet that name columns. Which dataset they belong to and which field each column feeds."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from kodukant_analysis.loaders.cells import read_count
from kodukant_analysis.loaders.sheets import Sheet, Value
from kodukant_analysis.loaders.vocabulary import DATASETS, vocabulary
from kodukant_analysis.loaders.wording import plain

_PLACE: Final = frozenset({"place", "municipality", "settlement", "county"})
_ABOUT_PERSON: Final = frozenset(
    [
        "group",
        "presence",
        "in_opening_ring",
        "in_closing_ring",
        "discussion_groups",
        "is_first_time",
        "is_bee",
        "is_butterfly",
        "discussion_no",
    ]
)
_ABOUT_TOPIC: Final = frozenset(
    [
        "topic_no",
        "raised_by",
        "points",
        "participants",
        "rank",
        "next_step",
        "summary",
        "solutions",
        "category",
        "round",
        "discussion_no",
    ]
)

# A header row belongs to a dataset only if it has a field of each of these sets.
SIGNATURES: Final[Mapping[str, tuple[frozenset[str], ...]]] = {
    "actions": (frozenset({"action"}), frozenset({"owners", "due_on", "status", "done_on", "reported_on"})),
    "topics": (frozenset({"title"}), _ABOUT_TOPIC),
    "attendance": (
        frozenset({"name", "first_name", "group"}),
        _ABOUT_PERSON,
        _ABOUT_PERSON - {"group"} | {"name", "first_name", "attendees"},
    ),
    "discussions": (frozenset({"held_on", "planned_on"}), _PLACE | {"discussion_no"}),
    "answers": (
        frozenset({"respondent_no", "weight"}),
        frozenset({"survey_region", "wave", "sex", "age_group", "cluster", "county"}),
    ),
    "shares": (frozenset({"survey_region", "answer", "question"}), frozenset({"share"})),
    "codes": (frozenset({"code_value"}), frozenset({"code_label"})),
}
MAX_BAND: Final = 3
_MIN_KNOWN: Final = 0.4
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_PARTS: Final = re.compile(r"\s+/\s+|\n|\s\|\s")
_MAX_HEADER: Final = 120
_NUMERIC: Final = re.compile(r"[+~-]?\d[\d\s.,:/–-]*%?(?:\s?г\.)?")


@dataclass(frozen=True)
class Column:
    """One column of a table: 1-based index, the field it feeds ("" when unknown), header, group or year it counts."""

    index: int
    field: str
    header: str
    group: str = ""
    year: str = ""


@dataclass(frozen=True)
class Band:
    """Header rows with what they were understood as; `score` grows with the fields that were recognised."""

    first: int
    last: int
    dataset: str
    columns: tuple[Column, ...]
    score: float


def read_band(sheet: Sheet, row: int) -> Band | None:
    """The header rows that start at a row, or None when the row starts no header of any dataset."""
    height = 0
    while height < MAX_BAND and _may_be_header(sheet, row + height):
        height += 1
    bands = [band for h in range(1, height + 1) if (band := _best(sheet, row, h))]
    return max(bands, key=lambda band: (band.score, -band.last), default=None)


@lru_cache(maxsize=20_000)
def field_of(dataset: str, header: str) -> str:
    """The field a header names in a dataset, "" when it names none; of a bilingual header any part will do.

    >>> field_of("actions", "Срок / Tähtaeg *"), field_of("topics", "Mis oli teema?")
    ('due_on', 'title')
    """
    words = vocabulary().headers[dataset]
    texts = [header, *_PARTS.split(header)]
    return next((f for f in map(words.exact, texts) if f), None) or next((f for f in map(words.find, texts) if f), "")


def _may_be_header(sheet: Sheet, row: int) -> bool:
    filled = [value for column in range(1, sheet.width + 1) if (value := sheet.value(row, column)) is not None]
    return len(filled) > 1 and not any(_is_data(value) for value in filled)


def _best(sheet: Sheet, row: int, height: int) -> Band | None:
    stacks = {c: stack for c in range(1, sheet.width + 1) if (stack := _stack(sheet, row, height, c))}
    bands = [_band(sheet, (row, row + height - 1), dataset, stacks) for dataset in DATASETS]
    return max((band for band in bands if band), key=lambda band: band.score, default=None)


def _stack(sheet: Sheet, row: int, height: int, column: int) -> tuple[str, ...]:
    """The header texts over a column from top to bottom; a merged or left-standing parent counts for all it covers."""
    texts = []
    for r in range(row, row + height):
        value = sheet.value(r, column)
        below = any(sheet.value(lower, column) is not None for lower in range(r + 1, row + height))
        value = _parent(sheet, r, column) if value is None and below else value
        texts.append(_header_text(value))
    return tuple(dict.fromkeys(filter(None, texts)))


def _parent(sheet: Sheet, row: int, column: int) -> Value:
    for top, left, bottom, right in sheet.merges:
        if top <= row <= bottom and left <= column <= right:
            return sheet.value(top, left)
    if sheet.merges:
        return None
    return next((v for c in range(column - 1, 0, -1) if (v := sheet.value(row, c)) is not None), None)


def _header_text(value: Value) -> str:
    if isinstance(value, float) and value.is_integer() and _YEAR.fullmatch(str(int(value))):
        return str(int(value))
    return plain(value) if isinstance(value, str) else ""


def _band(sheet: Sheet, rows: tuple[int, int], dataset: str, stacks: Mapping[int, Sequence[str]]) -> Band | None:
    columns = tuple(_first_of_each(_column(sheet, rows[1], dataset, (c, stack)) for c, stack in stacks.items()))
    known = [column for column in columns if column.field]
    if len(known) < 2 or len(known) < _MIN_KNOWN * len(columns) or not _signed(dataset, known):
        return None
    own = vocabulary().headers[dataset].codes
    shared = sum(column.field in _PLACE or column.field in {"row_no", "notes", "personal"} for column in known)
    return Band(*rows, dataset, columns, len({c.field for c in known} & own.keys()) - 0.5 * shared + _groups(known))


def _signed(dataset: str, known: Sequence[Column]) -> bool:
    fields = {column.field for column in known} | ({"attendees"} if _groups(known) else set())
    if dataset == "attendance" and _groups(known):
        return bool(fields & _PLACE) and "held_on" in fields
    return all(fields & need for need in SIGNATURES[dataset])


def _groups(columns: Iterable[Column]) -> int:
    return sum(bool(column.group) for column in columns)


def _column(sheet: Sheet, last: int, dataset: str, place: tuple[int, Sequence[str]]) -> Column:
    index, stack = place
    header = " / ".join(stack)
    year = next((text for text in stack if _YEAR.fullmatch(text)), "")
    if dataset == "shares" and year:
        rest = [text for text in stack if text != year]
        return Column(index, field_of("shares", rest[-1]) if rest else "share", header, year=year)
    if dataset in {"discussions", "attendance"} and (group := _group(sheet, last, index, stack)):
        return Column(index, "group_count", header, group=group)
    texts = [" ".join(stack), *reversed(stack)] if len(stack) > 1 else stack
    return Column(index, next((f for text in texts if (f := field_of(dataset, text))), ""), header)


def _group(sheet: Sheet, last: int, index: int, stack: Sequence[str]) -> str:
    """The group whose people the column counts: a group's name over numbers."""
    group = vocabulary().values["group_column"].exact(stack[-1])
    if group is None:
        parts = (vocabulary().values["group_column"].exact(part) for part in _PARTS.split(stack[-1]))
        group = next((part for part in parts if part), None)
    values = [
        v for row in range(last + 1, min(last + 12, len(sheet.cells)) + 1) if (v := sheet.value(row, index)) is not None
    ]
    numbers = sum(read_count(value).value is not None for value in values)
    return group if group and numbers and numbers * 2 >= len(values) else ""


def _first_of_each(columns: Iterable[Column]) -> Iterable[Column]:
    seen: set[str] = set()
    for column in columns:
        repeated = column.field in seen and not (column.group or column.year or column.field in {"notes", "personal"})
        seen.add(column.field)
        yield Column(column.index, "", column.header) if repeated else column


def _is_data(value: Value) -> bool:
    """Whether no header has such a value: a number or date that is no year, or a text too long to name a column."""
    if isinstance(value, str):
        typed = value.strip()
        return len(typed) > _MAX_HEADER or (bool(_NUMERIC.fullmatch(typed)) and not _YEAR.fullmatch(typed))
    return not _header_text(value)
