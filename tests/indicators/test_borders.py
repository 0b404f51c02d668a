"""The same records in the borders of today and of their own day."""

from datetime import date, timedelta

import pandas as pd
import pytest

from kodukant_analysis.indicators import (
    action_cumulative_incidence,
    participation_triad_share,
    survey_share,
    within_prefecture,
)
from kodukant_analysis.indicators.cells import period_span
from kodukant_analysis.indicators.regions import is_in_force, members, region_names
from kodukant_analysis.places import heirs, reform_on

AS_OF = date(2020, 1, 1)
# Discussions in Audru and Paikuse before the reform, in the city of Pärnu after it, in Puka, which was split in three.
HELD = """
discussion_id | status | held_on    | prefecture | county_code | municipality_code | municipality_code_then
D1            | held   | 2016-03-01 | Lääne      | 0067        | 0624              | 0160
D2            | held   | 2016-04-01 | Lääne      | 0067        | 0624              | 0568
D3            | held   | 2018-03-01 | Lääne      | 0068        | 0624              | 0624
D4            | held   | 2016-05-01 | Lõuna      | 0082        |                   | 0608
D5            | held   | 2016-05-01 | Ida        | 0044        | 0486              | 0164
"""
PRESENT = "discussion_id | sector | attendees\n" + "\n".join(
    f"D{number} | {sector} | 1" for number in range(1, 6) for sector in ("police", "local_government", "community")
)


@pytest.fixture
def triad(draw):
    tables = {"discussions": draw("discussions", HELD), "attendance": draw("attendance", PRESENT)}

    def asked(**how):
        found = participation_triad_share(tables, **{"as_of": AS_OF, "detail": True} | how)
        return found.set_index(["region", "period"]) if how.get("period") else found.set_index("region")

    return asked


def test_one_city_today_was_several_municipalities_then(triad):
    today, then = triad(by="municipality"), triad(by="municipality", borders="then")
    assert today.loc["0624", "n"] == 3
    assert then.loc[["0160", "0568", "0624"], "n"].tolist() == [1, 1, 1]


def test_a_split_municipality_has_a_row_then_and_none_today(triad):
    assert triad(by="municipality", borders="then").loc["0608", "n"] == 1
    assert triad(by="municipality")["n"].sum() == 4


@pytest.mark.parametrize(("borders", "ida", "louna"), [("today", 0, 2), ("then", 1, 1)])
def test_avinurme_counts_in_the_prefecture_of_its_day_or_of_today(triad, borders, ida, louna):
    assert triad(by="prefecture", borders=borders).loc[["Ida", "Lõuna"], "n"].tolist() == [ida, louna]


def test_every_requested_region_has_its_row_in_either_borders(triad):
    assert len(triad(by="municipality")) == 79
    assert len(triad(by="municipality", borders="then")) == 79 + 213 - 27


def test_a_municipality_has_rows_only_of_the_years_in_which_it_was_there(triad):
    found = triad(by="municipality", borders="then", period="year")
    assert found.loc["0160"].index.tolist() == ["2016", "2017"]
    assert found.loc["0624"].index.tolist() == ["2017", "2018"]
    assert found.loc["0303"].index.tolist() == ["2016", "2017", "2018"]


def test_a_region_that_changed_inside_the_window_is_a_break_in_the_borders_of_the_day(triad):
    assert "boundary_break" in triad(by="county", borders="then").loc["0068", "flag"]
    assert "boundary_break" not in triad(by="county").loc["0068", "flag"], "Audru is in Pärnu county today as well"
    assert "boundary_break" not in triad(by="county", borders="then").loc["0081", "flag"], "nothing after the reform"


def test_years_apart_are_broken_where_the_border_moved_between_them(triad):
    years = triad(by="county", borders="then", period="year").loc["0068", "flag"]
    assert ["boundary_break" in years[year] for year in ("2016", "2017", "2018")] == [False, False, True]


def test_the_day_of_the_reform_is_of_the_borders_of_today(draw):
    for day, is_break in ((reform_on() - timedelta(days=1), True), (reform_on(), False)):
        held = f"{HELD.splitlines()[1]}\nD1 | held | {day} | Lääne | 0068 | 0624 | 0624\n{HELD.splitlines()[4]}"
        tables = {"discussions": draw("discussions", held), "attendance": draw("attendance", PRESENT)}
        found = participation_triad_share(tables, by="county", borders="then", as_of=AS_OF).set_index("region")
        assert ("boundary_break" in found.loc["0068", "flag"]) == is_break


