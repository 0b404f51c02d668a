"""Rows: what kind of row stands below a header, and what its blank cells mean."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from kodukant_analysis.loaders.cells import read_ordinal
from kodukant_analysis.loaders.columns import Column
from kodukant_analysis.loaders.counts import is_part
from kodukant_analysis.loaders.dates import read_day
from kodukant_analysis.loaders.headers import GUIDE, Band
from kodukant_analysis.loaders.sections import Section, section_of
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
    "question",
    "survey_region",
    "wave",
)
# The datasets whose rows are never mere numbers.
_FIGURED: Final = frozenset({"actions", "topics", "attendance", "discussions"})
_NUMBERED: Final = 3
_WIDE: Final = 3
# What published shares may name once for a block of rows, of which each names something else of these.
_OF_SHARES: Final = frozenset({"question", "survey_region", "wave", "answer"})
_FILLED: Final = frozenset({"data", "hidden", "struck"})
_COARSE: Final = frozenset({"prefecture", "county", "code_variable", "code_question"}) | _OF_SHARES
_IDENTITY: Final = ("discussion_no", "held_on", "planned_on", "agreed_on")


class Cell(NamedTuple):
    """A value with the 1-based row and column where it stands, and the label over or beside it in a form."""

    value: Value
    row: int
    column: int
    label: str = ""

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
    """One row of a table: what kind of row it is, its cells by field, the counts by group or year beside them.

    `section` is what the last lone cell over it says of it; the row of that cell is of the kind "section".
    """

    number: int
    kind: str
    cells: dict[str, Cell]
    repeated: tuple[tuple[Column, Cell], ...]
    section: Section = Section()


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
    if _is_header_again(band, filled) or _is_numbering(sheet, band, number):
        return "header"
    if is_example(band.dataset, [(c.header, cell.value) for c, cell in zip(band.columns, cells, strict=True)]):
        return "example"
    is_region = band.dataset == "shares" and _field_at(band, filled[0]) == "survey_region"
    label = "part" if _is_part_of_group(band, filled) else label_of(filled)
    return (not is_region and label) or ("note" if _is_note(sheet, band, filled) else "data")


def _is_header_again(band: Band, filled: Sequence[Cell]) -> bool:
    headers = {column.index: key(column.header) for column in band.columns}
    return sum(key(cell.text) == headers[cell.column] for cell in filled) * 2 > len(filled) > 1


def _is_numbering(sheet: Sheet, band: Band, number: int) -> bool:
    """Whether a row only numbers the columns from the left: "1 2 3 4"; the answers of a survey may look like that."""
    if band.dataset not in _FIGURED:
        return False
    values = [value for column in range(1, sheet.width + 1) if (value := sheet.value(number, column)) is not None]
    numbers = [read_ordinal(value).value for value in values]
    return len(numbers) >= max(_NUMBERED, len(band.columns)) and numbers == list(range(1, len(numbers) + 1))


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


def _is_part_of_group(band: Band, filled: Sequence[Cell]) -> bool:
    """Whether a row counts once more some of a group: "sh noori" in the column of groups."""
    return any(is_part(cell.text) for cell in filled if _field_at(band, cell) == "group")


def leading_word(text: str, words: frozenset[str]) -> str:
    """The longest of some words that a text begins with, "" for none."""
    typed = key(text)
    return max((word for word in words if typed == word or typed.startswith(f"{word} ")), key=len, default="")


def section_in(sheet: Sheet, band: Band, number: int) -> Section | None:
    """What a lone cell says of the rows below it ("Puudusid:", "Veebruar"), None for nothing."""
    filled = [Cell(v, number, c) for c in range(1, sheet.width + 1) if (v := sheet.value(number, c)) is not None]
    if len(filled) != 1 or number in sheet.hidden.rows or band.dataset == GUIDE:
        return None
    fields = {column.index: column.field for column in band.columns}
    return section_of(filled[0].text, frozenset(fields.values()), fields.get(filled[0].column, ""))


def in_sections(rows: Iterable[Row]) -> Iterator[Row]:
    """The rows with the section each stands in; a remark ends one of persons."""
    section = Section()
    for row in rows:
        if row.kind == "section":
            section = row.section
        elif row.kind == "note":
            section = section._replace(is_absent=False, group="")
        days = {name: cell for name in ("held_on", "planned_on") if (cell := row.cells.get(name))}
        completed = {name: cell._replace(value=section.completed(cell.value)) for name, cell in days.items()}
        yield row._replace(section=section, cells={**row.cells, **completed})


def _total_word(text: str) -> str:
    """The word of totals at either end of a label: "Kokku Hiiumaa", "Raplamaa kokku"."""
    words, typed = vocabulary().keys("rows", "total"), key(text)
    return leading_word(text, words) or max((word for word in words if typed.endswith(f" {word}")), key=len, default="")


def _is_note(sheet: Sheet, band: Band, filled: Sequence[Cell]) -> bool:
    """Whether a row of few cells is a remark; a lone cell is one unless it is what a record needs, among the rows."""
    cell = filled[0]
    if len(filled) <= 3 and is_label(cell.text):
        return True
    stands_apart = cell.column == band.columns[0].index and sheet.is_blank(cell.row - 1)
    if len(band.columns) < _WIDE:
        return band.dataset == "attendance" and len(filled) == 1 and stands_apart
    if len(filled) > 2:
        return False
    if leading_word(cell.text, vocabulary().keys("rows", "note")):
        return True
    is_needed = _field_at(band, cell) in NEEDED[band.dataset]
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


def _has_share(row: Row, field: str) -> bool:
    """Whether a row is one of shares, and names what they are of beside a field that it may leave blank."""
    is_of_shares = "share" in row.cells or any(column.field == "share" for column, _ in row.repeated)
    return is_of_shares and any(row.cells[f].value is not None for f in (_OF_SHARES - {field}) & row.cells.keys())


def _is_block(data: Sequence[Row], field: str) -> bool:
    if field in _OF_SHARES and not all(_has_share(row, field) for row in data):
        return False
    values = [row.cells[field].value for row in data if field in row.cells]
    if not values or values[0] is None or None not in values:
        return False
    return all(left != right for left, right in pairwise(values) if right is not None)
