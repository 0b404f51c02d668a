"""What could give away a person does not leave the house, not even by subtraction."""

from dataclasses import replace
from math import nan

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kodukant_analysis.disclosure import disclosed
from kodukant_analysis.indicators import RULES
from kodukant_analysis.indicators.estimates import Row, estimate_frame
from kodukant_analysis.indicators.regions import members, region_names, sums_of
from kodukant_analysis.stats import Estimate

TRUST, TRIAD = "survey_share:trust_police:S", "participation_triad_share"
NAMES = {
    code: name
    for by in ("country", "prefecture", "county", "municipality", "survey_region")
    for code, name in region_names(by, "then").items()
}
DETAIL = ["n", "k", "estimate", "low", "high", "se", "n_eff", "df"]


def cell(region, n, k=None, indicator=TRUST, *, period="2016", flags=()):
    positive = n // 2 if k is None and n else k
    found = Estimate(positive / n, 0.1, 0.9, se=0.05, df=12, n_eff=n) if n else Estimate(nan)
    return Row(indicator, region, period, n, "ratio", found, positive, frozenset(flags), note=f"dont_know={n}")


def frame(*rows):
    return estimate_frame(rows, NAMES, detail=True)


def withheld(found):
    return set(found.loc[found["flag"] == "suppressed", "region"])


def survey_regions(*numbers):
    return [cell(region, n) for region, n in zip(region_names("survey_region"), numbers, strict=True)]


def test_fewer_than_five_persons_are_withheld_whole():
    row = disclosed(frame(cell("EE", 4))).iloc[0]
    assert row["flag"] == "suppressed"
    assert row[DETAIL].isna().all()
    assert row["note"] == ""


def test_the_names_of_a_withheld_row_stay():
    row = disclosed(frame(cell("EE", 4))).iloc[0]
    assert row[["indicator", "region", "region_name", "period", "unit"]].tolist() == [
        TRUST,
        "EE",
        "Eesti",
        "2016",
        "share",
    ]


def test_five_persons_are_not_withheld():
    assert disclosed(frame(cell("EE", 5, k=3)))["n"].tolist() == [5]


@pytest.mark.parametrize(("n", "k", "is_withheld"), [(9, 9, True), (9, 0, True), (9, 8, False), (10, 10, False)])
def test_few_persons_of_one_answer_are_withheld(n, k, is_withheld):
    assert (disclosed(frame(cell("EE", n, k=k))).iloc[0]["flag"] == "suppressed") == is_withheld


@pytest.mark.parametrize(("share", "is_withheld"), [(1.0, True), (0.0, True), (0.5, False)])
def test_few_persons_of_one_answer_are_withheld_also_where_only_their_share_is_published(share, is_withheld):
    row = cell("EE", 9)._replace(k=None, found=Estimate(share))
    assert (disclosed(frame(row)).iloc[0]["flag"] == "suppressed") == is_withheld


@pytest.mark.parametrize("k", [0, 9])
def test_few_persons_of_one_answer_are_withheld_also_where_their_share_is_not_shown(k):
    assert withheld(disclosed(frame(cell("EE", 9, k=k, flags=["too_few"])))) == {"EE"}


def test_nobody_gives_nobody_away():
    assert disclosed(frame(cell("EE", 0, k=0, flags=["no_data"])))["n"].tolist() == [0]


def test_how_many_came_is_told_of_five_people_or_more():
    sizes = dict(zip(sorted(members("county", "today")["0079"]), (40, 50, 0, 60, 70, 80, 4, 90), strict=True))
    rows = [cell(code, 2, k=k, indicator="attendance_rate") for code, k in sizes.items()]
    told = frame(*rows, cell("0079", 16, k=sum(sizes.values()), indicator="attendance_rate"))
    assert withheld(disclosed(told)) == {"0793", "0171"}, "the smallest other part of the county goes with it"


def test_as_many_who_came_as_there_were_meetings_is_no_common_answer():
    assert disclosed(frame(cell("0793", 7, k=7, indicator="attendance_rate")))["k"].tolist() == [7]


def test_what_its_indicator_withheld_is_withheld_whole_and_hidden():
    own = cell("Kirde-Eesti", 60, flags=["suppressed"])
    found = disclosed(frame(cell("EE", 160), *survey_regions(40, 30, 20, 10, 60)[:4], own))
    assert withheld(found) == {"Kirde-Eesti", "Kesk-Eesti"}
    assert found.set_index("region").loc["Kirde-Eesti", DETAIL].isna().all()


def test_few_meetings_of_many_people_pass():
    assert disclosed(frame(cell("0793", 1, k=12, indicator="attendance_rate")))["n"].tolist() == [1]


