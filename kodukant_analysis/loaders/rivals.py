"""Rivals: two columns that claim to tell the group; the one whose values are groups has it, the other what is left."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from kodukant_analysis.loaders.columns import Column
from kodukant_analysis.loaders.samples import below
from kodukant_analysis.loaders.sheets import Sheet, Value
from kodukant_analysis.loaders.vocabulary import vocabulary

_SAMPLE: Final = 60
# The fields that tell a group, by dataset, the one that feeds it first; and what a column is that lost it.
_OF_GROUPS: Final[Mapping[str, tuple[str, ...]]] = {"attendance": ("group", "role"), "topics": ("raised_by",)}
_ELSE: Final[Mapping[str, str]] = {"attendance": "organisation", "topics": "name"}


def with_groups_told(sheet: Sheet, last: int, dataset: str, columns: Sequence[Column]) -> list[Column]:
    """The columns; of several that claim a group the one with the most values that are groups, if one has.

    Beside the groups of persons their organisations are left, beside those who raised topics their names, which are
    nobody's business.
    """
    claims = [column for column in columns if column.field in _OF_GROUPS.get(dataset, ())]
    told = {column.index: _groups_below(sheet, last, column) for column in claims}
    is_whole = {column.index: all(map(_is_group, below(sheet, last, column.index, _SAMPLE))) for column in claims}
    first = next((c for field in _OF_GROUPS.get(dataset, ()) for c in claims if c.field == field), None)
    best = max(claims, key=lambda column: told[column.index], default=None)
    if first is None or best is None or told[best.index] <= told[first.index] or is_whole[first.index]:
        return list(columns)
    left = _ELSE[dataset]
    left = "" if any(column.field == left for column in columns) else left
    settled = {best.index: _OF_GROUPS[dataset][0], first.index: left}
    return [replace(column, field=settled.get(column.index, column.field)) for column in columns]


def _groups_below(sheet: Sheet, last: int, column: Column) -> int:
    return sum(map(_is_group, below(sheet, last, column.index, _SAMPLE)))


def _is_group(value: Value) -> bool:
    return isinstance(value, str) and vocabulary().values["group"].find(value) is not None
