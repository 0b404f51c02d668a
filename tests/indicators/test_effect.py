"""Is an effect spoken of only where it can be, and then rightly?"""

import math
import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import kodukant_analysis
from kodukant_analysis.indicators import effect_did, effect_feasibility, effect_its, panel_frame, panel_of, survey_share
from kodukant_analysis.indicators.design import EFFECT_RULES
from kodukant_analysis.indicators.estimates import COLUMNS, DETAIL
from kodukant_analysis.indicators.regions import members
from kodukant_analysis.records import to_frame
from kodukant_analysis.stats import att_gt
from kodukant_analysis.text import assumption_texts, explain, refusal_texts, refusals_in

PREFECTURES = ("Ida", "Lääne", "Lõuna", "Põhja")
CATALOGUES = Path(kodukant_analysis.__file__).parent / "text" / "catalogues"


def panel(treated=20, untreated=40, *, effect=0.05, periods=8, first=5, noise=0.015, seed=1, **columns):
    """Units by periods with a planted effect; everything that can be told is told and speaks for the question."""
    generator = np.random.default_rng(seed)
    cohorts = np.array([first] * treated + [0] * untreated)
    level = 0.8 + generator.normal(scale=0.03, size=(len(cohorts), 1))
    is_treated = (cohorts[:, None] > 0) & (np.arange(1, periods + 1) >= first)
    values = level + generator.normal(scale=noise, size=(len(cohorts), periods)) + effect * is_treated
    units = [f"U{place:02d}" for place in range(len(cohorts))]
    rows = pd.DataFrame(
        {
            "unit": np.repeat(units, periods),
            "time": np.tile(np.arange(1, periods + 1), len(units)),
            "cohort": np.repeat(cohorts, periods),
            "y": values.clip(0, 1).ravel(),
            "n": 250,
            "covered_share": np.repeat(np.where(cohorts > 0, 1.0, 0.0), periods),
            "prefecture": np.repeat([PREFECTURES[place % 4] for place in range(len(units))], periods),
            "outcome": "trust",
            "chosen_for_peak": False,
            "instrument": "omnibus",
            "mode": "phone",
            "population": "15+",
            "recording": "none",
            "boundary": "today",
        }
    )
    return rows.assign(**columns)


def slugs(rows, **asked):
    return {reason.slug: reason for reason in effect_feasibility(rows, **asked).reasons}


def test_a_panel_that_nothing_speaks_against_is_answered():
    said = effect_feasibility(panel())
    assert (said.answer, said.reasons, said.cautions, said.unchecked) == ("ok", (), (), ())
    assert (said.treated, said.untreated) == (20, 40)
    assert 0 < said.mde < 0.05


# Rule 1


@pytest.mark.parametrize(("treated", "untreated", "slug"), [(4, 40, "few_treated"), (40, 4, "few_untreated")])
def test_too_few_units_on_a_side_are_refused(treated, untreated, slug):
    reason = slugs(panel(treated, untreated))[slug]
    assert (reason.rule, list(reason.values.values())) == (1, [4, 5])
    assert slug not in slugs(panel(treated + 1, untreated + 1))


def test_too_few_arrangements_are_refused():
    lax = replace(EFFECT_RULES, treated_from=1, untreated_from=1)
    assert slugs(panel(1, 12), rules=lax)["few_arrangements"].values == {"p_least": 1 / 13}
    assert "few_arrangements" not in slugs(panel(1, 20), rules=lax)


# Rule 2


@pytest.mark.parametrize(("outcome", "needed"), [("trust", 3), ("calls", 4)])
def test_too_few_measurements_before_are_refused(outcome, needed):
    reason = slugs(panel(first=needed, outcome=outcome))["few_periods"]
    assert (reason.rule, reason.values) == (2, {"before": needed - 1, "needed": needed})
    assert "few_periods" not in slugs(panel(first=needed + 1, outcome=outcome))


# Rule 3


