"""Spelling: a typed place as segments, each a name with the words that say what kind of place it is."""

import re
import unicodedata
from functools import cache
from typing import NamedTuple

from kodukant_analysis.places.tables import read_table

_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—−"), "-")
_FOLD = str.maketrans("äöõüåéžšŏō", "aoouaezsoo")
_LOOKALIKES = ("аеорсухкмтвніј", "aeopcyxkmtbhij")
_TO_LATIN = str.maketrans(*_LOOKALIKES)
_TO_CYRILLIC = str.maketrans(*reversed(_LOOKALIKES))
_LONGEST = 200
_SEPARATORS = re.compile(r"([,;:/|()\[\]&+]|\s-\s|\s(?:ja|ning|и|and)\s)")
_NUMBER = re.compile(r"\d+\.?")


class Segment(NamedTuple):
    """A name as typed words, and the kinds that stand with it: "Seljametsa küla" = (("seljametsa",), {"küla"}).

    `separator` is what stands before it in the text, "," at its start; `is_marked`: the text has ä, õ, ö or ü,
    so that a name without them has none.
    """

    words: tuple[str, ...]
    kinds: frozenset[str] = frozenset()
    separator: str = ","
    is_marked: bool = False


def normalised(text: str) -> str:
    """Text in one spelling: NFC, lower case, plain dashes, nothing invisible, each word in one script.

    >>> normalised("TАPA\u00a0vald")
    'tapa vald'
    """
    plain = unicodedata.normalize("NFKC", text).translate(_INVISIBLE).translate(_DASHES).casefold()
    return " ".join(_one_script(word) for word in plain.split())


def key(text: str) -> str:
    """The letters of a name, as names are compared: "Väike-Maarja" and "VÄIKE MAARJA" are one.

    >>> key("Narva - Jõesuu")
    'narvajõesuu'
    """
    return "".join(letter for letter in normalised(text) if letter.isalpha())


def folded(text: str) -> str:
    """A key without diacritics.

    >>> folded("põhjapärnumaa")
    'pohjaparnumaa'
    """
    return text.translate(_FOLD)


def is_folding_of(typed: str, name: str) -> bool:
    """Whether `typed` is `name` with some or all diacritics left out, ü also as y.

    >>> is_folding_of("turi", "türi"), is_folding_of("tyri", "türi"), is_folding_of("türi", "turi")
    (True, True, False)
    """
    return len(typed) == len(name) and all(
        a in (b, b.translate(_FOLD)) or (a == "y" and b == "ü") for a, b in zip(typed, name, strict=True)
    )


def segments(text: str) -> list[Segment]:
    """The names in a typed place, in order, each with its kinds; none in a text too long to be a place.

    >>> [(" ".join(s.words), sorted(s.kinds)) for s in segments("Vändra vald (alev), Pärnumaa")]
    [('vändra', ['alev']), ('pärnumaa', [])]
    >>> segments("волость Раквере") == [Segment(("раквере",), frozenset({"vald"}))]
    True
    """
    if len(text) > _LONGEST:
        return []
    found: list[Segment] = []
    plain = normalised(text)
    parts = [",", *_SEPARATORS.split(plain)]
    for separator, part in zip(parts[::2], parts[1::2], strict=True):
        start = len(found)
        _read_part(_words(part), found)
        found[start:] = [segment._replace(separator=separator.strip()) for segment in found[start:]]
    return [segment._replace(is_marked=folded(plain) != plain) for segment in found]


def _read_part(words: list[str], found: list[Segment]) -> None:
    """Add the segments of one part; a part of kinds alone says more about the segment before it."""
    name: list[str] = []
    before: set[str] = set()
    opened = False
    kinds = [_kind(word, is_first=position == 0) for position, word in enumerate(words)]
    if len(words) == 2 and kinds[0] and kinds[1] == "küla":
        # "Valla küla" and "Linna küla" are names.
        kinds[0] = None
    for position, (word, kind) in enumerate(zip(words, kinds, strict=True)):
        if kind is None:
            name.append(word)
        elif name and not before:
            _close(name, {kind}, found)
            name, opened = [], True
        elif name:
            _close(name, before, found)
            name, before, opened = [], {kind}, True
        elif found and (opened or position + 1 == len(words)):
            _close(list(found[-1].words), {*found.pop().kinds, kind}, found)
        else:
            before.add(kind)
    if name:
        _close(name, before, found)


def _close(name: list[str], kinds: set[str], found: list[Segment]) -> None:
    # "Vändra vald (alev)" is EHAK's own way to write a borough that is a municipality.
    kept = kinds - {"vald"} if "alev" in kinds else kinds
    found.append(Segment(tuple(name), frozenset(kept)))


def _words(part: str) -> list[str]:
    words = [word.strip(".?!\"'*„“”«»-_") for word in re.split(r"\s+|(?<=[^\W\d]{1})\.(?=\w)", part)]
    words = [word for word in words if word and not _NUMBER.fullmatch(word)]
    return [word for word in words if _kinds().get(word) != "noise"] or words


def _kind(word: str, *, is_first: bool) -> str | None:
    # A single Latin letter is a kind only behind a name ("Halinga v."), a Cyrillic one before it too ("г. Нарва").
    if is_first and len(word) == 1 and word.isascii():
        return None
    return _kinds().get(word)


@cache
def _kinds() -> dict[str, str]:
    return {word: row["kind"] for row in read_table("type_words") for word in row["words"].split()}


def is_cyrillic(text: str) -> bool:
    """Whether any letter is Cyrillic."""
    return any("\u0400" <= letter <= "\u04ff" for letter in text)


def as_latin(word: str) -> str | None:
    """A Cyrillic word read as the Latin letters it looks like, or None where it has letters of its own.

    >>> as_latin("тара"), as_latin("нарва")
    ('tapa', 'hapba')
    """
    latin = word.translate(_TO_LATIN)
    return None if is_cyrillic(latin) else latin


def _one_script(word: str) -> str:
    """A word of mixed scripts in the script that has all of its letters, Latin first."""
    if word.isascii() or not is_cyrillic(word) or not re.search(r"[a-zäöõüšž]", word):
        return word
    latin = word.translate(_TO_LATIN)
    return latin if not is_cyrillic(latin) else word.translate(_TO_CYRILLIC)
