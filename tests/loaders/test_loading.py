"""Sheets as records: what each dataset takes from them and which issues it names, at the cell as Excel names it."""

from collections.abc import Callable
from datetime import date

import pytest

from kodukant_analysis.loaders.linking import Records
from kodukant_analysis.loaders.sheets import Sheet
from kodukant_analysis.loaders.workbook import Delivery, load_sheets
from kodukant_analysis.privacy import PersonKeys

Load = Callable[..., Delivery]
Linked = Callable[..., Records]

REGISTER = """
Arutelu nr | Kuupäev    | Kellaaeg    | Koht     | Meetod | Osalejaid | Staatus | Piirkonnapolitseinik
7          | 2016-09-29 | 17.00–20:00 | Ares     | AR     | ca 19     | toimus  | Mari Maasikas
8          | 2016-12-01 |             | Koongas  | AR     |           | kavas   | Jaan Jõhvikas
"""


def _issues(delivery: Delivery) -> list[tuple[str, str]]:
    return sorted((issue.cell, issue.rule) for issue in delivery.issues)


def test_a_register_gives_discussions_held_and_planned(linked: Linked) -> None:
    held, planned = linked(REGISTER).rows["discussions"]
    assert (held["status"], held["held_on"], held["planned_on"]) == ("held", date(2016, 9, 29), None)
    assert (held["attendees"], held["is_attendees_approximate"], held["method"]) == (19, True, "open_space")
    assert (held["municipality_code"], held["municipality_code_then"], held["prefecture"]) == ("0809", "0149", "Lääne")
    assert (planned["status"], planned["held_on"], planned["planned_on"]) == ("planned", None, date(2016, 12, 1))


def test_an_officer_is_a_pseudonym_and_the_name_is_nowhere(linked: Linked) -> None:
    records = linked(REGISTER)
    keys = {row["lead_officer_key"] for row in records.rows["discussions"]}
    assert len(keys) == 2
    assert "Maasikas" not in str(records.rows)


def test_an_unreadable_date_is_named_as_excel_names_it(load: Load) -> None:
    found = load("""
Jrk | Tegevus          | Tähtaeg    | Staatus | Vastutaja
1   | Valgusti parkla  | 31.02.2024 | töös    | KOV
""")
    assert _issues(found) == [("C2", "unreadable-date")]


def test_an_action_keeps_what_was_typed_beside_what_it_means(linked: Linked) -> None:
    (action,) = linked("""
Seisuga 31.12.2016
Jrk | Tegevus | Vastutaja         | Kokku lepitud | Tähtaeg   | Olek          | Valmidus % | Täidetud kp
1   | Künnis  | politsei/KOV      | 2016-09-29    | II kv 2017 | EDASI LÜKATUD | 25%        |
""").rows["actions"]
    assert (action["status"], action["status_as_typed"]) == ("postponed", "EDASI LÜKATUD")
    assert (action["due_on"], action["due_kind"], action["due_as_typed"]) == (
        date(2017, 6, 30),
        "period_end",
        "II kv 2017",
    )
    assert (action["owners"], action["sectors"]) == ("local_government|police", "local_government|police")
    assert (action["progress_share"], action["reported_on"]) == (0.25, date(2016, 12, 31))


def test_an_action_done_before_it_was_agreed_is_named(load: Load) -> None:
    found = load("""
Tegevus | Vastutaja | Kokku lepitud | Staatus | Täidetud kp
Künnis  | KOV       | 2016-09-29    | tehtud  | 2016-09-01
""")
    assert _issues(found) == [("E2", "closed-before-opened")]


def test_a_person_as_owner_is_masked_and_named_as_an_issue(load: Load) -> None:
    found = load("""
Tegevus                      | Vastutaja           | Tähtaeg
Künnis (küsida Mari Maasikas) | Jaan Jõhvikas (KOV) | 2016-12-01
Valgusti                      | Mari Maasikas       | 2016-12-01
""")
    first, second = (draft.values for draft in found.drafts)
    assert first["action"] == "Künnis (küsida ***)"
    assert (first["owners"], second["owners"]) == ("local_government", "unmapped")
    assert _issues(found) == [(cell, "personal-data-in-text") for cell in ("A2", "B2", "B3")]
    assert "Maasikas" not in str(found.issues)
    assert "Jõhvikas" not in str(found.issues)


