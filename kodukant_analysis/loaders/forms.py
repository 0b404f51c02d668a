"""Forms: labels with a value each that tell of one discussion: in pairs, one or several a line, or label over value."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final, NamedTuple

from kodukant_analysis.loaders.cells import read_count
from kodukant_analysis.loaders.columns import field_of, group_of
from kodukant_analysis.loaders.dates import find_days, read_period
from kodukant_analysis.loaders.headers import read_band
from kodukant_analysis.loaders.sheets import Sheet, Value
from kodukant_analysis.loaders.titles import place_in
from kodukant_analysis.loaders.views import Area, cut
from kodukant_analysis.loaders.vocabulary import vocabulary
from kodukant_analysis.loaders.wording import plain

_MAX_GAP: Final = 3
_MAX_LABEL: Final = 60
_INLINE: Final = re.compile(r"\s*([^:]{2,40}):\s*(\S.*)")
_MOST_VALUES: Final = 2
_OF_ANY_TABLE: Final = frozenset({"", "row_no", "personal", "priority", "notes", "timestamp"})
_DAYS: Final = frozenset({"held_on", "planned_on"})
_PLACES: Final = frozenset({"place", "municipality", "settlement"})
_WHERE_AND_WHEN: Final = _DAYS | _PLACES | {"county", "prefecture"}


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


@dataclass(frozen=True)
class Form:
    """The pairs of some rows; `is_flipped` when each label has the values of several discussions beside it."""

    first: int
    last: int
    pairs: tuple[Pair, ...]
    is_flipped: bool = False

    @property
    def fields(self) -> frozenset[str]:
        return frozenset(pair.field for pair in self.pairs)

    @property
    def names_discussion(self) -> bool:
        return bool(self.fields & _WHERE_AND_WHEN)


def forms_in(sheet: Sheet) -> list[Form]:
    """The forms of a sheet from top to bottom: runs of lines of pairs whose values bear their labels out."""
    rows = range(1, len(sheet.cells) + 1)
    lines = {row: pairs for row in rows if (pairs := _line(sheet, row)) and not _is_header(sheet, row, pairs)}
    found = []
    for rows in _runs(sheet, lines):
        pairs = [pair for row in rows for pair in lines[row]]
        if len(pairs) > 1 and any(map(_is_borne_out, pairs)):
            found += _forms_of(rows, pairs, lines)
    return found


def form_below(sheet: Sheet, row: int) -> Form | None:
    """The labels of a row with their values in the one line below: two or more groups counted, or known fields."""
    labels = [cell for cell in _filled(sheet, row) if isinstance(cell.value, str)]
    below = {cell.column: cell for cell in _filled(sheet, row + 1)}
    pairs = [Pair(plain(str(label.value)), label, (below[label.column],)) for label in labels if label.column in below]
    if len(labels) != len(_filled(sheet, row)) or len(pairs) < len(below) or _filled(sheet, row + 2):
        return None
    known = [pair for pair in pairs if _is_known_below(pair)]
    return Form(row, row + 1, tuple(pairs)) if len(known) > 1 and len(known) * 2 > len(pairs) else None


def sheet_of(sheet: Sheet, form: Form, titles: Sequence[Spot]) -> Sheet:
    """A form as a sheet with its labels for a header; the day and the place it leaves out are those of its titles."""
    if form.is_flipped:
        right = max(spot.column for pair in form.pairs for spot in pair.values)
        area = Area(form.first, min(pair.at.column for pair in form.pairs), form.last, right)
        return cut(sheet, area, flipped=True)
    pairs = [*form.pairs, *_told_by_titles(form, titles)]
    spots = {(1, c): pair.at for c, pair in enumerate(pairs, 1)}
    spots |= {(2, c): pair.values[0] for c, pair in enumerate(pairs, 1)}
    cells = [[pair.label for pair in pairs], [pair.values[0].value for pair in pairs]]
    homes = {place: (spot.row, spot.column) for place, spot in spots.items()}
    return replace(sheet, cells=cells, merges=(), hidden=type(sheet.hidden)(), homes=homes)


def is_recorded(form: Form) -> bool:
    """Whether a form tells more of its discussion than where and when it was: that the tables below it know too."""
    known = {pair.field or pair.group for pair in form.pairs} - {""}
    return form.is_flipped or len(known) > 2 or bool(known - _WHERE_AND_WHEN - {"discussion_no", "row_no", "notes"})


def _told_by_titles(form: Form, titles: Sequence[Spot]) -> Iterator[Pair]:
    words = vocabulary().headers["discussions"].codes
    days = [(day, spot) for spot in titles for day in find_days(str(spot.value))]
    places = [(place, spot) for spot in titles if (place := place_in(str(spot.value)))]
    if days and not form.fields & _DAYS:
        yield Pair(words["held_on"][0], days[-1][1], (days[-1][1]._replace(value=days[-1][0]),))
    if places and not form.fields & _PLACES:
        yield Pair(words["place"][0], places[-1][1], (places[-1][1]._replace(value=places[-1][0]),))


def _filled(sheet: Sheet, row: int) -> list[Spot]:
    return [Spot(v, row, c) for c in range(1, sheet.width + 1) if (v := sheet.value(row, c)) is not None]


def _line(sheet: Sheet, row: int) -> list[Pair]:
    """A row as pairs, none where a cell belongs to none: "Koht: | Are vald | Kell: | 18.00", "Koht: Are"."""
    pairs: list[Pair] = []
    cells = [] if row in sheet.hidden.rows else _filled(sheet, row)
    for cell in cells:
        inside = _inside(cell)
        if inside:
            pairs += inside
        elif _is_label(sheet, cell, pairs[-1] if pairs else None):
            pairs.append(Pair(plain(str(cell.value)).rstrip(": "), cell, ()))
        elif pairs and cell.column - [pairs[-1].at, *pairs[-1].values][-1].column <= _MAX_GAP + 1:
            pairs[-1] = pairs[-1]._replace(values=(*pairs[-1].values, cell))
        else:
            return []
    is_header = any(not pair.values and not _is_announcing(pair) for pair in pairs)
    is_wide = len(pairs) > 1 and any(len(pair.values) > _MOST_VALUES for pair in pairs)
    return [] if is_header or is_wide else [pair for pair in pairs if pair.values]


def _is_header(sheet: Sheet, row: int, pairs: Sequence[Pair]) -> bool:
    """Whether a line without a colon is rather the header of a table."""
    is_sure = _is_of_several(pairs) or any(_is_announcing(pair) or _is_borne_out(pair) for pair in pairs)
    return not is_sure and len(_filled(sheet, row)) > 2 and read_band(sheet, row) is not None


def _is_announcing(pair: Pair) -> bool:
    return ":" in str(pair.at.value)


def _inside(cell: Spot) -> list[Pair]:
    """The pairs that are typed into one cell, a line each: "Koht: Are vald"."""
    lines = str(cell.value).splitlines() if isinstance(cell.value, str) else []
    found = [match for line in lines if line.strip() and (match := _INLINE.fullmatch(line))]
    pairs = [Pair(plain(match[1]), cell, (cell._replace(value=match[2].strip()),)) for match in found]
    return pairs if len(found) == sum(bool(line.strip()) for line in lines) and any(p.field for p in pairs) else []


def _is_label(sheet: Sheet, cell: Spot, before: Pair | None) -> bool:
    """Whether a cell announces the one beside it; what follows a label is its value unless it is a label for sure."""
    text = cell.value
    if not isinstance(text, str) or len(text) > _MAX_LABEL:
        return False
    if text.rstrip().endswith(":"):
        return True
    if before and not before.values:
        return not _is_announcing(before) and bool(vocabulary().headers["discussions"].exact(text))
    beside = sheet.value(cell.row, cell.column + 1)
    is_counted = bool(group_of(text)) and read_count(beside).value is not None
    return is_counted or field_of("discussions", plain(text)) not in _OF_ANY_TABLE


def _runs(sheet: Sheet, lines: dict[int, list[Pair]]) -> Iterator[list[int]]:
    """Lines of pairs that stand together: over a few rows that have none, but not over the header of a table."""
    run: list[int] = []
    said: set[str] = set()
    for row, pairs in lines.items():
        fields = {pair.field for pair in pairs} - {"", "notes"}
        is_wide = bool(run) and any(_is_of_several(lines[above]) for above in run)
        if run and (row - run[-1] > _MAX_GAP or fields & said or _is_parted(sheet, range(run[-1] + 1, row), is_wide)):
            yield run
            run, said = [], set()
        run.append(row)
        said |= fields
    if run:
        yield run


def _is_of_several(pairs: Sequence[Pair]) -> bool:
    return len(pairs) == 1 and len(pairs[0].values) > 1


def _is_parted(sheet: Sheet, between: range, is_wide: bool) -> bool:
    """Whether a row between two lines is one of a table: wider than a label with its value, or a header."""
    counts = [(row, len(_filled(sheet, row))) for row in between]
    return any((count > 2 and not is_wide) or (count > 1 and read_band(sheet, row)) for row, count in counts)


def _is_borne_out(pair: Pair) -> bool:
    """Whether the value of a label is what the label announces: a day, or a place."""
    value = pair.values[0].value
    if pair.field in _DAYS:
        return read_period(value) is not None or any(find_days(str(value)))
    return pair.field in _PLACES and bool(place_in(str(value)))


def _forms_of(rows: Sequence[int], pairs: Sequence[Pair], lines: dict[int, list[Pair]]) -> list[Form]:
    """One form, or as many as there are columns of labels where these name the same fields again."""
    several = sum(_is_of_several(lines[row]) for row in rows)
    if several * 2 > len(rows):
        return [Form(rows[0], rows[-1], tuple(pairs), is_flipped=True)]
    columns = [list(group) for _, group in groupby(sorted(pairs, key=_column), key=_column)]
    fields = [pair.field for pair in pairs if pair.field]
    parts = [list(pairs)] if len(fields) == len(set(fields)) else columns
    return [Form(rows[0], rows[-1], tuple(part)) for part in parts]


def _column(pair: Pair) -> int:
    return pair.at.column


def _is_known_below(pair: Pair) -> bool:
    return bool(pair.group) or bool(vocabulary().headers["discussions"].exact(pair.label))
