"""Comparison: regions held against each other as far as chance allows. No order is made, and no rank is bare.

All of these take estimates with detail, maybe of several indicators, periods and levels of region, and give back the
same rows in the same order with columns added (of a comparison made before: replaced). They are to be asked of the
disclosed frame, as it leaves `kodukant_analysis.disclosure.disclosed`: what they add rests on the numbers shown there
and on nothing else, so a withheld cell stays as unknown as it was. Asked before, they would tell of withheld cells.
None of them adjusts for what sets regions apart beside chance: language, towns, what was agreed.
"""

from collections.abc import Callable
from typing import Any, Literal, NamedTuple, get_args

import numpy as np
import numpy.typing as npt
import pandas as pd

from kodukant_analysis.indicators.families import Families, Family, FloatArray, families
from kodukant_analysis.indicators.rules import RULES, Rules
from kodukant_analysis.stats import (
    BetaBinomial,
    Dispersion,
    NormalShrunk,
    beta_binomial,
    beta_binomial_limits,
    bh,
    binomial_p,
    expected_rank,
    funnel_limits,
    normal_limits,
    normal_shrink,
    normal_shrink_limits,
    overdispersion,
    rank_bounds,
    rank_interval,
)

Spread = Literal["additive", "multiplicative"]
_Columns = dict[str, npt.NDArray[Any]]
_OUTER = 0.998
_FUNNEL = ("target", "z", "z_adjusted", "p", "p_adjusted", "limit_low", "limit_high", "limit_low_998", "limit_high_998")
_SHRINK = ("shrunken", "shrunken_low", "shrunken_high", "reliability")
_RANKS = ("expected_rank", "rank_low", "rank_high", "rank_bound_low", "rank_bound_high")


class FalseAlarms(NamedTuple):
    """How many comparisons are made, and how many of them are expected to be false alarms by chance."""

    regions: int
    indicators: int
    comparisons: int
    expected: float


def compare_funnel(
    result: pd.DataFrame,
    *,
    target: float | None = None,
    dispersion: Spread | None = "additive",
    level: float = 0.95,
    rules: Rules = RULES,
) -> pd.DataFrame:
    """Which regions lie farther from the whole than chance and their usual spread explain (funnel; section 6.1).

    result: see the module. Family: an indicator in a period at a level of region (`families`); the country's shown
    estimate is the target, else the mean of the regions shown, else `target`. Added columns:
    target; z = (estimate − target) / s by the target's own variance; z_adjusted with dispersion "additive" (τ²) or
    "multiplicative" (φ), see `overdispersion`, None: z; p two-sided of it, where there is no over-dispersion and the
    share is a count the binomial mid-p; p_adjusted by Benjamini-Hochberg within the family; limit_low, limit_high
    (`level`) and limit_low_998, limit_high_998 around the target, binomial ones where p is;
    standing: "above" or "below" beyond the 99.8 % limits or with p_adjusted < 1 − level, else "inside";
    "" where not compared, and then compared_note says why (see `families`).
    Raises ValueError for an unknown dispersion or a target of a share outside [0, 1].
    """
    if dispersion is not None and dispersion not in get_args(Spread):
        raise ValueError(f"dispersion is None or one of {get_args(Spread)}, got {dispersion!r}")
    found = families(result, rules, target=target)
    return _added(result, found, lambda family: _funnel(family, dispersion, level), (_FUNNEL, ("standing",)))


def compare_shrink(
    result: pd.DataFrame,
    *,
    towards: Literal["parent", "country"] = "parent",
    level: float = 0.95,
    rules: Rules = RULES,
) -> pd.DataFrame:
    """Estimates of few pulled towards what their family has in common, for maps and targeting (section 6.2).

    result: see the module. towards "parent": municipalities are pulled towards those of their county, all others
    towards the country; "country": each level towards the country. Added columns: shrunken, shrunken_low,
    shrunken_high (`level`); reliability, the part of a region's own number in it. Counts: `beta_binomial`; other shares
    and means: `normal_shrink` with smooth variances (see `families`). The limits know that the spread between regions
    is an estimate too (`beta_binomial_limits`, `normal_shrink_limits`). Where chance explains all of the spread,
    everybody is the mean and compared_note is "no_difference"; where not compared it says why.
    Never beside the unshrunken numbers in one table: a region's own figure is the unshrunken one.
    """
    if towards not in ("parent", "country"):
        raise ValueError(f'towards is "parent" or "country", got {towards!r}')
    found = families(result, rules, is_nested=towards == "parent")
    return _added(result, found, lambda family: _shrunken(family, level), (_SHRINK, ()))


def compare_ranks(result: pd.DataFrame, *, level: float = 0.95, seed: int = 0, rules: Rules = RULES) -> pd.DataFrame:
    """How little the order of regions says, and three groups: above, same, below (section 6.3). For analysts but these.

    result: see the module. Rank 1 is the largest value, which need not be good. Added columns: expected_rank and
    rank_low, rank_high (simulated, `seed`) from shrunken values, shares as logits with own variances;
    rank_bound_low, rank_bound_high: pairwise Bonferroni bounds of the values as they are;
    standing: "above" where these bounds lie in the upper half of the family wholly, "below" in the lower half, else
    "same": not distinguishable; "" where not compared, and then compared_note says why.
    """
    found = families(result, rules)
    return _added(result, found, lambda family: _ranks(family, level, seed), (_RANKS, ("standing",)))


