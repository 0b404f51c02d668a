"""Maps: counties or municipalities filled by what is known of them, north up, with legend and insets."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from kodukant_analysis.figures import style
from kodukant_analysis.figures.areas import Area, legend_heading, legend_labels, read_areas
from kodukant_analysis.figures.insets import add_insets, mark_insets
from kodukant_analysis.figures.legends import add_legend
from kodukant_analysis.figures.shades import halo, ink_on
from kodukant_analysis.figures.terrain import (
    Units,
    Window,
    area_path,
    draw_areas,
    draw_borders,
    fitted,
    map_axes,
    whole_country,
)
from kodukant_analysis.places import centre
from kodukant_analysis.text import region_level

_GAP = 24.0
# The least width of what stands beside a map: its legend, and the insets of municipalities.
_BESIDE = {"county": 180.0, "municipality": 310.0}
_NUMBER_ROOM = 12000
# Where a value is tried, in points from the centre of its region, the nearest first.
_STEPS = [(x, y) for x in range(-42, 43, 3) for y in range(-42, 43, 3)]
_SHIFTS = np.array(sorted(_STEPS, key=lambda step: (step[0] ** 2 + step[1] ** 2, step)), dtype=float)


def choropleth(frame: pd.DataFrame, words: style.Words, lang: str) -> Figure:
    """One share of one period by counties or municipalities of today: a shade for each class of 20 percent points.

    `frame`: estimate rows of the regions and, where known, of the country, which is named above the legend. A region
    without a number is hatched, one without data dotted. Counties have their number written on them where it fits;
    for municipalities the surroundings of Tallinn and the towns of Ida-Viru are drawn larger beside the map.
    ValueError for a frame without regions, or with municipalities of before October 2017.
    """
    return _draw(frame, words, lang)


def coverage_map(frame: pd.DataFrame, words: style.Words, lang: str) -> Figure:
    """Where discussions were held, are only planned, or neither.

    `frame`: rows of `discussion_count:held` and `...:planned` by municipality, the estimate being the count.
    """
    return _draw(frame, words, lang)


def units_of(frame: pd.DataFrame) -> Units:
    """What the regions of a frame are; the country beside them is none."""
    return "county" if any(region_level(name) == "county" for name in frame["region_name"]) else "municipality"


def _draw(frame: pd.DataFrame, words: style.Words, lang: str) -> Figure:
    units, areas = units_of(frame), read_areas(frame, lang)
    with style.look():
        canvas = style.new_canvas(words)
        place, beside = _parts(canvas.free, units)
        ax = map_axes(canvas, place, _window(units))
        draw_areas(ax, areas)
        draw_borders(ax, units)
        used = add_legend(canvas, beside, legend_labels(areas, lang), legend_heading(frame, lang))
        if units == "county":
            _write_values(ax, areas)
        else:
            mark_insets(ax)
            add_insets(canvas, beside._replace(height=beside.height - used - 6), areas, lang)
    return canvas.figure


def _window(units: Units) -> Window:
    window = whole_country()
    # The numbers of the insets stand above their frames, which reach to the north coast.
    return window if units == "county" else window._replace(top=window.top + _NUMBER_ROOM)


def _parts(free: style.Box, units: Units) -> tuple[style.Box, style.Box]:
    """The rectangle of the map, and the one beside it for legend and insets."""
    room = free._replace(width=free.width - _BESIDE[units] - _GAP)
    place = fitted(room, _window(units))
    left = place.left + place.width + _GAP
    return place, free._replace(left=left, width=free.left + free.width - left)


def _write_values(ax: Axes, areas: Sequence[Area]) -> None:
    for area in areas:
        spot = _spot(ax, area) if area.value else None
        if spot is not None:
            ax.text(
                *spot, area.value, ha="center", va="center_baseline", color=ink_on(area.shade),
                path_effects=halo(area.shade), zorder=4, gid=f"value:{area.region}",
            )  # fmt: skip


def _spot(ax: Axes, area: Area) -> tuple[float, float] | None:
    """The point nearest to the centre of a region around which its value lies inside; None where there is none."""
    metres = (ax.get_xlim()[1] - ax.get_xlim()[0]) / (ax.get_position().width * style.WIDTH)
    half = np.array([style.text_width(area.value) / 2, 0.4 * style.BODY])
    around = half * [(x, y) for x in (-1, 0, 1) for y in (-1, 1)]
    for shift in _SHIFTS:
        if area_path(area.region).contains_points(centre(area.region) + (shift + around) * metres).all():
            east, north = centre(area.region) + shift * metres
            return float(east), float(north)
    return None
