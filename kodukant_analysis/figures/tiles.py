"""Tiles: a map on which each municipality has the same area, so that small and large ones count alike."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from kodukant_analysis.figures import style
from kodukant_analysis.figures.areas import Area, legend_heading, legend_labels, read_areas
from kodukant_analysis.figures.legends import add_legend
from kodukant_analysis.figures.shades import halo, ink_on
from kodukant_analysis.figures.terrain import PENS, Line, draw_lines
from kodukant_analysis.places import Tile, region_of, tiles

# Points: beside the longest abbreviation, between two tiles (half), height of a capital, from line to line.
_AROUND, _SEAM, _CAPITAL, _LINE = 5.0, 0.9, 11.7, 15.6
_GAP = 10.0


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

    `frame`: estimate rows of the municipalities and, where known, of the country; shades and errors as in `choropleth`.
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
        grid = _grid(canvas.free, tiles())
        ax = style.add_axes(canvas, canvas.free._replace(width=grid.wide * grid.columns))
        ax.set_axis_off()
        ax.set_xlim(grid.column, grid.column + grid.columns)
        ax.set_ylim(grid.row + grid.rows, grid.row)
        for tile in tiles():
            if tile.code in areas:
                _draw_tile(ax, tile, areas[tile.code], grid)
        draw_lines(ax, list(_segments(tiles())), "prefecture", PENS["prefecture"], 3)
        labels = legend_labels(list(areas.values()), lang)
        add_legend(canvas, _corner(canvas.free, grid, tiles()), labels, legend_heading(frame, lang))
    return canvas.figure


def _grid(free: style.Box, known: Sequence[Tile]) -> Grid:
    columns, rows = ([getattr(tile, axis) for tile in known] for axis in ("column", "row"))
    wide, high = max(columns) - min(columns) + 1, max(rows) - min(rows) + 1
    widest = max(style.text_width(tile.short) for tile in known) + _AROUND
    return Grid(min(columns), min(rows), wide, high, min(widest, free.width / wide), free.height / high)


def _corner(free: style.Box, grid: Grid, known: Sequence[Tile]) -> style.Box:
    """The room without tiles in the south-east: right of the lower half of the rows, below what lies further right."""
    column = 1 + max(tile.column for tile in known if tile.row >= grid.row + grid.rows / 2)
    row = 1 + max((tile.row for tile in known if tile.column >= column), default=grid.row - 1)
    left = free.left + (column - grid.column) * grid.wide + _GAP
    return style.Box(left, free.bottom, free.left + free.width - left, (grid.row + grid.rows - row) * grid.high - _GAP)


def _draw_tile(ax: Axes, tile: Tile, area: Area, grid: Grid) -> None:
    shade, across, down = area.shade, _SEAM / grid.wide, _SEAM / grid.high
    patch = Rectangle(
        (tile.column + across, tile.row + down), 1 - 2 * across, 1 - 2 * down, facecolor=shade.face,
        edgecolor=shade.strokes, hatch=shade.hatch, linewidth=0.8 if shade.hatch else 0, gid=f"tile:{tile.code}",
    )  # fmt: skip
    ax.add_patch(patch)
    has_number = bool(area.brief) and style.text_width(area.brief) <= grid.wide - _AROUND / 2
    lines = [tile.short, area.brief] if has_number else [tile.short]
    # Letters are set on lines of a fixed distance, whether they have tails or not.
    first = grid.high / 2 - (len(lines) - 1) * _LINE / 2 + _CAPITAL / 2
    for number, text in enumerate(lines):
        ax.text(
            tile.column + 0.5, tile.row + (first + number * _LINE) / grid.high, text, ha="center", va="baseline",
            color=ink_on(shade), path_effects=halo(shade), zorder=4,
        )  # fmt: skip


def _segments(known: Sequence[Tile]) -> Iterator[Line]:
    """The sides between tiles of two prefectures, each once."""
    at = {(tile.column, tile.row): region_of(tile.code, "prefecture") for tile in known}
    for (column, row), prefecture in at.items():
        if at.get((column + 1, row), prefecture) != prefecture:
            yield (column + 1, row), (column + 1, row + 1)
        if at.get((column, row + 1), prefecture) != prefecture:
            yield (column, row + 1), (column + 1, row + 1)
