"""Trends of estimates: since the last break, by the days of the fieldwork, and not of too few points."""

import math
from datetime import date

import pandas as pd
import pytest

from kodukant_analysis.disclosure import disclosed
from kodukant_analysis.indicators import (
    conclusions,
    fieldwork_middles,
    participation_triad_share,
    survey_share,
    trend_chart,
    trend_slope,
    trend_test,
)
from kodukant_analysis.indicators.estimates import COLUMNS, DETAIL, Row, estimate_frame
from kodukant_analysis.indicators.moments import day_of, moment_of, moment_of_day
from kodukant_analysis.stats import Estimate, published_share

AS_OF = date(2026, 1, 1)
TRUST, TRIAD = "survey_share:trust_police:S", "participation_triad_share"
SHARES = [0.82, 0.81, 0.84, 0.83, 0.86, 0.88, 0.85, 0.87, 0.88]
ERRORS = [0.018, 0.016, 0.017, 0.015, 0.016, 0.014, 0.015, 0.015, 0.016]
YEARS = [str(year) for year in range(2016, 2025)]
NAMES = {"EE": "Eesti", "Ida": "Ida prefektuur"}


def line(indicator=TRUST, shares=SHARES, errors=ERRORS, periods=YEARS, *, flags=None, region="EE"):
    """Estimates of one line; `flags` by period."""
    flagged = flags or {}
    rows = [
        Row(
            indicator,
            region,
            period,
            400,
            "-",
            Estimate(share, share - 1.959964 * error, share + 1.959964 * error, error),
            flags=frozenset(flagged.get(period, "").split(";")) - {""},
        )
        for period, share, error in zip(periods, shares, errors, strict=True)
    ]
    return estimate_frame(rows, NAMES, detail=True)


def only(frame):
    assert len(frame) == 1
    return frame.iloc[0]


# ---- slope


def test_the_slope_of_nine_waves_is_that_of_r():
    row = only(trend_slope(line()))
    assert (row["indicator"], row["region_name"], row["period"]) == (f"trend_slope:{TRUST}", "Eesti", "2016 → 2024")
    assert (row["n"], row["flag"], row["unit"], row["note"]) == (9, "ok", "share per year", "points=9")
    assert row[["estimate", "low", "high", "se"]].tolist() == pytest.approx(
        [0.00829596995233377, 0.00417919084192414, 0.0124127490627434, 0.0021004361013173], abs=1e-8
    )
    assert (row["q"], row["q_p"]) == pytest.approx((5.80954084847227, 0.5621561779031), abs=1e-8)


def test_the_columns_of_estimates_come_first():
    for trend in (trend_slope, trend_test, trend_chart):
        found = trend(line(TRIAD))
        assert found.columns.tolist()[:16] == [*COLUMNS, *DETAIL]
        assert found.dtypes.astype(str).to_dict().items() >= (COLUMNS | DETAIL).items()
        assert trend(line(TRIAD).head(0)).empty


def test_nothing_is_joined_across_a_break():
    row = only(trend_slope(line(flags={"2018": "boundary_break", "2020": "instrument_break"})))
    after = only(trend_slope(line(shares=SHARES[4:], errors=ERRORS[4:], periods=YEARS[4:])))
    assert row["estimate"] == after["estimate"]
    assert (row["period"], row["note"]) == ("2020 → 2024", "points=5; since=2020; before_break=4")


def test_weighted_waves_are_not_joined_with_unweighted_ones():
    row = only(trend_slope(line(flags=dict.fromkeys(YEARS[:4], "unweighted"))))
    assert (row["n"], row["period"]) == (5, "2020 → 2024")
    assert "since=2020" in row["note"]


def test_a_break_at_a_wave_without_a_number_parts_the_line_too():
    row = only(trend_slope(line(flags={"2019": "too_few;instrument_break"})))
    assert (row["period"], row["note"]) == ("2020 → 2024", "points=5; since=2019; before_break=3; left_out=1")


def test_few_points_have_no_slope_and_two_are_a_change():
    three = only(trend_slope(line(shares=SHARES[:3], errors=ERRORS[:3], periods=YEARS[:3])))
    assert (three["n"], three["flag"], math.isnan(three["estimate"])) == (3, "too_few", True)
    assert math.isnan(three["q"])
    two = only(trend_slope(line(flags={"2023": "instrument_break"})))
    assert two["note"] == "points=2; since=2023; change=two points are no trend; before_break=7"


