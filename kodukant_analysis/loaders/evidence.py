"""Evidence: columns told by their values where their headers say nothing; each is said so in an issue."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from kodukant_analysis.loaders.cells import is_denied, is_missing, read_count, read_due, read_yes_no
from kodukant_analysis.loaders.columns import Column, fields_of
from kodukant_analysis.loaders.counts import is_total, number_in
from kodukant_analysis.loaders.dates import read_day, read_period
from kodukant_analysis.loaders.labels import is_answer, is_side
from kodukant_analysis.loaders.questions import code_of, is_question_mark
from kodukant_analysis.loaders.samples import below
from kodukant_analysis.loaders.sheets import Sheet, Value
from kodukant_analysis.loaders.vocabulary import vocabulary
from kodukant_analysis.places import resolve_place, resolve_survey_region
from kodukant_analysis.privacy import Detector, may_be_name

_A_WORD: Final = re.compile(r"[^\W\d_]{3,}")
_SAMPLE: Final = 60
_FEWEST: Final = 3
_MOST: Final = 0.8
# People name their groups in more ways than any list has.
_OF_KIND: Final = {"group": 0.6}
_FEWEST_AGAINST: Final = 2
_OF_WORDS: Final = frozenset({"actions", "topics", "attendance", "discussions"})
_PLACES: Final = frozenset({"place", "municipality", "settlement", "survey_region"})
_SHARED_BY: Final = frozenset({"answer", "survey_region", "question", "wave"})
# The fields whose values are words of a vocabulary, by dataset.
_KINDS: Final[Mapping[str, Mapping[str, str]]] = {
    "discussions": {"status": "discussion_status", "method": "method", "channels": "channel", "language": "language"},
    "attendance": {"group": "group"},
    "topics": {"next_step": "next_step", "raised_by": "group", "category": "category"},
    "actions": {"status": "status", "owners": "group"},
    "answers": {"sex": "sex", "language": "language"},
    "shares": {},
}
_COUNTS: Final = frozenset(
    {"attendees", "invited", "registered", "police_team", "summary_recipients", "points", "participants"}
)
_DAYS: Final = frozenset({"held_on", "planned_on", "summary_sent_on", "agreed_on", "done_on", "reported_on"})
_FIRST_YEAR: Final = 1900
_IN_EVERY_ROW: Final = frozenset({"group", "title", "action"})
# What a column is that only says yes or no of what its header names.
_IS_THERE: Final[Mapping[str, str]] = {"venue": "has_room", "space_holder": "has_local_leader", "lead_officer": ""}
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
    for tell in _TELLERS:
        known = frozenset(column.field for column in told if column.field)
        values = [below(sheet, last, column.index, _SAMPLE) for column in told]
        claims = [
            tell(dataset, under, known) if not (column.field or column.asked) else ""
            for column, under in zip(told, values, strict=True)
        ]
        claims = _of_fullest(claims, [len(under) for under in values])
        told = [
            replace(column, field=claim, by_values=bool(column.header))
            if claim and claims.count(claim) == 1
            else column
            for column, claim in zip(told, claims, strict=True)
        ]
    return tuple(told)


def _of_fullest(claims: Sequence[str], filled: Sequence[int]) -> list[str]:
    """Of several columns that may tell what every row has (its group, its text) the one that most rows have filled."""
    told = list(zip(claims, filled, strict=True))
    most = {field: max(count for claim, count in told if claim == field) for field in _IN_EVERY_ROW & set(claims)}
    return ["" if count < most.get(claim, 0) else claim for claim, count in told]


def is_word_of(dataset: str, field: str, text: str) -> bool:
    """Whether a text is a listed value of a field: "toimus" of a status."""
    kind = _KINDS.get(dataset, {}).get(field)
    return kind is not None and vocabulary().values[kind].exact(text) is not None


def held_against(sheet: Sheet, last: int, dataset: str, column: Column) -> Column:
    """A column as its header names it, or as it may name it too, unless its values cannot be that.

    Where there is only yes and no, a room or a leader is told to be there or not; days are what a label in the corner
    of a table names to its right, not below. A survey may tell anything by the numbers of its code book.
    """
    values = below(sheet, last, column.index, _SAMPLE) if column.field and not column.is_one_of_many else []
    if dataset not in _OF_WORDS or len(values) < _FEWEST_AGAINST:
        return column
    is_label = dataset == "attendance" and column.field in {"held_on", *_PLACES}
    if is_label and _are_words_of("group", values) and not any(read_day(v) or _is_place(v) for v in values):
        return replace(column, field="group", by_values=True)
    if column.field == "raised_by" and sum(map(_is_person, values)) * 2 >= len(values):
        return replace(column, field="personal")
    if column.field in _IS_THERE and all(_is_yes_or_no(value) for value in values):
        return replace(column, field=_IS_THERE[column.field])
    named = (column.field, *fields_of(dataset, column.header))
    return replace(column, field=next((field for field in named if _may_be(dataset, field, values)), ""))


def _may_be(dataset: str, field: str, values: Values) -> bool:
    """Whether values may be of a field: numbers are no words, places or days, and days are no counts and no places."""
    if field in _COUNTS:
        return not all(isinstance(value, date) for value in values)
    if field == "timestamp":
        return any(read_day(value) for value in values)
    numbers = [number_in(value) for value in values]
    if field in _PLACES and all(read_day(value) or is_total(str(value)) for value in values):
        return False
    if field in {*_KINDS.get(dataset, {}), *_PLACES}:
        return None in numbers
    if field not in _DAYS:
        return True
    are_small = all(number is not None and number < _FIRST_YEAR for number in numbers)
    return not are_small and any(map(_may_be_day, values))


def _may_be_day(value: Value) -> bool:
    """Whether a value may stand for a day that is mistyped, rough or not known yet."""
    is_typed_so = not isinstance(value, str) or is_missing(value) or any(map(str.isdigit, value))
    return is_typed_so or read_period(value, _FIRST_YEAR) is not None


def _is_person(value: Value) -> bool:
    return isinstance(value, str) and may_be_name(value) and "name" in Detector().kinds(value)


def _is_yes_or_no(value: Value) -> bool:
    return read_yes_no(value).value is not None or is_denied(value)


def _by_words(dataset: str, values: Values, known: frozenset[str]) -> str:
    fields = _KINDS.get(dataset, {}).items()
    return next((field for field, kind in fields if field not in known and _are_words_of(kind, values)), "")


def _are_words_of(kind: str, values: Values) -> bool:
    """Whether nearly all values are words of a vocabulary, not all the same, and not only yes and no."""
    if len(values) < _FEWEST or all(read_yes_no(value).value is not None for value in values):
        return False
    known = [code for value in values if isinstance(value, str) and (code := vocabulary().values[kind].find(value))]
    return len(known) >= _OF_KIND.get(kind, _MOST) * len(values) and len(set(known)) > 1


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
    is_asked = dataset != "shares" and not known & _PLACES
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
    return isinstance(value, str) and " " in value.strip() and bool(_A_WORD.search(value)) and not read_day(value)


def _by_questions(dataset: str, values: Values, known: frozenset[str]) -> str:
    """In a survey of one row an answer, the column that asks: that of its texts, among which is a known question."""
    is_told = dataset != "answers" or "question" in known or not any(code_of(v) for v in values if isinstance(v, str))
    return "" if is_told or not _mostly(values, _is_question) else "question"


def _is_question(value: Value) -> bool:
    return isinstance(value, str) and (is_question_mark(value) or code_of(value) is not None)


def _by_answers(dataset: str, values: Values, known: frozenset[str]) -> str:
    """Beside a column that asks, the column that answers."""
    is_asked = dataset == "answers" and "question" in known and "answer" not in known
    return "answer" if is_asked and _mostly(values, _is_answer) else ""


def _is_answer(value: Value) -> bool:
    return isinstance(value, str) and is_answer(value)


def _by_shared(dataset: str, values: Values, known: frozenset[str]) -> str:
    """What published shares are of, where the column that says it has no header of its own."""
    if dataset != "shares" or known & _SHARED_BY:
        return ""
    texts = [value for value in values if isinstance(value, str)]
    fits: dict[str, Callable[[str], object]] = {"answer": _is_said, "survey_region": resolve_survey_region}
    return next(
        (field for field, is_one in fits.items() if 1 < len(texts) <= 2 * sum(map(bool, map(is_one, texts)))), ""
    )


def _is_said(text: str) -> bool:
    return is_answer(text) or is_side(text)


def _mostly(values: Values, fits: Callable[[Value], bool]) -> bool:
    return len(values) >= _FEWEST and sum(map(fits, values)) >= _MOST * len(values)


_TELLERS: Final = (
    _by_words,
    _by_days,
    _by_dues,
    _by_places,
    _by_counts,
    _by_texts,
    _by_questions,
    _by_answers,
    _by_shared,
)
