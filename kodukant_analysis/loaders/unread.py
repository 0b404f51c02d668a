"""Unread columns: what is lost where a header is not known, as far as its values and its neighbours tell it."""

from collections.abc import Mapping
from typing import Final

from kodukant_analysis.loaders.cells import read_count
from kodukant_analysis.loaders.columns import Column, fields_of
from kodukant_analysis.loaders.rows import Row
from kodukant_analysis.loaders.sheets import Value
from kodukant_analysis.loaders.tables import Table

_NOT_KEPT: Final = frozenset({"timestamp", "row_no", "personal", "signature", "weekday"})
_TOTALS: Final = ("total", "attendees")


def unread_rule(table: Table, column: Column) -> str:
    """The rule that names what is lost with a column that is not read, "" when nothing is.

    Numbers between the counts of groups are people whom no group counts; where the sum of the groups lacks them, so
    are those beside them. The questions of a survey have rules of their own.
    """
    if column.field == "topic_at":
        return "unread-count"
    values = {row.number: table.value(row.number, column.index) for row in table.rows if row.kind == "data"}
    if column.field or table.dataset == "answers" or _is_told_already(table, column) or not any(values.values()):
        return ""
    counts = {number: _count(value) for number, value in values.items() if value is not None}
    groups = [other.index for other in table.band.columns if other.field == "group_count"]
    if not groups or None in counts.values():
        return "unknown-header"
    if _are_lacking(table, counts):
        return "unread-group-in-total"
    return "unread-group" if min(groups) < column.index < max(groups) else "unknown-header"


def _is_told_already(table: Table, column: Column) -> bool:
    """Whether a header names only what is not kept, or is kept from another column."""
    return set(fields_of(table.dataset, column.header)) & _NOT_KEPT != set()


def _are_lacking(table: Table, counts: Mapping[int, int | None]) -> bool:
    """Whether in each row the sum has at least as many people more than its known groups as a column counts."""
    rows = [row for row in table.rows if row.number in counts]
    gaps = [(gap, counts[row.number] or 0) for row in rows if (gap := _gap(row)) is not None]
    return any(count for _, count in gaps) and all(count <= gap for gap, count in gaps)


def _gap(row: Row) -> int | None:
    """How many people the sum of a row has and its known groups have not; None without a sum."""
    total = next((count for name in _TOTALS if name in row.cells and (count := _count(row.cells[name].value))), None)
    counts = (_count(cell.value) for column, cell in row.repeated if column.field == "group_count")
    return None if total is None else total - sum(filter(None, counts))


def _count(value: Value) -> int | None:
    count: int | None = read_count(value).value
    return count
