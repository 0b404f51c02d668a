"""Joining: rows find their discussion where that is certain, actions keep their names, nothing is told twice."""

from collections.abc import Callable, Iterable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kodukant_analysis.loaders.drafts import Draft
from kodukant_analysis.loaders.linking import Records, link_drafts
from kodukant_analysis.loaders.workbook import Delivery

Load = Callable[..., Delivery]
Linked = Callable[..., Records]

REGISTER = """
Arutelu nr | Kuupäev    | Vald       | Osalejaid
{number}   | 2018-11-14 | Koeru vald | 18
"""
TOPICS = """
Arutelu nr | Teema nr | Teema           | Punktid
{number}   | 1        | Kiiruse ületamine | 5
"""
PROMISES = """
Tegevus                 | Vastutaja | Tähtaeg    | Staatus  | Vald
Naabrivalve koosolek    | KOV       | 2019-05-31 | {first}  | Saue vald
Naabrivalve koosolek    | KOV       | 2019-05-31 | {second} | Harku vald
"""


def _rules(records: Records) -> list[str]:
    return [issue.rule for issue in records.issues]


def _link(load: Load, sheets: dict[str, str], as_of: date = date.max) -> Records:
    return link_drafts((draft for file, sheet in sheets.items() for draft in load(sheet, file=file).drafts), as_of)


def test_a_running_number_joins_no_file_of_another_folder(load: Load) -> None:
    found = _link(
        load, {"A/arutelud 2018.xlsx": REGISTER.format(number=1), "B/teemad 2021.xlsx": TOPICS.format(number=1)}
    )
    (topic,) = found.rows["topics"]
    register, implied = found.rows["discussions"]
    assert topic["discussion_id"] == implied["discussion_id"] != register["discussion_id"]
    assert topic.get("municipality_code") is None
    assert [(issue.source_file, issue.cell, issue.rule) for issue in found.issues] == [
        ("B/teemad 2021.xlsx", "A2", "discussion-not-found")
    ]


def test_a_running_number_joins_a_file_of_its_folder_that_speaks_of_the_same_year(load: Load) -> None:
    found = _link(
        load, {"A/arutelud_2018.csv": REGISTER.format(number=1), "A/teemad_2018.csv": TOPICS.format(number=1)}
    )
    assert len(found.rows["discussions"]) == 1
    assert found.rows["topics"][0]["municipality_code"] == "0255"


def test_an_issue_of_a_row_that_names_neither_number_nor_day_stands_at_the_row(linked: Linked) -> None:
    found = linked(
        """
Kuupäev    | Vald       | Osalejaid
2018-11-14 | Koeru vald | 18
2019-11-14 | Koeru vald | 12
""",
        """
Tegevus              | Vastutaja | Tähtaeg    | Vald
Naabrivalve koosolek | KOV       | 2019-05-31 | Koeru vald
""",
    )
    assert [(issue.source_sheet, issue.cell, issue.rule) for issue in found.issues] == [
        ("Leht2", "A2", "discussion-not-found")
    ]


def test_a_code_joins_the_files_of_a_prefecture(load: Load) -> None:
    files = {"Lääne/a/arutelud.csv": REGISTER.format(number="LP-12"), "Lääne/teemad.csv": TOPICS.format(number="LP-12")}
    found = _link(load, files)
    assert len(found.rows["discussions"]) == 1
    assert not found.issues


def test_a_code_with_another_day_is_another_discussion_and_an_issue(load: Load) -> None:
    other = REGISTER.replace("2018-11-14", "2019-11-14")
    found = _link(load, {f"Lääne/{n}.csv": sheet.format(number="LP-12") for n, sheet in enumerate((REGISTER, other))})
    assert [row["held_on"] for row in found.rows["discussions"]] == [date(2018, 11, 14), date(2019, 11, 14)]
    assert _rules(found) == ["discussion-disagrees"]


def test_a_row_that_gives_its_discussion_another_day_is_named(linked: Linked) -> None:
    found = linked(
        REGISTER.format(number=1),
        """
Arutelu nr | Kuupäev    | Sihtrühm | Arv
1          | 2018-11-15 | elanik   | 9
""",
    )
    assert len(found.rows["discussions"]) == 1
    assert [(issue.cell, issue.rule) for issue in found.issues] == [("A2", "discussion-disagrees")]


