"""By how much a share or a mean moved between two waves of one series."""

from dataclasses import replace
from datetime import date

import pytest

from kodukant_analysis.indicators import RULES, survey_change, survey_share
from kodukant_analysis.records import to_frame
from kodukant_analysis.stats import mover, newcombe
from tests.survey_toy import toy_answers

AS_OF = date(2026, 1, 1)
LAX = replace(RULES, survey_n_eff=0, survey_width=1.1, survey_relative_width=99, survey_half_width=100, few_df=1)


def frames(answers=(), shares=()):
    return {"answers": to_frame("answers", answers), "shares": to_frame("shares", shares)}


def changes(answers=(), shares=(), **how):
    how = {"as_of": AS_OF, "by": "country", "detail": True, "rules": LAX} | how
    return survey_change(frames(answers, shares), **how)


def published(wave, share, n=1000, series="S", **cells):
    told = {"series": series, "wave": wave, "question": "trust_police", "source_file": "b.xlsx", "source_row": 1}
    return told | {"answer": "positive", "share": share, "respondents": n} | cells


def test_the_change_of_a_share_has_the_error_of_svycontrast_and_mover_limits():
    row = changes(toy_answers(), base="substantive").iloc[0]
    assert (row["indicator"], row["period"]) == ("survey_change:trust_police:S", "2016 → 2018")
    assert (row["estimate"], row["se"], row["df"]) == pytest.approx((0.0951449728827701, 0.0914580021521085, 4))
    levels = survey_share(frames(toy_answers()), as_of=AS_OF, rules=LAX, detail=True, base="substantive")
    (p1, l1, u1), (p2, l2, u2) = levels[["estimate", "low", "high"]].to_numpy()
    expected = mover(p1, (l1, u1), p2, (l2, u2), 0.0410156329627148)
    assert (row["low"], row["high"]) == pytest.approx((expected.low, expected.high), abs=1e-8)


def test_the_change_of_a_mean_score_is_that_of_r():
    row = changes(toy_answers(), measure="mean").iloc[0]
    assert (row["indicator"], row["unit"]) == ("survey_mean_change:trust_police:S", "score")
    assert (row["estimate"], row["se"]) == pytest.approx((4.67946043665694, 2.93486472582689), abs=1e-8)
    assert row["high"] - row["estimate"] == pytest.approx(2.7764451 * row["se"], rel=1e-6)


def test_published_waves_are_independent_samples():
    row = changes(shares=[published("2022", 0.84), published("2023", 0.88)], rules=RULES).iloc[0]
    assert (row["n"], row["flag"]) == (1000, "assumed_deff")
    assert row["estimate"] == pytest.approx(0.04)
    wider = newcombe(0.88 * 1000 / 1.5, 1000 / 1.5, 0.84 * 1000 / 1.5, 1000 / 1.5)
    assert row["low"] < wider.low < 0.01
    assert row["high"] > wider.high


def test_each_wave_is_compared_with_the_next_one():
    shares = [published(year, share) for year, share in (("2024", 0.8), ("2022", 0.84), ("2023", 0.88))]
    found = changes(shares=shares, rules=RULES)
    assert found["period"].tolist() == ["2022 → 2023", "2023 → 2024"]
    assert found["estimate"].tolist() == pytest.approx([0.04, -0.08])


def test_two_waves_are_compared_where_they_are_named():
    shares = [published(year, share) for year, share in (("2024", 0.8), ("2022", 0.84), ("2023", 0.88))]
    found = changes(shares=shares, rules=RULES, from_wave="2022", to_wave="2024")
    assert found[["period", "estimate"]].values.tolist() == [["2022 → 2024", pytest.approx(-0.04)]]
    assert changes(shares=shares, rules=RULES, from_wave="2023")["period"].tolist() == ["2023 → 2024"]


def test_series_are_never_joined():
    found = changes(shares=[published("2022", 0.84), published("2023", 0.88, series="T")], rules=RULES)
    assert found.empty


def test_a_change_across_a_border_that_moved_is_not_told():
    shares = [published(wave, 0.8, survey_region="Kesk-Eesti") for wave in ("2016", "2018", "2020")]
    found = changes(shares=shares, rules=RULES, by="survey_region")
    found = found[found["region"] == "Kesk-Eesti"].set_index("period")
    assert found.loc["2016 → 2018", "flag"] == "not_estimable;assumed_deff;boundary_break"
    assert found.loc["2016 → 2018", ["estimate", "low"]].isna().all()
    assert found.loc["2018 → 2020", "estimate"] == pytest.approx(0)


def test_a_break_in_between_counts_also_where_it_is_not_of_the_last_wave():
    shares = [published(wave, 0.8, survey_region="Kesk-Eesti") for wave in ("2016", "2018", "2020")]
    found = changes(shares=shares, rules=RULES, by="survey_region", from_wave="2016", to_wave="2020")
    assert "boundary_break" in found.set_index("region").loc["Kesk-Eesti", "flag"]


def test_a_wave_too_small_has_no_change():
    row = changes(shares=[published("2022", 0.5, n=40), published("2023", 0.88)], rules=RULES).iloc[0]
    assert (row["n"], row["flag"]) == (40, "too_few;assumed_deff")
    assert row[["estimate", "low", "high"]].isna().all()


def test_a_wave_of_unknown_size_has_no_change():
    row = changes(shares=[published("2022", 0.84, n=None), published("2023", 0.88)], rules=RULES).iloc[0]
    assert row["flag"] == "not_estimable;assumed_deff"
    assert row[["n", "estimate"]].isna().all()


def test_a_weighted_wave_is_not_compared_with_an_unweighted_one():
    rows = [one | {"weight": None} if one["wave"] == "2018" else one for one in toy_answers()]
    assert changes(rows).iloc[0]["flag"] == "not_estimable;unweighted"


def test_one_sampling_point_has_no_change():
    rows = [one | {"stratum": "A", "cluster": "1"} for one in toy_answers()]
    assert "not_estimable" in changes(rows).iloc[0]["flag"]


def test_a_region_that_one_wave_does_not_reach_keeps_its_row():
    rows = [one | {"county_code": "0037" if one["wave"] == "2016" else "0039"} for one in toy_answers()]
    found = changes(rows, by="county").set_index("region")
    assert len(found) == 15
    assert found.loc["0037", ["n", "flag"]].tolist() == [0, "no_data"]


def test_an_unknown_measure_is_refused():
    with pytest.raises(ValueError, match="share or mean"):
        changes(toy_answers(), measure="median")


def test_waves_without_answers_give_no_rows():
    assert changes().empty