@pytest.mark.parametrize("column", ["instrument", "mode", "population", "recording", "boundary"])
def test_a_change_of_measurement_in_some_units_is_refused(column):
    rows = panel()
    some = rows["unit"].isin(["U00", "U01", "U30"]) & (rows["time"] >= 6)
    reason = slugs(rows.assign(**{column: rows[column].mask(some, "new")}))[f"changed_{column}"]
    assert (reason.rule, reason.values) == (3, {"units": 3})


def test_a_change_of_measurement_in_all_units_at_once_is_not():
    rows = panel()
    assert "changed_mode" not in slugs(rows.assign(mode=np.where(rows["time"] >= 6, "web", "phone")))


def test_units_that_are_always_measured_otherwise_are_not_a_break():
    rows = panel()
    assert "changed_mode" not in slugs(rows.assign(mode=np.where(rows["unit"] == "U03", "web", "phone")))


# Rule 4


def test_data_that_could_see_only_an_effect_beyond_reason_are_refused():
    reason = slugs(panel(noise=0.2, effect=0.3))["small_effects"]
    assert reason.rule == 4
    assert reason.values["mde"] > reason.values["largest"] == 0.05


def test_the_largest_plausible_effect_is_the_callers():
    assert "small_effects" in slugs(panel(), largest_plausible=0.001)
    assert "small_effects" not in slugs(panel(noise=0.2, effect=0.3), largest_plausible=0.5)


def test_the_largest_plausible_effect_on_a_register_is_a_tenth_of_its_level():
    rows = panel(outcome="calls")
    rows = rows.assign(y=rows["y"] * 10, n=np.nan)
    assert "small_effects" not in slugs(rows)
    assert slugs(panel(noise=0.2, outcome="calls", effect=0.3))["small_effects"].values["largest"] == pytest.approx(
        0.08, abs=0.01
    )


# Rule 5


def test_places_that_went_their_own_way_before_are_refused():
    rows = panel()
    drift = np.where(rows["cohort"] > 0, 0.02 * rows["time"], 0)
    reason = slugs(rows.assign(y=rows["y"] - 0.5 + drift))["earlier_trend"]
    assert (reason.rule, reason.values["p"] < 0.05) == (5, True)


def test_a_difference_before_as_large_as_the_one_after_is_refused():
    rows = panel()
    early = rows["y"] - np.where((rows["cohort"] > 0) & (rows["time"] == 2), 0.2, 0)
    assert slugs(rows.assign(y=early))["large_lead"].rule == 5
    assert "large_lead" not in slugs(rows)


# Rule 6


def test_places_chosen_for_a_peak_are_refused():
    rows = panel()
    chosen = rows.assign(chosen_for_peak=rows["unit"].isin(["U00", "U01"]))
    assert slugs(chosen)["chosen_for_peak"].values == {"units": 2}
    assert "chosen_for_peak" not in slugs(rows.assign(chosen_for_peak=rows["unit"] == "U59"))


# Rule 7


def test_discussions_in_one_prefecture_compared_with_the_others_are_refused():
    rows = panel()
    apart = np.where(rows["cohort"] > 0, "Lääne", "Lõuna")
    assert slugs(rows.assign(prefecture=apart))["one_prefecture"].values == {"prefecture": "Lääne"}
    assert "one_prefecture" not in slugs(rows.assign(prefecture=np.where(rows["unit"] == "U59", "Lääne", apart)))


# Rule 8


def test_recorded_crime_is_refused_unless_reporting_is_no_target():
    assert slugs(panel(outcome="crime"))["recorded_crime"].rule == 8
    assert "recorded_crime" not in slugs(panel(outcome="crime", reporting_is_target=False))
    assert "recorded_crime" not in slugs(panel(outcome="calls"))


# Rule 9


def test_samples_of_too_few_answers_in_most_units_are_refused():
    rows = panel()
    assert slugs(rows.assign(n=29))["small_samples"].values == {"units": 60, "all": 60, "needed": 30}
    assert "small_samples" not in slugs(rows.assign(n=30))
    assert "small_samples" not in slugs(rows.assign(n=np.where(rows["unit"] < "U25", 5, 100)))


