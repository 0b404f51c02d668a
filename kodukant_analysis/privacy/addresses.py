"""Addresses: where in a text somebody's home is told: a house with the number of a flat, never a mere street."""

import re
from collections.abc import Iterator
from typing import Final

from kodukant_analysis.privacy.names import WORD, folded, is_form_of, listed

_WORDS: Final = r"(?<![\w.,-])((?:[^\W\d_][\w'’.-]{0,40}+\s){1,3})"
_HOUSE: Final = r"(\d{1,3})[a-zõäöü]?"
# "Kase tn 12-4", "Pikk 5-3, Rakvere": a house and a flat.
_FLAT: Final = re.compile(rf"{_WORDS}{_HOUSE}\s?[-–]\s?(\d{{1,3}})(?![\w%-]|[.,:]\d|\s%)")
# "Kase 12 korter 4", "Пушкина 12, кв. 4".
_NAMED_FLAT: Final = re.compile(rf"{_WORDS}{_HOUSE},?\s(?:korter|krt|apt|flat|кв|квартира)\b\.?\s?\d{{1,3}}(?!\d)")
_TOWN: Final = re.compile(r",\s*[^\W\d_a-zõäöüšžа-яё]")
_EVENING: Final = 18
_MORNING: Final = 9


def addresses_in(text: str) -> Iterator[tuple[int, int]]:
    """The spans of a text that tell where somebody lives.

    >>> [text[slice(*span)] for text in ("Lärm Kase tn 12-4", "Pargi tn 12 juures") for span in addresses_in(text)]
    ['Kase tn 12-4']
    """
    for found in _NAMED_FLAT.finditer(text):
        yield _start(found), found.end()
    for found in _FLAT.finditer(text):
        if _is_home(found, text[found.end() :]):
            yield _start(found), found.end()


def _is_home(found: re.Match[str], after: str) -> bool:
    """Whether two numbers after words are a house and a flat: beside a street, before a town, or the first the larger.

    "Pargi tn 12-14 majad" are houses, "KÜ Kase 12-4" is an association and "Lärm 23-6" tells the time.
    """
    words, house, flat = found[1].split(), int(found[2]), int(found[3])
    following = WORD.match(after.lstrip())
    if any(_is_of(word, "associations") for word in words) or (following and _is_of(following[0], "between_houses")):
        return False
    if any(_is_of(word, "streets") for word in words):
        return True
    if not words[-1][0].isupper() or _is_of(words[-1], "lettered") or _is_of(words[-1], "numbered"):
        return False
    is_time = house >= _EVENING and flat <= _MORNING
    return _TOWN.match(after) is not None or (house > flat and not is_time)


def _start(found: re.Match[str]) -> int:
    """Where an address begins: at the name before "tn", at "улица", or else at the word before the house."""
    words = [(word.start(), word[0]) for word in re.finditer(r"\S+", found[1])]
    streets = [place for place, (_, word) in enumerate(words) if _is_of(word, "streets")]
    place = streets[0] if streets else len(words) - 1
    is_last = bool(streets) and place == len(words) - 1
    return found.start() + words[max(0, place - 1) if is_last else place][0]


def _is_of(word: str, kind: str) -> bool:
    typed = folded(word)
    return typed in listed(kind) or is_form_of(typed, listed(kind))