def test_rows_of_a_register_that_name_no_place_are_discussions_of_their_own(linked: Linked) -> None:
    found = linked("""
Kuupäev    | Prefektuur | Osalejaid | Maakond
2018-11-14 | Põhja      | 18        |
2018-11-14 | Lõuna      | 12        |
2018-11-14 | Lõuna      | 9         |
""")
    assert [row["attendees"] for row in found.rows["discussions"]] == [18, 12, 9]
    assert not found.issues


def test_a_row_without_a_place_is_found_by_day_though_its_folder_is_of_another_prefecture(load: Load) -> None:
    register = "Kuupäev | Vald | Osalejaid\n2018-11-14 | Saue vald | 18"
    topics = "Kuupäev | Teema | Punktid\n2018-11-14 | Kiiruse ületamine | 5"
    found = _link(load, {"Lääne/arutelud.csv": register, "Lääne/teemad.csv": topics})
    assert found.rows["topics"][0]["municipality_code"] == "0726"
    assert len(found.rows["discussions"]) == 1


@pytest.mark.parametrize(
    ("here", "there", "here_again"),
    [
        pytest.param("Saue vald", "Puka vald", "Saue vald", id="a split municipality"),
        pytest.param("Varstu vald", "Haanja vald", "Varstu vallas", id="one municipality today"),
    ],
)
def test_undated_rows_of_two_places_are_two_discussions(linked: Linked, here: str, there: str, here_again: str) -> None:
    found = linked(f"""
Nimi          | Osapool | Vald
Mari Maasikas | elanik  | {here}
Jaan Jõhvikas | elanik  | {there}
Tiit Pihlakas | KOV     | {here_again}
""")
    first, other, again = (row["discussion_id"] for row in found.rows["attendance"])
    assert first == again != other
    assert len(found.rows["discussions"]) == 2


def test_rows_that_name_nothing_beside_several_discussions_are_linked_to_none(linked: Linked) -> None:
    found = linked(
        """
Kuupäev    | Vald       | Osalejaid
2018-11-14 | Koeru vald | 18
2018-11-15 | Saue vald  | 12
""",
        """
Teema nr | Teema             | Punktid
1        | Kiiruse ületamine | 5
""",
    )
    assert found.rows["topics"][0]["discussion_id"] is None
    assert len(found.rows["discussions"]) == 2
    assert _rules(found) == ["discussion-not-found"]


def test_people_counted_in_a_register_are_those_of_its_row_though_its_day_cannot_be_read(linked: Linked) -> None:
    found = linked("""
Kuupäev  | Vald       | Politsei | KOV | Elanikud
31.02.18 | Koeru vald | 2        | 3   | 11
""")
    (discussion,) = found.rows["discussions"]
    assert {row["discussion_id"] for row in found.rows["attendance"]} == {discussion["discussion_id"]}


@pytest.mark.parametrize("agreed", ["", "2018-03-20"])
def test_an_action_keeps_its_name_from_delivery_to_delivery_by_place_and_words(load: Load, agreed: str) -> None:
    later = PROMISES.replace("| Vald\n", "| Vald | Kokku lepitud\n").replace("vald\n", f"vald | {agreed}\n")
    found = _link(
        load,
        {
            "Põhja/seis 01.04.2019.ods": PROMISES.format(first="töös", second="töös"),
            "Põhja/seis 01.10.2019.ods": later.format(first="tehtud", second="tühistatud"),
        },
    )
    names = {(row["municipality_code"], row["action_id"]) for row in found.rows["actions"]}
    assert len(found.rows["actions"]) == 4
    assert len(names) == len({name for _, name in names}) == 2


def test_an_action_of_another_municipality_of_then_is_another(load: Load) -> None:
    plan = "Tegevus | Vastutaja | Vald | Staatus\nKünnis | KOV | {place} vald | töös"
    files = {f"Lõuna/seis {n}.04.2019.ods": plan.format(place=place) for n, place in ((20, "Varstu"), (21, "Haanja"))}
    first, second = _link(load, files).rows["actions"]
    assert first["municipality_code"] == second["municipality_code"]
    assert first["action_id"] != second["action_id"]


def test_an_action_of_another_day_of_agreement_is_another(load: Load) -> None:
    plan = """
Tegevus | Vastutaja | Kokku lepitud | Vald      | Staatus
Künnis  | KOV       | {day}         | Saue vald | töös
"""
    files = {f"Põhja/seis {n}.04.2019.ods": plan.format(day=f"2018-03-{n}") for n in (20, 21)}
    first, second = _link(load, files).rows["actions"]
    assert first["action_id"] != second["action_id"]


