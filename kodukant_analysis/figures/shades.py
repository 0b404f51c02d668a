"""Shades: how a region is filled - by its share, by what happened there, or by why there is no number."""

from collections.abc import Sequence
from typing import NamedTuple

from matplotlib.colors import to_rgb
from matplotlib.patheffects import AbstractPathEffect, withStroke

from kodukant_analysis.figures.style import INK, PAPER


class Shade(NamedTuple):
    """A fill: its name, its colour, its hatching (matplotlib's letters, "" for none) and the colour of its strokes."""

    name: str
    face: str
    hatch: str = ""
    strokes: str = "#7a7a7a"


# One hue from light to dark: the order of the classes is that of their greys, also for the colour blind.
SHARES = tuple(
    Shade(f"share_{20 * number}", face)
    for number, face in enumerate(("#dbe9f6", "#a6cde8", "#5fa5d2", "#1f70ae", "#08306b"))
)
UNSAID = Shade("unsaid", "#f2f2f2", "////")
NO_DATA = Shade("no_data", PAPER, "..")
HELD = Shade("held", "#14508c")
PLANNED = Shade("planned", "#9cc8e6", "\\\\\\\\", "#08306b")
NEVER = Shade("never", PAPER, "..")
_ROUNDING = 1e-9
# The order of legends, the most first.
ALL: Sequence[Shade] = (*SHARES[::-1], HELD, PLANNED, NEVER, UNSAID, NO_DATA)


def share_shade(share: float) -> Shade:
    """The shade of a share (0-1); classes are fixed, so that maps compare, and hold their lower limit.

    ValueError for what is no share; what rounding alone takes beyond 0 or 1 is one.

    >>> [share_shade(share).name for share in (0, 0.2, 0.799, 1)]
    ['share_0', 'share_20', 'share_60', 'share_80']
    """
    if not -_ROUNDING <= share <= 1 + _ROUNDING:
        raise ValueError(f"a share is between 0 and 1, got {share!r}")
    return SHARES[min(int(share * len(SHARES)), len(SHARES) - 1)]


def luminance(colour: str) -> float:
    """The relative luminance of a colour (WCAG 2): 0 is black, 1 is white.

    >>> luminance("#ffffff"), luminance("#000000")
    (1.0, 0.0)
    """
    red, green, blue = (
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4 for channel in to_rgb(colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast of two colours (WCAG 2), 1 to 21; letters need 4.5.

    >>> contrast("#000000", "#ffffff")
    21.0
    """
    darker, lighter = sorted((luminance(one), luminance(other)))
    return round((lighter + 0.05) / (darker + 0.05), 2)


def ink_on(shade: Shade) -> str:
    """The colour of letters on a shade: dark or white, whichever is read more easily.

    >>> ink_on(HELD), ink_on(NEVER) == INK
    ('#ffffff', True)
    """
    return max((INK, PAPER), key=lambda ink: contrast(ink, shade.face))


def halo(shade: Shade) -> list[AbstractPathEffect]:
    """What keeps the strokes of a hatched shade away from letters on it; nothing on a plain one."""
    return [withStroke(linewidth=4, foreground=shade.face)] if shade.hatch else []
