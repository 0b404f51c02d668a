"""Forms: pairs of a label and a value that tell of one discussion: one or several a line, or label over value."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

from kodukant_analysis.loaders.dates import find_days
from kodukant_analysis.loaders.headers import MAX_BAND, read_band
from kodukant_analysis.loaders.pairs import (
    DAYS,
    OF_ANY_TABLE,
    PLACES,
    Pair,
    Spot,
    are_groups,
    filled,
    pairs_below,
    pairs_of,
)
from kodukant_analysis.loaders.rows import leading_word
from kodukant_analysis.loaders.sheets import Sheet, Value
from kodukant_analysis.loaders.titles import place_in
from kodukant_analysis.loaders.views import Area, cut
from kodukant_analysis.loaders.vocabulary import vocabulary

_MAX_GAP: Final = 3
_WHERE_AND_WHEN: Final = DAYS | PLACES | {"county", "prefecture"}
_BESIDE: Final = _WHERE_AND_WHEN | OF_ANY_TABLE | {"discussion_no"}


@dataclass(frozen=True)
class Form:
    """The pairs of some rows; `is_flipped` when each label has the values of several discussions beside it.

    One that is not `is_sure` says by itself neither where nor when: it counts only over the tables of its sheet.
    """

    first: int
    last: int
    pairs: tuple[Pair, ...]
    is_flipped: bool = False
    is_sure: bool = True

    @property
    def fields(self) -> frozenset[str]:
        return frozenset(pair.field for pair in self.pairs)

    @property
    def names_discussion(self) -> bool:
        return bool(self.fields & _WHERE_AND_WHEN)

    @property
    def is_recorded(self) -> bool:
        """Whether it tells more of its discussion than where and when: that the tables below it know too."""
        known = {pair.field or pair.group for pair in self.pairs} - OF_ANY_TABLE
        return self.is_flipped or len(known) > 2 or bool(known - _BESIDE)


def forms_in(sheet: Sheet) -> list[Form]:
    """The forms of a sheet from top to bottom: runs of lines of pairs whose values bear their labels out."""
    every = range(1, len(sheet.cells) + 1)
    lines = {row: pairs for row in every if (pairs := pairs_of(sheet, row)) and not _is_header(sheet, row, pairs)}
    found = []
    for rows in (run for run in _runs(sheet, lines) if not _is_under_header(sheet, run[0])):
        pairs = [pair for row in range(rows[0], rows[-1] + 1) for pair in lines.get(row) or _unknown(sheet, row, lines)]
        if len(pairs) > 1 and any(pair.is_borne_out for pair in pairs):
            found += _forms_of(rows, pairs, lines)
        elif _tell_weakly(pairs) and not any(_is_of_several(lines[row]) for row in rows):
            found.append(Form(rows[0], rows[-1], tuple(pairs), is_sure=False))
    return found


def form_below(sheet: Sheet, row: int) -> Form | None:
    """Labels over the one line of their values: two or more groups counted, or known fields."""
    pairs = pairs_below(sheet, row)
    exact = vocabulary().headers["discussions"].exact
    known = [pair for pair in pairs if pair.group or exact(pair.label)]
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
    cells: list[list[Value]] = [[pair.label for pair in pairs], [pair.values[0].value for pair in pairs]]
    homes = {place: (spot.row, spot.column) for place, spot in spots.items()}
    return replace(sheet, cells=cells, merges=(), hidden=type(sheet.hidden)(), homes=homes)


def _told_by_titles(form: Form, titles: Sequence[Spot]) -> Iterator[Pair]:
    words = vocabulary().headers["discussions"].codes
    steering = vocabulary().keys("rows", "note") | vocabulary().keys("rows", "reported")
    titles = [spot for spot in titles if not leading_word(str(spot.value), steering)]
    days = [(day, spot) for spot in titles for day in find_days(str(spot.value))]
    places = [(place, spot) for spot in titles if (place := place_in(str(spot.value)))]
    if days and not form.fields & DAYS:
        yield Pair(words["held_on"][0], days[-1][1], (days[-1][1]._replace(value=days[-1][0]),))
    if places and not form.fields & PLACES:
        yield Pair(words["place"][0], places[-1][1], (places[-1][1]._replace(value=places[-1][0]),))


def _is_header(sheet: Sheet, row: int, pairs: Sequence[Pair]) -> bool:
    """Whether a line without a colon is rather the header of a table."""
    is_sure = _is_of_several(pairs) or any(pair.is_announced or pair.is_borne_out for pair in pairs)
    return not is_sure and len(filled(sheet, row)) > 2 and read_band(sheet, row) is not None


def _is_under_header(sheet: Sheet, row: int) -> bool:
    """Whether a row is the last of a table's header, or the first below it."""
    bands = (read_band(sheet, above) for above in range(max(row - MAX_BAND, 1), row) if len(filled(sheet, above)) > 2)
    return any(band and band.last >= row - 1 for band in bands)


def _tell_weakly(pairs: Sequence[Pair]) -> bool:
    """Whether pairs that name neither place nor day still tell of a discussion: groups, or what is no total."""
    totals = vocabulary().keys("rows", "total")
    told = [pair for pair in pairs if pair.field not in _BESIDE and not leading_word(pair.label, totals)]
    return are_groups(pairs) or len(told) > 1 or any(pair.is_announced for pair in told)


def _unknown(sheet: Sheet, row: int, lines: dict[int, list[Pair]]) -> list[Pair]:
    """A line between the others of a form as a pair with an unknown label."""
    cells = filled(sheet, row)
    labels = {pairs[0].at.column for pairs in lines.values()}
    is_pair = len(cells) == 2 and cells[0].column in labels and isinstance(cells[0].value, str)
    return [Pair(str(cells[0].value).rstrip(": "), cells[0], (cells[1],))] if is_pair else []


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
    counts = [(row, len(filled(sheet, row))) for row in between]
    return any((count > 2 and not is_wide) or (count > 1 and read_band(sheet, row)) for row, count in counts)


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
