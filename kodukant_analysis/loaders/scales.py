"""Scales: what the answers to a question mean, from their words or from a code book; a direction is never guessed."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from kodukant_analysis.loaders.cells import Reading, code_reader, read_number
from kodukant_analysis.loaders.rows import Cell
from kodukant_analysis.loaders.sheets import Sheet, Value
from kodukant_analysis.loaders.tables import Table
from kodukant_analysis.loaders.vocabulary import vocabulary
from kodukant_analysis.loaders.wording import key

ZERO_TO_TEN: Final = "zero_to_ten"
WORDED: Final = ("agree4", "likert5", "yes_no")
ENDS: Final = {"agree4": (1, 4), "likert5": (1, 5), "yes_no": (0, 1), ZERO_TO_TEN: (0, 10)}
# The top answers of a scale: the upper two of four and five, yes, and 6 to 10 of 0 to 10 (OECD).
POSITIVE_FROM: Final = {"agree4": 3, "likert5": 4, "yes_no": 1, ZERO_TO_TEN: 6}
_ZERO_TO_TEN: Final = re.compile(r"\b0\s*(?:-|–|…|\.\.\.?|kuni|до)\s*10\b")
_LABEL: Final = re.compile(r"(?<!\d)(\d{1,2})\s*[-–—=:.)]+\s*([^\W\d][^,;()\d]*)")
_VARIABLE: Final = re.compile(r"^\s*(\w{1,12})\s*[:–-]\s*(?=\d)")
_FEWEST_LABELS: Final = 3

Codebook = dict[str, tuple[str, dict[str, str]]]


@dataclass(frozen=True)
class Question:
    """One question of a wave: its code, how it was asked, its scale and what its numbers mean."""

    code: str
    asked: str
    scale: str
    labels: Mapping[str, str] = field(default_factory=dict)


def read_codebook(tables: Iterable[Table], sheets: Iterable[Sheet]) -> Codebook:
    """Variable -> (question as asked, code -> label), from tables of codes and from texts ("1 - usaldan täiesti, ...").

    Labels of a text that names no variable stand under "".
    """
    book: Codebook = {}
    for table in tables:
        for row in (row for row in table.rows if row.kind == "data"):
            texts = {name: cell.text for name, cell in row.cells.items()}
            asked, labels = book.setdefault(key(texts.get("code_variable", "")), ("", {}))
            labels[texts.get("code_value", "")] = texts.get("code_label", "")
            book[key(texts.get("code_variable", ""))] = (asked or texts.get("code_question", ""), labels)
    for cells in (row for sheet in sheets for row in sheet.cells):
        said = [value for value in cells if isinstance(value, str) and value.strip()]
        for place, text in enumerate(said):
            if labels := labels_in(text):
                variable, asked = _variable_of(text, said[:place])
                book.setdefault(key(variable), (asked, labels))
    return book


def _variable_of(text: str, before: Sequence[str]) -> tuple[str, str]:
    """The variable that a text of labels speaks of and its question: in the text itself, or in the cells before it."""
    named = _VARIABLE.match(text)
    if named:
        return named[1], ""
    is_row = bool(before) and " " not in before[0].strip()
    return (before[0], next((cell for cell in before[1:] if " " in cell.strip()), "")) if is_row else ("", "")


def labels_in(text: str) -> dict[str, str]:
    """The labels of codes that a text lists, empty unless it lists at least three that are answers.

    >>> labels_in("1 - usaldan täiesti, 2 - pigem usaldan, 3 - pigem ei usalda")
    {'1': 'usaldan täiesti', '2': 'pigem usaldan', '3': 'pigem ei usalda'}
    """
    if len(text) < 2 * _FEWEST_LABELS:
        return {}
    labels = {code: label.strip(" .") for code, label in _LABEL.findall(text)}
    known = sum(_is_answer(label) for label in labels.values())
    all_dont_know = bool(labels) and all(map(vocabulary().values["dont_know"].exact, labels.values()))
    is_listed = all_dont_know or (len(labels) >= _FEWEST_LABELS and known * 2 >= len(labels))
    return labels if is_listed or labels_between(labels) else {}


def labels_between(labels: Mapping[str, str]) -> dict[str, str]:
    """What every number of a scale means of which only the two ends are told, empty when the ends do not tell it.

    >>> labels_between({"0": "complete trust", "10": "no trust at all"})["3"]
    '7'
    """
    ends = {int(code): label for code, label in labels.items() if code.isdecimal() and not _is_dont_know(label)}
    scale = next((scale for scale, both in ENDS.items() if scale != "yes_no" and sorted(ends) == list(both)), "")
    if not scale:
        return {}
    low, high = ENDS[scale]
    is_low, is_high = _is_low(ends[low]), _is_low(ends[high])
    if is_low == is_high:
        return {}
    named = {str(number): _word(number if is_low else low + high - number, scale) for number in range(low, high + 1)}
    return {**labels, **named}


def question_of(asked: str, values: Iterable[Value], codebook: Codebook) -> Question | None:
    """The question that a header or a cell asks, or None when the direction of its answers is not stated."""
    text, labels = codebook.get(key(asked), ("", {}))
    words = {Cell(value, 0, 0).text for value in values if value is not None}
    if not labels and all(word.replace(".", "").isdecimal() for word in words):
        labels = labels_in(asked) or codebook.get("", ("", {}))[1]
    labels = labels_between(labels) or labels
    text = text or asked
    scale = scale_of(labels.values() or words) or (
        ZERO_TO_TEN if labels.get("10") in {"0", "10"} or _ZERO_TO_TEN.search(text) else ""
    )
    code = code_reader("question")(text).value or "other"
    return Question(code, text, scale, labels) if scale else None


def scale_of(words: Iterable[str]) -> str:
    """The scale that at least half of the words belong to, "" for none; don't-knows belong to none."""
    said = [word for word in words if not _is_dont_know(word)]
    hits = {scale: sum(_code(word, scale) is not None for word in said) for scale in WORDED}
    best = max(WORDED, key=lambda scale: hits[scale])
    return best if hits[best] and hits[best] * 2 >= len(said) else ""


