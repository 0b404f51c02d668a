"""Chart files: each chart as PNG, SVG and CSV; the same estimates give the same bytes on every run.

CSV: UTF-8 with byte order mark, `;` between cells, decimal comma, six significant
digits: Excel in Estonian opens it by double click; `pandas.read_csv(path, sep=";", decimal=",")` reads it back.
"""

from collections.abc import Sequence
from io import StringIO
from pathlib import Path
from typing import Any

import pandas as pd

from kodukant_analysis.figures import Chart, png_bytes, svg_bytes


def write_charts(charts: Sequence[Chart], folder: Path) -> list[Path]:
    """Write PNG, SVG and CSV of each chart, named by its name, into a folder (made if needed); the paths written."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for chart in charts:
        for ending, content in _contents(chart):
            path = folder / f"{chart.name}.{ending}"
            path.write_bytes(content)
            written.append(path)
    return written


def _contents(chart: Chart) -> tuple[tuple[str, bytes], ...]:
    svg = svg_bytes(chart.figure, title=chart.title, alt=chart.alt, lang=chart.lang)
    return ("png", png_bytes(chart.figure)), ("svg", svg), ("csv", _csv(chart.data))


def _csv(data: pd.DataFrame) -> bytes:
    cells = StringIO()
    safe = data.assign(**{name: data[name].map(_harmless) for name in data.columns if not _is_number(data[name])})
    safe.to_csv(cells, sep=";", decimal=",", float_format="%.6g", index=False, lineterminator="\r\n")
    return cells.getvalue().encode("utf-8-sig")


def _is_number(column: "pd.Series[Any]") -> bool:
    return pd.api.types.is_numeric_dtype(column)


def _harmless(text: object) -> object:
    # A spreadsheet would run a cell that begins like a formula.
    return f"'{text}" if isinstance(text, str) and text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
