"""Breaks: a footnote tells of a dotted line only where there is one, and else which regions changed."""

from datetime import date

import pandas as pd
import pytest

from kodukant_analysis.figures import charts
from tests.figures.drawn import assert_legible, marked, said
from tests.figures.frames import counts, shares

AS_OF = date(2024, 12, 31)
CHANGED = "Piir muutus: Järvamaa, Pärnumaa, Võrumaa; taset võib lugeda, muutust mitte."
JARVA, PARNU, VORU = "0052", "0068", "0087"
TORI, ANTSLA = "0809", "0142"


def broken(frame: pd.DataFrame, *regions: str) -> pd.DataFrame:
    changed = frame["flag"].where(
        ~frame["region"].isin(regions), frame["flag"].str.cat(["boundary_break"] * len(frame), ";")
    )
    return frame.assign(flag=changed)


@pytest.fixture(scope="module")
def of_counties() -> list[str]:
    frame = broken(shares("county", {}), VORU, PARNU, JARVA)
    return [said(chart.figure) for chart in charts(frame, lang="et", as_of=AS_OF)]


def test_dots_and_maps_name_the_regions_whose_border_changed_in_the_order_of_the_alphabet(of_counties):
    assert len(of_counties) == 2
    assert all(CHANGED in text for text in of_counties)


def test_no_chart_without_a_time_axis_tells_of_a_dotted_line(of_counties, estimates):
    frame = estimates[
        estimates["indicator"].str.startswith("survey_share:trust_police") & (estimates["period"] == "2023")
    ]
    flagged = frame.assign(flag="instrument_break")
    texts = [said(chart.figure) for chart in charts(flagged, lang="et", as_of=AS_OF)]
    assert "Küsimus või küsitlusviis muutus (" in " ".join(texts)
    assert not any("Punktiirjoon" in text for text in [*texts, *of_counties])


def test_the_panels_of_three_times_name_a_region_once(estimates):
    done = estimates["indicator"].str.startswith("action_cumulative_incidence:completed") & (estimates["period"] == "")
    frame = broken(estimates[done & (estimates["region"] != "EE")], PARNU)
    found = {chart.name: said(chart.figure) for chart in charts(frame, lang="en", as_of=AS_OF)}
    assert "Border changed: Pärnu county;" in found["action-cumulative-incidence-completed-county-en"]


def test_waves_say_when_the_dotted_line_was_crossed(estimates):
    frame = estimates[estimates["indicator"] == "survey_share:trust_police:siseturvalisus"]
    found = {chart.name: said(chart.figure) for chart in charts(frame, lang="et", as_of=AS_OF)}
    waves = found["survey-share-trust-police-waves-et"]
    assert "Punktiirjoon: küsimus või küsitlusviis muutus (2023)" in waves


@pytest.mark.parametrize("lang", ["et", "en"])
def test_maps_and_tiles_of_municipalities_name_a_few_and_count_many(lang):
    few = broken(counts({TORI: 2}, {}, beyond=3), TORI, ANTSLA)
    many = shares("municipality", {})
    many = broken(many, *many["region"][1:31])
    drawn = {len(frame): charts(frame, lang=lang, as_of=AS_OF) for frame in (few, many)}
    expected = {"et": ("Antsla vald, Tori vald;", "30 piirkonda;"), "en": ("Antsla vald, Tori vald;", "30 regions;")}
    for made, words in zip(drawn.values(), expected[lang], strict=True):
        assert len(made) == 2
        for chart in made:
            assert words in said(chart.figure)
            assert_legible(chart.figure)


def test_a_region_without_a_number_has_no_level_to_read():
    frame = broken(shares("county", {PARNU: (1, 4)}), PARNU)
    assert not any("Piir muutus" in said(chart.figure) for chart in charts(frame, lang="et", as_of=AS_OF))


def told(frame: pd.DataFrame, note: str) -> pd.DataFrame:
    return frame.assign(note=frame["note"].mask(frame["flag"].str.contains("instrument_break"), note))


@pytest.mark.parametrize(
    ("note", "words"),
    [
        ("dont_know=0.1; break=firm; changed_et=küsitles Emor, varem teised", "küsitles Emor, varem teised;"),
        ("break=firm,mode", "muutus küsitlusfirma, küsitlusviis;"),
    ],
)
def test_waves_say_what_changed_where_the_table_of_breaks_does(estimates, note, words):
    frame = told(estimates[estimates["indicator"] == "survey_share:trust_police:siseturvalisus"], note)
    found = {chart.name: chart.figure for chart in charts(frame, lang="et", as_of=AS_OF)}
    for name in ("trust-police-waves-et", "trust-police-siseturvalisus-survey-region-waves-et"):
        figure = found[f"survey-share-{name}"]
        assert f"Punktiirjoon 2023: {words}" in said(figure)
        assert figure.findobj(lambda artist: artist.get_gid() == "break:2023")
        assert_legible(figure)


def test_a_chart_of_years_has_its_dotted_line_too(estimates):
    country = (estimates["indicator"] == "participation_triad_share") & (estimates["region"] == "EE")
    frame = estimates[country & (estimates["period"] != "")]
    year = frame["period"].iloc[-1]
    flagged = frame.assign(flag=frame["flag"].where(frame["period"] != year, "instrument_break"))
    (chart,) = charts(told(flagged, "break=recording"), lang="en", as_of=AS_OF)
    assert list(marked(chart.figure, "break:")) == [year]
    assert f"Dotted line {year}: change of way of recording; before and after" in said(chart.figure)
