"""Gaps: words of the sheets that the vocabulary does not have, and words of the vocabulary that no sheet has."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from kodukant_analysis.loaders.files import read_sheets
from kodukant_analysis.loaders.refusals import UnreadableError
from kodukant_analysis.loaders.sheets import Sheet
from kodukant_analysis.loaders.spellings import Entry
from kodukant_analysis.loaders.tables import locate_tables
from kodukant_analysis.loaders.vocabulary import known_entries, used_spellings, vocabulary
from kodukant_analysis.loaders.wording import plain
from kodukant_analysis.loaders.workbook import load_sheets
from kodukant_analysis.privacy import Detector, PersonKeys
from kodukant_analysis.records import Issue

_UNKNOWN: Final = "unknown-"
_LONGEST: Final = 60
_FEWEST_HEADERS: Final = 3
_WITHIN: Final = 30


class Gap(NamedTuple):
    """A text that was not understood: a header of a dataset ("" for a sheet that is none), or a value of a kind."""

    part: str
    table: str
    text: str


class Words(NamedTuple):
    """What a file says of the vocabulary: the gaps it shows and the spellings used to read it."""

    gaps: tuple[Gap, ...]
    used: frozenset[Entry]


def read_words(path: Path, file: str, keys: PersonKeys) -> Words | str:
    """The gaps and the used spellings of one file, or the rule that says why it cannot be read."""
    try:
        sheets = read_sheets(path, file)
    except UnreadableError as error:
        return error.rule
    except (UnicodeDecodeError, OSError):
        return "file-damaged"
    issues = load_sheets(sheets, file, keys).issues
    unread = [sheet for sheet in sheets if not sheet.hidden.sheet and not locate_tables(sheet)]
    gaps = [*_gaps_in(issues), *(gap for sheet in unread for gap in _likely_headers(sheet))]
    return Words(tuple(gaps), used_spellings())


def unused(used: frozenset[Entry]) -> list[Entry]:
    """The spellings of the vocabulary that are not among those used."""
    return [entry for entry in known_entries() if entry not in used]


def _gaps_in(issues: Iterable[Issue]) -> Iterator[Gap]:
    for issue in issues:
        kind = issue.rule.removeprefix(_UNKNOWN).replace("-", "_")
        if issue.rule == "unknown-header":
            yield Gap("headers", issue.dataset, issue.column)
        elif issue.rule.startswith(_UNKNOWN) and kind in vocabulary().values:
            yield Gap("values", kind, issue.found)


def _likely_headers(sheet: Sheet) -> Iterator[Gap]:
    """The texts of the first row that may name the columns of a sheet in which no table was recognised."""
    for row in range(1, min(len(sheet.cells), _WITHIN) + 1):
        filled = [value for column in range(1, sheet.width + 1) if (value := sheet.value(row, column)) is not None]
        texts = [plain(value) for value in filled if isinstance(value, str)]
        if len(texts) == len(filled) >= _FEWEST_HEADERS:
            if not any(Detector().kinds(text) or len(text) > _LONGEST for text in texts):
                yield from (Gap("headers", "", text) for text in texts)
            return