def test_few_who_came_and_all_got_the_summary_are_withheld():
    reached, sent = "summary_sent_share:attendees:14", "summary_sent_share:discussions:14"
    assert withheld(disclosed(frame(cell("EE", 7, k=7, indicator=reached)))) == {"EE"}
    assert withheld(disclosed(frame(cell("EE", 3, k=3, indicator=sent)))) == set()


def test_events_are_not_persons():
    row = disclosed(frame(cell("EE", 4, k=4, indicator=TRIAD, flags=["too_few"]))).iloc[0]
    assert (row["n"], row["k"], row["flag"], row["note"]) == (4, 4, "too_few", "dont_know=4")


def test_a_survey_cell_that_is_not_shown_keeps_only_its_size():
    row = disclosed(frame(cell("EE", 12, k=1, flags=["too_few"]))).iloc[0]
    assert (row["n"], row["n_eff"], row["flag"], row["note"]) == (12, 12, "too_few", "")
    assert pd.isna(row["k"])


def test_the_only_withheld_part_takes_the_smallest_other_part_along():
    found = disclosed(frame(cell("EE", 104), *survey_regions(40, 30, 20, 10, 4)))
    assert withheld(found) == {"Kirde-Eesti", "Kesk-Eesti"}


def test_a_part_without_anybody_hides_nothing():
    found = disclosed(frame(cell("EE", 84), *survey_regions(0, 50, 30, 0, 4)))
    assert withheld(found) == {"Kirde-Eesti", "Lääne-Eesti"}


def test_two_withheld_parts_hide_each_other():
    found = disclosed(frame(cell("EE", 97), *survey_regions(40, 30, 20, 4, 3)))
    assert withheld(found) == {"Kirde-Eesti", "Kesk-Eesti"}


def test_parts_need_no_complement_where_the_whole_is_not_there():
    assert withheld(disclosed(frame(*survey_regions(40, 30, 20, 10, 4)))) == {"Kirde-Eesti"}


def test_a_part_that_is_not_there_hides_the_withheld_one():
    rows = survey_regions(40, 30, 20, 10, 4)[1:]
    assert withheld(disclosed(frame(cell("EE", 104), *rows))) == {"Kirde-Eesti"}


def test_each_wave_is_looked_at_alone():
    later = [
        cell("EE", 104, period="2018"),
        *(row._replace(period="2018") for row in survey_regions(40, 30, 20, 10, 9)),
    ]
    found = disclosed(frame(cell("EE", 104), *survey_regions(40, 30, 20, 10, 4), *later))
    assert set(found.loc[found["flag"] == "suppressed", "period"]) == {"2016"}


CAME = "attendance_rate"


def came(region, period, k):
    return cell(region, 1, k, CAME, period=period) if k else cell(region, 0, None, CAME, period=period)


def hidden_places(*rows):
    found = disclosed(frame(*rows))
    places = zip(found["region"], found["period"], strict=True)
    return {one for one, flag in zip(places, found["flag"], strict=True) if flag == "suppressed"}


def test_a_year_is_not_what_all_time_has_more_than_the_other_years():
    numbers = {"": 53, "2015": 3, "2016": 20, "2017": 30}
    assert hidden_places(*(came("Ida", period, k) for period, k in numbers.items())) == {
        ("Ida", "2015"),
        ("Ida", "2016"),
    }


def test_nor_where_nobody_came_in_the_other_years():
    numbers = {"": 3, "2015": 3, "2016": 0}
    assert hidden_places(*(came("Ida", period, k) for period, k in numbers.items())) == {("Ida", ""), ("Ida", "2015")}


def test_a_half_year_is_not_the_rest_of_its_year():
    numbers = {"2016H1": 4, "2016H2": 20, "2016": 24, "2017": 40}
    assert ("Ida", "2016H2") in hidden_places(*(came("Ida", period, k) for period, k in numbers.items()))


def test_regions_and_years_together_give_no_year_of_a_region_away():
    by_year = {"2015": (3, 20, 30, 40), "2016": (50, 60, 70, 80)}
    prefectures = list(region_names("prefecture"))
    rows = [
        came(one, year, k) for year, several in by_year.items() for one, k in zip(prefectures, several, strict=True)
    ]
    rows += [came(one, "", sum(year[at] for year in by_year.values())) for at, one in enumerate(prefectures)]
    rows += [came("EE", year, sum(several)) for year, several in by_year.items()]
    rows += [came("EE", "", sum(map(sum, by_year.values())))]
    hidden = hidden_places(*rows)
    assert (prefectures[0], "2015") in hidden
    # a rectangle of two regions and two periods at the least: else a row or a column gives one of them away
    for at in (0, 1):
        names = [place[at] for place in hidden]
        assert all(names.count(name) > 1 for name in names)


