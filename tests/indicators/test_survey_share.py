"""The share of positive answers, from answers and from published tables."""

import math
from dataclasses import replace
from datetime import date

import pytest

from kodukant_analysis.indicators import RULES, survey_share
from kodukant_analysis.records import to_frame
from kodukant_analysis.stats import published_share, ratio_taylor

AS_OF = date(2026, 1, 1)
TRUST = "survey_share:trust_police:S"
TAYLOR = "ratio, Taylor, Korn-Graubard"

# the toy survey of the method book, first wave: point, weight, trusts (-: don't know)
TOY = """
a1 1.0 yes | a1 1.5 yes | a1 0.5 no | a1 2.0 yes | a2 1.2 no | a2 0.8 no | a2 1.0 yes | a2 1.0 - | a2 1.4 yes
a3 0.9 yes | a3 1.1 yes | a3 1.6 no | b1 2.0 yes | b1 1.0 yes | b1 1.5 yes | b1 0.7 no | b2 1.3 no | b2 0.6 no
b2 1.9 yes | b2 1.0 yes | b2 1.1 - | b3 1.0 yes | b3 1.0 no | b3 2.2 yes
"""


def answer(**cells):
    told = {"series": "S", "wave": "2016", "question": "trust_police", "scale": "agree4", "is_dont_know": False}
    return told | {"source_file": "a.xlsx", "source_row": 1, "is_positive": True} | cells


def toy_answers():
    for told in " | ".join(TOY.strip().splitlines()).split("|"):
        point, weight, trusts = told.split()
        yield answer(
            stratum=point[0],
            cluster=point,
            weight=float(weight),
            is_positive=None if trusts == "-" else trusts == "yes",
            is_dont_know=trusts == "-",
        )


def asked(answers=(), shares=(), **how):
    data = {"answers": to_frame("answers", answers), "shares": to_frame("shares", shares)}
    how = {"as_of": AS_OF, "by": "country", "detail": True} | how
    return survey_share(data, **how).set_index(["region", "period"])


def country(answers=(), shares=(), **how):
    found = asked(answers, shares, **how)
    return found.loc["EE"].iloc[0]


def crowd(points, each=8, **cells):
    """So many points in each of two strata, `each` respondents a point, three of four positive."""
    return [
        answer(stratum=stratum, cluster=f"{place}", weight=1.0, is_positive=bool((one + place) % 4)) | cells
        for stratum in "AB"
        for place in range(points)
        for one in range(each)
    ]


LAX = replace(RULES, survey_n_eff=0, survey_width=1.1, survey_relative_width=99)


def test_substantive_answers_give_the_share_and_interval_of_r():
    row = country(toy_answers(), base="substantive", rules=LAX)
    assert (row["n"], row["df"], row["flag"], row["method"]) == (22, 4, "few_clusters", TAYLOR)
    assert (row["estimate"], row["se"]) == pytest.approx((0.716911764705882, 0.0719273962862355), abs=1e-8)
    assert (row["low"], row["high"]) == pytest.approx((0.487010584203, 0.885750403467), abs=1e-8)


def test_dont_know_stays_in_the_denominator():
    row = country(toy_answers(), rules=LAX)
    assert (row["n"], row["k"]) == (24, 14)
    assert (row["estimate"], row["se"]) == pytest.approx((0.665529010238908, 0.0947503224238443), abs=1e-8)
    assert "dont_know=0.083" in row["note"]


def test_a_region_is_a_domain_of_the_national_sample():
    rows = [told | {"county_code": "0068" if told["cluster"] in {"a1", "b1"} else "0037"} for told in toy_answers()]
    found = asked(rows, by="county", base="substantive", rules=LAX).loc[("0068", "2016")]
    assert found["estimate"] == pytest.approx(0.882352941176471)
    assert found["flag"] == "one_cluster;assumed_deff"


def test_a_region_with_several_points_has_the_error_of_the_whole_design():
    rows = [told | {"county_code": "0068" if told["cluster"] != "b3" else "0037"} for told in toy_answers()]
    found = asked(rows, by="county", base="substantive", rules=LAX).loc[("0068", "2016")]
    expected = ratio_taylor(
        {"stratum": list("AAABBB"), "swy": [4.5, 2.4, 2.0, 4.5, 2.9, 0], "sw": [5.0, 4.4, 3.6, 5.2, 4.8, 0]}
    )
    assert (found["estimate"], found["se"], found["df"]) == pytest.approx((expected.estimate, expected.se, 3))


def test_a_big_enough_sample_is_shown():
    row = country(crowd(points=8))
    assert (row["n"], row["estimate"], row["flag"]) == (128, 0.75, "ok")
    assert 0.65 < row["low"] < 0.75 < row["high"] < 0.85


def test_a_small_sample_keeps_its_n_and_loses_its_share():
    row = country(crowd(points=8, each=1))
    assert (row["n"], row["flag"]) == (16, "too_few")
    assert row[["estimate", "low", "high", "se"]].isna().all()
    assert row["n_eff"] <= 16


