"""Adjusted p-values against R's p.adjust, and at their edges."""

from math import isnan, nan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kodukant_analysis.stats import bh, holm

P = [0.001, 0.008, 0.012, 0.021, 0.04, 0.06, 0.3, 0.45, 0.7, 0.9]
BH = [0.01, 0.04, 0.04, 0.0525, 0.08, 0.1, 0.428571428571429, 0.5625, 0.777777777777778, 0.9]
HOLM = [0.01, 0.072, 0.096, 0.147, 0.24, 0.3, 1, 1, 1, 1]
CLOSED = 1e-8
SEVERAL = st.lists(st.floats(0, 1), max_size=20)


def test_benjamini_hochberg_is_that_of_p_adjust():
    assert bh(P) == pytest.approx(BH, abs=CLOSED)


def test_holm_is_that_of_p_adjust():
    assert holm(P) == pytest.approx(HOLM, abs=CLOSED)


@pytest.mark.parametrize("adjust", [bh, holm])
def test_a_missing_p_value_stays_missing_and_does_not_count(adjust):
    found = adjust([*P[:4], nan, *P[4:]])
    assert isnan(found[4])
    assert np.delete(found, 4) == pytest.approx(adjust(P))


@pytest.mark.parametrize("adjust", [bh, holm])
def test_one_p_value_is_not_adjusted_and_none_is_none(adjust):
    assert adjust([0.03]).tolist() == [0.03]
    assert adjust([]).tolist() == []


@pytest.mark.parametrize("adjust", [bh, holm])
@pytest.mark.parametrize("wrong", [-0.1, 1.1])
def test_a_p_value_outside_its_range_is_named(adjust, wrong):
    with pytest.raises(ValueError, match=str(wrong)):
        adjust([0.5, wrong])


@given(SEVERAL, st.randoms(use_true_random=False))
def test_the_order_of_the_regions_does_not_matter(p, chance):
    order = list(range(len(p)))
    chance.shuffle(order)
    for adjust in (bh, holm):
        assert adjust([p[place] for place in order]).tolist() == pytest.approx(adjust(p)[order].tolist())


@given(SEVERAL)
def test_holm_is_never_milder_than_benjamini_hochberg_and_that_never_than_none(p):
    assert (bh(p) >= np.array(p) - 1e-12).all()
    assert (holm(p) >= bh(p) - 1e-12).all()
