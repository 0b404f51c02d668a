"""Timelines: estimates over waves or years with intervals; neither two series nor what a break parts is ever joined."""

from itertools import pairwise
from typing import Any, NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from kodukant_analysis.figures import style
from kodukant_analysis.figures.marks import Mark, positions, read_marks
from kodukant_analysis.text import estonian_key, percent, read_indicator, region_label, translate, wording
from kodukant_analysis.text.names import series_label


class Look(NamedTuple):
    """How a series is drawn: its colour, marker and line, where its values are written, the size of its dots."""

    color: str
    marker: str
    line: style.LineStyle
    is_above: bool
    size: float


def waves(frame: pd.DataFrame, words: style.Words, lang: str) -> Figure:
    """One survey question of one region over its waves.

    `frame`: estimate rows of one question and region, any series. Each series is a line of its own; a wave without a
    number is a hatched column that says why; a line stops before a wave that is flagged as a break.
    """
    with style.look():
        canvas = style.new_canvas(words)
        free = _legend(canvas, frame, lang)
        ax = style.add_axes(canvas, style.Box(free.left + 62, free.bottom + 26, free.width - 62, free.height - 32))
        _draw_panel(ax, frame, positions(list(frame["period"])), lang)
    return canvas.figure


def wave_regions(frame: pd.DataFrame, words: style.Words, lang: str) -> Figure:
    """One series of one survey question in small panels: the country first, then regions in alphabetical order."""
    with style.look():
        canvas = style.new_canvas(words)
        free = canvas.free
        places = positions(list(frame["period"]))
        names = sorted(set(frame["region_name"]), key=lambda n: (n != "Eesti", estonian_key(region_label(n, lang))))
        for name, box in zip(names, _small_boxes(free, len(names)), strict=True):
            ax = style.add_axes(canvas, box)
            _draw_panel(ax, frame[frame["region_name"] == name], places, lang, is_small=True)
            _small_heading(ax, frame[frame["region_name"] == name], lang)
    return canvas.figure


def years(frame: pd.DataFrame, words: style.Words, lang: str) -> Figure:
    """One indicator of one region by year: dot, interval and, under the year, what the number rests on.

    A dotted line stands before a year that is flagged as a break.
    """
    marks = read_marks(frame, lang)
    noun = wording(read_indicator(str(frame["indicator"].iloc[0]))).noun
    heading = translate(f"figure.n_{noun}", lang)
    with style.look():
        canvas = style.new_canvas(words)
        free, left = canvas.free, style.text_width(heading) + 8
        ax = style.add_axes(canvas, style.Box(free.left + left, free.bottom + 46, free.width - left, free.height - 54))
        places = positions([mark.period for mark in marks])
        _scale(ax, places, lang, is_small=False)
        ax.set_xticks([places[m.period] for m in marks], [f"{m.period}\n{m.amount}" for m in marks])
        ax.annotate(
            heading, (0, 0), xytext=(-8, -26), textcoords="offset points", xycoords="axes fraction",
            ha="right", va="top", color=style.GREY,
        )  # fmt: skip
        _part(ax, marks, places, style.GREY)
        for mark in marks:
            _draw_mark(ax, mark, places[mark.period], _looks(1, is_small=False)[0])
            _write_value(ax, mark, places[mark.period], _looks(1, is_small=False)[0], lang)
    return canvas.figure


def series_of(frame: pd.DataFrame) -> list[str]:
    """The survey series of a frame, in alphabetical order: the order of their colours."""
    return sorted({read_indicator(name).variant for name in frame["indicator"]}, key=estonian_key)


def _looks(count: int, *, is_small: bool) -> list[Look]:
    # Small panels show one series: neutral, because the colours tell series apart.
    available = ((style.INK, "o", "-"),) if is_small else style.SERIES
    chosen = [available[number % len(available)] for number in range(count)]
    return [Look(*look, is_above=number % 2 == 0, size=8 if is_small else 11) for number, look in enumerate(chosen)]


def _legend(canvas: style.Canvas, frame: pd.DataFrame, lang: str) -> style.Box:
    names = series_of(frame)
    handles = [
        Line2D([], [], color=look.color, marker=look.marker, linestyle=look.line, linewidth=2.4, markersize=10)
        for look in _looks(len(names), is_small=False)
    ]
    free = canvas.free
    top = (free.bottom + free.height - 2) / style.HEIGHT
    canvas.figure.legend(
        handles, [series_label(name, lang) for name in names], loc="upper left", ncols=len(names), frameon=False,
        bbox_to_anchor=(free.left / style.WIDTH, top), borderaxespad=0, borderpad=0, handlelength=2.6,
    )  # fmt: skip
    return free._replace(height=free.height - 32)


