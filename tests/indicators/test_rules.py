"""From how many on a number may be shown."""

from datetime import date

import pytest

from kodukant_analysis.indicators.rules import RULES, is_precise, is_precise_mean
from kodukant_analysis.stats import Estimate


@pytest.mark.parametrize(
    ("found", "is_shown"),
    [
        (Estimate(0.5, 0.4, 0.6, n_eff=96), True),
        (Estimate(0.5, 0.4, 0.6, n_eff=29), False),  # too small a sample
        (Estimate(0.5, 0.35, 0.65, n_eff=96), False),  # as wide as 30 points
        (Estimate(0.1, 0.05, 0.20, n_eff=96), False),  # too wide for its estimate
        (Estimate(0.25, 0.0, 0.30, n_eff=96), False),  # just as wide
        (Estimate(0.1, 0.05, 0.18, n_eff=96), True),  # 1.3 times the estimate is not too wide
        (Estimate(0.02, 0.0, 0.05, n_eff=96), True),  # five points are narrow
        (Estimate(0.02, 0.01, 0.05, n_eff=900), True),  # narrow enough whatever the estimate
        (Estimate(0.0, 0.0, 0.09, n_eff=40), True),  # none: nothing is relative to it
    ],
)
def test_a_share_is_shown_by_the_presentation_standard(found, is_shown):
    assert is_precise(found) is is_shown


@pytest.mark.parametrize(
    ("found", "is_shown"),
    [
        (Estimate(50, 40, 60, n_eff=30), True),
        (Estimate(50, 39, 61, n_eff=300), False),
        (Estimate(50, 49, 51, n_eff=29), False),
        (Estimate(50, n_eff=100), False),
    ],
)
def test_a_mean_score_is_shown_within_ten_points(found, is_shown):
    assert is_precise_mean(found) is is_shown


def test_a_small_error_of_few_points_is_luck():
    found = Estimate(0.5, 0.36, 0.64, se=0.05, df=6, n_eff=50)
    assert is_precise(found, kish=100)
    assert not is_precise(found, kish=60)
    assert is_precise(found._replace(df=8), kish=60)


def test_points_without_any_spread_have_no_luck():
    assert is_precise(Estimate(0.5, 0.4, 0.6, se=0.0, df=4, n_eff=35), kish=35)


def test_luck_counts_against_the_effective_number():
    found = Estimate(0.5, 0.48, 0.52, se=0.05, df=6, n_eff=40)
    assert is_precise(found, kish=100)
    assert not is_precise(found, kish=60)


def test_the_thresholds_are_those_of_the_method_book_and_of_the_definitions():
    assert (RULES.persons_least, RULES.persons_all_equal, RULES.constables_from) == (5, 10, 5)
    assert (RULES.survey_n_eff, RULES.survey_width, RULES.survey_half_width) == (30, 0.30, 10)
    assert (RULES.survey_narrow, RULES.survey_relative_width) == (0.05, 1.30)
    assert (RULES.percent_from, RULES.compare_from, RULES.known_from, RULES.at_risk_from) == (10, 20, 10, 5)
    assert (RULES.discussions_from, RULES.persons_for_mobility, RULES.richness_discussions) == (5, 15, 3)
    assert (RULES.rate_events_from, RULES.rate_relative_width, RULES.regions_from) == (10, 1.60, 10)
    assert (RULES.slope_from, RULES.kendall_from, RULES.chart_from) == (4, 5, 8)
    assert (RULES.clusters_for_jackknife, RULES.few_df, RULES.slippage_from) == (8, 8, 3)
    assert (RULES.deff_one_cluster, RULES.deff_published) == (2.0, 1.5)
    assert (RULES.blank_share, RULES.weightless_share, RULES.boundary_share) == (0.20, 0.05, 0.01)
    assert (RULES.summary_days, RULES.conversion_days, RULES.fresh_days, RULES.follow_up_days) == (14, 60, 90, 183)
    assert (RULES.plan_lead_days, RULES.plan_late_days, RULES.burn_in_months) == (30, 365, 12)
    assert (RULES.earliest_on, RULES.years_ahead) == (date(1990, 1, 1), 20)
