"""Pairs: a label and what stands beside it, in it or below it: "Koht: | Are vald", "Koht: Are vald"."""

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from kodukant_analysis.loaders.cells import read_count
from kodukant_analysis.loaders.columns import field_of
from kodukant_analysis.loaders.dates import find_days, read_period
from kodukant_analysis.loaders.evidence import is_word_of
from kodukant_analysis.loaders.sheets import Sheet, Value
from kodukant_analysis.loaders.titles import place_in
from kodukant_analysis.loaders.vocabulary import vocabulary
from kodukant_analysis.loaders.wording import plain

DAYS: Final = frozenset({"held_on", "planned_on"})
PLACES: Final = frozenset({"place", "municipality", "settlement"})
OF_ANY_TABLE: Final = frozenset({"", "row_no", "personal", "priority", "notes", "timestamp"})
_MAX_GAP: Final = 4
_MAX_LABEL: Final = 60
_MOST_VALUES: Final = 2
_NUMBERING: Final = re.compile(r"^\d{1,2}(?:\.\d{1,2})?[.)]\s*")
_INLINE: Final = re.compile(r"\s*([^:]{2,40}):\s*(\S.*)")
_CLAUSE: Final = re.compile(r"(?P<label>[^\W\d].*?)\s+(?P<value>(?:ca |u |umbes |около )?\d+(?:\s+[^\W\d]+)?)")
_COUNTED: Final = re.compile(
    r"(?P<label>[^\W\d][^\d]*?)\s*[-–:]?\s*(?P<value>\d+)|(?P<count>\d+)\s+(?P<counted>[^\W\d].*)"
)


class Spot(NamedTuple):
    """A value and where it stands."""

    value: Value
    row: int
    column: int


class Pair(NamedTuple):
    """A label and the values beside it; of a form of one discussion the first of them counts."""

    label: str
    at: Spot
    values: tuple[Spot, ...]

    @property
    def group(self) -> str:
        """The group that is counted beside it ("KOV | 3"), "" for none."""
        counts = (read_count(spot.value).value is not None for spot in self.values[:1])
        return group_of(self.label) if any(counts) else ""

    @property
    def field(self) -> str:
        return "" if self.group else field_of("discussions", self.label)

    @property
    def is_announced(self) -> bool:
        """Whether its label says so itself, by a colon."""
        return ":" in str(self.at.value)

    @property
    def is_borne_out(self) -> bool:
        """Whether the value is what the label announces: a day, or a place."""
        value = self.values[0].value
        if self.field in DAYS:
            return read_period(value) is not None or any(True for _ in find_days(str(value)))
        return self.field in PLACES and bool(place_in(str(value)))


def group_of(label: str) -> str:
    """The group of people that a label names, "" for none; by stems only where it is no other field."""
    values = vocabulary().values
    group = values["group_column"].exact(label) or values["group"].exact(label)
    if not group and not field_of("discussions", label) and not field_of("actions", label):
        group = values["group"].find(label)
    return group or ""


def filled(sheet: Sheet, row: int) -> list[Spot]:
    """The filled cells of a row from left to right."""
    return [Spot(v, row, c) for c in range(1, sheet.width + 1) if (v := sheet.value(row, c)) is not None]


def pairs_of(sheet: Sheet, row: int) -> list[Pair]:
    """A row as pairs, none where a cell belongs to none: "Koht: | Are vald | Kell: | 18.00"."""
    pairs: list[Pair] = []
    first = next((v for c in range(1, sheet.width + 1) if (v := sheet.value(row, c)) is not None), None)
    is_read = isinstance(first, str) and row not in sheet.hidden.rows
    for cell in filled(sheet, row) if is_read else []:
        inside = _inside(cell)
        if inside:
            pairs += inside
        elif _is_label(sheet, cell, pairs[-1] if pairs else None):
            pairs.append(Pair(_label(cell.value), cell, ()))
        elif pairs and cell.column - [pairs[-1].at, *pairs[-1].values][-1].column <= _MAX_GAP:
            pairs[-1] = pairs[-1]._replace(values=(*pairs[-1].values, cell))
        else:
            return []
    if len(pairs) == 1 and not pairs[0].values:
        pairs = [pairs[0]._replace(values=_below(sheet, pairs[0].at))]
    is_header = any(not pair.values and not pair.is_announced for pair in pairs)
    is_wide = len(pairs) > 1 and any(len(pair.values) > _MOST_VALUES for pair in pairs)
    return [] if is_header or is_wide else [pair for pair in pairs if pair.values]


