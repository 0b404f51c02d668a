"""Maps: every region is drawn, as its number says, where it lies."""

import re
from datetime import date
from itertools import chain

import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure

from kodukant_analysis.figures import charts, png_bytes, svg_bytes
from kodukant_analysis.figures.insets import INSETS
from kodukant_analysis.figures.maps import choropleth, coverage_map
from kodukant_analysis.figures.shades import HELD, NEVER, NO_DATA, PLANNED, UNSAID, contrast, share_shade
from kodukant_analysis.figures.style import Words
from kodukant_analysis.figures.tiles import tile_map
from kodukant_analysis.places import CREDIT, borders, counties, municipalities, neighbours
from tests.figures.drawn import assert_legible, marked, overlap, said, words
from tests.figures.frames import counts, shares

AS_OF = date(2024, 12, 31)
WORDS = Words("Pealkiri", "Alapealkiri", "Allikas.")
# Hiiu: too few, Jõgeva: none, Ida-Viru: few.
COUNTIES = {"0039": (3, 4), "0050": (0, 0), "0045": (2, 40), "0037": (38, 40)}
TORI, PARNU, KIHNU, NARVA, MAARDU = "0809", "0624", "0303", "0511", "0446"


@pytest.fixture(scope="module")
def by_county() -> Figure:
    return choropleth(shares("county", COUNTIES), WORDS, "et")


@pytest.fixture(scope="module")
def by_municipality() -> Figure:
    return choropleth(shares("municipality", {TORI: (3, 4), KIHNU: (0, 0), NARVA: (1, 20)}), WORDS, "et")


@pytest.fixture(scope="module")
def coverage() -> Figure:
    return coverage_map(counts({TORI: 2, PARNU: 1}, {KIHNU: 1, PARNU: 3}), WORDS, "et")


def fill(figure: Figure, region: str) -> tuple[tuple[float, ...], str | None]:
    patch = marked(figure, "region:")[region]
    return patch.get_facecolor(), patch.get_hatch()


def faces(figure: Figure) -> set[str]:
    return set(marked(figure, "region:"))


def test_every_region_is_drawn_once_and_the_country_is_none(by_county, by_municipality):
    assert faces(by_county) == {county.code for county in counties()}
    assert faces(by_municipality) == {one.code for one in municipalities()}


def test_too_few_is_hatched_none_is_dotted_a_number_is_neither(by_county):
    assert fill(by_county, "0039")[1] == UNSAID.hatch
    assert fill(by_county, "0050")[1] == NO_DATA.hatch
    assert not fill(by_county, "0037")[1]
    assert fill(by_county, "0037") != fill(by_county, "0045")


def test_a_share_of_none_is_a_number():
    figure = choropleth(shares("county", {"0037": (0, 20)}), WORDS, "et")
    assert not fill(figure, "0037")[1]
    assert marked(figure, "value:")["0037"].get_text() == "0\u00a0%"


def test_a_county_bears_its_number_and_a_count_where_there_are_too_few(by_county):
    values = {region: text.get_text() for region, text in marked(by_county, "value:").items()}
    assert values["0037"] == "95\u00a0%"
    assert values["0039"] == "3/4"
    assert "0050" not in values
    assert len(values) == 14


def test_a_number_that_is_provisional_bears_an_asterisk_that_is_explained():
    frame = shares("county", {})
    frame = frame.assign(flag=frame["flag"].mask(frame["region"] == "0037", "immature"))
    chart = next(chart for chart in charts(frame, lang="et", as_of=AS_OF) if chart.name.endswith("map-et"))
    assert marked(chart.figure, "value:")["0037"].get_text() == "70\u00a0%*"
    assert "Tärn: esialgne" in said(chart.figure)


def test_a_suppressed_region_is_hatched_and_shows_no_number_even_if_the_frame_has_one():
    frame = shares("county", {"0039": (3, 4)})
    figure = choropleth(frame.assign(flag=frame["flag"].replace("too_few", "suppressed")), WORDS, "et")
    assert fill(figure, "0039")[1] == UNSAID.hatch
    assert "0039" not in marked(figure, "value:")
    assert "ei avaldata" in said(figure)


def test_numbers_lie_in_their_county_and_can_be_read_there(by_county):
    by_county.canvas.draw()
    patches = marked(by_county, "region:")
    for region, text in marked(by_county, "value:").items():
        box = text.get_window_extent().padded(-3)
        path = patches[region].get_path().transformed(patches[region].get_transform())
        assert path.contains_points(box.corners()).all(), region
        assert contrast(text.get_color(), patches[region].get_facecolor()) >= 4.5


