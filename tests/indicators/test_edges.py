"""Edges of section 8 of the method book that show in what leaves the house: one answer, all alike, none."""

from datetime import date

import numpy as np
import pytest

from kodukant_analysis.disclosure import disclosed
from kodukant_analysis.indicators import compare_funnel, compare_shrink, survey_change, survey_mean, survey_share
from kodukant_analysis.records import to_frame
from tests.indicators.test_compare import CODES, counted, counties, frame
from tests.stats.regions15 import K, N

AS_OF = date(2026, 1, 1)


def answer(wave="2016", **cells):
    told = {"series": "S", "wave": wave, "question": "trust_police", "scale": "agree4", "is_dont_know": False}
    return told | {"source_file": "a.xlsx", "source_row": 1, "is_positive": True, "score": 100.0, "weight": 1.0} | cells


def shown(indicator, answers=(), shares=(), by="county", **how):
    data = {"answers": to_frame("answers", answers), "shares": to_frame("shares", shares)}
    return disclosed(indicator(data, by=by, as_of=AS_OF, detail=True, **how)).set_index("region")


def many(wave="2016", n=120, county="0037"):
    return [
        answer(wave, county_code=county, is_positive=bool(one % 4), score=100.0 * bool(one % 4), stratum="A")
        | {"cluster": f"{county}{one % 12}"}
        for one in range(n)
    ]


def one_answer(wave="2016"):
    return answer(wave, county_code="0039", stratum="A", cluster="hiiu")


@pytest.mark.parametrize("indicator", [survey_share, survey_mean])
def test_one_answer_is_suppressed_and_its_n_with_it(indicator):
    found = shown(indicator, [*many(), one_answer()])
    assert found.loc["0039", "flag"] == "suppressed"
    assert found.loc["0039", ["n", "estimate", "low", "high", "k"]].isna().all()


def test_a_change_of_one_answer_is_suppressed():
    answers = [*many("2016"), *many("2018"), one_answer("2016"), one_answer("2018")]
    found = shown(survey_change, answers)
    assert found.loc["0039", "flag"] == "suppressed"
    assert found.loc["0039", ["n", "estimate", "low", "high"]].isna().all()


def test_a_published_share_of_one_is_suppressed():
    share = {"series": "S", "wave": "2021", "question": "trust_police", "survey_region": "Eesti", "share": 1.0}
    found = shown(survey_share, shares=[share | {"respondents": 1}], by="country")
    assert found.loc["EE", "flag"] == "suppressed"
    assert found.loc["EE", ["n", "estimate", "low", "high"]].isna().all()


@pytest.mark.parametrize("indicator", [survey_share, survey_mean])
def test_nobody_asked_is_no_data_in_every_county(indicator):
    found = shown(indicator, many())
    others = found.drop(index="0037")
    assert len(others) == 14
    assert set(others["flag"]) == {"no_data"}
    assert (others["n"] == 0).all()


def test_a_region_of_one_is_compared_within_limits_as_wide_as_can_be():
    rows = [*counties(K[1:], N[1:], CODES[1:]), counted(CODES[0], 1, 1)]
    found = compare_funnel(frame(*rows), dispersion=None).set_index("region").loc[CODES[0]]
    assert np.isnan(found["limit_low"]) or found["limit_high"] - found["limit_low"] > 0.9


def test_a_region_without_data_is_not_the_average_of_the_others():
    rows = [*counties(K[1:], N[1:], CODES[1:]), counted(CODES[0], 0, 0, flags=["no_data"])]
    found = compare_shrink(frame(*rows)).set_index("region").loc[CODES[0]]
    assert found["flag"] == "no_data"
    assert np.isnan(found["shrunken"])


def test_a_region_of_few_is_pulled_hard_and_its_reliability_says_so():
    rows = [*counties(K[1:], N[1:], CODES[1:]), counted(CODES[0], 10, 10)]
    found = compare_shrink(frame(*rows)).set_index("region")
    assert found.loc[CODES[0], "shrunken"] < 0.85
    assert found.loc[CODES[0], "reliability"] == found["reliability"].loc[[*CODES[2:4], CODES[0]]].min()


def test_regions_of_all_yes_are_not_shrunken_apart():
    found = compare_shrink(frame(*counties([20] * 15, [20] * 15)))
    assert found["shrunken"].dropna().nunique() <= 1
    assert found["compared_note"].nunique() == 1
