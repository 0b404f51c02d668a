"""Shares and means over clusters: what the method book says of their edges."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kodukant_analysis.stats import cluster_mean, cluster_share, korn_graubard, student, wilson
from kodukant_analysis.stats.estimate import Estimate

counts = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=2, max_size=12)


def test_one_cluster_gives_the_value_without_an_interval():
    for found in (cluster_mean([20.0], [40.0]), cluster_share([2], [4])):
        assert found.estimate == 0.5
        assert found.df == 0
        assert math.isnan(found.low)
        assert math.isnan(found.high)


def test_none_gives_nothing():
    assert math.isnan(cluster_mean([]).estimate)
    assert math.isnan(cluster_share([], []).estimate)
    assert math.isnan(cluster_share([0, 0], [0, 0]).estimate)


def test_clusters_all_alike_give_wilsons_interval():
    found = cluster_share([1, 2, 3], [2, 4, 6])
    assert found[:3] == pytest.approx(wilson(6, 12)[:3])
    assert (found.se, found.df) == (0, 2)


def test_a_mean_has_students_interval():
    assert cluster_mean([4, 6, 5, 9])[:3] == pytest.approx(student(Estimate(6.0, se=math.sqrt(14 / 3 / 4), df=3))[:3])


def test_more_than_all_of_a_cluster_is_refused():
    with pytest.raises(ValueError, match="between 0 and n"):
        cluster_share([3], [2])


@given(counts, st.integers(1, 4))
def test_empty_clusters_change_nothing(pairs, empty):
    k, n = [min(pair) for pair in pairs], [max(pair) for pair in pairs]
    assert cluster_share(k + [0] * empty, n + [0] * empty) == pytest.approx(cluster_share(k, n), nan_ok=True)
    assert cluster_mean(k + [0] * empty, n + [0] * empty) == pytest.approx(cluster_mean(k, n), nan_ok=True)


@given(counts)
def test_the_order_of_the_clusters_does_not_matter(pairs):
    k, n = [min(pair) for pair in pairs], [max(pair) for pair in pairs]
    assert cluster_share(k[::-1], n[::-1]) == pytest.approx(cluster_share(k, n), nan_ok=True)


def test_a_share_has_the_interval_of_korn_and_graubard():
    found = cluster_share([2, 3, 0, 4, 1, 2], [4, 4, 3, 6, 2, 5])
    assert found == pytest.approx(korn_graubard(0.5, found.se, 24, 5))
