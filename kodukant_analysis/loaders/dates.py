"""Dates: a cell as a day, a stretch of days or a time of day, in every form people type; never month first."""

import calendar
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Final, NamedTuple

from kodukant_analysis.loaders.sheets import Value
from kodukant_analysis.loaders.vocabulary import cached_by_words, vocabulary
from kodukant_analysis.loaders.wording import key, plain

_EPOCH: Final = date(1899, 12, 30)
_SERIALS: Final = range(20_000, 80_000)
_DASH: Final = r"\s*(?:-|–|—|kuni|ja|до|и|to)\s*"
_YEAR: Final = r"(?P<year>(?:19|20)\d\d|\d\d)"
_DAY_MONTH: Final = r"(?P<day>\d{1,2})(?:\s*[./-]\s*|\s+)(?P<month>\d{1,2})"
_SUFFIX: Final = r"\.?\s*(?:г|года|a|aasta|aastal)?\.?"
_NUMERIC: Final = re.compile(rf"{_DAY_MONTH}(?:\s*[./-]\s*|\s+){_YEAR}(?!\d){_SUFFIX}")
_NO_YEAR: Final = re.compile(rf"{_DAY_MONTH}\.?")
_ISO: Final = re.compile(r"(?P<year>(?:19|20)\d\d)[-./](?P<month>\d{1,2})[-./](?P<day>\d{1,2})(?:[T ][\d:.]+)?")
_IN_WORDS: Final = re.compile(rf"(?P<day>\d{{1,2}})\.?\s*(?P<word>[^\W\d_]{{3,}})\.?(?:\s+{_YEAR}(?!\d){_SUFFIX})?")
_ROMAN: Final = re.compile(
    rf"(?P<day>\d{{1,2}})\s*[./ -]\s*(?P<roman>[IVX]{{1,4}})(?:\s*[./ -]\s*{_YEAR}(?!\d){_SUFFIX})?"
)
_YEAR_FIRST: Final = re.compile(
    r"(?P<year>(?:19|20)\d\d)\.?\s*(?:г|года|a|aasta|aastal)?\.?,?\s+(?P<day>\d{1,2})\.?\s*(?P<word>[^\W\d_]{3,})"
)
_ORDINAL_ENDING: Final = re.compile(r"(?<=\d)-(?:й|я|е|го|ой|м|ый)\b")
_RANGE_HEAD: Final = re.compile(
    rf"(?P<day>\d{{1,2}})\.?(?:\s*(?P<month>\d{{1,2}})\.?)?(?:\s*(?P<year>(?:19|20)\d\d))?{_DASH}(?=\d)"
)
_CLOCK: Final = re.compile(r"(?<![\d.])(?P<hour>[01]?\d|2[0-4])(?:[:.](?P<minute>[0-5]\d))?(?::[0-5]\d)?(?![\d])")
_TRAILING_CLOCK: Final = re.compile(r"[,;]?\s*(?:kell|kl|в|at)?\s*\d{1,2}:\d\d(?::\d\d)?(?:\s*[-–]\s*\d{1,2}:\d\d)?$")
_CLOCK_WORD: Final = re.compile(r"[,;]?\s*(?:kell|kl\.?)\s*\d{1,2}(?:[.:]\d\d)?(?:\s*[-–]\s*\d{1,2}(?:[.:]\d\d)?)?$")
ROMAN: Final = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_ROMAN_MONTHS: Final = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_LONGEST: Final = 100
_LONGEST_TITLE: Final = 1_000
_FULL_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


class Period(NamedTuple):
    """A stretch of days; `is_day` when it is a single day, or a range whose first day is meant."""

    first: date
    last: date
    is_day: bool


def read_day(value: Value, year: int | None = None) -> date | None:
    """The day a cell names; of a range its first day; None where it names none. `year` completes "12.04."."""
    period = read_period(value, year)
    return period.first if period and period.is_day else None


