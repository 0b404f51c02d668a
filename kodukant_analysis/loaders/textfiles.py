"""Text files: delimited text in any encoding and with any delimiter that Estonian and Russian offices use."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import islice
from typing import Final, Literal, NamedTuple

from kodukant_analysis.loaders.refusals import UnreadableError

_BOMS: Final = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_DELIMITERS: Final = (";", "\t", ",", "|")
_CONTROL: Final = re.compile("[\x00-\x08\x0e-\x1f]")
_MIXED: Final = re.compile(r"[a-z][а-яё]|[а-яё][a-z]", re.IGNORECASE)
_CYRILLIC: Final = re.compile(r"[А-Яа-яЁё]{3,}")
_LONGEST_FIELD: Final = 2**31 - 1
_SAMPLE: Final = 100_000
_SAMPLE_LINES: Final = 50
_CERTAIN: Final = 3
# What shows the damage, the encoding the text was read as, the encoding it was in.
_DAMAGES: Final = (
    (
        re.compile("[ÃÅ][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u2013-\u203a\u20ac\u2122]"),
        "cp1252",
        "utf-8",
    ),
    (re.compile("Г[¤µ¶ј•–њ„]|Е[ЎѕЅ]"), "cp1251", "utf-8"),
    (_MIXED, "cp1251", "cp1257"),
    (re.compile("[ÀÂÄÅÇÈÊËÌÍÎÏÐÑÒÓÔßàâåçèêëìíîïðñòóôûþÿ]{4,}"), "cp1252", "cp1251"),
)

# Letters that a program put a sign in place of and nobody can tell any more: "P\ufffdhja", "P?rnu".
_LOST: Final = re.compile(r"\ufffd|(?<=[^\W\d_])\?{1,2}(?=[^\W\d_])")
_AROUND: Final = 4
_ADDRESS: Final = re.compile(r"(?://|www\.)\S*")
_PAIRS: Final = (("utf-16-le", 1), ("utf-16-be", 0))

Row = tuple[int, list[str]]


class Text(NamedTuple):
    """The records of a delimited text, each with the 1-based line on which it starts.

    `is_mended` tells that it had been damaged by reading one encoding as another. From the line `unclosed` on (0:
    nowhere) quotes count as any other sign: one of them is never closed.
    """

    rows: list[Row]
    is_mended: bool
    unclosed: int


def read_text(content: bytes) -> Text | None:
    """A delimited text in any encoding; None when it is no text.

    Raises UnicodeDecodeError when the file says its encoding but is cut short or damaged, UnreadableError with the
    rule `encoding-lost` when letters were lost for good.
    """
    text = _decode(content)
    if text is None or _CONTROL.search(text):
        return None
    mended = repaired(text)
    if are_letters_lost(mended):
        raise UnreadableError("encoding-lost")
    csv.field_size_limit(_LONGEST_FIELD)
    rows, unclosed = _split(mended, _delimiter(mended))
    return Text(list(_without_blank_runs(rows)), mended != text, unclosed)


def repaired(text: str) -> str:
    """The text with damage undone that reading one encoding as another left, if all of it then looks right.

    >>> repaired("Kuupдev, Pхhja, Lддne, kьla"), repaired("LÃ¤Ã¤ne PÃµhja kÃ¼la")
    ('Kuupäev, Põhja, Lääne, küla', 'Lääne Põhja küla')
    """
    for damage, was_read_as, was in _DAMAGES:
        if len(damage.findall(text)) >= _CERTAIN:
            try:
                mended = text.encode(was_read_as).decode(was)
            except UnicodeError:
                continue
            if not damage.search(mended):
                return mended
    return text


def are_letters_lost(text: str) -> bool:
    """Whether several words of a text have lost letters that no encoding brings back.

    >>> are_letters_lost("P?rnu, V?ndra, L??ne"), are_letters_lost("Kas? Ei?")
    (True, False)
    """
    if "\ufffd" not in text and "?" not in text:
        return False
    text = _ADDRESS.sub("", text)
    signs = islice(_LOST.finditer(text), _SAMPLE_LINES)
    return len({text[max(sign.start() - _AROUND, 0) : sign.end() + _AROUND] for sign in signs}) >= _CERTAIN


def _decode(content: bytes) -> str | None:
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            return content.decode(encoding, errors="strict")
    if b"\x00" in content[:_SAMPLE]:
        return _decode_pairs(content)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_single_byte(content)


def _decode_pairs(content: bytes) -> str | None:
    """UTF-16 without its mark: every second byte of what is plain in it is zero, no other byte is."""
    for encoding, zeros in _PAIRS:
        if content[:_SAMPLE][zeros::2].count(0) and not content[:_SAMPLE][1 - zeros :: 2].count(0):
            with suppress(UnicodeDecodeError):
                return content.decode(encoding)
    return None


def _decode_single_byte(content: bytes) -> str | None:
    """Cyrillic if that gives words all in one script, else Baltic: its õ ä ö ü š ž are where most files have them."""
    cyrillic = content.decode("cp1251", errors="replace")
    if _CYRILLIC.search(cyrillic) and not _MIXED.search(cyrillic):
        return cyrillic
    try:
        return content.decode("cp1257")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _delimiter(text: str) -> str:
    lines = [line for line in text[:_SAMPLE].splitlines() if line.strip()][:_SAMPLE_LINES]
    return max(_DELIMITERS, key=lambda delimiter: _agreement(lines, delimiter))


def _agreement(lines: list[str], delimiter: str) -> tuple[float, int]:
    """How well the lines agree on a number of fields, and on how many; not at all where they cannot be parted so."""
    try:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=delimiter, strict=False))
    except csv.Error:
        return 0.0, 0
    width, count = max(widths.items(), key=lambda item: (item[0] > 1, item[1], item[0]), default=(1, 0))
    return (count / sum(widths.values()) if width > 1 else 0.0, width)


def _split(text: str, delimiter: str) -> tuple[list[Row], int]:
    """The records, and the line of a quote that is never closed (0: none); from there on each line is a record."""
    rows = _records(text, delimiter, csv.QUOTE_MINIMAL)
    last = rows[-1][0] if rows else 1
    has_lines = bool(rows) and any("\n" in cell or "\r" in cell for cell in rows[-1][1])
    rest = "".join(io.StringIO(text, newline="").readlines()[last - 1 :]) if has_lines else ""
    if not _is_unclosed(rest, delimiter):
        return rows, 0
    return rows[:-1] + [(last + line - 1, cells) for line, cells in _records(rest, delimiter, csv.QUOTE_NONE)], last


def _records(text: str, delimiter: str, quoting: Literal[0, 3]) -> list[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, quoting=quoting, strict=False)
    rows, line = [], 1
    for cells in reader:
        rows.append((line, cells))
        line = reader.line_num + 1
    return rows


def _is_unclosed(record: str, delimiter: str) -> bool:
    """Whether a record of several lines is one only because its quote is never closed."""
    try:
        list(csv.reader(io.StringIO(record, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        return "unexpected end" in str(error)
    return False


def _without_blank_runs(rows: Iterable[Row]) -> Iterator[Row]:
    """The rows with one blank row for as many as follow each other."""
    was_blank = False
    for line, cells in rows:
        is_blank = not any(map(str.strip, cells))
        if not (is_blank and was_blank):
            yield line, cells
        was_blank = is_blank
