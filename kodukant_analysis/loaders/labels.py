"""Labels: answers in words, and the number on a scale that each stands for; what words leave open is not guessed."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from kodukant_analysis.loaders.cells import read_count
from kodukant_analysis.loaders.sheets import Value
from kodukant_analysis.loaders.vocabulary import cached_by_words, vocabulary
from kodukant_analysis.loaders.wording import key

WORDED: Final = ("agree4", "likert5", "yes_no")
_WORD: Final = re.compile(r"[^\W\d_]+")
_CODE: Final = re.compile(r"^\d{1,2}\s*[-–—=.:)]\s*(?=\D)")
_MOST_WORDS: Final = 8
# Beside the numbers of a scale, which go up to ten.
_DONT_KNOW_CODES: Final = frozenset({77, 88, 98, 99})
# Steps from the middle of a scale; a pair of answers without a degree ("usaldan", "ei usalda") is a yes and a no.
_OUTRIGHT: Final = 3
_ON_SCALE: Final[Mapping[str, Mapping[int, int]]] = {
    "agree4": {-2: 1, -1: 2, 1: 3, 2: 4},
    "likert5": {-2: 1, -1: 2, 0: 3, 1: 4, 2: 5},
    "yes_no": {-_OUTRIGHT: 0, _OUTRIGHT: 1},
}
_WITHOUT_MIDDLE: Final = {1: 1, 2: 2, 4: 3, 5: 4}


class _Meaning(NamedTuple):
    """For or against, how much ("" untold), and whether it is consent, which is asked on five points."""

    sign: int
    degree: str
    is_consent: bool = False


def numbers_of(labels: Iterable[str], *, are_all: bool = False) -> tuple[str, dict[str, int]]:
    """The scale that at least half of the answers belong to and the number of each on it, higher is better; or "".

    With `are_all` nothing else can be answered: four points of consent without a middle are a scale of four.

    >>> numbers_of(["Täiesti julgen", "pigem ei julge", "EOÖ"])
    ('agree4', {'Täiesti julgen': 4, 'pigem ei julge': 2})
    """
    said = [label for label in dict.fromkeys(labels) if not is_dont_know(label)]
    steps = _steps({label: meaning for label in said if (meaning := _meaning(label))})
    found = {scale: _numbers(said, scale, steps) for scale in WORDED}
    best = max(WORDED, key=lambda scale: len(found[scale]))
    if not found[best] or len(found[best]) * 2 < len(said):
        return "", {}
    if are_all and best == "likert5" and set(found[best].values()) == _WITHOUT_MIDDLE.keys():
        return "agree4", {label: _WITHOUT_MIDDLE[number] for label, number in found[best].items()}
    return best, found[best]


def is_answer(label: str) -> bool:
    """Whether a text is an answer to a question of a survey, a don't-know among them."""
    return is_dont_know(label) or bool(numbers_of([label])[0])


def are_answers(values: Sequence[Value]) -> bool:
    """Whether values are numbers or words of one scale, with or without don't-knows."""
    words = [value for value in values if isinstance(value, str) and read_count(value).value is None]
    counts = [read_count(value).value for value in values if value not in words]
    on_scale = [count for count in counts if count is not None and (count <= 10 or count in _DONT_KNOW_CODES)]
    known = words if numbers_of(words)[0] else [word for word in words if is_dont_know(word)]
    return len(on_scale) + len(known) == len(values) > 0


def is_side(label: str) -> bool:
    """Whether a text stands for all answers in favour or for all against."""
    return vocabulary().values["share_answer"].exact(label) is not None or sign_of(label) != 0


def is_dont_know(label: str) -> bool:
    return dont_know_of(label) is not None


def dont_know_of(label: str) -> str | None:
    """Which kind of no answer a label is, with or without its code before it; None for an answer."""
    words = vocabulary().values["dont_know"]
    return words.exact(label) or words.exact(_CODE.sub("", label))


def sign_of(label: str) -> int:
    """1 for an answer in favour, -1 for one against, 0 for what is neither or not known."""
    meaning = _meaning(label)
    return meaning.sign if meaning else 0


def _numbers(labels: Sequence[str], scale: str, steps: Mapping[str, tuple[int, bool]]) -> dict[str, int]:
    found = {}
    for label in labels:
        listed = vocabulary().values[f"answer.{scale}"].exact(label)
        step, is_consent = steps.get(label, (None, False))
        number = int(listed) if listed else _ON_SCALE[scale].get(step) if step is not None else None
        if number is not None and (listed or not (is_consent and scale == "agree4")):
            found[label] = number
    return found


def _steps(meanings: Mapping[str, _Meaning]) -> dict[str, tuple[int, bool]]:
    """How far each answer is from the middle; one without a degree is what the degrees of the others leave for it."""
    degrees = {meaning.degree for meaning in meanings.values()}
    signs = {meaning.sign for meaning in meanings.values()}
    far = {"full": 2, "partial": 1}
    if degrees == {"", "partial"}:
        far[""] = 2
    elif degrees == {"", "full"}:
        far[""] = 1
    elif degrees == {""} and len(signs) > 1:
        far[""] = _OUTRIGHT
    known = {label: meaning for label, meaning in meanings.items() if meaning.degree in far}
    return {label: (said.sign * far[said.degree], said.is_consent) for label, said in known.items()}


@cached_by_words
def _meaning(label: str) -> _Meaning | None:
    """What an answer says, if each of its words is known to say something of it or nothing at all."""
    words = _WORD.findall(key(label))
    kinds = [vocabulary().values["label_word"].find(word) for word in words]
    if not words or len(words) > _MOST_WORDS or None in kinds:
        return None
    said = [kind for kind in kinds if kind and kind != "filler"]
    degree = _degree(said)
    head = -1 if "against" in said else 1 if {"favour", "consent"} & set(said) else 0
    if degree is None or not (head or "negation" in said or said == ["full"]):
        return None
    return _Meaning(-(head or 1) if "negation" in said else head or 1, degree, "consent" in said)


def _degree(said: Sequence[str]) -> str | None:
    """How much an answer says: "full", "partial", "" untold; None where its words contradict each other.

    What is denied before it is said ("not very", "не совсем") is not full; "not ... fully" may be either.
    """
    degrees = {kind for kind in said if kind in {"full", "very", "partial", "at_all", "hardly"}}
    if len(degrees) != 1:
        return None if degrees else ""
    degree = degrees.pop()
    if degree == "partial" or "negation" not in said:
        return {"partial": "partial", "full": "full", "very": "full"}.get(degree)
    if degree in {"at_all", "hardly"}:
        return "full" if degree == "at_all" else "partial"
    after = said.index(degree) - said.index("negation")
    if after < 0:
        return "full"
    return "partial" if after == 1 or degree == "very" else None
