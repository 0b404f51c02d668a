"""Spelling: typed text to names, kinds and sounds."""

import pytest

from kodukant_analysis.places.forms import locative_stems
from kodukant_analysis.places.russian import cyrillic_sound, name_sounds
from kodukant_analysis.places.spelling import key, normalised, segments


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Halinga vald", [("halinga", {"vald"})]),
        ("Seljametsa küla, Paikuse vald", [("seljametsa", {"küla"}), ("paikuse", {"vald"})]),
        ("Seljametsa küla Paikuse vald", [("seljametsa", {"küla"}), ("paikuse", {"vald"})]),
        ("Vändra vald (alev)", [("vändra", {"alev"})]),
        ("Tartu linn/vald", [("tartu", {"linn", "vald"})]),
        ("волость Раквере", [("раквере", {"vald"})]),
        ("г.Нарва", [("нарва", {"linn"})]),
        ("Linna küla", [("linna", {"küla"})]),
        ("Koeru (Järvamaa)", [("koeru", set()), ("järvamaa", set())]),
        ("79514 Rapla", [("rapla", set())]),
        ("", []),
        ("vald", []),
    ],
)
def test_a_typed_place_falls_into_names_with_their_kinds(text: str, expected: list[tuple[str, set[str]]]) -> None:
    assert [(" ".join(segment.words), set(segment.kinds)) for segment in segments(text)] == expected


@pytest.mark.parametrize("text", ["Põltsamaa", "Po\u0303ltsamaa", "PÕLTSAMAA", "Põlt\u00adsamaa", "\ufeffpõltsamaa "])
def test_one_name_has_one_key(text: str) -> None:
    assert key(text) == "põltsamaa"


def test_a_word_of_two_scripts_becomes_a_word_of_one() -> None:
    assert normalised("Tаpa TАПА") == "tapa тапа"


@pytest.mark.parametrize(
    ("form", "name"),
    [
        ("tallinnas", "tallinn"),
        ("paidesse", "paide"),
        ("saardesse", "saarde"),
        ("otepääl", "otepää"),
        ("arukülla", "aruküla"),
        ("kohtlajärvelt", "kohtlajärve"),
    ],
)
def test_a_local_case_leads_back_to_its_name(form: str, name: str) -> None:
    assert name in locative_stems(form)


@pytest.mark.parametrize(
    ("name", "russian"),
    [
        ("sillamäe", "силламяэ"),
        ("jõhvi", "йыхви"),
        ("kohtlajärve", "кохтлаярве"),
        ("haljala", "хальяла"),
        ("otepää", "отепя"),
        ("otepää", "отепяэ"),
        ("kose", "козе"),
        ("kose", "косе"),
        ("kaiu", "кайу"),
        ("ülenurme", "юленурме"),
        ("peipsiääre", "пейпсиэаре"),
    ],
)
def test_a_name_sounds_as_its_transliterations(name: str, russian: str) -> None:
    assert cyrillic_sound(russian) in name_sounds(name)
