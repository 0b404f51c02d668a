"""Tables found by their words, wherever they stand and however they are laid out."""

from collections.abc import Callable
from dataclasses import replace

from kodukant_analysis.loaders.linking import Records
from kodukant_analysis.loaders.sheets import Sheet
from kodukant_analysis.loaders.tables import Table, locate_tables
from kodukant_analysis.loaders.workbook import Delivery
from tests.drawing import draw


def _only(sheet: Sheet) -> Table:
    (table,) = locate_tables(sheet)
    return table


def _kinds(table: Table) -> list[str]:
    return [row.kind for row in table.rows]


def _column(table: Table, field: str) -> list[str]:
    return [row.cells[field].text for row in table.rows if row.kind == "data"]


def test_a_table_is_found_below_titles_and_blank_rows() -> None:
    table = _only(
        draw("""
LÄÄNE PREFEKTUUR
Tegevuskava 2016

Jrk | Tegevus          | Vastutaja | Tähtaeg    | Staatus
1   | Valgusti parkla  | KOV       | 2016-05-01 | töös
""")
    )
    assert (table.dataset, table.band.first) == ("actions", 4)
    assert [cell.text for cell in table.headings] == ["LÄÄNE PREFEKTUUR", "Tegevuskava 2016"]


def test_columns_are_known_by_their_words_in_any_order_and_language() -> None:
    table = _only(
        draw("""
Срок       | Статус / Staatus | Kes vastutab? (võib valida mitu) | Mida teha
2016-05-01 | töös             | KOV                              | Valgusti parkla
""")
    )
    assert _column(table, "action") == ["Valgusti parkla"]
    assert _column(table, "due_on") == ["2016-05-01"]
    assert _column(table, "status") == ["töös"]
    assert _column(table, "owners") == ["KOV"]


def test_headers_without_diacritics_or_with_soft_hyphens_are_known() -> None:
    table = _only(
        draw("""
Tegevus | Taht\u00adaeg  | Vastu\u00adtaja *
Valgusti | 2016-05-01 | KOV
""")
    )
    assert [column.field for column in table.band.columns] == ["action", "due_on", "owners"]


def test_two_tables_one_under_the_other_are_two() -> None:
    tables = locate_tables(
        draw("""
Teema nr | Teema    | Punktid
1        | Kiirus   | 12
2        | Noored   | 3

Kokkulepped
Jrk | Tegevus | Vastutaja | Tähtaeg
1   | Künnis  | KOV       | 2016-05-01
""")
    )
    assert [table.dataset for table in tables] == ["topics", "actions"]
    assert _column(tables[0], "title") == ["Kiirus", "Noored"]
    assert _column(tables[1], "action") == ["Künnis"]


def test_totals_sub_counts_notes_and_repeated_headers_are_no_data() -> None:
    table = _only(
        draw("""
Teema nr | Teema  | Algataja | Punktid
1        | Kiirus | elanik   | 12
neist    |        |          | 4
Teema nr | Teema  | Algataja | Punktid
2        | Noored | elanik   | 3
Kokku    |        |          | 15
Märkus: punktid andsid osalejad.
""")
    )
    assert _kinds(table) == ["data", "part", "header", "data", "total", "note"]


def test_an_action_that_begins_with_a_word_of_totals_is_still_an_action() -> None:
    table = _only(
        draw("""
Jrk | Tegevus                    | Vastutaja | Tähtaeg
1   | Kokku leppida patrullides  | politsei  | 2016-05-01
""")
    )
    assert _kinds(table) == ["data"]


def test_groups_counted_in_columns_of_their_own_are_told_from_the_municipality() -> None:
    table = _only(
        draw("""
Jrk | KOV        | Kuupäev    | Meetod   | Osalejad |     |          |
    |            |            |          | PPA      | KOV | Kogukond | Kokku
1   | Are vald   | 2016-09-29 | AR       | 5        | 3   | 11       | 19
""")
    )
    assert [column.group for column in table.band.columns if column.group] == ["police", "local_government", "resident"]
    assert _column(table, "municipality") == ["Are vald"]
    assert _column(table, "attendees") == ["19"]


