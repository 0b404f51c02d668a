"""Figure files: a figure as the bytes of a picture, the same on every run."""

from io import BytesIO
from typing import Any, Final

import matplotlib as mpl
from matplotlib.figure import Figure

PNG_DPI: Final = 150
_SVG_LOOK: Final[dict[Any, Any]] = {"svg.hashsalt": "kodukant", "svg.fonttype": "path"}


def png_bytes(figure: Figure) -> bytes:
    """A PNG of 2000 x 1125 pixels without software name or date."""
    stream = BytesIO()
    figure.savefig(stream, format="png", dpi=PNG_DPI, metadata={"Software": None})
    return stream.getvalue()


def svg_bytes(figure: Figure, *, title: str, alt: str, lang: str) -> bytes:
    """An SVG with letters as outlines (looks the same on every machine), fixed identifiers and no date."""
    stream = BytesIO()
    metadata = {"Date": None, "Creator": None, "Title": title, "Description": alt, "Language": lang}
    with mpl.rc_context(_SVG_LOOK):
        figure.savefig(stream, format="svg", metadata=metadata)
    return stream.getvalue()
