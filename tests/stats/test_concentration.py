"""How much falls on few kinds."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kodukant_analysis.stats import concentration

counts = st.lists(st.integers(0, 50), min_size=1, max_size=12).filter(any)


def test_equal_kinds_share_alike():
    assert concentration([7, 7, 7, 7]) == 0.25


def test_nothing_at_all_is_not_a_number():
    assert math.isnan(concentration([]))
    assert math.isnan(concentration([0, 0]))


def test_a_negative_count_is_refused():
    with pytest.raises(ValueError, match="-1"):
        concentration([3, -1])


@given(counts)
def test_order_scale_and_kinds_of_which_there_is_none_change_nothing(sizes):
    found = concentration(sizes)
    assert concentration(sizes[::-1]) == pytest.approx(found)
    assert concentration([3 * one for one in sizes]) == pytest.approx(found)
    assert concentration([*sizes, 0]) == pytest.approx(found)
    assert 1 / len(sizes) - 1e-12 <= found <= 1
