"""Cells: a value of a sheet as a value of the records, or the rule that names why it is none."""

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Final, NamedTuple

from kodukant_analysis.loaders.counts import count_in, number_in
from kodukant_analysis.loaders.dates import ROMAN, read_period, read_time
from kodukant_analysis.loaders.sheets import Value
from kodukant_analysis.loaders.vocabulary import cached_by_words, vocabulary
from kodukant_analysis.loaders.wording import as_typed, key, plain

_ORDINAL: Final = re.compile(r"(\d{1,9})\s*\.?")
_SHORT: Final = 4
_ANY_YEAR: Final = 2000
_SEPARATORS: Final = re.compile(r"[,;/|\n+&()]|\s(?:ja|и|and|ning|koos|вместе с)\s")
# What leads a due date: "до 01.09.2020", "hiljemalt 1. maiks".
_BY: Final = re.compile(r"^\s*(?:hiljemalt|kuni|до|не позднее|by|until)\s+(?=\d)", re.IGNORECASE)
# No cell counts or numbers more than this, nor is a longer text one number, day or word of a list.
_MOST: Final = 10_000_000
_LONGEST_NUMBER: Final = 60
_LONGEST_LIST: Final = 1_000
_BULLET: Final = re.compile(r"(?m)^\s*(?:\d+[.)]|[-•–*])\s*")


class Reading(NamedTuple):
    """What a cell gave: a value, or None with the rule it breaks; `extra` sets other columns of the record."""

    value: Any = None
    rule: str = ""
    extra: dict[str, Any] = {}  # noqa: RUF012  (never changed in place)


Parser = Callable[[Value], Reading]


def is_missing(value: Value) -> bool:
    """Whether a cell says that nothing is known: blank, "-", "puudub", "нет данных", an error value."""
    if value is None:
        return True
    return isinstance(value, str) and (not value.strip() or _bare(value) in _missing_words())


def read_text(value: Value) -> Reading:
    """A text as typed, on one line."""
    return Reading(as_typed(value) if isinstance(value, str) else None if value is None else _as_text(value))


def read_date(value: Value, year: int | None = None) -> Reading:
    """A day; a quarter or a season is `imprecise-date`, anything else `unreadable-date`."""
    if is_missing(value):
        return Reading()
    period = read_period(value, year)
    if period is None:
        return Reading(rule="imprecise-date" if _is_stretch(value) else "unreadable-date")
    return Reading(period.first) if period.is_day else Reading(rule="imprecise-date")


def _is_stretch(value: Value) -> bool:
    """Whether a cell names a quarter, a season or a month whose year only is not known."""
    period = read_period(value, _ANY_YEAR)
    return period is not None and not period.is_day


def read_due(value: Value, agreed: date | None) -> Reading:
    """A due date with its kind: dated, period_end (its last day), continuous or undated; the text as typed is kept."""
    if value is None:
        return Reading()
    typed = {"due_as_typed": _as_text(value)}
    kind = _kind_of_due(key(_as_text(value)))
    if kind or is_missing(value):
        return Reading(extra={**typed, "due_kind": kind or "undated"})
    value = _BY.sub("", value) if isinstance(value, str) else value
    period = read_period(value, agreed.year if agreed else None)
    if period and agreed and period.last < agreed and not read_period(value):
        period = read_period(value, agreed.year + 1)
    if period is None and _is_stretch(value):
        return Reading(rule="imprecise-date", extra={**typed, "due_kind": "period_end"})
    if period is None:
        return Reading(rule="unreadable-date", extra=typed)
    return Reading(period.last, extra={**typed, "due_kind": "dated" if period.is_day else "period_end"})


def _kind_of_due(typed: str) -> str:
    """Whether a due date is none, or comes again and again: "igal laadal"."""
    kinds = (kind for kind in ("continuous", "undated") if typed in vocabulary().keys("due", kind))
    is_repeated = typed.split(" ", maxsplit=1)[0] in vocabulary().keys("due", "every")
    return next(kinds, "continuous" if is_repeated else "")


def read_clock(value: Value) -> Reading:
    """A time of day."""
    if is_missing(value):
        return Reading()
    moment = read_time(value)
    return Reading(moment) if moment else Reading(rule="unreadable-time")


def read_count(value: Value) -> Reading:
    """A count of people or things; `extra["is_approximate"]` tells "ca 20", "15-20", "paarkümmend" from 20."""
    if is_missing(value):
        return Reading()
    if isinstance(value, float):
        return Reading(int(value)) if 0 <= value <= _MOST and value.is_integer() else Reading(rule="unreadable-count")
    if not isinstance(value, str) or len(value) > _LONGEST_NUMBER:
        return Reading(rule="unreadable-count")
    count = count_in(plain(value).casefold())
    if count is None or count[0] > _MOST:
        return Reading(rule="unreadable-count")
    return Reading(count[0], extra={"is_approximate": count[1]})


