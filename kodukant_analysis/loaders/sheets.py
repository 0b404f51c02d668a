"""Sheets: the cells of a workbook or a text under their Excel addresses."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import cached_property
from itertools import product
from typing import Final

from kodukant_analysis.loaders.hidden import Hidden

Value = str | float | bool | date | datetime | time | timedelta | None
Box = tuple[int, int, int, int]
ROW_OF_A_TABLE: Final = 3


@dataclass(frozen=True)
class Sheet:
    """One sheet, or a part of one read for itself: `cells[row - 1][column - 1]` for a 1-based row and column.

    `is_mended` tells that its text had been read as another encoding and was put right.
    `faults` are what could not be read of it: the rule and the cell, or "" for all of it.
    A part begins at `origin` of the sheet it was cut from; one that `is_flipped` has that sheet's columns as its rows;
    one put together of single cells has them in `homes`.
    """

    file: str
    name: str
    cells: Sequence[Sequence[Value]]
    merges: tuple[Box, ...] = ()
    hidden: Hidden = field(default_factory=Hidden)
    lines: tuple[int, ...] = ()
    origin: tuple[int, int] = (1, 1)
    is_flipped: bool = False
    is_mended: bool = False
    faults: tuple[tuple[str, str], ...] = ()
    homes: Mapping[tuple[int, int], tuple[int, int]] = field(default_factory=dict)

    @cached_property
    def width(self) -> int:
        return max(map(len, self.cells), default=0)

    @cached_property
    def memory(self) -> dict[int, list[int]]:
        """Room to note, of a column, the rows in which something was found."""
        return {}

    @cached_property
    def filled(self) -> list[int]:
        """How many cells of each row are filled."""
        return [sum(v is not None and not (isinstance(v, str) and not v.strip()) for v in row) for row in self.cells]

    @cached_property
    def first_wide_row(self) -> int:
        """The first row with as many cells as a row of a table has; the row below the last where there is none."""
        rows = (number for number, cells in enumerate(self.filled, 1) if cells >= ROW_OF_A_TABLE)
        return next(rows, len(self.cells) + 1)

    @cached_property
    def merged_homes(self) -> dict[tuple[int, int], Box]:
        """The merged area that each cell lies in, the first that is listed; only within what the sheet holds."""
        homes: dict[tuple[int, int], Box] = {}
        for box in reversed(self.merges):
            top, left, bottom, right = box[0], box[1], min(box[2], len(self.cells)), min(box[3], self.width)
            homes.update(dict.fromkeys(product(range(top, bottom + 1), range(left, right + 1)), box))
        return homes

    @property
    def hides_columns(self) -> bool:
        """Whether a hidden column holds anything."""
        rows = range(1, len(self.cells) + 1)
        return any(self.value(row, column) is not None for column in self.hidden.columns for row in rows)

    @property
    def without_hidden_columns(self) -> "Sheet":
        """The sheet as its owner sees it, without what stands in hidden columns."""
        if not self.hides_columns:
            return self
        hidden = self.hidden.columns
        cells = [[None if c in hidden else value for c, value in enumerate(row, 1)] for row in self.cells]
        return replace(self, cells=cells)

    @cached_property
    def struck_rows(self) -> frozenset[int]:
        """The rows all of whose filled cells are struck through: their owner has crossed them out."""
        struck = Counter(row for row, column in self.hidden.struck if self.value(row, column) is not None)
        return frozenset(row for row, cells in struck.items() if cells == self.filled[row - 1])

    def value(self, row: int, column: int) -> Value:
        """The value at a 1-based row and column; None outside the sheet or where the cell is empty."""
        cells = self.cells[row - 1] if 0 < row <= len(self.cells) else ()
        value = cells[column - 1] if 0 < column <= len(cells) else None
        return None if isinstance(value, str) and not value.strip() else value

    def home(self, row: int, column: int) -> tuple[int, int]:
        """The row and column of a cell in the sheet as its owner sees it."""
        if (row, column) in self.homes:
            return self.homes[row, column]
        down, right = (column, row) if self.is_flipped else (row, column)
        return self.origin[0] + down - 1, self.origin[1] + right - 1

    def source_row(self, row: int, column: int = 1) -> int:
        """The row as its owner sees it: the row number of Excel, the line of a text file."""
        at_home = self.home(row, column if self.homes else 1)[0]
        return self.lines[at_home - 1] if self.lines else at_home

    def address(self, row: int, column: int) -> str:
        """The address of a cell as its owner finds it; in a text file with the line for the row."""
        at_home = self.home(row, column)
        return address(self.lines[at_home[0] - 1] if self.lines else at_home[0], at_home[1])

    def is_blank(self, row: int) -> bool:
        return not 0 < row <= len(self.cells) or self.filled[row - 1] == 0


def address(row: int, column: int) -> str:
    """The Excel address of a 1-based row and column.

    >>> address(17, 4), address(1, 28)
    ('D17', 'AB1')
    """
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row}"
