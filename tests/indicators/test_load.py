"""Is the leading of discussions shared?"""

from datetime import date

import pandas as pd
import pytest

from kodukant_analysis.disclosure import disclosed
from kodukant_analysis.indicators import load_gini

AS_OF = date(2020, 1, 1)
LOAD = (1, 1, 2, 2, 3, 3, 3, 4, 6, 8, 15)  # load_toy.csv, of whom one led none
ROSTER = {"Põhja": 40, "Lõuna": 30, "Ida": 20, "Lääne": 12}


@pytest.fixture
def load(draw):
    def of(led, blank=0, **asked):
        """led: how many discussions each officer led, all of them in Pärnu county (Lääne)."""
        leads = [f"p{officer}" for officer, many in enumerate(led) for _ in range(many)] + [""] * blank
        held = [f"D{one} | held | 2016-03-17 | 0638 | Lääne | {lead}" for one, lead in enumerate(leads)]
        header = "discussion_id | status | held_on | municipality_code | prefecture | lead_officer_key"
        tables = {
            "discussions": draw("discussions", "\n".join([header, *held])),
            "attendance": draw("attendance", "discussion_id | sector | attendees"),
        }
        found = load_gini(tables, **{"as_of": AS_OF, "by": "prefecture", "detail": True} | asked)
        return found.assign(item=found["indicator"].str.split(":").str[1]).set_index(["region", "item"])

    return of


def test_the_load_is_gini_corrected_over_the_whole_roster(load):
    row = load(LOAD, roster=ROSTER).loc[("Lääne", "gini")]
    assert row["n"] == 12
    assert row["estimate"] == pytest.approx(0.522727272727273, abs=1e-8)
    assert row["se"] == pytest.approx(0.111670382347201, abs=1e-8)
    assert (row["flag"], row["unit"]) == ("ok", "index")


def test_analysts_are_told_the_largest_load_and_the_test_of_dispersion(load):
    found = load(LOAD, roster=ROSTER)
    assert found.loc[("Lääne", "gini"), "note"].endswith("; max_to_mean=3.75; dispersion_p=2.6e-06")
    assert "dispersion" not in found.loc[("Lääne", "by_chance"), "note"]
    hidden = load(LOAD, blank=40, roster=ROSTER).loc[("Lääne", "gini")]
    assert (hidden["flag"], "dispersion" in hidden["note"]) == ("too_few", False)


def test_beside_it_stands_what_chance_would_give(load):
    row = load(LOAD, roster=ROSTER).loc[("Lääne", "by_chance")]
    assert row["estimate"] == pytest.approx(0.277574275149548, abs=1e-8)
    assert (row["flag"], pd.isna(row["low"])) == ("descriptive", True)


def test_managers_are_told_how_many_one_person_led(load):
    row = load(LOAD, roster=ROSTER).loc[("Lääne", "top_share")]
    assert (row["n"], row["k"], row["estimate"]) == (48, 15, 0.3125)


def test_without_a_roster_the_zeros_are_missing(load):
    found = load(LOAD)
    for item in ("gini", "by_chance"):
        assert (found.loc[("Lääne", item), "flag"], found.loc[("Lääne", item), "note"]) == ("refused", "roster missing")
    assert found.loc[("Lääne", "top_share"), "flag"] == "descriptive"


def test_the_country_needs_the_roster_of_every_prefecture(load):
    assert load(LOAD, by="country", roster={"Lääne": 12}).loc[("EE", "gini"), "flag"] == "refused"
    assert load(LOAD, by="country", roster=ROSTER).loc[("EE", "gini"), "n"] == 102


def test_a_roster_shorter_than_those_who_led_is_wrong(load):
    row = load(LOAD, roster={"Lääne": 10}).loc[("Lääne", "gini")]
    assert (row["flag"], row["note"]) == ("not_estimable", "roster too short")


def test_fewer_than_five_constables_are_not_told_of(load):
    found = load((9, 6, 3), roster={"Lääne": 4})
    assert found.loc["Lääne", "flag"].tolist() == ["suppressed"] * 3
    assert found.loc["Lääne", ["n", "k"]].isna().all(axis=None)
    assert set(found.loc["Lääne", "note"]) == {""}
    assert load((9, 6, 3)).loc[("Lääne", "top_share"), "flag"] == "suppressed"


def test_few_discussions_of_five_officers_are_said_as_k_of_n(load):
    row = load((3, 1, 1, 1, 1)).loc[("Lääne", "top_share")]
    assert (row["n"], row["k"], row["flag"]) == (7, 3, "too_few;descriptive")


def test_discussions_without_a_named_lead_are_blank_not_led_by_nobody(load):
    assert load(LOAD, blank=12, roster=ROSTER).loc[("Lääne", "gini"), "flag"] == "ok"
    found = load(LOAD, blank=13, roster=ROSTER)
    assert found.loc[("Lääne", "gini"), "flag"] == "too_few"
    assert "lead_unknown=13" in found.loc[("Lääne", "gini"), "note"]


def test_a_prefecture_where_nobody_led_keeps_its_rows(load):
    found = load(LOAD, roster=ROSTER)
    assert (len(found), set(found.loc["Ida", "flag"]), set(found.loc["Ida", "n"])) == (12, {"no_data"}, {0})


@pytest.mark.parametrize("by", ["county", "municipality", "survey_region"])
def test_a_smaller_region_would_tell_of_one_person(load, by):
    with pytest.raises(ValueError, match=by):
        load(LOAD, by=by)


@pytest.mark.parametrize("roster", [{"Pärnu": 12}, {"Lääne": -1}])
def test_what_is_no_roster_is_refused(load, roster):
    with pytest.raises(ValueError, match="roster"):
        load(LOAD, roster=roster)


def test_what_leaves_the_house_tells_of_no_few_officers(load):
    row = disclosed(load((3, 1, 1, 1), roster=None).reset_index().drop(columns="item")).set_index(
        ["region", "indicator"]
    )
    assert row.loc[("Lääne", "load_gini:top_share"), "flag"] == "suppressed"
