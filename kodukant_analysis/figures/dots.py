"""Dots: a dot and its interval for each region, regions in alphabetical order, the country behind them."""

from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from kodukant_analysis.figures import style
from kodukant_analysis.figures.marks import Mark, read_marks
from kodukant_analysis.text import percent, read_indicator, region_level, translate, wording


class Panel(NamedTuple):
    """What one set of axes shows: regions, the country (or None), a heading, and whether there is little room."""

    regions: list[Mark]
    country: Mark | None
    heading: str
    is_narrow: bool


def dot_interval(frame: pd.DataFrame, words: style.Words, lang: str) -> Figure:
    """One indicator of one period by regions of one level: dot, interval and n; the country as line and band.

    `frame`: estimate rows of the regions and, where known, of the country. Regions without a number keep their row,
    hatched, with the reason in words.
    """
    return _draw(_panels([frame], [""], lang), words, lang, _amount_heading(frame, lang))


def incidence(frame: pd.DataFrame, words: style.Words, lang: str) -> Figure:
    """Cumulative incidence by regions of one level, a panel for each day (last part of the indicator's name)."""
    days = incidence_days(frame)
    parts = [frame[frame["indicator"].str.endswith(f":{day}")] for day in days]
    headings = [translate("figure.days", lang, days=day) for day in days]
    return _draw(_panels(parts, headings, lang), words, lang, _amount_heading(frame, lang))


def incidence_days(frame: pd.DataFrame) -> list[str]:
    """The days that the frame's indicators name, in order."""
    return sorted({read_indicator(name).variant for name in frame["indicator"]}, key=int)


def _panels(frames: Sequence[pd.DataFrame], headings: Sequence[str], lang: str) -> list[Panel]:
    panels = []
    for frame, heading in zip(frames, headings, strict=True):
        marks = read_marks(frame, lang)
        country = next((mark for mark in marks if region_level(mark.region_name) == "country"), None)
        regions = [mark for mark in marks if region_level(mark.region_name) != "country"]
        panels.append(Panel(regions, country, heading, is_narrow=len(frames) > 1))
    return panels


def _draw(panels: list[Panel], words: style.Words, lang: str, amount_heading: str) -> Figure:
    with style.look():
        canvas = style.new_canvas(words)
        boxes = _boxes(canvas.free, panels)
        for number, (panel, box) in enumerate(zip(panels, boxes, strict=True)):
            ax = style.add_axes(canvas, box)
            _scale(ax, panel, lang, has_labels=number == 0)
            _headings(ax, panel, lang, amount_heading)
            for row, mark in enumerate(panel.regions):
                _draw_mark(ax, mark, row, panel.is_narrow)
    return canvas.figure


def _boxes(free: style.Box, panels: list[Panel]) -> list[style.Box]:
    labels = max((style.text_width(mark.label) for panel in panels for mark in panel.regions), default=0) + 12
    amounts = max((style.text_width(mark.amount) for panel in panels for mark in panel.regions), default=0)
    right = max(amounts + 26, 110 if len(panels) == 1 else 0)
    width = (free.width - labels) / len(panels)
    top = 22 if len(panels) == 1 else 44
    return [
        style.Box(free.left + labels + number * width, free.bottom + 26, width - right, free.height - 26 - top)
        for number in range(len(panels))
    ]


def _scale(ax: Axes, panel: Panel, lang: str, has_labels: bool) -> None:
    ticks = (0.0, 0.5, 1.0) if panel.is_narrow else (0.0, 0.25, 0.5, 0.75, 1.0)
    ax.set_xlim(-0.015, 1.015)
    ax.set_ylim(len(panel.regions) - 0.4, -0.6)
    ax.set_xticks(ticks, [percent(tick, lang) for tick in ticks])
    ax.set_yticks(range(len(panel.regions)), [mark.label for mark in panel.regions] if has_labels else [])
    ax.grid(axis="x", color=style.LIGHT, linewidth=1)
    if panel.country and panel.country.is_shown:
        ax.axvspan(panel.country.low, panel.country.high, color=style.BLUE, alpha=0.13, linewidth=0, gid="country-band")
        ax.axvline(panel.country.estimate, color=style.BLUE, linewidth=1.6, zorder=1.5, gid="country")


def _headings(ax: Axes, panel: Panel, lang: str, amount_heading: str) -> None:
    above = ax.get_xaxis_transform()
    if panel.heading:
        ax.annotate(
            panel.heading, (0.5, 1), xytext=(0, 25), textcoords="offset points", xycoords="axes fraction",
            ha="center", va="bottom", weight="bold",
        )  # fmt: skip
    else:
        ax.annotate(
            amount_heading, (1, 1), xytext=(105, 4), textcoords="offset points", xycoords="axes fraction",
            ha="right", va="bottom", color=style.GREY,
        )  # fmt: skip
    if panel.country is None:
        return
    value = percent(panel.country.estimate, lang) if panel.country.is_shown else panel.country.brief
    text = translate("figure.reference", lang, region=panel.country.label, value=value)
    centre = min(max(panel.country.estimate, 0.15), 0.85) if panel.country.is_shown else 0.5
    ax.annotate(
        text, (centre, 1), xytext=(0, 4), textcoords="offset points", xycoords=above,
        ha="center", va="bottom", color=style.BLUE,
    )  # fmt: skip


def _draw_mark(ax: Axes, mark: Mark, row: int, is_narrow: bool) -> None:
    if mark.is_shown:
        draw_dot(ax, mark, row)
    else:
        patch = Rectangle((0, row - 0.34), 1, 0.68, facecolor="#f4f4f4", edgecolor="#bdbdbd", hatch="///", linewidth=0)
        patch.set_gid(f"missing:{mark.region_name}")
        ax.add_patch(patch)
        label = mark.brief if is_narrow else mark.words
        box = {"facecolor": style.PAPER, "edgecolor": "none", "pad": 0}
        ax.text(0.5, row, label, ha="center", va="center_baseline", color=style.GREY, bbox=box, zorder=2.5)
    ax.annotate(
        mark.amount, (1, row), xytext=(105, 0) if not is_narrow else (12, 0), textcoords="offset points",
        xycoords=ax.get_yaxis_transform(), ha="left" if is_narrow else "right", va="center_baseline", color=style.GREY,
    )  # fmt: skip


def draw_dot(ax: Axes, mark: Mark, row: float) -> None:
    """The interval and the dot of a shown mark on a row; hollow where the number is provisional or weak."""
    if mark.low == mark.low:
        (line,) = ax.plot([mark.low, mark.high], [row, row], color=style.INK, linewidth=3.2, zorder=3)
        line.set_solid_capstyle("round")
        line.set_gid(f"interval:{mark.region_name}")
    (dot,) = ax.plot(
        [mark.estimate], [row], marker="o", markersize=11, markeredgewidth=2.2, color=style.INK, linestyle="none",
        markerfacecolor=style.PAPER if mark.is_hollow else style.INK, zorder=4,
    )  # fmt: skip
    dot.set_gid(f"dot:{mark.region_name}")


def _amount_heading(frame: pd.DataFrame, lang: str) -> str:
    noun = wording(read_indicator(str(frame["indicator"].iloc[0]))).noun
    return translate(f"figure.n_{noun}", lang)