def _small_boxes(free: style.Box, count: int) -> list[style.Box]:
    columns = min(3, count)
    rows = -(-count // columns)
    width, height = free.width / columns, free.height / rows
    return [
        style.Box(
            free.left + column * width + 62,
            free.bottom + free.height - (row + 1) * height + 26,
            width - 62 - 20,
            height - 26 - 30,
        )
        for row, column in (divmod(number, columns) for number in range(count))
    ]


def _small_heading(ax: Axes, frame: pd.DataFrame, lang: str) -> None:
    """The region and its latest number above a small panel: inside, the number would stand on the lines."""
    marks = read_marks(frame, lang)
    weight = "bold" if marks[0].region_name == "Eesti" else "normal"
    at: dict[str, Any] = {"textcoords": "offset points", "xycoords": "axes fraction", "va": "bottom"}
    ax.annotate(marks[0].label, (0, 1), xytext=(-50, 5), weight=weight, **at)
    shown = [mark for mark in marks if mark.is_shown]
    if shown:
        value = percent(shown[-1].estimate, lang)
        text = translate("figure.latest", lang, period=shown[-1].period, value=value)
        ax.annotate(text, (1, 1), xytext=(10, 5), ha="right", color=style.GREY, **at)


def _draw_panel(ax: Axes, frame: pd.DataFrame, places: dict[str, float], lang: str, *, is_small: bool = False) -> None:
    _scale(ax, places, lang, is_small)
    names = series_of(frame)
    step = (max(places.values()) - min(places.values()) or 1) * (0.03 if is_small else 0.014)
    for number, (series, look) in enumerate(zip(names, _looks(len(names), is_small=is_small), strict=True)):
        marks = read_marks(frame[frame["indicator"].str.endswith(f":{series}")], lang)
        # Series that were asked in the same year stand side by side, not on top of each other.
        moved = {period: place + (number - (len(names) - 1) / 2) * step for period, place in places.items()}
        _part(ax, marks, moved, look.color)
        _join(ax, marks, moved, look)
        for mark in marks:
            _draw_mark(ax, mark, moved[mark.period], look)
        shown = [mark for mark in marks if mark.is_shown]
        for mark in [] if is_small else shown[:1] + shown[1:][-1:]:
            _write_value(ax, mark, moved[mark.period], look, lang)


def _scale(ax: Axes, places: dict[str, float], lang: str, is_small: bool) -> None:
    spots = sorted(places.values())
    margin = (spots[-1] - spots[0] or 1) * (0.1 if is_small else 0.05)
    ticks = (0.0, 0.5, 1.0) if is_small else (0.0, 0.25, 0.5, 0.75, 1.0)
    ax.set_xlim(spots[0] - margin, spots[-1] + margin)
    ax.set_ylim(-0.02, 1.04)
    ax.set_yticks(ticks, [percent(tick, lang) for tick in ticks])
    ax.grid(axis="y", color=style.LIGHT, linewidth=1)
    labels = {place: period for period, place in places.items()}
    chosen = spots[:: max(1, len(spots) - 1)] if is_small else _roomy(ax, labels)
    ax.set_xticks(chosen, [labels[spot] for spot in chosen])


def _roomy(ax: Axes, labels: dict[float, str]) -> list[float]:
    """The ticks whose labels fit beside each other, taken from the latest backwards."""
    low, high = ax.get_xlim()
    width = ax.get_position().width * style.WIDTH
    chosen: list[float] = []
    for spot in sorted(labels, reverse=True):
        room = (style.text_width(labels[spot]) + 10) / width * (high - low)
        if not chosen or chosen[-1] - spot >= room:
            chosen.append(spot)
    return sorted(chosen)


def _part(ax: Axes, marks: list[Mark], places: dict[str, float], color: str) -> None:
    for before, after in pairwise(marks):
        if after.is_break:
            middle = (places[before.period] + places[after.period]) / 2
            ax.axvline(middle, color=color, linestyle=(0, (2, 3)), linewidth=1.8, gid=f"break:{after.period}")


def _join(ax: Axes, marks: list[Mark], places: dict[str, float], look: Look) -> None:
    for before, after in pairwise(marks):
        if before.is_shown and after.is_shown and not after.is_break:
            spots = [places[before.period], places[after.period]]
            ax.plot(spots, [before.estimate, after.estimate], color=look.color, linestyle=look.line, linewidth=2.2)


def _draw_mark(ax: Axes, mark: Mark, place: float, look: Look) -> None:
    if not mark.is_shown:
        _draw_missing(ax, mark, place, is_small=look.size < 10)
        return
    if mark.low == mark.low:
        (line,) = ax.plot([place, place], [mark.low, mark.high], color=look.color, linewidth=3, zorder=3)
        line.set_solid_capstyle("round")
        line.set_gid(f"interval:{mark.region_name}:{mark.period}")
    (dot,) = ax.plot(
        [place], [mark.estimate], marker=look.marker, markersize=look.size, markeredgecolor=look.color,
        markerfacecolor=style.PAPER if mark.is_hollow else look.color, markeredgewidth=2, linestyle="none", zorder=4,
    )  # fmt: skip
    dot.set_gid(f"dot:{mark.region_name}:{mark.period}")


def _write_value(ax: Axes, mark: Mark, place: float, look: Look, lang: str) -> None:
    if not mark.is_shown:
        return
    end = (mark.high if look.is_above else mark.low) if mark.low == mark.low else mark.estimate
    # Near the upper edge there is no room above.
    is_above = look.is_above and end < 0.93
    ax.annotate(
        percent(mark.estimate, lang), (place, end if is_above == look.is_above else mark.low),
        xytext=(0, 5 if is_above else -6), textcoords="offset points", ha="center",
        va="bottom" if is_above else "top", color=look.color, zorder=5,
    )  # fmt: skip


def _draw_missing(ax: Axes, mark: Mark, place: float, is_small: bool) -> None:
    left, right = ax.get_xlim()
    half = (right - left) * (0.035 if is_small else 0.018)
    ax.axvspan(
        place - half, place + half, facecolor="#f4f4f4", edgecolor="#bdbdbd", hatch="///", linewidth=0,
        gid=f"missing:{mark.region_name}:{mark.period}",
    )  # fmt: skip
    box = {"facecolor": style.PAPER, "edgecolor": "none", "pad": 0.5}
    words = mark.brief if is_small else mark.words
    ax.text(place, 0.5, words, rotation=90, ha="center", va="center", color=style.GREY, bbox=box, zorder=2.5)
