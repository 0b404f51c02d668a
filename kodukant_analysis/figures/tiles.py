"""Tiles: a map on which each municipality has the same area, so that small and large ones count alike."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from kodukant_analysis.figures import style
from kodukant_analysis.figures.areas import Area, country_words, legend_labels, read_areas
from kodukant_analysis.figures.legends import add_legend
from kodukant_analysis.figures.shades import ink_on
from kodukant_analysis.places import Tile, region_of, tiles

_LEGEND, _GAP = 190.0, 18.0
Segment = tuple[tuple[float, float], tuple[float, float]]


class Grid(NamedTuple):
    """Where the tiles lie: the first column and row, how many of each, and the size of a cell in points."""

    column: int
    row: int
    columns: int
    rows: int
    wide: float
    high: float


def tile_map(frame: pd.DataFrame, words: style.Words, lang: str) -> Figure:
    """One share of one period by municipalities of today, a tile each: abbreviation, and percent under it.

    `frame`: estimate rows of the municipalities and, where known, of the country; shades as in `choropleth`.
    """
    return _draw(frame, words, lang)


def coverage_tiles(frame: pd.DataFrame, words: style.Words, lang: str) -> Figure:
    """Where discussions were held, are only planned, or neither, a tile a municipality, with the number held.

    `frame`: rows of `discussion_count:held` and `...:planned` by municipality, the estimate being the count.
    """
    return _draw(frame, words, lang)


def _draw(frame: pd.DataFrame, words: style.Words, lang: str) -> Figure:
    areas = {area.region: area for area in read_areas(frame, lang)}
    with style.look():
        canvas = style.new_canvas(words)
        free = canvas.free
        grid = _grid(free, tiles())
        ax = style.add_axes(canvas, free._replace(width=grid.wide * grid.columns))
        ax.set_axis_off()
        ax.set_xlim(grid.column, grid.column + grid.columns)
        ax.set_ylim(grid.row + grid.rows, grid.row)
        for tile in tiles():
            if tile.code in areas:
                _draw_tile(ax, tile, areas[tile.code], grid)
        ax.add_collection(_prefecture_lines(tiles()), autolim=False)
        left = free.left + grid.wide * grid.columns + _GAP
        beside = free._replace(left=left, width=free.left + free.width - left)
        add_legend(canvas, beside, legend_labels(list(areas.values()), lang), country_words(frame, lang))
    return canvas.figure


def _grid(free: style.Box, known: Sequence[Tile]) -> Grid:
    columns, rows = ([getattr(tile, axis) for tile in known] for axis in ("column", "row"))
    wide, high = max(columns) - min(columns) + 1, max(rows) - min(rows) + 1
    return Grid(min(columns), min(rows), wide, high, (free.width - _LEGEND - _GAP) / wide, free.height / high)


def _draw_tile(ax: Axes, tile: Tile, area: Area, grid: Grid) -> None:
    patch = Rectangle(
        (tile.column, tile.row), 1, 1, facecolor=area.shade.face, edgecolor=area.shade.strokes, hatch=area.shade.hatch,
        linewidth=0, gid=f"tile:{tile.code}",
    )  # fmt: skip
    ax.add_patch(patch)
    frame = Rectangle((tile.column, tile.row), 1, 1, fill=False, edgecolor=style.PAPER, linewidth=1.6, zorder=2)
    ax.add_patch(frame)
    has_number = bool(area.brief) and style.text_width(area.brief) <= grid.wide - 3
    lines = [tile.short, area.brief] if has_number else [tile.short]
    for line, text in enumerate(lines):
        _write_line(ax, tile, area, text, (line + 1) / (len(lines) + 1))


def _write_line(ax: Axes, tile: Tile, area: Area, text: str, down: float) -> None:
    box = {"facecolor": area.shade.face, "edgecolor": "none", "pad": 0.2} if area.shade.hatch else None
    ax.text(
        tile.column + 0.5, tile.row + down, text, ha="center", va="center_baseline", color=ink_on(area.shade),
        bbox=box, zorder=4,
    )  # fmt: skip


def _prefecture_lines(known: Sequence[Tile]) -> LineCollection:
    lines = LineCollection(list(_segments(known)), colors=style.INK, linewidths=2.6, zorder=3, gid="border:prefecture")
    lines.set_capstyle("projecting")
    return lines


def _segments(known: Sequence[Tile]) -> Iterator[Segment]:
    """The sides between tiles of two prefectures, each once."""
    at = {(tile.column, tile.row): region_of(tile.code, "prefecture") for tile in known}
    for (column, row), prefecture in at.items():
        if at.get((column + 1, row), prefecture) != prefecture:
            yield (column + 1, row), (column + 1, row + 1)
        if at.get((column, row + 1), prefecture) != prefecture:
            yield (column, row + 1), (column + 1, row + 1)
