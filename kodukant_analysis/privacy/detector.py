"""The detector of personal codes, e-mails, telephones, names, addresses; it masks rather too much than too little."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, count, pairwise
from pathlib import PurePosixPath
from typing import Final, NamedTuple

from stdnum.ee import ik

from kodukant_analysis.privacy.addresses import addresses_in
from kodukant_analysis.privacy.names import (
    SHORT_SURNAME,
    WORD,
    folded,
    is_form_of,
    is_given_name,
    is_given_name_as_place,
    is_patronymic,
    listed,
    stems_of,
)

MASK: Final = "***"
_SHORTEST: Final = 5
_REMEMBERED: Final = 500
_NEAR: Final = 60
_CODE: Final = re.compile(r"(?<!\d)[1-8]\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[ -]?\d[ -]?\d{3}(?!\d)")
_SAYS_CODE: Final = re.compile(r"\b(?:ik|isikukood|isiku kood|id\b|код)", re.IGNORECASE)
# Possessive and bounded, so that a text of 30,000 characters (a cell may hold them) takes a moment.
_EMAIL: Final = re.compile(r"[\w.+-]{1,64}+\s?(?:@|\(at\)|\[at\])\s?[\w-]++(?:\.[\w-]++)++", re.IGNORECASE)
_GROUPS: Final = r"\d{7,8}|\d{3}[\s-]\d{4,5}|\d{4}[\s-]\d{3,4}|\d[\s-]\d{3}[\s-]\d{3,4}|\d{3}[\s-]\d{2}[\s-]\d{2,3}"
_PHONE: Final = re.compile(rf"(?<![\w.,+-])(?:(?:\+|00)?372[\s-]?)?(?=[3-9])(?:{_GROUPS})(?![\w-]|[.,]\d)")
_CAPITAL: Final = r"[^\W\d_a-zõäöüšžа-яё][a-zõäöüšžа-яё]{1,40}+(?:-\w{1,40}+){0,9}+"
_INITIAL: Final = r"[^\W\d_a-zõäöüšžа-яё]\."
_INITIALS_FIRST: Final = re.compile(rf"(?<![\w.])(?:{_INITIAL}\s?){{1,2}}{_CAPITAL}")
_INITIALS_LAST: Final = re.compile(rf"(?<![\w.])({_CAPITAL}),?\s{_INITIAL}(?:\s?{_INITIAL})?(?!\w)")

Span = tuple[int, int]


class _Word(NamedTuple):
    text: str
    start: int
    end: int

    @property
    def is_capital(self) -> bool:
        return self.text[0].isupper()

    @property
    def folded(self) -> str:
        return folded(self.text)

    def is_one_of(self, kind: str) -> bool:
        return is_form_of(self.folded, listed(kind)) or self.folded in listed(kind)


@dataclass(frozen=True)
class Detector:
    """Finds personal data in a text; `surnames` are those of the workbook's own name columns, in Latin letters."""

    surnames: frozenset[str] = frozenset()

    def kinds(self, text: str) -> list[str]:
        """The kinds of personal data in a text: code, email, phone, name, address, in this order; none is empty."""
        return [kind for kind, spans in self._spans(text) if spans]

    def mask(self, text: str) -> str:
        """The text with every piece of personal data replaced by a mask."""
        return self._masked(text, {"code", "email", "phone", "name", "address"})

    def mask_name(self, text: str) -> str:
        """The name of a file or sheet masked; its numbers are days and years, not telephones, and "_" is a blank."""
        spaced = text.replace("_", " ")
        masked = self._masked(spaced, {"code", "email", "name"})
        return text if masked == spaced else masked

    def names(self, text: str) -> list[str]:
        """The names of persons in the name of a file, folder or sheet, those that share a word as one."""
        spaced = text.replace("_", " ")
        spans = sorted((span for kind, found in self._spans(spaced) if kind == "name" for span in found), reverse=True)
        return [spaced[start:end] for start, end in reversed([*_joined(spans)])]

    def _masked(self, text: str, kinds: set[str]) -> str:
        spans = sorted((span for kind, spans in self._spans(text) if kind in kinds for span in spans), reverse=True)
        kept, last = [], len(text)
        for start, end in _joined(spans):
            kept.append(text[end:last])
            last = start
        masked = MASK.join(reversed([*kept, text[:last]]))
        return re.sub(rf"{re.escape(MASK)}(?:\s++{re.escape(MASK)})++", MASK, masked)

    def _spans(self, text: str) -> list[tuple[str, list[Span]]]:
        """What is personal in a text, by kind; each distinct text is looked at once, unless it is long."""
        if len(text) > _REMEMBERED:
            return self._find(text)
        if text not in self._seen:
            self._seen[text] = self._find(text)
        return self._seen[text]

    @cached_property
    def _seen(self) -> dict[str, list[tuple[str, list[Span]]]]:
        return {}

    def _find(self, text: str) -> list[tuple[str, list[Span]]]:
        if len(text) < _SHORTEST:
            return [("name", list(self._listed(_words_in(text))))]
        return [
            ("code", list(_codes(text))),
            ("email", [found.span() for found in _EMAIL.finditer(text)]),
            ("phone", list(_phones(text))),
            ("name", [*self._names(text), *_initials(text)]),
            ("address", list(addresses_in(text))),
        ]

    def _names(self, text: str) -> Iterator[Span]:
        words = _words_in(text)
        yield from self._listed(words)
        for first, second in pairwise(words):
            if text[first.end : second.start].strip(" ,.\u00a0"):
                continue
            if _is_addressed(first, second):
                yield second.start, second.end
        yield from self._full_names(text, words)

    def _listed(self, words: Iterable[_Word]) -> Iterator[Span]:
        return ((word.start, word.end) for word in words if self._is_listed(word))

    def _full_names(self, text: str, words: list[_Word]) -> Iterator[Span]:
        """Two words that are a person, and a surname after a patronymic; those after which a place is named not."""
        for place, (first, second) in enumerate(pairwise(words)):
            before, after = words[max(0, place - 1)], words[place + 2] if place + 2 < len(words) else None
            if any(word.folded in listed("organisations") for word in (before, first)):
                continue
            if text[first.end : second.start].strip() or not self._is_person(first, second):
                continue
            if not (after and after.is_one_of("named_after")):
                is_followed = after and after.is_capital and is_patronymic(second.text)
                yield first.start, (after if after and is_followed else second).end

    def _is_person(self, first: _Word, second: _Word) -> bool:
        if second.is_one_of("things") or len(second.text) == 1:
            return False
        if is_given_name(first.text) and (second.is_one_of("surnames") or self._is_listed(second)):
            return True
        if not is_given_name(first.text) and is_given_name_as_place(second.text):
            return False
        is_typed_as_name = first.is_capital and second.is_capital and first.text.isupper() == second.text.isupper()
        return is_typed_as_name and (is_given_name(first.text) or is_given_name(second.text))

    def _is_listed(self, word: _Word) -> bool:
        """Whether a word is a surname of the workbook; a short one only where it is typed with a capital."""
        stems = self._stems if word.is_capital else self._long_stems
        return is_form_of(word.folded, stems) and not word.is_one_of("things")

    @cached_property
    def _stems(self) -> frozenset[str]:
        return stems_of(self.surnames)

    @cached_property
    def _long_stems(self) -> frozenset[str]:
        return stems_of(frozenset(name for name in self.surnames if len(name) > SHORT_SURNAME))


