"""From how many on a number may be shown."""

import pytest

from kodukant_analysis.indicators.rules import is_precise, is_precise_mean
from kodukant_analysis.stats import Estimate


@pytest.mark.parametrize(
    ("found", "is_shown"),
    [
        (Estimate(0.5, 0.4, 0.6, n_eff=96), True),
        (Estimate(0.5, 0.4, 0.6, n_eff=29), False),  # too small a sample
        (Estimate(0.5, 0.35, 0.65, n_eff=96), False),  # as wide as 30 points
        (Estimate(0.1, 0.05, 0.20, n_eff=96), False),  # too wide for its estimate
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
