"""Labels: what answers in words tell of their place on a scale, and what they leave open."""

import pytest

from kodukant_analysis.loaders.labels import numbers_of


@pytest.mark.parametrize(
    ("labels", "scale", "numbers"),
    [
        (["Täielikult", "Pigem jah", "Pigem ei", "Üldse mitte"], "agree4", [4, 3, 2, 1]),
        (["Very safe", "Fairly safe", "A bit unsafe", "Very unsafe"], "agree4", [4, 3, 2, 1]),
        (["Very safe", "Quite safe", "Not very safe", "Not at all safe"], "agree4", [4, 3, 2, 1]),
        (["Совсем не доверяю", "Не совсем доверяю", "Скорее доверяю"], "agree4", [1, 2, 3]),
        (["Usaldan", "Pigem usaldan", "Pigem ei usalda", "Ei usalda"], "agree4", [4, 3, 2, 1]),
        (["Väga turvaliselt", "Turvaliselt", "Ebaturvaliselt", "Väga ebaturvaliselt"], "agree4", [4, 3, 2, 1]),
        (["Väga turvaliselt", "Turvaliselt", "Nii ja naa", "Ebaturvaliselt"], "likert5", [5, 4, 3, 2]),
        (["Nõustun täielikult", "Pigem nõustun", "Nii ja naa"], "likert5", [5, 4, 3]),
        (["Usaldan", "Ei usalda"], "yes_no", [1, 0]),
        (["Ei karda üldse", "Kardan väga"], "agree4", [4, 1]),
    ],
)
def test_the_words_of_answers_tell_their_numbers(labels: list[str], scale: str, numbers: list[int]) -> None:
    assert numbers_of(labels) == (scale, dict(zip(labels, numbers, strict=True)))


@pytest.mark.parametrize(
    "label", ["Ei usalda täielikult", "Täiesti või pigem usaldan", "Väga", "Väga kollane", "Turvaliselt"]
)
def test_an_answer_whose_words_leave_its_number_open_has_none(label: str) -> None:
    assert numbers_of([label]) == ("", {})
