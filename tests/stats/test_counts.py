"""Counts: rates of events and of people at meetings."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kodukant_analysis.stats import compound_rate, poisson_exact

SIZES = [17, 27, 10, 36, 8, 24, 14, 28]
sizes = st.lists(st.integers(1, 60), min_size=1, max_size=20)


def test_attendance_is_as_uncertain_as_its_meetings_not_as_its_people():
    found = compound_rate(SIZES, 12_000)
    assert found.estimate == pytest.approx(1000 * 164 / 12_000, abs=1e-8)
    assert found.se == pytest.approx(1000 * math.sqrt(4034) / 12_000, abs=1e-8)
    assert found.se == pytest.approx(5.292815, abs=1e-6)
    assert found.n_eff == pytest.approx(164**2 / 4034)


@pytest.mark.parametrize("meetings", [1, 2, 7, 40])
def test_meetings_of_one_size_have_the_exact_limits_of_their_number(meetings):
    found, count = compound_rate([20] * meetings, 1000), poisson_exact(meetings)
    assert found[:3] == pytest.approx([20 * limit for limit in count[:3]])


def test_no_meeting_is_a_rate_of_nought_of_which_nothing_more_is_known():
    for none in ([], [0, 0]):
        found = compound_rate(none, 1000)
        assert found.estimate == 0
        assert math.isnan(found.low)
        assert math.isnan(found.high)
        assert found.n_eff == 0


def test_nobody_living_there_has_no_rate():
    assert math.isnan(compound_rate(SIZES, 0).estimate)


@pytest.mark.parametrize("wrong", [[-1, 4], [math.nan], [math.inf]])
def test_a_size_that_cannot_be_is_refused(wrong):
    with pytest.raises(ValueError, match="finite and not negative"):
        compound_rate(wrong, 1000)


@given(sizes)
def test_the_limits_lie_on_either_side_and_above_nought(given_sizes):
    found = compound_rate(given_sizes, 1000)
    assert 0 < found.low < found.estimate < found.high


@given(sizes)
def test_the_order_of_meetings_and_an_empty_one_change_nothing(given_sizes):
    expected = pytest.approx(compound_rate(given_sizes, 1000), nan_ok=True)
    assert compound_rate([*given_sizes[::-1], 0], 1000) == expected


@given(sizes, st.floats(1, 1e6))
def test_the_unit_scales_the_rate_and_its_interval(given_sizes, per):
    one, many = compound_rate(given_sizes, 1000, 1), compound_rate(given_sizes, 1000, per)
    assert many[:4] == pytest.approx([per * value for value in one[:4]])


def test_a_higher_level_is_wider():
    narrow, wide = (compound_rate(SIZES, 1000, level=level) for level in (0.9, 0.99))
    assert wide.low < narrow.low < narrow.high < wide.high


@pytest.mark.parametrize(("x", "low", "high"), [(0, 0, 3.688879454), (5, 1.623486390, 11.668332079)])
def test_events_that_come_alone_have_garwoods_limits(x, low, high):
    assert poisson_exact(x)[1:3] == pytest.approx((low, high), abs=1e-7)


def test_negative_events_are_refused():
    with pytest.raises(ValueError, match="not negative"):
        poisson_exact(-1)
