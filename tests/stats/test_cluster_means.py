"""Shares and means over discussions."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kodukant_analysis.stats import cluster_mean, cluster_share, wilson

CLOSED = 1e-8


def test_a_mean_per_discussion_has_students_interval():
    found = cluster_mean([4, 6, 5, 9])
    assert (found.estimate, found.df) == (6, 3)
    assert (found.low, found.high) == pytest.approx((2.5625651181, 9.4374348819), abs=CLOSED)


def test_a_ratio_over_discussions_is_that_of_r():
    groups = [(4, 4, 12), (1, 1, 18), (0, 2, 9), (3, 0, 22), (2, 1, 15), (1, 1, 30)]
    found = cluster_mean([one[2] for one in groups], [sum(one) for one in groups])
    people = sum(map(sum, groups))
    assert found.estimate == pytest.approx(sum(one[2] for one in groups) / people)
    residual = [one[2] - found.estimate * sum(one) for one in groups]
    assert found.se == pytest.approx(math.sqrt(6 / 5 * sum(e * e for e in residual)) / people)


def test_one_discussion_gives_the_value_and_no_interval():
    for found in (cluster_mean([7]), cluster_share([3], [4])):
        assert not math.isnan(found.estimate)
        assert math.isnan(found.low)
        assert found.df == 0


def test_no_discussion_gives_nothing():
    assert math.isnan(cluster_mean([]).estimate)
    assert math.isnan(cluster_share([], []).estimate)


def test_discussions_all_alike_have_wilsons_interval():
    found = cluster_share([2, 2, 2], [4, 4, 4])
    assert (found.low, found.high) == wilson(6, 12)[1:3]


def test_all_yes_in_every_discussion_is_not_certain():
    found = cluster_share([4, 3, 5], [4, 3, 5])
    assert found.estimate == found.high == 1
    assert found.low < 1


def test_more_than_all_is_refused():
    with pytest.raises(ValueError, match="between 0 and n"):
        cluster_share([3], [2])


discussions = st.lists(st.integers(0, 20).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), min_size=2)


@given(discussions)
def test_a_discussion_without_topics_and_the_order_change_nothing(rows):
    k, n = zip(*rows, strict=True)
    back = cluster_share(k[::-1], n[::-1])
    assert cluster_share(k, n) == pytest.approx(back, nan_ok=True, abs=1e-9)
    assert cluster_share(k, n) == cluster_share([*k, 0], [*n, 0]) or math.isnan(back.low)


@given(discussions)
def test_the_interval_holds_the_share(rows):
    k, n = zip(*rows, strict=True)
    found = cluster_share(k, n)
    if found.df > 0:
        assert 0 <= found.low <= found.estimate + 1e-12
        assert found.estimate - 1e-12 <= found.high <= 1
