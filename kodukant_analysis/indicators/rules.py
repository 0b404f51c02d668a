"""Rules: from how many on a number may be shown, one object with its defaults (section 2.3 of the method book)."""

import math
from dataclasses import dataclass
from datetime import date

from kodukant_analysis.stats import Estimate


@dataclass(frozen=True)
class Rules:
    """Thresholds of display. Shares are in [0, 1]; change one with `dataclasses.replace(RULES, ...)`."""

    persons_least: int = 5  # fewer persons in a cell: suppressed
    persons_all_equal: int = 10  # fewer persons than this, all of one answer: suppressed
    percent_from: int = 10  # register shares: below, only "k of n"
    known_from: int = 10  # survival: known states on the day
    at_risk_from: int = 5  # survival: still followed on the day
    clusters_for_jackknife: int = 8
    few_df: int = 8  # fewer degrees of freedom than this: few_clusters
    survey_n_eff: float = 30
    survey_width: float = 0.30  # an interval this wide or wider: too_few
    survey_narrow: float = 0.05  # an interval this narrow or narrower is always good enough
    survey_relative_width: float = 1.30  # in between: no wider than this times the estimate
    deff_one_cluster: float = 2.0
    deff_published: float = 1.5
    slippage_from: int = 3  # plans: below, no median of days
    plan_lead_days: int = 30  # a plan is held by an unplanned discussion from so many days before its day
    plan_late_days: int = 365  # to so many after it
    boundary_share: float = 0.01  # surveys: a region that lost or gained more of its people in 2017 has a break
    earliest_on: date = date(1990, 1, 1)  # an earlier day is a slip of the pen and belongs to no period
    years_ahead: int = 20  # and so is one more years after the cut-off
    compare_from: int = 20  # a side of a comparison: below, none is made
    categories_from: int = 20  # topics with a category: below, what they are about is not told
    discussions_from: int = 5  # means over discussions, evenness, networks: below, too_few
    survey_half_width: float = 10  # mean scores: an interval this far to either side or farther: too_few (points)
    rate_events_from: int = 10  # rates per 1,000: fewer events, or fewer meetings of equal size worth as much
    rate_relative_width: float = 1.60  # or an interval wider than this times the rate: too_few
    persons_for_mobility: int = 15  # people whose groups are known
    richness_discussions: int = 3  # organisations expected in so many discussions at least
    burn_in_months: int = 12  # every organisation is new in the first year of a register
    constables_from: int = 5  # named staff: fewer on the roster are not told of
    summary_days: int = 14  # a summary is to reach those who came within so many days
    conversion_days: int = 60  # a topic leads to an action within so many days
    fresh_days: int = 90  # an open action is looked after where its last report is not older
    follow_up_days: int = 183  # a discussion is followed up within so many days
    regions_from: int = 10  # funnel, shrinkage and ranks: below, none is made
    slope_from: int = 4  # points for a slope
    kendall_from: int = 5  # points for Theil-Sen and Mann-Kendall
    chart_from: int = 8  # points for limits of an XmR chart
    blank_share: float = 0.20  # a field blank more often than this: too_few
    weightless_share: float = 0.05  # more answers without weight than this: weights_missing


RULES = Rules()


def is_precise(found: Estimate, rules: Rules = RULES, kish: float = math.inf) -> bool:
    """Whether a survey share may be shown: the presentation standard of NCHS (Parker et al. 2017).

    Effective n of `survey_n_eff`, and an interval that is narrow, or neither too wide nor too wide for its estimate
    (of a share of none nothing can be said relative to it: its flag all_same does).
    kish: Kish's effective n. Of fewer than `few_df` degrees of freedom an error smaller than that of so many
    independent answers is luck: the interval is then judged as wide as theirs would be.

    >>> is_precise(Estimate(.5, .4, .6, n_eff=96)), is_precise(Estimate(.5, .3, .7, n_eff=25))
    (True, False)
    """
    luck = _luck(found, kish) if found.df < rules.few_df else 1.0
    width = (found.high - found.low) * luck
    if found.n_eff / luck**2 < rules.survey_n_eff or width >= rules.survey_width:
        return False
    is_relative = found.estimate > 0 and width > rules.survey_relative_width * found.estimate
    return width <= rules.survey_narrow or not is_relative


def _luck(found: Estimate, kish: float) -> float:
    """How much larger the error of independent answers is than the one found, at least 1."""
    p = found.estimate
    return max(1.0, math.sqrt(p * (1 - p) / kish) / found.se) if found.se > 0 else 1.0


def is_precise_mean(found: Estimate, rules: Rules = RULES) -> bool:
    """Whether a mean score (0-100) may be shown: effective n of `survey_n_eff`, an interval of few enough points.

    >>> is_precise_mean(Estimate(50, 45, 55, n_eff=90)), is_precise_mean(Estimate(50, 35, 65, n_eff=90))
    (True, False)
    """
    half = (found.high - found.low) / 2
    return found.n_eff >= rules.survey_n_eff and half <= rules.survey_half_width
