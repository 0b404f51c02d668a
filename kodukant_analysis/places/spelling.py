"""Spelling: a typed place as segments, each a name with the words that say what kind of place it is."""

import re
import unicodedata
from contextlib import suppress
from functools import cache
from typing import NamedTuple

from kodukant_analysis.places.forms import all_cases
from kodukant_analysis.places.tables import listed, read_table

_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—−"), "-")
_FOLD = str.maketrans("äöõüåéžš", "aoouaezs")
# What keyboards without õ give for it, and the letter that some PDF programs put for "ti".
_WRITTEN = str.maketrans({**dict.fromkeys("ôōŏǒ", "õ"), "ɵ": "ti"})
_ROUND = ("õö", "öõ")
_LOOKALIKES = ("аеорсухкмтвніј", "aeopcyxkmtbhij")
_TO_LATIN = str.maketrans(*_LOOKALIKES)
_TO_CYRILLIC = str.maketrans(*reversed(_LOOKALIKES))
_LONGEST = 200
_SHORTEST = 3
_NOISE = frozenset({"noise"})
_SEPARATORS = re.compile(r"([,;:/|()\[\]&+]|\s-\s|\s(?:ja|ning|и|and)\s)")
_NUMBER = re.compile(r"\d+\.?")
# "T6stamaa", "V2ndra": digits for the letters that old telephones and foreign keyboards lack.
_DIGIT = re.compile(r"(?<=[^\W\d_])[26](?=[^\W\d_])")
_DIGIT_LETTERS = {"2": "ä", "6": "õ"}
# What shows the damage, the encoding the text was read as, the encoding it was in.
_DAMAGES = (
    (re.compile("Ã[¤µ¶¼•„–œ]"), "cp1252", "utf-8"),
    (re.compile("Г[¤µ¶ј•„–њ]"), "cp1251", "utf-8"),
    (re.compile("Ć[¤µ¶¼•„–]"), "cp1257", "utf-8"),
    (re.compile("[À-ÿ]{4}"), "cp1252", "cp1251"),
)
# Estonian cp1257 read as cp1251 has these in the midst of Latin letters.
_DAMAGED = str.maketrans("дхць", "äõöü")


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

    >>> normalised("TАPA\u00a0vald"), normalised("VÃ¤ndra"), normalised("T6stamaa")
    ('tapa vald', 'vändra', 'tõstamaa')
    """
    if text.isascii():
        plain = text.casefold()
    else:
        plain = unicodedata.normalize("NFKC", _undamaged(text)).translate(_INVISIBLE).translate(_DASHES).casefold()
        plain = plain.translate(_WRITTEN)
    plain = _DIGIT.sub(lambda digit: _DIGIT_LETTERS[digit[0]], plain)
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
    """Whether `typed` is `name` with some or all diacritics left out, ü also as y, õ and ö taken for one another.

    >>> is_folding_of("turi", "türi"), is_folding_of("tyri", "türi"), is_folding_of("türi", "turi")
    (True, True, False)
    >>> is_folding_of("töstamaa", "tõstamaa")
    True
    """
    return len(typed) == len(name) and all(
        a in (b, b.translate(_FOLD)) or (a == "y" and b == "ü") or a + b in _ROUND
        for a, b in zip(typed, name, strict=True)
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
    is_marked = folded(plain) != plain
    parts = [",", *_SEPARATORS.split(plain)]
    for separator, part in zip(parts[::2], parts[1::2], strict=True):
        start = len(found)
        _read_part(_words(part), found)
        found[start:] = [Segment(words, kinds, separator.strip(), is_marked) for words, kinds, *_ in found[start:]]
    return found


def _read_part(words: list[str], found: list[Segment]) -> None:
    """Add the segments of one part; a part of kinds alone says more about the segment before it."""
    name: list[str] = []
    before: frozenset[str] = frozenset()
    opened = False
    kinds = [_kinds_of(word, is_first=position == 0) for position, word in enumerate(words)]
    if len(words) == 2 and "küla" in kinds[1]:
        # "Valla küla" and "Linna küla" are names.
        kinds[0] = frozenset()
    for position, (word, kind) in enumerate(zip(words, kinds, strict=True)):
        if not kind:
            name.append(word)
        elif name and not before:
            _close(name, kind, found)
            name, opened = [], True
        elif name:
            _close(name, before, found)
            name, before, opened = [], kind, True
        elif found and (opened or position + 1 == len(words)):
            _close(list(found[-1].words), found.pop().kinds | kind, found)
        else:
            before |= kind
    if name:
        _close(name, before, found)


def _close(name: list[str], kinds: frozenset[str], found: list[Segment]) -> None:
    # "Vändra vald (alev)" is EHAK's own way to write a borough that is a municipality.
    kept = kinds - {"vald"} if "alev" in kinds else kinds
    found.append(Segment(tuple(name), kept))


def _words(part: str) -> list[str]:
    words = [word.strip(".?!\"'*„“”«»-_") for word in re.split(r"\s+|(?<=[^\W\d]{1})\.(?=\w)", part)]
    words = [word for word in words if word and not _NUMBER.fullmatch(word)]
    return [word for word in words if _kinds().get(word) != _NOISE] or words


def _kinds_of(word: str, *, is_first: bool) -> frozenset[str]:
    # A single Latin letter is a kind only behind a name ("Halinga v."), a Cyrillic one before it too ("г. Нарва").
    if is_first and len(word) == 1 and word.isascii():
        return frozenset()
    return _kinds().get(word, frozenset())


@cache
def _kinds() -> dict[str, frozenset[str]]:
    """The kinds that a word may stand for; in the table "valla*" is a stem for all its cases."""
    return {
        spelled: frozenset(listed(row["kind"]))
        for row in read_table("type_words")
        for word in row["words"].split()
        for form in (all_cases(word[:-1]) if word.endswith("*") else (word,))
        for spelled in (form, folded(form))
    }


def parted(word: str) -> Segment | None:
    """A name written together with its kind, "kihnuvald", as the two; None where no kind stands at its end.

    >>> parted("kihnuvallas") == Segment(("kihnu",), frozenset({"vald"})), parted("kihnu")
    (True, None)
    """
    cuts = range(_SHORTEST, len(word) - _SHORTEST)
    found = ((word[:cut], kinds) for cut in cuts if (kinds := _kinds().get(word[cut:])) and kinds != _NOISE)
    return next((Segment((name,), kinds) for name, kinds in found), None)


def _undamaged(text: str) -> str:
    """A text with damage undone that reading one encoding as another left."""
    for sign, read_as, written in _DAMAGES:
        if sign.search(text):
            with suppress(UnicodeError):
                return text.encode(read_as).decode(written)
    return text


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
    """A word of mixed scripts in the script that has all of its letters, of both the one that most of them are in."""
    if word.isascii() or not is_cyrillic(word) or not (latin_letters := re.findall(r"[a-zäöõüšž]", word)):
        return word
    latin, cyrillic = word.translate(_DAMAGED).translate(_TO_LATIN), word.translate(_TO_CYRILLIC)
    is_russian = 2 * len(latin_letters) < len(word) and not re.search(r"[a-zäöõüšž]", cyrillic)
    return cyrillic if is_cyrillic(latin) or is_russian else latin
