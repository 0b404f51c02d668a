"""Was there a local leader, a room, enough advertising?"""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from kodukant_analysis.indicators import preparation_index
from kodukant_analysis.stats import cluster_mean, wilson

AS_OF = date(2020, 1, 1)


@pytest.fixture
def prepared(draw):
    def of(*discussions, **asked):
        """discussions: (leader, room, channels), None where blank."""
        lines = ["discussion_id | status | held_on | municipality_code | has_local_leader | has_room"]
        for place, (leader, room, _) in enumerate(discussions):
            cells = ("" if one is None else "yes" if one else "no" for one in (leader, room))
            lines.append(" | ".join([f"D{place}", "held", "2019-03-01", "0638", *cells]))
        channels = pd.array([told for _, _, told in discussions], dtype="string")
        rows = draw("discussions", "\n".join(lines)).assign(channels=channels)
        tables = {"discussions": rows, "attendance": draw("attendance", "discussion_id | sector | attendees")}
        found = preparation_index(tables, **{"as_of": AS_OF, "by": "country", "detail": True} | asked)
        return found.set_index("indicator")

    return of


ALL = (True, True, "sms|poster|website")
NONE = (False, False, "sms")
SOME = (True, True, "sms|poster")


def test_the_index_is_the_mean_number_of_parts_in_place(prepared):
    row = prepared(*[ALL] * 5, *[SOME] * 3, *[NONE] * 2).loc["preparation_index"]
    assert (row["n"], row["flag"], row["unit"]) == (10, "ok", "index")
    assert row[["estimate", "low", "high"]].tolist() == pytest.approx(cluster_mean([3] * 5 + [2] * 3 + [0] * 2)[:3])


def test_each_part_is_a_share_with_wilsons_interval(prepared):
    found = prepared(*[ALL] * 5, *[SOME] * 3, *[NONE] * 2)
    assert found.loc["preparation_index:channels", ["n", "k"]].tolist() == [10, 5]
    leader = found.loc["preparation_index:leader"]
    assert leader[["estimate", "low", "high"]].tolist() == pytest.approx(wilson(8, 10)[:3])


def test_a_blank_part_leaves_the_discussion_out_of_the_index_but_not_of_the_other_parts(prepared):
    found = prepared(*[ALL] * 10, (None, False, "sms"))
    assert found.loc["preparation_index", "n"] == 10
    assert "blank=1" in found.loc["preparation_index", "note"]
    assert found.loc["preparation_index:room", ["n", "k"]].tolist() == [11, 10]


def test_a_part_blank_too_often_is_too_few(prepared):
    found = prepared(*[ALL] * 10, *[(None, True, "sms")] * 3)
    assert "too_few" in found.loc["preparation_index:leader", "flag"]
    assert found.loc["preparation_index:room", "flag"] == "all_same"


def test_a_field_nobody_fills_is_no_data_and_not_nought(prepared):
    found = prepared(*[(None, None, None)] * 12)
    assert found["flag"].tolist() == ["no_data"] * 4
    assert found["n"].tolist() == [0] * 4


def test_four_discussions_are_too_few_and_five_are_few(prepared):
    assert prepared(ALL, SOME, NONE, ALL).loc["preparation_index", "flag"] == "too_few;few_clusters"
    assert prepared(ALL, SOME, NONE, ALL, ALL).loc["preparation_index", "flag"] == "few_clusters"


def test_all_alike_gives_the_value_without_an_interval(prepared):
    row = prepared(*[SOME] * 10).loc["preparation_index"]
    assert row["estimate"] == 2
    assert np.isnan(row["low"])
    assert np.isnan(row["high"])


def test_every_county_has_its_rows(prepared):
    assert len(prepared(*[ALL] * 10, by="county")) == 4 * 15
