"""Names: given names and surnames in any case form, in Latin or Cyrillic letters."""

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Final

WORD: Final = re.compile(r"[^\W\d_]+(?:[-‑][^\W\d_]+)*")
SHORT_SURNAME: Final = 5
_PART: Final = re.compile(r"[^\W\d_]+(?:[-‑'’][^\W\d_]+)*\.?")
_FEWEST_PARTS: Final = 2
_MOST_PARTS: Final = 4
_FEWEST_LETTERS: Final = 3
_PATRONYMIC: Final = re.compile(r"(?:ovits|evits|itš|ovna|evna|initsna|itsna)\w{0,2}$")
# Семён is Semjon or Semen, Елена Jelena, Юрий Juri or Jurii.
_EVEN: Final = (("jo", "e"), ("je", "e"), ("ii", "i"))
_CASES: Final = ("", "d", "t", "s", "l", "le", "lt", "st", "ga", "ks", "ni", "na", "ta", "sse", "de", "te", "dega")
_ESTONIAN: Final = frozenset(vowel + case for vowel in ("", "i", "e", "a", "u") for case in _CASES)
_RUSSIAN: Final = frozenset(
    [
        "",
        "a",
        "u",
        "om",
        "em",
        "e",
        "i",
        "o",
        "oi",
        "ei",
        "oju",
        "ja",
        "ju",
        "jam",
        "am",
        "ami",
        "ah",
        "im",
        "ih",
        "ogo",
    ]
)
_ENDINGS: Final = _ESTONIAN | _RUSSIAN
_LONGEST: Final = max(map(len, _ENDINGS))


@lru_cache(maxsize=100_000)
def folded(word: str) -> str:
    """A name in plain Latin small letters, whatever script and diacritics it was typed in."""
    latin = "".join(
        _words()["cyrillic"].get(sign, sign) for sign in word.casefold().replace("ё", "е").replace("ый", "ы")
    )
    plain = "".join(sign for sign in unicodedata.normalize("NFD", latin) if sign.isalpha() or sign == "-")
    for typed, even in _EVEN:
        plain = plain.replace(typed, even)
    return plain


def name_parts(name: str) -> list[str]:
    """The parts of a name, folded and in order of the alphabet."""
    return sorted(map(folded, WORD.findall(name)))


def surnames_in(names: Iterable[str]) -> frozenset[str]:
    """The parts of names that are no given names, folded, for finding them again in other text."""
    return frozenset(
        part
        for name in names
        for part in map(folded, WORD.findall(name))
        if len(part) >= _FEWEST_LETTERS and part not in _given_names()
    )


def surname_words(name: str) -> list[str]:
    """The words of a title with a person in it that are the person's surname, as typed; any other word may be a thing.

    They stand after the given names or, where those stand last, before them.

    >>> surname_words("Halinga Mari Maasikas"), surname_words("Tamm Jaan"), surname_words("Рябинкина Анна Ивановна")
    (['Maasikas'], ['Tamm'], ['Рябинкина', 'Ивановна'])
    """
    words = WORD.findall(name)
    given = [word for word in words if folded(word) in _given_names()] or list(filter(is_given_name, words))
    if not given:
        return words
    first = words.index(given[0])
    is_last = words[-1] in given or is_patronymic(words[-1])
    return [word for word in (*(words[:first] if is_last else ()), *words[first:]) if word not in given]


def is_common_surname(word: str) -> bool:
    """Whether a word is a surname that many have, though it is a word for a thing too: "Mets", "Rand"."""
    return folded(word) in listed("surnames")


def is_patronymic(word: str) -> bool:
    """Whether a word is a patronymic.

    >>> is_patronymic("Ивановна"), is_patronymic("Ivanov")
    (True, False)
    """
    return _PATRONYMIC.search(folded(word)) is not None


@lru_cache(maxsize=100_000)
def is_given_name(word: str) -> bool:
    """Whether a word, or both halves of a double name, is a common given name in any case form.

    >>> is_given_name("Peetrile"), is_given_name("Людмилой"), is_given_name("Karl-Erik"), is_given_name("Küla")
    (True, True, True, False)
    """
    return all(is_form_of(folded(half), _given_stems()) for half in re.split("[-‑]", word))


def may_be_name(text: str) -> bool:
    """Whether a text has the shape of a person's full name, though its words may be in no list.

    >>> may_be_name("Tõrvi KRUVINÄGU"), may_be_name("Kruvinägu, T."), may_be_name("Tõrvi küla"), may_be_name("MTÜ Tõrv")
    (True, True, False, False)
    """
    parts = re.split(r"[\s,]+|(?<=\.)(?=\w)", text.strip(" ,;"))
    if not _FEWEST_PARTS <= len(parts) <= _MOST_PARTS:
        return False
    if not all(_PART.fullmatch(part) and part[0].isupper() for part in parts):
        return False
    return not any(is_form_of(folded(part), _not_of_persons()) for part in parts)


@cache
def _not_of_persons() -> frozenset[str]:
    return stems_of(listed("things") | listed("named_after") | listed("organisations"))


def is_form_of(word: str, stems: frozenset[str]) -> bool:
    """Whether a folded word is one of some stems with a case ending; a Russian one may stand for a last "a"."""
    cuts = range(min(_LONGEST, len(word) - _FEWEST_LETTERS) + 1)
    parts = [(word[: len(word) - cut], word[len(word) - cut :]) for cut in cuts]
    return any((stem in stems and end in _ENDINGS) or (end in _RUSSIAN and f"{stem}a" in stems) for stem, end in parts)


def is_given_name_as_place(word: str) -> bool:
    """Whether a word is the name of a person only if that stands in a case in which nobody does: "Salmes".

    >>> is_given_name_as_place("Salmes"), is_given_name_as_place("Andres")
    (True, False)
    """
    typed = folded(word)
    return typed not in _given_names() and typed.endswith(("s", "sse"))


@lru_cache(maxsize=1_000)
def stems_of(names: frozenset[str]) -> frozenset[str]:
    """What the case forms of names begin with: Peeter, Peetri; Maasikas, Maasika; Rebane, Rebase; Mägi, Mäe."""
    return frozenset(stem for name in names for stem in _stems(name) if len(stem) >= _FEWEST_LETTERS)


def _stems(name: str) -> Iterable[str]:
    yield name
    for end, weak in (
        ("er", "r"),
        ("el", "l"),
        ("t", "d"),
        ("as", "a"),
        ("ne", "se"),
        ("gi", "e"),
        ("ei", "e"),
    ):
        if name.endswith(end):
            yield name.removesuffix(end) + weak
    if name.endswith(("sk", "rg", "lk", "rd")):
        yield name[:-1]


@cache
def listed(kind: str) -> frozenset[str]:
    """The stems of the words of one list."""
    return frozenset(folded(word) or word for word in _words()[kind]["words"])


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("words.toml").read_text(encoding="utf-8"))


@cache
def _given_names() -> frozenset[str]:
    typed = files(__package__).joinpath("given_names.txt").read_text(encoding="utf-8")
    return frozenset(folded(name) for line in typed.splitlines() if not line.startswith("#") for name in line.split())


@cache
def _given_stems() -> frozenset[str]:
    return stems_of(_given_names())
