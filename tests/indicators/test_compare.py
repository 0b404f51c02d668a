"""Regions held against each other: what chance explains is no difference, and a withheld cell stays unknown."""

from math import nan

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kodukant_analysis.disclosure import disclosed
from kodukant_analysis.indicators import compare_funnel, compare_ranks, compare_shrink, expected_false_alarms, registry
from kodukant_analysis.indicators.estimates import Row, estimate_frame
from kodukant_analysis.indicators.regions import members, region_names
from kodukant_analysis.stats import (
    Estimate,
    beta_binomial,
    beta_binomial_limits,
    cluster_mean,
    normal_shrink_limits,
    wilson,
)
from kodukant_analysis.text import catalogue, languages, read_indicator, region_level, translate, wording
from tests.stats.regions15 import WITNESS, K, N

TRIAD, TRUST = "participation_triad_share", "survey_share:trust_police:S"
NAMES = {
    code: name for by in ("country", "prefecture", "county", "municipality") for code, name in region_names(by).items()
}
COUNTY_OF = {name.removesuffix(" maakond"): code for code, name in region_names("county").items()}
CODES = [COUNTY_OF[name] for name in WITNESS["region"]]
MEANS = [code for code in registry() if wording(read_indicator(code)).measure in ("mean", "score")]
COMPARISONS = [compare_funnel, compare_shrink, compare_ranks]
ADDED = ["z", "p", "p_adjusted", "limit_low", "shrunken", "shrunken_low", "reliability", "expected_rank", "rank_low"]


def counted(region, k, n, indicator=TRIAD, *, period="", flags=()):
    return Row(indicator, region, period, n, "Wilson", wilson(k, n), k, frozenset(flags))


def surveyed(region, share, n, *, deff=1.5, flags=(), period="2016"):
    size = n / deff
    found = Estimate(share, share - 0.1, share + 0.1, np.sqrt(share * (1 - share) / size), 40, size)
    return Row(TRUST, region, period, n, "ratio", found, round(share * n), frozenset(flags))


def frame(*rows):
    return estimate_frame(rows, NAMES, detail=True)


def counties(k=K, n=N, codes=CODES, **options):
    return [counted(code, yes, of, **options) for code, yes, of in zip(codes, k, n, strict=True)]


def added(found):
    return found[[name for name in ADDED if name in found]]


def test_no_county_of_the_witness_stands_out_of_the_usual_spread():
    found = compare_funnel(frame(*counties()))
    assert found["z"].tolist() == pytest.approx(WITNESS["z"], abs=1e-8)
    assert found["z_adjusted"].tolist() == pytest.approx(WITNESS["z_add"], abs=1e-8)
    assert found["p_adjusted"].tolist() == pytest.approx(WITNESS["BH_add"], abs=1e-8)
    assert set(found["standing"]) == {"inside"}
    assert set(found["compared_note"]) == {""}


def test_without_overdispersion_two_counties_of_the_witness_stand_out():
    found = compare_funnel(frame(*counties()), dispersion=None)
    assert found.loc[found["standing"] == "below", "region_name"].tolist() == ["Ida-Viru maakond", "Valga maakond"]
    assert not (found["standing"] == "above").any()


def test_limits_without_overdispersion_are_binomial_and_standing_keeps_to_them():
    found = compare_funnel(frame(*counties()), dispersion=None).set_index("region")
    assert found.loc[COUNTY_OF["Põlva"], "limit_low"] == pytest.approx(0.439137186326602, abs=1e-8)
    assert found.loc[COUNTY_OF["Põlva"], "limit_low_998"] == pytest.approx(0.309948970320491, abs=1e-8)


def test_all_of_a_few_stands_out_of_nothing_where_most_do():
    found = compare_funnel(frame(*counties([10] + [17] * 14, [10] + [20] * 14)), dispersion=None)
    assert found["standing"].iloc[0] == "inside"
    assert found["limit_high_998"].iloc[0] == 1


