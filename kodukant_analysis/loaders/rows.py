"""Rows: what kind of row stands below a header, and what its blank cells mean."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from kodukant_analysis.loaders.columns import Column
from kodukant_analysis.loaders.dates import read_day
from kodukant_analysis.loaders.headers import GUIDE, Band
from kodukant_analysis.loaders.sheets import Sheet, Value
from kodukant_analysis.loaders.templates import is_example
from kodukant_analysis.loaders.views import is_label
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
_FILLED: Final = frozenset({"data", "hidden", "struck"})
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


def row_kind(sheet: Sheet, band: Band, number: int, cells: Sequence[Cell]) -> str:
    """What a row below a header is: data, blank, header, total, part, note, guide or a template's example.

    One that is hidden or struck through is that and nothing else.
    """
    filled = [cell for cell in cells if cell.value is not None]
    if kind := _crossed_out(sheet, number):
        return kind if filled else "blank"
    if not filled:
        return "note" if not sheet.is_blank(number) else "blank"
    if band.dataset == GUIDE:
        return "guide"
    headers = {column.index: key(column.header) for column in band.columns}
    if sum(key(cell.text) == headers[cell.column] for cell in filled) * 2 > len(filled) > 1:
        return "header"
    if is_example(band.dataset, [(c.header, cell.value) for c, cell in zip(band.columns, cells, strict=True)]):
        return "example"
    return label_of(filled) or ("note" if _is_note(sheet, band, filled) else "data")


def _crossed_out(sheet: Sheet, number: int) -> str:
    return "hidden" if number in sheet.hidden.rows else "struck" if number in sheet.struck_rows else ""


def label_of(filled: Sequence[Cell]) -> str:
    """Whether the row is a total or a sub-count, told by a word at the start of one of its first cells."""
    texts = [cell.text for cell in filled if isinstance(cell.value, str)]
    parts = vocabulary().keys("rows", "part")
    for text in texts[:3]:
        for kind, word in (("total", _total_word(text)), ("part", leading_word(text, parts))):
            if word and (word == key(text) or len(texts) == 1):
                return kind
    return ""


def leading_word(text: str, words: frozenset[str]) -> str:
    """The longest of some words that a text begins with, "" for none."""
    typed = key(text)
    return max((word for word in words if typed == word or typed.startswith(f"{word} ")), key=len, default="")


def is_of_absent(filled: Sequence[Cell]) -> bool:
    """Whether a lone cell says that those below it were absent ("Puudusid:")."""
    return len(filled) == 1 and leading_word(filled[0].text, vocabulary().keys("rows", "absent")) != ""


def _total_word(text: str) -> str:
    """The word of totals at either end of a label: "Kokku Hiiumaa", "Raplamaa kokku"."""
    words, typed = vocabulary().keys("rows", "total"), key(text)
    return leading_word(text, words) or max((word for word in words if typed.endswith(f" {word}")), key=len, default="")


def _is_note(sheet: Sheet, band: Band, filled: Sequence[Cell]) -> bool:
    """Whether a row of few cells is a remark; a lone cell is one unless it is what a record needs, among the rows."""
    cell = filled[0]
    if len(filled) <= 3 and is_label(cell.text):
        return True
    if len(filled) > 2 or len(band.columns) < 3:
        return False
    if leading_word(cell.text, vocabulary().keys("rows", "note")) or is_of_absent(filled):
        return True
    is_needed = _field_at(band, cell) in NEEDED[band.dataset]
    stands_apart = cell.column == band.columns[0].index and sheet.is_blank(cell.row - 1)
    return len(filled) == 1 and (not is_needed or stands_apart or not isinstance(cell.value, str))


def _field_at(band: Band, cell: Cell) -> str:
    return next(column.field for column in band.columns if column.index == cell.column)


def filled_down(rows: list[Row]) -> Iterator[Row]:
    """The rows of a table with the blank cells of block columns filled from above.

    A block column starts filled and never repeats itself. A county may stand over several discussions; a place only
    over rows that speak of the same one.
    """
    data = [row for row in rows if row.kind in _FILLED]
    blocked = [field for field in _BLOCKED if _is_block(data, field)]
    above: dict[str, Cell] = {}
    previous: Row | None = None
    for row in rows:
        if row.kind not in _FILLED:
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
