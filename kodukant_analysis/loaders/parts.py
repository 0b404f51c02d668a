"""Parts: columns of counts that count once more what other columns count: sums, parts of a group, the police team."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from kodukant_analysis.loaders.cells import read_count
from kodukant_analysis.loaders.columns import Column, fields_of
from kodukant_analysis.loaders.counts import is_part, is_total
from kodukant_analysis.loaders.crosstabs import is_count
from kodukant_analysis.loaders.samples import below
from kodukant_analysis.loaders.sheets import Sheet

_COUNTED: Final = frozenset({"", "group_count"})
_SUMS: Final = frozenset({"attendees", "total"})


def without_parts(sheet: Sheet, last: int, columns: Sequence[Column]) -> list[Column]:
    """The columns, those set apart that repeat others: the sum of groups, and a part of the group before it.

    After a group "sh noori" counts some of its people once more; after the number of all it counts a group of its own,
    unless the other groups are all of them already.
    """
    told = [_as_total(sheet, last, column) for column in columns]
    is_whole, whole = _are_whole(sheet, last, told), ""
    for order, column in enumerate(told):
        if not _is_part(column):
            whole = column.field
        elif is_whole or whole == "group_count":
            told[order] = replace(column, field="part", group="")
    return told


def with_team(columns: Sequence[Column]) -> list[Column]:
    """The columns of a register; police counted beside no other group are the team that came to lead the discussion."""
    groups = [column for column in columns if column.field == "group_count"]
    if len(groups) != 1 or "police_team" not in fields_of("discussions", groups[0].header):
        return list(columns)
    return [replace(c, field="police_team", group="") if c is groups[0] else c for c in columns]


def _as_total(sheet: Sheet, last: int, column: Column) -> Column:
    values = [] if column.field or not is_total(_lowest(column)) else below(sheet, last, column.index)
    is_sum = sum(map(is_count, values)) * 2 >= len(values) > 0
    return replace(column, field="total") if is_sum else column


def _is_part(column: Column) -> bool:
    return column.field in _COUNTED and is_part(_lowest(column))


def _are_whole(sheet: Sheet, last: int, columns: Sequence[Column]) -> bool:
    """Whether the groups that are no parts have in the first row as many people as their sum."""
    groups = [column for column in columns if column.field == "group_count" and not _is_part(column)]
    sums = [column for column in columns if column.field in _SUMS]
    if not groups or not sums:
        return False
    counts = [read_count(sheet.value(last + 1, column.index)).value or 0 for column in groups]
    return bool(sum(counts) == read_count(sheet.value(last + 1, sums[0].index)).value)


def _lowest(column: Column) -> str:
    return column.header.rpartition(" / ")[2]
