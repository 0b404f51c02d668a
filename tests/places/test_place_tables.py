"""Place tables: what the files must hold, and that the tool still makes them so."""

import subprocess
import sys
from pathlib import Path

import pytest

from kodukant_analysis.places.tables import listed, read_table

ROOT = Path(__file__).parents[2]
DATA = ROOT / "kodukant_analysis" / "places" / "data"
GEO = ROOT.parent / "shared" / "geo"


def test_the_tables_are_small() -> None:
    assert sum(path.stat().st_size for path in DATA.glob("*.csv")) < 500_000


def test_213_municipalities_became_79() -> None:
    rows = read_table("municipalities")
    then, today = ([row for row in rows if row[column]] for column in ("valid_to", "valid_from"))
    assert (len(then), len(today)) == (213, 79)
    assert {heir for row in then for heir in listed(row["successors"])} == {row["code"] for row in today}
    assert sum(row["split"] == "1" for row in then) == 9


def test_every_settlement_lies_in_known_municipalities() -> None:
    rows = read_table("municipalities")
    then = {row["code"] for row in rows if row["valid_to"]}
    today = {row["code"] for row in rows if row["valid_from"]}
    for row in read_table("settlements"):
        assert row["new_municipality"] in today
        assert row["old_municipality"] in then | {""}


def test_the_municipality_codes_of_today_are_those_of_2018() -> None:
    today = {row["name"]: row["code"] for row in read_table("municipalities") if row["valid_from"]}
    expected = {
        "Saue vald": "0726",
        "Saku vald": "0718",
        "Kiili vald": "0304",
        "Märjamaa vald": "0503",
        "Antsla vald": "0142",
        "Valga vald": "0855",
        "Narva-Jõesuu linn": "0514",
        "Sillamäe linn": "0735",
    }
    assert {name: today[name] for name in expected} == expected


@pytest.mark.skipif(not GEO.is_dir(), reason="the code lists are not at hand")
def test_the_tool_makes_the_tables_as_they_are(tmp_path: Path) -> None:
    subprocess.run([sys.executable, str(ROOT / "tools" / "make_places.py"), str(GEO), str(tmp_path)], check=True)
    made = sorted(path.name for path in tmp_path.iterdir())
    assert len(made) == 8
    assert [(tmp_path / name).read_bytes() == (DATA / name).read_bytes() for name in made] == [True] * 8
