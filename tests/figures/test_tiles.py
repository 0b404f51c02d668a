"""Tiles: every municipality has the same area, its name and its number."""

import pytest
from matplotlib.figure import Figure

from kodukant_analysis.figures.maps import choropleth
from kodukant_analysis.figures.style import Words
from kodukant_analysis.figures.tiles import coverage_tiles, tile_map
from kodukant_analysis.places import region_of, tiles
from tests.figures.drawn import assert_legible, marked, overlap, said, words
from tests.figures.frames import counts, shares

WORDS = Words("Pealkiri", "Alapealkiri", "Allikas.")
TORI, PARNU, KIHNU, NARVA, TAPA = "0809", "0624", "0303", "0511", "0792"
KEPT = {TORI: (3, 4), KIHNU: (0, 0), NARVA: (1, 20), TAPA: (20, 20)}


@pytest.fixture(scope="module")
def of_shares() -> Figure:
    return tile_map(shares("municipality", KEPT), WORDS, "et")


@pytest.fixture(scope="module")
def of_coverage() -> Figure:
    return coverage_tiles(counts({TORI: 12, PARNU: 1}, {KIHNU: 1}), WORDS, "en")


def in_tile(figure: Figure, code: str) -> list[str]:
    """The words in a tile, from above."""
    figure.canvas.draw()
    box = marked(figure, "tile:")[code].get_window_extent()
    inside = [(text.get_window_extent(), text.get_text()) for text in words(figure)]
    found = [(at.y0, text) for at, text in inside if overlap(at, box) and box.x0 - 1 < at.x0 and at.x1 < box.x1 + 1]
    return [text for _, text in sorted(found, reverse=True)]


def test_every_municipality_has_a_tile_of_the_same_area_to_itself(of_shares):
    patches = marked(of_shares, "tile:")
    assert len(patches) == 79
    assert len({(round(p.get_width(), 9), round(p.get_height(), 9)) for p in patches.values()}) == 1
    assert len({p.get_xy() for p in patches.values()}) == 79


def test_a_tile_bears_its_name_and_under_it_its_number(of_shares):
    assert in_tile(of_shares, NARVA) == ["Narva", "5"]
    assert in_tile(of_shares, TORI) == ["Tori", "3/4"]
    assert in_tile(of_shares, TAPA) == ["Tapa", "100"]
    assert in_tile(of_shares, KIHNU) == ["Kihnu"]


def test_a_tile_counts_what_was_held_and_names_alone_what_was_not(of_coverage):
    assert in_tile(of_coverage, TORI) == ["Tori", "12"]
    assert in_tile(of_coverage, KIHNU) == ["Kihnu"]
    assert in_tile(of_coverage, NARVA) == ["Narva"]


def test_a_tile_has_the_shade_of_the_map(of_shares):
    there = marked(choropleth(shares("municipality", KEPT), WORDS, "et"), "region:")
    for code, patch in marked(of_shares, "tile:").items():
        assert (patch.get_facecolor(), patch.get_hatch()) == (there[code].get_facecolor(), there[code].get_hatch())


def test_nearly_all_is_not_said_as_all_in_a_tile():
    frame = shares("municipality", {})
    figure = tile_map(frame.assign(estimate=frame["estimate"].mask(frame["region"] == NARVA, 0.9999)), WORDS, "et")
    assert in_tile(figure, NARVA) == ["Narva", ">99"]


def test_the_lines_between_prefectures_are_drawn_once_and_no_others(of_shares):
    (ax,) = of_shares.axes
    lines = next(c for c in ax.collections if c.get_gid() == "border:prefecture")
    drawn = {tuple(sorted(map(tuple, segment))) for segment in lines.get_segments()}
    assert len(drawn) == len(lines.get_segments())
    at = {(tile.column, tile.row): region_of(tile.code, "prefecture") for tile in tiles()}
    for (column, row), prefecture in at.items():
        right, below = at.get((column + 1, row)), at.get((column, row + 1))
        side = ((column + 1, row), (column + 1, row + 1))
        assert (side in drawn) == (right is not None and right != prefecture)
        foot = ((column, row + 1), (column + 1, row + 1))
        assert (foot in drawn) == (below is not None and below != prefecture)


def test_the_legend_lies_where_there_are_no_tiles(of_shares, of_coverage):
    for figure in (of_shares, of_coverage):
        figure.canvas.draw()
        boxes = [patch.get_window_extent() for patch in marked(figure, "tile:").values()]
        (legend,) = figure.legends
        assert not any(overlap(legend.get_window_extent(), box) for box in boxes)


@pytest.mark.parametrize("lang", ["et", "en"])
def test_letters_are_large_apart_and_on_the_slide(lang):
    frame = shares("municipality", KEPT)
    hidden = frame["flag"].mask(frame["region"] == PARNU, "suppressed")
    assert_legible(tile_map(frame.assign(flag=hidden), WORDS, lang))
    assert_legible(coverage_tiles(counts({TORI: 12}, {KIHNU: 1}), WORDS, lang))


def test_the_legend_counts_the_municipalities_of_each_state(of_coverage):
    for state in ("79 municipalities", "held: 2", "only planned: 1", "neither: 76"):
        assert state in said(of_coverage)
