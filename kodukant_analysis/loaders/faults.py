"""Faults: cells of a table that hold an error, or a formula that was never worked out; their values are missing."""

import re
from collections.abc import Iterator
from typing import Final

from kodukant_analysis.loaders.drafts import Ledger
from kodukant_analysis.loaders.hidden import Hidden
from kodukant_analysis.loaders.rows import Cell
from kodukant_analysis.loaders.tables import Table

# An error as a text file has it: "#DIV/0!", "#N/A", "#NIMI?", "#ССЫЛКА!".
_ERROR: Final = re.compile(r"#[^\W\d_]+(?:/[^\W_]+)?[!?]|#(?:N/A|PUUDUB|Н/Д)", re.IGNORECASE)


def note_faults(table: Table, facts: Hidden, ledger: Ledger) -> None:
    """An issue at each cell of a table's rows whose value is missing because of an error; `facts` are of its sheet."""
    for cell in _cells(table):
        home = table.sheet.home(cell.row, cell.column)
        if home in facts.errors or _ERROR.fullmatch(cell.text):
            ledger.add("cell-error", table, cell)
        elif home in facts.uncalculated:
            ledger.add("formula-without-value", table, cell)


def _cells(table: Table) -> Iterator[Cell]:
    for row in (row for row in table.rows if row.kind == "data"):
        for column in table.band.columns:
            yield Cell(table.value(row.number, column.index), row.number, column.index)
