"""Samples: the first values under a header, which bear out or deny what it says."""

from collections.abc import Callable
from typing import Final

from kodukant_analysis.loaders.sheets import Sheet, Value

_MOST: Final = 12


def below(sheet: Sheet, last: int, index: int, most: int = _MOST) -> list[Value]:
    """The first values under a header, down to the first blank row."""
    values: list[Value] = []
    for row in range(last + 1, min(last + most, len(sheet.cells)) + 1):
        if sheet.is_blank(row):
            break
        values += [value] if (value := sheet.value(row, index)) is not None else []
    return values


def mostly(sheet: Sheet, last: int, index: int, fits: Callable[[Value], bool]) -> bool:
    """Whether at least half of the first values under a header fit, and any does."""
    values = below(sheet, last, index)
    fitting = sum(map(fits, values))
    return bool(fitting) and fitting * 2 >= len(values)
