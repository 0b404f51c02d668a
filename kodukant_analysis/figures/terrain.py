"""Terrain: regions and the borders between them on axes whose scale is the same to the east and to the north."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Final, Literal, NamedTuple

from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from kodukant_analysis.figures import style
from kodukant_analysis.figures.areas import Area
from kodukant_analysis.places import COUNTRY, borders, outline

# Width and colour.
Pen = tuple[float, str]
Units = Literal["county", "municipality"]
Line = tuple[tuple[float, float], ...]
Parted = Literal["prefecture", "county", "municipality"]
_DIVISIONS: Final[tuple[Parted, ...]] = ("prefecture", "county", "municipality")
# Lines as (width, colour), drawn one over the other. White alone is lost between hatched regions, dark alone on the
# darkest shade: the larger borders are dark with white edges, and hatched regions have an outline of their own.
PENS: Final = {
    "prefecture": ((4.8, style.PAPER), (2.6, style.INK)),
    "county": ((2.6, style.PAPER), (0.9, style.INK)),
    "municipality": ((0.7, style.PAPER),),
}
_OUTLINE: Final = 0.8


class Window(NamedTuple):
    """A part of the country: metres to the east (left, right) and to the north (bottom, top)."""

    left: float
    bottom: float
    right: float
    top: float


@cache
def whole_country() -> Window:
    """The window that holds the country and a margin of 2 km."""
    points = [point for polygon in outline(COUNTRY) for point in polygon.exterior]
    east, north = ([point[axis] for point in points] for axis in (0, 1))
    return Window(min(east) - 2000, min(north) - 2000, max(east) + 2000, max(north) + 2000)


def fitted(box: style.Box, window: Window) -> style.Box:
    """The largest rectangle of the window's proportions in a box, at its upper left corner.

    >>> fitted(style.Box(0, 0, 300, 100), Window(0, 0, 2000, 1000))
    Box(left=0, bottom=0.0, width=200.0, height=100.0)
    """
    wide, high = window.right - window.left, window.top - window.bottom
    scale = min(box.width / wide, box.height / high)
    return style.Box(box.left, box.bottom + box.height - scale * high, scale * wide, scale * high)


def map_axes(canvas: style.Canvas, box: style.Box, window: Window) -> Axes:
    """Bare axes that show a window of the country on a rectangle of its proportions (see `fitted`)."""
    ax = style.add_axes(canvas, box)
    ax.set_xlim(window.left, window.right)
    ax.set_ylim(window.bottom, window.top)
    ax.set_xticks([])
    ax.set_yticks([])
    ax.spines[:].set_visible(False)
    ax.patch.set_visible(False)
    return ax


def draw_areas(ax: Axes, areas: Iterable[Area], *, gid: str = "region") -> None:
    """Fill the areas with their shades; the patch of each has the gid "region:0638"."""
    for area in areas:
        shade = area.shade
        patch = PathPatch(
            area_path(area.region), facecolor=shade.face, edgecolor=shade.strokes, hatch=shade.hatch,
            linewidth=_OUTLINE if shade.hatch else 0, zorder=2.2 if shade.hatch else 1, gid=f"{gid}:{area.region}",
        )  # fmt: skip
        ax.add_patch(patch)


def draw_borders(ax: Axes, units: Units) -> None:
    """The coast and the borders between units, thicker the larger the regions they part; each line once."""
    draw_lines(ax, _seen(ax, borders("country")), "country", ((0.8, style.GREY),), 2.0)
    for division in _DIVISIONS[: _DIVISIONS.index(units) + 1]:
        level = 2.4 - 0.1 * _DIVISIONS.index(division) if division != "municipality" else 2.1
        draw_lines(ax, _seen(ax, _own_borders(division)), division, PENS[division], level)


def draw_lines(ax: Axes, lines: Sequence[Line], name: str, pens: Sequence[Pen], level: float) -> None:
    """Lines in one pen over the other; only the last has the gid "border:...", so that a line is found once."""
    for order, (width, colour) in enumerate(pens, start=1):
        drawn = LineCollection(lines, colors=colour, linewidths=width, zorder=level + order / 100)
        drawn.set(capstyle="round", joinstyle="round", gid=f"border:{name}" if order == len(pens) else f"edge:{name}")
        ax.add_collection(drawn, autolim=False)


@cache
def area_path(region: str) -> Path:
    """The polygons of a region as one path, holes left open."""
    rings = [ring for polygon in outline(region) for ring in (polygon.exterior, *polygon.holes)]
    return Path.make_compound_path(*(Path(ring, closed=True) for ring in rings))


def _seen(ax: Axes, lines: Iterable[Line]) -> list[Line]:
    """The lines of which some part may lie within the limits of the axes."""
    sides = sorted(ax.get_xlim()), sorted(ax.get_ylim())
    return [
        line
        for line in lines
        if all(
            min(places) <= high and max(places) >= low
            for places, (low, high) in zip(zip(*line, strict=True), sides, strict=True)
        )
    ]


def _own_borders(division: Parted) -> list[Line]:
    """The borders of a division that are not those of a larger one."""
    larger = {line for above in _DIVISIONS[: _DIVISIONS.index(division)] for line in borders(above)}
    return [line for line in borders(division) if line not in larger]
