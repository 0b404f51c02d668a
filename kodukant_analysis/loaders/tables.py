"""Tables: the parts of a sheet that hold records, found by the words over their columns, wherever they stand."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from kodukant_analysis.loaders.columns import names_discussion
from kodukant_analysis.loaders.headers import GUIDE, Band, read_band
from kodukant_analysis.loaders.rows import Cell, Row, filled_down, label_of, leading_word, row_kind
from kodukant_analysis.loaders.sheets import Sheet, Value
from kodukant_analysis.loaders.views import Area, blocks_side_by_side, cut, forms_in
from kodukant_analysis.loaders.vocabulary import vocabulary
from kodukant_analysis.loaders.wording import key

# A sheet on its side has a row for each of its fields.
_MOST_FIELDS: Final = 100
_OF_DISCUSSIONS: Final = frozenset({"discussions", "answers", "shares", "codes", GUIDE})


@dataclass(frozen=True)
class Table:
    """A header band with rows below it, down to the next header or title; `headings` are the cells above them."""

    sheet: Sheet
    band: Band
    first: int
    last: int
    headings: tuple[Cell, ...]
    closing: tuple[Cell, ...]

    @property
    def dataset(self) -> str:
        return self.band.dataset

    @cached_property
    def rows(self) -> list[Row]:
        """All rows under the header, in order, each with its kind: data, or what `row_kind` says it is instead."""
        rows = [self._row(number) for number in range(self.first, self.last + 1)]
        return list(filled_down(rows))

    def _row(self, number: int) -> Row:
        cells = [(column, Cell(self.value(number, column.index), number, column.index)) for column in self.band.columns]
        by_field = {c.field: cell for c, cell in cells if c.field and not c.is_one_of_many}
        repeated = tuple((c, cell) for c, cell in cells if c.is_one_of_many)
        return Row(number, row_kind(self.sheet, self.band, number, [cell for _, cell in cells]), by_field, repeated)

    def value(self, row: int, column: int) -> Value:
        """The value at a cell; a cell of a merged area down one column has the value of its first cell."""
        value = self.sheet.value(row, column)
        box = self.sheet.merged_homes.get((row, column)) if value is None else None
        if box:
            top, left, _, right = box
            return self.sheet.value(top, left) if left == right and self.band.last < top < row else None
        return value


def locate_tables(sheet: Sheet) -> list[Table]:
    """The tables of a sheet: below each other, side by side, on their side, and the forms of labels with values."""
    parts = blocks_side_by_side(sheet)
    blocks = [(block, found) for block in parts if len(parts) > 1 and (found := _tables_in(block))]
    if len(blocks) < 2:
        return _tables_in(sheet) or _discussions_in(sheet)
    shared = _texts(sheet, 1, min(found[0].band.first for _, found in blocks) - 1)
    return [replace(table, headings=shared + table.headings) for _, found in blocks for table in found]


def _discussions_in(sheet: Sheet) -> list[Table]:
    """Sheets on their side are registers of discussions: other tables that seem to lie so are code books."""
    if len(sheet.cells) > _MOST_FIELDS:
        return []
    flipped = cut(sheet, Area(1, 1, len(sheet.cells), sheet.width), flipped=True)
    return [table for table in _tables_in(flipped) if table.dataset == "discussions"]


def _tables_in(sheet: Sheet) -> list[Table]:
    bands = list(_bands(sheet))
    closing = _texts(sheet, bands[-1].last + 1, len(sheet.cells)) if bands else ()
    ends = [band.first - 1 for band in bands[1:]] + [len(sheet.cells)]
    tables = [table for form in _forms(sheet, bands) for table in _tables_of_form(form)]
    headings: tuple[Cell, ...] = ()
    previous = 0
    for band, end in zip(bands, ends, strict=False):
        headings += _texts(sheet, previous + 1, band.first - 1)
        previous = band.last
        for first, last, title in _stretches(sheet, band, end):
            tables.append(Table(sheet, band, first, last, headings + title, closing))
    return tables


def _stretches(sheet: Sheet, band: Band, end: int) -> Iterator[tuple[int, int, tuple[Cell, ...]]]:
    """The rows below a header, apart where a title among them names another discussion ("Are vald, 29.09.2016")."""
    titles = (
        [] if band.dataset in _OF_DISCUSSIONS else [r for r in range(band.last + 1, end) if _is_title(sheet, band, r)]
    )
    starts = [band.last + 1, *titles]
    for first, after in zip(starts, [*titles, end + 1], strict=True):
        if after > first:
            yield first, after - 1, _texts(sheet, first, first) if first in titles else ()


def _is_title(sheet: Sheet, band: Band, row: int) -> bool:
    cells = _texts(sheet, row, row)
    if len(cells) not in {1, 2} or cells[0].column != band.columns[0].index:
        return False
    return _may_be_title(cells) and names_discussion(cells[0].text)


def _may_be_title(cells: Sequence[Cell]) -> bool:
    """Whether a row of few cells begins with a text that is no total, no sub-count and no note."""
    is_note = leading_word(cells[0].text, vocabulary().keys("rows", "note"))
    return isinstance(cells[0].value, str) and not is_note and not label_of(cells)


def _forms(sheet: Sheet, bands: Sequence[Band]) -> Iterator[Sheet]:
    """Forms stand above, between and below tables, or alone."""
    if sheet.is_flipped:
        return
    first = bands[0].first if bands else len(sheet.cells) + 1
    yield from forms_in(sheet, range(1, first))


def _tables_of_form(form: Sheet) -> list[Table]:
    band = read_band(form, 1)
    return [Table(form, band, band.last + 1, len(form.cells), (), ())] if band and band.dataset == "discussions" else []


def _bands(sheet: Sheet) -> Iterator[Band]:
    row, last = 1, None
    while row <= len(sheet.cells):
        band = None if row in sheet.hidden.rows else read_band(sheet, row)
        if band and not (last and _same_header(band, last) and not _is_headed(sheet, row)):
            yield band
            last, row = band, _last_header_row(sheet, band)
        row += 1


def _last_header_row(sheet: Sheet, band: Band) -> int:
    """The last row that can be no header of another table; in a guide, which names headers, that of its last row."""
    if band.dataset != GUIDE:
        return band.last
    below = range(band.last + 1, len(sheet.cells) + 1)
    return next((row - 1 for row in below if sheet.is_blank(row)), len(sheet.cells))


def _is_headed(sheet: Sheet, row: int) -> bool:
    """Whether a title stands over a repeated header: then it begins a block of its own."""
    above = next((r for r in range(row - 1, 0, -1) if not sheet.is_blank(r)), 0)
    cells = _texts(sheet, above, above)
    return len(cells) in {1, 2} and _may_be_title(cells)


def _same_header(band: Band, other: Band) -> bool:
    return [key(c.header) for c in band.columns] == [key(c.header) for c in other.columns]


def _texts(sheet: Sheet, first: int, last: int) -> tuple[Cell, ...]:
    """The cells of the rows that are no rows of a table: those with few cells filled."""
    found = []
    for row in range(first, last + 1):
        cells = [Cell(v, row, c) for c in range(1, sheet.width + 1) if (v := sheet.value(row, c)) is not None]
        if len(cells) <= 3:
            found += cells
    return tuple(found)
