"""Suggestions: the spelling most like a text that was not understood. They are shown to a person, never applied."""

from typing import Final

from rapidfuzz import fuzz, process

from kodukant_analysis.loaders.spellings import Entry
from kodukant_analysis.loaders.vocabulary import cached_by_words, known_entries
from kodukant_analysis.loaders.wording import key

_FEWEST_SIGNS: Final = 4
_LEAST_LIKE: Final = 80.0


def nearest(part: str, table: str, text: str) -> Entry | None:
    """The whole spelling of a table ("" for any of the part) that is most like a text, None where none is like it."""
    known = _spellings(part, table)
    typed = key(text)
    if len(typed) < _FEWEST_SIGNS:
        return None
    found = process.extractOne(typed, known.keys(), scorer=fuzz.token_sort_ratio, score_cutoff=_LEAST_LIKE)
    return known[found[0]] if found else None


@cached_by_words
def _spellings(part: str, table: str) -> dict[str, Entry]:
    tables = {table, "shared"} if table else None
    return {
        key(entry.spelling): entry
        for entry in known_entries()
        if entry.part == part and (not tables or entry.table in tables) and not entry.spelling.startswith("~")
    }


def nearest_header(dataset: str, header: str) -> str | None:
    """The known header of a dataset that an unknown one is most like, None where none is like it.

    >>> nearest_header("actions", "Täthaeg"), nearest_header("actions", "Ilm")
    ('Tähtaeg', None)
    """
    near = nearest("headers", dataset, header)
    return near.spelling if near else None
