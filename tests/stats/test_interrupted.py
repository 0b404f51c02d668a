"""Interrupted series: R's numbers and the edges."""

import json
import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from kodukant_analysis.stats import interrupted_time_series

WITNESSES = Path(__file__).parent / "witnesses"
R = json.loads((WITNESSES / "interrupted.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def toy():
    told = pd.read_csv(WITNESSES / "its_toy.csv")
    return told["t"], told["y"]


def test_least_squares_and_newey_west_are_those_of_r(toy):
    found = interrupted_time_series(*toy, start=25, lag=3)
    assert [one.estimate for one in found.terms] == pytest.approx(R["its_ols"]["coef"], abs=1e-8)
    assert [one.se for one in found.terms] == pytest.approx(R["its_ols"]["se"], abs=1e-8)
    assert [one.se_newey_west for one in found.terms] == pytest.approx(R["its_ols"]["nw3"], abs=1e-8)
    assert (found.estimate, found.se) == pytest.approx((-3.5413729, 1.0462566), abs=1e-7)
    assert (found.slope.estimate, found.slope.se) == pytest.approx((-0.16548018, 0.1308355), abs=1e-7)
    assert (found.df, found.n_eff) == (30, 36)


def test_quasi_poisson_is_that_of_r(toy):
    found = interrupted_time_series(*toy, start=25, family="quasipoisson", lag=3)
    assert [one.estimate for one in found.terms] == pytest.approx(R["its_qp"]["coef"], abs=1e-4)
    assert [one.se for one in found.terms] == pytest.approx(R["its_qp"]["se"], abs=1e-6)
    assert [one.se_newey_west for one in found.terms] == pytest.approx(R["its_qp_nw3"], abs=1e-6)
    assert found.dispersion == pytest.approx(R["its_qp"]["phi"], abs=1e-6)
    assert (found.estimate, found.se) == pytest.approx((-0.10944477, 0.04299642), abs=1e-7)


def test_without_a_lag_it_follows_the_length(toy):
    assert interrupted_time_series(*toy, start=25).lag == 2
    assert interrupted_time_series(*toy, start=25, lag=0).lag == 0


def test_a_constant_population_changes_the_constant_alone(toy):
    time, counts = toy
    plain = interrupted_time_series(time, counts, 25, family="quasipoisson")
    per_head = interrupted_time_series(time, counts, 25, family="quasipoisson", offset=np.full(36, math.log(1000)))
    assert per_head.estimate == pytest.approx(plain.estimate, abs=1e-8)
    assert per_head.terms[0].estimate == pytest.approx(plain.terms[0].estimate - math.log(1000), abs=1e-6)


def test_a_start_that_nothing_lies_before_or_after_says_nothing(toy):
    for start in (1, 37, 100):
        found = interrupted_time_series(*toy, start=start)
        assert math.isnan(found.estimate) and math.isnan(found.slope.estimate)
        assert found.n_eff == 36


def test_no_more_points_than_terms_say_nothing():
    assert math.isnan(interrupted_time_series(range(6), range(6), start=3).estimate)
    assert math.isnan(interrupted_time_series([], [], start=3).estimate)


def test_counts_of_nothing_say_nothing():
    assert math.isnan(interrupted_time_series(range(20), [0] * 20, 10, family="quasipoisson").estimate)


def test_a_missing_month_is_left_out(toy):
    time, counts = toy
    holed = counts.astype(float).where(time != 10)
    found = interrupted_time_series(time, holed, start=25)
    assert (found.n_eff, found.df) == (35, 29)


def test_a_shift_of_time_changes_nothing(toy):
    time, counts = toy
    found, shifted = (interrupted_time_series(time + 12 * k, counts, start=25 + 12 * k) for k in (0, 5))
    assert shifted[:4] == pytest.approx(found[:4], abs=1e-8)


@pytest.mark.parametrize(
    "call",
    [{"family": "poisson"}, {"lag": -1}, {"offset": [1]}, {"y": [-1, 1, 2], "family": "quasipoisson"}],
)
def test_a_bad_call_is_refused(call):
    with pytest.raises(ValueError, match=r"family is|not negative|one length"):
        interrupted_time_series(**{"t": [1, 2, 3], "y": [1, 2, 3], "start": 2} | call)
