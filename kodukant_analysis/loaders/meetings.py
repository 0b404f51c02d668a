"""Meetings: the discussions known so far, and which of them a row speaks of."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from kodukant_analysis.loaders.drafts import Draft
from kodukant_analysis.loaders.identifiers import identifier
from kodukant_analysis.loaders.wording import key

_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_REGION: Final = ("prefecture", "county_code", "municipality_code", "municipality_code_then", "place_code")

# What two reports of one discussion cannot differ in.
_TELLING: Final = ("prefecture", "municipality_code", "municipality_code_then", "place_code")


@dataclass(frozen=True)
class Meeting:
    """A discussion by what tells it from others."""

    file: str
    sheet: str
    number: str
    day: date | None
    region: Mapping[str, str | None]
    place: str = ""

    @property
    def id(self) -> str:
        """Its name: from number, day and place; from the sheet it stands in when it has none of them."""
        parts = [self.region.get("prefecture"), self.number, self.day, self._municipality]
        if not self.number:
            parts.append(self.region.get("place_code") or self.place)
        if not self.number and not self.day:
            parts += [self.file, self.sheet]
        return identifier("d", *parts)

    @property
    def _municipality(self) -> str | None:
        """The municipality of its day: two that are one today were two then."""
        return self.region.get("municipality_code_then") or self.region.get("municipality_code")

    @property
    def folder(self) -> str:
        return self.file.rpartition("/")[0]

    @property
    def years(self) -> tuple[str, ...]:
        """The years that its file's name bears: the files of one year belong together."""
        return tuple(_YEAR.findall(self.file.rpartition("/")[2]))


@dataclass
class Meetings:
    """All discussions, found again by number, by day and place, or by the sheet or workbook a row stands in."""

    by_number: dict[str, list[Meeting]] = field(default_factory=lambda: defaultdict(list))
    by_day: dict[date, list[Meeting]] = field(default_factory=lambda: defaultdict(list))
    by_file: dict[str, list[Meeting]] = field(default_factory=lambda: defaultdict(list))
    by_id: dict[str, Meeting] = field(default_factory=dict)

    def add(self, meeting: Meeting) -> Meeting:
        """Makes a discussion known; returns the one already known under the same name."""
        if meeting.id in self.by_id:
            return self.by_id[meeting.id]
        self.by_id[meeting.id] = meeting
        self.by_file[meeting.file].append(meeting)
        if meeting.number:
            self.by_number[meeting.number].append(meeting)
        if meeting.day:
            self.by_day[meeting.day].append(meeting)
        return meeting

    def same(self, meeting: Meeting) -> Meeting | None:
        """The known discussion that a register's row tells once more, or None: number, day and place must all agree.

        Two rows of one sheet that name different places are two discussions.
        """
        known = (
            [*self.by_number[meeting.number]] if meeting.number else [*self.by_day[meeting.day]] if meeting.day else []
        )
        agreeing = [other for other in known if _agree(other, meeting) and not _stands_beside(other, meeting)]
        return agreeing[0] if len(agreeing) == 1 else None

    def find(self, draft: Draft) -> Meeting | None:
        """The discussion of a row of another table, or None when none or several fit."""
        sought = meeting_of(draft)
        if sought.number:
            return _nearest(sought, self.by_number[sought.number])
        if sought.day:
            known = [other for other in self.by_day[sought.day] if _agree(other, sought)]
            return _nearest(sought, known)
        here = self.by_file[draft.file]
        return here[0] if len(here) == 1 else None


def meeting_of(draft: Draft) -> Meeting:
    """The discussion as a row tells it."""
    region = {name: draft.values.get(name) for name in _REGION}
    place = key(" ".join(draft.values.get(name) or "" for name in ("place", "venue")))
    return Meeting(draft.file, draft.sheet, key(draft.number or ""), draft.day, region, place)


def _agree(one: Meeting, other: Meeting) -> bool:
    """Whether nothing that both say differs."""
    said = [(one.number, other.number), (one.day, other.day)]
    said += [(one.region.get(name), other.region.get(name)) for name in _TELLING]
    return all(left == right for left, right in said if left and right)


def _stands_beside(one: Meeting, other: Meeting) -> bool:
    is_one_sheet = (one.file, one.sheet) == (other.file, other.sheet)
    return is_one_sheet and not one.number and bool(one.place and other.place) and one.place != other.place


def _nearest(sought: Meeting, known: Iterable[Meeting]) -> Meeting | None:
    """The only one left when those in the same file or folder, on the same day and in the same place go first."""
    left = list(known)
    tests: tuple[Callable[[Meeting], bool], ...] = (
        lambda other: other.file == sought.file,
        lambda other: other.folder == sought.folder,
        lambda other: other.years == sought.years,
        lambda other: bool(sought.day) and other.day == sought.day,
        lambda other: _same(sought, other, "municipality_code"),
        lambda other: _same(sought, other, "place_code"),
    )
    for test in tests:
        left = [other for other in left if test(other)] or left
    return left[0] if len(left) == 1 else None


def _same(one: Meeting, other: Meeting, name: str) -> bool:
    return bool(one.region.get(name)) and one.region.get(name) == other.region.get(name)