def test_a_period_is_immature_until_its_last_day_and_where_there_is_something_in_it(triad):
    for day, is_open in ((date(2016, 12, 30), True), (date(2016, 12, 31), False)):
        flags = triad(by="prefecture", period="year", as_of=day).xs("2016", level="period")["flag"]
        assert ("immature" in flags["Lääne"]) == is_open
        assert flags["Põhja"] == "no_data"


def test_the_earliest_day_that_can_be_is_of_its_year(draw):
    held = "discussion_id | status | held_on\nD1 | held | 1990-01-01\nD2 | held | 1989-12-31\nD3 | held | 1991-01-01"
    tables = {"discussions": draw("discussions", held), "attendance": draw("attendance", PRESENT)}
    found = participation_triad_share(tables, by="country", period="year", as_of=AS_OF).set_index("period")
    assert found["n"].to_dict() == {"1990": 1, "1991": 1}


def test_a_record_known_by_its_county_alone_breaks_the_borders_of_today_too(draw):
    held = HELD + "D6 | held | 2018-05-01 | Lõuna | 0081 | 0557 | 0557\n"
    tables = {"discussions": draw("discussions", held), "attendance": draw("attendance", PRESENT)}
    found = participation_triad_share(tables, by="county", as_of=AS_OF).set_index("region")
    assert "boundary_break" in found.loc["0081", "flag"], "Puka of 2016 lies in Tartu county as well"
    assert "boundary_break" not in found.loc["0068", "flag"]


def test_actions_too_are_of_either_borders(draw):
    rows = "\n".join(
        f"A{number} | D{number} | 2016-03-01 | done | 2016-04-01 | 2016-05-01 | 0067 | 0624 | {then}"
        for number, then in enumerate(["0160"] * 6 + ["0568"] * 6)
    )
    columns = "action_id | discussion_id | agreed_on | status | done_on | reported_on"
    table = draw("actions", f"{columns} | county_code | municipality_code | municipality_code_then\n{rows}")
    for borders, region, n in (("today", "0624", 12), ("then", "0160", 6), ("then", "0624", 0)):
        found = action_cumulative_incidence({"actions": table}, by="municipality", borders=borders, as_of=AS_OF)
        assert set(found[found["region"] == region]["n"]) == {n}


WAVES = "\n".join(
    f"omnibus | {year} | {year}-05-01 | r{number}-{year} | {region} | {county} | trust_police | agree4 | {said}"
    for year in (2016, 2018, 2019)
    for region, county in (("Kesk-Eesti", "0052"), ("Lääne-Eesti", "0074"), ("Lõuna-Eesti", "0079"))
    for number, said in enumerate(["yes", "no"] * 60)
)


@pytest.fixture
def survey(draw):
    columns = "series | wave | fielded_to | respondent_key | survey_region | county_code | question | scale"
    table = draw("answers", f"{columns} | is_positive\n{WAVES}")
    return lambda **how: survey_share(
        {"answers": table, "shares": draw("shares", "series | wave\n")}, as_of=AS_OF, **how
    )


def test_the_first_wave_after_the_reform_is_a_break_where_people_changed_region(survey):
    found = survey(by="county").set_index(["region", "period"])["flag"].str.contains("boundary_break")
    assert found.loc["0079"].tolist() == [False, True, False], "Tartu county gained Puhja's neighbours from Valga"
    assert not found.loc["0074"].any(), "Saare county is as it was"


def test_a_survey_region_is_broken_only_where_people_left_or_joined_it(survey):
    found = survey(by="survey_region").set_index(["region", "period"])["flag"].str.contains("boundary_break")
    assert found.loc["Kesk-Eesti"].tolist() == [False, True, False], "Aseri came from Ida-Viru"
    assert not found.loc["Lääne-Eesti"].any(), "Hanila and Lihula changed county within it"
    assert not found.loc["Lõuna-Eesti"].any(), "Avinurme and Lohusuu are under one person in a hundred"
    assert not survey(by="country")["flag"].str.contains("boundary_break").any()


@pytest.mark.parametrize("by", ["country", "prefecture", "county", "municipality"])
@pytest.mark.parametrize(("borders", "count"), [("today", 79), ("then", 213)])
def test_every_municipality_is_in_one_region(by, borders, count):
    codes = [code for part in members(by, borders).values() for code in part]
    assert len(codes) == len(set(codes)) == count


def test_old_and_new_municipalities_of_one_name_are_told_apart():
    names = region_names("municipality", "then")
    assert (names["0710"], names["0712"]) == ("Saarde vald (kuni 2017)", "Saarde vald")
    assert len(set(names.values())) == len(names)