def test_a_report_that_a_newer_one_replaces_says_what_differs(load: Load) -> None:
    newer = REGISTER.replace("18\n", "21\n")
    files = {"A/seis 2019-01-31.csv": newer.format(number=7), "A/seis 2018-12-31.csv": REGISTER.format(number=7)}
    found = _link(load, files)
    assert [row["attendees"] for row in found.rows["discussions"]] == [21]
    ((file, column, told),) = [(issue.source_file, issue.column, issue.found) for issue in found.issues]
    assert (file, column, told) == ("A/seis 2018-12-31.csv", "attendees", "18 / 21")


@pytest.mark.parametrize(("attendees", "status"), [("", "planned"), ("18", "held")])
def test_a_discussion_after_the_as_of_day_is_planned_unless_its_row_says_that_people_came(
    load: Load, attendees: str, status: str
) -> None:
    sheet = REGISTER.format(number=1).replace("| 18\n", f"| {attendees}\n")
    found = _link(load, {"A/plaan.csv": sheet}, as_of=date(2018, 6, 30))
    (discussion,) = found.rows["discussions"]
    assert discussion["status"] == status
    assert _rules(found) == ["discussion-after-as-of"] * (status == "held")


@pytest.mark.parametrize(("own", "theirs"), [("Kood", "Koosolek"), ("Märgis", "Arutelu nr"), ("Märgis", "Koosolek")])
def test_tables_of_a_workbook_are_joined_by_codes_whatever_their_column_is_called(
    linked: Linked, own: str, theirs: str
) -> None:
    found = linked(
        f"""
{own} | Kuupäev    | Vald       | Osalejaid
K1    | 2018-11-14 | Koeru vald | 18
K2    | 2018-11-15 | Saue vald  | 12
K3    | 2018-11-16 | Puka vald  | 9
""",
        f"""
{theirs} | Nimi          | Osapool
K2       | Mari Maasikas | elanik
K1       | Jaan Jõhvikas | KOV
""",
    )
    assert [row["municipality_code"] for row in found.rows["attendance"]] == ["0726", "0255"]
    assert len(found.rows["discussions"]) == 3
    assert not found.issues


def test_bare_numbers_under_an_unknown_header_join_nothing(linked: Linked) -> None:
    found = linked(
        REGISTER.format(number=1),
        """
Laud | Nimi          | Osapool | Vald
1    | Mari Maasikas | elanik  | Saue vald
""",
    )
    assert found.rows["attendance"][0]["municipality_code"] == "0726"
    assert len(found.rows["discussions"]) == 2


_PLACES = {None: None, "Saue vald": "0726", "Harku vald": "0198", "Puka vald": None, "seltsimaja": None}


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    dataset = draw(st.sampled_from(["discussions", "attendance", "topics", "actions"]))
    place = draw(st.sampled_from(list(_PLACES)))
    day = draw(st.sampled_from([None, date(2018, 3, 1), date(2018, 4, 1)]))
    code = _PLACES[place]
    values = {"place": place, "municipality_code": code, "municipality_code_then": code, "prefecture": code and "Põhja"}
    values |= {
        "held_on": day,
        "status": "held",
        "action": draw(st.sampled_from(["Künnis", "Talgud"])),
        "title": "Kiirus",
    }
    file = draw(st.sampled_from(["A/seis 2018.csv", "A/kava 2018-06-30.csv", "B/seis.csv"]))
    number = draw(st.sampled_from([None, "1", "K1", "LP-12"]))
    row = draw(st.integers(2, 9))
    return Draft(dataset, file, draw(st.sampled_from(["", "Leht"])), row, values, number, day, {"row": f"A{row}"})


def _ids(records: Records, table: str) -> list[tuple[object, ...]]:
    names = ("source_file", "source_sheet", "source_row", "discussion_id", "topic_id", "action_id")
    return sorted(tuple(str(row.get(name)) for name in names) for row in records.rows[table])


def _by_row(found: Iterable[Draft]) -> list[Draft]:
    """One draft a row of a sheet, as a sheet has."""
    return list({(draft.dataset, draft.file, draft.sheet, draft.row): draft for draft in found}.values())