def test_a_region_without_data_keeps_its_row():
    row = only(trend_slope(line(flags=dict.fromkeys(YEARS, "no_data"))))
    assert (row["n"], row["flag"], row["period"]) == (0, "no_data", "2016 → 2024")


def test_what_is_not_over_yet_is_no_point():
    for trend in (trend_slope, trend_test):
        row = only(trend(line(TRIAD, flags={"2024": "immature", "2016": "burn_in"})))
        assert (row["n"], row["period"]) == (7, "2017 → 2023")


def test_waves_stand_where_their_fieldwork_does():
    even = only(trend_slope(line(periods=[f"{year} kevad" for year in YEARS])))
    assert even["estimate"] == pytest.approx(0.00829596995233377, abs=1e-8)
    days = {("S", year): date(int(year), 1 + place, 15) for place, year in enumerate(YEARS)}
    slower = only(trend_slope(line(), time=days))
    assert slower["estimate"] == pytest.approx(0.00829596995233377 / (1 + 1 / 12), rel=1e-3)
    named = line().assign(fielded=[pd.Timestamp(day) for day in days.values()])
    assert only(trend_slope(named, time="fielded"))["estimate"] == slower["estimate"]


def test_waves_are_ordered_by_time_not_by_name():
    order = {f"laine {10 - place}": 2016 + place for place in range(9)}
    row = only(trend_slope(line(periods=list(order)), time=order))
    assert row["period"] == "laine 10 → laine 2"
    assert row["estimate"] == pytest.approx(0.00829596995233377, abs=1e-8)


def test_a_wave_whose_time_cannot_be_told_is_counted_and_left_out():
    row = only(trend_slope(line(periods=["kolmas", *YEARS[1:]])))
    assert (row["n"], row["note"]) == (8, "points=8; undated=1")


def test_waves_of_one_moment_make_no_line():
    row = only(trend_slope(line(), time=dict.fromkeys(YEARS, 2016)))
    assert row["flag"] == "not_estimable"


def test_a_published_share_weighs_by_half_its_interval():
    found = published_share(0.85, 1000)
    rows = [Row(TRUST, "EE", year, 1000, "-", found, flags=frozenset({"assumed_deff"})) for year in YEARS]
    row = only(trend_slope(estimate_frame(rows, NAMES, detail=True)))
    assert (row["estimate"], row["flag"]) == (pytest.approx(0, abs=1e-12), "assumed_deff")
    assert row["se"] == pytest.approx((found.high - found.low) / 2 / 1.959964 / math.sqrt(60), rel=1e-6)


def test_where_the_line_does_not_fit_its_error_is_wider():
    fitting, scattered = (only(trend_slope(line(errors=[error / part for error in ERRORS]))) for part in (1, 3))
    assert scattered["method"] == "WLS, SE inflated for lack of fit"
    assert scattered["q_p"] < 0.1
    assert scattered["df"] == 7
    assert scattered["se"] == pytest.approx(fitting["se"] / 3 * math.sqrt(scattered["q"] / 7))
    assert scattered["high"] - scattered["estimate"] == pytest.approx(2.364624 * scattered["se"], rel=1e-6)


def test_points_may_be_let_scatter_in_any_case():
    row = only(trend_slope(line(), spread="random"))
    assert (row["se"], row["df"], row["method"]) == (
        pytest.approx(0.0019135127439942, abs=1e-8),
        7,
        "random effects, Knapp-Hartung",
    )
    with pytest.raises(ValueError, match="got 'wide'"):
        trend_slope(line(), spread="wide")


def test_each_indicator_has_a_row_in_each_region():
    frames = [line(name, region=region) for name in (TRUST, TRIAD) for region in ("EE", "Ida")]
    overall = line(TRIAD).head(1).assign(period="", indicator="discussion_count")
    found = trend_slope(pd.concat([*frames, overall], ignore_index=True))
    assert found["region"].tolist() == ["EE", "Ida", "EE", "Ida"]
    assert found["indicator"].nunique() == 2, "what is asked over all time has no trend"


