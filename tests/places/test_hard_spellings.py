"""Hard spellings: typed places with what is certain about them, one a line in hard_spellings.csv.

`case` is the Estonian case of a bare place of the deck, `hard_case` the number of the case in the list of what is
hard about Estonian places, `why` the reason of the answer in words, `reason` the same as the resolver says it.
"""

import csv
from datetime import date
from pathlib import Path

import pytest

from kodukant_analysis.places import Place, resolve_place
from kodukant_analysis.places.resolve import CERTAIN

TABLE = Path(__file__).with_name("hard_spellings.csv")
ASKED = ("typed", "on", "within")
CODES = ("place_code", "municipality_code", "municipality_code_then", "county_code", "prefecture")
DECK = {"Halinga", "Saarde", "Vändra", "Are", "Audru", "Kihnu", "Paikuse", "Seljametsa", "Tõstamaa", "Koonga"}
CASES = {
    *("nominative", "genitive", "partitive", "illative", "inessive", "elative", "allative"),
    *("adessive", "ablative", "translative", "terminative", "essive", "abessive", "comitative"),
}
# What the cases of the list are about, as typed in the table.
HARD = {
    "1": {"Saarde vald", "Tori vald"},
    "2": {"Vändra", "Vändra vald", "Vändra vald (alev)", "Vändra alevvald"},
    "3": {"Seljametsa", "Seljametsa küla, Paikuse vald", "Seljametsa vald"},
    "4": {"Koonga", "Are", "Halinga", "Kihnu"},
    "5": {"Puka vald", "Aakre küla, Puka vald", "Soontaga küla, Puka vald"},
    "6": {"Avinurme", "Lohusuu"},
    "7": {"Viivikonna", "Viivikonna küla", "Sirgala"},
    "8": {"Salevere küla, Koonga vald", "Salavere", "Vanamõisa küla"},
    "9": {"Saue linn", "Saue vald", "Kiili vald (0305)"},
    "10": {"Lääne-Nigula", "Lääne-Nigula vald (0436)", "Nissi vald 0518"},
}


def rows() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


ROWS = tuple(rows())


def resolved(row: dict[str, str]) -> Place:
    return resolve_place(row["typed"], date.fromisoformat(row["on"]) if row["on"] else None, row["within"] or None)


def told(place: Place) -> dict[str, str]:
    return {code: getattr(place, code) or "" for code in CODES}


def answer(row: dict[str, str]) -> dict[str, str]:
    return {code: row[code] for code in CODES}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: "|".join(row[column] for column in ASKED))
def test_nothing_is_said_of_a_hard_spelling_that_is_not_certain(row: dict[str, str]) -> None:
    place = resolved(row)
    assert answer(row) | {code: cell for code, cell in told(place).items() if cell} == answer(row)
    if told(place) == answer(row):
        assert place.reason == row["reason"]


def test_of_the_unambiguous_spellings_nearly_all_are_resolved() -> None:
    sure = [row for row in ROWS if row["reason"] in CERTAIN]
    found = sum(told(resolved(row)) == answer(row) for row in sure)
    assert found >= 0.99 * len(sure)


def test_what_is_not_certain_is_said_as_far_as_it_is() -> None:
    unsure = [row for row in ROWS if row["reason"] not in CERTAIN]
    assert [row for row in unsure if told(resolved(row)) != answer(row)] == []


def test_the_table_is_long_and_asks_nothing_twice() -> None:
    asked = [tuple(row[column] for column in ASKED) for row in ROWS]
    assert len(asked) == len(set(asked)) >= 400


@pytest.mark.parametrize("name", sorted(DECK))
def test_the_table_has_every_place_of_the_deck_in_every_case(name: str) -> None:
    assert {row["case"] for row in ROWS if row["case"] and row["typed"].startswith(name)} == CASES


@pytest.mark.parametrize("number", HARD)
def test_the_table_has_every_hard_case(number: str) -> None:
    assert HARD[number] <= {row["typed"] for row in ROWS if row["hard_case"] == number}
