"""Tiles: a square a municipality, in which Estonia, its counties and its neighbourhoods are still to be seen."""

import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from kodukant_analysis.places import centre, counties, members, municipalities, neighbours, prefectures, tiles

ROOT = Path(__file__).parents[2]
CELLS = {tile.code: (tile.column, tile.row) for tile in tiles()}
ISLANDS = {
    municipality.code
    for municipality in municipalities()
    if municipality.name in {f"{name} vald" for name in ("Hiiumaa", "Vormsi", "Saaremaa", "Muhu", "Ruhnu", "Kihnu")}
}
MAINLAND = set(CELLS) - ISLANDS


def steps(one: str, two: str) -> tuple[int, int]:
    """Columns and rows between two tiles."""
    (column, row), (other_column, other_row) = CELLS[one], CELLS[two]
    return abs(column - other_column), abs(row - other_row)


def hang_together(codes: Iterable[str]) -> bool:
    """Whether one can walk from any of the tiles to any other over common edges."""
    left = set(codes)
    reached = [left.pop()]
    for here in reached:
        beside = {code for code in left if sum(steps(here, code)) == 1}
        reached += beside
        left -= beside
    return not left


def test_every_municipality_has_a_cell_of_its_own() -> None:
    assert set(CELLS) == {municipality.code for municipality in municipalities()}
    assert len(set(CELLS.values())) == len(tiles()) == 79


def test_the_map_is_wider_than_high_and_starts_at_its_corner() -> None:
    columns, rows = zip(*CELLS.values(), strict=True)
    assert (min(columns), max(columns), min(rows), max(rows)) == (0, 14, 0, 9)


def test_every_short_name_is_its_own_and_fits_a_tile() -> None:
    shorts = {tile.short for tile in tiles()}
    assert len(shorts) == 79
    assert all(2 < len(short) <= 5 for short in shorts)


def test_a_short_name_has_the_letters_of_the_name_in_their_order() -> None:
    names = {municipality.code: municipality.name.casefold().replace("-", "") for municipality in municipalities()}
    for tile in tiles():
        letters = iter(names[tile.code])
        assert all(letter in letters for letter in tile.short.casefold().replace("-", "")), tile


@pytest.mark.parametrize("region", [*(county.code for county in counties()), *prefectures()])
def test_counties_and_prefectures_hang_together_on_the_mainland(region: str) -> None:
    codes = members(region) - ISLANDS
    assert not codes or hang_together(codes)


def test_islands_stand_off_the_mainland() -> None:
    for island in ISLANDS:
        assert min(max(steps(island, code)) for code in MAINLAND) >= 2


def test_most_neighbours_touch() -> None:
    pairs = [(one, two) for one in MAINLAND for two in neighbours(one) & MAINLAND if one < two]
    edges = [pair for pair in pairs if sum(steps(*pair)) == 1]
    touching = [pair for pair in pairs if max(steps(*pair)) == 1]
    assert len(pairs) == 177
    assert len(edges) / len(pairs) > 0.5
    assert len(touching) / len(pairs) > 0.8


@pytest.mark.parametrize("axis", [0, 1])
def test_what_lies_east_or_north_lies_so_on_the_map(axis: int) -> None:
    """Of the pairs of municipalities more than 60 km apart on an axis, next to all keep their order."""
    sign = (1, -1)[axis]
    pairs = [
        (CELLS[one][axis] - CELLS[two][axis]) * sign
        for one in CELLS
        for two in CELLS
        if centre(one)[axis] - centre(two)[axis] > 60_000
    ]
    assert sum(apart >= 0 for apart in pairs) / len(pairs) > 0.97


def test_the_tool_drafts_a_map_of_the_same_municipalities(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-m", "tools.make_tiles", str(tmp_path)], check=True, cwd=ROOT)
    rows = [line.split(",") for line in (tmp_path / "tiles.csv").read_text(encoding="utf-8").splitlines()[1:]]
    assert {row[0] for row in rows} == set(CELLS)
    assert len({tuple(row[1:3]) for row in rows}) == 79
