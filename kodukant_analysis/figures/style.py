"""Style: one look for every chart - a 16:9 slide, letters of 16 points and more, colours that survive grey.

Lengths are points (1/72 inch) from the lower left corner; a slide is 960 x 540 points.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, NamedTuple

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextToPath

WIDTH, HEIGHT, MARGIN = 960.0, 540.0, 30.0
TITLE, SUBTITLE, BODY, LEADING = 26.0, 18.0, 16.0, 1.22
LineStyle = Literal["-", "--", "-.", ":"]
INK, GREY, LIGHT, PAPER = "#1a1a1a", "#595959", "#d9d9d9", "#ffffff"
# Okabe and Ito: told apart by the colour blind; the markers tell the same in grey.
BLUE, VERMILION, GREEN, PURPLE = "#0072b2", "#d55e00", "#007a5a", "#aa4499"
SERIES: tuple[tuple[str, str, LineStyle], ...] = (
    (BLUE, "o", "-"),
    (VERMILION, "s", "--"),
    (GREEN, "^", "-."),
    (PURPLE, "D", ":"),
)

_LOOK: dict[Any, Any] = {
    "font.family": "DejaVu Sans",
    "font.size": BODY,
    "text.color": INK,
    "text.parse_math": False,
    "axes.edgecolor": GREY,
    "axes.labelcolor": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "axes.unicode_minus": True,
    "hatch.linewidth": 1.0,
}


class Box(NamedTuple):
    """A rectangle on the slide, in points."""

    left: float
    bottom: float
    width: float
    height: float


@dataclass(frozen=True)
class Canvas:
    """A slide with its words set, and the rectangle that is free for axes."""

    figure: Figure
    free: Box


class Words(NamedTuple):
    """What stands around the axes."""

    title: str
    subtitle: str
    footnote: str


@contextmanager
def look() -> Iterator[None]:
    """matplotlib's settings while a chart is drawn; nothing global stays changed."""
    with mpl.rc_context(_LOOK):
        yield


def new_canvas(words: Words) -> Canvas:
    """An empty slide with title, subtitle and footnote broken into lines that fit."""
    figure = Figure(figsize=(WIDTH / 72, HEIGHT / 72), dpi=72, facecolor=PAPER)
    FigureCanvasAgg(figure)
    top = _write(figure, words.title, HEIGHT - 18, size=TITLE, weight="bold")
    top = _write(figure, words.subtitle, top - 4, size=SUBTITLE, color=GREY)
    foot = 14 + LEADING * BODY * len(wrap(words.footnote, WIDTH - 2 * MARGIN))
    _write(figure, words.footnote, foot, size=BODY, color=GREY)
    return Canvas(figure, Box(MARGIN, foot + 8, WIDTH - 2 * MARGIN, top - 14 - foot))


def add_axes(canvas: Canvas, box: Box) -> Axes:
    """Bare axes on a rectangle of the slide."""
    ax = canvas.figure.add_axes((box.left / WIDTH, box.bottom / HEIGHT, box.width / WIDTH, box.height / HEIGHT))
    ax.spines[["top", "right", "left"]].set_visible(False)
    ax.tick_params(length=0, pad=5)
    ax.set_axisbelow(True)
    return ax


@cache
def text_width(text: str, size: float = BODY, weight: str = "normal") -> float:
    """The width of a line of text in points."""
    font = FontProperties(family="DejaVu Sans", size=size, weight=weight)
    return float(TextToPath().get_text_width_height_descent(text, font, ismath=False)[0])


def wrap(text: str, width: float, size: float = BODY, weight: str = "normal") -> list[str]:
    """Text broken at spaces into lines of at most `width` points; a longer word keeps a line of its own."""
    space = text_width("n n", size, weight) - text_width("nn", size, weight)
    lines: list[list[str]] = []
    used = 0.0
    for word in text.split(" "):
        length = text_width(word, size, weight)
        if lines and used + space + length <= width:
            lines[-1].append(word)
            used += space + length
        else:
            lines.append([word])
            used = length
    return [" ".join(line) for line in lines]


def _write(figure: Figure, text: str, top: float, **look: object) -> float:
    size = float(str(look["size"]))
    lines = wrap(text, WIDTH - 2 * MARGIN, size, str(look.get("weight", "normal"))) if text else []
    for line in lines:
        # Set on the baseline: aligned by their tops, lines with and without tall letters would stand unevenly.
        figure.text(MARGIN / WIDTH, (top - size) / HEIGHT, line, va="baseline", **look)  # type: ignore[arg-type]
        top -= LEADING * size
    return top
