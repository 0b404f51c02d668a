"""Russian: Estonian names in Cyrillic letters, sound by sound, as the state's registers write them."""

import re
from typing import Final

_VOWELS: Final = "aeiouõäöü"
_LETTERS: Final = dict(zip("abdefghijklmnoprsštuvzžõäöü", "абдефгхийклмнопрсштувзжыяёю", strict=True))
# At the beginning of a word and after a vowel the soft vowels lose their j.
_OPEN: Final = {"e": "э", "ä": "э", "ö": "э"}
_WITH_J: Final = {"a": "я", "e": "е", "o": "йо", "u": "ю", "ä": "я", "õ": "йы", "ö": "йо", "ü": "ю", "i": "йи"}
# A single s between vowels is voiced, except where it begins the second part of a name.
_UNVOICED: Final = ("suu", "salu", "saar")
_SECOND: Final = {"i": "й", "ü": "й", "ä": "э", "ö": "э", "e": "э"}


def in_russian(name: str) -> str:
    """An Estonian name in Cyrillic letters; each part of a joined name begins as it did.

    >>> [in_russian(name) for name in ("Põhja-Pärnumaa", "Häädemeeste", "Viljandi", "Anija", "Rae", "Paikuse", "Elva")]
    ['Пыхья-Пярнумаа', 'Хяэдемеэсте', 'Вильянди', 'Ания', 'Раэ', 'Пайкузе', 'Элва']
    """
    return "".join(part if not part.isalpha() else _word(part) for part in re.split(r"(\W+)", name))


def _word(word: str) -> str:
    letters, said, place = word.lower(), "", 0
    while place < len(letters):
        taken, sound = _sound(letters, place)
        said += sound
        place += taken
    return said[:1].upper() + said[1:] if word[:1].isupper() else said


def _sound(letters: str, place: int) -> tuple[int, str]:
    """How many letters are taken at a place and what they become."""
    letter, before, after = letters[place], letters[place - 1 : place], letters[place + 1 : place + 2]
    if letter == "j" and after in _WITH_J:
        softened = _WITH_J[after]
        is_after_consonant = bool(before) and before not in _VOWELS
        return 2, "ь" + softened if is_after_consonant and softened[0] != "й" else softened
    if letter == "s" and before in tuple(_VOWELS) and after in tuple(_VOWELS):
        return 1, "с" if letters.startswith(_UNVOICED, place) else "з"
    if not before or before not in _VOWELS:
        return 1, _LETTERS.get(letter, letter) if before else _OPEN.get(letter, _LETTERS.get(letter, letter))
    return 1, _SECOND.get(letter, _LETTERS.get(letter, letter))
