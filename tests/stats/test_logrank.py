"""The log-rank test: against R's survdiff, against hypergeometric sums, and unchanged by what must not matter."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kodukant_analysis.stats import logrank
from tests.stats.toy_actions import COUNT, GROUP, STATUS, STRATUM, TIME

CLOSED = 1e-8


@pytest.mark.parametrize("expanded", [False, True])
def test_it_is_that_of_survdiff(expanded):
    rows = (TIME, STATUS, COUNT, GROUP)
    if expanded:
        rows = (np.repeat(TIME, COUNT), np.repeat(STATUS, COUNT), None, np.repeat(GROUP, COUNT))
    found = logrank(*rows)
    assert (found.chisq, found.df, found.p) == pytest.approx((0.719977863278833, 1, 0.396151170493214), abs=CLOSED)
    assert found.groups == ("N", "S")
    assert found.observed.tolist() == [13, 12]
    assert found.expected == pytest.approx([10.984014273112, 14.015985726888], abs=CLOSED)
    v = 5.64489362562815
    assert found.variance == pytest.approx(np.array([[v, -v], [-v, v]]), abs=CLOSED)


def test_within_strata_it_is_that_of_survdiff():
    found = logrank(TIME, STATUS, COUNT, GROUP, STRATUM)
    assert (found.chisq, found.df, found.p) == pytest.approx((0.526763828678, 1, 0.467970599737), abs=CLOSED)


def test_of_strata_only_their_sums_count():
    apart = [logrank(*(rows[name == STRATUM] for rows in (TIME, STATUS, COUNT, GROUP))) for name in "xy"]
    whole = logrank(TIME, STATUS, COUNT, GROUP, STRATUM)
    for field in ("observed", "expected", "variance"):
        assert getattr(whole, field) == pytest.approx(sum(getattr(one, field) for one in apart))


def test_three_groups_have_two_degrees_of_freedom():
    thirds = np.arange(len(TIME)) % 3
    found = logrank(TIME, STATUS, COUNT, thirds)
    u, v = found.observed - found.expected, found.variance
    assert found.df == 2
    for kept in ([0, 1], [1, 2], [0, 2]):
        assert found.chisq == pytest.approx(u[kept] @ np.linalg.solve(v[np.ix_(kept, kept)], u[kept]), abs=1e-9)
    assert found.p == pytest.approx(math.exp(-found.chisq / 2), abs=1e-12), "of two degrees the tail is exponential"


@pytest.mark.parametrize(
    ("time", "status", "group", "strata"),
    [
        ([], [], [], None),
        ([5], [1], ["a"], None),
        ([5, 8, 9], [1, 1, 0], ["a", "a", "a"], None),
        ([5, 8, 9], [0, 0, 0], ["a", "b", "a"], None),
        ([5, 8, 9], [2, 2, 0], ["a", "b", "a"], None),
        ([5, 8, 9, 4], [1, 1, 1, 1], ["a", "a", "b", "b"], ["x", "x", "y", "y"]),
        ([5, 8], [0, 1], ["a", "b"], None),
    ],
    ids=["nothing", "one action", "one group", "no event", "only cancelled", "never in one stratum", "never together"],
)
def test_where_groups_cannot_be_compared_there_is_no_p(time, status, group, strata):
    found = logrank(time, status, None, group, strata)
    assert math.isnan(found.chisq)
    assert math.isnan(found.p)
    assert found.df == 0


def test_a_group_of_nobody_takes_no_degree_of_freedom():
    plain = logrank(TIME, STATUS, COUNT, GROUP)
    found = logrank([*TIME, 30], [*STATUS, 1], [*COUNT, 0], [*GROUP, "T"])
    assert found[:3] == pytest.approx(plain[:3])
    assert found.expected[2] == 0


def test_an_added_stratum_of_nobody_changes_nothing():
    found = logrank([*TIME, 30], [*STATUS, 1], [*COUNT, 0], [*GROUP, "N"], [*STRATUM, "z"])
    assert found[:3] == pytest.approx(logrank(TIME, STATUS, COUNT, GROUP, STRATUM)[:3])


def test_any_closing_can_be_the_event():
    closed = logrank(TIME, np.minimum(STATUS, 1), COUNT, GROUP)
    merged = logrank(TIME, np.where(STATUS == 2, 3, STATUS), COUNT, GROUP, event=(1, 2, 3))
    assert merged[:3] == closed[:3]
    assert merged.observed.sum() == 31


def test_a_label_for_every_row():
    with pytest.raises(ValueError, match="one length"):
        logrank([5, 6], [1, 1], None, ["a"])


rows = st.lists(
    st.tuples(st.integers(0, 9), st.integers(0, 2), st.integers(1, 4), st.integers(0, 2), st.integers(0, 2)),
    min_size=1,
    max_size=25,
)


def compared(given_rows):
    return logrank(*np.array(given_rows).T)


@given(rows, st.randoms(use_true_random=False))
def test_neither_the_order_nor_the_splitting_of_the_rows_matters(given_rows, random):
    split = [(t, s, 1, g, layer) for t, s, c, g, layer in given_rows for _ in range(c)]
    first, second = compared(given_rows), compared(random.sample(split, len(split)))
    assert first[:3] == pytest.approx(second[:3], nan_ok=True, abs=1e-9)


@given(rows)
def test_the_names_of_the_groups_do_not_matter(given_rows):
    renamed = [(t, s, c, 2 - g, layer) for t, s, c, g, layer in given_rows]
    assert compared(given_rows)[:3] == pytest.approx(compared(renamed)[:3], nan_ok=True, abs=1e-7)


@given(rows)
def test_as_many_events_are_expected_as_seen(given_rows):
    found = compared(given_rows)
    assert found.expected.sum() == pytest.approx(found.observed.sum())
    assert found.variance.sum() == pytest.approx(0, abs=1e-9)