# Rule 10


def test_with_few_units_only_permutation_speaks():
    said = effect_feasibility(panel(8, 50))
    assert (said.answer, [reason.slug for reason in said.cautions]) == ("ok", ["permutation_only"])
    assert effect_feasibility(panel(15, 15)).cautions == ()


# Data never raise


def test_an_empty_panel_is_refused():
    said = effect_feasibility(panel().iloc[:0])
    assert said.answer == "refused"
    assert {reason.slug for reason in said.reasons} == {"few_treated", "few_untreated"}


@pytest.mark.parametrize(
    "spoilt",
    [
        lambda rows: pd.concat([rows, rows.iloc[:2]]),
        lambda rows: rows.assign(cohort=rows["cohort"].mask(rows.index == 3, 7)),
        lambda rows: rows.assign(time=rows["time"].astype(float).mask(rows.index == 3)),
        lambda rows: rows.assign(unit=rows["unit"].mask(rows.index == 3)),
        lambda rows: rows.assign(cohort=-1),
    ],
)
def test_a_panel_that_contradicts_itself_is_refused(spoilt):
    said = effect_feasibility(spoilt(panel()))
    assert (said.answer, [reason.slug for reason in said.reasons]) == ("refused", ["contradictory"])
    assert effect_did(spoilt(panel()))["flag"].tolist() == ["refused"]


@pytest.mark.parametrize("value", [np.nan, 0.8, np.inf])
def test_values_that_say_nothing_are_refused(value):
    assert effect_feasibility(panel(y=value)).answer == "refused"


def test_a_panel_without_its_columns_is_a_bad_call():
    with pytest.raises(ValueError, match="cohort"):
        effect_feasibility(panel().drop(columns="cohort"))


def test_what_the_panel_does_not_tell_is_said_to_be_unchecked():
    rows = panel()[["unit", "time", "cohort", "y"]].rename(columns={"cohort": "g"})
    said = effect_feasibility(rows)
    assert said.answer == "ok"
    assert set(said.unchecked) >= {"prefecture", "outcome", "chosen_for_peak", "mode"}


def test_units_discussions_came_to_less_than_half_of_are_left_out():
    rows = panel()
    said = effect_feasibility(rows.assign(covered_share=rows["covered_share"].mask(rows["unit"] == "U00", 0.49)))
    assert (said.treated, said.half_covered) == (19, 1)


@pytest.mark.parametrize(
    ("outcome", "times", "unit"), [("trust", 1, "share"), ("trust", 90, "number"), ("crime", 1, "number")]
)
def test_an_outcome_is_a_share_where_it_lies_between_none_and_all_and_is_asked_not_counted(outcome, times, unit):
    rows = panel(outcome=outcome)
    found = effect_did(rows.assign(y=rows["y"] * times), detail=True, reps=99)
    assert set(found["unit"]) == {unit}


def test_units_that_were_left_out_are_told_of_beside_the_effect():
    rows = panel()
    some = rows.assign(covered_share=rows["covered_share"].mask(rows["unit"] == "U00", 0.49))
    assert "half_covered=1" in effect_did(some, detail=True).iloc[0]["note"]
    assert "half_covered" not in effect_did(rows, detail=True).iloc[0]["note"]


# The deck


def test_three_municipalities_of_one_prefecture_among_79_are_refused():
    rows = panel(3, 76, effect=0.2, noise=0.1, n=13)
    west = np.where(rows["cohort"] > 0, "Lääne", np.where(rows["prefecture"] == "Lääne", "Lõuna", rows["prefecture"]))
    said = effect_feasibility(rows.assign(prefecture=west))
    assert said.answer == "refused"
    expected = {"few_treated", "small_effects", "one_prefecture", "small_samples"}
    assert {reason.slug for reason in said.reasons} >= expected
    row = effect_did(rows.assign(prefecture=west), detail=True).iloc[0]
    assert (row["flag"], row["n"], row["k"]) == ("refused", 79, 3)
    assert row[["estimate", "low", "high", "se", "p"]].isna().all()
    assert "few_treated.treated=3; few_treated.needed=5" in row["note"]
    assert "municipalities with discussions that can be compared: 3" in " ".join(refusal_texts(said.reasons, "en"))