def test_a_number_that_has_no_room_is_left_to_the_table():
    frame = shares("county", {})
    nearly = frame.assign(estimate=0.9999, flag="immature")
    long = WORDS._replace(footnote="Allikas. " * 60)
    sizes = [len(marked(choropleth(rows, long, "et"), "value:")) for rows in (frame, nearly)]
    assert 0 < sizes[1] < sizes[0]


def test_every_border_is_drawn_once_under_the_largest_regions_it_parts(by_municipality):
    main = by_municipality.axes[0]
    lines = {c.get_gid(): [tuple(map(tuple, s)) for s in c.get_segments()] for c in main.collections}
    assert set(lines["border:prefecture"]) == set(borders("prefecture"))
    drawn = [*lines["border:prefecture"], *lines["border:county"], *lines["border:municipality"]]
    assert len(drawn) == len(set(drawn)) == len(borders("municipality"))
    assert set(lines["border:country"]) == set(borders("country"))


def test_borders_are_thicker_the_larger_the_regions_they_part(by_municipality):
    width = {c.get_gid(): c.get_linewidth()[0] for c in by_municipality.axes[0].collections}
    assert width["border:prefecture"] > width["border:county"] > width["border:municipality"]


def test_a_map_of_counties_has_no_borders_of_municipalities(by_county):
    assert {str(c.get_gid()) for c in by_county.axes[0].collections if str(c.get_gid()).startswith("border:")} == {
        "border:prefecture", "border:county", "border:country",
    }  # fmt: skip


def test_neighbours_share_the_corners_of_their_border(by_municipality):
    corners = {
        region: set(map(tuple, patch.get_path().vertices))
        for region, patch in marked(by_municipality, "region:").items()
    }
    for one in municipalities():
        for other in neighbours(one.code):
            assert len(corners[one.code] & corners[other]) >= 2, (one.code, other)


def test_north_is_up_and_a_kilometre_is_as_long_either_way(by_county, by_municipality):
    for ax in chain(by_county.axes, by_municipality.axes):
        (left, low), (right, high) = ax.transData.transform(
            [(ax.get_xlim()[0], ax.get_ylim()[0]), (ax.get_xlim()[1], ax.get_ylim()[1])]
        )
        east, north = np.ptp(ax.get_xlim()), np.ptp(ax.get_ylim())
        assert (right - left) / east == pytest.approx((high - low) / north, rel=1e-6)
        assert right > left
        assert high > low


def test_insets_show_larger_what_is_marked_on_the_map(by_municipality):
    main, *insets = by_municipality.axes
    frames = marked(by_municipality, "inset-mark:")
    scale = [ax.get_position().width / np.ptp(ax.get_xlim()) for ax in (main, *insets)]
    assert len(insets) == len(INSETS) == 2
    for ax, inset in zip(insets, INSETS, strict=True):
        x, y = frames[inset.name].get_xy()
        assert (x, x + frames[inset.name].get_width()) == ax.get_xlim()
        assert (y, y + frames[inset.name].get_height()) == ax.get_ylim()
    assert min(scale[1:]) > 1.4 * scale[0]


def test_the_small_towns_of_the_north_are_whole_in_an_inset(by_municipality):
    for name, towns in {"tallinn": (MAARDU, "0784", "0296"), "ida_viru": (NARVA, "0735", "0251")}.items():
        window = next(inset.window for inset in INSETS if inset.name == name)
        patches = marked(by_municipality, f"inset:{name}:")
        for town in towns:
            box = patches[town].get_path().get_extents()
            assert window.left <= box.x0 <= box.x1 <= window.right or town == "0784"
            assert window.bottom <= box.y0 and (box.y1 <= window.top or town == "0784")


def test_an_inset_has_the_shades_of_the_map(by_municipality):
    there, here = marked(by_municipality, "region:"), marked(by_municipality, "inset:ida_viru:")
    assert all(patch.get_facecolor() == there[region].get_facecolor() for region, patch in here.items())


def test_counties_need_no_inset(by_county):
    assert len(by_county.axes) == 1


