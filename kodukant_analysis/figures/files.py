"""Figure files: a figure as the bytes of a picture, the same on every run."""

import re
from io import BytesIO
from typing import Any, Final

import matplotlib as mpl
from matplotlib.figure import Figure

PNG_DPI: Final = 150
_PATH: Final = re.compile(rb' d="[^"]*"')
_BEYOND_HUNDREDTHS: Final = re.compile(rb"(?<=\.\d\d)\d+")
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
    # A hundredth of a point cannot be seen; the coasts of a map would be twice as large.
    return _PATH.sub(lambda path: _BEYOND_HUNDREDTHS.sub(b"", path[0]), stream.getvalue())
