"""Unread columns: what is lost where a header is not known, as far as its values and its neighbours tell it."""

from collections.abc import Iterator
from typing import Final

from kodukant_analysis.loaders.cells import read_count
from kodukant_analysis.loaders.columns import Column
from kodukant_analysis.loaders.rows import Row
from kodukant_analysis.loaders.sheets import Value
from kodukant_analysis.loaders.tables import Table

_TOTALS: Final = ("total", "attendees")


def unread_rule(table: Table, column: Column) -> str:
    """The rule that names what is lost with an unknown column, "" when its cells are blank.

    Numbers between the counts of groups are people whom no group counts; a column that sums the groups proves it.
    """
    rows = [row for row in table.rows if row.kind == "data"]
    values = [value for row in rows if (value := table.value(row.number, column.index)) is not None]
    if not values:
        return ""
    if not _stands_between_groups(table, column) or any(_count(value) is None for value in values):
        return "unknown-header"
    gaps = list(_gaps(table, rows))
    is_missed = bool(gaps) and all(gap > 0 for gap in gaps)
    return "unread-group-in-total" if is_missed else "unread-group"


def _stands_between_groups(table: Table, column: Column) -> bool:
    """Whether the counts of known groups stand at both sides of a column, or at one side and beside it."""
    groups = [other.index for other in table.band.columns if other.field == "group_count"]
    is_beside = any(abs(index - column.index) == 1 for index in groups)
    return bool(groups) and (is_beside or min(groups) < column.index < max(groups))


def _gaps(table: Table, rows: list[Row]) -> Iterator[int]:
    """How many people of each row its sum has and its known groups have not."""
    for row in rows:
        total = next((count for name in _TOTALS if name in row.cells and (count := _count(row.cells[name].value))), None)
        if total is not None:
            counts = (_count(cell.value) for other, cell in row.repeated if other.field == "group_count")
            yield total - sum(filter(None, counts))


def _count(value: Value) -> int | None:
    count: int | None = read_count(value).value
    return count
