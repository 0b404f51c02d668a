"""Meetings: the discussions known so far, and which of them a row speaks of."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from kodukant_analysis.loaders.drafts import Draft
from kodukant_analysis.loaders.identifiers import identifier
from kodukant_analysis.loaders.regions import is_one_municipality, municipalities
from kodukant_analysis.loaders.wording import key, plain

_YEAR: Final = re.compile(r"(?:19|20)\d\d")
# "PÄR-12", "TM23/01", "3/2016": made to be told from those of others. "1", "K1" and "nr 1" run on in one workbook.
_CODE: Final = re.compile(r"(?!N[rR]\b)[^\W\d_a-zõäöüšžа-яё]{2,6}[\s./-]?\d.*|(?:19|20)\d\d\D+\d+|\d+\D+(?:19|20)\d\d")
_REGION: Final = ("prefecture", "county_code", "municipality_code", "municipality_code_then", "place_code", "place")

# What two reports of one discussion cannot differ in.
_TELLING: Final = ("prefecture", "municipality_code", "municipality_code_then", "place_code")


@dataclass(frozen=True)
class Meeting:
    """A discussion by what tells it from others; `id` is its name, "" as long as it is only sought."""

    file: str
    sheet: str
    number: str
    day: date | None
    region: Mapping[str, str | None]
    place: str = ""
    venue: str = ""
    is_code: bool = False
    id: str = ""

    @property
    def is_told_apart(self) -> bool:
        """Whether any file can speak of it: its number is a code, or its day and place are known."""
        return self.is_code or bool(self.day and self.is_placed)

    @property
    def is_placed(self) -> bool:
        return bool(self.municipality or self.place)

    @property
    def is_resolved(self) -> bool:
        return any(self.region.get(name) for name in _TELLING[1:]) or bool(self.region.get("county_code"))

    @property
    def municipality(self) -> str | None:
        """The municipality of its day: two that are one today were two then."""
        return self.region.get("municipality_code_then") or self.region.get("municipality_code")

    @property
    def folder(self) -> str:
        return self.file.rpartition("/")[0]

    @property
    def years(self) -> tuple[str, ...]:
        """The years that its file's name bears: the files of one year belong together."""
        return tuple(_YEAR.findall(self.file.rpartition("/")[2]))

    def name(self, number: int) -> str:
        """What the n-th discussion like it is called: by its facts, and by where it stands if they are too few."""
        parts = [self.region.get("prefecture"), self.number, self.day, self.municipality]
        if not self.number:
            parts.append(self.region.get("place_code") or self.place or self.venue)
        if not self.is_told_apart:
            parts += [self.file] if self.number or self.is_placed else [self.file, self.sheet]
        return identifier("d", *parts, *([self.place, self.venue, number] if number > 1 else []))


@dataclass
class Meetings:
    """All discussions, found again by row, by number, by day and place, or by the place in the workbook."""

    by_row: dict[tuple[str, str, str], Meeting] = field(default_factory=dict)
    by_number: dict[str, list[Meeting]] = field(default_factory=lambda: defaultdict(list))
    by_day: dict[date, list[Meeting]] = field(default_factory=lambda: defaultdict(list))
    by_file: dict[str, list[Meeting]] = field(default_factory=lambda: defaultdict(list))
    by_place: dict[tuple[str | date | None, str], list[Meeting]] = field(default_factory=lambda: defaultdict(list))
    by_id: dict[str, Meeting] = field(default_factory=dict)
    numbers: Counter[str] = field(default_factory=Counter)

    def add(self, draft: Draft) -> Meeting:
        """Makes the discussion of a row known under a name of its own."""
        meeting = meeting_of(draft)
        meeting = replace(meeting, id=self._free_name(meeting))
        self.by_id[meeting.id] = meeting
        self.by_file[meeting.file].append(meeting)
        if meeting.number:
            self.by_number[meeting.number].append(meeting)
        if meeting.day:
            self.by_day[meeting.day].append(meeting)
        for place in _places(meeting):
            self.by_place[meeting.file, place].append(meeting)
            if meeting.day:
                self.by_place[meeting.day, place].append(meeting)
        return meeting

    def of_register(self, draft: Draft) -> Meeting:
        """The discussion of a register's row, known before if number, day and place agree; its row now leads to it."""
        told = meeting_of(draft)
        known = {other.id: other for other in [*self._numbered(told), *self._placed(told.day, told)]}
        agreeing = [m for m in known.values() if _may_be_one(m, told) and agree(m, told) and _joins(m, told)]
        found = agreeing[0] if len(agreeing) == 1 else self.add(draft)
        self.by_row[_row_of(draft)] = found
        return found

    def contradicts(self, draft: Draft, found: Meeting) -> bool:
        """Whether another discussion under the row's own code, near it, has another day or place than the row says."""
        told = meeting_of(draft)
        return told.is_code and any(
            m.id != found.id and _is_near(m, told) and not agree(m, told) for m in self._numbered(told)
        )

    def fitting(self, draft: Draft) -> list[Meeting]:
        """The discussions that a row may speak of: one if that is certain, several if it is not, none if none fits."""
        if own := self.by_row.get(_row_of(draft)):
            return [own]
        sought = meeting_of(draft)
        here = [m for m in self._numbered(sought) if m.file == sought.file]
        numbered = [m for m in here if agree(m, sought)] or here
        numbered = numbered or [m for m in self._numbered(sought) if agree(m, sought) and _joins(m, sought)]
        if numbered:
            return _nearest(sought, numbered)
        if sought.day:
            return _nearest(sought, [m for m in self._dated(sought) if agree(m, sought) and _joins(m, sought)])
        if sought.number:
            return []
        if not sought.is_placed:
            return [*self.by_file[sought.file]]
        near = self._placed(sought.file, sought)
        fitting = (m for m in near if agree(m, sought) and _is_same_place(m, sought))
        first = next(fitting, None)
        rival = next((m for m in fitting if m is not first), None)
        return [m for m in (first, rival) if m]

    def before(self, meeting: Meeting, number: str) -> list[Meeting]:
        """The discussions under a number that a later one follows: of its file, or near it where that is a code."""
        known = [m for m in self.by_number.get(key(number), ()) if m.id != meeting.id and not _is_later(m, meeting)]
        return [m for m in known if m.file == meeting.file] or [m for m in known if m.is_code and _is_near(m, meeting)]

    def _free_name(self, meeting: Meeting) -> str:
        """The first name that no other has: its own, or the next of those numbered among discussions like it."""
        if (name := meeting.name(1)) not in self.by_id:
            return name
        alike = meeting.name(2)
        self.numbers[alike] = max(self.numbers[alike], 1) + 1
        return meeting.name(self.numbers[alike])

    def _numbered(self, sought: Meeting) -> list[Meeting]:
        return self.by_number[sought.number] if sought.number else []

    def _placed(self, where: str | date | None, sought: Meeting) -> Iterator[Meeting]:
        """The discussions of a file or day that may be in the same place, some of them more than once."""
        return (m for place in _places(sought) for m in self.by_place.get((where, place), ()))

    def _dated(self, sought: Meeting) -> list[Meeting]:
        return self.by_day[sought.day] if sought.day else []


