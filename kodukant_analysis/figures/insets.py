"""Insets: what is too small to see on the map of the country, drawn larger beside it, and marked where it lies."""

from collections.abc import Sequence
from typing import NamedTuple

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from kodukant_analysis.figures import style
from kodukant_analysis.figures.areas import Area
from kodukant_analysis.figures.terrain import Window, area_path, draw_areas, draw_borders, fitted, map_axes
from kodukant_analysis.text import translate

_HEADING, _GAP = 22.0, 10.0


class Inset(NamedTuple):
    """A part of the country to be drawn larger: its name in the catalogues, and its window."""

    name: str
    window: Window


INSETS = (
    Inset("tallinn", Window(517000, 6571500, 565000, 6606000)),
    Inset("ida_viru", Window(674000, 6570000, 740500, 6601500)),
)


def add_insets(canvas: style.Canvas, box: style.Box, areas: Sequence[Area], lang: str) -> None:
    """Draw the insets of municipalities one below the other, each under its number and name, at the foot of a box."""
    height = box.height / len(INSETS)
    for number, inset in enumerate(INSETS, start=1):
        part = style.Box(box.left, box.bottom + box.height - number * height, box.width, height - _HEADING - _GAP)
        place = fitted(part, inset.window)
        ax = map_axes(canvas, place, inset.window)
        ax.set_gid(f"inset:{inset.name}")
        ax.spines[:].set(visible=True, color=style.GREY, linewidth=1)
        draw_areas(ax, [area for area in areas if _is_in(area, inset.window)], gid=f"inset:{inset.name}")
        draw_borders(ax, "municipality")
        canvas.figure.text(
            place.left / style.WIDTH, (place.bottom + place.height + 6) / style.HEIGHT,
            f"{number}  {translate(f'map.{inset.name}', lang)}", va="baseline",
        )  # fmt: skip


def mark_insets(ax: Axes) -> None:
    """Frame on the map of the country what the insets show, each with its number."""
    for number, inset in enumerate(INSETS, start=1):
        left, bottom, right, top = inset.window
        frame = Rectangle((left, bottom), right - left, top - bottom, fill=False, edgecolor=style.INK, linewidth=1)
        frame.set(zorder=3, gid=f"inset-mark:{inset.name}")
        ax.add_patch(frame)
        ax.annotate(str(number), (left, top), xytext=(0, 3), textcoords="offset points", va="bottom", zorder=4)


def _is_in(area: Area, window: Window) -> bool:
    box = area_path(area.region).get_extents()
    is_beside = box.x1 < window.left or box.x0 > window.right
    return not (is_beside or box.y1 < window.bottom or box.y0 > window.top)
