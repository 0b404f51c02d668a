"""The words of the domain: every header and value that people in the field are known to type is understood."""

import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import pytest

from kodukant_analysis.loaders.cells import read_due, read_yes_no
from kodukant_analysis.loaders.columns import fields_of
from kodukant_analysis.loaders.vocabulary import vocabulary

WORDS: Final = tomllib.loads(Path(__file__).with_name("domain_words.toml").read_text(encoding="utf-8"))
READ: Final[Mapping[str, Callable[[str], object]]] = {
    "due": lambda word: read_due(word, None).extra.get("due_kind"),
    "fact": lambda word: {True: "yes", False: "no"}.get(read_yes_no(word).value),
}


@pytest.mark.parametrize("dataset", WORDS["headers"])
def test_every_header_of_the_domain_may_be_what_it_is_known_to_mean(dataset: str) -> None:
    fields = WORDS["headers"][dataset].items()
    missed = [(field, word) for field, words in fields for word in words if field not in fields_of(dataset, word)]
    assert missed == []


@pytest.mark.parametrize("kind", WORDS["values"])
def test_every_value_of_the_domain_is_what_it_is_known_to_mean(kind: str) -> None:
    read = READ.get(kind) or vocabulary().values[kind].find
    read_as = [(code, word, read(word)) for code, words in WORDS["values"][kind].items() for word in words]
    assert [(code, word, found) for code, word, found in read_as if found != code] == []
