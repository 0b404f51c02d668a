"""Ordinary sheets: what titles, sections, marks and the names of sheets say of the rows, and what they do not."""

from collections.abc import Callable
from datetime import date, time

import pytest

from kodukant_analysis.loaders.drafts import Draft
from kodukant_analysis.loaders.workbook import Delivery, load_sheets
from kodukant_analysis.privacy import PersonKeys
from tests.drawing import draw

Load = Callable[..., Delivery]

PLAN = """
Jrk | Tegevus         | Vastutaja             | Tähtaeg    | Staatus
1   | Lampide vahetus | Rae vald              | 01.11.2020 | tehtud
2   | Reid            | politsei, Audru vald  | 01.11.2020 | töös
"""


def _of(delivery: Delivery, dataset: str) -> list[Draft]:
    return [draft for draft in delivery.drafts if draft.dataset == dataset]


def _issues(delivery: Delivery) -> list[tuple[str, str]]:
    return sorted((issue.cell, issue.rule) for issue in delivery.issues)


def test_people_are_counted_at_places_on_days(load: Load) -> None:
    found = load("""
Arutelude osalejate arv
Vald        | 2016-02-03 | 2016-03-16 | Kokku
Kanepi vald |            | 21         | 21
Ahja vald   | 14         | 12         | 26
Kokku       | 14         | 33         | 47
""")
    told = [(draft.row, draft.values["place"], draft.day, draft.values["attendees"]) for draft in found.drafts]
    assert told == [
        (3, "Kanepi vald", date(2016, 3, 16), 21),
        (4, "Ahja vald", date(2016, 2, 3), 14),
        (4, "Ahja vald", date(2016, 3, 16), 12),
    ]
    assert {draft.dataset for draft in found.drafts} == {"discussions"}


def test_people_are_counted_on_days_at_places(load: Load) -> None:
    found = load("""
Arutelude osalejate arv
Kuupäev    | Kanepi vald | Ahja vald | Kokku
2016-02-03 |             | 14        | 14
2016-03-16 | 21          |           | 21
""")
    told = [(draft.values["place"], draft.day, draft.values["attendees"]) for draft in found.drafts]
    assert told == [("Ahja vald", date(2016, 2, 3), 14), ("Kanepi vald", date(2016, 3, 16), 21)]


def test_what_is_counted_at_places_on_days_has_to_be_said(load: Load) -> None:
    found = load(
        """
Läbisõit km
Vald        | 2016-02-03 | 2016-03-16
Kanepi vald |            | 21
Ahja vald   | 14         |
""",
        file="Lõuna/tabel.xlsx",
    )
    assert not found.drafts


@pytest.mark.parametrize("name", ["seis 31.03.2020", "31.03.2020 seisuga", "Olukord 31.03.2020"])
def test_the_day_of_a_state_in_the_name_of_a_sheet_is_not_the_day_of_a_discussion(name: str, keys: PersonKeys) -> None:
    found = load_sheets([draw(PLAN, "Lõuna/kava.xlsx", name)], "Lõuna/kava.xlsx", keys)
    days = {(draft.values["agreed_on"], draft.values["reported_on"]) for draft in found.drafts}
    assert days == {(None, date(2020, 3, 31))}


def test_a_municipality_owns_by_its_government(load: Load) -> None:
    assert [draft.values["owners"] for draft in load(PLAN).drafts] == ["local_government", "local_government|police"]


def test_a_part_of_a_group_is_not_counted_again_in_a_long_list(load: Load) -> None:
    found = load("""
Arutelu nr | Kuupäev    | Vald       | Osapool         | Osalejaid
1/2018     | 21.02.2018 | Rõuge vald | Elanikud        | 10
1/2018     | 21.02.2018 | Rõuge vald | sh külavanemad  | 4
1/2018     | 21.02.2018 | Rõuge vald | neist noori     | 5
1/2018     | 21.02.2018 | Rõuge vald | Päästeamet      | 1
""")
    assert [(d.values["group"], d.values["attendees"]) for d in _of(found, "attendance")] == [
        ("resident", 10),
        ("rescue", 1),
    ]


@pytest.mark.parametrize("gap", ["", "\n"])
def test_the_title_of_the_next_table_is_no_group(gap: str, load: Load) -> None:
    found = load(f"""
Arutelu Vigalas 10.02.2016
Grupp    | Arv
Politsei | 3
KOV      | 0
Kokku    | 3
{gap}Teemad
Nr | Teema  | Osalejaid | Punktid
1  | Kiirus | 8         | 24
""")
    assert [d.values["group"] for d in _of(found, "attendance")] == ["police", "local_government"]
    assert len(_of(found, "topics")) == 1