def test_waves_of_a_survey_do_not_add_up_to_all_time():
    assert withheld(disclosed(frame(cell("EE", 4), cell("EE", 40, period="2016H1")))) == {"EE"}
    found = disclosed(frame(cell("EE", 4, period="2016H1"), cell("EE", 40, period="2016")))
    assert found["flag"].tolist() == ["suppressed", "ok"]


def test_a_county_is_hidden_by_the_smallest_county_of_its_prefecture():
    counties = dict.fromkeys(region_names("county"), 50) | {"0039": 4, "0074": 20, "0037": 10}
    prefectures = {one: sum(counties[county] for county in sums_of()[one][0]) for one in region_names("prefecture")}
    rows = [cell(region, n) for region, n in ({"EE": sum(counties.values())} | prefectures | counties).items()]
    assert withheld(disclosed(frame(*rows))) == {"0039", "0074"}


def test_the_same_people_under_another_name_are_withheld_too():
    prefectures = [cell("Põhja", 30), cell("Lõuna", 4), cell("Ida", None, flags=["not_estimable"])]
    found = disclosed(frame(cell("EE", 104), *survey_regions(30, 4, 20, 20, 30), *prefectures))
    assert {"Lõuna", "Lõuna-Eesti"} <= withheld(found)
    smallest = disclosed(
        frame(cell("EE", 84), *survey_regions(7, 40, 20, 13, 4), *[cell("Põhja", 7), cell("Lõuna", 40)])
    )
    assert withheld(smallest) == {"Kirde-Eesti", "Põhja-Eesti", "Põhja"}


def test_what_passed_once_passes_unchanged():
    once = disclosed(
        frame(cell("EE", 104), *survey_regions(40, 30, 20, 10, 4), cell("EE", 9, 3, TRIAD, flags=["too_few"]))
    )
    pd.testing.assert_frame_equal(disclosed(once), once)


def test_rows_columns_and_types_stay():
    before = frame(cell("EE", 104), *survey_regions(40, 30, 20, 10, 4))
    after = disclosed(before)
    assert after.dtypes.equals(before.dtypes)
    assert after[["indicator", "region", "period"]].equals(before[["indicator", "region", "period"]])


def test_an_empty_frame_passes():
    assert disclosed(frame()).empty


def test_an_indicator_nobody_registered_does_not_pass():
    with pytest.raises(KeyError, match="diaries"):
        disclosed(frame(cell("EE", 100, indicator="diaries")))


def test_other_rules_withhold_more():
    assert withheld(disclosed(frame(cell("EE", 12)), replace(RULES, persons_least=13))) == {"EE"}


def municipal(**counts):
    """Rows of municipalities in the borders of the day: those not named have nobody."""
    names = region_names("municipality", "then")
    return [
        cell(code, counts.get(f"m{code}", 0), flags=[] if counts.get(f"m{code}") else ["no_data"]) for code in names
    ]


def test_a_county_does_not_give_its_withheld_municipality_away():
    rows = [cell("0068", 343), *(cell(code, n) for code, n in (("0624", 300), ("0303", 3), ("0638", 40)))]
    others = [cell(code, 0, flags=["no_data"]) for code in ("0214", "0430", "0712", "0809")]
    assert withheld(disclosed(frame(*rows, *others))) == {"0303", "0638"}


def test_nor_does_it_in_the_borders_of_the_day():
    found = disclosed(frame(cell("0068", 343), *municipal(m0160=3, m0625=300, m0188=40)))
    assert withheld(found) == {"0160", "0188"}


def test_a_withheld_county_is_not_the_sum_of_its_old_municipalities():
    counties = [cell("0039", 4), *(cell(code, 100) for code in region_names("county") if code != "0039")]
    found = disclosed(frame(cell("EE", 1404), *counties, *municipal(m0175=2, m0204=2)))
    assert {"0039", "0175", "0204"} <= withheld(found)


def test_persons_are_not_told_twice_of_one_region():
    with pytest.raises(ValueError, match=r"told twice.*Ida"):
        disclosed(frame(cell("Ida", 300), cell("Ida", 303)))
    disclosed(frame(cell("Ida", 9, 3, TRIAD), cell("Ida", 10, 3, TRIAD)))


BY_COUNTY = st.lists(st.integers(0, 12), min_size=15, max_size=15)


