"""Where were discussions held, planned, never; and for how many people?"""

from datetime import date

import pytest

from kodukant_analysis.indicators import coverage_place_share, coverage_population_share, discussion_count
from kodukant_analysis.indicators.regions import members
from kodukant_analysis.places import municipality_before, population

# The deck: four held, six planned.
DECK = """
discussion_id|status |planned_on|held_on   |county_code|municipality_code|municipality_code_then|place_code
Halinga      |held   |          |2016-03-17|0067       |0638             |0188                  |
Saarde       |held   |          |2016-04-14|0067       |0712             |0710                  |
Vändra       |held   |          |2016-05-19|0067       |0638             |0929                  |
Are          |held   |          |2016-06-09|0067       |0809             |0149                  |
Audru        |planned|2016-10-06|          |0067       |0624             |0160                  |
Kihnu        |planned|2016-10-20|          |0067       |0303             |0303                  |
Paikuse      |planned|2016-11-03|          |0067       |0624             |0568                  |
Tõstamaa     |planned|2016-11-17|          |0067       |0624             |0826                  |
Koonga       |planned|2016-12-01|          |0067       |0430             |0334                  |
Seljametsa   |planned|2016-12-15|          |0067       |0624             |0568                  |7536
"""
AS_OF = date(2016, 9, 1)
PARNU = "0068"


@pytest.fixture
def coverage(draw):
    def of(indicator, sheet=DECK, **asked):
        found = indicator({"discussions": draw("discussions", sheet)}, **{"as_of": AS_OF, "detail": True} | asked)
        return found.set_index(["indicator", "region"])

    return of


def test_four_of_six_planned_places_are_one_city_today(coverage):
    then, today = (coverage(coverage_place_share, borders=borders) for borders in ("then", "today"))
    assert then.loc[("coverage_place_share:planned:then", PARNU), "k"] == 5, "Seljametsa is a village of Paikuse"
    assert today.loc[("coverage_place_share:planned:today", PARNU), "k"] == 3, "Pärnu, Kihnu and Lääneranna"


def test_held_planned_and_never_are_all_the_municipalities_of_a_region(coverage):
    for borders in ("then", "today"):
        for by in ("country", "prefecture", "county", "municipality"):
            found = coverage(coverage_place_share, by=by, borders=borders).reset_index()
            counted = found.groupby("region", observed=False, dropna=False).agg({"k": "sum", "n": "first"})
            assert (counted["k"] == counted["n"]).all()
            assert found["n"].where(found["indicator"].str.contains(":held:")).sum() == (
                79 if borders == "today" else 213
            )


def test_halinga_and_vandra_are_two_then_and_one_today(coverage):
    then, today = (coverage(coverage_place_share, borders=borders) for borders in ("then", "today"))
    assert then.loc[("coverage_place_share:held:then", PARNU), "k"] == 4
    assert today.loc[("coverage_place_share:held:today", PARNU), "k"] == 3


def test_people_are_those_of_the_municipalities_each_once(coverage):
    held = ("0188", "0710", "0929", "0149")
    then = coverage(coverage_population_share, borders="then").loc[("coverage_population_share:held:then", PARNU)]
    assert then["k"] == sum(population(code, AS_OF, "then").people for code in held)
    assert then["n"] == sum(population(code, AS_OF, "then").people for code in members("county", "then")[PARNU])
    assert then["estimate"] == pytest.approx(then["k"] / then["n"])
    today = coverage(coverage_population_share).loc[("coverage_population_share:held:today", PARNU)]
    assert today["k"] == sum(population(code, AS_OF, "today").people for code in ("0638", "0712", "0809"))


def test_seljametsa_inside_paikuse_inside_parnu_is_not_counted_twice(coverage):
    rows = "".join(
        f"{place} | held | | 2016-07-01 | 0067 | 0624 | {then} | {code}\n"
        for place, then, code in (("P", "0568", ""), ("S", "0568", "7536"), ("S2", "0568", "7536"))
    )
    sheet = DECK.splitlines()[1] + "\n" + rows
    then = coverage(coverage_population_share, sheet, borders="then").loc[
        ("coverage_population_share:held:then", PARNU)
    ]
    today = coverage(coverage_population_share, sheet).loc[("coverage_population_share:held:today", PARNU)]
    assert then["k"] == population("0568", AS_OF, "then").people
    assert today["k"] == population("0624", AS_OF, "today").people


def test_a_later_discussion_counts_in_the_borders_of_2016_by_its_settlement(coverage):
    sheet = DECK + "Seljametsa2 | held | | 2019-05-01 | 0068 | 0624 | 0624 | 7536\n"
    sheet += "Pärnu | held | | 2019-05-02 | 0068 | 0624 | 0624 |\n"
    sheet += "Kihnu2 | held | | 2019-05-03 | 0068 | 0303 | 0303 |\n"
    found = coverage(coverage_place_share, sheet, by="municipality", borders="then", as_of=date(2020, 1, 1))["k"]
    assert found[("coverage_place_share:held:then", "0568")] == 1
    assert found[("coverage_place_share:held:then", "0625")] == 0, "which of five the city means is not certain"
    assert found[("coverage_place_share:held:then", "0303")] == 1
    note = coverage(coverage_place_share, sheet, by="country", borders="then", as_of=date(2020, 1, 1))["note"].iloc[0]
    assert note == "not_placed_then=1; plan_not_placed_then=0"


def test_what_is_held_after_the_cut_off_is_only_planned(coverage):
    found = coverage(coverage_place_share, by="municipality", as_of=date(2016, 5, 1))["k"]
    assert found[("coverage_place_share:held:today", "0638")] == 1
    assert found[("coverage_place_share:planned:today", "0809")] == 1


