"""Russian spellings: Estonian names and Cyrillic words brought to one sound key.

A transliteration is not one-to-one (ä is я, э or а; s is с or з; j hides in я and ю), so both sides are
reduced: a Cyrillic word to one key, an Estonian name to the few keys its transliterations have.
"""

import re
from collections.abc import Iterator
from itertools import product

_VOWELS = "aeiouõäöüy"
_CYRILLIC_VOWELS = "аеёиоуыэюя"
_PLAIN = str.maketrans(
    {
        **dict(zip("абвгдезиклмнопрстуфхыэ", "abvgdesiklmnoprstufhye", strict=True)),
        "ж": "s",
        "ш": "s",
        "щ": "s",
        "ц": "ts",
        "ч": "ts",
        "ъ": "",
        "ь": "",
    }
)
# Longest first. Every sound lists the keys of its usual transliterations; j before a vowel has its own rules.
_SOUNDS: dict[str, tuple[str, ...]] = {
    "jää": ("jae", "jaa", "ja"),
    "iää": ("iäe", "ijae", "iea", "iee", "ijaa", "iaa"),
    "ää": ("äe", "äa", "ä", "ää"),
    "öö": ("öe", "öo", "öö", "ee"),
    "üü": ("üu", "üü", "ü", "üi"),
    "õõ": ("yy", "y"),
    "jä": ("ja", "je"),
    "je": ("je", "e"),
    "jü": ("ju",),
    "jõ": ("jy", "y"),
    "jö": ("je", "jo"),
    "ia": ("ia", "ija", "ja"),
    "iu": ("iu", "iju", "ju"),
    "ö": ("ö", "e"),
    "õ": ("y",),
    "š": ("s",),
    "ž": ("s",),
    "z": ("s",),
    "c": ("k",),
    "q": ("k",),
    "w": ("v",),
    "x": ("ks",),
    "y": ("ü", "u", "i"),
    "å": ("o",),
}
_INITIAL = {"ä": ("e", "ja", "a"), "ü": ("u", "ju"), "ää": ("ee", "ea", "jae", "aa"), "öö": ("ee",), "ö": ("e", "jo")}
_SOUND = re.compile("|".join(sorted(_SOUNDS, key=len, reverse=True)) + "|.")
_LOOSE = str.maketrans("äöü", "aeu")
_MOST = 64
_DECLENSION = ("ой", "ом", "е", "ы", "у", "и", "а")
_ADJECTIVE = re.compile(r"ск(?:ий|ая|ое|ой|ом|ого|ому|ую)$")


def name_sounds(name: str) -> frozenset[str]:
    """Sound keys of an Estonian name, given as `spelling.key`.

    >>> sorted(name_sounds("sillamäe")), sorted(name_sounds("õru"))
    (['sillamäe'], ['yru'])
    """
    parts = _SOUND.findall(name)
    options = [_options(name, parts, position) for position in range(len(parts))]
    return frozenset("".join(chosen) for chosen, _ in zip(product(*options), range(_MOST), strict=False))


def cyrillic_sound(word: str) -> str:
    """Sound key of a Cyrillic word, given as `spelling.key`.

    >>> cyrillic_sound("силламяэ"), cyrillic_sound("йыхви"), cyrillic_sound("хальяла")
    ('sillamäe', 'jyhvi', 'haljala')
    """
    return "".join(_cyrillic_letter(word, position) for position in range(len(word))).translate(_PLAIN)


def loose_sound(sound: str) -> str:
    """A sound key as careless transliterations have it: no doubled letters, a for ä, u for ü, no j behind a consonant.

    >>> loose_sound("sillamäe"), loose_sound("märjamaa")
    ('silamae', 'marama')
    """
    plain = re.sub(r"(?<=[^aeiouyäöü])j", "", sound).translate(_LOOSE)
    return re.sub(r"(.)\1+", r"\1", plain)


def base_forms(word: str) -> Iterator[str]:
    """What a declined or adjectival Russian form may come from: "нарве" -> "нарва", "вируский" -> "виру".

    >>> list(base_forms("нарве"))
    ['нарв', 'нарва']
    """
    adjective = _ADJECTIVE.search(word)
    if adjective:
        stem = word[: adjective.start()]
        yield from (stem, f"{stem}а", stem.removesuffix("маа"))
    for ending in _DECLENSION:
        if word.endswith(ending) and len(word) > len(ending) + 2:
            stem = word.removesuffix(ending)
            yield from (stem, f"{stem}а")


def _options(name: str, parts: list[str], position: int) -> tuple[str, ...]:
    part = parts[position]
    before = name[: sum(map(len, parts[:position]))]
    after = name[len(before) + len(part) :]
    if (not before or before[-1] in _VOWELS) and part in _INITIAL:
        return _INITIAL[part]
    if part == "j" and after[:1] not in tuple(_VOWELS):
        return ("i",)
    if part == "i" and before[-1:] in tuple(_VOWELS) and after[:1] in tuple(_VOWELS) and before and after:
        return ("i", "j")
    return _SOUNDS.get(part, (part,))


def _cyrillic_letter(word: str, position: int) -> str:
    """A letter whose sound hangs on its neighbours, in Latin; any other as it is."""
    letter, before, after = word[position], word[position - 1 : position], word[position + 1 : position + 2]
    opens = not before or before in "ьъ" or before in _CYRILLIC_VOWELS
    if letter == "й":
        return "j" if after and after in _CYRILLIC_VOWELS else "i"
    if letter == "я":
        return "ja" if opens and before != "я" else "a" if before == "й" else "ä"
    if letter == "ю":
        return "ju" if opens and before != "ю" else "u" if before == "й" else "ü"
    if letter == "ё":
        return "jo" if opens and before != "ё" else "ö"
    if letter == "е" and before == "ь":
        return "je"
    return letter
