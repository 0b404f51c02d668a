"""Place tables: the CSV files beside the code, each read once."""

import csv
from functools import cache
from importlib.resources import files

Row = dict[str, str]


@cache
def read_table(name: str) -> tuple[Row, ...]:
    """Rows of `data/<name>.csv`, every cell a text as it stands there.

    >>> read_table("counties")[0]["name"]
    'Harju maakond'
    """
    text = files("kodukant_analysis.places").joinpath("data", f"{name}.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


def listed(cell: str) -> tuple[str, ...]:
    """The items of a cell that joins several with "|".

    >>> listed("0171|0557"), listed("")
    (('0171', '0557'), ())
    """
    return tuple(item for item in cell.split("|") if item)
