"""Ownership, organisations, load and mobility counted again naively on the invented corpus, where it is at hand."""

import re
from collections import Counter, defaultdict

import pytest

from kodukant_analysis.indicators import (
    group_mobility,
    joint_ownership_share,
    load_gini,
    organisation_network,
    organisation_returns,
    participation_evenness,
    space_holder_support_share,
)
from kodukant_analysis.records import to_frame
from kodukant_analysis.stats import evenness
from tests.indicators.test_against_corpus import AS_OF, TRUTH, _typed, regions, truth

pytestmark = pytest.mark.skipif(not TRUTH.is_dir(), reason="the invented corpus is not beside this repository")
PARTNERS = ("police", "local_government", "community")


@pytest.fixture(scope="module")
def ask():
    names = ("discussions", "attendance", "actions")
    tables = {name: to_frame(name, [_typed(name, row) for row in truth(name)]) for name in names}

    def of(indicator):
        found = indicator(tables, by="prefecture", as_of=AS_OF, detail=True)
        return found.set_index(["region", "indicator"])

    return of


@pytest.fixture(scope="module")
def held():
    """Discussion -> (its region columns, the people on its list), each in one file."""
    present = defaultdict(list)
    for row in truth("attendance"):
        if row["is_absent"] != "True":
            present[row["discussion_id"]].append(row)
    told = [row for row in truth("discussions") if row["status"] == "held" and row["held_on"]]
    return [(row, present[row["discussion_id"]]) for row in told]


def prefecture(row):
    return list(regions(row))[1]


def summed(pairs):
    found = defaultdict(Counter)
    for row, counts in pairs:
        found[prefecture(row)].update(counts)
    return found


def test_evenness_is_that_of_the_people_counted_by_hand(ask, held):
    people = summed(
        (row, {one["sector"]: round(float(one["attendees"] or 0))})
        for row, present in held
        for one in present
        if one["group"] != "unmapped"
    )
    for region, counts in people.items():
        found = ask(participation_evenness).loc[(region, "participation_evenness:pielou"), "estimate"]
        assert found == pytest.approx(evenness([counts[sector] for sector in PARTNERS]).pielou)


def test_joint_actions_are_those_of_two_sectors_in_the_last_delivery(ask):
    last = {}
    for row in sorted(truth("actions"), key=lambda row: (row["reported_on"], row["source_file"])):
        if row["owners"]:
            last[row["action_id"]] = row
    counts = summed((row, _owned(row)) for row in last.values())
    for region, expected in counts.items():
        row = ask(joint_ownership_share).loc[(region, "joint_ownership_share")]
        assert (row["k"], row["n"]) == (expected["joint"], expected["joint"] + expected["single"])


def _owned(row):
    sectors = set(row["sectors"].split("|"))
    is_unknown = "unmapped" in row["owners"]
    known = len(sectors - {"other"} if is_unknown else sectors)
    return {"joint": known > 1, "single": known == 1 and not is_unknown}


def test_organisations_are_sets_of_names(ask, held):
    seen = defaultdict(Counter)
    for row, present in held:
        names = {re.sub(r"\W+", " ", one["organisation"].lower()).strip() for one in present if one["organisation"]}
        seen[prefecture(row)].update(name for name in names if "fie" not in name.split())
    for region, visits in seen.items():
        if visits:
            twice = ask(organisation_network).loc[(region, "organisation_network:twice")]
            assert (twice["n"], twice["k"]) == (len(visits), sum(many > 1 for many in visits.values()))
            returns = ask(organisation_returns).loc[region]["k"]
            assert returns["organisation_returns:newcomers"] == len(visits)
            assert returns.sum() == visits.total()


def test_whoever_led_most_and_every_space_holder_are_counted(ask, held):
    led, helped = defaultdict(Counter), defaultdict(list)
    for row, _ in held:
        if row["lead_officer_key"]:
            led[prefecture(row)][row["lead_officer_key"]] += 1
            if row["space_holder_key"]:
                helped[prefecture(row)].append(row["space_holder_key"] != row["lead_officer_key"])
    for region, leads in led.items():
        row = ask(load_gini).loc[(region, "load_gini:top_share")]
        assert (row["n"], row["k"]) == (leads.total(), max(leads.values()))
        row = ask(space_holder_support_share).loc[(region, "space_holder_support_share")]
        assert (row["n"], row["k"]) == (len(helped[region]), sum(helped[region]))


def test_groups_and_rings_are_those_of_the_lists(ask, held):
    counts = summed(
        (
            row,
            {
                "known": one["discussion_groups"] is not None,
                "movers": float(one["discussion_groups"] or 0) >= 2,
                "opened": one["in_opening_ring"] == "True" and one["in_closing_ring"] is not None,
                "stayed": one["in_opening_ring"] == one["in_closing_ring"] == "True",
            },
        )
        for row, present in held
        for one in present
    )
    for region, expected in counts.items():
        found = ask(group_mobility).loc[region]
        movers, rings = found.loc["group_mobility:two_or_more"], found.loc["group_mobility:ring_retention"]
        assert (movers["n"], movers["k"]) == (expected["known"], expected["movers"])
        assert (rings["n"], rings["k"]) == (expected["opened"], expected["stayed"])