@settings(max_examples=300, deadline=None)
@given(st.lists(drafts(), max_size=12).map(_by_row), st.randoms())
def test_whatever_is_told_each_discussion_is_one_record_and_every_link_leads_to_one(
    told: list[Draft], chance: object
) -> None:
    found = link_drafts(told)
    known = [row["discussion_id"] for row in found.rows["discussions"]]
    assert len(known) == len(set(known))
    for table in ("attendance", "topics"):
        assert {row["discussion_id"] for row in found.rows[table]} - {None} <= set(known)
    for table in ("attendance", "topics", "actions"):
        kept = {(table, row["source_file"], row["source_sheet"], row["source_row"]) for row in found.rows[table]}
        typed = {(table, draft.file, draft.sheet, draft.row) for draft in told if draft.dataset == table}
        aside = {(dataset, file, sheet, row) for file, sheet, dataset, row, _ in found.aside if dataset == table}
        assert kept | aside == typed
        if not aside:
            assert len(found.rows[table]) == sum(draft.dataset == table for draft in told)
    assert not found.aside or "row-reported-twice" in _rules(found)
    turned = link_drafts(chance.sample(told, len(told)))  # type: ignore[attr-defined]
    assert [_ids(turned, table) for table in found.rows] == [_ids(found, table) for table in found.rows]


def test_a_discussion_that_names_the_number_of_an_earlier_one_follows_it(linked: Linked) -> None:
    records = linked(
        """
        Arutelu nr | Kuupäev    | Koht    | Järelkohtumine arutelule
        1          | 05.03.2016 | Are     |
        2          | 12.03.2016 | Halinga | ei
        3          | 12.09.2016 | Are     | 1
        4          | 12.10.2016 | Saarde  | 9
        5          | 12.02.2016 | Saarde  | 3
        """
    )
    first, *others = sorted(records.rows["discussions"], key=lambda row: row["source_row"])
    assert [row["follow_up_of"] for row in (first, *others)] == [None, None, first["discussion_id"], None, None]


def test_people_and_topics_told_in_two_files_count_once_as_the_newer_tells_them(load: Load) -> None:
    people = "Kuupäev | Vald | Nimi | Osapool\n2018-11-14 | Saue vald | Mari Maasikas | {}\n"
    jaan = "2018-11-14 | Saue vald | Jaan Jõhvikas | KOV"
    groups = "Kuupäev | Vald | Osapool | Osalejaid\n2018-11-14 | Saue vald | politsei | {}\n"
    topics = "Kuupäev | Vald | Teema | Punktid\n2018-11-14 | Saue vald | Kiirus | {}\n"
    found = _link(
        load,
        {
            "Põhja/osalejad_2018-12-01.csv": people.format("elanik"),
            "Põhja/osalejad_2019-01-01.csv": people.format("külavanem") + jaan,
            "Põhja/rühmad_2018-12-01.csv": groups.format(2),
            "Põhja/rühmad_2019-01-01.csv": groups.format(3),
            "Põhja/teemad_2018-12-01.csv": topics.format(5) + "2018-11-14 | Saue vald | Koerad | 1",
            "Põhja/teemad_2019-01-01.csv": topics.format(8),
        },
    )
    assert [(row["group"], row["attendees"]) for row in found.rows["attendance"]] == [
        ("village_elder", 1),
        ("local_government", 1),
        ("police", 3),
    ]
    assert [(row["title"], row["points"]) for row in found.rows["topics"]] == [("Koerad", 1), ("Kiirus", 8)]
    twice = [(issue.source_file, issue.cell) for issue in found.issues if issue.rule == "row-reported-twice"]
    assert twice == [(f"Põhja/{name}_2018-12-01.csv", "A2") for name in ("osalejad", "rühmad", "teemad")]
    assert {(file, row) for file, _, _, row, _ in found.aside} == {(file, 2) for file, _ in twice}


def test_topics_of_one_number_and_two_titles_both_count_and_are_named(load: Load) -> None:
    topics = "Kuupäev | Vald | Teema nr | Teema\n2018-11-14 | Saue vald | 1 | {}\n2018-11-14 | Saue vald | 2 | Kiirus"
    found = _link(load, {"Põhja/laud_1.csv": topics.format("Koerad"), "Põhja/laud_2.csv": topics.format("Valgustus")})
    assert sorted(row["title"] for row in found.rows["topics"]) == ["Kiirus", "Koerad", "Valgustus"]
    named = {issue.source_file for issue in found.issues if issue.rule == "topic-disagrees"}
    assert named == {"Põhja/laud_1.csv", "Põhja/laud_2.csv"}


def test_one_file_may_number_its_topics_anew_in_each_round(load: Load) -> None:
    topics = (
        "Kuupäev | Vald | Teema nr | Teema\n2018-11-14 | Saue vald | 1 | Koerad\n2018-11-14 | Saue vald | 1 | Valgustus"
    )
    assert "topic-disagrees" not in _rules(_link(load, {"Põhja/laud.csv": topics}))