def meeting_of(draft: Draft) -> Meeting:
    """The discussion as a row tells it."""
    region = {name: draft.values.get(name) for name in _REGION}
    place, venue = (key(draft.values.get(name) or "") for name in ("place", "venue"))
    number = draft.number or ""
    is_code = _CODE.fullmatch(plain(number)) is not None
    return Meeting(draft.file, draft.sheet, key(number), draft.day, region, place, venue, is_code)


def agree(one: Meeting, other: Meeting) -> bool:
    """Whether nothing that both say differs; beside a known place the prefecture of a folder says nothing."""
    if one.day and other.day and one.day != other.day:
        return False
    said: list[tuple[str | None, str | None]] = [(one.number, other.number)]
    telling = _TELLING if one.is_resolved == other.is_resolved else _TELLING[1:]
    said += [(one.region.get(name), other.region.get(name)) for name in telling]
    return all(left == right for left, right in said if left and right)


def _joins(one: Meeting, other: Meeting) -> bool:
    """Whether enough agrees for one discussion in two files, given that nothing differs.

    Day and place are enough anywhere, a code within its prefecture or folder. A running number or a day is enough
    within a folder if one thing more agrees; of a day it is enough that a place is not told.
    """
    if one.file == other.file:
        return True
    is_one_day, is_one_place = bool(one.day and one.day == other.day), _is_same_place(one, other)
    if is_one_day and is_one_place:
        return True
    if one.number and one.number == other.number:
        is_one_year = bool(one.years) and one.years == other.years
        is_backed = is_one_day or is_one_place or is_one_year
        return _is_near(one, other) if one.is_code else one.folder == other.folder and is_backed
    return is_one_day and one.folder == other.folder and not (one.is_placed and other.is_placed)


def _is_later(one: Meeting, other: Meeting) -> bool:
    return bool(one.day and other.day and one.day > other.day)


def _is_near(one: Meeting, other: Meeting) -> bool:
    return one.folder == other.folder or _same(one, other, "prefecture")


def _is_same_place(one: Meeting, other: Meeting) -> bool:
    """Whether two name one place, given that nothing differs."""
    is_one_name = (bool(one.place) and one.place == other.place) or _same(one, other, "place_code")
    return is_one_name or is_one_municipality(one.region, other.region, one.day or other.day)


def _places(meeting: Meeting) -> set[str]:
    """What a meeting's place may be found by: none that `_is_same_place` takes for it has nothing of this."""
    return ({meeting.place, meeting.region.get("place_code") or ""} - {""}) | municipalities(meeting.region)


def _may_be_one(one: Meeting, other: Meeting) -> bool:
    """Whether two rows of registers may be one discussion: by number or place, in one sheet by number or building."""
    if one.number and one.number == other.number:
        return True
    if (one.file, one.sheet) == (other.file, other.sheet) and (one.place, one.venue) != (other.place, other.venue):
        return False
    return _is_same_place(one, other)


def _nearest(sought: Meeting, known: Iterable[Meeting]) -> list[Meeting]:
    """Those left when those in the same file or folder, on the same day and in the same place go first."""
    left = list(known)
    tests: tuple[Callable[[Meeting], bool], ...] = (
        lambda other: other.file == sought.file,
        lambda other: other.folder == sought.folder,
        lambda other: other.years == sought.years,
        lambda other: bool(sought.day) and other.day == sought.day,
        lambda other: bool(sought.place) and other.place == sought.place,
        lambda other: _same(sought, other, "municipality_code"),
        lambda other: _same(sought, other, "place_code"),
    )
    for test in tests:
        left = [other for other in left if test(other)] or left
    return left


def _same(one: Meeting, other: Meeting, name: str) -> bool:
    return bool(one.region.get(name)) and one.region.get(name) == other.region.get(name)


def _row_of(draft: Draft) -> tuple[str, str, str]:
    return draft.file, draft.sheet, draft.cells.get("row", str(draft.row))
