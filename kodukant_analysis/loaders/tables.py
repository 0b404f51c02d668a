"""Tables: the parts of a sheet that hold records, found by the words over their columns, wherever they stand."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from kodukant_analysis.loaders.columns import names_discussion
from kodukant_analysis.loaders.forms import Form, Spot, form_below, forms_in, is_recorded, sheet_of
from kodukant_analysis.loaders.headers import GUIDE, Band, read_band
from kodukant_analysis.loaders.rows import (
    Cell,
    Row,
    filled_down,
    in_sections,
    label_of,
    leading_word,
    row_kind,
    section_in,
)
from kodukant_analysis.loaders.sections import Section
from kodukant_analysis.loaders.sheets import Sheet, Value
from kodukant_analysis.loaders.views import Area, blocks_side_by_side, cut, parts_of
from kodukant_analysis.loaders.vocabulary import vocabulary
from kodukant_analysis.loaders.wording import key

# A sheet on its side has a row for each of its fields.
_MOST_FIELDS: Final = 100
_MOST_OF_TEXTS: Final = 3
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
        if value is None:
            for top, left, bottom, right in self.sheet.merges:
                if top < row <= bottom and left == right == column and top > self.band.last:
                    return self.sheet.value(top, left)
        return value


@dataclass(frozen=True)
class Layout:
    """The headers and the forms of a sheet, each from top to bottom."""

    sheet: Sheet
    bands: tuple[Band, ...]
    forms: tuple[Form, ...]

    def top(self) -> int:
        """The first row of a table or a form."""
        return min([band.first for band in self.bands] + [form.first for form in self.forms])

    def block(self, row: int) -> int:
        """The row at which the block around a row begins: a later form that names its discussion, with its title."""
        starts = (self._start(form) for form in self.forms if form.names_discussion and form.first <= row)
        return max((start for start in starts if any(band.last < start for band in self.bands)), default=1)

    def end_below(self, row: int) -> int:
        """The last row that may belong to a table whose header ends in a row."""
        starts = [band.first for band in self.bands] + [self._start(form) for form in self.forms]
        return min((start for start in starts if start > row), default=len(self.sheet.cells) + 1) - 1

    def _start(self, form: Form) -> int:
        row = form.first
        while row > 1 and len(_texts_of(self.sheet, row - 1)) == 1:
            row -= 1
        return row


def locate_tables(sheet: Sheet) -> list[Table]:
    """The tables of a sheet: below each other, side by side, on their side, and the forms of labels with values."""
    parts = blocks_side_by_side(sheet)
    blocks = [(block, found) for block in parts if len(parts) > 1 and (found := _tables_in(block))]
    if len(blocks) < 2:
        return _tables_in(sheet) or _discussions_in(sheet)
    shared = _texts(_layout_of(sheet), 1, min(found[0].band.first for _, found in blocks) - 1)
    return [replace(table, headings=shared + table.headings) for _, found in blocks for table in found]


def _discussions_in(sheet: Sheet) -> list[Table]:
    """Sheets on their side are registers of discussions: other tables that seem to lie so are code books."""
    if len(sheet.cells) > _MOST_FIELDS:
        return []
    flipped = cut(sheet, Area(1, 1, len(sheet.cells), sheet.width), flipped=True)
    return [table for table in _tables_in(flipped) if table.dataset == "discussions"]


def _tables_in(sheet: Sheet) -> list[Table]:
    layout = _layout_of(sheet)
    bands = layout.bands
    closing = _texts(layout, bands[-1].last + 1, len(sheet.cells)) if bands else ()
    tables = [table for form in layout.forms for table in _tables_of_form(layout, form)]
    for band in bands:
        headings = _headings(layout, band.first)
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
            yield first, after - 1, _texts(layout, first, first) if first in titles else ()


def _is_title(sheet: Sheet, band: Band, row: int) -> bool:
    cells = _texts_of(sheet, row)
    if len(cells) not in {1, 2} or cells[0].column != band.columns[0].index:
        return False
    return _may_be_title(cells) and names_discussion(cells[0].text)


def _may_be_title(cells: Sequence[Cell]) -> bool:
    """Whether a row of few cells begins with a text that is no total, no sub-count and no note."""
    is_note = leading_word(cells[0].text, vocabulary().keys("rows", "note"))
    return isinstance(cells[0].value, str) and not is_note and not label_of(cells)


def _tables_of_form(layout: Layout, form: Form) -> list[Table]:
    """A form as the one row of a table; one that tells nothing but where and when is but a heading of the tables."""
    titles = _headings(layout, form.first)
    sheet = sheet_of(layout.sheet, form, [*map(_spot, titles), Spot(layout.sheet.name, form.first, 1)])
    band = read_band(sheet, 1) if is_recorded(form) else None
    if not band or band.dataset != "discussions" or band.first > 1:
        return []
    return [Table(sheet, band, band.last + 1, len(sheet.cells), titles, ())]


def _spot(cell: Cell) -> Spot:
    return Spot(cell.value, cell.row, cell.column)


def _layout_of(sheet: Sheet) -> Layout:
    forms = [] if sheet.is_flipped else forms_in(sheet)
    taken = {row for form in forms for row in range(form.first, form.last + 1)}
    bands: list[Band] = []
    row = 1
    while row <= len(sheet.cells):
        band = None if row in sheet.hidden.rows or row in taken else read_band(sheet, row)
        if band and not (bands and _same_header(band, bands[-1]) and not _is_headed(sheet, row)):
            bands.append(band)
            row = _last_header_row(sheet, band)
        row += 1
    forms = [form for form in forms if not any(form.first <= band.last and band.first <= form.last for band in bands)]
    below = [] if sheet.is_flipped else list(_forms_below(sheet, bands, taken))
    return Layout(sheet, tuple(bands), tuple(sorted([*forms, *below], key=lambda form: form.first)))


def _forms_below(sheet: Sheet, bands: Sequence[Band], taken: set[int]) -> Iterator[Form]:
    """Labels over the one line of their values, apart from the rows of tables."""
    headers = {row for band in bands for row in range(band.first, band.last + 1)} | taken
    for row in range(1, len(sheet.cells)):
        is_apart = row - 1 not in headers and len(_texts_of(sheet, row - 1)) < 2
        if is_apart and not {row, row + 1} & headers and (form := form_below(sheet, row)):
            yield form


def _last_header_row(sheet: Sheet, band: Band) -> int:
    """The last row that can be no header of another table; in a guide, which names headers, that of its last row."""
    if band.dataset != GUIDE:
        return band.last
    below = range(band.last + 1, len(sheet.cells) + 1)
    return next((row - 1 for row in below if sheet.is_blank(row)), len(sheet.cells))


def _is_headed(sheet: Sheet, row: int) -> bool:
    """Whether a title stands over a repeated header: then it begins a block of its own."""
    above = next((r for r in range(row - 1, 0, -1) if not sheet.is_blank(r)), 0)
    cells = _texts_of(sheet, above)
    return len(cells) in {1, 2} and _may_be_title(cells)


def _same_header(band: Band, other: Band) -> bool:
    return [key(c.header) for c in band.columns] == [key(c.header) for c in other.columns]


def _headings(layout: Layout, row: int) -> tuple[Cell, ...]:
    """The texts over a row: those over the first table or form of its sheet, and those of the block it stands in."""
    top, start = layout.top(), layout.block(row)
    return (_texts(layout, 1, min(top, start) - 1) if start > 1 else ()) + _texts(layout, start, row - 1)


def _texts(layout: Layout, first: int, last: int) -> tuple[Cell, ...]:
    """The cells of the rows that are no rows of a table: those of forms with their labels, those with few filled."""
    headers = {row for band in layout.bands for row in range(band.first, band.last + 1)}
    labelled = {row: form for form in layout.forms for row in range(form.first, form.last + 1)}
    found: list[Cell] = []
    for row in range(first, last + 1):
        if row in labelled:
            found += _values_of(labelled[row], row)
        elif row not in headers and len(cells := _texts_of(layout.sheet, row)) <= _MOST_OF_TEXTS:
            found += cells
    return tuple(found)


def _values_of(form: Form, row: int) -> Iterator[Cell]:
    """What the pairs that begin in a row say; nothing where they speak of several discussions."""
    pairs = [pair for pair in form.pairs if pair.at.row == row and not form.is_flipped]
    return (Cell(*pair.values[0], pair.label) for pair in pairs)


def _texts_of(sheet: Sheet, row: int) -> list[Cell]:
    """The filled cells of a row, none of a row that is not there."""
    return [Cell(v, row, c) for c in range(1, sheet.width + 1) if (v := sheet.value(row, c)) is not None]
