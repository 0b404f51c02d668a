"""Suggestions: the known header that an unknown one looks most like; shown to its owner, never applied."""

from typing import Final

from rapidfuzz import fuzz, process

from kodukant_analysis.loaders.vocabulary import cached_by_words, vocabulary
from kodukant_analysis.loaders.wording import fold, key

_LEAST: Final = 84
_SHORTEST: Final = 4


@cached_by_words
def nearest_header(dataset: str, header: str) -> str | None:
    """The whole spelling of a dataset's vocabulary that a header differs from by a slip; None where none is near.

    >>> nearest_header("actions", "Täthaeg"), nearest_header("actions", "Ilm")
    ('Tähtaeg', None)
    """
    typed = _evened(header)
    if len(typed) < _SHORTEST:
        return None
    listed = [word for words in vocabulary().headers[dataset].codes.values() for word in words if word[:1] != "~"]
    near = process.extractOne(typed, list(map(_evened, listed)), scorer=fuzz.ratio, score_cutoff=_LEAST)
    return listed[near[2]] if near and near[0] != typed else None


def _evened(text: str) -> str:
    return fold(key(text))
