"""Charts that are maps: which there are, and the words around them."""

from datetime import date

import pandas as pd
import pytest

from kodukant_analysis.figures import Chart, charts
from kodukant_analysis.indicators import within_prefecture
from kodukant_analysis.places import CREDIT
from kodukant_analysis.text import languages
from tests.figures.drawn import assert_legible, said
from tests.figures.frames import counts, shares

AS_OF = date(2024, 12, 31)
TORI, PARNU, KIHNU, NARVA, OSULA = "0809", "0624", "0303", "0511", "0142"


def drawn(frame: pd.DataFrame, lang: str = "et") -> dict[str, Chart]:
    return {chart.name.removesuffix(f"-{lang}"): chart for chart in charts(frame, lang=lang, as_of=AS_OF)}


def test_shares_of_counties_are_drawn_as_dots_and_as_a_map():
    assert set(drawn(shares("county", {}))) == {"plan-fulfilment-county", "plan-fulfilment-county-map"}


def test_shares_of_municipalities_are_drawn_as_map_and_tiles_never_as_dots():
    names = set(drawn(shares("municipality", {})))
    assert names == {"plan-fulfilment-municipality-map", "plan-fulfilment-municipality-tiles"}


def test_a_map_of_municipalities_is_drawn_only_where_most_have_a_number():
    assert drawn(shares("municipality", {TORI: (12, 20)}, otherwise=(1, 4))) == {}


def test_a_map_of_counties_is_drawn_only_where_some_have_a_number():
    assert set(drawn(shares("county", {}, otherwise=(1, 4)))) == {"plan-fulfilment-county"}


def test_municipalities_of_before_the_reform_have_no_map():
    frame = shares("municipality", {})
    gone = frame[frame["region"] == TORI].assign(region="0710", region_name="Saarde vald (kuni 2017)")
    assert drawn(pd.concat([frame, gone])) == {}


def test_discussions_are_drawn_by_municipality_only_as_map_and_tiles():
    found = drawn(counts({TORI: 1}, {}))
    assert set(found) == {"discussion-count-municipality-map", "discussion-count-municipality-tiles"}
    assert {chart.indicator for chart in found.values()} == {"discussion_count"}


@pytest.mark.parametrize("indicator", ["plan_slippage", "coverage_place_share:held:today", "coverage_population_share"])
def test_what_is_no_share_of_a_register_is_not_drawn(indicator):
    assert drawn(shares("county", {}).assign(indicator=indicator)) == {}


def test_a_map_of_what_was_completed_is_of_the_longest_time(estimates):
    chart = drawn(estimates)["action-cumulative-incidence-completed-county-map"]
    assert set(chart.data["indicator"]) == {"action_cumulative_incidence:completed:365"}
    assert chart.scope == "kaart maakondade kaupa, 365 päevaga"
    assert "maakondade kaupa, 365 päevaga" in said(chart.figure)


@pytest.mark.parametrize("lang", languages())
def test_every_map_has_words_that_fit_and_names_whose_lines_they_are(lang, estimates):
    weak = counts({TORI: 2}, {KIHNU: 1}, beyond=4)
    frames = [shares("municipality", {TORI: (3, 4)}), shares("county", {"0039": (3, 4)}), weak]
    maps = {**drawn(pd.concat(frames), lang), **drawn(estimates, lang)}
    maps = {name: chart for name, chart in maps.items() if name.endswith(("map", "tiles"))}
    assert len(maps) == 7
    for chart in maps.values():
        assert_legible(chart.figure)
        assert CREDIT in said(chart.figure)
        assert "{" not in chart.alt


def test_the_numbers_beside_a_map_are_those_of_its_regions():
    data = drawn(shares("municipality", {}))["plan-fulfilment-municipality-tiles"].data
    assert len(data) == 80
    assert list(data["region_name"][:2]) == ["Eesti", "Alutaguse vald"]
    counted = drawn(counts({TORI: 1}, {}))["discussion-count-municipality-map"].data
    assert len(counted) == 3 * 80
    assert set(counted["indicator"]) == {f"discussion_count:{state}" for state in ("held", "planned", "overdue")}


def test_the_alternative_text_of_a_map_counts_its_classes_and_names_what_is_hatched():
    frame = shares("county", {"0039": (3, 4), "0050": (0, 0), "0087": (5, 8), "0045": (2, 40)})
    assert drawn(frame)["plan-fulfilment-county-map"].alt == (
        "Kaart maakondade kaupa. Kas kavandatud arutelud peetakse ära? Eesti 75\u00a0%. "
        "Piirkondi on osakaalu järgi: 0–20\u00a0%: 1, 60–80\u00a0%: 11. "
        "Täpitud, andmed puuduvad: Jõgevamaa. Viirutatud, liiga vähe andmeid: Hiiumaa, Võrumaa. "
        "Arvud on joonise all tabelis."
    )


def test_the_alternative_text_of_coverage_names_what_is_only_planned_in_the_order_of_the_alphabet():
    frame = counts({TORI: 2, NARVA: 1}, {PARNU: 1, KIHNU: 1, OSULA: 2, TORI: 1})
    assert drawn(frame, "en")["discussion-count-municipality-tiles"].alt == (
        "Tile map by municipality. Where were discussions held? A discussion was held in 2 municipalities. "
        "Only planned in 3 municipalities (Antsla vald, Kihnu vald, Pärnu linn). "
        "Neither held nor planned in 74 municipalities. The numbers are in the table below the chart."
    )


def test_discussions_of_unknown_municipality_are_told_of_below_the_map():
    lost, placed = (drawn(counts({TORI: 2}, {}, beyond))["discussion-count-municipality-map"] for beyond in (7, 0))
    assert "Omavalitsus ei ole teada: 7 arutelu" in said(lost.figure)
    assert "ei ole teada" not in said(placed.figure)


def test_a_part_of_the_country_does_not_count_what_lies_beyond_it_as_lost():
    frame = within_prefecture(counts({TORI: 2, NARVA: 3}, {}, beyond=4), "Lääne")
    maps = drawn(frame)
    assert len(maps) == 2
    assert not any("ei ole teada" in said(chart.figure) for chart in maps.values())


def test_what_stands_for_a_count_is_explained_only_where_it_is_drawn():
    with_few, without = (drawn(shares("county", kept))["plan-fulfilment-county-map"] for kept in ({"0039": (3, 4)}, {}))
    assert "8/12 tähendab" in said(with_few.figure)
    assert "8/12 tähendab" not in said(without.figure)
