"""Columns: what the words over a column, and the values under it, say that the column holds."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from kodukant_analysis.loaders.cells import read_count, read_yes_no
from kodukant_analysis.loaders.dates import find_days
from kodukant_analysis.loaders.sheets import Sheet, Value
from kodukant_analysis.loaders.vocabulary import cached_by_words, vocabulary
from kodukant_analysis.loaders.wording import key, plain
from kodukant_analysis.places import has_name_of_place, resolve_place, resolve_survey_region

RESPONDENTS: Final = re.compile(r"[Nn]\s*=\s*(\d{1,7})(?!\d)")
YEAR: Final = re.compile(r"(?:19|20)\d\d")
PARTS: Final = re.compile(r"\s+/\s+|\n|\s\|\s")
_BROKEN_WORD: Final = re.compile(r"-\s*\n\s*")
_CAMEL: Final = re.compile(r"(?<=[a-zõäöüšž])(?=[A-ZÕÄÖÜŠŽ])")
_IN_BRACKETS: Final = re.compile(r"\(([^()]+)\)")
_QUESTION_CODE: Final = re.compile(r"[^\W\d_]{1,3}[ _.]?\d{1,3}[a-z]?(?:[._]\d{1,2})?")
_SAMPLE: Final = 12
_SHORT: Final = 30
_ANSWERS: Final = ("answer.agree4", "answer.likert5", "answer.yes_no", "dont_know")


@dataclass(frozen=True)
class Column:
    """One column of a table: its 1-based index, the field it feeds ("" when unknown) and its header.

    A column that stands for one of many has also its `group` (people counted, or marked as owners), its `year` (of
    shares), its `answer` (of shares) or its `at` (the discussion whose people are counted, the day of a state, the
    region of a share).
    `by_values` tells that its header was not understood, but nearly all its values are words of one vocabulary.
    """

    index: int
    field: str
    header: str
    group: str = ""
    year: str = ""
    at: str = ""
    answer: str = ""
    by_values: bool = False

    @property
    def is_one_of_many(self) -> bool:
        return bool(self.group or self.year or self.at or self.answer)


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
    """Every field a header may name in a dataset, the likeliest first."""
    words = vocabulary().headers[dataset]
    texts = [header, *PARTS.split(header), *_IN_BRACKETS.findall(header), with_spaces(header)]
    exact = [field for field in map(words.exact, texts) if field]
    by_stems = [field for text in texts for field in words.find_all(text) if _may_feed(field, header)]
    return tuple(dict.fromkeys([*exact, *by_stems]))


def with_spaces(header: str) -> str:
    """A header typed as one word apart at its capitals: "KohtJaPäev"."""
    return _CAMEL.sub(" ", header)


def asks(header: str) -> bool:
    """Whether a header is a question of a survey, or the short name of one.

    >>> asks("Kui tihti Te käite metsas?"), asks("K12_1"), asks("Tähtaeg")
    (True, True, False)
    """
    typed = plain(header).rstrip(" *:")
    is_code = _QUESTION_CODE.fullmatch(typed)
    return typed.endswith("?") or bool(is_code or vocabulary().values["question"].find(typed))


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
    return has_name_of_place(header) and resolve_place(header).municipality_code is not None


def header_text(value: Value) -> str:
    """A value as a header: a text, a year, or the day of a discussion."""
    if isinstance(value, float) and value.is_integer() and YEAR.fullmatch(str(int(value))):
        return str(int(value))
    if isinstance(value, date | datetime):
        return f"{value:%d.%m.%Y}"
    return plain(_BROKEN_WORD.sub("", value)) if isinstance(value, str) else ""


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
    group = _group_over(sheet, last, index, stack, _is_count)
    return Column(index, "group_count", " / ".join(stack), group=group) if group else None


def _marked(sheet: Sheet, last: int, index: int, stack: Sequence[str]) -> Column | None:
    """A column that marks the people of a group, in a list of persons."""
    group = _group_over(sheet, last, index, stack, _is_mark)
    return Column(index, "group_mark", " / ".join(stack), group=group) if group else None


def _counted_or_at(sheet: Sheet, last: int, index: int, stack: Sequence[str]) -> Column | None:
    """A column that counts the people of a group, or the people of a discussion."""
    counted = _counted(sheet, last, index, stack) or _marked(sheet, last, index, stack)
    if counted or any(field_of("attendance", text) for text in stack) or not names_discussion(" ".join(stack)):
        return counted
    return Column(index, "count_at", " / ".join(stack), at=" ".join(stack))


def _owner_or_state(sheet: Sheet, last: int, index: int, stack: Sequence[str]) -> Column | None:
    """A column that marks a group as owner, or tells the states of actions on a day."""
    header = " / ".join(stack)
    group = _group_over(sheet, last, index, stack, _is_mark)
    if group:
        return Column(index, "owner_mark", header, group=group)
    is_state = field_of("actions", stack[-1]) in {"status", "reported_on", ""} and _starts_with_state(stack[-1])
    return Column(index, "status_at", header, at=stack[-1]) if is_state else None


def _share_of(sheet: Sheet, _last: int, index: int, stack: Sequence[str]) -> Column | None:
    """A column of published shares of a year or of a survey region."""
    header, year = " / ".join(stack), next(iter(YEAR.findall(" ".join(stack))), "")
    stack = [text for text in stack if not RESPONDENTS.fullmatch(text)] or stack
    rest = [text for text in stack if not YEAR.search(text)]
    if year and len(" ".join(stack)) < _SHORT:
        return Column(index, (field_of("shares", rest[-1]) if rest else "") or "share", header, year=year)
    region = resolve_survey_region(stack[-1])
    if region:
        return Column(index, "share", header, at=region.name)
    is_answer = any(vocabulary().values[kind].exact(stack[-1]) for kind in _ANSWERS)
    return Column(index, "share", header, answer=stack[-1]) if is_answer else None


def _starts_with_state(text: str) -> bool:
    words = vocabulary().keys("rows", "reported")
    return any(key(text).startswith(f"{word} ") for word in words) and any(True for _ in find_days(text))


_READERS: Final[Mapping[str, Callable[[Sheet, int, int, Sequence[str]], Column | None]]] = {
    "discussions": _counted,
    "attendance": _counted_or_at,
    "actions": _owner_or_state,
    "shares": _share_of,
}


def _group_over(sheet: Sheet, last: int, index: int, stack: Sequence[str], fits: Callable[[Value], bool]) -> str:
    """The group named over a column, if most of the values under it fit; by stems only where it is no other field."""
    texts = [stack[-1], *PARTS.split(stack[-1])]
    lookups = [vocabulary().values["group_column"].exact, vocabulary().values["group"].exact]
    if not field_of("discussions", stack[-1]) and not field_of("actions", stack[-1]):
        lookups.append(vocabulary().values["group"].find)
    parents = list(reversed(stack[:-1])) if not field_of("discussions", stack[-1]) else []
    group = next((code for look_up in lookups for text in [*texts, *parents] if (code := look_up(text))), "")
    if not group:
        return ""
    values = _below(sheet, last, index, _SAMPLE)
    fitting = sum(map(fits, values))
    return group if fitting and fitting * 2 >= len(values) else ""


def _below(sheet: Sheet, last: int, index: int, most: int) -> list[Value]:
    rows = range(last + 1, min(last + most, len(sheet.cells)) + 1)
    return [value for row in rows if (value := sheet.value(row, index)) is not None]


def _is_count(value: Value) -> bool:
    return read_count(value).value is not None


def _is_mark(value: Value) -> bool:
    return read_yes_no(value).value is not None
