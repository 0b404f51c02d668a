"""Drafts: records as one file gives them, before they know their discussion; the ledger of what was found beside."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from kodukant_analysis.loaders.cells import Parser, Reading
from kodukant_analysis.loaders.persons import PERSONAL, are_persons, hides_code
from kodukant_analysis.loaders.rows import NEEDED, Cell, Row
from kodukant_analysis.loaders.sheets import Value
from kodukant_analysis.loaders.suggestions import nearest_header
from kodukant_analysis.loaders.tables import Table
from kodukant_analysis.loaders.unread import unread_rule
from kodukant_analysis.loaders.vocabulary import vocabulary
from kodukant_analysis.privacy import MASK, Detector, PersonKeys, may_be_name
from kodukant_analysis.records import Issue

_MAX_FOUND: Final = 60
# A row by its sheet and the address at which it begins.
Place = tuple[str, str]


@dataclass(frozen=True)
class Draft:
    """A record without its discussion: the columns read, and what its discussion is to be found by.

    `cells` has the addresses of what tells its discussion, and under "row" the address at which its row begins.
    `told` is what the title over it says of its discussion.
    """

    dataset: str
    file: str
    sheet: str
    row: int
    values: Mapping[str, Any]
    number: str | None = None
    day: date | None = None
    cells: Mapping[str, str] = field(default_factory=dict)
    told: Mapping[str, Any] = field(default_factory=dict)


@dataclass
class Ledger:
    """What a file's reading found besides records: issues at their cells."""

    file: str
    keys: PersonKeys
    detector: Detector = field(default_factory=Detector)
    issues: list[Issue] = field(default_factory=list)
    prefecture: str | None = None
    reported_on: date | None = None
    aside: set[Place] = field(default_factory=set)
    used: set[Place] = field(default_factory=set)
    namesakes: frozenset[str] = frozenset()
    of_persons: dict[tuple[str, int, int], bool] = field(default_factory=dict)

    def set_aside(self, table: Table, row: Row) -> None:
        """Counts a row of which nothing is kept."""
        self.aside.add(place_of(table, row))

    def use(self, table: Table, row: Row) -> None:
        """Counts a row that is no record itself but is kept in the records of others."""
        self.used.add(place_of(table, row))

    def add(self, rule: str, table: Table, cell: Cell | None = None, hint: str = "") -> None:
        """Notes an issue of a table at a cell (None: the whole sheet), with what its owner may have meant."""
        place = (table.sheet.file, table.sheet.name, _address(table, cell) if cell else "")
        column = next((c.header for c in table.band.columns if cell and c.index == cell.column), "")
        column = self.detector.mask(column)
        found = self._shown(rule, table, cell) if cell else ""
        self.issues.append(Issue(*place, rule, found, table.dataset, column, hint))

    def _shown(self, rule: str, table: Table, cell: Cell) -> str:
        """What stands in a cell, personal data masked; what is in no vocabulary may be a name that is in no list."""
        is_unknown = rule.startswith("unknown-") and cell.row > table.band.last
        if is_unknown and (may_be_name(cell.text) or self._is_of_persons(table, cell.column)):
            return MASK
        return MASK if hides_code(table, cell, self.detector) else self.detector.mask(cell.text)[:_MAX_FOUND]

    def _is_of_persons(self, table: Table, column: int) -> bool:
        place = (table.sheet.name, table.band.first, column)
        if place not in self.of_persons:
            self.of_persons[place] = are_persons(table, column, self.detector)
        return self.of_persons[place]

    def keep_text(self, text: str | None) -> str | None:
        """A text as it may be kept: personal data masked."""
        return None if text is None else self.detector.mask(text)


def read_fields(row: Row, fields: Mapping[str, Parser], table: Table, ledger: Ledger) -> dict[str, Any]:
    """The columns of a record by their parsers; every cell that cannot be understood becomes an issue."""
    values: dict[str, Any] = {}
    for name, parse in fields.items():
        if name in row.cells:
            reading = read_cell(row.cells[name], parse, table, ledger)
            values |= {name: reading.value, **reading.extra}
    return values


