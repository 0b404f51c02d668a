"""Promises and topics, counted again naively on the invented corpus, where that is at hand."""

from collections import defaultdict
from datetime import date

import pandas as pd
import pytest

from kodukant_analysis import indicators
from kodukant_analysis.indicators.categories import SECTORS
from kodukant_analysis.loaders.vocabulary import vocabulary
from kodukant_analysis.records import to_frame
from kodukant_analysis.totals import Remembering
from tests.indicators.test_against_corpus import TRUTH, _last_run, _state, _typed, regions, truth

AS_OF = date(2026, 6, 30)
DAY = AS_OF.isoformat()
pytestmark = pytest.mark.skipif(not TRUTH.is_dir(), reason="the invented corpus is not beside this repository")


@pytest.fixture(scope="module")
def asked():
    names = ["discussions", "topics", "actions", "attendance"]
    tables = Remembering({name: to_frame(name, [_typed(name, row) for row in truth(name)]) for name in names})

    def of(code, **others):
        frames = [
            getattr(indicators, code)(tables, by=by, as_of=AS_OF, detail=True, **others)
            for by in ("country", "prefecture", "county")
        ]
        return pd.concat(frames).set_index(["indicator", "region"])

    return of


def told_actions():
    """Action -> (rows by day of report, its last state, the run of rows that agree on it), but for continuous ones."""
    history = defaultdict(list)
    for row in truth("actions"):
        if row["reported_on"] <= DAY:
            history[row["action_id"]].append(row)
    for action, rows in history.items():
        rows.sort(key=lambda row: (row["reported_on"], row["source_file"], row["source_sheet"], int(row["source_row"])))
        agreed = next((row["agreed_on"] for row in rows if row["agreed_on"]), None)
        told = [(row, _state(row)) for row in rows if _state(row)]
        is_continuous = any("continuous" in {row["status"], row["due_kind"]} for row in rows)
        if told and not is_continuous and (agreed or "") <= DAY:
            yield action, rows, told[-1][1], _last_run(told)


def fate(rows, state, run):
    due = next((row["due_on"] for row in rows if row["due_on"]), None)
    agreed = next((row["agreed_on"] for row in rows if row["agreed_on"]), "")
    done = next((row["done_on"] for row in reversed(run) if row["done_on"]), None)
    if not due or due > DAY or due < agreed or (state == "done" and done and not agreed <= done <= DAY):
        return None
    if state == "done":
        return "unknown" if not done else "on_time" if done <= due else "done_late"
    if state == "cancelled":
        return "cancelled_late" if run[0]["reported_on"] > due else None
    return "overdue_open" if run[-1]["reported_on"] >= due else "unknown"


def test_promises_kept_are_what_walking_through_the_deliveries_says(asked):
    counts = defaultdict(int)
    for _, rows, state, run in told_actions():
        for region in set(regions(rows[-1])):
            counts[fate(rows, state, run), region] += 1
    found = asked("action_on_time_share")
    for (indicator, region), row in found.iterrows():
        item = indicator.partition(":")[2]
        assert row["k"] == counts[item, region], (item, region)
        assert row["n"] == sum(
            counts[one, region] for one in ("on_time", "done_late", "overdue_open", "cancelled_late")
        )
    assert found.loc[("action_on_time_share:on_time", "EE"), "k"] > 100


def test_the_backlog_is_what_walking_through_the_deliveries_says(asked):
    open_ones = defaultdict(list)
    for _, rows, state, run in told_actions():
        if state == "open":
            agreed = next(row["agreed_on"] for row in rows if row["agreed_on"])
            for region in set(regions(rows[-1])):
                open_ones[region].append((agreed, run[-1]["reported_on"]))
    backlog, fresh = asked("action_backlog"), asked("action_freshness_share")
    for region in ("EE", "Lääne", "0068", "0045"):
        here = open_ones[region]
        assert backlog.loc[("action_backlog:count", region), "n"] == len(here)
        old = sum((AS_OF - date.fromisoformat(agreed)).days > 180 for agreed, _ in here)
        assert backlog.loc[("action_backlog:over_180", region), "k"] == old
        lately = sum((AS_OF - date.fromisoformat(told)).days <= 90 for _, told in here)
        assert fresh.loc[("action_freshness_share", region), "k"] == lately


def held():
    return {
        row["discussion_id"]: row
        for row in truth("discussions")
        if row["status"] == "held" and (row["held_on"] or "") <= DAY
    }


def test_who_raised_the_topics_is_what_a_loop_says(asked):
    sector = {group: side for side, groups in vocabulary().values["sectors"].codes.items() for group in groups}
    counts, discussions = defaultdict(int), held()
    for row in truth("topics"):
        if row["discussion_id"] in discussions and row["raised_by"] not in {None, "unmapped"}:
            for region in set(regions(discussions[row["discussion_id"]])):
                counts[sector[row["raised_by"]], region] += 1
    for (indicator, region), row in asked("topics_raised_by").iterrows():
        assert row["k"] == counts[indicator.partition(":")[2], region], (indicator, region)
        assert row["n"] == sum(counts[side, region] for side in SECTORS)


def test_topics_of_a_discussion_are_what_counting_says(asked):
    sizes, discussions = defaultdict(lambda: defaultdict(int)), held()
    for row in truth("topics"):
        if row["discussion_id"] in discussions:
            for region in set(regions(discussions[row["discussion_id"]])):
                sizes[region][row["discussion_id"]] += 1
    for (_, region), row in asked("topics_per_discussion").iterrows():
        assert (row["n"], row["k"]) == (len(sizes[region]), sum(sizes[region].values()))
        if pd.notna(row["estimate"]):
            assert row["estimate"] == pytest.approx(row["k"] / row["n"])


def test_topics_that_led_to_action_are_what_a_loop_says(asked):
    discussions, actions, linked = held(), defaultdict(set), defaultdict(set)
    for action, row in ((row["action_id"], row) for row in truth("actions") if row["reported_on"] <= DAY):
        actions[row["discussion_id"]].add(action)
        if row["topic_id"]:
            linked[row["discussion_id"]].add((action, row["topic_id"]))
    n, k = defaultdict(int), defaultdict(int)
    for row in truth("topics"):
        home = discussions.get(row["discussion_id"])
        if home and home["held_on"] and (AS_OF - date.fromisoformat(home["held_on"])).days >= 60:
            named = {action for action, _ in linked[row["discussion_id"]]}
            if actions[row["discussion_id"]] and len(named) >= 0.8 * len(actions[row["discussion_id"]]):
                for region in set(regions(home)):
                    n[region] += 1
                    k[region] += any(topic == row["topic_id"] for _, topic in linked[row["discussion_id"]])
    found = asked("topic_conversion")
    for (_, region), row in found.iterrows():
        assert (row["n"], row["k"]) == (n[region], k[region]), region
    assert found["estimate"].notna().sum() > 3