def test_the_names_of_a_list_are_found_again_in_any_case_form_elsewhere(load: Load) -> None:
    attendance = """
Nimi               | Osapool | Avaring
Nipitiri Kuusekäbi | elanik  | jah
"""
    topics = """
Teema nr | Teema                     | Punktid
1        | Mure Kuusekäbile kuuluva koeraga | 5
"""
    found = load(attendance, topics)
    assert [draft.values["title"] for draft in found.drafts if draft.dataset == "topics"] == [
        "Mure *** kuuluva koeraga"
    ]


def test_a_person_counts_once_and_an_absent_one_is_kept_apart(linked: Linked) -> None:
    present, absent = linked("""
Nimi           | Osapool   | Kohalolek | Avaring | Lõpuring | Mitmes grupis osales
Mari Maasikas  | konstaabel | kohal    | +       | -        | 3
Maasikas Mari  | elanik    | puudus    | -       | -        | 0
""").rows["attendance"]
    assert (present["attendees"], present["group"], present["sector"]) == (1, "police", "police")
    assert (present["in_opening_ring"], present["in_closing_ring"], present["discussion_groups"]) == (True, False, 3)
    assert (present["is_absent"], absent["is_absent"]) == (False, True)
    assert present["person_key"] == absent["person_key"]


def test_groups_counted_beside_a_discussion_are_attendance_too(linked: Linked) -> None:
    records = linked("""
Maakond  | Toimumiskoht | Kuupäev    | Meetod | Osalejad |     |          |
         |              |            |        | PPA      | KOV | Kogukond | Kokku
Pärnumaa | Are vald     | 2016-09-29 | AR     | 5        |     | ligi 11  | 16
""")
    (discussion,) = records.rows["discussions"]
    groups = {row["group"]: (row["attendees"], row["is_approximate"]) for row in records.rows["attendance"]}
    assert groups == {"police": (5, False), "resident": (11, True)}
    assert {row["discussion_id"] for row in records.rows["attendance"]} == {discussion["discussion_id"]}


def test_topics_have_a_category_by_their_stems_and_a_next_step(linked: Linked) -> None:
    speed, youth = linked("""
Teema nr | Teema                    | Algataja  | Punktid | Pingerida | Mis edasi saab
1        | Kihutajad kooli juures   | külavanem | 12      | 1.        | läheb tegevuskavasse
2        | Noored joovad pargis     | elanik    | 3       | 2         |
""").rows["topics"]
    assert (speed["category"], speed["raised_by"], speed["rank"], speed["next_step"]) == (
        "traffic_speed",
        "village_elder",
        1,
        "action",
    )
    assert (youth["category"], youth["next_step"]) == ("youth", "missing")


def test_a_block_heading_tells_all_rows_below_their_discussion(linked: Linked) -> None:
    heading = """
Turvalisuse arutelu – Are vald
Pärnumaa, 29.09.2016

Teema nr | Teema  | Punktid
1        | Kiirus | 12
"""
    records = linked(REGISTER, heading)
    assert records.rows["topics"][0]["discussion_id"] == records.rows["discussions"][0]["discussion_id"]
    assert records.rows["topics"][0]["municipality_code"] == "0809"
    assert len(records.rows["discussions"]) == 2


def test_a_discussion_that_no_register_names_is_told_once_by_its_attendance(linked: Linked) -> None:
    records = linked("""
Arutelu nr | Kuupäev    | Vald     | Sihtrühm | Arv
TK-1       | 2016-09-29 | Are vald | politsei | 2
TK-1       | 2016-09-29 | Are vald | elanik   | 9
""")
    (implied,) = records.rows["discussions"]
    assert (implied["status"], implied["held_on"]) == ("held", date(2016, 9, 29))