def _words_in(text: str) -> list[_Word]:
    return [_Word(found[0], *found.span()) for found in WORD.finditer(text)]


def _is_addressed(first: _Word, second: _Word) -> bool:
    """Whether a word is a name by what stands before it: "hr Saar", "konstaabel Kask"."""
    if not second.is_capital:
        return False
    return first.folded in listed("courtesy") or (first.is_one_of("roles") and second.is_one_of("surnames"))


def _joined(spans: list[Span]) -> Iterator[Span]:
    """Spans from the last to the first, those that overlap as one."""
    held: Span | None = None
    for start, end in spans:
        if held and end > held[0]:
            held = (start, max(end, held[1]))
            continue
        if held:
            yield held
        held = (start, end)
    if held:
        yield held


def _initials(text: str) -> Iterator[Span]:
    for found in _INITIALS_FIRST.finditer(text):
        if not _names_a_thing(text, found.end()):
            yield found.span()
    for found in _INITIALS_LAST.finditer(text):
        if not is_form_of(folded(found[1]), listed("lettered")):
            yield found.span()


def _names_a_thing(text: str, end: int) -> bool:
    following = WORD.match(text[end : end + _NEAR].lstrip())
    return following is not None and _Word(following[0], *following.span()).is_one_of("named_after")


def _codes(text: str) -> Iterator[Span]:
    says_code = _SAYS_CODE.search(text) is not None
    for found in _CODE.finditer(text):
        if " " in found[0] or ik.is_valid(found[0]) or says_code:
            yield found.span()


def _phones(text: str) -> Iterator[Span]:
    for found in _PHONE.finditer(text):
        before = text[max(0, found.start() - _NEAR) : found.start()].split()
        after = text[found.end() : found.end() + _NEAR].split()
        is_amount = after and after[0].casefold().strip(".,") in listed("amounts")
        is_number = before and before[-1].casefold().strip(".,:") in listed("numbers")
        if not is_amount and not is_number:
            yield found.span()


def masked_names(names: Iterable[str], detector: Detector) -> dict[str, str]:
    """Names of files or sheets without personal data, each still a name of its own.

    >>> masked_names(["Arutelud.csv", "Mari Pihlakas.csv", "Jaan Pihlakas.csv"], Detector())
    {'Arutelud.csv': 'Arutelud.csv', 'Mari Pihlakas.csv': '***.csv', 'Jaan Pihlakas.csv': '*** (2).csv'}
    """
    masked: dict[str, str] = {}
    for name in names:
        bare = detector.mask_name(name)
        path = PurePosixPath(bare)
        numbered = (str(path.with_stem(f"{path.stem} ({number})")) for number in count(2))
        free = (other for other in chain([bare], numbered) if other not in masked.values())
        masked[name] = name if bare == name else next(free)
    return masked
