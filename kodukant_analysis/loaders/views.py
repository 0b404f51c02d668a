"""Views: parts of a sheet that are read as sheets of their own: blocks side by side, blocks on their side."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from typing import Final, NamedTuple

from kodukant_analysis.loaders.cells import read_count
from kodukant_analysis.loaders.columns import field_of
from kodukant_analysis.loaders.hidden import Hidden
from kodukant_analysis.loaders.sheets import Box, Sheet
from kodukant_analysis.loaders.vocabulary import vocabulary
from kodukant_analysis.loaders.wording import plain

_LABELLED: Final = 3
_MAX_GAP: Final = 3
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


def forms_in(sheet: Sheet, rows: range) -> Iterator[Sheet]:
    """Labels one under the other with their values beside them, each as a sheet with the labels for its header."""
    for column in range(1, min(sheet.width, 12)):
        for run in _label_runs(sheet, rows, column):
            right = max(_last_filled(sheet, row, column) for row in run)
            yield cut(sheet, Area(run[0], column, run[-1], right), flipped=True)


def is_label(text: str) -> bool:
    """Whether a text announces a value: "Koht:"."""
    return text.rstrip().endswith(":") and bool(field_of("discussions", text))


def _label_runs(sheet: Sheet, rows: range, column: int) -> Iterator[list[int]]:
    run: list[int] = []
    for row in rows:
        if _names_a_field(sheet, row, column):
            if run and row - run[-1] > _MAX_GAP:
                yield from [run] if len(run) >= _LABELLED else []
                run = []
            run.append(row)
    if len(run) >= _LABELLED:
        yield run


def _names_a_field(sheet: Sheet, row: int, column: int) -> bool:
    value = sheet.value(row, column)
    if not isinstance(value, str) or len(value) > 60:
        return False
    beside = sheet.value(row, column + 1)
    is_group = vocabulary().values["group_column"].exact(value) is not None and read_count(beside).value is not None
    has_value = _last_filled(sheet, row, column) > column
    return has_value and (is_group or bool(field_of("discussions", plain(value))))


def _last_filled(sheet: Sheet, row: int, column: int) -> int:
    """The last column of the values beside a label, over a gap of merged or empty cells."""
    last = column
    for c in range(column + 1, sheet.width + 1):
        if sheet.value(row, c) is not None:
            last = c
        elif c - last > _MAX_GAP:
            break
    return last


def _struck(sheet: Sheet, area: Area) -> frozenset[tuple[int, int]]:
    return frozenset((row - area.top + 1, column - area.left + 1) for row, column in sheet.hidden.struck)


def _moved(box: Box, area: Area, *, flipped: bool) -> Box | None:
    top, left, bottom, right = box
    if top < area.top or left < area.left or bottom > area.bottom or right > area.right:
        return None
    down, over = area.top - 1, area.left - 1
    moved = (top - down, left - over, bottom - down, right - over)
    return (moved[1], moved[0], moved[3], moved[2]) if flipped else moved
