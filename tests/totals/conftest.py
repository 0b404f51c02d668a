"""Drawings: a text table becomes a frame of records."""

import pytest

from kodukant_analysis.records import SCHEMAS, to_frame

TRUTH = {"yes": True, "no": False}


def drawn(table, drawing):
    """`|`-separated text, its first line the columns; an empty cell is missing; columns not drawn are missing."""
    header, *lines = [line for line in drawing.strip().splitlines() if line.strip()]
    columns = [name.strip() for name in header.split("|")]
    kinds = SCHEMAS[table]
    rows = [dict(zip(columns, (cell.strip() for cell in line.split("|")), strict=True)) for line in lines]
    typed = [{name: _value(cell, kinds[name]) for name, cell in row.items()} for row in rows]
    return to_frame(table, [{"source_file": "a.xlsx", "source_row": place} | row for place, row in enumerate(typed)])


def _value(cell, kind):
    if cell == "":
        return None
    if kind == "boolean":
        return TRUTH[cell]
    return float(cell) if kind == "Float64" else int(cell) if kind == "Int64" else cell


@pytest.fixture
def draw():
    return drawn