def read_exact_count(value: Value) -> Reading:
    """A count whose being approximate the record has no column for."""
    return read_count(value)._replace(extra={})


def read_ordinal(value: Value) -> Reading:
    """A place in an order: 3, "3", "3."."""
    if is_missing(value):
        return Reading()
    found = _ORDINAL.fullmatch(_as_text(value))
    return Reading(int(found[1])) if found and int(found[1]) <= _MOST else Reading(rule="unreadable-count")


def read_round(value: Value) -> Reading:
    """The number of a round: 2, "II voor", "Round 2"."""
    if is_missing(value):
        return Reading()
    words = key(_as_text(value)).split()
    numbers = [number for word in words if (number := ROMAN.get(word) or _small_number(word))]
    return Reading(numbers[0]) if numbers else Reading(rule="unreadable-count")


def _small_number(word: str) -> int:
    return int(word) if word.isdecimal() and len(word) < len(str(_MOST)) else 0


def read_number(value: Value) -> Reading:
    """A number with decimal point or comma, with or without thousands spaces."""
    if is_missing(value):
        return Reading()
    number = number_in(value) if len(_as_text(value)) <= _LONGEST_NUMBER else None
    return Reading(number) if number is not None else Reading(rule="unreadable-number")


def read_share(value: Value) -> Reading:
    """A share in [0, 1] typed as 0.5, "50%", "50 %", 50 or "66,7%"."""
    if is_missing(value):
        return Reading()
    typed = _as_text(value)
    number = number_in(typed.replace("%", "").strip()) if isinstance(value, str) else number_in(value)
    if number is None or not 0 <= number <= 100:
        return Reading(rule="unreadable-share")
    return Reading(round(number / 100, 6) if "%" in typed or number > 1 else number)


def read_yes_no(value: Value) -> Reading:
    """Yes or no in words or signs; a blank is missing."""
    if isinstance(value, bool):
        return Reading(value)
    if value is None:
        return Reading()
    answer = vocabulary().values["yes_no"].exact(_as_text(value))
    if answer is None and is_missing(value):
        return Reading()
    return Reading(answer == "yes") if answer else Reading(rule="unreadable-yes-no")


def read_has(value: Value) -> Reading:
    """Yes or no; anything else that stands there (a name, a place) says that there is one, unless it is denied."""
    reading = read_yes_no(value)
    return Reading(not is_denied(value)) if reading.rule else reading


def is_denied(value: Value) -> bool:
    """Whether a short text begins or ends with a negation: "ei ole broneeritud", "ещё нет"."""
    words, denials = key(_as_text(value)).split(), vocabulary().keys("negation", "words")
    return 0 < len(words) <= _SHORT and (words[0] in denials or words[-1] in denials)


def code_reader(kind: str, fallback: str | None = None) -> Parser:
    """A reader of one code of a vocabulary; an unknown word gives the fallback and the rule `unknown-<kind>`."""

    def read(value: Value) -> Reading:
        if value is None:
            return Reading()
        code = vocabulary().values[kind].find(_as_text(value))
        if code is None and is_missing(value):
            return Reading()
        return Reading(code) if code else Reading(fallback, rule=f"unknown-{kind.replace('_', '-')}")

    return read


def codes_in(kind: str, value: Value) -> tuple[list[str], list[str]]:
    """The codes of a cell with several words ("politsei, vald"), in order, and the words that are in no vocabulary."""
    words = vocabulary().values[kind]
    text = _as_text(value)
    if len(text) > _LONGEST_LIST:
        return [], [text]
    whole = words.exact(text)
    if whole:
        return [whole], []
    parts = [part.strip() for part in _SEPARATORS.split(str(value)) if part.strip()]
    found = {part: words.find(part) for part in parts}
    return list(dict.fromkeys(filter(None, found.values()))), [part for part, code in found.items() if code is None]


def items_in(value: Value) -> list[str]:
    """The items of a list typed into one cell: by line, number, bullet or semicolon.

    >>> items_in("1) kaamera\\n2) ühine reid"), items_in("kaamera; koolitus")
    (['kaamera', 'ühine reid'], ['kaamera', 'koolitus'])
    """
    text = _BULLET.sub("\n", str(value)) if isinstance(value, str) else ""
    return [item.strip() for item in re.split(r"[;\n]", text) if item.strip()]


def _as_text(value: Value) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime | date):
        return f"{value:%d.%m.%Y}"
    return plain(str(value))


def _bare(text: str) -> str:
    return plain(text).casefold()


@cached_by_words
def _missing_words() -> frozenset[str]:
    return frozenset(word.casefold() for word in vocabulary().words["missing"]["words"])
