"""Views: parts of a sheet that are read as sheets of their own: blocks side by side, blocks on their side."""

from dataclasses import replace
from itertools import groupby
from typing import Final, NamedTuple

from kodukant_analysis.loaders.columns import field_of
from kodukant_analysis.loaders.hidden import Hidden
from kodukant_analysis.loaders.sheets import Box, Sheet

_ROW_OF_A_TABLE: Final = 4


class Area(NamedTuple):
    """Rows and columns of a sheet, first and last of each."""

    top: int
    left: int
    bottom: int
    right: int


def cut(sheet: Sheet, area: Area, *, flipped: bool = False) -> Sheet:
    """An area as a sheet of its own; flipped, its columns become rows."""
    rows, columns = range(area.top, area.bottom + 1), range(area.left, area.right + 1)
    grid = [[sheet.value(row, column) for column in columns] for row in rows]
    hidden = sheet.hidden.columns if flipped else sheet.hidden.rows
    first = area.left if flipped else area.top
    return replace(
        sheet,
        cells=[list(column) for column in zip(*grid, strict=True)] if flipped else grid,
        merges=tuple(box for merge in sheet.merges if (box := _moved(merge, area, flipped=flipped))),
        hidden=Hidden(
            rows=frozenset(number - first + 1 for number in hidden),
            struck=frozenset() if flipped else _struck(sheet, area),
        ),
        origin=sheet.home(area.top, area.left),
        is_flipped=flipped,
    )


def blocks_side_by_side(sheet: Sheet) -> list[Sheet]:
    """The blocks between columns that are empty wherever the rows of a table are; the sheet itself if there is one."""
    height, width = len(sheet.cells), sheet.width
    filled = [{c for c in range(1, width + 1) if sheet.value(r, c) is not None} for r in range(1, height + 1)]
    used = set().union(*(columns for columns in filled if len(columns) >= _ROW_OF_A_TABLE), set())
    runs = [list(run) for is_used, run in groupby(range(1, width + 1), key=used.__contains__) if is_used]
    return [cut(sheet, Area(1, run[0], height, run[-1])) for run in runs] if len(runs) > 1 else [sheet]


def parts_of(sheet: Sheet, area: Area) -> list[Sheet]:
    """The parts of an area between its empty columns, each of two columns or more; one part: the area is whole."""
    columns = range(area.left, area.right + 1)
    used = [any(sheet.value(row, c) is not None for row in range(area.top, area.bottom + 1)) for c in columns]
    runs = [list(run) for is_used, run in groupby(columns, key=lambda c: used[c - area.left]) if is_used]
    return [cut(sheet, Area(area.top, run[0], area.bottom, run[-1])) for run in runs if len(run) > 1]


def is_label(text: str) -> bool:
    """Whether a text announces a value: "Koht:"."""
    return text.rstrip().endswith(":") and bool(field_of("discussions", text))


def _struck(sheet: Sheet, area: Area) -> frozenset[tuple[int, int]]:
    return frozenset((row - area.top + 1, column - area.left + 1) for row, column in sheet.hidden.struck)


def _moved(box: Box, area: Area, *, flipped: bool) -> Box | None:
    top, left, bottom, right = box
    if top < area.top or left < area.left or bottom > area.bottom or right > area.right:
        return None
    down, over = area.top - 1, area.left - 1
    moved = (top - down, left - over, bottom - down, right - over)
    return (moved[1], moved[0], moved[3], moved[2]) if flipped else moved
