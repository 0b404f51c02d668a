"""Forms: labels with a value each, wherever they stand, are one discussion that the tables around them know."""

from collections.abc import Callable
from datetime import date, time

from kodukant_analysis.loaders.linking import Records
from kodukant_analysis.loaders.workbook import Delivery


def _only(records: Records) -> dict[str, object]:
    (discussion,) = records.rows["discussions"]
    return discussion


def test_several_pairs_in_a_line_are_one_discussion_and_no_register(linked: Callable[..., Records]) -> None:
    records = linked("""
Koosolekule tulnute leht
Kuupäev / Дата: | 12.09.2017    |  | Linn / Город: | Maardu linn
Kell / Время:   | 18.00–20.15   |  | Kus / Где:    | Maardu rahvamaja
Vorm / Формат:  | ümarlaud      |  | Keel / Язык:  | eesti/vene

Nr | Nimi          | Roll    | Asutus
1  | Mari Maasikas | elanik  | KÜ Keemikute 12
2  | Juhan Juurikas | politsei | PPA
""")
    found = _only(records)
    assert (found["held_on"], found["municipality_code"], found["method"]) == (date(2017, 9, 12), "0446", "round_table")
    assert (found["starts_at"], found["ends_at"], found["venue"]) == (time(18), time(20, 15), "Maardu rahvamaja")
    assert {row["discussion_id"] for row in records.rows["attendance"]} == {found["discussion_id"]}
    assert [row["group"] for row in records.rows["attendance"]] == ["resident", "police"]


def test_labels_without_a_colon_are_labels_too(linked: Callable[..., Records]) -> None:
    found = _only(
        linked("""
Kuupäev | 12.09.2017 |  | Linn | Maardu linn
Kell    | 18.00      |  | Meetod | ümarlaud
Osalejaid | 19       |  | Kutsutuid | 60
""")
    )
    assert (found["municipality_code"], found["attendees"], found["invited"]) == ("0446", 19, 60)


def test_all_labels_under_a_title_that_names_the_place_are_fields_of_its_discussion(
    linked: Callable[..., Records],
) -> None:
    records = linked("""
Alutaguse vald, Iisaku alevik
Koosoleku kuupäev | 05.03.2020
Kellaaeg          | 18:00-20:30
Osalejaid         | 29 inimest
Kutsutuid         | 60

TEEMAD
Teema nr | Teema     | Punktid
1        | Kihutamine | 19
""")
    found = _only(records)
    assert (found["place"], found["place_code"]) == ("Alutaguse vald, Iisaku alevik", "2025")
    assert (found["ends_at"], found["attendees"], found["invited"]) == (time(20, 30), 29, 60)
    assert records.rows["topics"][0]["discussion_id"] == found["discussion_id"]


def test_a_label_and_its_value_may_share_a_cell_and_a_cell_may_hold_several(linked: Callable[..., Records]) -> None:
    drawing = """
Koht: Are vald¶Kuupäev: 29.09.2016¶Osalejaid: 19
Meetod: avatud ruum

Teema nr | Teema  | Punktid
1        | Kiirus | 12
"""
    found = _only(linked(drawing))
    assert (found["municipality_code"], found["held_on"]) == ("0809", date(2016, 9, 29))
    assert (found["attendees"], found["method"]) == (19, "open_space")


def test_counts_under_a_line_of_group_labels_belong_to_the_discussion_of_the_title(
    linked: Callable[..., Records],
) -> None:
    records = linked("""
Turvaline küla Halingas
16. märtsil 2016, Pärnu-Jaagupi rahvamaja

Politsei | KOV | Elanikke | Külavanemaid | Kokku
3        | 2   | 14       | 4            | 23

Teema                   | Algataja | Punktid
Koerad lahti külavahel  | elanik   | 5
""")
    found = _only(records)
    assert (found["programme"], found["place"], found["held_on"]) == ("turvaline_kula", "Halingas", date(2016, 3, 16))
    assert found["attendees"] == 23
    counted = {row["group"]: row["attendees"] for row in records.rows["attendance"]}
    assert counted == {"police": 3, "local_government": 2, "resident": 14, "village_elder": 4}
    assert {row["source_row"] for row in records.rows["attendance"]} == {5}
    assert records.rows["topics"][0]["discussion_id"] == found["discussion_id"]


def test_counts_of_groups_under_no_discussion_are_not_guessed_to_be_one(linked: Callable[..., Records]) -> None:
    records = linked("""
Osalejate kokkuvõte

Politsei | KOV | Elanikke | Kokku
3        | 2   | 14       | 19
""")
    assert records.rows["discussions"] == []
    assert records.rows["attendance"] == []


