"""The whole road from records to estimates, counted again naively on the invented corpus, where that is at hand."""

import csv
from collections import defaultdict
from datetime import date
from math import sqrt
from pathlib import Path

import pandas as pd
import pytest

from kodukant_analysis import places
from kodukant_analysis.disclosure import disclosed
from kodukant_analysis.indicators import all_estimates
from kodukant_analysis.records import SCHEMAS, to_frame

TRUTH = Path(__file__).parents[3] / "shared" / "corpus" / "dev" / "truth"
AS_OF = date(2026, 11, 1)
TABLES = ["discussions", "attendance", "actions", "answers", "shares"]
pytestmark = pytest.mark.skipif(not TRUTH.is_dir(), reason="the invented corpus is not beside this repository")


def truth(table):
    with (TRUTH / f"{table}.csv").open(encoding="utf-8", newline="") as lines:
        return [{name: _told(cell) for name, cell in row.items()} for row in csv.DictReader(lines)]


def _told(cell):
    """An empty or unscored cell is missing; of several right answers the first is taken."""
    first = cell.removeprefix("anyof:").split(";")[0]
    return None if first in {"", "*", "<NA>"} else first


def _typed(table, row):
    kinds = {"boolean": lambda cell: cell == "True", "Int64": lambda cell: round(float(cell)), "Float64": float}
    return {
        name: None if row[name] is None else kinds.get(kind, str)(row[name])
        for name, kind in SCHEMAS[table].items()
        if name in row
    } | ({"starts_at": None, "ends_at": None} if table == "discussions" else {})


@pytest.fixture(scope="module")
def estimates():
    tables = {table: to_frame(table, [_typed(table, row) for row in truth(table)]) for table in TABLES}
    return all_estimates(tables, AS_OF).set_index(["indicator", "region", "period"])


def county(row):
    return places.county_of_municipality(row["municipality_code"] or "") or places.county_today(
        row["county_code"] or ""
    )


def regions(row):
    here = county(row)
    yield "EE"
    yield next((one.prefecture for one in places.counties() if one.code == here), row["prefecture"])
    yield here


def test_coverage_is_what_sets_of_municipalities_say(estimates):
    held, municipalities = defaultdict(set), defaultdict(int)
    for row in truth("discussions"):
        if row["status"] == "held" and row["municipality_code"]:
            for region in regions(row):
                held[region].add(row["municipality_code"])
    for one in places.municipalities():
        for region in ("EE", one.county_code, places.region_of(one.code, "prefecture")):
            municipalities[region] += 1
    found = estimates.loc["coverage_place_share:held:today"].droplevel("period")
    people = estimates.loc["coverage_population_share:held:today"].droplevel("period")
    assert len(found) == 1 + 4 + 15
    for region, row in found.iterrows():
        assert (row["k"], row["n"]) == (len(held[region]), municipalities[region])
        lived = [places.population(code, date(2017, 1, 1), "today").people for code in held[region]]
        assert people.loc[region, "k"] == sum(lived)


def test_discussions_of_a_day_that_has_come_are_held_overdue_or_cancelled(estimates):
    counts = defaultdict(int)
    for row in truth("discussions"):
        is_due = (row["held_on"] or row["planned_on"] or "9999") < AS_OF.isoformat()
        state = "overdue" if row["status"] == "planned" and is_due else row["status"]
        for region in set(regions(row)):
            counts[state, region] += 1
    for state in ("held", "planned", "overdue", "cancelled"):
        for region, row in estimates.loc[f"discussion_count:{state}"].xs("", level="period").iterrows():
            # Of the overdue ones one may have been kept by a discussion that nobody planned.
            if region in {"EE", *places.prefectures()}:
                assert counts[state, region] - row["n"] in ({0, 1} if state == "overdue" else {0})


def test_the_triad_is_what_a_list_of_sets_says(estimates):
    present = defaultdict(set)
    for row in truth("attendance"):
        if row["is_absent"] != "True" and float(row["attendees"] or 0) > 0:
            present[row["discussion_id"]].add(row["sector"])
    found = defaultdict(list)
    for row in truth("discussions"):
        if row["status"] == "held" and row["held_on"]:
            for region in regions(row):
                is_triad = {"police", "local_government", "community"} <= present[row["discussion_id"]]
                found[region, ""].append(is_triad)
                found[region, row["held_on"][:4]].append(is_triad)
    rows = estimates.loc["participation_triad_share"]
    assert len(rows) > 60
    for key, row in rows.iterrows():
        assert (row["n"], row["k"]) == (len(found[key]), sum(found[key])), key


def fates():
    """Action -> (region columns of its last row, days, status), by walking through its deliveries."""
    history = defaultdict(list)
    for row in truth("actions"):
        history[row["action_id"]].append(row)
    for action, rows in history.items():
        rows.sort(key=lambda row: (row["reported_on"], row["source_file"], row["source_sheet"], int(row["source_row"])))
        if any("continuous" in {row["status"], row["due_kind"]} for row in rows):
            continue
        told = [(row, _state(row)) for row in rows if _state(row)]
        if told:
            last, run = told[-1][1], _last_run(told)
            agreed = next(date.fromisoformat(row["agreed_on"]) for row in rows if row["agreed_on"])
            end = {
                "done": [row["done_on"] for row in run if row["done_on"]][-1:],
                "cancelled": [run[0]["reported_on"]],
                "open": [run[-1]["reported_on"]],
            }[last]
            if end and (date.fromisoformat(end[0]) - agreed).days >= 0:
                yield action, told[-1][0], (date.fromisoformat(end[0]) - agreed).days, last


def _state(row):
    if row["status"] in {None, "unknown"}:
        return "done" if row["done_on"] else None
    known = {"done": "done", "cancelled": "cancelled", "rejected": "cancelled"}
    return known.get(row["status"], "open")