def test_a_topic_given_by_its_title_is_found_by_its_actions(linked: Linked) -> None:
    topics = """
Arutelu nr | Teema nr | Teema                  | Punktid
7          | 1        | Kihutajad kooli juures | 12
"""
    actions = """
Arutelu nr | Teema                   | Tegevus | Vastutaja
7          | Kihutajad  kooli juures | Künnis  | KOV
"""
    records = linked(REGISTER, topics, actions)
    assert records.rows["actions"][0]["topic_id"] == records.rows["topics"][0]["topic_id"]


def test_the_same_action_in_two_deliveries_keeps_its_name(linked: Linked) -> None:
    plan = """
Arutelu nr | Tegevus | Vastutaja | Staatus | Seisuga
7          | Künnis  | KOV       | töös    | 2016-12-31
7          | Künnis  | KOV       | tehtud  | 2017-06-30
7          | Talgud  | elanik    | töös    | 2016-12-31
"""
    actions = linked(REGISTER, plan).rows["actions"]
    assert actions[0]["action_id"] == actions[1]["action_id"] != actions[2]["action_id"]


def test_a_place_that_contradicts_its_prefecture_wins(load: Load) -> None:
    found = load(
        """
Kuupäev    | Prefektuur          | Koht     | Meetod
2016-09-29 | Западная префектура | Jõhvi    | AR
2016-09-30 | LP                  | Jõhvi    | AR
""",
        file="arutelud.xlsx",
    )
    assert _issues(found)[:2] == [("B2", "prefecture-conflict"), ("B3", "prefecture-undecidable")]
    assert {draft.values["prefecture"] for draft in found.drafts} == {"Ida"}


def test_an_ambiguous_place_is_named_and_resolved_no_further_than_certain(load: Load) -> None:
    found = load("""
Kuupäev    | Maakond  | Koht   | Meetod
2016-05-19 | Pärnumaa | Vändra | AR
""")
    assert _issues(found) == [("C2", "ambiguous-place")]
    (draft,) = found.drafts
    assert (draft.values["municipality_code"], draft.values["municipality_code_then"]) == ("0638", None)


@pytest.mark.parametrize(
    ("title", "file"),
    [
        ("Tori valla kohtumised", "a.csv"),
        ("Vald: Tori vald", "a.csv"),
        ("Kohtumised", "Lääne/Tori_valla kohtumised.csv"),
    ],
)
def test_the_municipality_in_the_title_settles_which_village_of_a_name_is_meant(
    load: Load, title: str, file: str
) -> None:
    found = load(f"{title}\n\nKuupäev | Küla | Meetod\n2019-02-28 | Suigu küla | AR", file=file)
    (draft,) = found.drafts
    assert (draft.values["municipality_code"], draft.values["place_code"]) == ("0809", "7776")
    assert _issues(found) == []


def test_a_municipality_in_the_title_without_such_a_village_settles_nothing(load: Load) -> None:
    found = load("Saue valla kohtumised\n\nKuupäev | Küla | Meetod\n2019-02-28 | Suigu küla | AR", file="a.csv")
    assert _issues(found) == [("B4", "ambiguous-place")]
    assert found.drafts[0].values["municipality_code"] is None


def test_every_row_of_every_table_is_accounted_for(load: Load) -> None:
    (account,) = load("""
Jrk | Tegevus | Vastutaja | Tähtaeg
1   | Künnis  | KOV       | 2016-12-01
2   |         | KOV       | 2016-12-01

Kokku | | |
""").accounts
    assert (account.rows_read, account.rows_kept, account.rows_set_aside, account.rows_skipped) == (4, 1, 1, 2)


def test_a_sheet_without_a_known_table_is_listed_and_not_guessed(load: Load) -> None:
    found = load("Juhised\nTäida leht")
    assert [(account.dataset, account.rows_skipped) for account in found.accounts] == [("", 2)]
    assert [issue.rule for issue in found.issues] == ["table-not-recognised"]