def test_the_order_of_the_rows_does_not_matter():
    for trend in (trend_slope, trend_test, trend_chart):
        frame = line(TRIAD, flags={"2018": "instrument_break"})
        pd.testing.assert_frame_equal(trend(frame.iloc[::-1]), trend(frame))


def test_a_frame_without_detail_or_an_unknown_column_is_refused():
    with pytest.raises(ValueError, match="detail are needed: no column se"):
        trend_slope(line()[list(COLUMNS)])
    with pytest.raises(ValueError, match="got 'fielded_on'"):
        trend_slope(line(), time="fielded_on")


# ---- test


def test_the_median_slope_and_the_test_are_those_of_r():
    row = only(trend_test(line(TRIAD)))
    assert row[["estimate", "low", "high"]].tolist() == pytest.approx([0.01, 0.003333333333, 0.013333333333], abs=1e-8)
    assert (row["s"], row["tau"], row["p"]) == pytest.approx((25, 0.704295212273764, 0.0118734386660867), abs=1e-8)


def test_five_periods_are_needed_for_a_test():
    few = only(trend_test(line(TRIAD, flags={"2021": "instrument_break"})))
    assert (few["n"], few["flag"], math.isnan(few["p"])) == (4, "too_few", True)
    assert only(trend_test(line(TRIAD, flags={"2020": "instrument_break"})))["flag"] == "ok"


def test_a_series_of_one_value_has_neither_interval_nor_test():
    row = only(trend_test(line(TRIAD, shares=[0.5] * 9)))
    assert row["estimate"] == 0
    assert row[["low", "high", "s", "p"]].isna().all()


# ---- chart


def test_a_chart_has_the_limits_of_r_beside_every_period():
    found = trend_chart(line(TRIAD))
    assert found["period"].tolist() == YEARS
    assert found["estimate"].tolist() == SHARES
    limits = found[["mean", "lower", "upper"]].drop_duplicates().iloc[0].tolist()
    assert limits == pytest.approx([0.848888888888889, 0.795688888888889, 0.902088888888889], abs=1e-8)
    assert not found[["is_outside", "is_run"]].any(axis=None)


def test_a_period_beyond_the_limits_stands_out():
    found = trend_chart(line(TRIAD, shares=[*SHARES[:8], 0.40]))
    assert found["period"][found["is_outside"]].tolist() == ["2024"]


def test_a_period_that_is_not_over_is_beside_the_limits():
    found = trend_chart(line(TRIAD, shares=[*SHARES[:8], 0.40], flags={"2024": "immature"})).set_index("period")
    assert math.isnan(found.loc["2024", "estimate"])
    assert not found["is_outside"].any()
    assert found.loc["2016", "note"] == "points=8"


def test_each_stretch_between_breaks_has_limits_of_its_own():
    periods = [f"{year}H{half}" for year in range(2010, 2020) for half in (1, 2)]
    shares = [0.4 + place % 2 / 50 for place in range(10)] + [0.8 + place % 2 / 50 for place in range(10)]
    found = trend_chart(line(TRIAD, shares, [0.1] * 20, periods, flags={"2015H1": "instrument_break"})).set_index(
        "period"
    )
    assert found.loc[["2014H2", "2015H1"], "mean"].tolist() == pytest.approx([0.41, 0.81])
    assert not found[["is_outside", "is_run"]].any(axis=None)


def test_fewer_than_eight_periods_have_no_limits():
    found = trend_chart(line(TRIAD, flags={"2018": "boundary_break"}))
    assert found["flag"].tolist()[:3] == ["too_few", "too_few", "too_few;boundary_break"]
    assert found[["estimate", "mean", "upper"]].isna().all(axis=None)


def test_persons_have_no_chart_before_they_pass_disclosure():
    assert trend_chart(line(TRUST)).empty


# ---- moments, and the whole way


@pytest.mark.parametrize(
    ("label", "moment"),
    [
        ("2016", 2016.5),
        ("2016H2", 2016.75),
        ("2016-Q1", 2016.125),
        ("2016-12", 2016 + 11.5 / 12),
        ("2016-07-01", 2016 + 182.5 / 366),
        ("2016 sügis", 2016 + 9.5 / 12),
        ("весна 2016", 2016 + 3.5 / 12),
        ("siseturvalisus 2016", 2016.5),
        ("2013–2015", None),
        ("12016", None),
        ("", None),
    ],
)
def test_a_period_stands_for_its_middle(label, moment):
    assert moment_of(label) == (None if moment is None else pytest.approx(moment))


