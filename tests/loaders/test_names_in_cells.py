"""Names in cells: whatever a person is called and wherever the name stands, it is printed and kept nowhere.

All names are invented; none of their parts is in a list of names.
"""

from collections.abc import Callable
from dataclasses import asdict
from datetime import date

import pytest

from kodukant_analysis.loaders.linking import link_drafts
from kodukant_analysis.loaders.workbook import Delivery, load_sheets
from kodukant_analysis.privacy import PersonKeys
from tests.drawing import draw

Load = Callable[..., Delivery]
NAMES = [
    "Tõrvo Kruvinägu",
    "TÕRVO KRUVINÄGU",
    "Kruvinägu, Tõrvo",
    "Tõrvo-Kröösus Kruvinägu-Lambakoer",
    "T. Kruvinägu",
    "Торво Крувинягин",
    "Крувинягин Торво Торвович",
]


def _printed(found: Delivery) -> str:
    records = link_drafts(found.drafts, date(2030, 1, 1))
    kept = [row for rows in records.rows.values() for row in rows]
    return repr([kept, *map(asdict, (*found.issues, *records.issues, *found.accounts)), found.sheets]).casefold()


def _is_told(name: str, found: Delivery) -> bool:
    parts = [part for part in name.casefold().replace(",", " ").split() if len(part) > 2]
    return any(part in _printed(found) for part in parts)


@pytest.mark.parametrize("name", NAMES)
def test_a_name_of_a_name_column_is_masked_in_every_kept_column_and_in_names_of_sheets(
    keys: PersonKeys, name: str
) -> None:
    drawings = {
        "Osalejad": f"""
            Nimi | Grupp | Asutus | {name}
            {name} | elanik | {name} | x
            {name} | {name} | talu {name} | x
            """,
        "Teemad": f"""
            Nr | Teema | Algataja | Edasi | Koht
            1  | {name} kihutab | {name} | {name} | {name}
            """,
        f"Plaan {name}": f"""
            Tegevus | Vastutaja | Tähtaeg | Seis | Koht
            {name} koer | {name} | {name} tuleb | {name} vastab | {name} maja
            """,
        "Arutelud": f"""
            Kuupäev | Koht | Toimumiskoht | Meetod | Keel | Reklaam | Osalejaid | Programm
            05.03.2016 | {name} talu | {name} õu | {name} | {name} | {name} | {name} | {name}
            """,
        "Küsitlus": f"""
            Vastaja | Regioon | Kiht | Klaster | Laine | Kas {name} on usaldusväärne?
            1 | {name} | {name} | {name} | {name} | jah
            2 | {name} | {name} | {name} | {name} | ei
            """,
    }
    sheets = [draw(drawing, "a/b.xlsx", sheet) for sheet, drawing in drawings.items()]
    found = load_sheets(sheets, "a/b.xlsx", keys)
    assert found.drafts
    assert not _is_told(name, found)


@pytest.mark.parametrize("column", ["Algataja", "Vastutaja", "Osapool"])
@pytest.mark.parametrize("name", NAMES)
def test_a_capitalised_text_that_is_in_no_vocabulary_may_be_a_name_and_is_printed_nowhere(
    load: Load, column: str, name: str
) -> None:
    head = {"Algataja": "Nr | Teema", "Vastutaja": "Tegevus | Tähtaeg", "Osapool": "Nimi | Kohal"}[column]
    found = load(f"{head} | {column}\n1 | Tolm teel | {name}")
    assert not _is_told(name, found)


def test_in_a_column_of_persons_nothing_that_is_not_understood_is_printed(load: Load) -> None:
    found = load(
        """
        Nr | Teema             | Teema algataja
        1  | Kihutamine külas  | Linda Loojangutrummel
        2  | Kõnniteed         | Rein Tormitrummel
        3  | Hirved            | Tõrvo Kruvinägu
        4  | Kajakad           | krõõbeldis
        5  | Kruvinägu õues    | Salme Kastetrummel
        """
    )
    assert "kruvinägu" not in _printed(found)
    assert "krõõbeldis" not in _printed(found)
    assert {issue.found for issue in found.issues if issue.rule == "unknown-group"} <= {"***"}


