"""Glances: the datasets that a row may be a header of, told cheaply before its columns are read for each of them."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from kodukant_analysis.loaders.columns import PARTS, fields_of, with_spaces
from kodukant_analysis.loaders.evidence import FEWEST, MOST, SAMPLE
from kodukant_analysis.loaders.sheets import Sheet
from kodukant_analysis.loaders.vocabulary import DATASETS, Words, cached_by_words, vocabulary
from kodukant_analysis.loaders.wording import fold, key

# Columns of these are named by days, places and years too, but one of them is always one of these fields.
_LEADING: Final[Mapping[str, frozenset[str]]] = {
    "attendance": frozenset({"name", "first_name", "group"}),
    "shares": frozenset({"survey_region", "answer", "question", "wave"}),
}
_GROUPED: Final = ("attendance", "discussions", "actions")


def datasets_at_a_glance(sheet: Sheet, last: int, stacks: Iterable[tuple[str, ...]], fewest: int) -> list[str]:
    """The datasets that know at least so many of the texts over the columns of a header that ends in row `last`."""
    known = Counter(dataset for stack in stacks for dataset in _known_to(stack))
    if not known["attendance"] and _tells_groups(sheet, last):
        known["attendance"] = 1
    return [dataset for dataset in DATASETS if known[dataset] >= (1 if dataset in _LEADING else fewest)]


@cached_by_words
def _known_to(stack: tuple[str, ...]) -> frozenset[str]:
    if not any(map(may_mean, stack)):
        return frozenset()
    if len(stack) > 1:
        return frozenset().union(*(_known_to((text,)) for text in (" ".join(stack), *stack)))
    text = stack[0]
    known = {dataset for dataset in DATASETS if _feeds(dataset, fields_of(dataset, text))}
    if any(map(_names_group, (text, *PARTS.split(text)))):
        known.update(_GROUPED)
    if key(text).startswith(tuple(vocabulary().keys("rows", "reported"))):
        known.add("actions")
    return frozenset(known)


def _feeds(dataset: str, fields: Sequence[str]) -> bool:
    return not _LEADING[dataset].isdisjoint(fields) if dataset in _LEADING else bool(fields)


@cached_by_words
def may_mean(text: str) -> bool:
    """Whether a word of a text begins as a spelling of any header or group does: without one it can be none."""
    words = {*key(text).split(), *key(with_spaces(text)).split()}
    firsts, stems, inside = _beginnings()
    return not words or any(
        fold(word) in firsts or word.startswith(stems.get(word[:2], ())) or any(stem in word for stem in inside)
        for word in words
    )


@cached_by_words
def _beginnings() -> tuple[frozenset[str], dict[str, tuple[str, ...]], tuple[str, ...]]:
    """What spellings begin with: whole first words without diacritics, stems by their two letters, stems inside."""
    values = vocabulary().values
    words: list[Words] = [*vocabulary().headers.values(), values["group"], values["group_column"]]
    reported = {fold(word.split()[0]) for word in vocabulary().keys("rows", "reported")}
    stems = {stem for each in words for stem in each.first_stems}
    by_start: dict[str, tuple[str, ...]] = {}
    for stem in sorted(stem for stem in stems if not stem.startswith("-")):
        by_start[stem[:2]] = (*by_start.get(stem[:2], ()), stem)
    inside = tuple(sorted(stem[1:] for stem in stems if stem.startswith("-")))
    return frozenset().union(reported, *(each.first_words for each in words)), by_start, inside


def _names_group(text: str) -> bool:
    group = vocabulary().values["group"]
    return bool(vocabulary().values["group_column"].exact(text) or group.exact(text) or group.find(text))


def _tells_groups(sheet: Sheet, last: int) -> bool:
    """Whether nearly all values of some column below a row name groups, so that it may be told by them."""
    rows = range(last + 1, min(last + SAMPLE, len(sheet.cells)) + 1)
    for column, named in _rows_of_groups(sheet).items():
        groups = bisect_right(named, rows[-1]) - bisect_right(named, last) if rows else 0
        if groups >= FEWEST and groups >= MOST * sum(sheet.value(row, column) is not None for row in rows):
            return True
    return False


def _rows_of_groups(sheet: Sheet) -> dict[int, list[int]]:
    """The rows of each column in which a group is named, in order; looked for once."""
    if not sheet.memory:
        group = vocabulary().values["group"]
        sheet.memory[0] = []
        for number, cells in enumerate(sheet.cells, 1):
            for column, value in enumerate(cells, 1):
                if isinstance(value, str) and may_mean(value) and group.find(value):
                    sheet.memory.setdefault(column, []).append(number)
    return sheet.memory