@pytest.mark.parametrize("dispersion", [None, "additive", "multiplicative"])
@pytest.mark.parametrize("share", [0.5, 0.85, 0.95])
def test_where_nothing_differs_few_families_raise_a_false_alarm(share, dispersion):
    chance = np.random.default_rng(5)
    sizes = chance.integers(10, 40, (300, 15))
    rows = [
        row
        for place, n in enumerate(sizes)
        for row in counties(chance.binomial(n, share).tolist(), n.tolist(), period=str(place))
    ]
    found = compare_funnel(frame(*rows), dispersion=dispersion)
    alarms = found["standing"].isin(["above", "below"]).groupby(found["period"]).any()
    assert alarms.mean() < 0.08
    is_within = found["estimate"].between(found["limit_low"], found["limit_high"])
    assert 0.93 < is_within.mean() < 0.995


def test_standing_has_a_direction_and_no_judgement():
    n = [200] * 15
    found = compare_funnel(frame(*counties([100] * 13 + [30, 170], n)), dispersion=None)
    assert found["standing"].tolist() == ["inside"] * 13 + ["below", "above"]


def test_a_multiplied_spread_widens_all_limits_alike():
    naive, wide = (compare_funnel(frame(*counties()), dispersion=one) for one in (None, "multiplicative"))
    assert wide["z_adjusted"].tolist() == pytest.approx(WITNESS["z_mult"], abs=1e-8)
    assert ((wide["limit_high"] >= naive["limit_high"] - 0.02) | (wide["limit_high"] == 1)).all()


def test_the_country_is_the_target_and_no_member():
    found = compare_funnel(frame(counted("EE", 600, 800), *counties()))
    assert set(found["target"].iloc[1:]) == {0.75}
    assert (found["standing"].iloc[0], found["compared_note"].iloc[0]) == ("", "overall")
    assert found[["target", "z"]].iloc[0].isna().all()


def test_a_given_target_goes_before_the_country():
    found = compare_funnel(frame(counted("EE", 600, 800), *counties()), target=0.6)
    assert set(found["target"].iloc[1:]) == {0.6}


@pytest.mark.parametrize("compare", COMPARISONS)
def test_rows_and_columns_stay_as_they_were(compare):
    result = frame(counted("EE", 600, 800), *reversed(counties())).set_index(pd.Index([7] * 16))
    found = compare(result)
    pd.testing.assert_frame_equal(found[result.columns], result)


@pytest.mark.parametrize("compare", COMPARISONS)
def test_four_prefectures_are_not_compared(compare):
    found = compare(frame(*(counted(region, 40, 100) for region in region_names("prefecture"))))
    assert set(found["compared_note"]) == {"few_regions"}
    assert added(found).isna().all(axis=None)
    assert "standing" not in found or set(found["standing"]) == {""}


@pytest.mark.parametrize("compare", COMPARISONS)
def test_nine_usable_counties_are_too_few_and_ten_are_enough(compare):
    unusable = [counted(code, 3, 5, flags={"too_few"}) for code in CODES[10:]]
    ten = frame(*counties(K[:10], N[:10], CODES[:10]), *unusable)
    assert compare(ten)["compared_note"].tolist() == [""] * 10 + ["not_shown"] * 5
    assert set(compare(ten.iloc[1:])["compared_note"]) == {"few_regions", "not_shown"}


@pytest.mark.parametrize("compare", COMPARISONS)
@pytest.mark.parametrize(
    ("flag", "reason"),
    [
        ("no_data", "not_shown"),
        ("suppressed", "not_shown"),
        ("not_estimable", "not_shown"),
        ("too_few", "not_shown"),
        ("refused", "not_shown"),
        ("few_clusters", "few_clusters"),
        ("one_cluster", "few_clusters"),
        ("descriptive", "descriptive"),
        ("burn_in", "descriptive"),
    ],
)
def test_a_row_that_may_not_be_compared_says_why_and_informs_nobody(compare, flag, reason):
    others = counties()[1:]
    found = compare(frame(counted(CODES[0], 1, 160, flags={flag}), *others))
    assert found["compared_note"].iloc[0] == reason
    assert added(found).iloc[0].isna().all()
    pd.testing.assert_frame_equal(found.iloc[1:].reset_index(drop=True), compare(frame(*others)))