def test_a_word_that_is_in_no_vocabulary_is_still_printed_for_who_mends_the_vocabulary(load: Load) -> None:
    found = load("Nr | Teema | Algataja\n1 | Tolm teel | kandikomisjon")
    assert [issue.found for issue in found.issues if issue.rule == "unknown-group"] == ["kandikomisjon"]


@pytest.mark.parametrize(
    ("header", "typed", "is_personal"),
    [
        ("Märkused", "18501010114", True),
        ("Muu", "18501010114", True),
        ("ID", "18501010115", True),
        ("Muu", "18501010115", False),
        ("Muu", "5000355", False),
    ],
)
def test_a_personal_code_typed_as_a_number_is_found_its_check_digit_where_the_header_says_what_it_is(
    load: Load, header: str, typed: str, is_personal: bool
) -> None:
    found = load(f"Nr | Teema | Punktid | {header}\n1 | Tolm teel | 5 | {typed}\n2 | Kiirus | 4 | 7")
    cells = [issue.cell for issue in found.issues if issue.rule == "personal-data-in-text"]
    assert cells == (["D2"] if is_personal else [])
    assert not is_personal or typed not in _printed(found)


def test_who_raised_a_topic_is_told_by_the_column_of_groups_not_by_that_of_persons(load: Load) -> None:
    found = load(
        """
        Nr | Teema            | Teema algataja        | Algataja grupp | Punktid
        1  | Kihutamine külas | Linda Loojangutrummel | külavanem      | 5
        2  | Kõnniteed        | Rein Tormitrummel     | päästeamet     | 4
        """
    )
    assert [draft.values["raised_by"] for draft in found.drafts] == ["village_elder", "rescue"]


@pytest.mark.parametrize(
    ("title", "sheet", "form"),
    [
        ("Halinga Mari Maasikas", "Halinga", "Maasikale"),
        ("Valgustus Jaan Tamm 2016", "Valgustus", "Tammelt"),
        ("Tegevused Jaan Tamm", "Tegevused", "Tammele"),
        ("Tegevused Tamm Jaan", "Tegevused", "Tammega"),
        ("Tegevused Jaan", "Tegevused", "Jaan Tammega"),
        ("Jaan Halinga", "Halinga", "Jaan Tammega"),
        ("Kokkuvõte Jaan Mets", "Kokkuvõte", "Metsale"),
    ],
)
def test_of_a_person_in_the_name_of_a_file_only_the_surname_is_masked_in_its_sheets(
    keys: PersonKeys, title: str, sheet: str, form: str
) -> None:
    drawing = f"""
        Tegevus                 | Vastutaja | Koht         | Staatus
        Valgustus, helistada {form} | KOV   | Halinga vald | töös
        Valgustus Halinga keskusesse | KOV  | Halinga      | tehtud
        Tegevused lepitakse kokku | KOV     | Halinga      | tehtud
        """
    found = load_sheets([draw(drawing, "***.xlsx", sheet)], "***.xlsx", keys, typed=f"{title}.xlsx")
    rows = link_drafts(found.drafts, date(2016, 6, 1)).rows["actions"]
    assert [row["action"] for row in rows] == [
        "Valgustus, helistada ***",
        "Valgustus Halinga keskusesse",
        "Tegevused lepitakse kokku",
    ]
    assert [row["place"] for row in rows] == ["Halinga vald", "Halinga", "Halinga"]
    assert {row["source_sheet"] for row in rows} == {sheet}
    assert form.casefold() not in _printed(found)
    assert [(issue.source_sheet, issue.cell, issue.rule) for issue in found.issues] == [
        ("", "", "personal-data-in-name"),
        (sheet, "A2", "personal-data-in-text"),
    ]


def test_a_sheet_that_is_called_as_its_place_keeps_its_name_though_somebody_is_called_so(keys: PersonKeys) -> None:
    drawing = """
        Nimi         | Osapool
        Mari Halinga | elanik
        Jaan Tamm    | elanik
        """
    names = ["Halinga", "Tamme", "Halinga koosolek", "Tamm 2016", "Mari Halinga"]
    sheets = [draw(drawing, "a.xlsx", name) for name in names]
    found = load_sheets(sheets, "a.xlsx", keys)
    assert found.sheets == ("Halinga", "Tamme", "Halinga koosolek", "*** 2016", "***")
    named = {issue.source_sheet for issue in found.issues if issue.rule == "personal-data-in-name"}
    assert named == {"*** 2016", "***"}