def test_a_place_named_once_for_a_block_of_rows_holds_for_all_of_them() -> None:
    table = _only(
        draw("""
Koht        | Kokku lepitud | Tegevus  | Vastutaja | Tähtaeg
Are vald    | 2016-09-29    | Künnis   | KOV       | 2016-12-01
            | 2016-09-29    | Valgusti | KOV       | 2016-12-01
Koonga vald | 2016-12-01    | Talgud   | elanik    | 2017-05-01
""")
    )
    assert _column(table, "place") == ["Are vald", "Are vald", "Koonga vald"]


def test_a_blank_place_is_not_filled_in_where_others_are_typed_again_and_again() -> None:
    table = _only(
        draw("""
Koht     | Kokku lepitud | Tegevus  | Vastutaja | Tähtaeg
Are vald | 2016-09-29    | Künnis   | KOV       | 2016-12-01
Are vald | 2016-09-29    | Valgusti | KOV       | 2016-12-01
         | 2016-12-01    | Talgud   | elanik    | 2017-05-01
""")
    )
    assert _column(table, "place") == ["Are vald", "Are vald", ""]


def test_lists_of_choices_and_telephones_are_no_records() -> None:
    choices = """
Staatus | Osapool
tehtud  | KOV
töös    | politsei
"""
    telephones = """
Nimi          | Telefon  | Asutus
Mari Maasikas | 50000001 | Are vald
"""
    stations = """
Nimi          | Ametikoht            | Jaoskond | Telefon
Mari Maasikas | piirkonnapolitseinik | Pärnu    | 50000001
"""
    assert locate_tables(draw(stations)) == []
    assert locate_tables(draw(choices)) == []
    assert locate_tables(draw(telephones)) == []


def test_an_empty_sheet_has_no_table() -> None:
    assert locate_tables(Sheet("f.xlsx", "Leht1", [])) == []
    assert locate_tables(draw("ainult juhised")) == []


def test_tables_side_by_side_are_two(linked: Callable[..., Records]) -> None:
    records = linked("""
Turvalisuse arutelu – Are vald
Pärnumaa, 29.09.2016

Teema nr | Teema  | Algataja | Punktid |  | Jrk | Tegevus | Vastutaja | Tähtaeg
1        | Kiirus | elanik   | 12      |  | 1   | Künnis  | KOV       | 2016-12-01
2        | Noored | elanik   | 3       |  | 2   | Talgud  | elanik    | 31.02.2017
""")
    assert [row["title"] for row in records.rows["topics"]] == ["Kiirus", "Noored"]
    assert [row["action"] for row in records.rows["actions"]] == ["Künnis", "Talgud"]
    assert {row["municipality_code"] for table in ("topics", "actions") for row in records.rows[table]} == {"0809"}


def test_an_issue_in_the_right_hand_table_has_the_address_its_owner_sees(load: Callable[..., Delivery]) -> None:
    found = load("""
Teema nr | Teema  | Algataja | Punktid |  | Jrk | Tegevus | Vastutaja | Tähtaeg
1        | Kiirus | elanik   | 12      |  | 1   | Künnis  | KOV       | 31.02.2017
""")
    assert [(issue.cell, issue.rule) for issue in found.issues] == [("I2", "unreadable-date")]


def test_a_form_of_labels_and_values_is_one_discussion_for_the_table_below(linked: Callable[..., Records]) -> None:
    records = linked("""
ARUTELU PROTOKOLL
Koht:       | Are vald
Kuupäev:    | 29.09.2016
Kell:       | 17.00–20:00
Meetod:     | avatud ruum
Osalejaid:  | ca 19

Teema nr | Teema  | Punktid
1        | Kiirus | 12
""")
    (discussion,) = records.rows["discussions"]
    assert (discussion["attendees"], discussion["method"], discussion["municipality_code"]) == (
        19,
        "open_space",
        "0809",
    )
    assert records.rows["topics"][0]["discussion_id"] == discussion["discussion_id"]


def test_a_sheet_on_its_side_is_read_with_addresses_as_typed(load: Callable[..., Delivery]) -> None:
    found = load("""
Kuupäev          | 2016-09-29 | 31.02.2016
Toimumiskoht     | Ares       | Koongas
Meetod           | AR         | ümarlaud
Osalejaid        | 19         | 25
""")
    assert [draft.values["attendees"] for draft in found.drafts] == [19, 25]
    assert [(issue.cell, issue.rule) for issue in found.issues] == [("C1", "unreadable-date")]


