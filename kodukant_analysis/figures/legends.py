"""Legends: the shades of a map and their words, in a box beside it."""

from collections.abc import Mapping

from matplotlib.patches import Patch

from kodukant_analysis.figures import style
from kodukant_analysis.figures.shades import Shade

_SWATCH, _ROW = 42.0, 25.0


def add_legend(canvas: style.Canvas, box: style.Box, labels: Mapping[Shade, str], heading: str = "") -> float:
    """Draw swatches with their words into the upper part of a box; the height that they take, in points.

    Words are broken into lines that fit; short ones stand in two columns.
    """
    columns = 2 if len(labels) > 4 and 2 * (_SWATCH + 16 + _widest(labels)) <= box.width else 1
    wrapped = [style.wrap(words, box.width / columns - _SWATCH) for words in labels.values()]
    canvas.figure.legend(
        [_swatch(shade) for shade in labels],
        ["\n".join(lines) for lines in wrapped],
        loc="upper left", ncols=columns, frameon=False, borderaxespad=0, borderpad=0, alignment="left",
        handlelength=1.9, handleheight=1.05, handletextpad=0.6, labelspacing=0.42, columnspacing=1.0,
        bbox_to_anchor=(box.left / style.WIDTH, (box.bottom + box.height) / style.HEIGHT),
        title=heading or None, title_fontproperties={"size": style.BODY, "weight": "bold"},
    )  # fmt: skip
    rows = sum(map(len, wrapped)) if columns == 1 else -(-len(labels) // 2)
    return _ROW * (rows + bool(heading))


def _widest(labels: Mapping[Shade, str]) -> float:
    return max(style.text_width(words) for words in labels.values())


def _swatch(shade: Shade) -> Patch:
    return Patch(facecolor=shade.face, edgecolor=shade.strokes, hatch=shade.hatch, linewidth=0.8)
