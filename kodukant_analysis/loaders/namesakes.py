"""Namesakes: persons of one name who are somebody else, where the lists of a workbook tell them apart."""

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from kodukant_analysis.loaders.dates import read_day
from kodukant_analysis.loaders.rows import Row
from kodukant_analysis.loaders.tables import Table
from kodukant_analysis.loaders.wording import key

NAMES: Final = ("name", "first_name", "last_name")
_CODE: Final = re.compile(r"[1-8]\d{10}")


def name_of(row: Row) -> str:
    """The name of the person of a row, "" where it has none."""
    return " ".join(row.cells[field].text for field in NAMES if field in row.cells)


def namesakes(tables: Iterable[Table]) -> frozenset[str]:
    """The names, evened out, that persons with different personal codes or birthdays bear."""
    marks: dict[str, set[str]] = defaultdict(set)
    for table in tables:
        for row in table.rows:
            if (name := name_of(row)) and (mark := mark_of(table, row)):
                marks[key(name)].add(mark)
    return frozenset(name for name, told in marks.items() if len(told) > 1)


def mark_of(table: Table, row: Row) -> str:
    """What tells a person from namesakes: the personal code of the row, or else the birthday; "" for neither."""
    personal = [column.index for column in table.band.columns if column.field == "personal"]
    values = [value for index in personal if (value := table.value(row.number, index)) is not None]
    texts = [str(int(value)) if isinstance(value, float) and value.is_integer() else str(value) for value in values]
    codes = [text.strip() for text in texts if _CODE.fullmatch(text.strip())]
    days = [str(day) for value in values if (day := read_day(value)) and not isinstance(value, float)]
    return next(iter([*codes, *days]), "")
