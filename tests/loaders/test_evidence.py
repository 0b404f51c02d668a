"""Columns as their values tell them: against their header, without one, or not at all, which an issue says."""

from collections.abc import Callable

import pytest

from kodukant_analysis.loaders.suggestions import nearest_header
from kodukant_analysis.loaders.workbook import Delivery
from kodukant_analysis.refresh import _issue_row

Load = Callable[..., Delivery]


def _issues(delivery: Delivery) -> list[tuple[str, str]]:
    return sorted((issue.cell, issue.rule) for issue in delivery.issues)


def test_what_stands_in_brackets_does_not_outrank_the_header(load: Load) -> None:
    (found,) = load("""
Kuupäev    | Vald      | Mitu osales (koos politseinikega)? | Mitu politseinikku kohal oli
2019-03-12 | Kose vald | 23                                 | 3
""").drafts
    assert (found.values["attendees"], found.values["police_team"]) == (23, 3)


def test_money_is_no_action_and_no_state(load: Load) -> None:
    found = load("""
Tegevusala | Kirje                        | Eelarve 2019 | Täitmine | Täitmise %
03100      | Politsei ja kogukonna toetus | 1 200        | 800      | 66,7%
04510      | Teede korrashoid linnas      | 45 000       | 44 120   | 98,0%
06400      | Tänavavalgustus              | 12 500       | 12 900   | 80,2%
""")
    assert found.drafts == ()
    assert [issue.rule for issue in found.issues] == ["table-not-recognised"]


def test_a_list_without_a_known_header_of_groups_is_told_by_its_values(load: Load) -> None:
    found = load("""
Nimi            | Kust tuli      | Taustaks      | Avaring
Mari Maasikas   | PPA            | konstaabel    | jah
Jaan Jõhvikas   |                | talunik       | jah
Uku Tammekänd   | Kose kool      | õpetaja       | ei
Ants Pihlapuu   |                | oboemängija   | ei
""")
    assert [draft.values["group"] for draft in found.drafts] == ["police", "resident", "school_youth_work", "unmapped"]
    assert ("C1", "header-by-values") in _issues(found)


def test_a_list_without_any_group_says_so(load: Load) -> None:
    found = load("""
Nimi            | Avaring | Lõpuring
Mari Maasikas   | jah     | jah
Jaan Jõhvikas   | jah     | ei
""")
    assert [draft.values["group"] for draft in found.drafts] == ["unmapped", "unmapped"]
    assert _issues(found) == [("A1", "ungrouped-persons")]


def test_a_named_person_is_one_whatever_is_counted_beside(load: Load) -> None:
    found = load("""
Nimi            | Osapool    | Mitu | Avaring
Mari Maasikas   | konstaabel | 3    | jah
Jaan Jõhvikas   | elanik     | 2    | jah
""")
    assert [draft.values["attendees"] for draft in found.drafts] == [1, 1]


def test_a_row_of_a_list_with_neither_a_name_nor_a_known_group_is_nobody(load: Load) -> None:
    found = load("""
Nimi          | Osapool        | Avaring
Mari Maasikas | konstaabel     | jah
              | elanik         | jah
              | rühmas inimesi | 2
""")
    assert [draft.values["group"] for draft in found.drafts] == ["police", "resident"]
    assert ("B4", "unknown-group") in _issues(found)


def test_numbers_below_a_name_of_a_place_are_no_marks_of_persons(load: Load) -> None:
    found = load("""
Nimi          | Osapool    | Avaring | Kose kohvik
Mari Maasikas | konstaabel | jah     | 3
Jaan Jõhvikas | elanik     | jah     | 2
""")
    assert [(draft.values["attendees"], draft.values["in_opening_ring"]) for draft in found.drafts] == [(1, True)] * 2
    assert _issues(found) == [("D1", "unknown-header")]


