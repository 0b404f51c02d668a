"""Titles: what a free text says of a discussion: its place, programme and method, and whether it is to come."""

import re
from typing import Any, Final

from kodukant_analysis.loaders.dates import without_days
from kodukant_analysis.loaders.vocabulary import cached_by_words, vocabulary
from kodukant_analysis.loaders.wording import key, plain
from kodukant_analysis.places import resolve_place
from kodukant_analysis.places.spelling import segments

_PARTS: Final = re.compile(r"\s+[–—-]\s+|:\s+|;|[()]")
_ENDING: Final = re.compile(r"(?<=\w)\([^()]*\)")
_AND: Final = re.compile(r"[+&]|\s(?:ja|ning|и|and)\s")
_FEWEST_LETTERS: Final = 3
_NOWHERE: Final = frozenset({"unknown", "empty"})


@cached_by_words
def place_in(text: str) -> str:
    """The words of a text that name a place, "" where none do for sure.

    >>> place_in("Turvaline küla Halingas"), place_in("Viimsi koosolek"), place_in("В скольких группах был(а)")
    ('Halingas', 'Viimsi', '')
    """
    parts = [part for part in _PARTS.split(_ENDING.sub("", without_days(plain(text)))) if part.strip(" ,.")]
    parts = [part for part in parts if len(parts) == 1 or _is_named(part.split())]
    return next((phrase for part in reversed(parts) if (phrase := _phrase(part))), "")


def tells_plan(text: str) -> bool | None:
    """Whether a text speaks of what is to come (True) or of what has been (False); None where it says neither."""
    typed = key(text.replace("_", " "))
    if _has_stem(typed, "held"):
        return False
    if _has_stem(typed, "of_actions"):
        return None
    return True if _has_stem(typed, "planned") else None


def names_meeting(text: str) -> bool:
    """Whether a text has a word for a meeting."""
    return _has_stem(key(text), "meeting")


def told_by_title(text: str) -> dict[str, Any]:
    """The programme and the method that a text names; nothing where it names several, or but a meeting."""
    generic = tuple(vocabulary().words["titles"]["generic"])
    words = " ".join(word for word in plain(text.replace("_", " ")).split() if not key(word).startswith(generic))
    found = {kind: _codes_of(kind, words) for kind in ("programme", "method")}
    is_list = _AND.search(words)
    return {kind: codes[0] for kind, codes in found.items() if len(codes) == 1 and not (kind == "method" and is_list)}


def _codes_of(kind: str, text: str) -> list[str]:
    return [code for code in vocabulary().values[kind].find_all(text) if code != "other"]


def _phrase(part: str) -> str:
    """The names of places in a part of a title, those beside each other with commas as one address."""
    named = [found for text in part.split(",") if (found := _named_in(text))]
    address = ", ".join(named)
    return address if len(named) < 2 or _codes(address) != (None,) * 3 else named[-1]


def _named_in(text: str) -> str:
    words = text.split()
    whole = " ".join(words).strip(" .")
    if _is_somewhere(whole):
        return _shortest(words)
    return next((found for first in range(len(words)) if (found := _told_by_words(words, first))), "")


def _shortest(words: list[str]) -> str:
    """The fewest words beside each other that name the same place as all of them."""
    codes = _codes(" ".join(words))
    runs = [words[i : i + n] for n in range(1, len(words) + 1) for i in range(len(words) - n + 1)]
    same = [run for run in runs if _is_somewhere(" ".join(run)) and _codes(" ".join(run)) == codes]
    named = [run for run in same if len(words) == 1 or _is_named(run)]
    with_kind = next((run for run in named if _is_named_with_kind(run)), None)
    return " ".join(with_kind or next(iter(named), [])).strip(" .")


def _is_named(words: list[str]) -> bool:
    """Whether a word begins as names do."""
    return any(word[:1].isupper() for word in words)


def _is_named_with_kind(words: list[str]) -> bool:
    parts = segments(" ".join(words))
    return len(parts) == 1 and bool(parts[0].kinds)


def _told_by_words(words: list[str], first: int) -> str:
    """The place that begins at a word: one with its kind, in a local case, or before the word of a meeting."""
    for last in range(min(len(words), first + 3), first, -1):
        phrase = " ".join(words[first:last]).strip(" .")
        after = words[last] if last < len(words) else ""
        is_told = last - first > 1 or (_is_told(phrase, after) and not after[:1].isupper())
        if is_told and phrase[:1].isupper() and _is_certain(phrase):
            return phrase
    return ""


def _is_told(word: str, after: str) -> bool:
    is_local = key(word).endswith(tuple(vocabulary().words["titles"]["local_endings"]))
    return is_local or (bool(after) and names_meeting(after))


def _is_certain(text: str) -> bool:
    return _is_somewhere(text) and resolve_place(text).municipality_code is not None


def _is_somewhere(text: str) -> bool:
    """Whether a text names a place; one or two letters are an ending or an abbreviation, unless a kind stands by."""
    return len(key(text)) >= _FEWEST_LETTERS and resolve_place(text).reason not in _NOWHERE


def _codes(text: str) -> tuple[str | None, ...]:
    place = resolve_place(text)
    return place.place_code, place.municipality_code, place.county_code


def _has_stem(typed: str, name: str) -> bool:
    words = typed.split()
    stems = vocabulary().words["titles"][name]
    return any(word.startswith(key(stem)) for word in words for stem in stems)
