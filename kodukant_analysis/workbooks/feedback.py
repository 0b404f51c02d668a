"""Feedback: the marked copy of a workbook, for the one who filled it in; the original is never touched."""

import os
from io import BytesIO
from pathlib import Path

from kodukant_analysis.loaders.workbook import Delivery
from kodukant_analysis.workbooks.advice import advice_of
from kodukant_analysis.workbooks.copies import open_copy
from kodukant_analysis.workbooks.marks import mark_cells
from kodukant_analysis.workbooks.overview import Told, add_overview


def write_marked_copy(source: Path, target: Path, delivery: Delivery, language: str) -> tuple[str, ...]:
    """Writes a copy of a workbook with its issues marked, for its owner's eyes only; the kinds of things it lacks.

    Raises UnreadableError where the source cannot be read, OSError where the target cannot be written.
    """
    copy = open_copy(source)
    advice = advice_of(delivery.issues, language)
    sheets = dict(zip(delivery.sheets, copy.sheets, strict=False))
    mark_cells(sheets, advice)
    add_overview(copy.book, sheets, Told(delivery.file, advice, delivery.accounts, copy.lost), language)
    content = BytesIO()
    copy.book.save(content)
    _write_private(target, content.getvalue())
    return tuple(copy.lost)


def _write_private(target: Path, content: bytes) -> None:
    """Writes a new file that its owner alone can read: it holds what the original holds, persons too."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