def _last_run(told):
    run = []
    for row, state in reversed(told):
        if state != told[-1][1]:
            break
        run.insert(0, row)
    return run


def incidence_by_hand(people, day):
    """Share completed by the day: the sum of the definition, person by person."""
    still, done = 1.0, 0.0
    for moment in sorted({days for days, state in people if days <= day and state != "open"}):
        at_risk = sum(days >= moment for days, _ in people)
        ends = [state for days, state in people if days == moment and state != "open"]
        done += still * ends.count("done") / at_risk
        still *= 1 - len(ends) / at_risk
    return done


@pytest.mark.parametrize("day", [90, 180, 365])
def test_completion_is_what_walking_through_the_deliveries_says(estimates, day):
    people = defaultdict(list)
    for _, row, days, state in fates():
        for region in regions(row):
            people[region].append((days, state))
    rows = estimates.loc[f"action_cumulative_incidence:completed:{day}"].xs("", level="period")
    for region, row in rows.iterrows():
        assert row["n"] == len(people[region]), region
        assert row["k"] == sum(state == "done" and days <= day for days, state in people[region])
        if pd.notna(row["estimate"]):
            assert row["estimate"] == pytest.approx(incidence_by_hand(people[region], day), abs=1e-9)
    assert rows["estimate"].notna().sum() > 10


def positive(row):
    return float(row["is_dont_know"] != "True" and row["is_positive"] == "True")


def score(row):
    return None if row["is_dont_know"] == "True" else float(row["score"])


def survey_by_hand(answers, inside, value=positive):
    """Mean of a value and its Taylor error, point by point; a lonely point around the country's mean."""
    points = defaultdict(lambda: [0.0, 0.0])
    for row in answers:
        y, total = value(row), points[row["stratum"], row["cluster"]]
        if inside(row) and y is not None:
            total[0] += float(row["weight"]) * y
            total[1] += float(row["weight"])
    whole = sum(x for _, x in points.values())
    ratio = sum(y for y, _ in points.values()) / whole
    strata = defaultdict(list)
    for (stratum, _), (y, x) in points.items():
        strata[stratum].append((y - ratio * x) / whole)
    variance = 0.0
    for residuals in strata.values():
        m, centre = len(residuals), sum(residuals) / len(residuals)
        variance += residuals[0] ** 2 if m == 1 else m / (m - 1) * sum((e - centre) ** 2 for e in residuals)
    return ratio, sqrt(variance)


def waves_of(question):
    waves = defaultdict(list)
    for row in truth("answers"):
        if row["series"] == "siseturvalisus" and row["question"] == question:
            waves[row["wave"]].append(row)
    return waves


QUESTIONS = pytest.mark.parametrize("question", ["trust_police", "safe_after_dark", "knows_officer"])


@QUESTIONS
@pytest.mark.parametrize(("indicator", "value"), [("survey_share", positive), ("survey_mean", score)])
def test_shares_and_means_are_what_a_loop_over_the_answers_says(estimates, question, indicator, value):
    rows, waves, checked = estimates.loc[f"{indicator}:{question}:siseturvalisus"], waves_of(question), 0
    for (region, wave), row in rows.iterrows():
        if wave in waves and pd.notna(row["se"]):
            ratio, se = survey_by_hand(
                waves[wave], lambda one, at=region: at in {"EE", one["prefecture"]} or _lies_in(one, at), value
            )
            assert (row["estimate"], row["se"]) == pytest.approx((ratio, se), abs=1e-9), (region, wave)
            checked += 1
    assert checked >= 4


@QUESTIONS
def test_the_distribution_of_answers_is_what_weights_add_up_to(estimates, question):
    for wave, answers in waves_of(question).items():
        whole = sum(float(one["weight"]) for one in answers)
        chosen = defaultdict(float)
        for one in answers:
            code = "dont_know" if one["is_dont_know"] == "True" else f"{float(one['answer']):g}"
            chosen[code] += float(one["weight"]) / whole
        for code, share in chosen.items():
            row = estimates.loc[(f"survey_distribution:{question}:siseturvalisus:{code}", "EE", wave)]
            assert "too_few" in row["flag"] or row["estimate"] == pytest.approx(share)


@pytest.mark.parametrize("question", ["safe_after_dark", "knows_officer"])
def test_a_change_is_the_difference_of_two_waves_of_the_loop(estimates, question):
    found, waves = (
        estimates.loc[f"survey_change:{question}:siseturvalisus"].xs("EE", level="region"),
        waves_of(question),
    )
    shares = {wave: survey_by_hand(answers, lambda one: True)[0] for wave, answers in waves.items()}
    assert found["estimate"].notna().to_dict() == {"2016 → 2018": False, "2018 → 2020": False, "2020 → 2023": True}
    assert found.loc["2020 → 2023", "estimate"] == pytest.approx(shares["2023"] - shares["2020"])


def _lies_in(row, region):
    return region in {"Põhja-Eesti", "Lõuna-Eesti"} and row["prefecture"] == region.removesuffix("-Eesti")


def test_published_shares_of_the_omnibus_stand_in_its_line(estimates):
    line = estimates.loc["survey_share:trust_police:omnibus"].xs("EE", level="region")
    assert line["estimate"].iloc[:4].tolist() == [0.762, 0.817, 0.804, 0.783]
    assert line["flag"].tolist() == ["assumed_deff"] * 4 + ["instrument_break"], "half in a web panel"


def test_all_of_it_passes_the_gate_twice_unchanged(estimates):
    once = disclosed(estimates.reset_index())
    pd.testing.assert_frame_equal(disclosed(once), once)
