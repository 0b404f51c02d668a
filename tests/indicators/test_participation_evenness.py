"""How evenly did the three partners come?"""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from kodukant_analysis.indicators import RULES, participation_evenness
from kodukant_analysis.stats import evenness

AS_OF = date(2020, 1, 1)
PARTNERS = ("police", "local_government", "community")
MET = [(2, 1, 14), (3, 2, 22), (1, 0, 9), (2, 3, 31), (1, 1, 6), (4, 2, 18), (2, 0, 12), (1, 2, 25)]


@pytest.fixture
def balance(draw):
    def of(met, place="0638", sector="state", **asked):
        """met: of each discussion how many of the police, the local government and the community were there."""
        held = [f"D{one} | held | 2016-03-17 | {place}" for one in range(len(met))]
        present = [
            f"D{one} | {partner} | {people}"
            for one, group in enumerate(met)
            for partner, people in zip((*PARTNERS, sector), group, strict=False)
            if people
        ]
        tables = {
            "discussions": draw(
                "discussions", "\n".join(["discussion_id | status | held_on | municipality_code", *held])
            ),
            "attendance": draw("attendance", "\n".join(["discussion_id | sector | attendees", *present])),
        }
        return participation_evenness(tables, **{"as_of": AS_OF, "by": "country", "detail": True} | asked)

    return of


def test_it_is_pielous_j_with_its_error_over_discussions(balance):
    row = balance(MET).iloc[0]
    assert (row["indicator"], row["n"], row["unit"]) == ("participation_evenness:pielou", 8, "index")
    assert row["estimate"] == pytest.approx(0.508415450802707, abs=1e-8)
    assert row["se"] == pytest.approx(0.0391624410787604, abs=1e-8)
    assert (row["low"], row["high"]) == pytest.approx(evenness(MET)[1:3])
    assert row["flag"] == "few_clusters"


def test_how_many_people_came_to_few_discussions_is_not_told_in_the_note(balance):
    assert balance([(1, 1, 1)]).iloc[0]["note"] == "attendance_unknown=0; undated=0"


def test_nine_discussions_are_no_longer_few_clusters(balance):
    assert balance([*MET, (1, 1, 9)]).iloc[0]["flag"] == "ok"


def test_other_sectors_do_not_change_it(balance):
    assert balance([(*met, 5) for met in MET]).iloc[0]["estimate"] == pytest.approx(0.508415450802707, abs=1e-8)


@pytest.mark.parametrize("target", [(0.2, 0.1, 0.7), {"community": 0.7, "police": 0.2, "local_government": 0.1}])
def test_a_target_mix_adds_the_divergence_from_it(balance, target):
    found = balance(MET, target=target).set_index("indicator").loc["participation_evenness:divergence"]
    assert found["estimate"] == pytest.approx(0.0508626230084732, abs=1e-8)
    assert (found["flag"], pd.isna(found["low"])) == ("descriptive", True)


@pytest.mark.parametrize("target", [{"police": 1}, (0.5, 0.5), (-1, 1, 1), (0, 0, 0)])
def test_what_is_no_target_is_refused(balance, target):
    with pytest.raises(ValueError, match=r"target|counts"):
        balance(MET, target=target)


def test_four_discussions_are_too_few(balance):
    row = balance(MET[:4]).iloc[0]
    assert (row["n"], row["flag"]) == (4, "too_few;few_clusters")
    assert pd.isna(row["estimate"])


def test_one_discussion_is_a_description_where_the_rules_show_it(balance):
    row = balance(MET[:1], rules=replace(RULES, discussions_from=1)).iloc[0]
    assert row["estimate"] == pytest.approx(0.526414361668258, abs=1e-8)
    assert (row["flag"], pd.isna(row["low"])) == ("descriptive", True)


def test_one_partner_alone_is_zero_without_an_interval(balance):
    row = balance([(0, 0, 9)] * 9).iloc[0]
    assert (row["estimate"], row["flag"], pd.isna(row["low"])) == (0, "ok", True)


def test_none_of_the_three_leaves_nothing_to_balance(balance):
    assert balance([(0, 0, 0, 3)] * 6).iloc[0]["flag"] == "not_estimable;few_clusters"


def test_too_many_lists_missing_make_it_unsure(balance):
    row = balance([*MET, (0, 0, 0), (0, 0, 0), (0, 0, 0)]).iloc[0]
    assert (row["n"], row["flag"]) == (8, "too_few;few_clusters")
    assert "attendance_unknown=3" in row["note"]


def test_a_county_without_a_discussion_keeps_its_rows(balance):
    found = balance(MET, by="county", target=(0.2, 0.1, 0.7))
    assert len(found) == 30
    assert (found.loc[found["region"] == "0039", "flag"] == "no_data").tolist() == [True, True]


def test_survey_regions_are_refused(balance):
    with pytest.raises(ValueError, match="survey region"):
        balance(MET, by="survey_region")
