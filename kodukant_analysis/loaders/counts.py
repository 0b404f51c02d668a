"""Counts: the number that a text types, in digits or in words, exact or about."""

import re
from typing import Final

from kodukant_analysis.loaders.sheets import Value
from kodukant_analysis.loaders.vocabulary import vocabulary
from kodukant_analysis.loaders.wording import key, plain

_RANGE: Final = re.compile(r"(\d+)\s*(?:-|–|—|kuni|до)\s*(\d+)")
_SUM: Final = re.compile(r"\d+(?:\s*\+\s*\d+)+")
_AT_LEAST: Final = re.compile(r"(\d+)\s*\+")
_NUMBER: Final = re.compile(r"-?\d{1,3}(?: \d{3})+(?:[.,]\d+)?|-?\d+(?:[.,]\d+)?")
# "12 (sh 3 last)", "12, neist 3 last": the number, and what is said of it.
_WITH_REMARK: Final = re.compile(r"([^,;(]*\d)\s*(?:[,;]\s*|\s(?=\D)|\()(\D.*?)\)?")
_MOST_WORDS: Final = 3


def count_in(text: str) -> tuple[int, bool] | None:
    """The count that a text in small letters names, and whether it is approximate; None where it names none."""
    bare, approximate = _without_approximation(_without_remark(text))
    if found := _RANGE.fullmatch(bare):
        return (int(found[1]) + int(found[2])) // 2, True
    if found := _AT_LEAST.fullmatch(bare):
        return int(found[1]), True
    if _SUM.fullmatch(bare):
        return sum(map(int, re.findall(r"\d+", bare))), approximate
    number = number_in(bare)
    if number is not None:
        return (int(number), approximate) if number.is_integer() and number >= 0 else None
    for topic, rough in (("numbers", approximate), ("rough_numbers", True)):
        for count, names in vocabulary().words[topic].items():
            if key(bare) in map(key, names):
                return int(count), rough
    return None


def number_in(value: Value) -> float | None:
    """The number a cell holds, with decimal point or comma, with or without thousands spaces; None where it is none."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, float):
        return value
    text = plain(str(value))
    return float(text.replace(" ", "").replace(",", ".")) if _NUMBER.fullmatch(text) else None


def is_part(text: str) -> bool:
    """Whether a text speaks of a part of what was counted before it: "sh noori", "в т.ч. молодёжь".

    >>> is_part("в т.ч. молодёжь"), is_part("sh:"), is_part("noored")
    (True, True, False)
    """
    typed = key(text)
    return any(typed == part or typed.startswith(f"{part} ") for part in vocabulary().keys("rows", "part"))


def is_total(text: str) -> bool:
    """Whether a text says that it sums up, at either end: "Kokku inimesi", "punkte kokku"."""
    typed = key(text)
    words = vocabulary().keys("rows", "total")
    return any(typed == word or typed.startswith(f"{word} ") or typed.endswith(f" {word}") for word in words)


def without_part(text: str) -> str:
    """A text without the word that says that it counts a part.

    >>> without_part("sh noori"), without_part("noori")
    ('noori', 'noori')
    """
    typed = key(text)
    parts = [part for part in vocabulary().keys("rows", "part") if typed.startswith(f"{part} ")]
    return typed[len(max(parts, key=len)) + 1 :] if parts else text


def _without_remark(text: str) -> str:
    """A count without what is said of a part of it ("12 (sh 3 last)"), or of where its people were."""
    found = _WITH_REMARK.fullmatch(text)
    is_remark = found and (is_part(found[2]) or _is_of_people(key(found[2]).split()))
    return found[1] if found and is_remark else text


def _is_of_people(words: list[str]) -> bool:
    people, denied = vocabulary().keys("approximate", "after"), vocabulary().keys("negation", "words")
    speaks_of_people = bool(words) and words[0] in people and len(words) <= _MOST_WORDS
    return speaks_of_people and not (denied | vocabulary().keys("rows", "absent")).intersection(words)


def _without_approximation(text: str) -> tuple[str, bool]:
    words = vocabulary().words["approximate"]
    text = text.replace("чел.", "чел")
    before = "|".join(re.escape(word) for word in sorted(words["before"], key=len, reverse=True))
    after = "|".join(re.escape(word) for word in sorted(words["after"], key=len, reverse=True))
    found = re.fullmatch(rf"(?:(?P<before>{before})\.?\s*(?=[\d\w]))?(?P<count>.*?)\s*(?P<after>{after})?\.?", text)
    if found is None:
        return text, False
    reversed_count = re.fullmatch(rf"(?:{'|'.join(words['reversed'])})\s+(\d+)", text)
    if reversed_count:
        return reversed_count[1], True
    count = found["count"].strip()
    return (count, bool(found["before"])) if count[:1].isdigit() or not found["before"] else (text, False)
