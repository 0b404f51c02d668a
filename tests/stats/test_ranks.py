"""Ranks against R (section 10, H15, and the bounds of r4), and at their edges."""

from math import isnan, nan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kodukant_analysis.stats import expected_rank, rank_bounds, rank_interval
from tests.stats.regions15 import WITNESS

CLOSED = 1e-8
M, SE = WITNESS["blup_PM"]["pred"], WITNESS["blup_PM"]["se"]
Y, OWN = WITNESS["logit_yi"], np.sqrt(WITNESS["logit_vi"])
VALUES = st.lists(st.tuples(st.floats(-3, 3), st.floats(0.01, 2)), min_size=1, max_size=12)


def test_expected_ranks_are_those_of_the_witness():
    assert expected_rank(M, SE) == pytest.approx(WITNESS["exp_rank"], abs=CLOSED)


def test_a_simulated_interval_is_that_of_the_witness_but_for_chance():
    found = rank_interval(M, SE)
    assert np.max(np.abs(found.low - WITNESS["rank_mc_low"])) <= 1
    assert np.max(np.abs(found.high - WITNESS["rank_mc_high"])) <= 1
    assert np.sum(found.low != WITNESS["rank_mc_low"]) <= 1


def test_pairwise_bounds_are_those_of_the_witness():
    found = rank_bounds(Y, OWN)
    assert found.low.tolist() == WITNESS["rank_pair_low"]
    assert found.high.tolist() == WITNESS["rank_pair_high"]


def test_the_raw_first_of_fifteen_may_be_the_thirteenth():
    rapla = WITNESS["region"].index("Rapla")
    assert WITNESS["raw_rank"][rapla] == 1
    assert (rank_bounds(Y, OWN).low[rapla], rank_bounds(Y, OWN).high[rapla]) == (1, 13)


def test_one_region_is_first_and_none_has_no_rank():
    assert expected_rank([0.3], [0.1]).tolist() == [1]
    assert [limit.tolist() for limit in rank_interval([0.3], [0.1])] == [[1], [1]]
    assert [limit.tolist() for limit in rank_bounds([0.3], [0.1])] == [[1], [1]]
    assert expected_rank([], []).size == rank_interval([], []).low.size == rank_bounds([], []).low.size == 0


def test_regions_known_for_certain_have_their_place_and_share_it_when_alike():
    assert expected_rank([3, 1, 2, 2], 0).tolist() == [1, 4, 2.5, 2.5]


def test_a_region_that_is_missing_has_no_rank_and_takes_none():
    for ranked in (expected_rank, lambda m, se: rank_interval(m, se).low, lambda m, se: rank_bounds(m, se).high):
        found = ranked([0.9, nan, 0.1], [0.1, 0.1, 0.1])
        assert isnan(found[1])
        assert found[[0, 2]].tolist() == ranked([0.9, 0.1], [0.1, 0.1]).tolist()


def test_the_same_seed_draws_the_same_interval():
    assert [limit.tolist() for limit in rank_interval(M, SE, 500, 7)] == [
        limit.tolist() for limit in rank_interval(M, SE, 500, 7)
    ]


@pytest.mark.parametrize(("se", "reps"), [(-0.1, 10), (0.1, 0)])
def test_a_negative_error_and_no_draw_are_refused(se, reps):
    with pytest.raises(ValueError, match=r"negative|draw"):
        rank_interval([1.0], [se], reps)


@given(VALUES)
def test_expected_ranks_add_up_to_those_of_an_order(values):
    m, se = zip(*values, strict=True)
    assert expected_rank(m, se).sum() == pytest.approx(len(m) * (len(m) + 1) / 2)


@settings(deadline=None)
@given(VALUES, st.randoms(use_true_random=False))
def test_the_order_in_which_regions_are_told_does_not_matter(values, chance):
    order = list(range(len(values)))
    chance.shuffle(order)
    (m, se), (other_m, other_se) = zip(*values, strict=True), zip(*(values[place] for place in order), strict=True)
    assert expected_rank(other_m, other_se) == pytest.approx(expected_rank(m, se)[order])
    for limits in (lambda y, e: rank_interval(y, e, 200), rank_bounds):
        assert limits(other_m, other_se).low.sum() == limits(m, se).low.sum()
    if len(set(values)) == len(values):
        assert rank_interval(other_m, other_se, 200).low.tolist() == rank_interval(m, se, 200).low[order].tolist()
