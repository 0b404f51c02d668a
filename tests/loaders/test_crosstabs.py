"""Tables whose columns stand for groups, discussions, days or months, however their corner is labelled."""

from collections.abc import Callable
from datetime import date

import pytest

from kodukant_analysis.loaders.linking import Records
from kodukant_analysis.loaders.workbook import Delivery

Load = Callable[..., Delivery]
Linked = Callable[..., Records]


def _counts(delivery: Delivery) -> list[tuple[str, int, date | None]]:
    drafts = [draft for draft in delivery.drafts if draft.dataset == "attendance"]
    return [(draft.values["group"], draft.values["attendees"], draft.day) for draft in drafts]


def _issues(delivery: Delivery, *rules: str) -> list[tuple[str, str]]:
    return sorted((issue.cell, issue.rule) for issue in delivery.issues if issue.rule in rules)


@pytest.mark.parametrize("corner", ["", "Grupp", "Kuupäev"])
@pytest.mark.parametrize("label", ["", "Kuupäev"])
def test_groups_are_counted_at_each_discussion_whatever_its_corner_says(corner: str, label: str, load: Load) -> None:
    found = load(f"""
{corner} | Varstu vald | Haanja vald | Urvaste vald | Kokku
{label}  | 18.02.2015  | 11.03.2015  | 15.04.2015   |
Politsei | 3           | 2           | 2            | 7
KOV      | 2           |             | 3            | 5
Elanikud | 11          | 15          | 8            | 34
""")
    first, second, third = date(2015, 2, 18), date(2015, 3, 11), date(2015, 4, 15)
    assert _counts(found) == [
        ("police", 3, first),
        ("police", 2, second),
        ("police", 2, third),
        ("local_government", 2, first),
        ("local_government", 3, third),
        ("resident", 11, first),
        ("resident", 15, second),
        ("resident", 8, third),
    ]


def test_topics_by_discussion_have_the_points_given_there(linked: Linked) -> None:
    topics = linked("""
Aruteludel antud punktid
Teema            | Kose vald  | Rae vald   | Kõik kokku
                 | 12.03.2019 | 19.03.2019 |
Kiirus külavahel | 12         | 7          | 19
Hulkuvad koerad  | 3          |            | 3
""").rows["topics"]
    assert [(row["title"], row["municipality_code"], row["points"]) for row in topics] == [
        ("Kiirus külavahel", "0338", 12),
        ("Kiirus külavahel", "0653", 7),
        ("Hulkuvad koerad", "0338", 3),
    ]


def test_numbers_by_discussion_that_nothing_names_are_no_points(load: Load) -> None:
    found = load("""
Teema            | Kose vald 12.03.2019 | Rae vald 19.03.2019
Kiirus külavahel | 12                   | 7
Hulkuvad koerad  | 3                    | 5
""")
    assert [draft.values["points"] for draft in found.drafts] == [None] * 4
    assert _issues(found, "unread-count") == [("B1", "unread-count"), ("C1", "unread-count")]


def test_participants_by_month_are_discussions_on_a_day_that_is_not_known(load: Load, linked: Linked) -> None:
    sheet = """
Aruteludel osalejaid kuude lõikes 2014
Vald           | jaanuar | veebruar | märts | Kokku
Noarootsi vald | 12      |          | 9     | 21
Vigala vald    |         | 7        |       | 7
Kokku          | 12      | 7        | 9     | 28
"""
    held = linked(sheet).rows["discussions"]
    assert sorted((row["place"], row["attendees"], row.get("held_on"), row["status"]) for row in held) == [
        ("Noarootsi vald", 9, None, "held"),
        ("Noarootsi vald", 12, None, "held"),
        ("Vigala vald", 7, None, "held"),
    ]
    assert _issues(load(sheet), "imprecise-date") == [(cell, "imprecise-date") for cell in ("B2", "C2", "D2")]


def test_other_numbers_by_month_are_no_discussions(load: Load) -> None:
    found = load("""
Väljakutsed 2020
Vald       | jaanuar | veebruar | märts | Kokku
Harku vald | 397     | 118      | 354   | 869
Saku vald  | 349     | 361      | 366   | 1076
""")
    assert found.drafts == ()


def test_states_stand_under_the_days_below_one_header(load: Load) -> None:
    found = load("""
Tegevus         | Vastutaja | Tähtaeg    | Seis       |
                |           |            | 30.06.2022 | 31.12.2022
Tabloo kooli    | vald      | 2022-11-30 | alustamata | tehtud
Ülekäigu joon   | vald      | 2022-08-31 | töös       | tehtud
""")
    assert [(draft.values["status"], draft.values["reported_on"]) for draft in found.drafts] == [
        ("not_started", date(2022, 6, 30)),
        ("done", date(2022, 12, 31)),
        ("in_progress", date(2022, 6, 30)),
        ("done", date(2022, 12, 31)),
    ]


