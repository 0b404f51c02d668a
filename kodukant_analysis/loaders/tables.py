"""Tables: the parts of a sheet that hold records, found by the words over their columns, wherever they stand."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import Final, NamedTuple

from kodukant_analysis.loaders.columns import Column, names_discussion
from kodukant_analysis.loaders.dates import read_day
from kodukant_analysis.loaders.headers import Band, read_band
from kodukant_analysis.loaders.sheets import Sheet, Value
from kodukant_analysis.loaders.views import Area, blocks_side_by_side, cut, forms_in, is_label
from kodukant_analysis.loaders.vocabulary import vocabulary
from kodukant_analysis.loaders.wording import as_typed, key, plain

# What a row must have of to be a record of its dataset.
NEEDED: Final = {
    "actions": frozenset({"action"}),
    "topics": frozenset({"title"}),
    "attendance": frozenset({"name", "first_name", "last_name", "group", "group_count"}),
    "discussions": frozenset({"held_on", "planned_on", "place", "municipality", "settlement", "county"}),
    "answers": frozenset({"respondent_no", "survey_region", "weight", "answer"}),
    "shares": frozenset({"survey_region", "answer", "question", "wave"}),
    "codes": frozenset({"code_value"}),
}
# Columns whose blank cells may mean "as above", where a sheet names them once for a block of rows.
_BLOCKED: Final = (
    "prefecture",
    "county",
    "discussion_no",
    "municipality",
    "place",
    "settlement",
    "held_on",
    "code_variable",
    "code_question",
)
_OF_DISCUSSIONS: Final = frozenset({"discussions", "answers", "shares", "codes"})
_COARSE: Final = frozenset({"prefecture", "county", "code_variable", "code_question"})
_IDENTITY: Final = ("discussion_no", "held_on", "planned_on", "agreed_on")


class Cell(NamedTuple):
    """A value with the 1-based row and column where it stands."""

    value: Value
    row: int
    column: int

    @property
    def text(self) -> str:
        """The value as typed text on one line; a whole number without its decimal point."""
        if isinstance(self.value, float) and self.value.is_integer():
            return str(int(self.value))
        return "" if self.value is None else plain(str(self.value))

    @property
    def typed(self) -> str:
        """The value as its owner typed it."""
        return as_typed(self.value) if isinstance(self.value, str) else self.text


class Row(NamedTuple):
    """One row of a table: what kind of row it is, its cells by field, the counts by group or year beside them."""

    number: int
    kind: str
    cells: dict[str, Cell]
    repeated: tuple[tuple[Column, Cell], ...]


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
        """All rows under the header, in order, each with its kind: data, blank, header, total, part, note, hidden."""
        rows = [self._row(number) for number in range(self.first, self.last + 1)]
        return list(_filled_down(rows))

    def _row(self, number: int) -> Row:
        cells = [(column, Cell(self.value(number, column.index), number, column.index)) for column in self.band.columns]
        by_field = {c.field: cell for c, cell in cells if c.field and not c.is_one_of_many}
        repeated = tuple((c, cell) for c, cell in cells if c.is_one_of_many)
        return Row(number, _kind(self, number, [cell for _, cell in cells]), by_field, repeated)

    def value(self, row: int, column: int) -> Value:
        """The value at a cell; a cell of a merged area down one column has the value of its first cell."""
        value = self.sheet.value(row, column)
        if value is None:
            for top, left, bottom, right in self.sheet.merges:
                if top < row <= bottom and left == right == column and top > self.band.last:
                    return self.sheet.value(top, left)
        return value


def locate_tables(sheet: Sheet) -> list[Table]:
    """The tables of a sheet: below each other, side by side, on their side, and the forms of labels with values."""
    blocks = [(block, found) for block in blocks_side_by_side(sheet) if (found := _tables_in(block))]
    if len(blocks) < 2:
        return _tables_in(sheet) or _tables_in(cut(sheet, Area(1, 1, len(sheet.cells), sheet.width), flipped=True))
    shared = _texts(sheet, 1, min(found[0].band.first for _, found in blocks) - 1)
    return [replace(table, headings=shared + table.headings) for _, found in blocks for table in found]


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
    is_note = _leading_word(cells[0].text, vocabulary().keys("rows", "note"))
    return isinstance(cells[0].value, str) and not is_note and not _label(cells)


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
            last, row = band, band.last
        row += 1


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


def _kind(table: Table, number: int, cells: Sequence[Cell]) -> str:
    filled = [cell for cell in cells if cell.value is not None]
    if number in table.sheet.hidden.rows:
        return "hidden" if filled else "blank"
    if not filled:
        return "note" if not table.sheet.is_blank(number) else "blank"
    headers = {column.index: key(column.header) for column in table.band.columns}
    if sum(key(cell.text) == headers[cell.column] for cell in filled) * 2 > len(filled) > 1:
        return "header"
    return _label(filled) or ("note" if _is_note(table, filled) else "data")


def _label(filled: Sequence[Cell]) -> str:
    """Whether the row is a total or a sub-count, told by a word at the start of one of its first cells."""
    texts = [cell for cell in filled if isinstance(cell.value, str)]
    for cell in texts[:3]:
        for kind in ("total", "part"):
            word = (
                _total_word(cell.text) if kind == "total" else _leading_word(cell.text, vocabulary().keys("rows", kind))
            )
            if word and (word == key(cell.text) or len(texts) == 1):
                return kind
    return ""


def _leading_word(text: str, words: frozenset[str]) -> str:
    typed = key(text)
    return max((word for word in words if typed == word or typed.startswith(f"{word} ")), key=len, default="")


def _total_word(text: str) -> str:
    """The word of totals at either end of a label: "Kokku Hiiumaa", "Raplamaa kokku"."""
    words, typed = vocabulary().keys("rows", "total"), key(text)
    return _leading_word(text, words) or max(
        (word for word in words if typed.endswith(f" {word}")), key=len, default=""
    )


def _is_note(table: Table, filled: Sequence[Cell]) -> bool:
    if len(filled) <= 3 and is_label(filled[0].text):
        return True
    if len(filled) > 2 or len(table.band.columns) < 3:
        return False
    if _leading_word(filled[0].text, vocabulary().keys("rows", "note")):
        return True
    first = table.band.columns[0].index
    return len(filled) == 1 and (filled[0].column == first or _field_at(table, filled[0]) not in NEEDED[table.dataset])


def _field_at(table: Table, cell: Cell) -> str:
    return next(column.field for column in table.band.columns if column.index == cell.column)


def _filled_down(rows: list[Row]) -> Iterator[Row]:
    """Blank cells of a block column take the value above: such a column starts filled and never repeats itself.

    A county may stand over several discussions; a place only over rows that speak of the same one.
    """
    data = [row for row in rows if row.kind in {"data", "hidden"}]
    blocked = [field for field in _BLOCKED if _is_block(data, field)]
    above: dict[str, Cell] = {}
    previous: Row | None = None
    for row in rows:
        if row.kind not in {"data", "hidden"}:
            yield row
            continue
        own = {field: row.cells[field] for field in blocked if row.cells[field].value is not None}
        kept = _kept(above, row, same=previous is not None and _same_discussion(row, previous))
        borrowed = {field: cell._replace(row=row.number) for field, cell in kept.items() if field not in own}
        above, previous = kept | own, row
        yield row._replace(cells={**row.cells, **borrowed})


def _kept(above: dict[str, Cell], row: Row, *, same: bool) -> dict[str, Cell]:
    """What of the values above still holds in a row: nothing finer than what the row itself names."""
    typed = [_BLOCKED.index(field) for field in _BLOCKED if field in row.cells and row.cells[field].value is not None]
    named = min((order for order in typed if _BLOCKED[order] != "held_on"), default=len(_BLOCKED))
    return {f: cell for f, cell in above.items() if _BLOCKED.index(f) < named and (same or f in _COARSE)}


def _same_discussion(row: Row, previous: Row) -> bool:
    """Whether nothing that two rows say of their discussion differs."""
    pairs = [(row.cells[f], previous.cells[f]) for f in _IDENTITY if f in row.cells and f in previous.cells]
    return all(one.value is None or _comparable(one) == _comparable(other) for one, other in pairs)


def _comparable(cell: Cell) -> object:
    return read_day(cell.value) or key(cell.text)


def _is_block(data: Sequence[Row], field: str) -> bool:
    values = [row.cells[field].value for row in data if field in row.cells]
    if not values or values[0] is None or None not in values:
        return False
    return all(left != right for left, right in pairwise(values) if right is not None)