def test_people_counted_by_group_in_rows_and_discussion_in_columns_are_attendance(linked: Linked) -> None:
    records = linked("""
Osapool  | Are vald 29.09.2016 | Koonga 01.12.2016 | Kokku
politsei | 5                   | 2                 | 7
KOV      | 3                   |                   | 3
elanikud | ca 11               | 8                 | 19
Kokku    | 19                  | 10                | 29
""")
    counted = {(row["held_on"], row["municipality_code"]): row["discussion_id"] for row in records.rows["discussions"]}
    assert set(counted) == {(date(2016, 9, 29), "0809"), (date(2016, 12, 1), "0430")}
    found = {(row["discussion_id"], row["group"]): row["attendees"] for row in records.rows["attendance"]}
    are = counted[date(2016, 9, 29), "0809"]
    assert {group: count for (name, group), count in found.items() if name == are} == {
        "police": 5,
        "local_government": 3,
        "resident": 11,
    }
    assert len(found) == 5


def test_owners_marked_in_columns_of_their_own_are_owners(linked: Linked) -> None:
    actions = linked("""
Tegevus  | Politsei | KOV | Kogukond | Tähtaeg
Künnis   |          | x   |          | 2016-12-01
Valgusti | x        | x   |          | 2016-12-01
Talgud   |          |     | +        | 2017-05-01
""").rows["actions"]
    assert [row["owners"] for row in actions] == ["local_government", "local_government|police", "resident"]


def test_those_listed_under_absent_are_kept_apart(linked: Linked) -> None:
    rows = linked("""
Nimi             | Kuupäev    | Koht | Osapool
Mari Maasikas    | 2016-09-29 | Are  | elanik
Puudusid:
Jaan Jõhvikas    | 2016-09-29 | Are  | KOV
""").rows["attendance"]
    assert [(row["group"], row["is_absent"]) for row in rows] == [("resident", False), ("local_government", True)]


def test_a_group_marked_in_a_column_of_its_own_is_the_group_of_the_person(linked: Linked) -> None:
    rows = linked("""
Nimi          | Kuupäev    | Koht | Politsei | KOV | Elanik
Mari Maasikas | 2016-09-29 | Are  |          |     | x
Jaan Jõhvikas | 2016-09-29 | Are  | x        |     |
""").rows["attendance"]
    assert [(row["group"], row["attendees"]) for row in rows] == [("resident", 1), ("police", 1)]


def test_a_venue_beside_the_place_does_not_hide_it(linked: Linked) -> None:
    (discussion,) = linked("""
Kuupäev    | Toimumiskoht               | Meetod | Osalejaid | Staatus
2019-09-26 | Kaiu rahvamaja, Rapla vald | AR     | 12        | toimus
""").rows["discussions"]
    assert (discussion["municipality_code"], discussion["place"]) == ("0668", "Kaiu rahvamaja, Rapla vald")


def test_the_day_of_a_report_is_read_from_the_line_above_the_table(linked: Linked) -> None:
    (action,) = linked("""
Tegevuskava, seisuga 31.12.2018
Jrk | Tegevus                | Vastutaja | Tähtaeg    | Staatus
1   | Valgusti bussipeatusse | KOV       | 01.05.2019 | töös
""").rows["actions"]
    assert action["reported_on"] == date(2018, 12, 31)


def test_a_state_that_cannot_be_read_leaves_the_discussion_neither_held_nor_lost(load: Load, linked: Linked) -> None:
    sheet = REGISTER.replace("| toimus", "| roheline")
    assert [issue.rule for issue in load(sheet).issues] == ["unknown-discussion-status"]
    first = linked(sheet).rows["discussions"][0]
    assert (first.get("status"), first["held_on"], first["planned_on"]) == (None, None, date(2016, 9, 29))


def test_a_list_of_names_with_organisation_and_role_is_attendance(linked: Linked) -> None:
    (row,) = linked("""
Nimi          | Asutus       | Roll
Mari Maasikas | Pipari OÜ    | ettevõtja
""").rows["attendance"]
    assert (row["group"], row["attendees"]) == ("business", 1)


