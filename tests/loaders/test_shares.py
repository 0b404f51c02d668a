"""Shares: percentages and fractions are told apart by their table, not cell by cell."""

from collections.abc import Callable

from kodukant_analysis.loaders.workbook import Delivery

Load = Callable[..., Delivery]


def _shares(load: Load, *cells: str) -> tuple[list[float | None], list[str]]:
    answers = ("Usaldan täiesti", "Pigem usaldan", "Pigem ei usalda", "Ei oska öelda")
    rows = "\n".join(f"{answer} | {cell}" for answer, cell in zip(answers, cells, strict=False))
    found = load(f"Usaldus politsei vastu\n\nVastus | 2021\n{rows}")
    return [draft.values["share"] for draft in found.drafts], [issue.rule for issue in found.issues]


def test_one_among_percentages_is_one_per_cent(load: Load) -> None:
    assert _shares(load, "27.9", "70.6", "1", "0.5") == ([0.279, 0.706, 0.01, 0.005], [])


def test_numbers_that_are_no_more_than_a_whole_are_fractions(load: Load) -> None:
    assert _shares(load, "0.279", "0.721", "1", "0") == ([0.279, 0.721, 1.0, 0.0], [])


def test_a_sign_beside_a_number_says_what_it_is_whatever_stands_around_it(load: Load) -> None:
    assert _shares(load, "0.279", "1%", "0,5 %", "0.7") == ([0.279, 0.01, 0.005, 0.7], [])


def test_a_percentage_typed_as_text_makes_its_table_one_of_percentages(load: Load) -> None:
    assert _shares(load, "27,9", "1", "0.5") == ([0.279, 0.01, 0.005], [])


def test_more_than_all_is_no_share(load: Load) -> None:
    assert _shares(load, "27.9", "150") == ([0.279, None], ["unreadable-share"])
