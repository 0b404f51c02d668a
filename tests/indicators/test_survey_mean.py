"""The mean score of answers, from answers and from published tables."""

from dataclasses import replace
from datetime import date
from statistics import pvariance

import pytest

from kodukant_analysis.disclosure import disclosed
from kodukant_analysis.indicators import RULES, survey_mean
from kodukant_analysis.indicators.means import METHOD
from kodukant_analysis.records import to_frame
from tests.survey_toy import toy_answers

AS_OF = date(2026, 1, 1)
LAX = replace(RULES, survey_n_eff=0, survey_half_width=100)


def means(answers=(), shares=(), **how):
    data = {"answers": to_frame("answers", answers), "shares": to_frame("shares", shares)}
    how = {"as_of": AS_OF, "by": "country", "detail": True} | how
    return survey_mean(data, **how)


def crowd(scores, each=20, **cells):
    """So many points in each of two strata, at each one answer of each score and one more of a score by turns."""
    told = {"series": "S", "wave": "2016", "question": "trust_police", "scale": "agree4", "is_dont_know": False}
    told |= {"source_file": "a.xlsx", "source_row": 1, "is_positive": True, "weight": 1.0}
    return [
        told | {"score": score, "stratum": stratum, "cluster": f"{point}"} | cells
        for stratum in "AB"
        for point in range(each)
        for score in (*scores, scores[point % len(scores)])
    ]


def published(shares, n=1000, **cells):
    told = {"series": "S", "wave": "2016", "question": "trust_police", "source_file": "b.xlsx", "source_row": 1}
    return [told | {"answer": answer, "share": share, "respondents": n} | cells for answer, share in shares.items()]


@pytest.mark.parametrize(
    ("wave", "mean", "se"), [("2016", 64.7058823529412, 4.79253371154666), ("2018", 69.3853427895981, 6.1949294002868)]
)
def test_the_mean_score_and_its_error_are_those_of_svymean(wave, mean, se):
    row = means([one for one in toy_answers() if one["wave"] == wave], rules=LAX).iloc[0]
    assert (row["estimate"], row["se"], row["df"]) == pytest.approx((mean, se, 4), abs=1e-8)
    assert (row["indicator"], row["unit"]) == ("survey_mean:trust_police:S", "score")
    assert row["method"] == METHOD
    assert (row["low"], row["high"]) == pytest.approx((mean - 2.7764451 * se, mean + 2.7764451 * se), abs=1e-5)


def test_dont_know_has_no_score_and_is_told():
    row = means([one for one in toy_answers() if one["wave"] == "2016"], rules=LAX).iloc[0]
    assert row["n"] == 22
    assert "dont_know=0.091" in row["note"]


def test_a_big_enough_sample_is_shown():
    row = means(crowd((0, 100 / 3, 200 / 3, 100))).iloc[0]
    assert (row["n"], row["estimate"], row["flag"]) == (200, pytest.approx(50), "ok")
    assert row["low"] < 50 < row["high"]


def test_a_small_sample_keeps_its_n_and_says_how_many_are_needed():
    row = means(crowd((0, 100), each=4)).iloc[0]
    assert (row["n"], row["flag"]) == (24, "too_few;few_clusters")
    assert row[["estimate", "low", "high"]].isna().all()
    assert "needed=30" in row["note"]


def test_points_that_happen_to_agree_do_not_make_it_certain():
    rows = crowd((0,), each=20) + crowd((100,), each=20)
    row = means(rows).iloc[0]
    assert row["se"] == pytest.approx((2500 / 160) ** 0.5)


def test_where_all_gave_one_answer_there_is_the_value_and_no_interval():
    row = means(crowd((100,), each=40)).iloc[0]
    assert (row["estimate"], row["flag"]) == (100, "all_same")
    assert row[["low", "high"]].isna().all()


def test_one_sampling_point_rests_on_an_assumed_design_effect():
    rows = [one | {"stratum": "A", "cluster": "1"} for one in crowd((0, 50, 100), each=40)]
    row = means(rows).iloc[0]
    scores = [one["score"] for one in rows]
    assert (row["flag"], row["method"]) == ("one_cluster;assumed_deff", "ratio, Kish, t")
    assert row["se"] == pytest.approx((pvariance(scores) / (len(scores) / 2)) ** 0.5)
    assert row["high"] - row["estimate"] == pytest.approx(1.959964 * row["se"], rel=1e-6)


def test_a_published_table_with_every_answer_has_a_mean():
    row = means(shares=published({"1": 0.05, "2": 0.10, "3": 0.55, "4": 0.25, "dont_know": 0.05})).iloc[0]
    mean = (0.10 / 3 + 0.55 * 2 / 3 + 0.25) / 0.95 * 100
    assert (row["n"], row["estimate"], row["flag"]) == (950, pytest.approx(mean), "assumed_deff")
    assert row["low"] < mean < row["high"]


def test_a_published_table_of_positive_answers_has_none():
    row = means(shares=published({"positive": 0.8})).iloc[0]
    assert (row["flag"], row["note"]) == ("not_estimable", "not every answer is published")


def test_a_published_table_without_n_is_descriptive():
    row = means(shares=published({"1": 0.1, "2": 0.2, "3": 0.5, "4": 0.2}, n=None)).iloc[0]
    assert (row["flag"], row["estimate"]) == ("descriptive", pytest.approx(60))
    assert row[["n", "low", "high"]].isna().all()


def test_a_few_who_all_answered_alike_are_withheld():
    rows = crowd((0, 100), each=40, county_code="0037") + crowd((100,), each=2, county_code="0039", stratum="C")
    found = disclosed(means(rows, by="county")).set_index("region")
    assert found.loc["0039", "flag"] == "suppressed"


def test_a_region_with_nobody_keeps_its_row():
    found = means(crowd((0, 100), each=40, county_code="0037"), by="county").set_index("region")
    assert found.loc["0039", ["n", "flag"]].tolist() == [0, "no_data"]
    assert len(found) == 15


def test_two_scales_under_one_name_are_not_averaged():
    row = means(crowd((0, 100)) + crowd((0, 100), scale="likert5")).iloc[0]
    assert (row["flag"], row["note"]) == ("not_estimable", "scales=agree4,likert5")


def test_neither_the_order_nor_the_scale_of_weights_matters():
    rows = [one | {"weight": 0.5 + place % 3} for place, one in enumerate(crowd((0, 100 / 3, 100)))]
    scaled = [one | {"weight": 1000 * one["weight"]} for one in rows[::-1]]
    columns = ["estimate", "low", "high", "se", "n_eff"]
    assert means(rows)[columns].iloc[0].tolist() == pytest.approx(means(scaled)[columns].iloc[0].tolist())