def read_answer(value: Value, question: Question) -> Reading:
    """The answer as on the scale, higher is better, with its score; a don't-know keeps its record without a number."""
    typed = Cell(value, 0, 0).text
    label = question.labels.get(typed, typed)
    known = {"question": question.code, "question_as_asked": question.asked, "scale": question.scale}
    if (reason := vocabulary().values["dont_know"].exact(label)) is not None:
        return Reading(extra={**known, "is_dont_know": reason == "dont_know"})
    number = _on_scale(label, question.scale)
    if number is None:
        return Reading(rule="unknown-answer")
    low, high = ENDS[question.scale]
    score = round(100 * (number - low) / (high - low), 6)
    positive = number >= POSITIVE_FROM[question.scale]
    return Reading(extra={**known, "answer": number, "score": score, "is_positive": positive, "is_dont_know": False})


def _on_scale(label: str, scale: str) -> float | None:
    if scale == ZERO_TO_TEN:
        number: float | None = read_number(label).value
        return number if number is not None and 0 <= number <= 10 else None
    code = _code(label, scale)
    return float(code) if code else None


def _code(word: str, scale: str) -> str | None:
    return vocabulary().values[f"answer.{scale}"].exact(word)


def _word(number: int, scale: str) -> str:
    return str(number) if scale == ZERO_TO_TEN else vocabulary().values[f"answer.{scale}"].codes[str(number)][0]


def _is_low(label: str) -> bool:
    return any(word in vocabulary().keys("ends", "low") for word in key(label).split())


def _is_dont_know(label: str) -> bool:
    return vocabulary().values["dont_know"].exact(label) is not None


def _is_answer(label: str) -> bool:
    return _is_dont_know(label) or any(_code(label, scale) for scale in WORDED)