def read_period(value: Value, year: int | None = None) -> Period | None:
    """The days a cell names: a day, a range, a month, quarter, half-year, season or year; None where it names none."""
    if isinstance(value, datetime):
        return _day(value.date())
    if isinstance(value, date):
        return _day(value)
    if isinstance(value, float) and value.is_integer():
        value = str(int(value))
    return _read_text(plain(value), year) if isinstance(value, str) and len(value) <= _LONGEST else None


def find_days(text: str) -> Iterator[date]:
    """The full dates that stand anywhere in a text, in order; of a range both its ends."""
    typed = plain(text) if len(text) <= _LONGEST_TITLE else ""
    for found in _NUMERIC.finditer(typed):
        head = _RANGE_HEAD.search(typed[: found.start("day") + 1])
        last = _from_match(found, None)
        if last and head and head.end() == found.start("day"):
            first = _make(int(head["day"]), int(head["month"] or last.month), int(head["year"] or last.year))
            yield from [first] if first else []
        yield from [last] if last else []
    for pattern in (_ISO, _IN_WORDS, _ROMAN, _YEAR_FIRST):
        yield from filter(None, (_from_match(found, None) for found in pattern.finditer(typed)))


def without_days(text: str) -> str:
    """The text without the full dates and the years in it: "Are vald, 29.09.2016" is "Are vald, "."""
    for pattern in (_NUMERIC, _ISO):
        text = pattern.sub(" ", text)
    text = _IN_WORDS.sub(lambda found: " " if month_of(found["word"]) else found[0], text)
    return _FULL_YEAR.sub(" ", text)


def read_time(value: Value) -> time | None:
    """The time of day a cell names ("kell 18", "18.30", an Excel time); None where it names none."""
    times = read_times(value)
    return times[0] if times else None


def read_times(value: Value) -> list[time]:
    """The times of day a cell names in order: "17.00-21:00" gives two."""
    if isinstance(value, datetime):
        return [value.time()]
    if isinstance(value, time):
        return [value]
    if isinstance(value, timedelta):
        return [_time_after(value)]
    if isinstance(value, float):
        return [_time_after(timedelta(minutes=round(value * 1440)))] if 0 <= value < 1 else _times(str(int(value)))
    return _times(plain(value)) if isinstance(value, str) and len(value) <= _LONGEST else []


def times_beside(value: Value) -> list[time]:
    """The times of day that a cell names beside its day, none where it names a day only."""
    if isinstance(value, datetime):
        return [value.time()] if value.time() != time() else []
    if not isinstance(value, str) or len(value) > _LONGEST or not read_day(value):
        return []
    found = _TRAILING_CLOCK.search(plain(value)) or _CLOCK_WORD.search(plain(value))
    return _times(found[0]) if found else []