def test_a_form_for_each_discussion_down_a_sheet_heads_the_tables_below_it(linked: Callable[..., Records]) -> None:
    records = linked("""
Turvalisuse arutelud 2016

Koht:      | Are vald
Kuupäev:   | 29.09.2016
Osalejaid: | 19

Teema nr | Teema  | Punktid
1        | Kiirus | 12

Jrk | Tegevus | Vastutaja | Tähtaeg
1   | Künnis  | KOV       | 2016-12-01

Koht:      | Koonga vald
Kuupäev:   | 01.12.2016
Osalejaid: | 25

Teema nr | Teema  | Punktid
1        | Noored | 7

Jrk | Tegevus | Vastutaja | Tähtaeg
1   | Talgud  | elanik    | 2017-05-01
""")
    attendees = {row["discussion_id"]: row["attendees"] for row in records.rows["discussions"]}
    assert [attendees[row["discussion_id"]] for row in records.rows["topics"]] == [19, 25]
    assert [attendees[row["discussion_id"]] for row in records.rows["actions"]] == [19, 25]
    assert [row["municipality_code"] for row in records.rows["topics"]] == ["0809", "0430"]


def test_two_forms_side_by_side_are_two_discussions(linked: Callable[..., Records]) -> None:
    records = linked("""
Koht:      | Are vald   |  | Koht:      | Koonga vald
Kuupäev:   | 29.09.2016 |  | Kuupäev:   | 01.12.2016
Osalejaid: | 19         |  | Osalejaid: | 25
""")
    found = {row["municipality_code"]: (row["held_on"], row["attendees"]) for row in records.rows["discussions"]}
    assert found == {"0809": (date(2016, 9, 29), 19), "0430": (date(2016, 12, 1), 25)}


def test_a_value_that_cannot_be_read_is_named_at_the_cell_beside_its_label(load: Callable[..., Delivery]) -> None:
    found = load("""
Kuupäev:   | 31.02.2016    |  | Koht: | Are vald
Osalejaid: | palju rahvast |  | Kell: | 18.00
""")
    issues = {(issue.cell, issue.rule) for issue in found.issues}
    assert issues == {("B1", "unreadable-date"), ("B2", "unreadable-count")}


def test_the_values_of_a_sheet_on_its_side_are_not_searched_for_a_table(linked: Callable[..., Records]) -> None:
    records = linked("""
Saarte turvalisuse kohtumised
Vald         | Kihnu vald | Ruhnu vald   | Vormsi vald
Kuupäev      | 15.06.2022 | 6. juuli 2022 | 17.8.2022
Toimumiskoht | rahvamaja  | koolimaja    | vallamaja
Osalejaid    | 18         | 11           | paarkümmend
""")
    assert sorted(row["attendees"] for row in records.rows["discussions"]) == [11, 18, 20]
    assert records.rows["attendance"] == []


def test_a_value_may_stand_below_its_label_and_labels_may_be_numbered(linked: Callable[..., Records]) -> None:
    found = _only(
        linked("""
1. Koht:
Are vald
2. Kuupäev:
29.09.2016
3. Osalejate arv:
19
""")
    )
    assert (found["municipality_code"], found["held_on"], found["attendees"]) == ("0809", date(2016, 9, 29), 19)


def test_a_count_told_in_words_over_a_table_is_that_of_its_discussion(linked: Callable[..., Records]) -> None:
    records = linked("""
Arutelu Are vallas 29. septembril 2016
Osales 23 inimest, neist 2 politseinikku
Kohal olid: politsei 2, vald 4, elanikke 17

Teema nr | Teema  | Punktid
1        | Kiirus | 12
""")
    found = _only(records)
    assert (found["attendees"], found["held_on"], found["place"]) == (23, date(2016, 9, 29), "Are vallas")
    assert {row["attendees"] for row in records.rows["attendance"]} == {2, 4, 17}


def test_a_total_below_a_table_is_no_form(linked: Callable[..., Records]) -> None:
    records = linked("""
Are vald, 29.09.2016

Teema nr | Teema  | Punktid
1        | Kiirus | 12

Kokku:   | 27
Allkiri: | ______
""")
    assert _only(records).get("attendees") is None


def test_the_day_and_the_place_of_a_list_may_stand_in_the_names_of_its_sheet_or_file(
    linked: Callable[..., Records],
) -> None:
    drawing = """
Nr | Nimi          | Grupp
1  | Mari Maasikas | elanik
"""
    found = _only(linked(drawing, file="Põhja/Maardu ümarlaud 12.09.2017.xlsx"))
    assert (found["held_on"], found["municipality_code"]) == (date(2017, 9, 12), "0446")
    register = _only(linked(drawing, file="Põhja/osalejad 12.09.2017.xlsx"))
    assert (register["held_on"], register["municipality_code"]) == (None, None)


def test_a_form_over_tables_beside_each_other_is_read_whole_and_heads_both(linked: Callable[..., Records]) -> None:
    records = linked("""
Turvalisuse arutelu
Koht:   | Are vald |  |  |  | Kuupäev:   | 29.09.2016
Meetod: | ümarlaud |  |  |  | Osalejaid: | 19

Teema nr | Teema  | Algataja | Punktid |  | Jrk | Tegevus | Vastutaja | Tähtaeg
1        | Kiirus | elanik   | 12      |  | 1   | Künnis  | KOV       | 2016-12-01
2        | Noored | elanik   | 3       |  | 2   | Talgud  | elanik    | 2017-12-01
""")
    found = _only(records)
    assert (found["municipality_code"], found["held_on"], found["attendees"]) == ("0809", date(2016, 9, 29), 19)
    below = [row["discussion_id"] for table in ("topics", "actions") for row in records.rows[table]]
    assert below == [found["discussion_id"]] * 4