def test_a_title_among_the_rows_names_the_discussion_of_those_below_it(linked: Callable[..., Records]) -> None:
    records = linked("""
Jrk | Teema  | Algataja | Punktid
Are vald, 29.09.2016
1   | Kiirus | elanik   | 12
2   | Noored | elanik   | 3
Koonga vald, 01.12.2016
1   | Kiirus | elanik   | 7
""")
    assert [row["municipality_code"] for row in records.rows["topics"]] == ["0809", "0809", "0430"]
    assert len({row["discussion_id"] for row in records.rows["topics"]}) == 2


def test_a_repeated_header_under_a_title_begins_a_block_of_its_own(linked: Callable[..., Records]) -> None:
    records = linked("""
Are vald, 29.09.2016
Teema  | Algataja | Punktid
Kiirus | elanik   | 12

Koonga vald, 01.12.2016
Teema  | Algataja | Punktid
Kiirus | elanik   | 7
""")
    assert [row["municipality_code"] for row in records.rows["topics"]] == ["0809", "0430"]


def test_a_column_with_an_unknown_header_is_told_by_its_values_and_said_so(load: Callable[..., Delivery]) -> None:
    found = load("""
Jrk | Tegevus  | Tähtaeg    | Xyz
1   | Künnis   | 2016-12-01 | tehtud
2   | Valgusti | 2016-12-01 | töös
3   | Talgud   | 2017-05-01 | edasi lükatud
""")
    assert [draft.values["status"] for draft in found.drafts] == ["done", "in_progress", "postponed"]
    assert [(issue.cell, issue.rule) for issue in found.issues] == [("D1", "header-by-values")]


def test_a_row_with_nothing_but_its_title_is_a_record_and_a_remark_below_is_not() -> None:
    table = _only(
        draw("""
Teema  | Algataja | Punktid
Kiirus | elanik   | 12
Noored |          |
Prügi  | elanik   | 3

Punktid andsid osalejad
""")
    )
    assert _kinds(table) == ["data", "data", "data", "blank", "note"]


def test_tables_of_different_length_beside_each_other_keep_their_columns(linked: Callable[..., Records]) -> None:
    records = linked("""
Kuupäev    | Omavalitsus | Küla          | Algas | Osalejaid
18.11.2015 | Viimsi vald | Randvere küla | 18.00 | 27

Kes kohal olid |       |  | Millest räägiti |                |             |
Grupp          | Arv   |  | Nr              | Teema          | Algataja    | Punktid
politsei       | 3     |  | 1               | Kihutajad teel | külarahvas  | 14
vald           | 2     |  | 2               | Pime rada      | külarahvas  | 9
elanikud       | 22    |  |                 |                |             |
kokku          | 27    |  |                 |                |             |
""")
    assert [row["title"] for row in records.rows["topics"]] == ["Kihutajad teel", "Pime rada"]
    assert {row["group"]: row["attendees"] for row in records.rows["attendance"]} == {
        "police": 3,
        "local_government": 2,
        "resident": 22,
    }
    (discussion,) = records.rows["discussions"]
    tables = ("topics", "attendance")
    assert {row["discussion_id"] for table in tables for row in records.rows[table]} == {discussion["discussion_id"]}


def test_an_empty_column_inside_a_table_parts_nothing() -> None:
    table = _only(
        draw("""
Jrk | Tegevus  | Vastutaja | Tähtaeg    |  | Staatus | Märkused
1   | Künnis   | KOV       | 2016-12-01 |  | töös    |
2   | Valgusti | KOV       | 2016-12-01 |  |         | ootab
""")
    )
    assert _column(table, "status") == ["töös", ""]


def test_a_month_among_the_rows_is_no_discussion_and_completes_their_days(linked: Callable[..., Records]) -> None:
    records = linked("""
Tori valla kohtumised
Päev   | Kell  | Küla       | Osalejaid
Veebruar 2019
21.02. | 18.00 | Are alevik | 15
28     | 18.00 | Sindi linn | 11
Märts 2019
7.03.  | 17.30 | Sindi linn | 26
""")
    days = [f"{row['held_on']:%d.%m.%Y}" for row in records.rows["discussions"]]
    assert days == ["21.02.2019", "28.02.2019", "07.03.2019"]


