"""The concepts of the deck: each has the indicators that answer it, or a written reason why none does."""

import pytest

from kodukant_analysis.indicators import concepts, registry
from tests.indicators.test_registry import FRAMES

LANGUAGES = {"et", "en", "ru"}


def test_every_concept_of_the_deck_is_there_in_its_order() -> None:
    assert list(concepts()) == [f"K{number:02}" for number in range(1, 77)]


@pytest.mark.parametrize("code", list(concepts()))
def test_a_concept_is_answered_or_says_why_not(code: str) -> None:
    concept = concepts()[code]
    assert concept.indicators or concept.why_not
    assert len(set(concept.indicators)) == len(concept.indicators)
    for told in (concept.heading, concept.deck, concept.name):
        assert {language for language, text in told.items() if text} == LANGUAGES
    assert not concept.why_not or {language for language, text in concept.why_not.items() if text} == LANGUAGES
    assert all(text.endswith(".") for text in concept.why_not.values())


def test_every_indicator_named_is_in_the_registry() -> None:
    named = {code for concept in concepts().values() for code in concept.indicators}
    assert named - set(registry()) == set()


def test_every_indicator_answers_a_concept() -> None:
    named = {code for concept in concepts().values() for code in concept.indicators}
    assert set(registry()) - named - FRAMES == set()


def test_most_of_the_deck_is_answered() -> None:
    assert sum(bool(concept.indicators) for concept in concepts().values()) >= 55
