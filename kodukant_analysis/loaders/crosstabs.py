"""Crosstabs: what stands over a column and under it as one of many: a group, a discussion, a day, a year, an answer."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from kodukant_analysis.loaders.cells import read_count, read_yes_no
from kodukant_analysis.loaders.columns import (
    PARTS,
    YEAR,
    Column,
    field_of,
    fields_of,
    header_text,
    names_discussion,
)
from kodukant_analysis.loaders.counts import is_part, is_total, without_part
from kodukant_analysis.loaders.dates import find_days, read_day, read_period
from kodukant_analysis.loaders.questions import code_of, is_question_mark
from kodukant_analysis.loaders.samples import below, mostly
from kodukant_analysis.loaders.sheets import Sheet, Value
from kodukant_analysis.loaders.surveys import asked, share_of
from kodukant_analysis.loaders.vocabulary import vocabulary
from kodukant_analysis.loaders.wording import key, without_brackets

_FEWEST: Final = 2
_ANY_YEAR: Final = 2000


def read_column(sheet: Sheet, last: int, dataset: str, place: tuple[int, Sequence[str]]) -> Column:
    """The column at an index under a stack of header texts whose lowest row is `last`, as a dataset understands it."""
    index, stack = place
    one_of_many = _READERS.get(dataset, _no_column)(sheet, last, index, stack)
    if one_of_many:
        return one_of_many
    texts = [" ".join(stack), stack[-1], *_own_above(sheet, last, index, stack)] if len(stack) > 1 else stack
    fields = [f for text in texts if (f := field_of(dataset, text))]
    field = "group" if "group" in fields else next(iter(fields), "")
    return Column(index, field, " / ".join(stack))


def with_marks(sheet: Sheet, last: int, columns: Sequence[Column]) -> list[Column]:
    """The columns; in a list of persons those under a discussion are marks of who was there, other numbers are not."""
    is_list = any(column.field in {"name", "first_name"} for column in columns)
    return [
        replace(column, field="", at="")
        if is_list and column.field == "count_at" and not mostly(sheet, last, column.index, _is_mark)
        else column
        for column in columns
    ]


def with_states(sheet: Sheet, last: int, columns: Sequence[Column]) -> list[Column]:
    """The columns of a plan; several states of actions side by side, with marks below, are one state told by marks."""
    states = {column.index: code for column in columns if (code := _state_marked(sheet, last, column))}
    if len(set(states.values())) < _FEWEST:
        return list(columns)
    return [replace(c, field="status_mark", at=states[c.index]) if c.index in states else c for c in columns]


def are_days(sheet: Sheet, row: int) -> bool:
    """Whether a row holds nothing but days and totals over columns: the days of what the columns stand for."""
    cells = {c: value for c in range(1, sheet.width + 1) if (value := sheet.value(row, c)) is not None}
    days = [value for value in cells.values() if read_day(value)]
    others = [value for value in cells.values() if not read_day(value)]
    return len(days) >= _FEWEST and 1 not in cells and all(is_total(header_text(value)) for value in others)


def corner(sheet: Sheet, rows: tuple[int, int], stacks: Mapping[int, Sequence[str]]) -> dict[int, tuple[str, ...]]:
    """The column of labels left of headers that name discussions, where nothing stands over it."""
    left = min(stacks, default=0) - 1
    if left < 1 or not any(isinstance(value, str) for value in below(sheet, rows[1], left)):
        return {}
    named = sum(names_discussion(" ".join(stack)) for stack in stacks.values())
    return {left: ("",)} if named >= _FEWEST else {}


def is_count(value: Value) -> bool:
    """Whether a value counts something."""
    return read_count(value).value is not None


def _own_above(sheet: Sheet, last: int, index: int, stack: Sequence[str]) -> list[str]:
    """The upper header texts that stand over this column alone; one that spans several names none of them."""
    rows = range(last - 1, max(last - len(stack), 0), -1)
    alone = [row for row in rows if sheet.value(row, index) is not None and not _spans(sheet, row, index)]
    return [header_text(sheet.value(row, index)) for row in alone]


def _spans(sheet: Sheet, row: int, column: int) -> bool:
    """Whether a header covers the columns to its right too: merged, or left standing over blank cells."""
    if box := sheet.merged_homes.get((row, column)):
        return box[3] > box[1]
    return sheet.value(row, column + 1) is None and sheet.value(row + 1, column + 1) is not None


def _no_column(_sheet: Sheet, _last: int, _index: int, _stack: Sequence[str]) -> Column | None:
    return None


def _counted(sheet: Sheet, last: int, index: int, stack: Sequence[str]) -> Column | None:
    """A column that counts the people of a group, in a table of discussions."""
    group = _group_over(sheet, last, index, stack, is_count)
    return Column(index, "group_count", " / ".join(stack), group=group) if group else None


def _marked(sheet: Sheet, last: int, index: int, stack: Sequence[str]) -> Column | None:
    """A column that marks the people of a group, in a list of persons."""
    group = _group_over(sheet, last, index, stack, _is_mark)
    return Column(index, "group_mark", " / ".join(stack), group=group) if group else None


def _counted_or_at(sheet: Sheet, last: int, index: int, stack: Sequence[str]) -> Column | None:
    """A column that counts the people of a group, or the people of a discussion."""
    counted = _counted(sheet, last, index, stack) or _marked(sheet, last, index, stack)
    is_other = any(field_of("attendance", text) for text in stack) or is_total(stack[-1])
    if counted or is_other or not names_discussion(" ".join(stack)):
        return counted
    if not mostly(sheet, last, index, lambda value: is_count(value) or _is_mark(value)):
        return None
    return Column(index, "count_at", " / ".join(stack), at=" ".join(stack))


def _counted_or_month(sheet: Sheet, last: int, index: int, stack: Sequence[str]) -> Column | None:
    """A column that counts the people of a group, or those of the discussions of a month, a day or a place."""
    counted = _counted(sheet, last, index, stack)
    is_one = not field_of("discussions", stack[-1]) and (_is_month(stack[-1]) or names_discussion(stack[-1]))
    if counted or not is_one or not mostly(sheet, last, index, is_count):
        return counted
    if not _is_said(sheet, last, "discussions", "attendees"):
        return None
    return Column(index, "attendees_at", " / ".join(stack), at=stack[-1])


def _is_month(text: str) -> bool:
    period = read_period(text, _ANY_YEAR)
    return period is not None and not period.is_day and not YEAR.fullmatch(text)


def _points_at(sheet: Sheet, last: int, index: int, stack: Sequence[str]) -> Column | None:
    """A column of numbers that topics were given at a discussion; points where that is said above it."""
    is_other = any(field_of("topics", text) for text in stack) or is_total(stack[-1])
    if is_other or not names_discussion(" ".join(stack)) or not mostly(sheet, last, index, is_count):
        return None
    field = "points_at" if _is_said(sheet, last, "topics", "points") else "topic_at"
    return Column(index, field, " / ".join(stack), at=" ".join(stack))


def _is_said(sheet: Sheet, last: int, dataset: str, field: str) -> bool:
    """Whether a title above the header, or the name of the sheet or file, speaks of a field of a dataset."""
    rows = ([v for c in range(1, sheet.width + 1) if (v := sheet.value(row, c)) is not None] for row in range(1, last))
    titles = [value for row in rows if len(row) <= _FEWEST for value in row if isinstance(value, str)]
    file = sheet.file.rpartition("/")[2].rpartition(".")[0].replace("_", " ")
    return any(field in fields_of(dataset, text) for text in (sheet.name, file, *titles))


def _owner_or_state(sheet: Sheet, last: int, index: int, stack: Sequence[str]) -> Column | None:
    """A column that marks a group as owner, or tells the states of actions on a day."""
    header = " / ".join(stack)
    group = _group_over(sheet, last, index, stack, _is_mark)
    if group:
        return Column(index, "owner_mark", header, group=group)
    if len(stack) > 1 and read_day(stack[-1]) and field_of("actions", stack[-2]) in {"status", "reported_on"}:
        return Column(index, "status_at", header, at=" ".join(stack))
    is_state = field_of("actions", stack[-1]) in {"status", "reported_on", ""} and _starts_with_state(stack[-1])
    return Column(index, "status_at", header, at=stack[-1]) if is_state else None


def _starts_with_state(text: str) -> bool:
    words = vocabulary().keys("rows", "reported")
    return any(key(text).startswith(f"{word} ") for word in words) and any(True for _ in find_days(text))


_READERS: Final[Mapping[str, Callable[[Sheet, int, int, Sequence[str]], Column | None]]] = {
    "discussions": _counted_or_month,
    "topics": _points_at,
    "attendance": _counted_or_at,
    "actions": _owner_or_state,
    "shares": share_of,
    "answers": asked,
}


def _group_over(sheet: Sheet, last: int, index: int, stack: Sequence[str], fits: Callable[[Value], bool]) -> str:
    """The group named over a column, if most of the values under it fit; by stems only where it is no other field."""
    texts = [without_part(without_brackets(text)) for text in (stack[-1], *PARTS.split(stack[-1]))]
    lookups = [vocabulary().values["group_column"].exact, vocabulary().values["group"].exact]
    is_split = any(is_part(parent) for parent in stack[:-1])
    is_other = field_of("discussions", stack[-1]) or field_of("actions", stack[-1])
    if is_split or not (is_other or vocabulary().values["question"].find(stack[-1])):
        lookups.append(vocabulary().values["group"].find)
    parents = list(reversed(stack[:-1])) if not field_of("discussions", stack[-1]) else []
    group = next((code for look_up in lookups for text in [*texts, *parents] if (code := look_up(text))), "")
    if not group or (is_question_mark(stack[-1]) and code_of(stack[-1])):
        return ""
    return group if mostly(sheet, last, index, fits) else ""


def _state_marked(sheet: Sheet, last: int, column: Column) -> str:
    """The state of actions that a column is headed by, if nothing but marks stands below it."""
    code = vocabulary().values["status"].exact(column.header.rpartition(" / ")[2])
    values = below(sheet, last, column.index)
    is_one = column.field in {"", "status", "done_on"} and not column.is_one_of_many
    return code if code and is_one and values and all(map(_is_mark, values)) else ""


def _is_mark(value: Value) -> bool:
    return read_yes_no(value).value is not None
