"""Intervals against R (prop.test, binom.test, svyciprop), and at their edges."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import t

from kodukant_analysis.stats import (
    clopper_pearson,
    kish,
    korn_graubard,
    newcombe,
    published_share,
    rothman_wilson,
    wilson,
)

CLOSED = 1e-8


@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    [
        (7, 10, 0.396778147461145, 0.892208732593699),
        (0, 10, 0, 0.277532799862889),
        (10, 10, 0.722467200137111, 1),
        (1, 1, 0.206549314377238, 1),
        (0, 1, 0, 0.793450685622763),
        (45, 60, 0.627679299229522, 0.842234774699433),
    ],
)
def test_wilson_is_the_interval_of_prop_test_without_correction(k, n, low, high):
    assert wilson(k, n)[1:3] == pytest.approx((low, high), abs=CLOSED)


@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    [
        (7, 10, 0.347547149940003, 0.933260488822266),
        (0, 10, 0, 0.308497107818761),
        (10, 10, 0.691502892181239, 1),
        (1, 1, 0.025, 1),
        (45, 60, 0.621403644520456, 0.852813926200996),
    ],
)
def test_clopper_pearson_is_the_interval_of_binom_test(k, n, low, high):
    assert clopper_pearson(k, n)[1:3] == pytest.approx((low, high), abs=CLOSED)


def test_a_register_share_of_nothing_has_no_interval():
    assert all(math.isnan(limit) for limit in (*wilson(0, 0)[:3], *clopper_pearson(0, 0)[:3]))


def test_all_yes_is_never_shown_without_width():
    assert wilson(10, 10).low < 1
    assert clopper_pearson(3, 3).low < 1
    assert korn_graubard(1, 0, n=22, df=4, n_eff=19.286757).low < 1
    assert rothman_wilson(1, 0, n_known=8).low < 1


@pytest.mark.parametrize(("k", "n"), [(-1, 5), (6, 5), (math.nan, 5)])
def test_a_count_outside_its_total_is_refused(k, n):
    with pytest.raises(ValueError, match="k lies between"):
        wilson(k, n)
    with pytest.raises(ValueError, match="k lies between"):
        clopper_pearson(k, n)


@pytest.mark.parametrize("level", [0, 1, 95])
def test_a_level_in_percent_is_refused(level):
    with pytest.raises(ValueError, match="level"):
        wilson(3, 5, level)
    with pytest.raises(ValueError, match="level"):
        clopper_pearson(3, 5, level)


def test_kish_of_five_uneven_weights():
    weights = [1, 1.5, 0.5, 2, 1.2]
    assert kish(sum(weights), sum(w * w for w in weights)) == pytest.approx(4.29977628635347, abs=CLOSED)


def test_kish_without_weights_is_missing():
    assert math.isnan(kish(0, 0))


R, SE = 0.716911764705882, 0.0719273962862355


def test_korn_graubard_of_the_first_wave_is_truncated_at_n():
    found = korn_graubard(R, SE, n=22, df=4)
    assert (found.low, found.high) == pytest.approx((0.487010584203, 0.885750403467), abs=CLOSED)
    assert found.n_eff == 22


def test_korn_graubard_without_truncation_is_the_beta_interval_of_svyciprop():
    n_star = R * (1 - R) / SE**2 * (t.ppf(0.975, 21) / t.ppf(0.975, 4)) ** 2
    assert n_star > 22
    limits = clopper_pearson(R * n_star, n_star)[1:3]
    assert limits == pytest.approx((0.487058966820368, 0.885724664754311), abs=CLOSED)


def test_korn_graubard_at_all_yes_rests_on_kish_widened_by_the_degrees_of_freedom():
    found = korn_graubard(1, 0, n=22, df=4, n_eff=19.286757)
    assert (found.low, found.high) == pytest.approx((0.711118275656, 1), abs=1e-7)


def test_korn_graubard_at_zero_error_inside_rests_on_kish_too():
    assert korn_graubard(0.5, 0, n=22, df=40, n_eff=12).n_eff < 12 * 1.1


def test_korn_graubard_at_an_error_of_rounding_rests_on_kish_too():
    assert korn_graubard(0.5, 1e-17, n=22, df=40, n_eff=12).n_eff == korn_graubard(0.5, 0, n=22, df=40, n_eff=12).n_eff


def test_a_survey_share_of_nobody_is_missing():
    assert all(math.isnan(number) for number in korn_graubard(math.nan, math.nan, n=0, df=0))


def test_one_cluster_is_kish_over_two_by_wilson():
    for found in (
        korn_graubard(0.75, math.nan, n=22, df=0, n_eff=19.286757),
        published_share(0.75, n=19.286757, deff=2.0, unit=0),
    ):
        assert (found.low, found.high) == wilson(0.75 * 19.286757 / 2, 19.286757 / 2)[1:3]
    assert korn_graubard(0.75, math.nan, n=22, df=0, n_eff=19.286757).df == 0


@pytest.mark.parametrize(("n", "df", "deff"), [(22, -1, 2), (22, 0.5, 2), (22, math.nan, 2), (0.5, 3, 2), (22, 4, 0)])
def test_a_design_that_cannot_be_is_refused(n, df, deff):
    with pytest.raises(ValueError, match="df is 0 or"):
        korn_graubard(0.5, 0.1, n, df, deff=deff)


def test_rothman_wilson_of_the_incidence_at_thirty_days():
    found = rothman_wilson(0.428175990675991, 0.0716878941356379, n_known=46)
    assert (found.low, found.high) == pytest.approx((0.298266758110, 0.568803507427), abs=CLOSED)


def test_rothman_wilson_of_the_survival_at_thirty_days():
    found = rothman_wilson(0.549004841312534, 0.0750503120932910, n_known=46)
    assert (found.low, found.high) == pytest.approx((0.403950160814, 0.686182945720), abs=CLOSED)


def test_all_open_is_bounded_by_how_many_are_known():
    assert rothman_wilson(0, 0, n_known=6).high == pytest.approx(0.390, abs=5e-4)


def test_a_curve_of_nothing_known_is_missing():
    assert math.isnan(rothman_wilson(0, 0, n_known=0).estimate)


def test_a_published_share_is_widened_by_the_design_and_by_its_rounding():
    found = published_share(0.85, 65, deff=1.5, unit=0.01)
    assert (found.low, found.high) == pytest.approx((0.709880474, 0.930643580), abs=1e-8)


@pytest.mark.parametrize("wrong", [{"n": -1}, {"n": 65, "deff": 0}, {"n": 65, "unit": -0.01}])
def test_a_published_share_of_a_number_that_cannot_be_is_refused(wrong):
    with pytest.raises(ValueError, match="not negative"):
        published_share(0.85, **wrong)


def test_a_published_share_of_nobody_is_missing():
    assert all(math.isnan(number) for number in published_share(0.85, 0)[:3])


@pytest.mark.parametrize("unknown", [None, math.nan])
def test_a_published_share_of_an_unknown_number_is_the_figure_alone(unknown):
    found = published_share(0.85, unknown)
    assert found.estimate == 0.85
    assert math.isnan(found.low) and math.isnan(found.high)


def test_a_curve_that_leaves_its_range_is_refused():
    with pytest.raises(ValueError, match="k lies between"):
        rothman_wilson(1.2, 0.1, n_known=8)


@pytest.mark.parametrize("make", [list, np.array, tuple])
def test_arrays_give_arrays_of_what_numbers_give(make):
    k, n = make([0, 7, 10]), make([10, 10, 10])
    for estimator in (wilson, clopper_pearson):
        assert np.transpose(estimator(k, n)).tolist() == pytest.approx(
            np.array([estimator(*pair) for pair in zip(k, n, strict=True)]), nan_ok=True
        )
    found = korn_graubard(make([0.2, 1.0]), make([0.05, 0.0]), n=40, df=make([6, 0]), n_eff=30)
    assert found.low.tolist() == [
        korn_graubard(0.2, 0.05, 40, 6, 30).low,
        korn_graubard(1.0, 0.0, 40, 0, 30).low,
    ]
    assert published_share(make([0.85, 0.5]), make([65, 0])).high.tolist() == pytest.approx(
        [0.93064358, math.nan], nan_ok=True
    )
    assert newcombe(make([56, 0]), make([70, 0]), make([48, 3]), make([80, 5])).low.tolist() == pytest.approx(
        [0.052431472402, math.nan], abs=CLOSED, nan_ok=True
    )


def test_a_table_of_counts_keeps_its_shape_and_none_has_none():
    assert wilson(np.ones((2, 3)), 4).low.shape == (2, 3)
    assert wilson([], []).estimate.shape == (0,)


def test_a_published_share_of_all_stays_inside():
    found = published_share(1, 40)
    assert 0 < found.low < 1
    assert found.high == 1


counts = st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(counts)
def test_every_interval_holds_its_share_and_lies_in_zero_to_one(count):
    k, n = count
    for limits in (wilson(k, n), clopper_pearson(k, n)):
        assert 0 <= limits.low <= k / n <= limits.high <= 1
        assert limits.low < limits.high


@given(counts, st.floats(0.5, 0.94))
def test_a_lower_level_is_narrower(count, level):
    k, n = count
    wide, narrow = wilson(k, n, 0.95), wilson(k, n, level)
    assert wide.low <= narrow.low
    assert narrow.high <= wide.high


@given(counts)
def test_yes_and_no_are_mirror_images(count):
    k, n = count
    assert wilson(n - k, n).low == pytest.approx(1 - wilson(k, n).high, abs=1e-12)
    assert clopper_pearson(n - k, n).low == pytest.approx(1 - clopper_pearson(k, n).high, abs=1e-9)


def test_few_degrees_of_freedom_widen_a_point_of_a_curve_but_not_what_rests_on_the_known():
    found = rothman_wilson(0.4, 0.1, n_known=24, df=9)
    assert found[:3] == pytest.approx(rothman_wilson(0.4, 0.1 * 2.2621571628 / 1.9599639845, n_known=24)[:3])
    assert rothman_wilson(0, 0, n_known=6, df=5)[1:3] == rothman_wilson(0, 0, n_known=6)[1:3]
    with pytest.raises(ValueError, match="df >= 1"):
        rothman_wilson(0.4, 0.1, n_known=24, df=0)
