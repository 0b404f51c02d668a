"""Maps: counties or municipalities filled by what is known of them, north up, with legend and insets."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from kodukant_analysis.figures import style
from kodukant_analysis.figures.areas import Area, country_words, legend_labels, read_areas
from kodukant_analysis.figures.insets import add_insets, mark_insets
from kodukant_analysis.figures.legends import add_legend
from kodukant_analysis.figures.shades import ink_on
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


def choropleth(frame: pd.DataFrame, words: style.Words, lang: str) -> Figure:
    """One share of one period by counties or municipalities of today: a shade for each class of 20 percent points.

    `frame`: estimate rows of the regions and, where known, of the country, which is named above the legend. A region
    without a number is hatched, one without data dotted. Counties have their number written on them where it fits;
    for municipalities the surroundings of Tallinn and the towns of Ida-Viru are drawn larger beside the map.
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
        used = add_legend(canvas, beside, legend_labels(areas, lang), country_words(frame, lang))
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
        if area.value and _has_room(ax, area):
            box = {"facecolor": area.shade.face, "edgecolor": "none", "pad": 1.0} if area.shade.hatch else None
            ax.text(
                *centre(area.region), area.value, ha="center", va="center_baseline", color=ink_on(area.shade),
                bbox=box, zorder=4, gid=f"value:{area.region}",
            )  # fmt: skip


def _has_room(ax: Axes, area: Area) -> bool:
    """Whether the corners and the middles of the sides of the words lie in the region."""
    east, north = centre(area.region)
    metres = (ax.get_xlim()[1] - ax.get_xlim()[0]) / (ax.get_position().width * style.WIDTH)
    half_wide, half_high = style.text_width(area.value) / 2 * metres, 0.4 * style.BODY * metres
    around = [(east + x * half_wide, north + y * half_high) for x in (-1, 0, 1) for y in (-1, 1)]
    return bool(np.all(area_path(area.region).contains_points(around)))