def _time_after(midnight: timedelta) -> time:
    minutes = int(midnight.total_seconds()) // 60
    return time(minutes // 60 % 24, minutes % 60)


def _times(text: str) -> list[time]:
    return [time(int(found["hour"]) % 24, int(found["minute"] or 0)) for found in _CLOCK.finditer(text)]


@cached_by_words
def _read_text(text: str, year: int | None) -> Period | None:
    text = _CLOCK_WORD.sub("", _TRAILING_CLOCK.sub("", _without_weekday(text))).strip(" ,;")
    if text.isdecimal() and int(text) in _SERIALS:
        return _day(_EPOCH + timedelta(days=int(text)))
    return _read_day_text(text, year) or _read_stretch(text, year)


def _without_weekday(text: str) -> str:
    first, _, rest = text.partition(" ")
    return rest.strip() if rest and key(first) in vocabulary().keys("quarters", "weekdays") else text


def _read_day_text(text: str, year: int | None) -> Period | None:
    for pattern in (_NUMERIC, _ISO, _IN_WORDS, _ROMAN, _YEAR_FIRST, _NO_YEAR):
        found = pattern.fullmatch(text)
        day = _from_match(found, year) if found else None
        if day:
            return _day(day)
    head = _RANGE_HEAD.match(text)
    last = _read_day_text(text[head.end() :], year) if head else None
    if head is None or last is None:
        return None
    first = _make(int(head["day"]), int(head["month"] or last.first.month), int(head["year"] or last.first.year))
    return Period(first, last.last, True) if first and first <= last.last else None


def _from_match(found: re.Match[str], year: int | None) -> date | None:
    parts = found.groupdict()
    typed = parts.get("year") or (str(year) if year else "")
    month = int(parts["month"]) if parts.get("month") else _named_month(parts)
    if not typed or not month:
        return None
    return _make(int(parts["day"]), month, int(typed) + (2000 if len(typed) == 2 else 0))


def _named_month(parts: Mapping[str, str | None]) -> int | None:
    if roman := parts.get("roman"):
        return _ROMAN_MONTHS.index(roman) + 1 if roman in _ROMAN_MONTHS else None
    return month_of(parts.get("word") or "")


def month_of(word: str) -> int | None:
    """The month a word names in any case form, Estonian, Russian or English.

    >>> month_of("aprillil"), month_of("января"), month_of("maja")
    (4, 1, None)
    """
    typed = key(word)
    for number, stems in vocabulary().words["months"].items():
        if any(typed.startswith(key(stem)) and len(typed) <= len(stem) + 4 for stem in stems if len(stem) > 3):
            return int(number)
        if typed in map(key, stems):
            return int(number)
    return None


def _read_stretch(text: str, year: int | None) -> Period | None:
    """A month, quarter, half-year, season or year, with or without "end of"."""
    words = key(_ORDINAL_ENDING.sub("", text)).split()
    typed = _FULL_YEAR.search(text)
    named = int(typed[0]) if typed else year
    if named is None or not words:
        return None
    rest = [word for word in words if word != str(named)]
    for months in (
        _quarter(rest),
        _half(rest),
        _season(rest),
        _month(rest),
        _whole_year(rest, named_here=typed is not None),
    ):
        if months:
            return Period(date(named, months[0], 1), _month_end(named, months[1]), False)
    return None


def _quarter(words: list[str]) -> tuple[int, int] | None:
    number = _numbered(words, "quarter") or next(
        (int(word[1]) for word in words if re.fullmatch(r"[qk][1-4]", word) and len(words) == 1), None
    )
    return (3 * number - 2, 3 * number) if number else None


def _half(words: list[str]) -> tuple[int, int] | None:
    number = _numbered(words, "half")
    return (6 * number - 5, 6 * number) if number in {1, 2} else None


def _numbered(words: list[str], unit: str) -> int | None:
    rest = [word for word in words if word not in _names("year")]
    if len(rest) != 2 or not set(rest) & _names(unit):
        return None
    number = rest[0] if rest[1] in _names(unit) else rest[1]
    number = re.sub(r"\D+$", "", number) or number
    return ROMAN.get(number) or (int(number) if number in {"1", "2", "3", "4"} else None)


def _season(words: list[str]) -> tuple[int, int] | None:
    for last, names in vocabulary().words["seasons"].items():
        rest = [word for word in words if word not in _names("end")]
        if len(rest) == 1 and rest[0] in map(key, names):
            return (max(int(last) - 2, 1), int(last))
    return None


def _month(words: list[str]) -> tuple[int, int] | None:
    rest = [word for word in words if word not in _names("end") | _names("year")]
    month = month_of(rest[0]) if len(rest) == 1 else None
    return (month, month) if month else None


def _whole_year(words: list[str], *, named_here: bool) -> tuple[int, int] | None:
    rest = [word for word in words if word not in _names("end") | _names("year") | {"до", "kuni"}]
    said = bool(set(words) & (_names("end") | _names("year")))
    return (1, 12) if not rest and (said or named_here) else None


def _names(unit: str) -> frozenset[str]:
    return vocabulary().keys("quarters", unit)


def _make(day: int, month: int, year: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _day(day: date) -> Period:
    return Period(day, day, True)


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])
