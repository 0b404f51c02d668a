"""Persons: the cells of a table that name somebody, in columns made for it and in others."""

from collections.abc import Iterable, Iterator
from typing import Final

from kodukant_analysis.loaders.rows import Cell
from kodukant_analysis.loaders.tables import Table
from kodukant_analysis.privacy import MASK, Detector, may_be_name

# Columns that are there to name persons or to reach them; nothing of them is kept as text.
PERSONAL: Final = frozenset(
    {
        "name",
        "first_name",
        "last_name",
        "personal",
        "signature",
        "lead_officer",
        "space_holder",
        "has_local_leader",
        "organiser",
    }
)
_NAMES: Final = ("name", "first_name", "last_name", "lead_officer", "space_holder")
_FEWEST_DIGITS: Final = 11


def person_names(tables: Iterable[Table]) -> list[str]:
    """What stands in the name columns of the tables, and the names in other lines of cells that are mostly names."""
    return [name for table in tables for name in (*_in_name_columns(table), *_in_other_lines(table))]


def are_persons(table: Table, column: int, detector: Detector) -> bool:
    """Whether at least half of the texts in a column name persons."""
    return _are_names([text for row in table.rows if (text := _text(table, row.number, column))], detector)


def hides_code(table: Table, cell: Cell, detector: Detector) -> bool:
    """Whether a cell holds a personal code by itself or, whatever its check digit, by the header over it."""
    if sum(map(str.isdigit, cell.text)) < _FEWEST_DIGITS:
        return False
    header = next((column.header for column in table.band.columns if column.index == cell.column), "")
    return any("code" in detector.kinds(text) for text in (cell.text, f"{header}: {cell.text}"))


def _in_name_columns(table: Table) -> Iterator[str]:
    cells = (row.cells[name] for row in table.rows for name in _NAMES if name in row.cells)
    return (cell.text for cell in cells if cell.text != MASK)


def _in_other_lines(table: Table) -> Iterator[str]:
    """The names in columns whose texts are mostly names, and in headers of which two are: lists have other shapes."""
    columns = [column for column in table.band.columns if column.field not in _NAMES]
    lines = [[text for row in table.rows if (text := _text(table, row.number, column.index))] for column in columns]
    unread = [column.header for column in columns if not column.field]
    for texts in (*lines, unread if len(unread) > 1 else []):
        names = list(filter(may_be_name, texts))
        if len(names) * 2 >= len(texts) and _are_names(texts, Detector()):
            yield from names


def _are_names(texts: list[str], detector: Detector) -> bool:
    names = (text == MASK or "name" in detector.kinds(text) for text in texts)
    return bool(texts) and sum(names) * 2 >= len(texts)


def _text(table: Table, row: int, column: int) -> str:
    value = table.value(row, column)
    return value if isinstance(value, str) else ""
