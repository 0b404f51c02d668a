"""Outlines: shapes that fill Estonia without gaps, at the size the land has, from the file as the tool makes it."""

import json
import subprocess
import sys
from itertools import combinations, pairwise
from pathlib import Path

import pytest
import shapely

from kodukant_analysis.places import (
    COUNTRY,
    Division,
    borders,
    centre,
    counties,
    members,
    municipalities,
    neighbours,
    outline,
    prefectures,
    region_of,
    survey_regions,
)

ROOT = Path(__file__).parents[2]
DATA = ROOT / "kodukant_analysis" / "places" / "data"
GEO = ROOT.parent / "shared" / "geo"
CODES = tuple(municipality.code for municipality in municipalities())
COUNTIES = tuple(county.code for county in counties())
REGIONS = (*CODES, *COUNTIES, *prefectures(), COUNTRY, *(region.name for region in survey_regions()))


def area(region: str) -> shapely.MultiPolygon:
    return shapely.MultiPolygon([shapely.Polygon(part.exterior, part.holes) for part in outline(region)])


AREAS = {region: area(region) for region in REGIONS}


def test_the_file_is_small() -> None:
    assert (DATA / "outlines.json").stat().st_size < 150_000


def test_every_region_has_a_valid_outline() -> None:
    assert (len(CODES), len(COUNTIES), len(prefectures())) == (79, 15, 4)
    assert {region: shapely.is_valid_reason(AREAS[region]) for region in REGIONS} == dict.fromkeys(
        REGIONS, "Valid Geometry"
    )


def test_municipalities_have_neither_gaps_nor_overlaps() -> None:
    assert shapely.coverage_is_valid([AREAS[code] for code in CODES])
    assert len(shapely.coverage_invalid_edges([AREAS[code] for code in CODES], gap_width=500)[0].coords) == 0


def test_only_lake_vortsjarv_and_the_bay_of_kaina_are_open() -> None:
    holes = [shapely.Polygon(hole) for part in outline(COUNTRY) for hole in part.holes]
    assert [round(hole.area / 1e6, -1) for hole in holes] == [270, 10]
    assert AREAS["0205"].envelope.contains(holes[1])


def test_a_region_is_as_large_as_its_municipalities() -> None:
    for region in REGIONS:
        assert AREAS[region].area == pytest.approx(sum(AREAS[code].area for code in members(region)))


def test_the_land_has_its_size() -> None:
    """Official areas in square kilometres (Maa-amet, 2018-09-01) of the largest, the smallest and the islands."""
    official = {"0714": 2717.84, "0424": 3.82, "0303": 17.33, "0907": 94.98, "0689": 11.9, "0784": 159.37}
    assert {code: AREAS[code].area / 1e6 for code in official} == pytest.approx(official, rel=0.03)
    assert AREAS[COUNTRY].area / 1e6 == pytest.approx(43_465, rel=0.01)


@pytest.mark.skipif(not GEO.is_dir(), reason="the exact borders are not at hand")
def test_every_municipality_has_its_official_area() -> None:
    features = json.loads((GEO / "municipalities_79_20180901.geojson").read_text(encoding="utf-8"))["features"]
    official = {feature["properties"]["code"]: feature["properties"]["area_km2"] for feature in features}
    assert {code: AREAS[code].area / 1e6 for code in CODES} == pytest.approx(official, rel=0.02)


@pytest.mark.skipif(not GEO.is_dir(), reason="the exact borders are not at hand")
def test_the_tool_makes_the_file_as_it_is(tmp_path: Path) -> None:
    subprocess.run([sys.executable, str(ROOT / "tools" / "make_outlines.py"), str(GEO), str(tmp_path)], check=True)
    assert (tmp_path / "outlines.json").read_bytes() == (DATA / "outlines.json").read_bytes()


def test_places_lie_where_the_official_projection_has_them() -> None:
    """The town halls of Tallinn and Tartu and the hill Suur Munamägi, in L-EST97."""
    known = {"0784": (542_250, 6_588_900), "0793": (659_400, 6_474_300), "0698": (679_500, 6_399_300)}
    assert [code for code, point in known.items() if AREAS[code].contains(shapely.Point(point))] == list(known)


def test_neighbours_share_their_border_and_nothing_else() -> None:
    for one, two in combinations(CODES, 2):
        shared = AREAS[one].intersection(AREAS[two])
        assert shared.area == 0
        assert (shared.length > 0) == (two in neighbours(one)) == (one in neighbours(two))


def test_islands_have_no_neighbours() -> None:
    alone = {municipality.name for municipality in municipalities() if not neighbours(municipality.code)}
    assert alone == {"Hiiumaa vald", "Kihnu vald", "Ruhnu vald", "Vormsi vald"}


def test_a_code_of_another_time_has_the_outline_of_today() -> None:
    assert (outline("0145"), outline("0067"), centre("0067")) == (outline("0142"), outline("0068"), centre("0068"))


@pytest.mark.parametrize("region", ["0188", "", "Vändra", "Lääne prefektuur"])
def test_what_is_no_region_of_today_is_refused(region: str) -> None:
    with pytest.raises(ValueError, match="no region on the borders of today"):
        outline(region)


@pytest.mark.parametrize("division", ["municipality", "county", "prefecture", "country"])
def test_borders_with_the_coast_are_the_boundaries_of_the_regions_each_drawn_once(division: Division) -> None:
    lines = borders(division) if division == "country" else (*borders(division), *borders("country"))
    edges = [frozenset(edge) for line in lines for edge in pairwise(line)]
    assert len(edges) == len(set(edges))
    regions = {region_of(code, division) for code in CODES}
    boundaries = shapely.union_all([AREAS[region].boundary for region in regions])
    assert shapely.MultiLineString(lines).length == pytest.approx(boundaries.length)


@pytest.mark.parametrize("region", [*COUNTIES, *prefectures(), *CODES])
def test_a_centre_lies_well_inside(region: str) -> None:
    point = shapely.Point(centre(region))
    largest = shapely.Polygon(outline(region)[0].exterior, outline(region)[0].holes)
    assert largest.contains(point)
    assert point.distance(largest.boundary) > 0.15 * largest.area**0.5


def test_survey_regions_hold_the_municipalities_of_their_counties() -> None:
    assert members("Kesk-Eesti") == members("0052") | members("0060") | members("0071")
    assert [members("Tallinn"), members("Eesti")] == [frozenset({"0784"}), frozenset(CODES)]
