"""Of how many actions are two partners or more in charge?"""

from datetime import date

import pandas as pd
import pytest

from kodukant_analysis.indicators import joint_ownership_share
from kodukant_analysis.records import to_frame
from kodukant_analysis.stats import cluster_share, wilson

AS_OF = date(2020, 1, 1)
JOINT, SINGLE = ("police|resident", "police|community"), ("police|assistant_police", "police")


COLUMNS = ("action_id", "discussion_id", "owners", "sectors", "agreed_on", "reported_on", "municipality_code")


def told(rows, **asked):
    """rows: the values of COLUMNS, None where nothing is told."""
    lines = [
        {"source_file": "a.xlsx", "source_row": place} | dict(zip(COLUMNS, row, strict=True))
        for place, row in enumerate(rows)
    ]
    tables = {"actions": to_frame("actions", lines)}
    return joint_ownership_share(tables, **{"as_of": AS_OF, "by": "country", "detail": True} | asked)


def owned(actions, **asked):
    """actions: (discussion, (owners, sectors)), each reported once."""
    rows = [
        (f"A{place}", discussion, owners, sectors, "2016-03-17", "2016-12-31", "0638")
        for place, (discussion, (owners, sectors)) in enumerate(actions)
    ]
    return told(rows, **asked)


def many(joint, single, discussion="D1"):
    return [(discussion, JOINT)] * joint + [(discussion, SINGLE)] * single


def test_two_groups_of_one_sector_are_one_partner():
    row = owned(many(4, 8)).iloc[0]
    assert (row["n"], row["k"], row["estimate"]) == (12, 4, pytest.approx(1 / 3))


def test_from_eight_discussions_on_they_are_what_varies():
    table = [(1, 2), (0, 3), (2, 2), (3, 0), (1, 1), (0, 2), (2, 1), (1, 3)]
    actions = [one for place, (joint, single) in enumerate(table) for one in many(joint, single, f"D{place}")]
    row = owned(actions).iloc[0]
    expected = cluster_share([joint for joint, _ in table], [sum(pair) for pair in table])
    assert (row["estimate"], row["low"], row["high"], row["se"]) == pytest.approx(expected[:4])
    assert (row["method"], row["flag"]) == ("Korn-Graubard over discussions", "few_clusters")


def test_below_eight_discussions_wilson_is_used_and_said_to_be_of_few():
    row = owned(many(4, 3) + many(3, 2, "D2")).iloc[0]
    assert (row["low"], row["high"]) == pytest.approx(wilson(7, 12)[1:3])
    assert (row["method"], row["flag"]) == ("Wilson", "few_clusters")


def test_one_discussion_is_one_cluster():
    assert owned(many(4, 8)).iloc[0]["flag"] == "one_cluster"


def test_below_ten_it_is_said_as_k_of_n():
    row = owned(many(4, 5)).iloc[0]
    assert (row["n"], row["k"], row["flag"]) == (9, 4, "too_few;one_cluster")
    assert pd.isna(row["estimate"])


@pytest.mark.parametrize("unknown", [(None, None), ("unmapped", "other"), ("police|unmapped", "police|other")])
def test_an_owner_nobody_knows_is_not_a_lack_of_partners(unknown):
    few = owned(many(4, 8) + [("D1", unknown)] * 3).iloc[0]
    assert (few["n"], few["k"], few["flag"]) == (12, 4, "one_cluster")
    assert "owners_unknown=3" in few["note"]
    assert owned(many(4, 8) + [("D1", unknown)] * 4).iloc[0]["flag"] == "too_few;one_cluster"


def test_two_known_sectors_beside_an_unknown_owner_are_joint():
    row = owned([*many(4, 8), ("D1", ("police|resident|unmapped", "police|community|other"))]).iloc[0]
    assert (row["n"], row["k"]) == (13, 5)


def test_an_action_of_many_deliveries_counts_once_by_its_latest_owners():
    row = told(
        [
            ("A1", "D1", "police", "police", "2016-03-17", "2016-06-30", "0638"),
            ("A1", "D1", "police|resident", "police|community", None, "2017-06-30", None),
            ("A1", "D1", None, None, None, "2018-06-30", None),
            ("A1", "D1", "police", "police", None, "2020-06-30", None),
            ("A2", "D1", "police", "police", "2020-03-17", "2019-06-30", "0638"),
        ]
    ).iloc[0]
    assert (row["n"], row["k"]) == (1, 1)


def test_a_county_without_an_action_keeps_its_row():
    found = owned(many(4, 8), by="county").set_index("region")
    assert len(found) == 15
    assert (found.loc["0039", "n"], found.loc["0039", "flag"]) == (0, "no_data")


def test_the_order_of_the_rows_does_not_matter():
    actions = many(4, 3) + many(3, 2, "D2")
    assert owned(actions).equals(owned(actions[::-1]))
