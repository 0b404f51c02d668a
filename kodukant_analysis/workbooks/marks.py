"""Marks: the cells to mend, coloured and commented in the sheets of a copy."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from math import ceil
from typing import Final, cast

from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from kodukant_analysis.workbooks.advice import SEVERITIES, Advice

COLOURS: Final[Mapping[str, str]] = {"error": "F4A6A0", "warning": "FFE08A", "note": "BFDDF5"}
_AUTHOR: Final = "kodukant"
_SIGNS_A_LINE: Final = 48
_WIDTH, _LINE = 340, 18


def fill_of(severity: str) -> PatternFill:
    """The colour that says how grave an issue is."""
    return PatternFill("solid", fgColor=COLOURS[severity])


def mark_cells(sheets: Mapping[str, Worksheet], advice: Sequence[Advice]) -> None:
    """Colours and comments every cell that an advice speaks of; a sheet that one speaks of gets a coloured tab."""
    by_cell: dict[tuple[str, str], list[Advice]] = defaultdict(list)
    for each in (each for each in advice if each.sheet in sheets):
        address = _anchor(sheets[each.sheet], each.cell).coordinate if each.cell else ""
        by_cell[each.sheet, address].append(each)
    for (name, address), told in by_cell.items():
        worst = min((each.severity for each in told), key=SEVERITIES.index)
        sheets[name].sheet_properties.tabColor = COLOURS[_gravest(sheets[name], worst)]
        if address:
            _mark(sheets[name][address], worst, [each.message for each in told])


def _gravest(sheet: Worksheet, severity: str) -> str:
    """The graver of a severity and the one whose colour the sheet's tab has."""
    tab = sheet.sheet_properties.tabColor
    had = [name for name, colour in COLOURS.items() if tab is not None and str(tab.rgb).endswith(colour)]
    return min([*had, severity], key=SEVERITIES.index)


def _anchor(sheet: Worksheet, address: str) -> Cell:
    """The cell at an address; of a merged area its first, which is the only one that can have a comment."""
    merged = next((area for area in sheet.merged_cells.ranges if address in area), None)
    found = sheet.cell(merged.min_row, merged.min_col) if merged else sheet[address]
    return cast(Cell, found)


def _mark(cell: Cell, severity: str, messages: Sequence[str]) -> None:
    cell.fill = fill_of(severity)
    before = [cell.comment.text] if cell.comment else []
    text = "\n\n".join([*dict.fromkeys(messages), *before])
    lines = sum(ceil((len(line) or 1) / _SIGNS_A_LINE) for line in text.split("\n"))
    cell.comment = Comment(text, _AUTHOR, width=_WIDTH, height=_LINE * (lines + 1))
