"""How answers fall on the points of a scale."""

from dataclasses import replace
from datetime import date

import pytest

from kodukant_analysis.indicators import RULES, survey_distribution, survey_share
from kodukant_analysis.records import to_frame
from kodukant_analysis.stats import published_share
from tests.survey_toy import toy_answers

AS_OF = date(2026, 1, 1)
LAX = replace(RULES, survey_n_eff=0, survey_width=1.1, survey_relative_width=99)


def parts_of(answers=(), shares=(), **how):
    data = {"answers": to_frame("answers", answers), "shares": to_frame("shares", shares)}
    how = {"as_of": AS_OF, "by": "country", "detail": True, "rules": LAX} | how
    found = survey_distribution(data, **how)
    return found.assign(part=found["indicator"].str.rpartition(":")[2]).set_index("part")


def wave(name):
    return [one for one in toy_answers() if one["wave"] == name]


def published(shares, n=1000):
    told = {"series": "S", "wave": "2016", "question": "trust_police", "source_file": "b.xlsx", "source_row": 1}
    return [told | {"answer": answer, "share": share, "respondents": n} for answer, share in shares.items()]


NORSTAT = {"4": 0.237, "3": 0.563, "2": 0.115, "1": 0.045, "dont_know": 0.04}


def test_the_answers_of_a_wave_add_up_to_all():
    found = parts_of(wave("2016"))
    assert found.index.tolist() == ["1", "2", "3", "4", "dont_know"]
    assert found["estimate"].sum() == pytest.approx(1)
    assert found.loc["dont_know", ["estimate", "se"]].tolist() == pytest.approx(
        [0.0716723549488055, 0.0468972610036268]
    )


def test_without_dont_know_the_rest_add_up_to_all():
    found = parts_of(wave("2016"), base="substantive")
    assert found.index.tolist() == ["1", "2", "3", "4"]
    assert found["estimate"].sum() == pytest.approx(1)
    assert found.loc[["3", "4"], "estimate"].sum() == pytest.approx(0.716911764705882)


def test_positive_answers_are_the_share_of_trust():
    found = parts_of(wave("2016"), parts="groups")
    data = {"answers": to_frame("answers", wave("2016")), "shares": to_frame("shares", [])}
    share = survey_share(data, as_of=AS_OF, rules=LAX, detail=True).iloc[0]
    columns = ["n", "k", "estimate", "low", "high", "se"]
    assert found.loc["positive", columns].tolist() == share[columns].tolist()
    assert "neutral" not in found.index
    assert found["estimate"].sum() == pytest.approx(1)


def test_the_middle_of_a_scale_is_neither_positive_nor_negative():
    codes = [1, 2, 3, 3, 4, 5, 5, 5]
    rows = [
        one | {"scale": "likert5", "answer": float(code), "score": 25.0 * (code - 1), "is_positive": code > 3}
        for one, code in zip(wave("2018"), codes, strict=False)
    ]
    rows = [one | {"weight": 1.0, "is_dont_know": False} for one in rows]
    found = parts_of(rows, parts="groups")
    assert found.loc[["positive", "neutral", "negative", "dont_know"], "k"].tolist() == [4, 2, 2, 0]


def test_intervals_that_hold_together_are_wider():
    one, all_of_them = parts_of(wave("2016")), parts_of(wave("2016"), simultaneous=True)
    assert (all_of_them["high"] - all_of_them["low"] > one["high"] - one["low"]).all()


def test_every_published_answer_has_its_share():
    found = parts_of(shares=published(NORSTAT), rules=RULES)
    assert found["estimate"].to_dict() == pytest.approx(NORSTAT)
    expected = published_share(0.237, 1000, unit=0.001)
    assert found.loc["4", ["low", "high"]].tolist() == pytest.approx([expected.low, expected.high])


def test_published_answers_without_dont_know_have_another_base():
    found = parts_of(shares=published(NORSTAT), base="substantive", rules=RULES)
    assert found.loc["4", "estimate"] == pytest.approx(0.237 / 0.96)
    assert found["n"].unique().tolist() == [960]


def test_the_groups_of_a_published_table_are_sums_of_its_answers():
    found = parts_of(shares=published(NORSTAT), parts="groups", rules=RULES)
    told = found["estimate"].dropna().to_dict()
    assert told == pytest.approx({"positive": 0.8, "negative": 0.16, "dont_know": 0.04})


def test_an_answer_that_nobody_gave_in_another_question_is_not_asked_of_it():
    yes_no = [one | {"question": "knows_officer", "scale": "yes_no", "answer": 1.0} for one in wave("2016")]
    found = survey_distribution(
        {"answers": to_frame("answers", wave("2016") + yes_no), "shares": to_frame("shares", [])}, as_of=AS_OF
    )
    assert sorted(name for name in found["indicator"] if "knows_officer" in name) == [
        "survey_distribution:knows_officer:S:1",
        "survey_distribution:knows_officer:S:dont_know",
    ]