def test_nothing_lies_over_the_legend(by_county, by_municipality, coverage):
    for figure in (by_county, by_municipality, coverage):
        figure.canvas.draw()
        others = [patch.get_window_extent() for patch in marked(figure, "region:").values()]
        others += [ax.get_window_extent() for ax in figure.axes[1:]]
        for legend in figure.legends:
            assert not any(overlap(legend.get_window_extent(), box) for box in others)


def test_letters_are_large_apart_and_on_the_slide(by_county, by_municipality, coverage):
    for figure in (by_county, by_municipality, coverage):
        assert_legible(figure)


def test_the_legend_has_what_is_on_the_map_and_nothing_else(by_county):
    entries = [text.get_text().replace("\n", " ") for legend in by_county.legends for text in legend.get_texts()]
    assert entries == ["80–100\u00a0%", "60–80\u00a0%", "0–20\u00a0%", "liiga vähe andmeid", "andmed puuduvad"]
    assert "Eesti 75\u00a0%" in said(by_county)


def test_a_held_discussion_counts_before_a_planned_one_and_none_is_never(coverage):
    assert fill(coverage, TORI) == fill(coverage, PARNU)
    assert fill(coverage, TORI)[0] == to_rgba(HELD.face)
    assert fill(coverage, KIHNU)[1] == PLANNED.hatch
    assert fill(coverage, NARVA)[1] == NEVER.hatch


def test_an_overdue_plan_is_a_plan_and_a_cancelled_one_is_none():
    figure = coverage_map(counts({}, {}, overdue={TORI: 1}, cancelled={PARNU: 1}), WORDS, "et")
    assert fill(figure, TORI)[1] == PLANNED.hatch
    assert fill(figure, PARNU)[1] == NEVER.hatch


def test_the_legend_counts_the_municipalities_of_each_state(coverage):
    for words_of_state in ("79 omavalitsust", "peetud: 2", "ainult kavas: 1", "ei kumbagi: 76"):
        assert words_of_state in said(coverage)


def test_shares_of_the_same_class_look_the_same_in_every_map():
    one, other = (choropleth(shares("county", {}, kept), WORDS, "en") for kept in ((13, 20), (15, 20)))
    assert fill(one, "0037") == fill(other, "0037")
    assert share_shade(0.65) == share_shade(0.75)


def test_the_drawing_names_whose_lines_they_are():
    chart = next(c for c in charts(shares("county", {}), lang="en", as_of=AS_OF) if c.name.endswith("map-en"))
    drawing = svg_bytes(chart.figure, title=chart.title, alt=chart.alt, lang="en").decode()
    assert CREDIT in " ".join(re.findall(r"<!-- (.*?) -->", drawing))


def test_the_same_numbers_give_the_same_bytes():
    frame = shares("municipality", {TORI: (3, 4), KIHNU: (0, 0)})
    there, back = (choropleth(rows, WORDS, "et") for rows in (frame, frame.iloc[::-1]))
    assert png_bytes(there) == png_bytes(back)
    assert svg_bytes(there, title="", alt="", lang="et") == svg_bytes(back, title="", alt="", lang="et")


def test_a_drawing_of_all_municipalities_is_small_enough_for_a_page():
    figure = choropleth(shares("municipality", {}), WORDS, "et")
    drawing = svg_bytes(figure, title="", alt="", lang="et")
    assert len(drawing) < 1_000_000
    assert not re.search(rb' d="[^"]*\.\d{3}', drawing)


@pytest.mark.parametrize("draw", [choropleth, tile_map])
def test_a_frame_without_regions_is_refused_in_words(draw):
    frame = shares("municipality", {})
    for rows in (frame.iloc[:0], frame[frame["region"] == "EE"]):
        with pytest.raises(ValueError, match="a map needs rows of regions"):
            draw(rows, WORDS, "et")


@pytest.mark.parametrize("draw", [choropleth, tile_map])
def test_municipalities_of_before_the_reform_are_refused_by_code(draw):
    frame = shares("municipality", {})
    gone = frame[frame["region"] == TORI].assign(region="0105", region_name="Abja vald (kuni 2017)")
    with pytest.raises(ValueError, match="outlines of today's municipalities only: 0105"):
        draw(pd.concat([frame, gone]), WORDS, "et")


def test_words_on_a_map_are_in_the_language_asked_for():
    figure = choropleth(shares("municipality", {TORI: (3, 4)}), WORDS, "en")
    assert {"1  Tallinn and around", "2  Towns of Ida-Viru"} <= {text.get_text() for text in words(figure)}
