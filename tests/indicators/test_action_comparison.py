"""Is more of what was agreed done here than in the other regions?"""

import math
import re

import numpy as np
import pytest

from kodukant_analysis.indicators import action_compare
from kodukant_analysis.stats import aalen_johansen, incidence_at, jackknife_se, logrank, mover
from kodukant_analysis.stats.estimate import normal_quantile, student_quantile
from tests.indicators.agreed import AS_OF, COLUMNS, actions_text, spread

PARNU, SAARE, RAPLA = "0638", "0714", "0668"
COUNTIES = {PARNU: "0068", SAARE: "0074", RAPLA: "0071"}
DONE, OPEN = ("done", 40), ("in_progress", 200)


@pytest.fixture
def compared(draw):
    def of(places, topics="", **options):
        """places: municipality -> its actions; rows by region, for as many periods as there are."""
        lines = [actions_text(actions, place) for place, actions in places.items()]
        tables = {"actions": draw("actions", "\n".join([COLUMNS, *lines]))}
        if topics:
            tables["topics"] = draw("topics", topics)
        found = action_compare(tables, **({"as_of": AS_OF, "detail": True} | options))
        return found.set_index("region")

    return of


def mixed(done, left, discussions=10):
    return spread(done, *DONE, discussions) + spread(left, *OPEN, discussions)


def told(row, name):
    found = re.search(rf"\b{name}=([\d.e-]+)", row["note"])
    return float(found[1]) if found else math.nan


def test_a_region_is_compared_with_all_the_others_together(compared):
    found = compared({PARNU: mixed(20, 10), SAARE: mixed(10, 20), RAPLA: mixed(10, 10)})
    parnu = found.loc[COUNTIES[PARNU]]
    assert (parnu["indicator"], parnu["n"], parnu["k"]) == ("action_compare:completed:60", 30, 20)
    assert parnu["estimate"] == pytest.approx(20 / 30 - 20 / 50)
    assert (told(parnu, "others"), told(parnu, "regions")) == (50, 3)
    assert found.loc[COUNTIES[SAARE], "estimate"] == pytest.approx(10 / 30 - 30 / 50)


def test_the_interval_is_made_of_both_with_the_errors_of_their_discussions(compared):
    found = compared({PARNU: mixed(20, 10), SAARE: mixed(10, 25)}).loc[COUNTIES[PARNU]]
    sides = []
    for done, left in ((20, 10), (10, 25)):
        times, status = [40] * done + [200] * left, [1] * done + [0] * left
        clusters = [*(place % 10 for place in range(done)), *(place % 10 for place in range(left))]
        se = float(jackknife_se(times, status, clusters, [60])[1, 0])
        # ten discussions are nine degrees of freedom: Student's quantile in the place of the normal one
        wider = se * student_quantile(9, 0.95) / normal_quantile(0.95)
        sides.append(incidence_at(aalen_johansen(times, status), 60, se=wider)._replace(se=se))
    expected = mover(sides[1].estimate, sides[1][1:3], sides[0].estimate, sides[0][1:3])
    assert found[["estimate", "low", "high"]].tolist() == pytest.approx(expected[:3])
    assert found["se"] == pytest.approx(math.hypot(sides[0].se, sides[1].se))


def test_the_p_in_the_note_is_that_of_the_log_rank_test(compared):
    found = compared({PARNU: mixed(20, 10), SAARE: mixed(10, 25)}).loc[COUNTIES[PARNU]]
    expected = logrank([40, 200, 40, 200], [1, 0, 1, 0], [20, 10, 10, 25], ["here", "here", "there", "there"])
    assert told(found, "p") == pytest.approx(expected.p, rel=1e-3)


def test_cancelled_actions_are_no_failures_of_the_rate_but_of_the_share(compared):
    cancelled = spread(10, "cancelled", 5)
    found = compared({PARNU: mixed(20, 0) + cancelled, SAARE: mixed(20, 0)}).loc[COUNTIES[PARNU]]
    assert found["estimate"] == pytest.approx(20 / 30 - 1)
    assert math.isnan(told(found, "p")), "all who were still open ended on one day: nothing can be told apart"


@pytest.mark.parametrize("side", [PARNU, SAARE])
def test_fewer_than_twenty_on_either_side_are_not_compared(compared, side):
    places = {PARNU: mixed(20, 10), SAARE: mixed(20, 10)} | {side: mixed(10, 9)}
    found = compared(places).loc[[COUNTIES[PARNU], COUNTIES[SAARE]]]
    assert found["flag"].tolist() == ["too_few", "too_few"]
    assert found["estimate"].isna().all()
    assert [told(row, "needed") for _, row in found.iterrows()] == [20, 20]
    assert [told(row, "regions") for _, row in found.iterrows()] == [0, 0]


def test_one_discussion_is_not_compared_with_others(compared):
    found = compared({PARNU: mixed(20, 10, 1), SAARE: mixed(20, 10)})
    assert found.loc[COUNTIES[PARNU], "flag"] == "too_few;one_cluster"
    assert found.loc[COUNTIES[SAARE], "flag"] == "too_few"


def test_the_country_has_nothing_to_be_compared_with(compared):
    found = compared({PARNU: mixed(20, 10), SAARE: mixed(20, 10)}, by="country")
    assert found["flag"].tolist() == ["not_estimable"]
    assert found["estimate"].isna().all()


def test_a_region_alone_is_not_compared_and_one_without_actions_keeps_its_row(compared):
    found = compared({PARNU: mixed(20, 10)})
    assert found.loc[COUNTIES[PARNU], "flag"] == "not_estimable"
    assert found.loc["0039", ["n", "flag"]].tolist() == [0, "no_data"]
    assert len(found) == 15


def test_each_period_is_a_family_of_its_own(compared):
    found = compared({PARNU: mixed(20, 10), SAARE: mixed(10, 20)}, period="year")
    assert set(found["period"]) == {"2016"}
    assert told(found.loc[COUNTIES[PARNU]], "regions") == 2


TOPICS = "topic_id | category\nT1 | lighting\nT2 | roads"


def of_topic(actions, topic):
    return [(*action, topic) for action in actions]


def test_within_categories_a_region_of_harder_topics_is_not_slower(compared):
    easy, hard = of_topic(mixed(16, 4), "T1"), of_topic(mixed(4, 16), "T2")
    places = {PARNU: easy * 2 + hard, SAARE: easy + hard * 2}
    plain, within = (compared(places, TOPICS, **how).loc[COUNTIES[PARNU]] for how in ({}, {"strata": "category"}))
    assert told(plain, "p") < 0.05
    assert told(within, "p") == pytest.approx(1)
    assert plain["estimate"] == within["estimate"]


def test_actions_of_no_known_category_are_compared_among_themselves(compared):
    places = {PARNU: of_topic(mixed(15, 5), "T1") + mixed(5, 15), SAARE: of_topic(mixed(5, 15), "T9") + mixed(5, 15)}
    found = compared(places, TOPICS, strata="category").loc[COUNTIES[PARNU]]
    expected = logrank([40, 200] * 2, [1, 0] * 2, [5, 15, 10, 30], [0, 0, 1, 1])
    assert told(found, "p") == pytest.approx(expected.p, rel=1e-3)


def test_without_categories_no_topics_are_read_and_other_strata_are_refused(compared):
    assert np.isfinite(told(compared({PARNU: mixed(20, 10), SAARE: mixed(10, 20)}).loc[COUNTIES[PARNU]], "p"))
    with pytest.raises(ValueError, match="got 'sector'"):
        compared({PARNU: mixed(20, 10)}, strata="sector")
