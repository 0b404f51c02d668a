"""Tiles: a map of Estonia on which every municipality of today is a square of the same size."""

from functools import cache
from typing import NamedTuple

from kodukant_analysis.places.tables import read_table


class Tile(NamedTuple):
    """A municipality's square: EHAK code, column from the west, row from the north, a name of at most five letters."""

    code: str
    column: int
    row: int
    short: str


@cache
def tiles() -> tuple[Tile, ...]:
    """The 79 tiles, by code; columns 0-14, rows 0-9.

    >>> tiles()[0]
    Tile(code='0130', column=12, row=3, short='Alut')
    """
    return tuple(
        sorted(Tile(row["code"], int(row["column"]), int(row["row"]), row["short"]) for row in read_table("tiles"))
    )