@pytest.mark.parametrize("flag", ["boundary_break", "instrument_break", "immature", "all_same", "unweighted"])
def test_a_row_with_a_caution_is_compared_at_its_level(flag):
    found = compare_funnel(frame(counted(CODES[0], 118, 160, flags={flag}), *counties()[1:]))
    assert found["z"].tolist() == pytest.approx(WITNESS["z"], abs=1e-8)


@pytest.mark.parametrize("compare", COMPARISONS)
@pytest.mark.parametrize("share", [0, 1])
def test_where_all_are_alike_none_or_all_there_is_nothing_to_compare(compare, share):
    found = compare(frame(*counties([share * n for n in N])))
    assert set(found["compared_note"]) == {"no_spread"}


def test_each_indicator_period_and_level_is_compared_apart():
    rural = [counted(code, 10 + place, 40) for place, code in enumerate(members("county", "today")[COUNTY_OF["Harju"]])]
    both = compare_funnel(frame(*counties(), *counties(N, N, period="2017"), *rural))
    alone = compare_funnel(frame(*counties()))
    pd.testing.assert_frame_equal(added(both.iloc[:15]), added(alone))
    assert set(both.loc[both["period"] == "2017", "compared_note"]) == {"no_spread"}
    assert both["target"].iloc[-1] != both["target"].iloc[0]


def test_survey_shares_are_as_certain_as_their_effective_number():
    shares = [0.8, *np.linspace(0.7, 0.9, 14)]
    n = 300
    result = frame(surveyed("EE", 0.8, 4500), *(surveyed(code, p, n) for code, p in zip(CODES, shares, strict=True)))
    found = compare_funnel(result, dispersion=None)
    assert found["z"].iloc[1] == 0
    assert found["z"].iloc[2] == pytest.approx((0.7 - 0.8) / np.sqrt(0.8 * 0.2 / (n / 1.5)), abs=1e-8)


def test_a_share_without_an_effective_number_takes_it_from_its_error():
    rows = [surveyed(code, 0.7, 300)._replace(found=Estimate(0.7, 0.6, 0.8, se=0.05), k=None) for code in CODES]
    found = compare_funnel(frame(*rows), target=0.8)
    assert found["z"].iloc[0] == pytest.approx(-0.1 / np.sqrt(0.16 / (0.21 / 0.0025)), abs=1e-8)


def test_a_target_of_none_or_of_all_is_one_about_which_no_share_scatters():
    for target in (0, 1):
        assert set(compare_funnel(frame(*counties()), target=target)["compared_note"]) == {"no_spread"}


def test_a_share_of_unknown_error_is_not_compared():
    rows = [surveyed(code, 0.7, 300)._replace(found=Estimate(0.7), k=None) for code in CODES]
    assert set(compare_funnel(frame(*rows))["compared_note"]) == {"no_error"}


@pytest.mark.parametrize("compare", COMPARISONS)
def test_days_are_not_compared_by_chance(compare):
    rows = [Row("plan_slippage", code, "", 40, "median", Estimate(30, 20, 45), unit="days") for code in CODES]
    assert set(compare(frame(*rows))["compared_note"]) == {"kind"}


@pytest.mark.parametrize("indicator", MEANS)
def test_means_are_compared_by_the_pooled_error_of_one_unit(indicator):
    per_region = [[4, 6, 5, 9, 6, 7, 5, 8, 6 + place] for place in range(15)]
    rows = [
        Row(indicator, code, "", 9, "mean", cluster_mean(sums), unit="topics")
        for code, sums in zip(CODES, per_region, strict=True)
    ]
    found = compare_funnel(frame(*rows), dispersion=None)
    se = np.array([cluster_mean(sums).se for sums in per_region])
    means = np.array([np.mean(sums) for sums in per_region])
    assert found["z"].to_numpy() == pytest.approx((means - means.mean()) / np.sqrt(np.mean(se**2)), abs=1e-8)


