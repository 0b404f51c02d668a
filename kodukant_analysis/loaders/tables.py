"""Tables: the parts of a sheet that hold records, found by the words over their columns, wherever they stand."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from kodukant_analysis.loaders.columns import names_discussion
from kodukant_analysis.loaders.forms import Form, sheet_of
from kodukant_analysis.loaders.headers import GUIDE, Band, read_band
from kodukant_analysis.loaders.layouts import Layout, cells_of, headings_over, layout_of, may_be_title, texts_in
from kodukant_analysis.loaders.pairs import Spot
from kodukant_analysis.loaders.rows import (
    Cell,
    Row,
    filled_down,
    in_sections,
    row_kind,
    section_in,
)
from kodukant_analysis.loaders.sections import Section
from kodukant_analysis.loaders.sheets import Sheet, Value
from kodukant_analysis.loaders.views import Area, blocks_side_by_side, cut, parts_of

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
        return list(filled_down(list(in_sections(rows))))

    def _row(self, number: int) -> Row:
        cells = [(column, Cell(self.value(number, column.index), number, column.index)) for column in self.band.columns]
        by_field = {c.field: cell for c, cell in cells if c.field and not c.is_one_of_many}
        repeated = tuple((c, cell) for c, cell in cells if c.is_one_of_many)
        section = section_in(self.sheet, self.band, number)
        kind = "section" if section else row_kind(self.sheet, self.band, number, [cell for _, cell in cells])
        return Row(number, kind, by_field, repeated, section or Section())

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
    if sum(not all(map(_is_form, found)) for _, found in blocks) < 2:
        return _tables_in(sheet) or _discussions_in(sheet)
    layout = layout_of(sheet)
    top = min(table.band.first for _, found in blocks for table in found if not _is_form(table))
    shared = texts_in(layout, 1, top - 1)
    forms = [table for form in layout.forms if form.last < top for table in _tables_of_form(layout, form)]
    tables = [table for _, found in blocks for table in found if not _is_form_above(table, top)]
    return forms + [replace(table, headings=shared + table.headings) for table in tables]


def _is_form(table: Table) -> bool:
    return bool(table.sheet.homes) or table.sheet.is_flipped


def _is_form_above(table: Table, row: int) -> bool:
    return _is_form(table) and table.sheet.home(2, 1)[0] < row


def _discussions_in(sheet: Sheet) -> list[Table]:
    """Sheets on their side are registers of discussions: other tables that seem to lie so are code books."""
    if len(sheet.cells) > _MOST_FIELDS:
        return []
    flipped = cut(sheet, Area(1, 1, len(sheet.cells), sheet.width), flipped=True)
    return [table for table in _tables_in(flipped) if table.dataset == "discussions"]


def _tables_in(sheet: Sheet) -> list[Table]:
    layout = layout_of(sheet)
    bands = layout.bands
    closing = texts_in(layout, bands[-1].last + 1, len(sheet.cells)) if bands else ()
    tables = [table for form in layout.forms for table in _tables_of_form(layout, form)]
    for band in bands:
        headings = headings_over(layout, band.first)
        end = layout.end_below(band.last)
        for table in _side_by_side(sheet, band, end) or [
            Table(sheet, band, first, last, title, closing) for first, last, title in _stretches(layout, band, end)
        ]:
            tables.append(replace(table, headings=headings + table.headings))
    return tables


def _side_by_side(sheet: Sheet, band: Band, end: int) -> list[Table]:
    """The tables of a header that empty columns part, where a part beside the first table is one or goes on below."""
    parts = parts_of(sheet, Area(band.first, 1, end, sheet.width))
    found = [(part, _tables_in(part)) for part in parts] if len(parts) > 1 else []
    signed = [tables for _, tables in found if tables]
    lengths = {_filled_rows(part) for part, tables in found if tables}
    longest = max((_filled_rows(part) for part, tables in found if not tables), default=0)
    is_parted = len(signed) > 1 or (len(signed) == 1 and longest > max(lengths))
    return [table for tables in signed for table in tables] if is_parted else []


def _filled_rows(part: Sheet) -> int:
    return max((row for row in range(1, len(part.cells) + 1) if not part.is_blank(row)), default=0)


def _stretches(layout: Layout, band: Band, end: int) -> Iterator[tuple[int, int, tuple[Cell, ...]]]:
    """The rows below a header, apart where a title among them names another discussion ("Are vald, 29.09.2016")."""
    sheet = layout.sheet
    titles = (
        [] if band.dataset in _OF_DISCUSSIONS else [r for r in range(band.last + 1, end) if _is_title(sheet, band, r)]
    )
    starts = [band.last + 1, *titles]
    for first, after in zip(starts, [*titles, end + 1], strict=True):
        if after > first:
            yield first, after - 1, texts_in(layout, first, first) if first in titles else ()


def _is_title(sheet: Sheet, band: Band, row: int) -> bool:
    cells = cells_of(sheet, row)
    if len(cells) not in {1, 2} or cells[0].column != band.columns[0].index:
        return False
    return may_be_title(cells) and names_discussion(cells[0].text)


def _tables_of_form(layout: Layout, form: Form) -> list[Table]:
    """A form as the one row of a table; one that tells nothing but where and when is but a heading of the tables."""
    titles = headings_over(layout, form.first)
    sheet = sheet_of(layout.sheet, form, [*map(_spot, titles), Spot(layout.sheet.name, form.first, 1)])
    band = read_band(sheet, 1, ("discussions",)) if form.is_recorded else None
    if not band or band.dataset == GUIDE:
        return []
    return [Table(sheet, band, band.last + 1, len(sheet.cells), titles, ())]


def _spot(cell: Cell) -> Spot:
    return Spot(cell.value, cell.row, cell.column)
