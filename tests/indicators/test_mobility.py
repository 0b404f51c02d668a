"""Did people go from group to group?"""

from datetime import date

import pandas as pd
import pytest

from kodukant_analysis.disclosure import disclosed
from kodukant_analysis.indicators import group_mobility

AS_OF = date(2020, 1, 1)
HEADER = (
    "discussion_id | attendees | source_file | discussion_groups | is_bee | is_butterfly | in_opening_ring"
    " | in_closing_ring | is_absent"
)


@pytest.fixture
def moves(draw):
    def of(*lists, **asked):
        """lists: per file and discussion (file, discussion, rows of groups, bee, butterfly, opening, closing ring)."""
        rows = [
            f"{discussion} | {people} | {file} | {' | '.join(told)} | {absent}"
            for file, discussion, people, told, absent, many in lists
            for _ in range(many)
        ]
        held = [f"{discussion} | held | 2016-03-17 | 0638" for discussion in dict.fromkeys(one[1] for one in lists)]
        tables = {
            "discussions": draw(
                "discussions", "\n".join(["discussion_id | status | held_on | municipality_code", *held])
            ),
            "attendance": draw("attendance", "\n".join([HEADER, *rows])),
        }
        found = group_mobility(tables, **{"as_of": AS_OF, "by": "country", "detail": True} | asked)
        return found.assign(item=found["indicator"].str.split(":").str[1]).set_index("item")

    return of


def people(many, groups="", bee="", butterfly="", rings=("", ""), *, discussion="D1", file="a.xlsx", absent="", size=1):
    return (file, discussion, size, (groups, bee, butterfly, *rings), absent, many)


def test_groups_are_told_per_person_and_by_who_was_in_two(moves):
    found = moves(people(8, "1"), people(6, "2", discussion="D2"), people(4, "4"), people(2, "0"))
    assert found.loc["mean_groups", ["n", "estimate", "unit"]].tolist() == [20, 36 / 20, "groups"]
    assert found.loc["two_or_more", ["n", "k", "estimate"]].tolist() == [20, 10, 0.5]
    assert found.loc["mean_groups", "flag"] == "descriptive"


def test_a_mark_left_out_is_not_a_bee_that_was_not_there(moves):
    found = moves(people(4, bee="yes"), people(14, bee="no", butterfly="yes"), people(2))
    assert found.loc["bees", ["n", "k", "flag"]].tolist() == [18, 4, "descriptive"]
    assert "blank=2" in found.loc["bees", "note"]
    assert found.loc["butterflies", ["n", "k", "flag"]].tolist() == [14, 14, "too_few;descriptive"]
    assert found.loc["mean_groups", "flag"] == "no_data"


def test_fifteen_people_are_enough_and_a_fifth_of_blanks_too_many(moves):
    assert moves(people(14, "2")).loc["mean_groups", "flag"] == "too_few;descriptive"
    assert moves(people(16, "2"), people(4)).loc["mean_groups", "flag"] == "descriptive"
    assert moves(people(16, "2"), people(5)).loc["mean_groups", "flag"] == "too_few;descriptive"


def test_people_only_counted_tell_nothing_of_groups(moves):
    found = moves(people(16, "2", "yes", "yes", ("yes", "yes")), people(1, "2", "yes", "yes", ("yes", "yes"), size=9))
    assert set(found["n"]) == {16}
    assert set(found["flag"]) == {"too_few;descriptive"}


def test_a_short_list_with_more_told_is_not_the_fuller_one(moves):
    found = moves(people(16, "2"), people(4), people(17, "4", file="b.xlsx")).loc["mean_groups"]
    assert (found["n"], found["estimate"]) == (16, 2)


def test_of_whom_one_ring_alone_is_told_nothing_is_known(moves):
    found = moves(people(15, rings=("yes", "yes")), people(1, rings=("", "yes")), people(1, rings=("yes", "")))
    assert found.loc["ring_retention", ["n", "k"]].tolist() == [15, 15]
    assert "blank=2" in found.loc["ring_retention", "note"]


def test_the_rings_keep_those_who_stayed(moves):
    found = moves(people(12, rings=("yes", "yes")), people(6, rings=("yes", "no")), people(5, rings=("no", "yes")))
    assert found.loc["ring_retention", ["n", "k", "estimate"]].tolist() == [18, 12, pytest.approx(2 / 3)]


def test_a_list_kept_in_two_files_is_one_and_the_absent_were_not_there(moves):
    found = moves(people(16, "2"), people(12, "4", file="b.xlsx"), people(9, "4", absent="yes"))
    assert found.loc["mean_groups", ["n", "estimate"]].tolist() == [16, 2]


def test_a_county_without_a_list_keeps_its_rows(moves):
    found = moves(people(16, "2"), by="county")
    assert len(found) == 75
    assert set(found.loc[found["region"] == "0039", "flag"]) == {"no_data"}


def test_few_people_of_one_kind_do_not_leave_the_house(moves):
    found = disclosed(moves(people(4, "2")).reset_index(drop=True)).set_index("indicator")
    assert found.loc["group_mobility:two_or_more", "flag"] == "suppressed"
    assert pd.isna(found.loc["group_mobility:two_or_more", "n"])
