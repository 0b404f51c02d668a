"""Codes: the column by which the tables of a workbook speak of the same discussions, whatever it is called in each."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from kodukant_analysis.loaders.columns import Column
from kodukant_analysis.loaders.rows import Cell
from kodukant_analysis.loaders.tables import Table
from kodukant_analysis.loaders.wording import key

# "K1", "2016-A3": letters and figures without a space. Bare numbers overlap by chance.
_CODE: Final = re.compile(r"(?=\S*\d)(?=\S*[^\W\d_])[\w./-]{2,16}")
_SPEAKING: Final = frozenset({"attendance", "topics", "actions"})
_FIELD: Final = "discussion_no"


def joined_by_codes(tables: Sequence[Table]) -> list[Table]:
    """The tables; of one without numbers of discussions the column whose codes are a register's, if only one fits.

    A register may name its codes or not; then they are a column that has each code once, as far as others use it.
    """
    registers = [table for table in tables if table.dataset == "discussions"]
    speaking = [table for table in tables if table.dataset in _SPEAKING]
    found = {id(table): _with_numbers(table, (own for r in registers for own in _keys(r))) for table in speaking}
    used = [codes for table in found.values() for column in _columns(table) if (codes := _codes(table, column))]
    found |= {id(register): _with_numbers(register, used, is_register=True) for register in registers}
    return [found.get(id(table), table) for table in tables]


def _keys(register: Table) -> Iterable[frozenset[str]]:
    """The codes of each column that may be a register's numbers, each code once."""
    return (codes for column in _columns(register) if (codes := _codes(register, column, is_key=True)))


def _with_numbers(table: Table, others: Iterable[frozenset[str]], *, is_register: bool = False) -> Table:
    """A table with its only column of codes, all of which stand in one of the others, as numbers of discussions."""
    if any(column.field == _FIELD for column in table.band.columns):
        return table
    own = {column: _codes(table, column, is_key=is_register) for column in _columns(table)}
    known = list(others)
    fitting = [c for c, codes in own.items() if codes and any(o <= codes if is_register else codes <= o for o in known)]
    if len(fitting) != 1:
        return table
    told = replace(fitting[0], field=_FIELD, by_values=True)
    columns = tuple(told if column is fitting[0] else column for column in table.band.columns)
    return replace(table, band=replace(table.band, columns=columns))


def _columns(table: Table) -> list[Column]:
    """The columns that are or may be numbers of discussions."""
    return [c for c in table.band.columns if c.field in {"", "row_no", _FIELD} and not c.is_one_of_many]


def _codes(table: Table, column: Column, *, is_key: bool = False) -> frozenset[str]:
    """The codes in a column; none where something else stands among them, or a key that has one of them twice."""
    values = (table.value(row.number, column.index) for row in table.rows if row.kind == "data")
    texts = [Cell(value, 0, 0).text for value in values if value is not None]
    is_of_codes = all(map(_CODE.fullmatch, texts)) and not (is_key and len(set(texts)) < len(texts))
    return frozenset(map(key, texts)) if is_of_codes else frozenset()
