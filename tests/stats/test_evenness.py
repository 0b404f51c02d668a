"""Evenness, divergence and concentration against R (vegan) and against what must hold of any counts."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kodukant_analysis.stats import concentration, divergence, evenness

# eight discussions: police, local government, community
MET = [[2, 1, 14], [3, 2, 22], [1, 0, 9], [2, 3, 31], [1, 1, 6], [4, 2, 18], [2, 0, 12], [1, 2, 25]]
TOTALS = [16, 11, 137]
counts = st.lists(st.integers(0, 500), min_size=2, max_size=6)
tables = st.lists(st.lists(st.integers(0, 40), min_size=3, max_size=3), min_size=2, max_size=9)


def test_the_totals_give_what_vegan_gives():
    found = evenness(TOTALS)
    assert found.pielou == found.estimate == pytest.approx(0.508415450802707, abs=1e-8)
    assert found.shannon == pytest.approx(0.558551462000591, abs=1e-8)
    assert found.simpson == pytest.approx(0.288146936347412, abs=1e-8)
    assert found.inverse_simpson == pytest.approx(1.40478428914656, abs=1e-8)
    assert found.inverse_simpson / 3 == pytest.approx(0.468261429715519, abs=1e-8)
    assert math.exp(found.shannon) == pytest.approx(1.74813842045347, abs=1e-8)


def test_each_discussion_alone_gives_what_vegan_gives():
    assert [evenness(met).pielou for met in MET] == pytest.approx(
        [
            0.526414361668258, 0.549600091263481, 0.295903274289385, 0.451856588195404,
            0.669591945535779, 0.656704548214339, 0.373303960385887, 0.372012701195792,
        ],
        abs=1e-8,
    )  # fmt: skip


def test_the_errors_over_discussions_are_those_of_r():
    found = evenness(MET)
    assert found.pielou == pytest.approx(0.508415450802707, abs=1e-8)
    assert found.se == pytest.approx(0.0391624410787604, abs=1e-8)
    assert found.jackknife_se == pytest.approx(0.0401562525396996, abs=1e-8)
    assert found.df == 7
    assert (found.high + found.low) / 2 == pytest.approx(found.pielou)
    assert (found.high - found.low) / 2 == pytest.approx(2.364624251592784 * found.se)


def test_a_village_meeting_of_four_police_four_officials_and_twelve_residents():
    assert [round(evenness(mix).pielou, 2) for mix in ([4, 4, 12], [10, 0, 10], [7, 0, 10], [1, 1, 18])] == [
        0.86, 0.63, 0.62, 0.36,
    ]  # fmt: skip


def test_nobody_is_not_even():
    for nobody in ([0, 0, 0], [], [[0, 0, 0]], np.zeros((0, 3))):
        assert all(math.isnan(value) for value in evenness(nobody))


def test_one_group_alone_is_not_even_at_all():
    assert evenness([5, 0, 0]).pielou == 0
    assert math.isnan(evenness([5]).pielou)


def test_equal_groups_are_wholly_even_and_show_no_spread():
    found = evenness([[5, 5, 5], [2, 2, 2], [7, 7, 7]])
    assert (found.pielou, found.se) == (pytest.approx(1), 0)
    assert math.isnan(found.low)


def test_one_discussion_has_a_value_without_an_error():
    found = evenness([MET[0]])
    assert found.pielou == pytest.approx(0.526414361668258, abs=1e-8)
    assert (found.df, math.isnan(found.se), math.isnan(found.low), math.isnan(found.jackknife_se)) == (0, *[True] * 3)


def test_the_interval_stays_between_none_and_wholly_even():
    found = evenness([[1, 1, 1], [9, 0, 0], [1, 2, 1]])
    assert 0 <= found.low < found.pielou < found.high <= 1


@pytest.mark.parametrize("wrong", [[-1, 2], [math.nan, 2], [[[1]]]])
def test_what_is_no_count_is_refused(wrong):
    with pytest.raises(ValueError, match="counts are"):
        evenness(wrong)


@given(tables, st.randoms(use_true_random=False))
def test_neither_the_order_of_discussions_nor_an_empty_one_matters(table, chance):
    mixed = [*table, [0, 0, 0]]
    chance.shuffle(mixed)
    assert evenness(mixed) == pytest.approx(evenness(table), nan_ok=True, abs=1e-9)


@given(counts, st.integers(2, 50))
def test_twice_as_many_of_each_are_as_even(people, times):
    assert evenness([times * one for one in people]) == pytest.approx(evenness(people), nan_ok=True, abs=1e-9)


@given(tables)
def test_a_table_of_discussions_is_as_even_as_its_totals(table):
    whole, parts = evenness(np.sum(table, axis=0)), evenness(table)
    assert (parts.pielou, parts.simpson) == pytest.approx((whole.pielou, whole.simpson), nan_ok=True)


@given(counts)
def test_evenness_lies_between_none_and_all(people):
    found = evenness(people)
    if sum(people):
        assert -1e-12 <= found.pielou <= 1 + 1e-12
        assert 1 - 1e-12 <= found.inverse_simpson <= len(people) + 1e-9


def test_the_divergence_from_a_target_is_that_of_r():
    assert divergence(TOTALS, [0.2, 0.1, 0.7]) == pytest.approx(0.0508626230084732, abs=1e-8)
    assert divergence(TOTALS, [2, 1, 7]) == pytest.approx(0.0508626230084732, abs=1e-8)


def test_the_mix_that_is_aimed_at_does_not_diverge():
    assert divergence([2, 1, 7], [0.2, 0.1, 0.7]) == pytest.approx(0, abs=1e-12)
    assert divergence([2, 0, 8], [0.2, 0.1, 0.7]) > 0


def test_people_nobody_aimed_at_are_infinitely_far():
    assert divergence([1, 1, 1], [0.5, 0, 0.5]) == math.inf


def test_nobody_does_not_diverge():
    assert math.isnan(divergence([0, 0], [0.5, 0.5]))


@pytest.mark.parametrize("target", [[0.5, 0.5], [0, 0, 0], [-1, 1, 1]])
def test_what_is_no_target_is_refused(target):
    with pytest.raises(ValueError, match=r"target|counts"):
        divergence(TOTALS, target)


@given(counts.filter(any), st.lists(st.integers(1, 100), min_size=6, max_size=6))
def test_divergence_is_never_negative(people, target):
    assert divergence(people, target[: len(people)]) >= 0


def test_concentration_is_the_sum_of_squares():
    assert concentration([0.5, 0.3, 0.2]) == pytest.approx(0.38)
    assert concentration([50, 30, 20, 0]) == pytest.approx(0.38)
    assert concentration([3]) == 1
    assert math.isnan(concentration([]))


@given(counts.filter(any))
def test_concentration_is_what_simpson_leaves(people):
    assert concentration(people) == pytest.approx(1 - evenness(people).simpson)
