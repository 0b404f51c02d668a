"""Every question alike: each region has its row, in the columns of the contract, whatever the tables hold."""

import inspect
from datetime import date

import pandas as pd
import pytest

from kodukant_analysis import indicators
from kodukant_analysis.indicators import all_estimates, registry
from kodukant_analysis.indicators.estimates import COLUMNS, DETAIL, FLAGS
from kodukant_analysis.indicators.regions import is_in_force, region_names
from kodukant_analysis.records import RECORD_TABLES, SCHEMAS, to_frame
from kodukant_analysis.text import catalogue
from kodukant_analysis.totals import Remembering

AS_OF = date(2026, 6, 30)
HELD = date(2024, 5, 5)
REGIONS = ("country", "prefecture", "county", "municipality")
ASKED = {
    name: question
    for name in indicators.__all__
    if callable(question := getattr(indicators, name))
    and not inspect.isclass(question)
    and {"by", "as_of"} <= set(inspect.signature(question).parameters)
}
REGISTERS = sorted(name for name in ASKED if not name.startswith("survey_"))
BY_PERIOD = sorted(name for name in REGISTERS if "period" in inspect.signature(ASKED[name]).parameters)
# what is open is the state of one day
STATES = {"action_backlog", "action_freshness_share"}
PLACE = {"prefecture": "Lõuna", "county_code": "0079", "municipality_code": "0793", "municipality_code_then": "0795"}
FROM = {"source_file": "a.xlsx", "source_sheet": "S", "source_row": 1}
SURVEY = {"series": "S", "question": "trust_police", "fielded_from": HELD, "fielded_to": HELD}
FULL = {
    "discussions": {"discussion_id": "d", "status": "held", "held_on": HELD, "attendees": 9},
    "attendance": {"discussion_id": "d", "sector": "police", "group": "police", "attendees": 2},
    "topics": {"topic_id": "t", "discussion_id": "d", "category": "lighting", "raised_by": "resident"},
    "actions": {"action_id": "a", "discussion_id": "d", "agreed_on": HELD, "reported_on": HELD, "status": "agreed"},
    "answers": SURVEY | {"wave": "2024", "scale": "4", "answer": 4.0, "score": 100.0, "is_positive": True},
    "shares": SURVEY | {"wave": "2023", "share": 0.8, "respondents": 1000},
}


def tables(kind):
    rows = {"nothing": None, "nothing but where it stands": {}, "one row": FULL}[kind]
    if rows is None:
        return Remembering({table: to_frame(table, []) for table in RECORD_TABLES})
    whole = {table: to_frame(table, [FROM | PLACE | rows[table]] if rows else [FROM]) for table in RECORD_TABLES}
    return Remembering(whole)


@pytest.fixture(scope="module", params=["nothing but where it stands", "one row"])
def data(request):
    return tables(request.param)


def asked(name, data, **how):
    return ASKED[name](data, as_of=AS_OF, detail=True, **how)


def regions_for(name):
    return REGIONS[:2] if name == "load_gini" else REGIONS


def is_well_made(found):
    units = {key.removeprefix("unit.") for key in catalogue("et") if key.startswith("unit.")}
    assert list(found.columns) == [*COLUMNS, *DETAIL]
    assert set(found["flag"].str.split(";").explode()) <= set(FLAGS)
    assert set(found["unit"]) <= units
    is_nothing = (found["n"] == 0).fillna(False) & ~found["flag"].str.contains("descriptive")
    assert found.loc[is_nothing, "flag"].str.contains("no_data|not_estimable").all()
    assert found.loc[is_nothing, ["estimate", "low", "high"]].isna().all(axis=None)
    return True


@pytest.mark.parametrize("borders", ["today", "then"])
@pytest.mark.parametrize("name", REGISTERS)
def test_every_region_has_its_row_in_the_borders_of_either_day(name, borders, data):
    for by in regions_for(name):
        found = asked(name, data, by=by, borders=borders)
        assert is_well_made(found)
        for _, rows in found.groupby("indicator", observed=False, dropna=False):
            wanted = region_names(by, borders).keys()
            if name.startswith("coverage") and by == "municipality":
                wanted = set(rows["region"])  # those of one side alone
            assert sorted(rows["region"]) == sorted(wanted), "each region once"


@pytest.mark.parametrize("period", ["year", "half", "quarter"])
@pytest.mark.parametrize("name", sorted(set(BY_PERIOD) - STATES))
def test_every_region_has_its_row_in_every_period(name, period, data):
    for by in regions_for(name)[:3]:
        found = asked(name, data, by=by, period=period)
        assert is_well_made(found)
        for (_, label), rows in found.groupby(["indicator", "period"], observed=False, dropna=False):
            assert label
            assert sorted(rows["region"]) == sorted(region_names(by)), "each region once"


