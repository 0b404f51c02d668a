"""Survey ratios against R's survey package, and unchanged by what must not matter."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kodukant_analysis.stats import LonelyStratumError, ratio_independent, ratio_taylor

CLOSED = 1e-8
STRATA = list("AAABBB")
WAVE_1 = [4.5, 2.4, 2.0, 4.5, 2.9, 3.2], [5.0, 4.4, 3.6, 5.2, 4.8, 4.2]
WAVE_2 = [3.1, 3.5, 3.7, 4.3, 4.3, 4.0], [4.9, 4.4, 4.5, 4.3, 6.1, 4.0]

# wave 1 answer by answer: stratum and point, weight, trusts (None: don't know), score
TOY = """
a1 1.0 1 100 | a1 1.5 1 66.66666666666666 | a1 0.5 0 33.33333333333333 | a1 2.0 1 66.66666666666666
a2 1.2 0 33.33333333333333 | a2 0.8 0 0 | a2 1.0 1 66.66666666666666 | a2 1.0 - - | a2 1.4 1 100
a3 0.9 1 66.66666666666666 | a3 1.1 1 66.66666666666666 | a3 1.6 0 33.33333333333333
b1 2.0 1 100 | b1 1.0 1 100 | b1 1.5 1 66.66666666666666 | b1 0.7 0 0
b2 1.3 0 33.33333333333333 | b2 0.6 0 33.33333333333333 | b2 1.9 1 66.66666666666666 | b2 1.0 1 66.66666666666666
b2 1.1 - - | b3 1.0 1 66.66666666666666 | b3 1.0 0 33.33333333333333 | b3 2.2 1 100
"""
ANSWERS = [answer.split() for line in TOY.strip().splitlines() for answer in line.split("|")]


def ratio(stratum, swy, sw, lonely="fail"):
    return ratio_taylor({"stratum": stratum, "swy": swy, "sw": sw}, lonely)


def point_totals(value):
    """Σw·value and Σw a point; an answer whose value is None is not in the base."""
    points = sorted({answer[0] for answer in ANSWERS})
    valued = [(point, float(w), value(trusts, score)) for point, w, trusts, score in ANSWERS]
    swy = [sum(w * y for point, w, y in valued if point == one and y is not None) for one in points]
    sw = [sum(w for point, w, y in valued if point == one and y is not None) for one in points]
    return [point[0] for point in points], swy, sw


@pytest.mark.parametrize(
    ("totals", "share", "se"),
    [(WAVE_1, 0.716911764705882, 0.0719273962862355), (WAVE_2, 0.812056737588652, 0.0595162081154827)],
)
def test_a_share_and_its_error_are_those_of_svymean(totals, share, se):
    found = ratio(STRATA, *totals)
    assert (found.estimate, found.se, found.df) == pytest.approx((share, se, 4), abs=CLOSED)


def test_the_totals_of_the_toy_are_those_of_its_answers():
    found = ratio(*point_totals(lambda trusts, _: None if trusts == "-" else float(trusts)))
    assert (found.estimate, found.se) == pytest.approx((0.716911764705882, 0.0719273962862355), abs=CLOSED)


def test_dont_know_in_the_denominator_is_another_share():
    found = ratio(*point_totals(lambda trusts, _: float(trusts == "1")))
    assert (found.estimate, found.se) == pytest.approx((0.665529010238908, 0.0947503224238443), abs=CLOSED)


def test_a_mean_score_is_a_ratio_as_well():
    found = ratio(*point_totals(lambda _, score: None if score == "-" else float(score)))
    assert (found.estimate, found.se) == pytest.approx((64.7058823529412, 4.79253371154666), abs=CLOSED)


def test_a_region_keeps_the_points_it_has_nobody_in_as_zeros():
    found = ratio(STRATA, [4.5, 0, 0, 4.5, 0, 0], [5.0, 0, 0, 5.2, 0, 0])
    assert (found.estimate, found.se) == pytest.approx((0.882352941176471, 0.0122336813354074), abs=CLOSED)


def test_a_region_in_one_point_a_stratum_has_no_degrees_of_freedom():
    assert ratio(STRATA, [4.5, 0, 0, 4.5, 0, 0], [5.0, 0, 0, 5.2, 0, 0]).df == 0


@pytest.mark.parametrize(
    ("lonely", "se"),
    [("adjust", 0.065430407276767), ("average", 0.082545298518046), ("certainty", 0.0583683403371782)],
)
def test_a_lonely_stratum_is_treated_as_r_treats_it(lonely, se):
    found = ratio(list("ABBB"), [4.5, 4.5, 2.9, 3.2], [5.0, 5.2, 4.8, 4.2], lonely)
    assert (found.estimate, found.se) == pytest.approx((0.786458333333333, se), abs=CLOSED)


def test_a_lonely_stratum_fails_unless_somebody_decides():
    with pytest.raises(LonelyStratumError, match="1 strata"):
        ratio(list("ABBB"), [4.5, 4.5, 2.9, 3.2], [5.0, 5.2, 4.8, 4.2])


def test_only_lonely_strata_leave_nothing_to_average():
    assert math.isnan(ratio(list("AB"), [1, 2], [2, 3], "average").se)


def test_an_unknown_treatment_is_refused():
    with pytest.raises(ValueError, match="lonely is one of"):
        ratio(STRATA, *WAVE_1, "remove")


def test_all_yes_has_no_spread_and_says_so():
    found = ratio(STRATA, WAVE_1[1], WAVE_1[1])
    assert (found.estimate, found.se) == (1, 0)


def test_nobody_is_missing():
    assert math.isnan(ratio(STRATA, [0] * 6, [0] * 6).estimate)
    assert math.isnan(ratio([], [], []).estimate)
    assert math.isnan(ratio_independent(0, 0, 0, 0, 0).estimate)


@pytest.mark.parametrize("sw", [[1, -1], [1, math.nan], [1, 1, 1]])
def test_impossible_totals_are_refused(sw):
    with pytest.raises(ValueError, match="totals"):
        ratio(["A", "A"], [0, 1], sw)


def independent(answers):
    w = np.array([weight for weight, _ in answers])
    y = np.array([trusts for _, trusts in answers])
    return ratio_independent(len(w), w.sum(), (w**2).sum(), (w * y).sum(), (w**2 * y).sum())


def test_without_clusters_each_respondent_is_a_point():
    found = independent([(float(w), float(trusts)) for _, w, trusts, _ in ANSWERS if trusts != "-"])
    assert (found.estimate, found.se, found.df) == pytest.approx(
        (0.716911764705882, 0.0976294967095048, 21), abs=CLOSED
    )


def test_one_respondent_has_a_share_and_no_error():
    found = ratio_independent(1, 2, 4, 2, 4)
    assert found.estimate == 1
    assert math.isnan(found.se)


answers = st.lists(st.tuples(st.floats(0.1, 10), st.sampled_from([0.0, 1.0])), min_size=2, max_size=30)


@given(answers)
def test_without_clusters_is_one_stratum_of_single_respondents(given_answers):
    by_sums = independent(given_answers)
    w, y = np.array(given_answers).T
    by_points = ratio([""] * len(w), w * y, w)
    assert (by_sums.estimate, by_sums.df) == pytest.approx((by_points.estimate, by_points.df))
    assert by_sums.se == pytest.approx(by_points.se, abs=1e-7)


point = st.tuples(st.sampled_from("ABC"), st.floats(0, 1), st.floats(0.1, 10))
points = st.lists(point, min_size=2, max_size=20)


def ratio_of(rows, lonely="adjust", scale=1.0):
    return ratio(
        [stratum for stratum, _, _ in rows],
        [p * w * scale for _, p, w in rows],
        [w * scale for _, _, w in rows],
        lonely,
    )


def same(one, other):
    assert one[:1] + one[3:5] == pytest.approx(other[:1] + other[3:5], rel=1e-6, abs=1e-9)


@given(points, st.randoms(use_true_random=False))
def test_the_order_of_the_points_does_not_matter(rows, random):
    shuffled = random.sample(rows, len(rows))
    same(ratio_of(rows), ratio_of(shuffled))


@given(points, st.floats(0.001, 1000))
def test_the_scale_of_the_weights_does_not_matter(rows, scale):
    same(ratio_of(rows), ratio_of(rows, scale=scale))


@given(points, st.sampled_from(["adjust", "average", "certainty"]), st.integers(1, 3))
def test_an_empty_stratum_changes_nothing(rows, lonely, empty_points):
    before = ratio_of(rows, lonely)
    after = ratio(
        [stratum for stratum, _, _ in rows] + ["Z"] * empty_points,
        [p * w for _, p, w in rows] + [0.0] * empty_points,
        [w for _, _, w in rows] + [0.0] * empty_points,
        lonely,
    )
    assert before == pytest.approx(after, nan_ok=True)


@given(points, st.lists(st.floats(0.1, 0.9), min_size=20, max_size=20))
def test_a_point_told_in_two_rows_is_one_point(rows, parts):
    """An engine may tell a point once a region, or a file in two halves."""
    columns = [[stratum for stratum, _, _ in rows], list(range(len(rows)))]
    whole = [p * w for _, p, w in rows], [w for _, _, w in rows]
    first, second = ([part * one for part, one in zip(parts, column, strict=False)] for column in whole)
    rest = [[one - some for one, some in zip(*pair, strict=True)] for pair in zip(whole, (first, second), strict=True)]
    names = {"stratum": columns[0] * 2, "psu": columns[1] * 2}
    split = ratio_taylor(names | {"swy": first + rest[0], "sw": second + rest[1]}, "adjust")
    same(ratio_of(rows), split)
    assert split.df == ratio_of(rows).df


def test_totals_may_be_a_dict_of_columns_a_frame_or_a_list_of_rows():
    columns = {"stratum": STRATA, "psu": range(6), "swy": WAVE_1[0], "sw": WAVE_1[1]}
    rows = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    for totals in (columns, pd.DataFrame(columns), rows, tuple(rows)):
        assert ratio_taylor(totals) == pytest.approx(ratio_taylor(columns), nan_ok=True)
    assert ratio_taylor(rows).se == pytest.approx(0.0719273962862355, abs=CLOSED)
    assert math.isnan(ratio_taylor([]).estimate)


def test_tables_of_totals_are_no_columns():
    with pytest.raises(ValueError, match="one length"):
        ratio_taylor({"swy": [[1.0]], "sw": [[2.0]], "stratum": [["A"]], "psu": [["a"]]})


def test_a_column_that_is_not_there_is_named():
    with pytest.raises(ValueError, match="missing: swy"):
        ratio_taylor({"sw": [1, 2]})