def test_unknown_borders_are_refused():
    with pytest.raises(ValueError, match="borders is one of"):
        region_names("county", "2016")


@pytest.mark.parametrize(
    ("period", "span"),
    [
        ("2016", ("2016-01-01", "2016-12-31")),
        ("2016H1", ("2016-01-01", "2016-06-30")),
        ("2017Q4", ("2017-10-01", "2017-12-31")),
    ],
)
def test_a_period_has_its_first_and_last_day(period, span):
    assert tuple(day.isoformat() for day in period_span(period)) == span


def test_a_municipality_is_in_force_on_its_side_of_the_reform():
    assert is_in_force("municipality", "0160", date(2017, 1, 1), date(2017, 12, 31))
    assert not is_in_force("municipality", "0160", date(2018, 1, 1), date(2018, 12, 31))
    assert not is_in_force("municipality", "0624", date(2016, 1, 1), date(2016, 12, 31))
    assert all(is_in_force("municipality", heir.code, AS_OF, AS_OF) for heir in heirs("0608"))


def test_no_row_is_in_two_regions_and_none_is_lost_but_those_of_no_certain_municipality(triad):
    for borders in ("today", "then"):
        for by, total in (("country", 5), ("prefecture", 5), ("county", 5)):
            assert triad(by=by, borders=borders)["n"].sum() == total
    assert pd.isna(triad(by="country").loc["EE", "estimate"])


def test_a_wave_that_does_not_ask_a_region_is_not_the_first_after_the_reform(draw):
    columns = "series | wave | fielded_to | respondent_key | county_code | question | scale | is_positive"
    asked = [("2016", "2016-05-01", "0045"), ("2017", "2017-11-15", "0037"), ("2019", "2019-05-01", "0045")]
    rows = [
        f"omnibus | {w} | {day} | r{w}{n} | {county} | trust_police | agree4 | yes"
        for w, day, county in asked
        for n in range(60)
    ]
    tables = {"answers": draw("answers", "\n".join([columns, *rows])), "shares": draw("shares", "series | wave\n")}
    found = survey_share(tables, by="county", as_of=AS_OF).set_index(["region", "period"])["flag"]
    assert ["boundary_break" in found["0045", wave] for wave in ("2016", "2017", "2019")] == [False, False, True]


def test_waves_that_tell_every_municipality_are_of_one_territory(draw):
    columns = (
        "series | wave | fielded_to | respondent_key | county_code | municipality_code | question | scale | is_positive"
    )
    rows = [
        f"omnibus | {w} | {w}-05-01 | r{w}{n} | 0068 | 0624 | trust_police | agree4 | yes"
        for w in (2016, 2018)
        for n in range(60)
    ]
    tables = {"answers": draw("answers", "\n".join([columns, *rows])), "shares": draw("shares", "series | wave\n")}
    found = survey_share(tables, by="county", as_of=AS_OF).set_index(["region", "period"])["flag"]
    assert "boundary_break" not in found["0068", "2018"]


def test_waves_without_fieldwork_days_break_by_the_year_in_their_name(draw):
    columns = "series | wave | survey_region | question | answer | share | respondents"
    rows = [f"omnibus | {wave} | Kesk-Eesti | trust_police | positive | 0.8 | 400" for wave in ("2016", "2018-Q2")]
    tables = {"answers": draw("answers", "series | wave\n"), "shares": draw("shares", "\n".join([columns, *rows]))}
    found = survey_share(tables, by="survey_region", as_of=AS_OF).set_index(["region", "period"])["flag"]
    assert "boundary_break" in found["Kesk-Eesti", "2018-Q2"]


def test_rows_of_the_old_county_and_of_the_municipality_of_today_are_two_territories(draw):
    rows = ["A | held | 2015-05-01 | Ida | 0044 | |", "B | held | 2016-05-01 | Ida | 0044 | 0130 | 0122"]
    columns = "discussion_id | status | held_on | prefecture | county_code | municipality_code | municipality_code_then"
    tables = {
        "discussions": draw("discussions", "\n".join([columns, *rows])),
        "attendance": draw("attendance", PRESENT),
    }
    found = participation_triad_share(tables, by="county", period="year", as_of=AS_OF).set_index(["region", "period"])[
        "flag"
    ]
    assert "boundary_break" in found["0045", "2016"]


def test_a_prefecture_keeps_its_municipalities_of_both_sides(triad):
    then = within_prefecture(triad(by="municipality", borders="then").reset_index(), "Lääne").set_index("region")
    assert then.loc[["0160", "0568"], "n"].tolist() == [1, 1]
    assert "0608" not in then.index
