"""What a survey share is made of: base, weights, sampling points."""

from datetime import date

import pytest

from kodukant_analysis.totals import totals


@pytest.fixture
def sums(draw):
    def of(drawing, base="all", as_of=date(2020, 1, 1), weightless=0.05, counted="positive"):
        answers = draw("answers", drawing).assign(series="S", wave="2016")
        answers = answers.assign(question=answers["question"].fillna("trust_police"))
        return totals(
            "survey_totals", {"answers": answers}, as_of=as_of, base=base, weightless=weightless, counted=counted
        )

    return of


def test_dont_know_is_an_answer_and_not_a_yes(sums):
    found = sums("is_positive | is_dont_know | weight\nyes | no | 2\n | yes | 3\nno | no | 5")
    assert found[["n", "n_dk", "k", "sw", "swy"]].values.tolist() == [[3, 1, 1, 10, 2]]


def test_dont_know_is_left_out_where_only_substantive_answers_count(sums):
    found = sums("is_positive | is_dont_know | weight\nyes | no | 2\n | yes | 3\nno | no | 5", base="substantive")
    assert found[["n", "n_dk", "sw"]].values.tolist() == [[2, 1, 7]]


def test_a_dont_know_marked_as_not_positive_is_still_dont_know(sums):
    found = sums("is_positive | is_dont_know | weight\nno | yes | 1\nyes | no | 1", base="substantive")
    assert found["n"].tolist() == [1]


def test_a_refusal_is_in_no_base(sums):
    found = sums("is_positive | is_dont_know | weight\nyes | no | 2\n | no | 3\n | | 4")
    assert found[["n", "sw"]].values.tolist() == [[1, 2]]


def test_sums_of_squares_are_of_the_weights(sums):
    found = sums("is_positive | weight\nyes | 2\nno | 3")
    assert found[["sw2", "sw2y"]].values.tolist() == [[13, 4]]


def test_a_wave_without_weights_says_so(sums):
    found = sums("is_positive\nyes\nno")
    assert found[["weighting", "sw", "swy"]].values.tolist() == [["unweighted", 2, 1]]


def test_a_few_missing_weights_are_left_out_and_counted(sums):
    found = sums("is_positive | weight\n" + "yes | 2\n" * 19 + "no |")
    assert found[["weighting", "n", "n_weightless", "sw"]].values.tolist() == [["weighted", 19, 1, 38]]


def test_a_dont_know_without_weight_is_left_out_with_the_others(sums):
    found = sums("is_positive | is_dont_know | weight\n" + "yes | no | 2\n" * 19 + " | yes |")
    assert found[["n", "n_dk", "n_weightless"]].values.tolist() == [[19, 0, 1]]


def test_many_missing_weights_leave_the_whole_wave_unweighted(sums):
    found = sums("is_positive | weight\n" + "yes | 2\n" * 18 + "no |\nno |")
    assert found[["weighting", "n", "sw", "swy"]].values.tolist() == [["weights_missing", 20, 20, 18]]


@pytest.mark.parametrize("weight", ["0", "-1"])
def test_a_weight_of_nothing_is_no_weight(sums, weight):
    found = sums("is_positive | weight\n" + "yes | 2\n" * 19 + f"no | {weight}")
    assert found[["n", "n_weightless", "sw"]].values.tolist() == [[19, 1, 38]]


def test_a_point_whose_people_all_refused_keeps_its_row(sums):
    found = sums("stratum | cluster | is_positive | weight\nA | 1 | yes | 1\nA | 2 | | 1")
    assert found[["cluster", "n", "sw"]].values.tolist() == [["1", 1, 1], ["2", 0, 0]]


def test_a_respondent_without_a_point_is_a_point_of_his_own(sums):
    found = sums("respondent_key | cluster | is_positive\na | 1 | yes\nb | | yes\nc | | no")
    assert found["cluster"].nunique() == 3


def test_a_wave_without_points_has_none(sums):
    assert sums("respondent_key | is_positive\na | yes\nb | no")["cluster"].tolist() == [""]


def test_a_wave_still_in_the_field_does_not_exist_yet(sums):
    drawing = "is_positive | fielded_from | fielded_to\nyes | 2016-05-03 | 2016-05-19"
    assert sums(drawing, as_of=date(2016, 5, 18)).empty
    assert len(sums(drawing, as_of=date(2016, 5, 19))) == 1


def test_a_bundle_of_other_questions_has_no_share(sums):
    assert sums("question | is_positive\nother | yes").empty


def test_scales_are_kept_apart(sums):
    assert sums("scale | is_positive\nagree4 | yes\nlikert5 | yes")["scale"].tolist() == ["agree4", "likert5"]
