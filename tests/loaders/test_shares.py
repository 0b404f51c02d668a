"""Shares: percentages and fractions are told apart by their table, not cell by cell."""

from collections.abc import Callable

from kodukant_analysis.loaders.linking import Records
from kodukant_analysis.loaders.workbook import Delivery

Load = Callable[..., Delivery]
Linked = Callable[..., Records]


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


def test_respondents_above_the_answers_are_those_of_each_region(linked: Linked) -> None:
    rows = linked("""
Table 3. How safe do you feel walking alone in your area after dark? (%, 2020)
                | Total | North | North-East
Unweighted base | 1000  | 420   | 170
Very safe       | 31    | 30    | 18
Not very safe   | 15    | 14    | 21
""").rows["shares"]
    assert [(row["survey_region"], row["answer"], row["share"], row["respondents"]) for row in rows] == [
        ("Eesti", "4", 0.31, 1000),
        ("Põhja-Eesti", "4", 0.3, 420),
        ("Kirde-Eesti", "4", 0.18, 170),
        ("Eesti", "2", 0.15, 1000),
        ("Põhja-Eesti", "2", 0.14, 420),
        ("Kirde-Eesti", "2", 0.21, 170),
    ]
    assert {(row["question"], row["wave"]) for row in rows} == {("safe_after_dark", "2020")}


def test_each_table_of_a_sheet_answers_the_question_next_above_it(linked: Linked) -> None:
    rows = linked("""
Elanike küsitlus, november 2023, %

A. Kui palju usaldate politseid?
Piirkond    | Täielikult | Pigem jah | Pigem ei | Üldse mitte | EOÖ | Kokku | Vastanuid
Põhja-Eesti | 29         | 53        | 10       | 4           | 4   | 100   | 431
Lõuna-Eesti | 33         | 52        | 8        | 3           | 4   | 100   | 246
KÕIK        | 30         | 52        | 10       | 4           | 4   | 100   | 677

B. Kas teate oma piirkonnapolitseiniku nime?
Piirkond    | Jah | Ei | Vastanuid
Põhja-Eesti | 14  | 86 | 431
""").rows["shares"]
    assert [(row["question"], row["answer"], row["respondents"]) for row in rows if row["prefecture"] == "Põhja"] == [
        ("trust_police", "4", 431),
        ("trust_police", "3", 431),
        ("trust_police", "2", 431),
        ("trust_police", "1", 431),
        ("trust_police", "dont_know", 431),
        ("knows_officer", "1", 431),
        ("knows_officer", "0", 431),
    ]
    assert {row["survey_region"] for row in rows} == {"Põhja-Eesti", "Lõuna-Eesti", "Eesti"}


def test_the_respondents_of_a_year_are_not_those_of_its_regions(linked: Linked) -> None:
    rows = linked("""
Politsei usaldajate osakaal, %
Regioon       | 2016 | 2018
Põhja-Eesti   | 84.2 | 81.5
Kesk-Eesti    | 82   | 80.4
Kogu valim    | 83.1 | 80
Valimi suurus | 1002 | 1011
""").rows["shares"]
    assert [row.get("respondents") for row in rows] == [None, None, None, None, 1002, 1011]
    assert all(row["share"] for row in rows)


def test_a_year_over_both_sides_gives_each_side_its_share(linked: Linked) -> None:
    rows = linked("""
Usaldus politsei vastu, %
Piirkond         | 2020    |           |     | 2022    |           |
                 | Usaldab | Ei usalda | N   | Usaldab | Ei usalda | N
Ida prefektuur   | 80      | 20        | 400 | 82      | 18        | 410
""").rows["shares"]
    assert [(row["wave"], row["answer"], row["share"], row["respondents"]) for row in rows] == [
        ("2020", "positive", 0.8, 400),
        ("2020", "negative", 0.2, 400),
        ("2022", "positive", 0.82, 410),
        ("2022", "negative", 0.18, 410),
    ]
    assert {row["prefecture"] for row in rows} == {"Ida"}


def test_counts_by_region_and_by_answer_are_no_shares(load: Load) -> None:
    crimes = load("Kuriteod\nPiirkond | 2020 | 2021\nPõhja-Eesti | 80 | 75\nLõuna-Eesti | 40 | 30")
    people = load(
        "Kuivõrd usaldate politseid?\nVastus | Põhja-Eesti | Lõuna-Eesti\n"
        "Usaldan täiesti | 64 | 52\nPigem usaldan | 88 | 61\nEi usalda üldse | 12 | 9"
    )
    assert (crimes.drafts, people.drafts) == ((), ())
    assert {issue.rule for issue in crimes.issues} == {"unknown-question"}
    assert "unreadable-share" in {issue.rule for issue in people.issues}


def test_two_waves_of_a_year_keep_their_own_names(linked: Linked) -> None:
    rows = linked("""
Usaldus politsei vastu (täiesti + pigem), %
            | mai 2020 | nov 2020 | mai 2021
Põhja-Eesti | 80       | 81       | 83
Kesk-Eesti  | 80       | 82       | 83
""").rows["shares"]
    assert [row["wave"] for row in rows[:3]] == ["mai 2020", "nov 2020", "2021"]


def test_questions_across_are_shares_of_their_own(linked: Linked) -> None:
    rows = linked("""
Uuringu tulemused, %
Aasta | Usaldab politseid | Turvatunne pimedas | Teab piirkonnapolitseinikku | Keskmine usaldus politsei vastu | N
2015  | 82                | 70                 | 30                          | 6.9                             | 1002
""").rows["shares"]
    assert [(row["question"], row["wave"], row["share"], row["respondents"]) for row in rows] == [
        ("trust_police", "2015", 0.82, 1002),
        ("safe_after_dark", "2015", 0.7, 1002),
        ("knows_officer", "2015", 0.3, 1002),
    ]


def test_a_region_named_once_stands_over_all_its_answers(linked: Linked) -> None:
    rows = linked("""
Kui palju usaldate politseid? %
Piirkond    | Vastus      | Osakaal
Põhja-Eesti | Täiesti     | 30
            | Pigem jah   | 50
            | Üldse mitte | 20
Lõuna-Eesti | Täiesti     | 40
            | Pigem jah   | 60
""").rows["shares"]
    assert [(row["prefecture"], row["answer"]) for row in rows] == [
        ("Põhja", "4"),
        ("Põhja", "3"),
        ("Põhja", "1"),
        ("Lõuna", "4"),
        ("Lõuna", "3"),
    ]


def test_means_of_a_scale_are_no_shares(load: Load) -> None:
    found = load(
        "Keskmine usaldus politsei vastu\nRegioon | 2020 | 2022\nPõhja-Eesti | 6.9 | 7.1\nKesk-Eesti | 7.2 | 7.0"
    )
    assert found.drafts == ()
    assert "unreadable-share" in {issue.rule for issue in found.issues}