def pairs_below(sheet: Sheet, row: int) -> list[Pair]:
    """The labels of a row with their values in the one line below; none where there are more, or less, of either."""
    labels, below = filled(sheet, row), {cell.column: cell for cell in filled(sheet, row + 1)}
    pairs = [Pair(_label(label.value), label, (below[label.column],)) for label in labels if label.column in below]
    is_form = len(pairs) == len(below) and all(isinstance(label.value, str) for label in labels)
    return pairs if is_form and not filled(sheet, row + 2) else []


def _label(value: Value) -> str:
    return _NUMBERING.sub("", plain(str(value))).rstrip(": ")


def _below(sheet: Sheet, label: Spot) -> tuple[Spot, ...]:
    """The lone cell below a lone label."""
    cells = filled(sheet, label.row + 1)
    is_value = len(cells) == 1 and cells[0].column == label.column and not _is_label(sheet, cells[0], None)
    return tuple(cells) if is_value else ()


def _is_label(sheet: Sheet, cell: Spot, before: Pair | None) -> bool:
    """Whether a cell announces the one beside it; what follows a label is its value unless it is a label for sure."""
    text = cell.value
    if not isinstance(text, str) or len(text) > _MAX_LABEL:
        return False
    if text.rstrip().endswith(":"):
        return True
    if before and is_word_of("discussions", before.field, text):
        return False
    if before and not before.values:
        return not before.is_announced and bool(vocabulary().headers["discussions"].exact(text))
    pair = Pair(_label(text), cell, (cell._replace(value=sheet.value(cell.row, cell.column + 1)),))
    return bool(pair.group) or field_of("discussions", pair.label) not in OF_ANY_TABLE


def _inside(cell: Spot) -> list[Pair]:
    """The pairs that are typed into one cell, a line each or in words: "Koht: Are", "Osales 23 inimest"."""
    if not isinstance(cell.value, str):
        return []
    lines = [line for line in cell.value.splitlines() if line.strip()]
    found = [match for line in lines if (match := _INLINE.fullmatch(line))]
    pairs = [Pair(_label(match[1]), cell, (cell._replace(value=match[2].strip()),)) for match in found]
    is_form = len(found) == len(lines) and any(pair.field or pair.group for pair in pairs)
    return pairs if is_form else list(_in_words(cell, plain(cell.value)))


def _in_words(cell: Spot, text: str) -> Iterator[Pair]:
    """A count told in words ("Osales 23 inimest, neist 2 politseinikku"), or one of each group."""
    first = text.split(",", maxsplit=1)[0].rstrip(". ")
    clause = _CLAUSE.fullmatch(first)
    if clause and vocabulary().headers["discussions"].exact(clause["label"]) == "attendees":
        yield Pair(clause["label"], cell, (cell._replace(value=clause["value"]),))
        return
    _, colon, listed = text.rpartition(":")
    items = [_COUNTED.fullmatch(item.strip(" .")) for item in listed.split(",")] if colon else []
    pairs = [_counted(cell, item) for item in items if item]
    if len(pairs) == len(items) > 1 and all(pair.group for pair in pairs):
        yield from pairs


def _counted(cell: Spot, item: re.Match[str]) -> Pair:
    label, count = (item["label"], item["value"]) if item["label"] else (item["counted"], item["count"])
    return Pair(label, cell, (cell._replace(value=float(count)),))


def are_groups(pairs: Sequence[Pair]) -> bool:
    """Whether two or more groups are counted."""
    return sum(bool(pair.group) for pair in pairs) > 1
