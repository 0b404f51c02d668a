"""Hard spellings: typed places with what is certain about them, one a line in hard_spellings.csv."""

import csv
from datetime import date
from pathlib import Path

import pytest

from kodukant_analysis.places import resolve_place

TABLE = Path(__file__).with_name("hard_spellings.csv")
ROWS = tuple(csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines()))
ASKED = ("typed", "on", "within")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: "|".join(row[column] for column in ASKED))
def test_a_hard_spelling_resolves_as_far_as_it_is_certain(row: dict[str, str]) -> None:
    place = resolve_place(row["typed"], date.fromisoformat(row["on"]) if row["on"] else None, row["within"] or None)
    expected = {column: cell for column, cell in row.items() if column not in ASKED}
    assert {column: getattr(place, column) or "" for column in expected} == expected


def test_the_table_has_every_place_of_the_deck() -> None:
    typed = {row["typed"] for row in ROWS}
    deck = {"Halinga", "Saarde", "Vändra", "Are", "Audru", "Kihnu", "Paikuse", "Seljametsa", "Tõstamaa", "Koonga"}
    assert deck <= typed
    assert len(ROWS) >= 150
