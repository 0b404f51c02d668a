"""Legends: the shades of a map and their words, in a box beside it."""

from collections.abc import Mapping

from matplotlib.patches import Patch

from kodukant_analysis.figures import style
from kodukant_analysis.figures.shades import Shade

_SWATCH, _ROW, _GAP = 42.0, 23.0, 14.0


def add_legend(canvas: style.Canvas, box: style.Box, labels: Mapping[Shade, str], heading: str = "") -> float:
    """Draw swatches with their words into the upper part of a box; the height that they take, in points.

    Words are broken into lines that fit. Where there is room, what is hatched stands beside what is not.
    """
    used = 0.0
    if heading:
        at = (box.left / style.WIDTH, (box.bottom + box.height - style.BODY) / style.HEIGHT)
        canvas.figure.text(*at, heading, va="baseline", weight="bold")
        used = _ROW + 3
    plain = {shade: words for shade, words in labels.items() if not shade.hatch}
    hatched = {shade: words for shade, words in labels.items() if shade.hatch}
    left = _SWATCH + max(map(style.text_width, plain.values()), default=0.0) + _GAP
    is_beside = len(plain) > 1 and len(hatched) > 0 and box.width - left > _SWATCH + 120
    below = box._replace(height=box.height - used)
    if is_beside:
        beside = below._replace(left=box.left + left, width=box.width - left)
        return used + max(_column(canvas, below, plain), _column(canvas, beside, hatched))
    return used + _column(canvas, below, labels)


def _column(canvas: style.Canvas, box: style.Box, labels: Mapping[Shade, str]) -> float:
    wrapped = [style.wrap(words, box.width - _SWATCH) for words in labels.values()]
    canvas.figure.legend(
        [_swatch(shade) for shade in labels],
        ["\n".join(lines) for lines in wrapped],
        loc="upper left", frameon=False, borderaxespad=0, borderpad=0,
        handlelength=1.9, handleheight=1.0, handletextpad=0.6, labelspacing=0.3,
        bbox_to_anchor=(box.left / style.WIDTH, (box.bottom + box.height) / style.HEIGHT),
    )  # fmt: skip
    return _ROW * sum(map(len, wrapped))


def _swatch(shade: Shade) -> Patch:
    return Patch(facecolor=shade.face, edgecolor=shade.strokes, hatch=shade.hatch, linewidth=0.8)
