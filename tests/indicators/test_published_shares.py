"""Surveys of which only the table exists."""

from datetime import date

import pytest

from kodukant_analysis.indicators import survey_share
from kodukant_analysis.records import to_frame
from kodukant_analysis.stats import published_share

AS_OF = date(2026, 1, 1)


def share(**cells):
    return {"series": "S", "wave": "2021", "question": "trust_police", "survey_region": "Eesti"} | cells


def asked(shares, answers=(), by="country"):
    data = {"answers": to_frame("answers", answers), "shares": to_frame("shares", shares)}
    return survey_share(data, by=by, as_of=AS_OF, detail=True).set_index(["region", "period"])


def test_a_published_share_has_the_interval_of_an_assumed_design():
    row = asked([share(share=0.85, respondents=1000)]).iloc[0]
    expected = published_share(0.85, 1000)
    assert (row["n"], row["flag"]) == (1000, "assumed_deff")
    assert (row["estimate"], row["low"], row["high"]) == pytest.approx(expected[:3])


def test_tenths_of_a_percent_are_read_as_such():
    shares = [share(share=0.853, respondents=1000), share(wave="2022", share=0.85, respondents=1000)]
    found = asked(shares)
    assert found.loc[("EE", "2021"), "low"] == pytest.approx(published_share(0.853, 1000, unit=0.001).low)
    assert found.loc[("EE", "2022"), "low"] == pytest.approx(published_share(0.85, 1000, unit=0.01).low)


def test_a_table_of_answers_is_summed_over_the_positive_ones():
    parts = {"4": 0.28, "3": 0.56, "2": 0.06, "1": 0.05, "dont_know": 0.05}
    row = asked([share(share=part, answer=answer, respondents=1000) for answer, part in parts.items()]).iloc[0]
    assert row["estimate"] == pytest.approx(0.84)
    assert row["low"] == pytest.approx(published_share(0.84, 1000, unit=0.02).low)


def test_the_middle_of_five_is_not_positive():
    parts = {"5": 0.2, "4": 0.3, "3": 0.3, "2": 0.1, "1": 0.1}
    assert asked([share(share=p, answer=a, respondents=900) for a, p in parts.items()]).iloc[0]["estimate"] == 0.5


def test_without_a_number_of_respondents_it_is_only_descriptive():
    row = asked([share(share=0.85)]).iloc[0]
    assert (row["estimate"], row["flag"]) == (0.85, "descriptive")
    assert row[["n", "low", "high"]].isna().all()


def test_a_table_that_lacks_a_positive_answer_has_no_share():
    row = asked([share(share=0.28, answer="4"), share(answer="3"), share(share=0.1, answer="1")]).iloc[0]
    assert row["flag"] == "not_estimable"


def test_several_figures_of_no_named_answer_have_no_share():
    row = asked([share(share=0.28), share(share=0.56)]).iloc[0]
    assert row["flag"] == "not_estimable"


def test_few_respondents_are_too_few():
    row = asked([share(share=0.85, respondents=30)]).iloc[0]
    assert (row["n"], row["flag"]) == (30, "too_few;assumed_deff")


def test_answers_win_over_the_table_of_the_same_wave():
    answers = [
        {"series": "S", "wave": "2021", "question": "trust_police", "is_positive": bool(one % 4), "source_row": one}
        for one in range(100)
    ]
    found = asked([share(share=0.85, respondents=1000), share(wave="2022", share=0.9, respondents=1000)], answers)
    assert found["n"].to_dict() == {("EE", "2021"): 100, ("EE", "2022"): 1000}


def test_a_line_is_the_same_whether_from_answers_or_from_a_table():
    assert asked([share(share=0.85, respondents=1000)])["indicator"].tolist() == ["survey_share:trust_police:S"]


def test_a_table_of_the_country_leaves_every_region_without_data():
    found = asked([share(share=0.85, respondents=1000)], by="survey_region")
    assert (found["flag"] == "no_data").all()
    assert len(found) == 5


def test_a_table_by_region_says_nothing_about_the_country():
    shares = [share(share=0.85, respondents=1000, survey_region="Lõuna-Eesti", prefecture="Lõuna")]
    assert asked(shares).iloc[0]["flag"] == "no_data"
    assert asked(shares, by="survey_region").loc[("Lõuna-Eesti", "2021"), "n"] == 1000


def test_a_survey_region_is_a_prefecture_only_where_it_is_all_of_it():
    shares = [
        share(share=0.85, respondents=1000, survey_region="Lõuna-Eesti", prefecture="Lõuna"),
        share(share=0.80, respondents=1000, survey_region="Lääne-Eesti", prefecture="Lääne"),
    ]
    found = asked(shares, by="prefecture")["flag"].droplevel("period").to_dict()
    assert found == {"Põhja": "no_data", "Lõuna": "assumed_deff", "Ida": "no_data", "Lääne": "not_estimable"}


def test_a_table_of_a_later_wave_does_not_exist_yet():
    later = {"fielded_from": "2026-02-01", "fielded_to": "2026-02-20"}
    assert asked([share(share=0.85, respondents=1000) | later]).empty
