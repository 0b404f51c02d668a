"""Collation: the Estonian alphabet, in which z and ž follow s and š, and õ ä ö ü stand near the end."""

import unicodedata

_ALPHABET = "abcdefghijklmnopqrsšzžtuvwõäöüxy"
_RANK = {letter: rank for rank, letter in enumerate(_ALPHABET, start=100)}


def estonian_key(text: str) -> tuple[tuple[int, ...], str]:
    """Sorting key: letters by the Estonian alphabet, digits before them; hyphens, spaces and case decide last.

    >>> sorted(["Võru", "Ääsmäe", "Tartu", "Zoo", "Saare", "Õru"], key=estonian_key)
    ['Saare', 'Zoo', 'Tartu', 'Võru', 'Õru', 'Ääsmäe']
    >>> sorted(["Lääne-Virumaa", "Läänemaa"], key=estonian_key)
    ['Läänemaa', 'Lääne-Virumaa']
    """
    composed = unicodedata.normalize("NFC", text)
    return tuple(_rank(letter) for letter in composed.lower() if letter.isalnum()), composed


def _rank(letter: str) -> int:
    if letter in _RANK:
        return _RANK[letter]
    bare = unicodedata.normalize("NFD", letter)[0]
    if bare in _RANK:
        return _RANK[bare]
    # Other alphabets come after the Latin one, digits and marks before it.
    return 1000 + ord(letter) if letter.isalpha() else min(ord(letter), 99)
