"""Privacy: persons as keyed pseudonyms, and the detector that keeps names, codes and contacts out of kept text."""

import hashlib
import hmac
import os
import re
import secrets
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Final

from stdnum.ee import ik

MASK: Final = "***"
KEY_VARIABLE: Final = "KODUKANT_PERSON_KEY"
_KEY_BYTES: Final = 32
# A pseudonym has no digits, so that it resembles no personal code.
_LETTERS: Final = str.maketrans("0123456789", "ghijklmnop")
_CODE: Final = re.compile(r"(?<!\d)[1-8]\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{4}(?!\d)")
_EMAIL: Final = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE: Final = re.compile(r"(?<![\w.,])(?:\+?372[\s-]?)?[3-9]\d{2,3}[\s-]?\d{3,4}(?![\w]|[.,]\d)")
_NAME_WORD: Final = r"[A-ZÕÄÖÜŠŽА-ЯЁ][a-zõäöüšžа-яё]+(?:-[A-ZÕÄÖÜŠŽА-ЯЁ]?[a-zõäöüšžа-яё]+)*"
_PAIR: Final = re.compile(rf"(?<![\w-])({_NAME_WORD})\s+({_NAME_WORD})(?![\w-])")
_WORD: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_NO_SURNAMES: Final = frozenset(
    [
        "vald",
        "valla",
        "linn",
        "linna",
        "alev",
        "alevik",
        "kula",
        "selts",
        "kool",
        "kooli",
        "maakond",
        "prefektuur",
        "tanav",
        "tee",
        "maja",
    ]
)
_MIN_SURNAME: Final = 5
_ENDINGS: Final = 4
_RUSSIAN: Final = dict(
    zip(
        "абвгдежзийклмнопрстуфхцчшщъыьэюя",
        [
            "a",
            "b",
            "v",
            "g",
            "d",
            "e",
            "ž",
            "z",
            "i",
            "i",
            "k",
            "l",
            "m",
            "n",
            "o",
            "p",
            "r",
            "s",
            "t",
            "u",
            "f",
            "h",
            "ts",
            "tš",
            "š",
            "štš",
            "",
            "õ",
            "",
            "e",
            "ju",
            "ja",
        ],
        strict=True,
    )
)


@dataclass(frozen=True)
class PersonKeys:
    """Makes the pseudonym of a person from the name: a keyed hash, the same in every file and every run."""

    secret: bytes

    def key(self, name: str) -> str | None:
        """The pseudonym of a name in any order of its parts, script and case; None when there is no name."""
        parts = _name_parts(name)
        if not parts:
            return None
        digest = hmac.new(self.secret, " ".join(parts).encode(), hashlib.sha256).hexdigest()[:20]
        return digest.translate(_LETTERS)


def read_person_key(path: Path) -> PersonKeys:
    """The key from the environment, or from its file, which is made on first use for its owner's eyes only.

    Raises ValueError when a key is too short to keep anybody's secret.
    """
    typed = os.environ.get(KEY_VARIABLE)
    if typed is None:
        if not path.exists():
            _make_key(path)
        typed = path.read_text(encoding="ascii").strip()
    if len(typed) < _KEY_BYTES:
        raise ValueError(f"the person key has {len(typed)} characters; at least {_KEY_BYTES} are needed")
    return PersonKeys(typed.encode())


@dataclass(frozen=True)
class Detector:
    """Finds personal data in a text; `surnames` are those of the workbook's own name columns, in Latin letters."""

    surnames: frozenset[str] = frozenset()

    def kinds(self, text: str) -> list[str]:
        """The kinds of personal data in a text, in the order code, email, phone, name; empty when there is none."""
        return [kind for kind, _ in self._spans(text)]

    def mask(self, text: str) -> str:
        """The text with every piece of personal data replaced by a mask."""
        for _, spans in self._spans(text):
            for found in spans:
                text = text.replace(found, MASK)
        return re.sub(rf"{re.escape(MASK)}(?:\s+{re.escape(MASK)})+", MASK, text)

    def _spans(self, text: str) -> list[tuple[str, list[str]]]:
        if len(text) < _MIN_SURNAME:
            return []
        found = (
            ("code", _codes(text)),
            ("email", _EMAIL.findall(text)),
            ("phone", _phones(text)),
            ("name", self._names(text)),
        )
        return [(kind, sorted(spans, key=len, reverse=True)) for kind, spans in found if spans]

    def _names(self, text: str) -> list[str]:
        pairs = [pair[0] for pair in _PAIR.finditer(text) if _is_person(pair[1], pair[2])]
        known = [word for word in _WORD.findall(text) if self._is_known(word)]
        return pairs + known

    def _is_known(self, word: str) -> bool:
        return any(
            _stem(word)[: -cut or None] in self.surnames
            for cut in range(_ENDINGS + 1)
            if len(word) - cut >= _MIN_SURNAME
        )


def surnames_in(names: Iterable[str]) -> frozenset[str]:
    """The parts of names that are no given names, folded, for finding them again in other text."""
    return frozenset(
        part
        for name in names
        for part in map(_stem, _WORD.findall(name))
        if len(part) >= _MIN_SURNAME and part not in _given_names()
    )


def _is_person(first: str, second: str) -> bool:
    names = _stem(first) in _given_names() or _stem(second) in _given_names()
    return names and _stem(second) not in _NO_SURNAMES


def _codes(text: str) -> list[str]:
    return [
        code for code in _CODE.findall(text) if ik.is_valid(code) or re.search(r"\b(ik|isikukood|код)", text.lower())
    ]


def _phones(text: str) -> list[str]:
    return [found[0] for found in _PHONE.finditer(text) if len(re.sub(r"\D", "", found[0])) >= 7]


def _name_parts(name: str) -> list[str]:
    return sorted(map(_stem, _WORD.findall(name)))


@lru_cache(maxsize=100_000)
def _stem(word: str) -> str:
    """A name in plain Latin small letters, whatever script and diacritics it was typed in."""
    latin = "".join(_RUSSIAN.get(sign, sign) for sign in word.casefold().replace("ё", "е").replace("ый", "ы"))
    plain = "".join(sign for sign in unicodedata.normalize("NFD", latin) if sign.isalpha() or sign == "-")
    for typed, even in (
        ("jo", "e"),
        ("je", "e"),
        ("ii", "i"),
    ):  # Семён is Semjon or Semen, Елена Jelena, Юрий Juri or Jurii
        plain = plain.replace(typed, even)
    return plain


@cache
def _given_names() -> frozenset[str]:
    typed = files(__package__).joinpath("given_names.txt").read_text(encoding="utf-8")
    return frozenset(_stem(name) for line in typed.splitlines() if not line.startswith("#") for name in line.split())


def _make_key(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_hex(_KEY_BYTES))