@pytest.mark.parametrize("name", sorted(ASKED.keys() - set(REGISTERS)))
def test_a_survey_has_a_row_for_every_region(name):
    for by in (*REGIONS, "survey_region"):
        for borders in ("today", "then"):
            found = asked(name, tables("one row"), by=by, borders=borders)
            assert is_well_made(found)
            for _, rows in found.groupby(["indicator", "period"], observed=False, dropna=False):
                assert sorted(rows["region"]) == sorted(region_names(by, borders)), "each region once"


@pytest.mark.parametrize("name", ["survey_share", "survey_mean", "survey_distribution", "survey_change"])
def test_a_question_that_no_survey_asked_has_a_row_for_every_region_too(name):
    for kind in ("nothing", "one row"):
        found = asked(name, tables(kind), item={"knows_officer"}, by="county")
        assert sorted(found["region"]) == sorted(region_names("county"))
        assert set(found["flag"]) == {"no_data"}
        assert is_well_made(found)
        assert set(found["unit"]) == {registry()[name].unit}
    both = asked(name, tables("one row"), item=["trust_police", "knows_officer"], by="country")
    assert (both["indicator"] == f"{name}:knows_officer").sum() == 1


@pytest.mark.parametrize("name", sorted(ASKED))
def test_every_indicator_can_be_asked_with_its_defaults(name):
    assert list(ASKED[name](tables("one row"), as_of=AS_OF).columns) == list(COLUMNS)


@pytest.mark.parametrize("name", sorted(ASKED))
def test_every_row_is_in_the_unit_that_the_registry_tells(name):
    units = set(asked(name, tables("one row"), by="country")["unit"])
    told = registry()[name].unit
    assert len(units) > 1 if told == "several" else units == {told}


@pytest.mark.parametrize("name", BY_PERIOD)
def test_of_survey_regions_no_register_tells(name):
    with pytest.raises(ValueError, match=r"survey region|country and prefecture"):
        asked(name, tables("nothing"), by="survey_region")


def test_a_municipality_that_came_in_2017_has_no_row_before():
    held = tables("one row")
    held["discussions"] = held["discussions"].assign(held_on=pd.Timestamp("2016-05-05"))
    found = asked("attendance_rate", held, by="municipality", borders="then", period="year")
    day = date(2016, 1, 1), date(2016, 12, 31)
    assert set(found["region"]) == {
        code for code in region_names("municipality", "then") if is_in_force("municipality", code, *day)
    }


@pytest.mark.parametrize("period", ["year", "half"])
@pytest.mark.parametrize("name", ["attendance_rate", "participation_triad_share", "action_on_time_share"])
def test_in_the_borders_of_today_every_municipality_has_a_row_before_2017_too(name, period):
    told = tables("one row")
    early = pd.Timestamp("2016-05-05")
    told["discussions"] = told["discussions"].assign(held_on=early)
    told["actions"] = told["actions"].assign(agreed_on=early, due_on=early)
    found = asked(name, told, by="municipality", period=period)
    for _, rows in found.groupby(["indicator", "period"], observed=False, dropna=False):
        assert sorted(rows["region"]) == sorted(region_names("municipality")), "each of the 79 once"


def test_completed_of_all_and_completed_of_closed_are_offered_nowhere():
    denominators = {
        code: entry.denominator["en"] for code, entry in registry().items() if "completed" in entry.numerator["en"]
    }
    assert "action_cumulative_incidence" in denominators
    assert not [code for code, text in denominators.items() if "closed" in text]
    done = {"action_id": "a", "discussion_id": "d", "agreed_on": HELD, "reported_on": date(2024, 6, 5)}
    done |= {"status": "done", "done_on": date(2024, 6, 4)}
    still = [done | {"action_id": f"o{place}", "status": "agreed", "done_on": None} for place in range(20)]
    finished = [done | {"action_id": f"d{place}"} for place in range(20)]
    gone = [done | {"action_id": f"c{place}", "status": "cancelled", "done_on": None} for place in range(10)]
    rows = [FROM | PLACE | row | {"source_row": at} for at, row in enumerate([*still, *finished, *gone], start=1)]
    whole = tables("one row") | {"actions": to_frame("actions", rows)}
    found = all_estimates(whole, AS_OF)
    of_actions = found[found["indicator"].str.startswith("action_") & (found["unit"] == "share")]
    naive = {20 / 50, 20 / 30}
    is_done = of_actions["indicator"].str.contains("completed|done|on_time")
    assert not (of_actions.loc[is_done, "estimate"].isin(naive) & of_actions.loc[is_done, "flag"].ne("no_data")).any()


