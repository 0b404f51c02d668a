"""Lists of persons: which columns and rows tell the group of each, however the list is laid out."""

from collections.abc import Callable
from datetime import date

from kodukant_analysis.loaders.workbook import Delivery

Load = Callable[..., Delivery]


def _groups(delivery: Delivery) -> list[str]:
    return [draft.values["group"] for draft in delivery.drafts if draft.dataset == "attendance"]


def _issues(delivery: Delivery) -> list[tuple[str, str]]:
    return sorted((issue.cell, issue.rule) for issue in delivery.issues)


def test_a_sign_in_sheet_has_its_groups_as_rows_and_its_meeting_in_the_title(load: Load) -> None:
    found = load("""
REGISTREERIMISLEHT
Turvalisuse ümarlaud, Keila linn, 22.02.2017

Jrk | Nimi           | Asutus              | Telefon   | Allkiri
POLITSEI
1   | Mari Maasikas  | PPA                 | 5000 8206 |
KOV
2   | Jaan Jõhvikas  | Keila Linnavalitsus |           |
KOGUKOND
3   | Peep Pihlakas  |                     |           |
4   | Leo Leib       | Kivinõmm            |           |
    | Kokku          | 4                   |           |
""")
    assert _groups(found) == ["police", "local_government", "resident", "resident"]
    assert {(draft.day, draft.values["municipality_code"]) for draft in found.drafts} == {(date(2017, 2, 22), "0296")}
    assert not _issues(found)


def test_who_signed_is_of_the_group_of_the_organisation_or_of_none_that_is_known(load: Load) -> None:
    found = load("""
Turvalisuse arutelu Keila linnas 22.02.2017
Nr | Ees- ja perekonnanimi | Organisatsioon      | Allkiri
1  | Mari Maasikas         | Päästeamet          |
2  | Jaan Jõhvikas         | Keila Linnavalitsus |
3  | Peep Pihlakas         | Kivinõmm            |
4  | Leo Leib              |                     |
""")
    assert _groups(found) == ["rescue", "local_government", "unmapped", "unmapped"]
    assert _issues(found) == [("B2", "ungrouped-persons"), ("C5", "unknown-group")]


def test_a_list_of_contacts_is_no_list_of_who_came(load: Load) -> None:
    contacts = load("""
Kontaktid
Nr | Nimi          | Asutus | Telefon
1  | Mari Maasikas | PPA    | 5000 8206
""")
    assert not contacts.drafts


def test_those_who_signed_for_something_else_are_left_out(load: Load) -> None:
    course = """
Koolituse osalejad
Nr | Nimi          | Asutus | Allkiri
1  | Mari Maasikas | Kivinõmm |
2  | Jaan Jõhvikas | Rimi   |
"""
    assert not load(course, file="muu/koolitus.xlsx").drafts


def test_an_office_that_is_not_known_leaves_the_group_to_the_organisation(load: Load) -> None:
    found = load("""
Turvaline kodukant, Rae vald, 11.05.2022
Nimi          | Asutus       | Roll
Mari Maasikas | Päästeamet   | ennetustöö spetsialist
Jaan Jõhvikas | Rae Vallavalitsus | külavanem
Peep Pihlakas | Päästeamet   | endine töötaja
Leo Leib      | Kivinõmm     | spetsialist
""")
    assert _groups(found) == ["rescue", "village_elder", "unmapped", "unmapped"]
    assert _issues(found) == [("C5", "unknown-group"), ("C6", "unknown-group")]


def test_a_group_that_is_typed_but_not_known_is_not_taken_from_the_organisation(load: Load) -> None:
    found = load("""
Turvaline kodukant, Rae vald, 11.05.2022
Nimi          | Asutus     | Grupp
Mari Maasikas | Päästeamet | vt nimekiri
Jaan Jõhvikas | PPA        | politsei
""")
    assert _groups(found) == ["unmapped", "police"]


def test_of_two_columns_that_may_tell_the_group_the_one_with_groups_does(load: Load) -> None:
    found = load("""
Nimi          | Keda esindate?     | Teie roll kogukonnas   | Arutelu kuupäev | Omavalitsus
Mari Maasikas | Saue Vallavalitsus | vallavalitsuse töötaja | 21.11.2018      | Saue vald
Jaan Jõhvikas |                    | elanik                 | 21.11.2018      | Saue vald
Peep Pihlakas | KÜ Tule 7          | korteriühistu esimees  | 21.11.2018      | Saue vald
Leo Leib      | Saue Gümnaasium    | õpilane                | 21.11.2018      | Saue vald
""")
    assert _groups(found) == ["local_government", "resident", "ngo_housing", "youth"]
    assert [d.values["organisation"] for d in found.drafts] == [
        "Saue Vallavalitsus",
        None,
        "KÜ Tule 7",
        "Saue Gümnaasium",
    ]


def test_how_many_working_groups_a_person_was_in_is_a_count(load: Load) -> None:
    found = load("""
Turvaline kodukant, Rae vald, 11.05.2022
Nimi          | Roll   | Mitmes töörühmas osales
Mari Maasikas | elanik | 2
Jaan Jõhvikas | elanik | 3
""")
    assert [draft.values["discussion_groups"] for draft in found.drafts] == [2, 3]


def test_those_who_raised_topics_are_groups_and_their_names_are_nowhere(load: Load) -> None:
    found = load("""
Kuupäev    | Vald          | Teema nr | Teema    | Teema algataja | Algataja grupp
09.10.2019 | Saaremaa vald | 1        | Kiirus   | Kalju Kuusk    | külavanem
09.10.2019 | Saaremaa vald | 2        | Vargused | Linda Lepp     | päästeamet
""")
    assert [draft.values["raised_by"] for draft in found.drafts] == ["village_elder", "rescue"]
    assert not _issues(found)
    assert "Kuusk" not in str(found)
