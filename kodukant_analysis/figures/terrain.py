"""Terrain: regions and the borders between them on axes whose scale is the same to the east and to the north."""

from collections.abc import Iterable
from functools import cache
from typing import Final, Literal, NamedTuple

from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.patheffects import withStroke

from kodukant_analysis.figures import style
from kodukant_analysis.figures.areas import Area
from kodukant_analysis.places import COUNTRY, borders, outline

Units = Literal["county", "municipality"]
_DIVISIONS: Final = ("prefecture", "county", "municipality")
# Width and colour; the lines of prefectures are dark with a white edge: seen on the lightest and the darkest shade.
_PENS: Final = {"prefecture": (2.4, style.INK), "county": (2.0, style.PAPER), "municipality": (0.7, style.PAPER)}
_EDGE: Final = 1.3


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
            area_path(area.region), facecolor=shade.face, edgecolor=shade.strokes, hatch=shade.hatch, linewidth=0
        )
        patch.set_gid(f"{gid}:{area.region}")
        ax.add_patch(patch)


def draw_borders(ax: Axes, units: Units) -> None:
    """The coast and the borders between units, thicker the larger the regions they part; each line once."""
    coast = LineCollection(borders("country"), colors=style.GREY, linewidths=0.8, zorder=2, gid="border:country")
    ax.add_collection(coast, autolim=False)
    for order, division in enumerate(reversed(_DIVISIONS[: _DIVISIONS.index(units) + 1])):
        width, colour = _PENS[division]
        lines = LineCollection(_own_borders(division), colors=colour, linewidths=width, zorder=2.1 + order / 10)
        lines.set_capstyle("round")
        lines.set_gid(f"border:{division}")
        if division == "prefecture":
            lines.set_path_effects([withStroke(linewidth=width + 2 * _EDGE, foreground=style.PAPER)])
        ax.add_collection(lines, autolim=False)


@cache
def area_path(region: str) -> Path:
    """The polygons of a region as one path, holes left open."""
    rings = [ring for polygon in outline(region) for ring in (polygon.exterior, *polygon.holes)]
    return Path.make_compound_path(*(Path(ring, closed=True) for ring in rings))


def _own_borders(division: Literal["prefecture", "county", "municipality"]) -> list[tuple[tuple[int, int], ...]]:
    """The borders of a division that are not those of a larger one."""
    larger = {line for above in _DIVISIONS[: _DIVISIONS.index(division)] for line in borders(above)}
    return [line for line in borders(division) if line not in larger]