def read_cell(cell: Cell, parse: Callable[[Value], Reading], table: Table, ledger: Ledger) -> Reading:
    """What a parser makes of a cell, its broken rule noted; text values are masked."""
    reading = parse(cell.value)
    if reading.rule:
        ledger.add(reading.rule, table, cell)
    masked = {name: ledger.keep_text(v) if isinstance(v, str) else v for name, v in reading.extra.items()}
    value = ledger.keep_text(reading.value) if isinstance(reading.value, str) else reading.value
    return reading._replace(value=value, extra=masked)


def records_of(table: Table, ledger: Ledger) -> Iterator[Row]:
    """The rows of a table that are records; a row without what makes it one is set aside with an issue."""
    for row in table.rows:
        if row.kind == "data" and is_record(table, row):
            note_personal_data(row, table, ledger)
            _note_example(row, table, ledger)
            yield row
        elif row.kind == "data":
            ledger.set_aside(table, row)
            ledger.add("row-without-key", table, first_cell(row))
    _note_headers(table, ledger)
    for kind, rule in (("hidden", "hidden-rows-skipped"), ("struck", "struck-rows-skipped")):
        if any(row.kind == kind for row in table.rows):
            ledger.add(rule, table)


def _note_example(row: Row, table: Table, ledger: Ledger) -> None:
    """An issue at a text of a template's example in a row that is no longer the example."""
    words = tuple(f"{word}:" for word in vocabulary().words["rows"]["example"])
    for cell in (cell for cell in row.cells.values() if cell.text.casefold().startswith(words)):
        ledger.add("example-left", table, cell)


def _note_headers(table: Table, ledger: Ledger) -> None:
    """An issue at every header that was told by its values, and at every unknown one with values below it."""
    for column in table.band.columns:
        cell = Cell(column.header, table.band.last, column.index)
        if column.by_values:
            ledger.add("header-by-values", table, cell)
        elif rule := unread_rule(table, column):
            ledger.add(rule, table, cell, nearest_header(table.dataset, column.header) or "")


def first_cell(row: Row) -> Cell | None:
    """The first cell of a row that is filled."""
    cells = [*row.cells.values(), *(cell for _, cell in row.repeated)]
    return next((cell for cell in cells if cell.value is not None), None)


def place_of(table: Table, row: Row) -> Place:
    """A row by its sheet and the address at which it begins: in a sheet on its side, the head of its column."""
    return table.sheet.name, table.sheet.address(row.number, table.band.columns[0].index)


def is_record(table: Table, row: Row) -> bool:
    """Whether a row has what a record of its dataset cannot do without."""
    named = {name for name, cell in row.cells.items() if cell.value is not None}
    if any(column.group and cell.value is not None for column, cell in row.repeated):
        named.add("group_count")
    if any(column.asked and cell.value is not None for column, cell in row.repeated):
        named.add("answer")
    return bool(named & NEEDED[table.dataset])


def note_personal_data(row: Row, table: Table, ledger: Ledger) -> None:
    """An issue at every cell of the row, kept or not, that holds personal data outside the columns made for it."""
    fields = {column.index: column.field for column in table.band.columns}
    for column in range(1, table.sheet.width + 1):
        cell = Cell(table.sheet.value(row.number, column), row.number, column)
        if fields.get(column) not in PERSONAL and _is_personal(table, cell, ledger.detector):
            ledger.add("personal-data-in-text", table, cell)


def _is_personal(table: Table, cell: Cell, detector: Detector) -> bool:
    """Whether a cell holds personal data; a number does as a personal code, not as a telephone."""
    if isinstance(cell.value, str) and detector.kinds(cell.value):
        return True
    return isinstance(cell.value, str | float) and hides_code(table, cell, detector)


def draft(
    table: Table, row: Row, values: Mapping[str, Any], *, day: date | None = None, number: str | None = None
) -> Draft:
    """A draft of a row; its discussion is found by the number in the row, or else by `number` and `day`."""
    typed = row.cells["discussion_no"].text if "discussion_no" in row.cells else ""
    known = ("held_on", "discussion_no")
    cells: dict[str, str] = {name: _address(table, row.cells[name]) for name in known if name in row.cells}
    cells["row"] = place_of(table, row)[1]
    place = (table.sheet.file, table.sheet.name, table.sheet.source_row(row.number))
    return Draft(table.dataset, *place, values, typed or number, day, cells)


def _address(table: Table, cell: Cell) -> str:
    return table.sheet.address(cell.row, cell.column)