def expected_false_alarms(result: pd.DataFrame, level: float = 0.95, rules: Rules = RULES) -> FalseAlarms:
    """How many regions would lie outside limits of `level` by chance alone: comparisons · (1 − level).

    15 counties and 8 indicators: about 6 at 5 %. Counts what `compare_funnel` would compare in this result.
    """
    several = families(result, rules).several
    place = np.concatenate([family.place for family in several]) if several else np.array([], dtype=np.intp)
    compared = result.iloc[place]
    regions, indicators = (int(compared[name].nunique()) for name in ("region", "indicator"))
    return FalseAlarms(regions, indicators, len(place), len(place) * (1 - level))


def _added(
    result: pd.DataFrame,
    found: Families,
    told: Callable[[Family], _Columns],
    names: tuple[tuple[str, ...], tuple[str, ...]],
) -> pd.DataFrame:
    """The result with a comparison told of each family in columns of numbers and of texts."""
    numbers = {name: np.full(len(result), np.nan) for name in names[0]}
    texts = {name: np.full(len(result), "", dtype=object) for name in names[1]}
    texts["compared_note"] = np.array(found.why_not, dtype=object)
    for family in found.several:
        for name, column in told(family).items():
            (numbers if name in numbers else texts)[name][family.place] = column
    columns = numbers | {name: pd.array(column, dtype="str") for name, column in texts.items()}
    return result.assign(**columns)


def _funnel(family: Family, dispersion: Spread | None, level: float) -> _Columns:
    found = overdispersion(family.estimate * family.size, family.size, family.target, family.variance)
    z, p, variance = _adjusted(found, family.variance, dispersion)
    # normal limits go wrong for few and near 0 or 1; an added spread has no binomial ones
    is_exact = family.is_count & (variance == family.variance)
    if is_exact.any():
        p[is_exact] = binomial_p(family.k[is_exact], family.size[is_exact], family.target)
    (low, high), (outer_low, outer_high) = (_limits(family, variance, is_exact, one) for one in (level, _OUTER))
    q = bh(p)
    is_out = (family.estimate < outer_low) | (family.estimate > outer_high) | (q < 1 - level)
    standing = np.where(is_out, np.where(z > 0, "above", "below"), "inside")
    target = np.full(z.shape, family.target)
    numbers = (target, found.z, z, p, q, low, high, outer_low, outer_high)
    return dict(zip(_FUNNEL, numbers, strict=True)) | {"standing": standing}


def _adjusted(
    found: Dispersion, variance: FloatArray, dispersion: Spread | None
) -> tuple[FloatArray, FloatArray, FloatArray]:
    if dispersion == "additive":
        return found.z_additive, found.p_additive, variance + found.tau2
    if dispersion == "multiplicative":
        return found.z_multiplicative, found.p_multiplicative, variance * max(1.0, found.phi)
    return found.z, found.p, variance


def _limits(
    family: Family, variance: FloatArray, is_exact: npt.NDArray[np.bool_], level: float
) -> tuple[FloatArray, FloatArray]:
    low, high = (np.asarray(limit, dtype=float) for limit in normal_limits(family.target, variance, level))
    if family.kind == "share":
        # Of those who are not, the lower limit: the upper one of those who are lies below a likely "all".
        least = np.asarray(funnel_limits(family.size, family.target, level).low)
        most = 1 - np.asarray(funnel_limits(family.size, 1 - family.target, level).low)
        low, high = np.where(is_exact, least, np.clip(low, 0, 1)), np.where(is_exact, most, np.clip(high, 0, 1))
    return low, high


def _shrunken(family: Family, level: float) -> _Columns:
    found: BetaBinomial | NormalShrunk
    if family.kind == "share" and family.is_count.all():
        found = beta_binomial(family.k, family.size, level)
        limits = beta_binomial_limits(family.k, family.size, level)
    else:
        found = normal_shrink(family.estimate, family.variance, level)
        limits = normal_shrink_limits(family.estimate, family.variance, level)
    ends = (0, 1) if family.kind == "share" else (-np.inf, np.inf)
    low, high = (np.clip(np.asarray(limit), *ends) for limit in limits)
    note = "" if (found.reliability > 0).any() else "no_difference"
    numbers = (found.estimate, low, high, found.reliability)
    return dict(zip(_SHRINK, numbers, strict=True)) | {"compared_note": np.full(low.shape, note)}


def _ranks(family: Family, level: float, seed: int) -> _Columns:
    value, variance = _unbounded(family)
    shrunken = normal_shrink(value, variance, level)
    expected = expected_rank(shrunken.estimate, shrunken.se)
    interval = rank_interval(shrunken.estimate, shrunken.se, seed=seed, level=level)
    bounds = rank_bounds(value, np.sqrt(variance), level)
    low, high = (np.asarray(bound) for bound in bounds)
    middle = (len(value) + 1) / 2
    standing = np.where(high < middle, "above", np.where(low > middle, "below", "same"))
    numbers = (np.asarray(column) for column in (expected, *interval, low, high))
    return dict(zip(_RANKS, numbers, strict=True)) | {"standing": standing}


def _unbounded(family: Family) -> tuple[FloatArray, FloatArray]:
    """Values and variances on a scale without ends: shares as logits, with half a person more where none or all are."""
    if family.kind == "mean":
        return family.estimate, family.error**2
    yes, no = family.k, family.size - family.k
    half = np.where((yes <= 0) | (no <= 0), 0.5, 0.0)
    yes, no = yes + half, no + half
    return np.log(yes / no), 1 / yes + 1 / no