# The answer


def test_a_planted_effect_is_found_again():
    rows = panel(effect=0.05)
    row = effect_did(rows, detail=True).iloc[0]
    assert (row["indicator"], row["flag"], row["n"], row["k"], row["period"]) == (
        "effect_did:trust",
        "ok",
        60,
        20,
        "1-8",
    )
    assert row["low"] < 0.05 < row["high"]
    assert row["p"] < 0.01
    wide = rows.pivot(index="unit", columns="time", values="y").to_numpy()
    expected = att_gt(wide, [5] * 20 + [0] * 40, anticipation=1)
    assert (row["estimate"], row["se"]) == pytest.approx((expected.estimate, expected.se))


def test_with_few_treated_the_interval_is_that_of_the_permutation():
    row = effect_did(panel(8, 50), detail=True).iloc[0]
    assert row["note"].startswith("inference=permutation")
    assert row["low"] < 0.05 < row["high"]
    assert math.isnan(row["df"])


def test_a_planted_nothing_does_not_alarm():
    alarms = 0
    for seed in range(40):
        row = effect_did(panel(effect=0.0, seed=seed), reps=199, placebo=False).iloc[0]
        alarms += row["flag"] == "ok" and (row["p"] < 0.05 or not row["low"] < 0 < row["high"])
    assert alarms <= 4


def test_the_answer_is_a_frame_of_estimates_with_columns_behind():
    found = effect_did(panel(), detail=True)
    behind = ["p", "p_least", "mde", "trend_p", "without_one_low", "without_one_high"]
    assert list(found.columns) == [*COLUMNS, *DETAIL, *behind]
    assert list(effect_did(panel()).columns) == [*COLUMNS, *behind]
    assert found.iloc[0]["without_one_low"] <= found.iloc[0]["estimate"] <= found.iloc[0]["without_one_high"]


def test_every_placebo_that_the_panel_allows_has_its_row():
    rows = panel(placebo=np.random.default_rng(3).normal(size=480))
    rows = rows.assign(borders_treated=rows["unit"] == "U59")
    found = effect_did(rows).set_index("indicator")
    names = [f"effect_did:trust:{one}" for one in ("fake_date_2", "fake_date_3", "fake_outcome", "without_neighbours")]
    assert list(found.index) == ["effect_did:trust", *names]
    assert found["p"].notna().all()
    assert found.loc[names[3], "n"] == 59
    assert len(effect_did(rows, placebo=False)) == 1


def test_a_placebo_that_alarms_is_named():
    rows = panel()
    moved = rows["y"].where(~((rows["cohort"] > 0) & (rows["time"] >= 5)), 5.0)
    note = effect_did(rows.assign(placebo=moved), detail=True).iloc[0]["note"]
    assert "placebo_alarms=fake_outcome" in note


def test_an_effect_without_the_neighbours_is_no_alarm():
    rows = panel(effect=0.05)
    beside = rows["unit"].isin({"U20", "U21", "U22"})
    answered = effect_did(rows.assign(borders_treated=beside), reps=499, detail=True)
    assert answered["indicator"].iloc[-1] == "effect_did:trust:without_neighbours"
    assert answered["p"].iloc[-1] < 0.05
    assert "without_neighbours" not in answered["note"].iloc[0]


def test_the_order_of_rows_does_not_matter():
    rows = panel(8, 30)
    pd.testing.assert_frame_equal(effect_did(rows), effect_did(rows.sample(frac=1, random_state=1)))


# Interrupted series


def series(months=48, start=25, jump=0.0, seed=1, **columns):
    generator, time = np.random.default_rng(seed), np.arange(1, months + 1)
    y = 50 + 5 * np.sin(2 * np.pi * time / 12) + generator.normal(size=months) + jump * (time >= start)
    return pd.DataFrame({"time": time, "y": y}).assign(**columns)