def test_shrunken_shares_are_those_of_the_witness():
    found = compare_shrink(frame(*counties()))
    assert found["shrunken"].tolist() == pytest.approx(WITNESS["bb_post"], abs=1e-4)
    assert found["shrunken_low"].tolist() == beta_binomial_limits(K, N).low.tolist()
    assert found["reliability"].tolist() == pytest.approx(WITNESS["reliability"], abs=1e-4)


def test_no_difference_is_said_where_chance_explains_all():
    found = compare_shrink(frame(*counties([n // 2 for n in [20] * 15], [20] * 15)))
    assert set(found["compared_note"]) == {"no_difference"}
    assert found["shrunken"].tolist() == pytest.approx([0.5] * 15)
    assert set(found["reliability"]) == {0}


def test_municipalities_are_pulled_towards_their_county_if_it_has_ten():
    harju, saare = (members("county", "today")[COUNTY_OF[name]] for name in ("Harju", "Saare"))
    n = [20 + place for place in range(len(harju))]
    k = [round(of * (0.3 + 0.04 * place)) for place, of in enumerate(n)]
    rows = [*counties(k, n, harju), *counties([15] * len(saare), [30] * len(saare), saare)]
    found = compare_shrink(frame(*rows))
    assert found["shrunken"].iloc[: len(harju)].tolist() == pytest.approx(beta_binomial(k, n).estimate.tolist())
    assert set(found["compared_note"].iloc[len(harju) :]) == {"few_regions"}
    assert set(compare_shrink(frame(*rows), towards="country")["compared_note"]) == {""}


def test_survey_shares_are_shrunken_by_smooth_variances():
    shares = np.linspace(0.6, 0.9, 15)
    rows = [surveyed(code, float(share), 300) for code, share in zip(CODES, shares, strict=True)]
    found = compare_shrink(frame(*rows))
    # of one size and so of one variance: all are pulled by the same part
    assert found["reliability"].nunique() == 1
    assert found["shrunken"].tolist() == sorted(found["shrunken"])
    assert found["shrunken"].between(0.6, 0.9).all()
    limits = normal_shrink_limits(shares, [0.75 * 0.25 / 200] * 15)
    assert found["shrunken_high"].tolist() == pytest.approx(limits.high.tolist(), abs=1e-4)


def test_expected_ranks_are_those_of_the_witness():
    found = compare_ranks(frame(*counties()))
    assert found["expected_rank"].tolist() == pytest.approx(WITNESS["exp_rank"], abs=1e-4)
    assert found["rank_bound_low"].tolist() == WITNESS["rank_pair_low"]
    assert found["rank_bound_high"].tolist() == WITNESS["rank_pair_high"]
    assert set(found["standing"]) == {"same"}


def test_only_who_is_clearly_in_one_half_leaves_the_middle_group():
    found = compare_ranks(frame(*counties([20] + [100] * 13 + [180], [200] * 15)))
    assert found["standing"].tolist() == ["below"] + ["same"] * 13 + ["above"]


def test_false_alarms_are_counted_over_regions_and_indicators():
    rows = [row for place in range(8) for row in counties(indicator=f"participation_triad_share:{place}")]
    found = expected_false_alarms(frame(*rows, counted("EE", 600, 800)))
    assert (found.regions, found.indicators, found.comparisons) == (15, 8, 120)
    assert found.expected == pytest.approx(6)


def test_nothing_to_compare_raises_no_false_alarm():
    empty = frame()
    assert expected_false_alarms(empty).expected == 0
    assert all(len(compare(empty)) == 0 for compare in COMPARISONS)


def withheld_frame():
    """A survey of the country and its counties in which some are too small to be shown."""
    sizes = [3, 4, *[60 + 10 * place for place in range(13)]]
    rows = [surveyed(code, 0.5 + 0.02 * place, n) for place, (code, n) in enumerate(zip(CODES, sizes, strict=True))]
    return frame(surveyed("EE", 0.62, sum(sizes)), *rows)


@pytest.mark.parametrize("compare", COMPARISONS)
def test_a_withheld_region_stays_empty_and_tells_nothing_of_itself_in_others(compare):
    public = disclosed(withheld_frame())
    is_withheld = public["flag"] == "suppressed"
    assert is_withheld.sum() >= 2
    found = compare(public)
    assert added(found)[is_withheld].isna().all(axis=None)
    assert set(found.loc[is_withheld, "compared_note"]) == {"not_shown"}
    pd.testing.assert_frame_equal(found[~is_withheld], compare(public[~is_withheld]))


@pytest.mark.parametrize("compare", COMPARISONS)
def test_without_the_country_a_withheld_region_has_no_part_in_the_target(compare):
    first = withheld_frame()
    other = first.assign(estimate=first["estimate"].mask(first["region"] == CODES[0], 0.99))
    public, changed = (disclosed(one[one["region"] != "EE"]) for one in (first, other))
    pd.testing.assert_frame_equal(compare(public), compare(changed))


@pytest.mark.parametrize("compare", COMPARISONS)
def test_a_country_that_is_not_shown_is_no_target(compare):
    hidden = counted("EE", 1, 800, flags={"suppressed"})
    alone = compare(frame(*counties()))
    assert added(compare(frame(hidden, *counties()))).iloc[1:].to_numpy() == pytest.approx(added(alone).to_numpy())


@pytest.mark.parametrize("compare", COMPARISONS)
def test_a_result_without_detail_or_with_a_region_told_twice_is_refused(compare):
    result = frame(*counties())
    with pytest.raises(ValueError, match="se, n_eff"):
        compare(result.drop(columns=["se", "n_eff"]))
    with pytest.raises(ValueError, match="told twice: participation_triad_share, 0037"):
        compare(pd.concat([result, result.iloc[:1]]))


def test_a_wrong_call_names_what_was_given():
    result = frame(*counties())
    with pytest.raises(ValueError, match="'fixed'"):
        compare_funnel(result, dispersion="fixed")
    with pytest.raises(ValueError, match=r"1\.5"):
        compare_funnel(result, target=1.5)
    with pytest.raises(ValueError, match="'county'"):
        compare_shrink(result, towards="county")


@settings(deadline=None, max_examples=10)
@given(st.permutations(range(15)))
def test_the_order_of_the_rows_changes_no_row(order):
    result = frame(*counties())
    for compare in COMPARISONS:
        found, shuffled = compare(result), compare(result.iloc[order])
        assert added(shuffled).to_numpy() == pytest.approx(added(found).iloc[order].to_numpy(), rel=1e-6)


@settings(deadline=None, max_examples=10)
@given(st.integers(0, 15))
def test_an_added_region_without_data_changes_no_other(place):
    rows = counties()
    nobody = Row(TRIAD, "0999", "", 0, "Wilson", Estimate(nan), 0, frozenset({"no_data"}))
    names = {**NAMES, "0999": "?"}
    for compare in COMPARISONS:
        more = compare(estimate_frame([*rows[:place], nobody, *rows[place:]], names, detail=True))
        pd.testing.assert_frame_equal(
            more[more["region"] != "0999"].reset_index(drop=True), compare(frame(*rows)), rtol=1e-9
        )


def reasons():
    return {key.rpartition(".")[2] for key in catalogue("en") if key.startswith("standing.not_compared.")}


def test_every_standing_and_reason_has_its_words_in_every_language():
    levels = {region_level(name) for name in NAMES.values()}
    for lang in (*languages(), "ru"):
        for key in (f"standing.{one}" for one in ("funnel.inside", "funnel.above", "funnel.below", "ranks.same")):
            told = {translate(key, lang, level=translate(f"standing.level.{level}", lang)) for level in levels}
            assert len(told) == len(levels)
        for reason in reasons():
            assert translate(f"standing.not_compared.{reason}", lang, level="").endswith(".")


def test_the_estonian_words_for_inside_are_those_of_the_method_book():
    level = translate("standing.level.county", "et")
    assert translate("standing.funnel.inside", "et", level=level) == "Jääb maakondade tavapärase kõikumise piiridesse."