def test_an_exact_header_outranks_one_that_is_only_like_it(linked: Linked) -> None:
    (discussion,) = linked("""
Planeeritud osalejate arv | Järgmise arutelu kuupäev | Kuupäev    | Vald       | Osalejate arv
40                        | 2017-03-01               | 2016-10-01 | Koeru vald | 12
""").rows["discussions"]
    assert (discussion["held_on"], discussion["attendees"]) == (date(2016, 10, 1), 12)


def test_a_header_only_like_a_field_leaves_it_to_the_exact_one(linked: Linked) -> None:
    (discussion,) = linked("""
Toimumise kuupäeva kinnitus | Kuupäev    | Vald       | Osalejaid
kinnitatud                  | 2016-10-01 | Koeru vald | 12
""").rows["discussions"]
    assert discussion["held_on"] == date(2016, 10, 1)


def test_two_places_of_one_municipality_in_one_register_are_two_discussions(linked: Linked) -> None:
    rows = linked("""
Kuupäev    | Vald       | Toimumiskoht   | Osalejaid | Staatus
2019-10-01 | Koeru vald | Pikksaare maja | 12        | toimus
2019-10-01 | Koeru vald | Lühisaare maja | 15        | toimus
""").rows["discussions"]
    assert [row["attendees"] for row in rows] == [12, 15]


def test_two_municipalities_of_then_that_are_one_today_are_two_discussions(linked: Linked) -> None:
    rows = linked("""
Kuupäev    | Vald       | Osalejaid | Staatus
2016-10-01 | Tori vald  | 12        | toimus
2016-10-01 | Sauga vald | 15        | toimus
""").rows["discussions"]
    assert [(row["municipality_code"], row["attendees"]) for row in rows] == [("0809", 12), ("0809", 15)]


def test_presence_that_cannot_be_read_is_neither_present_nor_absent(linked: Linked) -> None:
    rows = linked("""
Nimi          | Osapool | Kohalolek
Mari Maasikas | elanik  | haige
Jaan Jõhvikas | elanik  | sinine
Tiit Pihlakas | elanik  | х
""").rows["attendance"]
    assert [(row["is_absent"], row["attendees"]) for row in rows] == [(True, 1), (None, None), (False, 1)]


@pytest.mark.parametrize(
    ("typed", "status"),
    [
        ("tehtud", "done"),
        ("saab tehtud augustis", None),
        ("будет сделано", None),
        ("tehtud 50%", "partial"),
        ("pooleldi tehtud", "partial"),
        ("ei ole tehtud", "not_started"),
        ("снято с контроля", "done"),
    ],
)
def test_only_what_is_done_counts_as_done(linked: Linked, typed: str, status: str | None) -> None:
    (action,) = linked(f"""
Jrk | Tegevus                | Vastutaja | Staatus
1   | Valgusti bussipeatusse | KOV       | {typed}
""").rows["actions"]
    assert action["status"] == status


def test_a_person_in_the_name_of_a_file_or_sheet_is_masked_and_named(keys: PersonKeys) -> None:
    cells = [["Tegevus", "Vastutaja", "Staatus"], ["Künnis", "KOV", "töös"]]
    found = load_sheets([Sheet("***.xlsx", "Mari Maasikas", cells)], "***.xlsx", keys)
    assert {draft.sheet for draft in found.drafts} == {"***"}
    assert [(issue.source_sheet, issue.rule) for issue in found.issues] == [
        ("", "personal-data-in-name"),
        ("***", "personal-data-in-name"),
    ]


def test_a_surname_in_the_name_of_the_file_is_masked_in_the_names_of_its_sheets_and_in_text(keys: PersonKeys) -> None:
    cells = [["Tegevus", "Vastutaja", "Staatus"], ["Künnis, küsida Tillinastikult", "KOV", "töös"]]
    typed = "Lääne/konstaabel Leelo Tillinastik 2020.xlsx"
    found = load_sheets([Sheet("Lääne/***.xlsx", "Tillinastik kohtumised", cells)], "Lääne/***.xlsx", keys, typed)
    assert {draft.sheet for draft in found.drafts} == {"*** kohtumised"}
    assert "Tillinastik" not in str(found)