def test_one_sampling_point_is_kish_over_an_assumed_design_effect():
    rows = [answer(cluster="1", weight=1.0, is_positive=bool(one % 4)) for one in range(200)]
    row = country(rows)
    expected = published_share(0.75, 200, deff=2.0, unit=0)
    assert (row["low"], row["high"]) == pytest.approx((expected.low, expected.high))
    assert row["flag"] == "one_cluster;assumed_deff"


def test_few_points_are_shown_with_caution():
    assert country(crowd(points=3, each=40))["flag"] == "few_clusters"


def test_all_yes_has_an_interval():
    row = country(crowd(points=8, is_positive=True))
    assert (row["estimate"], row["high"], row["flag"]) == (1, 1, "all_same")
    assert 0.9 < row["low"] < 1


def test_without_sampling_points_each_respondent_is_one():
    rows = [answer(weight=1.0, is_positive=bool(one % 4), respondent_key=f"{one}") for one in range(100)]
    row = country(rows)
    assert (row["df"], row["se"]) == (99, pytest.approx(math.sqrt(0.75 * 0.25 / 99)))


def test_a_wave_without_weights_is_flagged():
    assert country(crowd(points=8, weight=None))["flag"] == "unweighted"


def test_a_wave_with_many_weights_missing_is_flagged_in_every_region():
    rows = [told | {"weight": None} if place < 20 else told for place, told in enumerate(crowd(points=8))]
    assert country(rows)["flag"] == "weights_missing"


def test_a_lonely_stratum_does_not_stop_the_report():
    rows = [*crowd(points=8), *[answer(stratum="C", cluster="9", weight=1.0) for _ in range(8)]]
    assert country(rows)["flag"] == "ok"


def test_two_scales_under_one_name_are_not_added_up():
    row = country([*crowd(points=4), *crowd(points=4, scale="likert5")])
    assert (row["flag"], row["note"]) == ("not_estimable", "scales=agree4,likert5")


def test_the_scale_of_the_weights_does_not_matter():
    rows = [told | {"weight": 0.5 + place % 3} for place, told in enumerate(crowd(points=8))]
    scaled = [told | {"weight": told["weight"] * 1000} for told in rows]
    one, other = country(rows), country(scaled)
    columns = ["estimate", "low", "high", "se", "n_eff"]
    assert one[columns].tolist() == pytest.approx(other[columns].tolist())


def test_the_order_of_the_answers_does_not_matter():
    rows = [told | {"weight": 0.5 + place % 3} for place, told in enumerate(crowd(points=8))]
    columns = ["estimate", "low", "high", "se", "n_eff"]
    assert country(rows)[columns].tolist() == pytest.approx(country(rows[::-1])[columns].tolist())


def test_every_survey_region_has_its_row():
    found = asked(crowd(points=8, survey_region="Lõuna-Eesti"), by="survey_region")
    assert found["n"].tolist() == [0, 128, 0, 0, 0]
    assert found["flag"].tolist() == ["no_data", "ok", "no_data", "no_data", "no_data"]


def test_a_respondent_of_tallinn_is_one_of_the_north():
    rows = crowd(points=4, survey_region="Tallinn") + crowd(points=4, survey_region="Põhja-Eesti")
    assert asked(rows, by="survey_region").loc[("Põhja-Eesti", "2016"), "n"] == 128


def test_a_prefecture_that_survey_regions_cut_through_is_not_estimable():
    rows = crowd(points=8, survey_region="Lõuna-Eesti", prefecture="Lõuna")
    rows += crowd(points=8, survey_region="Lääne-Eesti", prefecture="Lääne")
    found = asked(rows, by="prefecture").xs("2016", level="period")
    assert found["flag"].to_dict() == {
        "Põhja": "no_data",
        "Lõuna": "ok",
        "Ida": "not_estimable",
        "Lääne": "not_estimable",
    }
    assert found.loc["Lääne", ["n", "k"]].isna().all()


def test_with_counties_every_prefecture_is_estimable():
    rows = crowd(points=8, survey_region="Kesk-Eesti", county_code="0071")
    assert asked(rows, by="prefecture").loc[("Lääne", "2016"), "flag"] == "ok"


def test_waves_are_rows_and_series_are_lines():
    rows = crowd(points=8) + crowd(points=8, wave="2018") + crowd(points=8, series="T")
    data = {"answers": to_frame("answers", rows), "shares": to_frame("shares", [])}
    found = survey_share(data, as_of=AS_OF)
    assert found[["indicator", "period"]].values.tolist() == [
        [TRUST, "2016"],
        [TRUST, "2018"],
        ["survey_share:trust_police:T", "2016"],
    ]


def test_waves_are_not_pooled():
    with pytest.raises(ValueError, match="wave"):
        asked(period="year")