def test_cancelled_is_neither_held_nor_planned(coverage):
    found = coverage(coverage_place_share, DECK.replace("|planned|", "|cancelled|"), by="county")["k"]
    assert found[("coverage_place_share:planned:today", PARNU)] == 0
    assert found[("coverage_place_share:never:today", PARNU)] == 4


def test_nothing_is_a_row_of_zero_for_every_region(coverage):
    found = coverage(coverage_population_share, DECK.splitlines()[1], by="county")
    assert (found["k"] == 0).all()
    assert (found["n"] > 5000).all()
    assert len(found) == 15


def test_population_of_the_regions_adds_up(coverage):
    for borders in ("then", "today"):
        sums = {coverage(coverage_population_share, by=by, borders=borders)["n"].sum() for by in ("country", "county")}
        assert len(sums) == 1


def test_places_of_today_know_where_they_lay_before():
    assert municipality_before("9314", "0514") == "0322", "Viivikonna was a district of Kohtla-Järve"
    assert municipality_before("7373", "0430") == "0334", "Salavere was Salevere in Koonga"
    assert municipality_before(None, "0557") is None
    assert municipality_before("", "") is None


def test_counts_are_by_state_region_and_period(coverage):
    overall = coverage(discussion_count, by="county")["estimate"]
    assert overall[("discussion_count:held", PARNU)] == 4
    assert overall[("discussion_count:planned", PARNU)] == 6
    assert overall[("discussion_count:cancelled", "0037")] == 0, "none is a number too"
    yearly = coverage(discussion_count, by="county", period="year")
    assert yearly.loc[("discussion_count:held", PARNU), "period"] == "2016"


def test_a_discussion_of_no_certain_municipality_may_have_been_in_any_that_fits(coverage):
    puka = "Puka|held||2016-05-01|0082||0608|"
    ida = "Ida|held||2016-05-01||||"
    plan = "Plaan|planned|2016-10-01||0067|||"
    sheet = DECK.strip().splitlines()[0] + "\n" + "\n".join([puka, ida, plan]) + "\n"
    notes = coverage(coverage_place_share, sheet)["note"]
    told = {region: notes[("coverage_place_share:held:today", region)] for region in ("0079", "0081", "0068", "0045")}
    assert told == {
        "0079": "not_placed_today=2; plan_not_placed_today=0",
        "0081": "not_placed_today=2; plan_not_placed_today=0",
        "0068": "not_placed_today=1; plan_not_placed_today=1",
        "0045": "not_placed_today=1; plan_not_placed_today=0",
    }


def test_codes_that_were_renumbered_count_and_foreign_ones_are_not_placed(coverage):
    rows = "A|held||2022-05-01|0087|0145|0145|\nB|held||2022-05-01|0087|9999|9999|\n"
    sheet = DECK.strip().splitlines()[0] + "\n" + rows
    found = coverage(coverage_place_share, sheet, by="municipality", as_of=date(2023, 1, 1))
    assert found.loc[("coverage_place_share:held:today", "0142"), "k"] == 1
    assert "not_placed_today=1" in found.loc[("coverage_place_share:held:today", "0142"), "note"]
    counts = coverage(discussion_count, sheet, by="municipality", as_of=date(2023, 1, 1))["n"]
    assert counts[("discussion_count:held", "0142")] == 1


def test_both_borders_count_the_same_people(coverage):
    sheet = DECK.strip().splitlines()[0] + "\nTallinn|held||2019-05-01|0037|0784|0784|\n"
    shares = [
        coverage(coverage_population_share, sheet, borders=borders, as_of=date(2026, 1, 1))["estimate"].to_numpy()
        for borders in ("today", "then")
    ]
    assert shares[0][0] == pytest.approx(shares[1][0]), "Harju county is the same in both"


@pytest.mark.parametrize("indicator", [discussion_count, coverage_place_share, coverage_population_share])
def test_discussions_are_not_asked_by_survey_region(coverage, indicator):
    with pytest.raises(ValueError, match="only surveys"):
        coverage(indicator, by="survey_region")


def test_days_that_cannot_be_make_no_thousand_periods(coverage):
    days = ("held||1916-05-01", "planned|2206-05-01|", "held||2016-05-01")
    rows = "".join(f"D{number}|{day}|0037|0784|0784|\n" for number, day in enumerate(days))
    sheet = DECK.strip().splitlines()[0] + "\n" + rows
    found = coverage(discussion_count, sheet, by="country", period="quarter")
    assert set(found["period"]) == {"2016Q2"}
    assert coverage(discussion_count, sheet, by="country")["n"].sum() == 3


def test_a_held_discussion_counts_in_the_period_it_was_held_in(coverage):
    sheet = DECK.strip().splitlines()[0] + "\nA|held|2016-03-30|2016-04-10|0037|0784|0784|\n"
    found = coverage(discussion_count, sheet, by="country", period="quarter")
    assert found.loc[("discussion_count:held", "EE"), "period"] == "2016Q2"


def test_a_municipality_whose_plan_is_overdue_is_planned(coverage):
    found = coverage(coverage_place_share, by="municipality", as_of=date(2017, 3, 1))["k"]
    assert found[("coverage_place_share:planned:today", "0303")] == 1


def test_discussions_of_unknown_status_are_told(coverage):
    sheet = DECK.strip().splitlines()[0] + "\nA||2016-03-30||0037|0784|0784|\n"
    assert coverage(discussion_count, sheet, by="country")["note"].unique().tolist() == ["status_unknown=1"]
