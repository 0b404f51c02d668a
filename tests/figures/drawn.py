"""Drawn: what is found in a figure - artists by their gid, words, whether boxes lie over each other."""

from itertools import combinations

from matplotlib.artist import Artist
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from kodukant_analysis.figures.style import BODY


def marked(figure: Figure, prefix: str) -> dict[str, Artist]:
    """The artists of a figure by what follows the prefix in their gid; none may bear a gid twice."""
    found = figure.findobj(lambda artist: str(artist.get_gid() or "").startswith(prefix))
    named = {str(artist.get_gid()).removeprefix(prefix): artist for artist in found}
    assert len(named) == len(found)
    return named


def words(figure: Figure) -> list[Text]:
    return [text for text in figure.findobj(Text) if text.get_text() and text.get_visible()]


def said(figure: Figure) -> str:
    return " ".join(text.get_text().replace("\n", " ") for text in words(figure))


def assert_legible(figure: Figure) -> None:
    """Letters are large enough for a slide, and none are outside of it or over others."""
    figure.canvas.draw()
    assert min(text.get_fontsize() for text in words(figure)) >= BODY
    width, height = figure.bbox.size
    boxes = {text: text.get_window_extent().padded(-1.5) for text in words(figure)}
    for text, box in boxes.items():
        assert 0 <= box.x0 <= box.x1 <= width, text
        assert 0 <= box.y0 <= box.y1 <= height, text
    for (one, box), (other, other_box) in combinations(boxes.items(), 2):
        assert not overlap(box, other_box), (one, other)


def overlap(one: Bbox, other: Bbox) -> bool:
    common = Bbox.intersection(one, other)
    return common is not None and common.width > 0.5 and common.height > 0.5
