"""Questions: what a header, a heading or a cell asks in a survey, whatever code stands before it."""

import re
from typing import Final

from kodukant_analysis.loaders.vocabulary import vocabulary
from kodukant_analysis.loaders.wording import plain, without_brackets

# "G01Q02[SQ001]. Kuivõrd ...", "K7: ...", "12. ...", "B. ...", "submitdate. Saatmise ..."
_CODE_BEFORE: Final = re.compile(
    r"^((?=\S*\d|\w[.)]|[a-z]+\.\s)[\w.]{1,15}?(?:\[\w+\])?)(?:\s*[.:)]\s+|\s+[-–—/]\s+)(?=\S)"
)
_CODE: Final = re.compile(r"[^\W\d_]{1,3}[ _.]?\d{1,3}[a-z]?(?:[._]\d{1,2})?")
_OF_ITEM: Final = re.compile(r"(.+?)\s*\[([^\[\]\d]+)\]|(.+\?)\s*[-–—:.]\s*(.+)")


def asks(header: str) -> bool:
    """Whether a header is a question of a survey, or the short name of one.

    >>> asks("Kui tihti Te käite metsas?"), asks("K12_1"), asks("Tähtaeg")
    (True, True, False)
    """
    typed = plain(header).rstrip(" *:")
    return is_question_mark(typed) or bool(is_code(typed) or code_of(typed))


def is_question_mark(text: str) -> bool:
    """Whether a text ends as questions do, before what may stand in brackets."""
    return without_brackets(text).endswith("?")


def is_code(header: str) -> bool:
    """Whether a header is the number of a question: "K12_1"."""
    return _CODE.fullmatch(plain(header).rstrip(" *:")) is not None


def code_of(text: str) -> str | None:
    """The code of the question that a text asks; of one asked of many things, only what it asks of the thing named.

    >>> code_of("A1. Kuivõrd usaldate asutusi? [Politsei]"), code_of("Kuivõrd usaldate politseid jt? [Päästeamet]")
    ('trust_police', None)
    """
    words, asked = vocabulary().values["question"], without_code(text)
    of_item = _OF_ITEM.fullmatch(asked.rstrip(" *"))
    if not of_item:
        return words.find(asked)
    stem, item = (part for part in of_item.groups() if part)
    code = words.find(f"{without_brackets(stem)} {item}")
    return None if code == words.find(stem) and not words.find(item) else code


def without_code(text: str) -> str:
    """A question without the code or the number that stands before it."""
    return _CODE_BEFORE.sub("", plain(text))


def code_before(text: str) -> str:
    """The code or the number that stands before a question, "" for none."""
    found = _CODE_BEFORE.match(plain(text))
    return found[1] if found else ""