def test_a_day_is_found_again():
    for day in (date(2015, 12, 31), date(2016, 2, 29), date(2016, 12, 31), date(2017, 1, 1)):
        assert day_of(moment_of_day(day)) == day


@pytest.fixture
def waves(draw):
    columns = "series | wave | fielded_from | fielded_to | respondent_key | question | scale | is_positive"
    rows = "\n".join(
        f"S | {year} | {year}-05-01 | {year}-05-21 | r{number} | trust_police | agree4 | {said}"
        for year, up in ((2016, 60), (2018, 64), (2019, 66), (2021, 70))
        for number, said in enumerate(["yes"] * up + ["no"] * (100 - up))
    )
    return {"answers": draw("answers", f"{columns}\n{rows}"), "shares": draw("shares", "series | wave\n")}


def test_answers_of_four_waves_give_a_slope_that_passes_the_gate(waves):
    middles = fieldwork_middles(waves, AS_OF)
    assert [day_of(moment) for moment in middles.values()] == [date(year, 5, 11) for year in (2016, 2018, 2019, 2021)]
    found = trend_slope(survey_share(waves, as_of=AS_OF, detail=True), time=middles)
    assert only(found)["estimate"] == pytest.approx(0.02, abs=1e-3)
    shown = disclosed(found)
    pd.testing.assert_frame_equal(shown, found)


def test_the_fieldwork_is_that_of_all_answers_and_figures_of_the_wave_that_was_over_by_the_day(draw):
    columns = "series | wave | fielded_from | fielded_to"
    answers = ["S | 2016 | 2016-05-03 | 2016-05-11", "S | 2018 | | 2018-05-01", "S | 2018 | 2018-05-11 |"]
    shares = ["S | 2016 | 2016-05-01 | 2016-05-21", "S | 2019 | 2019-05-11 | 2019-05-11", "S | 2026 | | 2026-01-02"]
    tables = {
        table: draw(table, "\n".join([columns, *rows])) for table, rows in (("answers", answers), ("shares", shares))
    }
    middles = {wave: day_of(moment) for (_, wave), moment in fieldwork_middles(tables, AS_OF).items()}
    assert middles == {"2016": date(2016, 5, 11), "2018": date(2018, 5, 6), "2019": date(2019, 5, 11)}


NO_ANSWERS = {"answers": "series | wave", "shares": "series | wave", "discussions": "discussion_id | status"}


def test_conclusions_are_the_slopes_of_surveys_and_the_tests_of_registers_by_year(draw):
    tables = {table: draw(table, columns) for table, columns in NO_ANSWERS.items()}
    halves = line(TRIAD, periods=[f"{year}H1" for year in YEARS])
    found = conclusions(pd.concat([line(), line(TRIAD), halves], ignore_index=True), tables, AS_OF)
    assert found["indicator"].tolist() == [f"trend_slope:{TRUST}", f"trend_test:{TRIAD}"]
    assert found["n"].tolist() == [9, 9]


def test_of_nothing_there_are_no_conclusions(draw):
    found = conclusions(line().head(0), {table: draw(table, columns) for table, columns in NO_ANSWERS.items()}, AS_OF)
    assert found.empty
    assert found.columns.tolist() == [*COLUMNS, *DETAIL]


def test_a_register_goes_from_records_to_a_test(draw):
    held = "\n".join(f"D{number} | held | {2015 + number // 10}-03-01" for number in range(60))
    present = "\n".join(
        f"D{number} | {sector} | 1"
        for number in range(60)
        for sector in ("police", "local_government", "community")
        if sector != "community" or number % 10 < 3 + number // 10
    )
    tables = {
        "discussions": draw("discussions", f"discussion_id | status | held_on\n{held}"),
        "attendance": draw("attendance", f"discussion_id | sector | attendees\n{present}"),
    }
    row = only(trend_test(participation_triad_share(tables, by="country", period="year", as_of=AS_OF, detail=True)))
    assert (row["n"], row["period"], row["estimate"]) == (6, "2015 → 2020", pytest.approx(0.1))
    assert row["p"] == pytest.approx(0.00277777777777777)
