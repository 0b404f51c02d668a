"""Glances: whether a row says anything that headers say, told cheaply before its columns are read for each dataset."""

import re
from typing import Final

from kodukant_analysis.loaders.columns import PARTS, fields_of, names_discussion, with_spaces
from kodukant_analysis.loaders.counts import is_part, is_total
from kodukant_analysis.loaders.labels import is_answer, is_side
from kodukant_analysis.loaders.questions import asks
from kodukant_analysis.loaders.sheets import Sheet
from kodukant_analysis.loaders.surveys import region_in
from kodukant_analysis.loaders.vocabulary import DATASETS, Words, cached_by_words, vocabulary
from kodukant_analysis.loaders.wording import fold, key

_DIGIT: Final = re.compile(r"\d")
_WORD: Final = re.compile(r"[^\W\d_]{3,}")


def said_over(sheet: Sheet, first: int, last: int) -> int:
    """Over how many columns some row of several says anything that headers say."""
    rows = range(first, last + 1)
    return sum(any(_says(sheet, row, column) for row in rows) for column in range(1, sheet.width + 1))


def _says(sheet: Sheet, row: int, column: int) -> bool:
    """Whether a cell says it; a place does not where a text stands below it: over counts it names a discussion."""
    value = sheet.value(row, column)
    if not isinstance(value, str):
        return value is not None
    below = sheet.value(row + 1, column)
    return _names(value) or (not (isinstance(below, str) and _WORD.search(below)) and names_discussion(value))


@cached_by_words
def _names(text: str) -> bool:
    """Whether a text names a field, a group, a question, an answer, a region, a part, a sum, a day or a year."""
    if _DIGIT.search(text) or is_part(text) or is_total(text) or asks(text) or is_answer(text) or is_side(text):
        return True
    if region_in(text):
        return True
    is_known = _may_mean(text) and any(fields_of(dataset, text) for dataset in DATASETS)
    return is_known or any(map(_names_group, (text, *PARTS.split(text))))


def _names_group(text: str) -> bool:
    group = vocabulary().values["group"]
    return bool(vocabulary().values["group_column"].exact(text) or group.exact(text) or group.find(text))


def _may_mean(text: str) -> bool:
    """Whether a word of a text begins as a spelling of any header does: without one it can be none."""
    words = {*key(text).split(), *key(with_spaces(text)).split()}
    firsts, stems, inside = _beginnings()
    return not words or any(
        fold(word) in firsts or word.startswith(stems.get(word[:2], ())) or any(stem in word for stem in inside)
        for word in words
    )


@cached_by_words
def _beginnings() -> tuple[frozenset[str], dict[str, tuple[str, ...]], tuple[str, ...]]:
    """What spellings begin with: whole first words without diacritics, stems by their two letters, stems inside."""
    words: list[Words] = [*vocabulary().headers.values()]
    reported = {fold(word.split()[0]) for word in vocabulary().keys("rows", "reported")}
    stems = {stem for each in words for stem in each.first_stems}
    by_start: dict[str, tuple[str, ...]] = {}
    for stem in sorted(stem for stem in stems if not stem.startswith("-")):
        by_start[stem[:2]] = (*by_start.get(stem[:2], ()), stem)
    inside = tuple(sorted(stem[1:] for stem in stems if stem.startswith("-")))
    return frozenset().union(reported, *(each.first_words for each in words)), by_start, inside
