"""Crosswalk: which municipality of today got what of each municipality before the reform of October 2017.

The shares are of the old municipality. No list gives people by settlement: a share is of settlements or of land,
and the main heir of a split municipality may hold less than half of its people.
"""

from collections import defaultdict
from functools import cache
from typing import Literal, NamedTuple

from kodukant_analysis.places.members import region_key
from kodukant_analysis.places.tables import Row, read_table

Relation = Literal["unchanged", "merged", "split"]


class Heir(NamedTuple):
    """A municipality of today that got settlements of an old one, with the shares of the old one that it got."""

    code: str
    is_main: bool
    share_settlements: float
    share_area: float


class Part(NamedTuple):
    """An old municipality that a municipality of today is made of, with the shares of the old one that are in it."""

    code: str
    is_main: bool
    share_settlements: float
    share_area: float


def heirs(code_then: str) -> tuple[Heir, ...]:
    """The municipalities of today that a municipality before the reform went to, the main one first.

    Empty for a code of none of the 213.

    >>> heirs("0810")
    (Heir(code='0247', is_main=True, share_settlements=0.96, share_area=0.8681),
     Heir(code='0486', is_main=False, share_settlements=0.04, share_area=0.1319))
    >>> [heir.code for heir in heirs("0188")]
    ['0638']
    """
    found = (Heir(row["code_today"], *_shares(row)) for row in _rows("code_then")[region_key(code_then)])
    return tuple(sorted(found, key=lambda heir: (not heir.is_main, heir.code)))


def parts(code_today: str) -> tuple[Part, ...]:
    """The municipalities before the reform, or parts of them, that a municipality of today is made of, by code.

    `is_main` says whether this is the main heir of the old one. Empty for a code of none of the 79.

    >>> [(part.code, part.share_settlements) for part in parts("0486")]
    [('0164', 1.0), ('0420', 1.0), ('0485', 1.0), ('0657', 1.0), ('0713', 1.0), ('0810', 0.04)]
    """
    found = (Part(row["code_then"], *_shares(row)) for row in _rows("code_today")[region_key(code_today)])
    return tuple(sorted(found))


def relation(code_then: str) -> Relation | None:
    """What the reform did to one of the 213 municipalities; None for any other code.

    >>> relation("0303"), relation("0188"), relation("0608"), relation("0638")
    ('unchanged', 'merged', 'split', None)
    """
    rows = _rows("code_then")[region_key(code_then)]
    known: dict[str, Relation] = {"unchanged": "unchanged", "merged": "merged", "split": "split"}
    return known[rows[0]["relation"]] if rows else None


@cache
def _rows(column: str) -> defaultdict[str, list[Row]]:
    rows: defaultdict[str, list[Row]] = defaultdict(list)
    for row in read_table("heirs"):
        rows[row[column]].append(row)
    return rows


def _shares(row: Row) -> tuple[bool, float, float]:
    return row["is_main"] == "1", float(row["share_settlements"]), float(row["share_area"])