def test_those_below_a_line_of_absentees_were_not_there(linked: Callable[..., Records]) -> None:
    records = linked("""
Are vald, 29.09.2016
   | Nimi           | Grupp
1. | Mari Maasikas  | elanik
Lubasid tulla, aga ei saanud:
2. | Juhan Juurikas | politsei

Kohal olid ka:
3. | Kaie Kask      | elanik
""")
    assert [row["is_absent"] for row in records.rows["attendance"]] == [False, True, False]


def test_persons_below_a_line_of_their_group_belong_to_it(linked: Callable[..., Records]) -> None:
    records = linked("""
Are vald, 29.09.2016
Nr | Nimi           | Asutus       | Avaring
Politsei:
1  | Mari Maasikas  | PPA          | jah
KOV:
2  | Juhan Juurikas | Vallavalitsus | jah
   | Kogukond       |              |
3  | Kaie Kask      |              | ei
""")
    groups = [row["group"] for row in records.rows["attendance"]]
    assert groups == ["police", "local_government", "resident"]


def test_a_planned_register_tells_of_days_to_come(linked: Callable[..., Records]) -> None:
    records = linked("""
Kohtumiste plaan 2025
Koht     | Millal     | Meetod
Are vald | 15.04.2025 | ümarlaud
""")
    (found,) = records.rows["discussions"]
    assert (found["status"], found["held_on"], str(found["planned_on"])) == ("planned", None, "2025-04-15")


def test_a_plan_with_its_outcome_tells_of_what_was_held(linked: Callable[..., Records]) -> None:
    records = linked("""
Planeeritud ja toimunud arutelud 2025
Koht     | Millal     | Osalejaid
Are vald | 15.04.2025 |
""")
    assert records.rows["discussions"][0]["status"] == "held"


def test_the_day_of_a_state_is_not_the_day_of_the_agreement(linked: Callable[..., Records]) -> None:
    records = linked("""
Are vald - kokkulepped turvalisuse arutelult 25.08.2016
Olukord: 30.09.2016

Jrk | Tegevus | Vastutaja | Tähtaeg    | Staatus
1   | Künnis  | KOV       | 2016-12-01 | töös
""")
    (found,) = records.rows["actions"]
    assert (str(found["agreed_on"]), str(found["reported_on"])) == ("2016-08-25", "2016-09-30")


def test_a_header_that_ends_in_a_bracket_names_no_place(linked: Callable[..., Records]) -> None:
    records = linked("""
Встреча 20.03.2019, Силламяэ
№ | Имя           | Группа | В скольких группах был(а)
1 | Mari Maasikas | житель | 2
""")
    (found,) = records.rows["discussions"]
    assert (str(found["held_on"]), found["municipality_code"], found["place"]) == ("2019-03-20", "0735", "Силламяэ")


def test_the_programme_and_the_method_may_stand_in_the_title_only(linked: Callable[..., Records]) -> None:
    records = linked("""
Turvaline kodukant: avatud ruum Nõos, 11.10.2018

Teema | Algataja | Punktid
Kiirus | elanik  | 12
""")
    (found,) = records.rows["discussions"]
    assert (found["programme"], found["method"], found["place"]) == ("turvaline_kodukant", "open_space", "Nõos")


def test_a_row_whose_words_could_be_headers_goes_on_with_its_table() -> None:
    sheet = draw("""
Valla turvalisuse tegevuskava (arutelu 17.02.2022)

Teema   | Tegevus                     | Kes vastutab   | Valmis hiljemalt | Seis       |
        |                             |                |                  | 30.06.2022 | 31.12.2022
Liiklus | Kiirusetabloo külateele     | Transpordiamet | 30.11.2022       | alustamata | tehtud
        | Lasteaia ülekäigu märgistus | vald           | august 2022      | töös       | tehtud
Eakad   | Vinguandurite paigaldus     | pääste         | IV kvartal       | töös       | osaliselt
""")
    (table,) = locate_tables(replace(sheet, merges=((5, 1, 6, 1), (3, 5, 3, 6))))
    assert [row.kind for row in table.rows] == ["data"] * 3