def test_the_questions_of_a_survey_are_no_counts_of_a_group(load: Load) -> None:
    found = load("""
Ajatempel  | Vald      | Kui palju Sa usaldad politseid?
2024-10-01 | Kose vald | 4
2024-10-02 | Rae vald  | 5
2024-10-03 | Saue vald | 3
""")
    assert [draft for draft in found.drafts if draft.dataset == "attendance"] == []


def test_a_named_person_is_kept_though_a_mark_beside_cannot_be_read(load: Load) -> None:
    found = load("""
Nimi            | Kose vald 12.03.2019 | Rae vald 19.03.2019
Mari Maasikas   | x                    |
Jaan Jõhvikas   |                      | 7?
Uku Tammekänd   |                      | x
""")
    assert [draft.values["attendees"] for draft in found.drafts] == [1, 1, 1]
    assert ("C3", "unreadable-yes-no") in _issues(found)


@pytest.mark.parametrize(
    ("header", "field", "there"),
    [
        ("Зал", "has_room", ["заказан", "не заказан", "ещё нет"]),
        ("Ruumi hoidja", "has_local_leader", ["on", "ei", "-"]),
    ],
)
def test_a_room_or_a_leader_of_only_yes_and_no_is_there_or_not(
    header: str, field: str, there: list[str], load: Load
) -> None:
    first, second, third = load(f"""
Kuupäev    | Vald       | {header}
2019-03-12 | Kose vald  | {there[0]}
2019-03-13 | Rae vald   | {there[1]}
2019-03-14 | Saue vald  | {there[2]}
""").drafts
    assert [draft.values[field] for draft in (first, second, third)] == [True, False, False]
    assert first.values.get("venue") is None


def test_days_under_a_header_of_recipients_are_not_counted(load: Load) -> None:
    found = load("""
Kuupäev    | Vald      | Osalejaid kokkuvõtte saanud
2019-03-12 | Kose vald | 2019-03-20
2019-03-13 | Rae vald  | 2019-03-21
""")
    assert [draft.values.get("attendees") for draft in found.drafts] == [None, None]
    assert "unreadable-count" not in {issue.rule for issue in found.issues}


def test_a_number_of_solutions_is_that_number_and_a_no_is_no_summary(load: Load) -> None:
    found = load("""
Kuupäev    | Vald      | Teema            | Lahendusi         | Kokkuvõte
2019-03-12 | Kose vald | Kiirus külavahel | 3                 | ei
2019-03-12 | Kose vald | Hulkuvad koerad  | kaamera; koolitus | Räägiti pikalt
2019-03-12 | Kose vald | Pime tee         | 0                 | jah
""")
    told = [(draft.values["solutions"], draft.values["has_summary"]) for draft in found.drafts]
    assert told == [(3, False), (2, True), (0, True)]


def test_a_column_that_is_not_read_is_named_at_its_header(load: Load) -> None:
    (issue,) = load("""
Tegevus      | Vastutaja | Täthaeg    | Zorbid | Tühi
Künnis ette  | KOV       | 2016-12-01 | hea    |
Valgusti ära | politsei  | 2016-12-02 | parem  |
""").issues[1:]
    assert (issue.cell, issue.rule, issue.column) == ("D1", "unknown-header", "Zorbid")


def test_the_nearest_known_header_is_suggested_and_not_applied(load: Load) -> None:
    (issue, *_) = load("""
Tegevus      | Vastutaja | Täthaeg
Künnis ette  | KOV       | 2016-12-01
""").issues
    assert (issue.cell, issue.rule, issue.hint) == ("C1", "unknown-header", "Tähtaeg")
    row = _issue_row(issue)
    assert "hint" not in row
    assert "Kas mõtlesite „Tähtaeg“?" in row["message"]
    assert "Did you mean “Tähtaeg”?" in row["message"]


def test_a_header_far_from_all_known_ones_is_left_without_a_suggestion() -> None:
    assert nearest_header("actions", "Ilmastikuolud") is None