@pytest.mark.parametrize(("largest", "unit"), [(1.0, "share"), (1.5, "number")])
def test_a_series_is_of_shares_where_all_lie_between_none_and_all(largest, unit):
    rows = series()
    found = effect_its(rows.assign(y=rows["y"] / rows["y"].max() * largest), start=25, detail=True)
    assert set(found["unit"]) == {unit}


def test_a_jump_is_found_and_nothing_is_said_of_its_cause():
    found = effect_its(series(jump=10), start=25, detail=True).set_index("indicator")
    assert list(found.index) == ["effect_its:other_score:level", "effect_its:other_score:slope"]
    assert found.iloc[0]["low"] < 10 < found.iloc[0]["high"]
    assert "control=none" in found.iloc[0]["note"]


def test_beside_a_control_that_jumped_too_nothing_is_left():
    found = effect_its(series(jump=10), start=25, control=series(jump=10, seed=2)).set_index("indicator")
    net = found.loc["effect_its:other_score:net_level"]
    assert net["low"] < 0 < net["high"]


def test_a_series_of_a_region_is_told_as_of_that_region():
    found = effect_its(series().assign(region="0068", region_name="Pärnu maakond"), start=24)
    assert set(found["region"]) == {"0068"}
    assert explain(found.iloc[0], "en").startswith("In Pärnu county")


def test_counts_are_told_in_percent():
    rows = series(jump=0, outcome="calls").assign(
        y=lambda one: (one["y"] * np.where(one["time"] >= 25, 1.2, 1)).round()
    )
    row = effect_its(rows, start=25, detail=True).iloc[0]
    assert (row["indicator"], row["unit"]) == ("effect_its:calls:level", "percent")
    assert row["low"] < 20 < row["high"]


@pytest.mark.parametrize(
    ("columns", "slug"),
    [
        ({"months": 23}, "few_months"),
        ({"start": 12}, "few_months"),
        ({"start": 38}, "few_months"),
        ({"mode": ["phone"] * 30 + ["web"] * 18}, "changed_mode"),
        ({"outcome": "crime"}, "recorded_crime"),
    ],
)
def test_a_series_that_cannot_tell_is_refused(columns, slug):
    start = columns.get("start", 25)
    found = effect_its(series(**columns), start=start, detail=True)
    assert found["flag"].tolist() == ["refused"]
    assert slug in found.iloc[0]["note"]
    assert found["estimate"].isna().all()


def test_a_control_too_short_refuses_the_comparison():
    found = effect_its(series(), start=25, control=series(30))
    assert found["flag"].tolist() == ["refused"]


def test_a_series_without_its_columns_is_a_bad_call():
    with pytest.raises(ValueError, match="time"):
        effect_its(pd.DataFrame({"y": [1.0]}), start=1)


# The panel


@pytest.fixture
def measured():
    codes = sorted(members("country", "today")["EE"])
    years = ["2015", "2016", "2017", "2018"]
    rows = [(code, year) for code in codes for year in years]
    return pd.DataFrame(rows, columns=["region", "period"]).assign(
        indicator="survey_share:trust_police:omnibus", n=100, estimate=0.8, se=0.03, flag="ok"
    )


@pytest.fixture
def held(draw):
    def of(*rows):
        header = "discussion_id | status | held_on | municipality_code | municipality_code_then | place_code"
        return {"discussions": draw("discussions", "\n".join([header, *rows]))}

    return of


AS_OF = date(2020, 1, 1)


def test_a_municipality_is_treated_from_the_period_of_its_first_discussion(measured, held):
    data = held(
        "D1 | held | 2016-05-19 | 0303 | 0303 |",
        "D2 | held | 2017-05-19 | 0303 | 0303 |",
        "D3 | planned | | 0784 | 0784 |",
        "D4 | held | 2019-05-01 | 0184 | |",
    )
    rows = panel_of(measured, data, outcome="trust", as_of=AS_OF)
    cohorts = rows.groupby("unit")["cohort"].first()
    assert (cohorts["0303"], cohorts["0784"], cohorts["0184"]) == (2, 0, 0)
    assert len(rows) == 79 * 4
    assert rows.loc[rows["unit"] == "0303", "covered_share"].tolist() == [1.0] * 4


