"""The third waist: columns, types, flags; and the registry that names what stands in it."""

from datetime import date

import pandas as pd
import pytest

from kodukant_analysis.indicators import all_estimates, indicator_of, registry
from kodukant_analysis.indicators.estimates import COLUMNS, DETAIL, FLAGS, Row, estimate_frame, joined_flags
from kodukant_analysis.records import SCHEMAS
from kodukant_analysis.stats import Estimate

AS_OF = date(2026, 1, 1)
NAMES = {"EE": "Eesti"}


def row(*flags, found=Estimate(0.5, 0.4, 0.6, se=0.05, df=9, n_eff=80)):  # noqa: B008
    return Row("participation_triad_share", "EE", "", 4, "Wilson", found, 2, frozenset(flags))


@pytest.mark.parametrize("detail", [False, True])
def test_columns_and_types_are_those_of_the_contract_also_without_rows(detail):
    types = COLUMNS | DETAIL if detail else COLUMNS
    for rows in ([], [row()]):
        frame = estimate_frame(rows, NAMES, detail=detail)
        assert frame.dtypes.astype(str).to_dict() == types


@pytest.mark.parametrize("flag", ["no_data", "suppressed", "not_estimable", "too_few", "refused"])
def test_what_may_not_be_shown_is_empty_and_keeps_its_counts(flag):
    shown = estimate_frame([row(flag)], NAMES, detail=True).iloc[0]
    assert shown[["estimate", "low", "high", "se"]].isna().all()
    assert (shown["n"], shown["k"], shown["n_eff"]) == (4, 2, 80)


def test_what_is_only_descriptive_has_no_interval():
    shown = estimate_frame([row("descriptive")], NAMES, detail=True).iloc[0]
    assert shown["estimate"] == 0.5
    assert shown[["low", "high", "se"]].isna().all()


def test_flags_stand_in_the_order_of_the_method_book():
    assert joined_flags(reversed(FLAGS[1:])) == ";".join(FLAGS[1:])
    assert joined_flags({"ok"}) == "ok"


def test_a_flag_of_our_own_is_refused():
    with pytest.raises(ValueError, match="dubious"):
        joined_flags({"dubious"})


@pytest.fixture(scope="module")
def frame():
    return all_estimates({}, AS_OF)


def test_without_any_table_every_region_still_has_its_row(frame):
    assert set(frame["flag"]) == {"no_data", "descriptive"}
    counted = frame["indicator"].str.startswith(("discussion_count", "coverage", "action_backlog:count"))
    assert set(frame["flag"][~counted]) == {"no_data"}
    assert set(frame["n"][~frame["indicator"].str.startswith("coverage")]) == {0}
    over_time = frame[frame["period"] == ""].groupby("indicator", observed=False, dropna=False).size()
    odd = dict.fromkeys(("load_gini", "topic_category_share", "topic_concentration"), 1 + 4)
    odd |= {"action_compare": 4 + 15, "discussion_count": 20 + 79, "attendance_rate": 20 + 79}
    for name, size in over_time.items():
        assert size == odd.get(name.split(":")[0], 20), f"{name}: country, prefectures, counties, some municipalities"
    by_year = frame[frame["period"] == "2026"].groupby("indicator", observed=False, dropna=False).size()
    assert set(by_year) == {5}, "country and prefectures"


def test_the_same_tables_give_the_same_frame(frame):
    pd.testing.assert_frame_equal(all_estimates({}, AS_OF), frame)


def test_every_indicator_of_the_frame_is_in_the_registry(frame):
    for name in frame["indicator"].unique():
        assert indicator_of(name).code in registry()


@pytest.mark.parametrize("indicator", registry().values(), ids=registry())
def test_an_indicator_says_what_it_is_in_three_languages(indicator):
    assert set(indicator.name) == set(indicator.definition) == {"et", "en", "ru"}
    assert all((*indicator.name.values(), *indicator.definition.values(), indicator.numerator, indicator.denominator))
    assert indicator.counts in {"persons", "register"}
    assert indicator.direction in {"higher_is_better", "lower_is_better", "neither"}
    assert set(indicator.records) <= set(SCHEMAS)


def test_an_unknown_indicator_is_named():
    with pytest.raises(KeyError, match="crime_share"):
        indicator_of("crime_share:all")