def test_dont_know_stays_in_the_denominator_and_is_said():
    of = FROM | SURVEY | {"wave": "2024", "scale": "4"}
    said = [{"answer": 4.0, "score": 100.0, "is_positive": True}] * 60 + [
        {"answer": 1.0, "score": 0.0, "is_positive": False}
    ] * 20
    said += [{"is_dont_know": True}] * 20
    rows = [of | one | {"respondent_key": str(at), "source_row": at} for at, one in enumerate(said, start=1)]
    row = asked("survey_share", {"answers": to_frame("answers", rows), "shares": to_frame("shares", [])}).iloc[0]
    assert (row["n"], row["k"], row["estimate"]) == (100, 60, 0.6)
    assert "dont_know=0.200" in row["note"]


def test_a_region_without_a_discussion_keeps_its_row_with_nothing_in_it():
    found = all_estimates(tables("one row"), AS_OF)
    hiiu = found[(found["region"] == "0039") & ~found["indicator"].str.startswith("coverage")]
    assert set(hiiu["n"]) == {0}
    of_tartu = set(found.loc[found["region"] == "0079", "indicator"])
    assert set(hiiu["indicator"]) == {name for name in of_tartu if not name.startswith("coverage")}


def many():
    """A few discussions in several counties, told by two files, with all that goes with them."""
    codes = ("0079", "0068", "0045", "0084", "0037", "0074")
    whole = {table: [] for table in FULL}
    for place in range(24):
        day, key = date(2020 + place % 3, 1 + place % 12, 3 + place), f"d{place}"
        where = FROM | {"county_code": codes[place % 6], "source_row": place, "source_file": f"{place % 2}.xlsx"}
        whole["discussions"].append(
            where | FULL["discussions"] | {"discussion_id": key, "held_on": day, "attendees": place}
        )
        for group, sector in (
            ("police", "police"),
            ("local_government", "local_government"),
            ("resident", "community"),
        ):
            came = where | {"discussion_id": key, "group": group, "sector": sector, "attendees": 1 + place % 7}
            whole["attendance"].append(came | {"source_row": len(whole["attendance"])})
        whole["topics"].append(where | FULL["topics"] | {"topic_id": f"t{place}", "discussion_id": key})
        for turn, status in enumerate(("agreed", "in_progress", "done")[: 1 + place % 3]):
            told = {"action_id": f"a{place}", "discussion_id": key, "agreed_on": day, "status": status}
            told |= {"reported_on": date(2024, 1 + turn, 7), "done_on": date(2024, 3, 1) if status == "done" else None}
            whole["actions"].append(where | told | {"topic_id": f"t{place}", "source_row": len(whole["actions"])})
        answer = FULL["answers"] | {
            "wave": "2024",
            "respondent_key": key,
            "weight": 0.1 * (1 + place),
            "cluster": key[:2],
        }
        whole["answers"].append(where | answer | {"is_positive": place % 3 > 0})
    whole["shares"].append(FROM | FULL["shares"])
    return {table: to_frame(table, rows) for table, rows in whole.items()}


def test_the_order_of_the_rows_makes_no_difference():
    whole = many()
    shuffled = {name: table.sample(frac=1, random_state=1) for name, table in whole.items()}
    pd.testing.assert_frame_equal(all_estimates(shuffled, AS_OF), all_estimates(whole, AS_OF), rtol=1e-12)


def test_what_is_told_later_changes_nothing():
    as_of, whole = date(2021, 12, 31), many()
    later = FROM | SURVEY | {"scale": "4", "is_positive": False, "fielded_from": None, "fielded_to": None}
    more = {
        "answers": later | {"wave": "2023", "answer": 2.0, "respondent_key": "later"},
        "shares": later | {"wave": "2022. a", "answer": "3", "share": 0.1, "respondents": 500},
        "actions": FULL["actions"] | FROM | {"action_id": "a1", "status": "cancelled", "reported_on": date(2022, 1, 1)},
    }
    told = {name: pd.concat([whole[name], to_frame(name, [_known(name, row)])]) for name, row in more.items()}
    pd.testing.assert_frame_equal(all_estimates(whole | told, as_of), all_estimates(whole, as_of))


def _known(table, row):
    return {name: value for name, value in row.items() if name in SCHEMAS[table]}