def test_an_old_part_covers_its_share_of_the_people(measured, held):
    rows = panel_of(measured, held("D1 | held | 2016-05-19 | 0638 | 0188 |"), outcome="trust", as_of=AS_OF)
    covered = rows[rows["unit"] == "0638"]["covered_share"].iloc[0]
    assert 0.3 < covered < 0.5
    assert effect_feasibility(rows).half_covered == 1
    assert rows.loc[rows["borders_treated"].fillna(False), "unit"].nunique() > 2


def test_a_discussion_of_no_known_municipality_is_counted(measured, held):
    rows = panel_of(measured, held("D1 | held | 2016-05-19 | | |"), outcome="trust", as_of=AS_OF)
    assert rows["unplaced"].unique().tolist() == [1]


def test_a_municipality_of_an_undated_discussion_is_left_out(measured, held):
    rows = panel_of(measured, held("D1 | held | | 0303 | 0303 |"), outcome="trust", as_of=AS_OF)
    assert "0303" not in set(rows["unit"])


def test_a_flagged_break_is_a_break_of_the_panel(measured, held):
    is_broken = (measured["region"] == "0303") & (measured["period"] == "2017")
    flagged = measured.assign(flag=measured["flag"].mask(is_broken, "boundary_break"))
    rows = panel_of(flagged, held(), outcome="trust", as_of=AS_OF)
    assert "changed_boundary" in slugs(rows)
    assert "changed_boundary" not in slugs(panel_of(measured, held(), outcome="trust", as_of=AS_OF))


def test_a_question_that_nobody_asked_is_an_empty_panel_and_refused(held):
    data = held("D1 | held | 2016-05-19 | 0303 | 0303 |")
    unasked = survey_share(
        {name: to_frame(name, []) for name in ("answers", "shares")},
        "trust_police",
        by="municipality",
        as_of=AS_OF,
        detail=True,
    )
    assert len(unasked) == 79
    rows = panel_of(unasked, data, outcome="trust", as_of=AS_OF)
    assert rows.empty
    assert effect_feasibility(rows).answer == "refused"


def test_a_panel_is_of_one_indicator(measured, held):
    two = pd.concat([measured, measured.assign(indicator="other")])
    with pytest.raises(ValueError, match="one indicator"):
        panel_of(two, held(), outcome="trust", as_of=AS_OF)


def test_another_name_of_the_cohort_is_understood():
    rows = pd.DataFrame({"unit": ["a"], "time": [1], "g": [np.inf], "y": [0.5]})
    assert panel_frame(rows)["cohort"].tolist() == [0]


# The words


def told(lang):
    tree = tomllib.loads((CATALOGUES / lang / "effect.toml").read_text(encoding="utf-8"))
    return {(head, key) for head, block in tree.items() for key in block}


def test_every_reason_has_its_words_in_three_languages():
    code = (Path(kodukant_analysis.__file__).parent / "indicators" / "feasibility.py").read_text(encoding="utf-8")
    named = {slug for _, slug in told("en") if f'"{slug}"' in code}
    assert len(named) > 10
    for lang in ("et", "ru"):
        assert {("refused", slug) for slug in named} <= told(lang)
        assert told("en") - told(lang) == set()


def test_reasons_come_back_from_the_note():
    said = effect_feasibility(panel(3, 76, effect=0.2, noise=0.1, n=13))
    note = effect_did(panel(3, 76, effect=0.2, noise=0.1, n=13), detail=True).iloc[0]["note"]
    assert refusal_texts(refusals_in(note), "et") == refusal_texts(said.reasons, "et")


def test_no_refusal_names_a_cause_and_every_number_has_its_assumptions():
    assert len(assumption_texts("et")) == 5
    said = effect_feasibility(panel(8, 50))
    assert "viitab mõjule või ei viita" in refusal_texts(said.cautions, "et")[0]