def consistent(by_county):
    """A frame whose prefectures, survey regions and country are the sums of their counties."""
    counties = dict(zip(region_names("county"), by_county, strict=True))
    prefectures = {one: sum(counties[county] for county in sums_of()[one][0]) for one in region_names("prefecture")}
    regions = {"Põhja-Eesti": prefectures["Põhja"], "Lõuna-Eesti": prefectures["Lõuna"]}
    regions |= {"Kesk-Eesti": counties["0052"] + counties["0060"] + counties["0071"], "Kirde-Eesti": counties["0045"]}
    regions["Lääne-Eesti"] = sum(by_county) - sum(regions.values())
    numbers = {"EE": sum(by_county)} | prefectures | counties | regions
    return frame(*(cell(region, n, flags=[] if n else ["no_data"]) for region, n in numbers.items()))


# Lääne is the survey region Lääne-Eesti and two counties in which nobody answered.
@example([0, 0, 1, 0, 0, 0, 5, 0, 1, 0, 4, 0, 0, 0, 1])
@given(BY_COUNTY)
@settings(max_examples=60, deadline=None)
def test_no_withheld_number_is_the_solution_of_the_sums(by_county):
    found = disclosed(consistent(by_county)).set_index("region")
    equations = [(whole, parts) for whole, sums in sums_of().items() for parts in sums]
    shown = set(found.index[found["n"].notna()])
    dark = sorted({region for whole, parts in equations for region in (whole, *parts)} - shown)
    matrix = np.array([[-(one == whole) + (one in parts) for one in dark] for whole, parts in equations], dtype=float)
    matrix = matrix.reshape(len(equations), len(dark))
    for place in (place for place, region in enumerate(dark) if region in found.index):
        unit = np.eye(len(dark))[place]
        is_determined = np.linalg.matrix_rank(np.vstack([matrix, unit])) == np.linalg.matrix_rank(matrix)
        assert not is_determined


@given(BY_COUNTY)
@settings(max_examples=60, deadline=None)
def test_the_gate_is_idempotent(by_county):
    once = disclosed(consistent(by_county))
    pd.testing.assert_frame_equal(disclosed(once), once)


MEAN, CHANGE = "survey_mean:trust_police:S", "survey_change:trust_police:S"
ANSWER = "survey_distribution:trust_police:S:4"


def test_what_is_withheld_in_one_measure_of_a_question_is_withheld_in_all():
    share, mean = cell("0037", 6, k=3), cell("0037", 4, indicator=MEAN)
    assert disclosed(frame(share, mean))["flag"].tolist() == ["suppressed", "suppressed"]
    answer, other_answer = cell("0037", 6, k=3, indicator=ANSWER), cell("0037", 6, k=3, indicator=ANSWER[:-1] + "3")
    assert set(disclosed(frame(cell("0037", 4), answer))["flag"]) == {"suppressed"}
    assert set(disclosed(frame(cell("0037", 4, indicator=ANSWER), share, other_answer))["flag"]) == {"suppressed"}
    other_wave = cell("0037", 6, k=3, period="2018")
    assert disclosed(frame(share, other_wave, mean))["flag"].tolist() == ["suppressed", "ok", "suppressed"]


def test_what_is_withheld_of_one_question_leaves_the_others_of_the_survey_and_the_same_one_of_other_surveys():
    others = ["survey_share:feels_safe:S", "survey_share:trust_police:T"]
    found = disclosed(frame(cell("0037", 4), *(cell("0037", 60, indicator=name) for name in others)))
    assert found["flag"].tolist() == ["suppressed", "ok", "ok"]


def test_a_change_from_a_withheld_level_is_withheld_and_leaves_the_other_level():
    levels = [cell("0037", 4, k=2), cell("0037", 40, period="2018")]
    found = disclosed(frame(*levels, cell("0037", 40, indicator=CHANGE, period="2016 → 2018")))
    assert found["flag"].tolist() == ["suppressed", "ok", "suppressed"]
    assert found[DETAIL].iloc[2].isna().all()


def test_a_level_that_hides_another_takes_its_change_along():
    rows = [*survey_regions(4, 30, 40, 50, 60), cell("EE", 184)]
    later = [row._replace(period="2018", n=100, k=50) for row in rows]
    moved = [row._replace(indicator=CHANGE, period="2016 → 2018", n=100, k=None) for row in rows]
    found = disclosed(frame(*rows, *later, *moved))
    levels, changes = (found[found["indicator"] == name] for name in (TRUST, CHANGE))
    assert withheld(levels) <= withheld(changes)
    assert len(withheld(levels)) == 2


def test_an_answer_that_nobody_of_a_few_gave_hides_nothing_and_one_that_all_gave_does():
    assert disclosed(frame(cell("EE", 8, k=0, indicator=ANSWER)))["flag"].tolist() == ["ok"]
    assert disclosed(frame(cell("EE", 8, k=8, indicator=ANSWER)))["flag"].tolist() == ["suppressed"]