def test_what_is_planned_stays_planned_whatever_its_day_and_whatever_stands_above(load: Load) -> None:
    found = load(
        """
Toimunud arutelud
Vald         | Kuupäev    | Osalejaid
Are vald     | 16.03.2016 | 15
Halinga vald | 20.04.2016 | 18

Kavandatud arutelud
Vald         | Planeeritud kuupäev | Ruum olemas
Audru vald   | 12.10.2016          | jah
Paikuse vald | november 2016       | ei
Kihnu vald   | selgub              | ei
""",
        file="Lääne/toimunud ja kavandatud.xlsx",
    )
    told = [(draft.values["status"], draft.values["held_on"], draft.values["planned_on"]) for draft in found.drafts]
    assert told[:2] == [("held", date(2016, 3, 16), None), ("held", date(2016, 4, 20), None)]
    assert told[2:] == [("planned", None, date(2016, 10, 12)), ("planned", None, None), ("planned", None, None)]


def test_a_column_of_planned_days_tells_a_plan_even_by_a_month(load: Load) -> None:
    (planned,) = load("""
Vald         | Planeeritud kuupäev | Meetod
Paikuse vald | november 2016       | avatud ruum
""").drafts
    assert (planned.values["status"], planned.values["planned_on"]) == ("planned", None)


def test_a_building_beside_a_municipality_is_a_venue_though_it_bears_its_name(load: Load) -> None:
    found = load("""
Kuupäev    | Vald/linn      | Toimumiskoht   | Osales
24.04.2019 | Saku           | Saku valla maja | 19
25.04.2019 | Saku vald      | Kurtna küla    | 19
26.04.2019 | Põltsamaa vald | Adavere mõis   | 19
""")
    assert [(draft.values["place"], draft.values.get("venue")) for draft in found.drafts] == [
        ("Saku", "Saku valla maja"),
        ("Kurtna küla", None),
        ("Põltsamaa vald", "Adavere mõis"),
    ]


def test_the_state_of_an_action_is_the_column_that_is_marked(load: Load) -> None:
    found = load("""
Nr | Tegevus | Vastutaja | Tähtaeg    | Tehtud | Töös | Alustamata
1  | Lamp    | vald      | 01.11.2019 | x      |      |
2  | Rada    | vald      | 01.11.2019 |        | x    |
3  | Silt    | vald      | 01.11.2019 |        |      | x
4  | Reid    | politsei  | 01.11.2019 | x      | x    |
5  | Loeng   | politsei  | 01.11.2019 |        |      |
""")
    assert [d.values.get("status") for d in found.drafts] == ["done", "in_progress", "not_started", None, None]
    assert _issues(found) == [("F5", "unknown-status")]


def test_the_round_of_topics_stands_over_tables_side_by_side(load: Load) -> None:
    found = load("""
Teadetetahvel Kiili vald 29.09.2021

I voor   |        |           |           | | II voor  |           |          |
Teema nr | Teema  | Algataja  | Osalejaid | | Teema nr | Teema     | Algataja | Osalejaid
1        | Kiirus | külavanem | 9         | | 3        | Petukõned | politsei | 11
2        | Koerad | elanik    | 5         | | 4        | Valgustus | elanik   | 6
""")
    assert [(d.values["title"], d.values["round"]) for d in found.drafts] == [
        ("Kiirus", 1),
        ("Koerad", 1),
        ("Petukõned", 2),
        ("Valgustus", 2),
    ]


def test_the_round_of_topics_stands_over_their_rows(load: Load) -> None:
    found = load("""
Teadetetahvel Kiili vald 29.09.2021
Teema nr | Teema     | Algataja  | Osalejaid
1. voor
1        | Kiirus    | külavanem | 9
2. voor
2        | Petukõned | politsei  | 11
""")
    assert [draft.values["round"] for draft in found.drafts] == [1, 2]


def test_the_time_of_day_may_stand_beside_the_day(load: Load) -> None:
    found = load("""
Arutelu nr | Toimumise aeg             | Vald        | Osalejaid
1          | 10.10.2018 kell 18.00     | Otepää vald | 23
2          | 07.11.2018 kl 17.30-20.00 | Otepää vald | 30
3          | 13.02.2019                | Antsla vald | 16
""")
    times = [(draft.values.get("starts_at"), draft.values.get("ends_at")) for draft in found.drafts]
    assert times == [(time(18), None), (time(17, 30), time(20)), (None, None)]
    assert not _issues(found)


def test_the_last_rows_of_a_list_are_no_header_of_shares(load: Load) -> None:
    found = load("""
Turvaline kodukant, Rae vald, 11.05.2022
Nimi          | Asutus     | Grupp
Mari Maasikas | Päästeamet | elanik
Jaan Jõhvikas | PPA        | politsei
""")
    assert [draft.values["group"] for draft in found.drafts] == ["resident", "police"]
