"""Did somebody else than the leading officer hold the space?"""

from datetime import date

import pytest

from kodukant_analysis.indicators import space_holder_support_share
from kodukant_analysis.stats import wilson

AS_OF = date(2020, 1, 1)
HEADER = (
    "discussion_id | status | held_on | municipality_code | county_code | lead_officer_key | space_holder_key"
    " | space_holder_county_code"
)


@pytest.fixture
def support(draw):
    def of(held, **asked):
        """held: (leading officer, space holder, the space holder's county), all in Pärnu county."""
        lines = [f"D{one} | held | 2016-03-17 | 0638 | 0067 | {' | '.join(who)}" for one, who in enumerate(held)]
        tables = {
            "discussions": draw("discussions", "\n".join([HEADER, *lines])),
            "attendance": draw("attendance", "discussion_id | sector | attendees"),
        }
        asked = {"as_of": AS_OF, "by": "country", "detail": True} | asked
        return space_holder_support_share(tables, **asked).set_index("indicator")

    return of


OWN, HELPED, NEIGHBOUR = ("p1", "p1", "0067"), ("p1", "p2", "0067"), ("p1", "p3", "0074")


def test_support_is_a_space_holder_who_does_not_lead(support):
    row = support([OWN] * 4 + [HELPED] * 5 + [NEIGHBOUR] * 3).loc["space_holder_support_share"]
    assert (row["n"], row["k"], row["flag"]) == (12, 8, "ok")
    assert (row["low"], row["high"]) == pytest.approx(wilson(8, 12)[1:3])


def test_a_neighbour_comes_from_another_county(support):
    row = support([OWN] * 4 + [HELPED] * 5 + [NEIGHBOUR] * 3).loc["space_holder_support_share:neighbour"]
    assert (row["n"], row["k"]) == (12, 3)


def test_a_county_keeps_its_place_when_it_is_renumbered(support):
    row = support([("p1", "p2", "0068")] * 10).loc["space_holder_support_share:neighbour"]
    assert (row["n"], row["k"], row["flag"]) == (10, 0, "all_same")


@pytest.mark.parametrize("blank", [("p1", "", ""), ("", "p2", ""), ("", "", "")])
def test_a_blank_is_not_a_no(support, blank):
    found = support([HELPED] * 12 + [blank] * 3).loc["space_holder_support_share"]
    assert (found["n"], found["k"], found["flag"]) == (12, 12, "all_same")
    assert "holder_unknown=3" in found["note"]
    assert "too_few" in support([HELPED] * 12 + [blank] * 4).loc["space_holder_support_share", "flag"]


def test_below_ten_it_is_said_as_k_of_n(support):
    row = support([OWN, HELPED]).loc["space_holder_support_share"]
    assert (row["n"], row["k"], row["flag"]) == (2, 1, "too_few")


def test_a_county_without_a_discussion_keeps_its_rows(support):
    found = support([HELPED] * 10, by="county")
    assert len(found) == 30
    assert set(found.loc[found["region"] == "0039", "flag"]) == {"no_data"}


def test_nothing_known_is_no_data(support):
    assert set(support([("", "", "")] * 10)["flag"]) == {"no_data"}