def test_a_person_in_a_header_is_masked_in_the_account_and_in_issues(load: Load) -> None:
    found = load("""
Jrk | Tegevus          | Staatus | Mari Maasikas
1   | Künnis, Jaan Murakas | töös    | helistada 5000 0355
""")
    assert "personal-data-in-text" in [issue.rule for issue in found.issues]
    assert "Maasikas" not in str(found.accounts) + str(found.issues)


def test_a_header_of_a_plan_or_of_another_day_is_not_what_was_held(linked: Linked) -> None:
    (discussion,) = linked("""
Kuupäev    | Vald       | Planeeritud osalejate arv | Järgmise arutelu kuupäev | Staatus
2016-10-01 | Koeru vald | 40                        | 2017-03-01               | toimus
""").rows["discussions"]
    assert (discussion["held_on"], discussion.get("attendees")) == (date(2016, 10, 1), None)


def test_a_header_over_several_columns_names_none_of_them(linked: Linked) -> None:
    (discussion,) = linked("""
Kuupäev    | Toimumiskoht |            | Osalejaid
           | Indeks       | Vald       |
2019-10-01 | 73001        | Koeru vald | 12
""").rows["discussions"]
    assert discussion["place"] == "Koeru vald"


def test_namesakes_are_told_apart_where_a_list_tells_them_apart(load: Load) -> None:
    sheet = """
Nimi          | Isikukood   | Grupp    | Telefon
Mari Maasikas | 18501010000 | elanik   | 5000355
Mari Maasikas | 28501026502 | elanik   | 5000356
mari maasikas | 18501010000 | politsei |
Jaan Murakas  | 18501010231 | elanik   |
Jaan Murakas  |             | elanik   |
"""
    one, other, again, jaan, unsure = (draft.values["person_key"] for draft in load(sheet).drafts)
    assert one == again != other
    assert jaan == unsure
    alone = load(sheet.replace("28501026502", "18501010000")).drafts
    assert len({draft.values["person_key"] for draft in alone[:3]}) == 1


def test_a_programme_named_beside_any_label_is_that_of_the_discussion(linked: Linked) -> None:
    records = linked(
        """
        Osalejate nimekiri

        Arutelu:  | Turvaline kodukant
        Kuupäev:  | 2022-05-11
        Vald:     | Rae vald

        Nimi          | Grupp
        Mari Maasikas | elanik
        """
    )
    assert {row["programme"] for row in records.rows["discussions"]} == {"turvaline_kodukant"}


def test_each_respondent_was_asked_in_the_days_that_the_row_tells(linked: Linked) -> None:
    records = linked(
        """
        Vastaja ID | Laine | Küsitluse algus | Küsitluse lõpp | Regioon   | Küsimus                 | Vastus
        1          | 2019  | 04.03.2019      | 29.03.2019     | Põhja-Eesti | Usaldus politsei vastu | Usaldan täiesti
        2          | 2020  | 02.03.2020      | 27.03.2020     | Põhja-Eesti | Usaldus politsei vastu | Pigem usaldan
        """
    )
    days = [(row["fielded_from"], row["fielded_to"]) for row in records.rows["answers"]]
    assert days == [(date(2019, 3, 4), date(2019, 3, 29)), (date(2020, 3, 2), date(2020, 3, 27))]


def test_a_row_that_is_half_an_example_is_counted_and_named(load: Load) -> None:
    found = load("""
Kuupäev    | Koht           | Grupp  | Osalejaid | Asutus
12.10.2016 | Paikuse vald   | elanik | 5         | Näide: Seljametsa külaselts
""")
    assert len(found.drafts) == 1
    assert [(issue.cell, issue.rule) for issue in found.issues] == [("E2", "example-left")]
