"""Evidence: columns told by their values where their headers say nothing; each is said so in an issue."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from kodukant_analysis.loaders.cells import read_count, read_due, read_yes_no
from kodukant_analysis.loaders.columns import Column
from kodukant_analysis.loaders.dates import read_day
from kodukant_analysis.loaders.sheets import Sheet, Value
from kodukant_analysis.loaders.vocabulary import vocabulary
from kodukant_analysis.places import resolve_place

SAMPLE: Final = 60
FEWEST: Final = 3
MOST: Final = 0.8
_PLACES: Final = frozenset({"place", "municipality", "settlement"})
# The fields whose values are words of a vocabulary, by dataset.
_KINDS: Final[Mapping[str, Mapping[str, str]]] = {
    "discussions": {"status": "discussion_status", "method": "method", "channels": "channel", "language": "language"},
    "attendance": {"group": "group"},
    "topics": {"next_step": "next_step", "raised_by": "group", "category": "category"},
    "actions": {"status": "status", "owners": "group"},
}
# The field that is a text of its own in every row, and those of which two make sure what kind of table it is.
_TEXTS: Final[Mapping[str, tuple[str, frozenset[str]]]] = {
    "topics": (
        "title",
        frozenset({"topic_no", "raised_by", "points", "participants", "rank", "next_step", "category"}),
    ),
    "actions": ("action", frozenset({"owners", "due_on", "status", "done_on", "reported_on", "progress_share"})),
}

Values = Sequence[Value]


def told_by_values(sheet: Sheet, last: int, dataset: str, columns: Sequence[Column]) -> tuple[Column, ...]:
    """The columns of a table whose header ends in row `last`; unknown ones named where their values leave no doubt.

    A field is given to a column only if no header names it, and if no other unknown column has as good a claim.
    """
    told = list(columns)
    if dataset not in _KINDS or all(column.field for column in columns):
        return tuple(told)
    for tell in (_by_words, _by_days, _by_dues, _by_places, _by_counts, _by_texts):
        known = frozenset(column.field for column in told if column.field)
        claims = [tell(dataset, _below(sheet, last, c), known) if not c.field else "" for c in told]
        told = [
            replace(column, field=claim, by_values=True) if claim and claims.count(claim) == 1 else column
            for column, claim in zip(told, claims, strict=True)
        ]
    return tuple(told)


def _by_words(dataset: str, values: Values, known: frozenset[str]) -> str:
    fields = _KINDS.get(dataset, {}).items()
    return next((field for field, kind in fields if field not in known and _are_words_of(kind, values)), "")


def _are_words_of(kind: str, values: Values) -> bool:
    """Whether nearly all values are words of a vocabulary, not all the same, and not only yes and no."""
    if len(values) < FEWEST or all(read_yes_no(value).value is not None for value in values):
        return False
    known = [code for value in values if isinstance(value, str) and (code := vocabulary().values[kind].find(value))]
    return len(known) >= MOST * len(values) and len(set(known)) > 1


def _by_days(dataset: str, values: Values, known: frozenset[str]) -> str:
    is_asked = dataset in {"discussions", "attendance", "topics"} and not known & {"held_on", "planned_on"}
    return "held_on" if is_asked and _mostly(values, lambda value: read_day(value) is not None) else ""


def _by_dues(dataset: str, values: Values, known: frozenset[str]) -> str:
    """Due dates are told from other days by those that are typed in words ("pidevalt", "IV kv 2018")."""
    if dataset != "actions" or "due_on" in known or not _mostly(values, _is_due):
        return ""
    return "due_on" if any(read_due(value, None).extra.get("due_kind") != "dated" for value in values) else ""


def _is_due(value: Value) -> bool:
    return "due_kind" in read_due(value, None).extra


def _by_places(dataset: str, values: Values, known: frozenset[str]) -> str:
    is_asked = dataset in _KINDS and not known & _PLACES
    return "place" if is_asked and _mostly(values, _is_place) else ""


def _is_place(value: Value) -> bool:
    return isinstance(value, str) and len(value) < 60 and resolve_place(value).municipality_code is not None


def _by_counts(dataset: str, values: Values, known: frozenset[str]) -> str:
    """In a table of groups without names, the numbers are those of the people."""
    is_asked = dataset == "attendance" and "group" in known and not known & {"attendees", "name", "first_name"}
    return "attendees" if is_asked and _mostly(values, lambda value: read_count(value).value is not None) else ""


def _by_texts(dataset: str, values: Values, known: frozenset[str]) -> str:
    field, witnesses = _TEXTS.get(dataset, ("", frozenset()))
    is_asked = field and field not in known and len(known & witnesses) > 1
    return field if is_asked and _mostly(values, _is_text) and len(set(values)) * 2 > len(values) else ""


def _is_text(value: Value) -> bool:
    return isinstance(value, str) and " " in value.strip() and not read_day(value)


def _mostly(values: Values, fits: Callable[[Value], bool]) -> bool:
    return len(values) >= FEWEST and sum(map(fits, values)) >= MOST * len(values)


def _below(sheet: Sheet, last: int, column: Column) -> list[Value]:
    rows = range(last + 1, min(last + SAMPLE, len(sheet.cells)) + 1)
    return [value for row in rows if (value := sheet.value(row, column.index)) is not None]
