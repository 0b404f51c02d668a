"""Wording: typed text evened out, so that one spelling stands for all its looks."""

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Final

_INVISIBLE: Final = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_LATIN: Final = "ABCEHKMOPTXYaceopxyiIjJsS"
_CYRILLIC: Final = "АВСЕНКМОРТХУасеорхуіІјЈѕЅ"
_TO_LATIN: Final = str.maketrans(_CYRILLIC, _LATIN)
_TO_CYRILLIC: Final = str.maketrans(_LATIN, _CYRILLIC)
_WORD: Final = re.compile(r"[^\W_]+")
_PUNCTUATION: Final = re.compile(r"[\s.,:;!*_\"'«»„“”’()\[\]/\\|–—-]+")
_IN_CYRILLIC: Final = re.compile("[\u0400-\u04ff]")
_REMEMBERED: Final = 300
_BRACKETS: Final = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")


def remembered(function: Callable[[str], str]) -> Callable[[str], str]:
    """A function of a text with a memory for many short ones, and for the few long ones that it has just seen."""
    short, long = lru_cache(maxsize=200_000)(function), lru_cache(maxsize=200)(function)
    return wraps(function)(lambda text: short(text) if len(text) <= _REMEMBERED else long(text))


@remembered
def as_typed(text: str) -> str:
    """The text as typed, in NFC on one line: no invisible signs, one kind of space."""
    return " ".join(unicodedata.normalize("NFC", text).translate(_INVISIBLE).split())


@remembered
def plain(text: str) -> str:
    """The text on one line with look-alike letters of another script put right.

    >>> plain("Tаpa\\u00a0 vald\\u00ad ")
    'Tapa vald'
    """
    typed = as_typed(text)
    return _WORD.sub(lambda word: _one_script(word[0]), typed) if _IN_CYRILLIC.search(typed) else typed


@remembered
def key(text: str) -> str:
    """The text as words for comparing: case, punctuation and spacing evened out.

    >>> key(" Kokku  lepitud*: ")
    'kokku lepitud'
    """
    return _PUNCTUATION.sub(" ", plain(text).casefold().replace("ё", "е")).strip()


def fold(text: str) -> str:
    """The text without diacritics, as people type it on a foreign keyboard.

    >>> fold("tähtaeg šõü")
    'tahtaeg sou'
    """
    parts = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", "".join(sign for sign in parts if not "\u0300" <= sign <= "\u036f"))


def without_brackets(text: str) -> str:
    """The text without what stands in brackets.

    >>> without_brackets("Kes vastutab? (võib valida mitu)")
    'Kes vastutab?'
    """
    return _BRACKETS.sub(" ", plain(text)).strip()


def _one_script(word: str) -> str:
    if word.isascii() or not any("\u0400" <= letter <= "\u04ff" for letter in word):
        return word
    if not any("A" <= letter <= "ɏ" for letter in word):
        return word
    as_latin, as_cyrillic = word.translate(_TO_LATIN), word.translate(_TO_CYRILLIC)
    if not any("\u0400" <= letter <= "\u04ff" for letter in as_latin):
        return as_latin
    return as_cyrillic if not any("A" <= letter <= "ɏ" for letter in as_cyrillic) else word
