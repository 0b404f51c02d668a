"""After how many discussions did people meet again?"""

from datetime import date

import pytest

from kodukant_analysis.indicators import follow_up_share

AS_OF = date(2018, 1, 1)


@pytest.fixture
def share(draw):
    def of(*lines, **asked):
        """lines: discussion_id | prefecture | held_on | follow_up_of."""
        drawing = "\n".join(
            ["status | discussion_id | prefecture | held_on | follow_up_of", *(f"held | {line}" for line in lines)]
        )
        tables = {"discussions": draw("discussions", drawing), "attendance": draw("attendance", "discussion_id")}
        return follow_up_share(tables, **{"as_of": AS_OF, "by": "country", "detail": True} | asked)

    return of


def old(count, prefecture="Lääne"):
    return [f"{prefecture}{one} | {prefecture} | 2016-01-01 |" for one in range(count)]


def test_a_discussion_is_followed_up_within_half_a_year(share):
    row = share(*old(10), "F | Lääne | 2016-07-02 | Lääne0", "G | Lääne | 2016-07-03 | Lääne1").iloc[0]
    assert (row["n"], row["k"]) == (12, 1)
    assert row["estimate"] == pytest.approx(1 / 12)


def test_young_discussions_do_not_count_yet(share):
    row = share(*old(10), "F | Lääne | 2016-07-01 | Lääne0", "Y | Lääne | 2017-07-03 |").iloc[0]
    assert (row["n"], row["flag"]) == (11, "immature")
    assert "young=1" in row["note"]


def test_a_discussion_as_old_as_the_time_given_counts(share):
    assert share(*old(10), "F | Lääne | 2016-07-01 | Lääne0", "Y | Lääne | 2017-07-02 |").iloc[0]["n"] == 12


def test_a_register_that_never_tells_is_not_zero_percent(share):
    row = share(*old(12)).iloc[0]
    assert (row["n"], row["flag"], row["note"]) == (0, "not_estimable", "blank=12; young=0; undated=0")


def test_only_prefectures_whose_sheets_tell_count(share):
    found = share(*old(10), *old(4, "Ida"), "F | Lääne | 2016-03-01 | Lääne0", by="prefecture").set_index("region")
    assert found["flag"].to_dict() == {"Põhja": "no_data", "Lõuna": "no_data", "Ida": "not_estimable", "Lääne": "ok"}
    row = share(*old(10), *old(4, "Ida"), "F | Lääne | 2016-03-01 | Lääne0").iloc[0]
    assert (row["n"], row["flag"]) == (11, "too_few")
    assert "blank=4" in row["note"]


def test_a_follow_up_before_the_discussion_is_none(share):
    assert share(*old(10), "F | Lääne | 2015-12-31 | Lääne0").iloc[0]["k"] == 0


def test_without_a_discussion_there_is_no_data(share):
    assert share().iloc[0]["flag"] == "no_data"