def test_groups_below_a_header_of_parts_are_counts_of_their_own(load: Load) -> None:
    found = load("""
Ref   | Municipality | Date       | Participants | of which:      |                | Forms
      |              |            |              | Police officers | Rescue workers |
EE-01 | Harku vald   | 2024-02-07 | 18           | 2              | 1              | 16
EE-02 | Saue vald    | 2024-03-14 | 17           | 3              | 2              | 12
""")
    assert [(group, count) for group, count, _ in _counts(found)] == [
        ("police", 2),
        ("rescue", 1),
        ("police", 3),
        ("rescue", 2),
    ]


def test_a_part_of_the_group_before_it_is_not_counted_again(load: Load) -> None:
    found = load("""
Vald      | Kuupäev    | Politsei | Elanikud | sh noored | Kokku
Kose vald | 2023-02-07 | 3        | 18       | 4         | 21
Rae vald  | 2023-03-14 | 2        | 11       | 0         | 13
""")
    assert [(group, count) for group, count, _ in _counts(found)] == [
        ("police", 3),
        ("resident", 18),
        ("police", 2),
        ("resident", 11),
    ]


def test_a_part_of_all_is_a_group_of_its_own(load: Load) -> None:
    found = load("""
Vald      | Kuupäev    | Osalejaid | sh KOV | sh elanikud
Kose vald | 2023-02-07 | 21        | 3      | 18
""")
    assert [(group, count) for group, count, _ in _counts(found)] == [("local_government", 3), ("resident", 18)]


def test_a_part_of_all_beside_groups_that_are_all_already_is_not_counted_again(load: Load) -> None:
    found = load("""
Vald      | Kuupäev    | Osalejaid | sh noori | Politsei | KOV | Elanikud
Kose vald | 2023-02-07 | 19        | 4        | 3        | 2   | 14
""")
    assert [(group, count) for group, count, _ in _counts(found)] == [
        ("police", 3),
        ("local_government", 2),
        ("resident", 14),
    ]


def test_a_first_row_of_marks_is_no_second_row_of_headers(load: Load) -> None:
    found = load("""
Nimi          | Grupp      | 12.03.2019 Kose vald | 19.03.2019 Rae vald
Mari Maasikas | konstaabel | x                    | x
Jaan Jõhvikas | elanik     |                      | x
Uku Tammekänd | elanik     | ei                   | jah
""")
    march = date(2019, 3, 12), date(2019, 3, 19)
    assert _counts(found) == [
        ("police", 1, march[0]),
        ("police", 1, march[1]),
        ("resident", 1, march[1]),
        ("resident", 1, march[1]),
    ]
    assert found.issues == ()


def test_a_group_of_no_name_between_groups_is_an_issue_and_the_sum_proves_it(load: Load) -> None:
    sheet = """
Kuupäev    | Vald      | Politsei | Zorblaste esindus | Elanikud | {}
2018-03-06 | Kose vald | 2        | 1                 | 13       | 16
2018-04-10 | Rae vald  | 1        | 2                 | 8        | 11
"""
    assert _issues(load(sheet.format("Kokku")), "unread-group-in-total") == [("D1", "unread-group-in-total")]
    assert _issues(load(sheet.format("Zirr")), "unread-group") == [("D1", "unread-group")]


def test_a_row_that_numbers_the_columns_is_no_record_also_at_a_page_break(load: Load) -> None:
    found = load("""
Jrk | Kuupäev    | Vald      | Osalejaid
1   | 2          | 3         | 4
1   | 2013-02-06 | Kose vald | 22
2   | 2013-03-13 | Rae vald  | 31
1   | 2          | 3         | 4
3   | 2013-04-10 | Anija vald | 12
""")
    assert [draft.values["attendees"] for draft in found.drafts] == [22, 31, 12]
    assert found.issues == ()


def test_police_counted_beside_no_other_group_are_the_team(load: Load) -> None:
    alone, beside = (
        """
Kuupäev    | Vald      | Osalejaid | Politseinikke
2023-02-07 | Kose vald | 21        | 3
""",
        """
Kuupäev    | Vald      | Osalejaid | Politseinikke | KOV | Elanikke
2023-02-07 | Kose vald | 21        | 3             | 2   | 16
""",
    )
    (discussion,) = load(alone).drafts
    assert (discussion.values["attendees"], discussion.values["police_team"]) == (21, 3)
    assert [(group, count) for group, count, _ in _counts(load(beside))] == [
        ("police", 3),
        ("local_government", 2),
        ("resident", 16),
    ]


def test_a_group_over_numbers_is_no_place_whatever_stands_in_the_table_below(load: Load) -> None:
    found = load("""
Politsei | KOV              | Elanikud | Kuupäev    | Koht
3        | 2                | 14       | 2016-10-26 | Kose vald

Jrk      | Teema            | Punktid
1        | Kiirus külavahel | 5
2        | Hulkuvad koerad  | 3
3        | Pime tee         | 2
""")
    assert [(group, count) for group, count, _ in _counts(found)] == [
        ("police", 3),
        ("local_government", 2),
        ("resident", 14),
    ]
