"""Drawing: a sheet as text, one line a row, `|` between cells; numbers and ISO dates are typed as Excel would.

A "¶" breaks a line within a cell.
"""

import re
from datetime import date

from kodukant_analysis.loaders.sheets import Sheet, Value


def draw(drawing: str, file: str = "arutelud.xlsx", name: str = "Leht1") -> Sheet:
    """The sheet of a drawing; its first line of text is row 1, an empty line within it a blank row."""
    lines = drawing.strip("\n").splitlines()
    return Sheet(file, name, [[_value(cell.strip()) for cell in line.split("|")] for line in lines])


def _value(text: str) -> Value:
    if re.fullmatch(r"\d+(\.\d+)?", text):
        return float(text)
    return date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else text.replace("¶", "\n")
