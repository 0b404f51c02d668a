"""Scales: what the answers to a question mean, from their words or from a code book; a direction is never guessed."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from kodukant_analysis.loaders.cells import Reading, read_number
from kodukant_analysis.loaders.labels import dont_know_of, is_answer, is_dont_know, numbers_of, sign_of
from kodukant_analysis.loaders.questions import code_before, code_of, is_code, without_code
from kodukant_analysis.loaders.rows import Cell
from kodukant_analysis.loaders.sheets import Sheet, Value
from kodukant_analysis.loaders.tables import Table
from kodukant_analysis.loaders.templates import answers_offered
from kodukant_analysis.loaders.vocabulary import vocabulary
from kodukant_analysis.loaders.wording import key

ZERO_TO_TEN: Final = "zero_to_ten"
ENDS: Final = {"agree4": (1, 4), "likert5": (1, 5), "yes_no": (0, 1), ZERO_TO_TEN: (0, 10)}
# The top answers of a scale: the upper two of four and five, yes, and 6 to 10 of 0 to 10 (OECD).
POSITIVE_FROM: Final = {"agree4": 3, "likert5": 4, "yes_no": 1, ZERO_TO_TEN: 6}
_ZERO_TO_TEN: Final = re.compile(r"\b0\s*(?:-|–|…|\.\.\.?|kuni|до)\s*10\b")
_LABEL: Final = re.compile(
    r"(?<!\d)(\d{1,2})\s*(?:[-–—=:.)]+|\(|\b(?:tähendab|означает|means|on)\b)\s*([^\W\d][^,;()\d]*)"
)
_VARIABLE: Final = re.compile(r"^\s*(\w{1,12})\s*[:–-]\s*(?=\d)")
_FEWEST_LABELS: Final = 3

Codebook = dict[str, tuple[str, dict[str, str]]]


@dataclass(frozen=True)
class Question:
    """One question of a wave: its code, how it was asked, its scale, what codes mean and the number of each answer."""

    code: str
    asked: str
    scale: str
    labels: Mapping[str, str] = field(default_factory=dict)
    numbers: Mapping[str, int] = field(default_factory=dict)


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
    sheets = list(sheets)
    for variable, asked, labels in (listed for sheet in sheets for listed in _listed_below(sheet)):
        book.setdefault(key(variable), (asked, labels))
    for cells in (row for sheet in sheets for row in sheet.cells):
        said = [value for value in cells if isinstance(value, str) and value.strip()]
        for place, text in enumerate(said):
            if labels := labels_in(text):
                variable, asked = _variable_of(text, said[:place])
                book.setdefault(key(variable), (asked, labels))
    return book


def _listed_below(sheet: Sheet) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Each question of a list ("Q7. Kuivõrd ...") with the codes and labels that stand one under the other below it."""
    variable, asked, labels = "", "", dict[str, str]()
    for row in [*sheet.cells, []]:
        texts = [Cell(value, 0, 0).text for value in row if value is not None]
        if len(texts) == 2 and texts[0].isdigit() and not texts[1].isdigit():
            labels[texts[0]] = texts[1]
            continue
        if variable and len(labels) > 1:
            yield variable, asked, labels
        if texts:
            line = " ".join(texts) if len(texts) == 1 or not is_code(texts[0]) else f"{texts[0]}. {texts[1]}"
            variable, asked, labels = (code_before(line) if len(texts) < 3 else ""), without_code(line), {}


def _variable_of(text: str, before: Sequence[str]) -> tuple[str, str]:
    """The variable that a text of labels speaks of and its question: in the text itself, or in the cells before it."""
    named = _VARIABLE.match(text)
    if named:
        return "" if key(named[1]) in vocabulary().keys("rows", "scale") else named[1], ""
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
    known = sum(is_answer(label) for label in labels.values())
    all_dont_know = bool(labels) and all(map(vocabulary().values["dont_know"].exact, labels.values()))
    is_listed = all_dont_know or (len(labels) >= _FEWEST_LABELS and known * 2 >= len(labels))
    return labels if is_listed or labels_between(labels) else {}


def labels_between(labels: Mapping[str, str]) -> dict[str, str]:
    """What every number of a scale means of which only the two ends are told, empty when the ends do not tell it.

    >>> labels_between({"0": "complete trust", "10": "no trust at all"})["3"]
    '7'
    """
    ends = {int(code): label for code, label in labels.items() if code.isdecimal() and not is_dont_know(label)}
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
    text, labels = codebook.get(key(asked)) or codebook.get(key(code_before(asked)) or "?", ("", {}))
    words = {Cell(value, 0, 0).text for value in values if value is not None}
    if not labels and all(word.replace(".", "").isdecimal() for word in words):
        labels = labels_in(asked) or codebook.get("", ("", {}))[1]
    labels = labels_between(labels) or labels
    text = text or asked
    if words and all(map(is_dont_know, words)):
        words = set(answers_offered(asked))
    in_words = [word for word in words if word not in labels and not word.isdecimal()]
    scale, numbers = numbers_of([*labels.values(), *in_words], are_all=bool(labels))
    if not scale and (labels.get("10") in {"0", "10"} or _ZERO_TO_TEN.search(text)):
        scale = ZERO_TO_TEN
    return Question(code_of(text) or "other", text, scale, labels, numbers) if scale else None


def read_answer(value: Value, question: Question) -> Reading:
    """The answer as on the scale, higher is better, with its score; a don't-know keeps its record without a number."""
    typed = Cell(value, 0, 0).text
    label = question.labels.get(typed, typed)
    known = {"question": question.code, "question_as_asked": question.asked, "scale": question.scale}
    if (reason := dont_know_of(label)) is not None:
        return Reading(extra={**known, "is_dont_know": reason == "dont_know"})
    number = _on_scale(label, question)
    if number is None:
        return Reading(rule="unknown-answer")
    low, high = ENDS[question.scale]
    score = round(100 * (number - low) / (high - low), 6)
    positive = number >= POSITIVE_FROM[question.scale]
    return Reading(extra={**known, "answer": number, "score": score, "is_positive": positive, "is_dont_know": False})


def _on_scale(label: str, question: Question) -> float | None:
    if question.scale == ZERO_TO_TEN:
        number: float | None = read_number(label).value
        return number if number is not None and 0 <= number <= 10 else None
    found = question.numbers.get(label)
    return None if found is None else float(found)


def _word(number: int, scale: str) -> str:
    return str(number) if scale == ZERO_TO_TEN else vocabulary().values[f"answer.{scale}"].codes[str(number)][0]


def _is_low(label: str) -> bool:
    return sign_of(label) < 0 or any(word in vocabulary().keys("ends", "low") for word in key(label).split())
