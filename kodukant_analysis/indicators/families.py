"""Families: estimates of one indicator, period and level of region that may be held against each other."""

from collections.abc import Iterator, Mapping, Set
from functools import cache
from typing import Literal, NamedTuple, get_args

import numpy as np
import numpy.typing as npt
import pandas as pd

from kodukant_analysis.indicators.estimates import COLUMNS, DETAIL, NOT_SHOWN
from kodukant_analysis.indicators.regions import COUNTRY, By, members, region_names
from kodukant_analysis.indicators.rules import Rules
from kodukant_analysis.text import read_indicator, wording

FloatArray = npt.NDArray[np.float64]
Kind = Literal["share", "mean"]
_KINDS: Mapping[str, Kind] = {"share": "share", "score": "mean", "mean": "mean"}
_FEW_CLUSTERS = frozenset({"one_cluster", "few_clusters"})
_DESCRIPTIVE = frozenset({"descriptive", "burn_in"})


class Family(NamedTuple):
    """Regions that are compared with each other: arrays in the order of their rows."""

    place: npt.NDArray[np.intp]  # their rows in the result
    kind: Kind
    estimate: FloatArray
    size: FloatArray  # effective n: of a register's share its n
    is_count: npt.NDArray[np.bool_]  # whether the estimate is plainly k of n
    error: FloatArray  # own standard error
    target: float
    variance: FloatArray  # of each region's estimate if its true value were the target

    @property
    def k(self) -> FloatArray:
        """How many of `size`, whole numbers where the share is a count."""
        k = self.estimate * self.size
        return np.where(self.is_count, np.round(k), k)


class Families(NamedTuple):
    """The families of a result, and for each of its rows why it is in none ("" where it is in one)."""

    several: tuple[Family, ...]
    why_not: tuple[str, ...]


def families(result: pd.DataFrame, rules: Rules, *, target: float | None = None, is_nested: bool = False) -> Families:
    """The regions of a result (estimates with detail) that can be compared, by indicator, period and level of region.

    Of municipalities, with `is_nested`, those of one county are a family. Who is in none, and why: the country itself
    (overall); rows without a number (not_shown); few_clusters, one_cluster (few_clusters); descriptive, burn_in
    (descriptive); numbers that are neither shares nor means (kind); numbers without a known error (no_error); then
    families of fewer than `rules.regions_from` (few_regions) and those whose target is none or all (no_spread).
    Target: `target`, else the shown estimate of the country (with `is_nested`: of what the family is part of), else the
    family's own mean. So nothing but what is shown in the result has a part in what is told of others.
    Variance: a share's θ(1−θ)/n_eff; of means the pooled variance of one unit Σn²se²/Σn over n: never a region's own,
    which would make 5 of 5 certain. Raises ValueError for a result without detail or with a region told twice.
    """
    _check(result)
    rows = _prepared(result)
    why_not = [str(reason) for reason in rows["why_not"]]
    found = []
    for family in _groups(rows, target, is_nested):
        reason = _refusal(family, rules)
        if reason:
            for place in family.place:
                why_not[place] = reason
        else:
            found.append(family)
    return Families(tuple(found), tuple(why_not))


def _check(result: pd.DataFrame) -> None:
    missing = [name for name in COLUMNS | DETAIL if name not in result.columns]
    if missing:
        raise ValueError(f"a comparison needs estimates with detail; missing: {', '.join(missing)}")
    twice = result[result.duplicated(["indicator", "region", "period"])]
    if not twice.empty:
        told = ", ".join(twice[["indicator", "region", "period"]].iloc[0].astype(str))
        raise ValueError(f"told twice: {told}; compare one frame at a time")


def _prepared(result: pd.DataFrame) -> pd.DataFrame:
    numbers = result[["n", "k", "estimate", "se", "n_eff"]].astype("Float64").astype("float64")
    texts = result[["indicator", "region", "period", "flag", "unit"]].astype("str").fillna("")
    rows = pd.concat([numbers, texts], axis=1).reset_index(drop=True)
    kind = [_kind(indicator, unit) or "" for indicator, unit in zip(rows["indicator"], rows["unit"], strict=True)]
    is_ratio = rows["n"].gt(0) & np.isclose(
        rows["k"] / rows["n"].where(rows["n"] > 0), rows["estimate"], rtol=0, atol=1e-9
    )
    rows = rows.assign(level=rows["region"].map(_levels()).fillna(""), kind=kind, is_ratio=is_ratio)
    is_whole = rows["n_eff"].isna() | (rows["n_eff"] == rows["n"])
    rows = rows.assign(size=_sizes(rows), is_count=is_ratio & is_whole & (rows["kind"] == "share"))
    return rows.assign(why_not=_why_not(rows))


@cache
def _kind(indicator: str, unit: str) -> Kind | None:
    kind = _KINDS.get(wording(read_indicator(indicator)).measure)
    return None if kind == "share" and unit != "share" else kind


def _sizes(rows: pd.DataFrame) -> pd.Series:
    p, squared = rows["estimate"], rows["se"] ** 2
    by_error = (p * (1 - p) / squared.where(squared > 0)).where(p.between(0, 1))
    shares = rows["n_eff"].fillna(rows["n"].where(rows["is_ratio"])).fillna(by_error)
    sizes = shares.where(rows["kind"] == "share", rows["n"].where(squared > 0))
    return sizes.where(sizes > 0)


def _why_not(rows: pd.DataFrame) -> npt.NDArray[np.str_]:
    reasons = {
        "overall": rows["level"] == "country",
        "not_shown": ~_is_shown(rows),
        "few_clusters": _has_flag(rows, _FEW_CLUSTERS),
        "descriptive": _has_flag(rows, _DESCRIPTIVE),
        "kind": rows["kind"] == "",
        "no_error": rows["size"].isna(),
    }
    return np.select([reason.to_numpy() for reason in reasons.values()], list(reasons), "")


def _is_shown(rows: pd.DataFrame) -> pd.Series:
    return pd.Series(np.isfinite(rows["estimate"]), index=rows.index) & ~_has_flag(rows, NOT_SHOWN)


def _has_flag(rows: pd.DataFrame, flags: Set[str]) -> pd.Series:
    return pd.Series([not flags.isdisjoint(one.split(";")) for one in rows["flag"]], index=rows.index, dtype=bool)


def _groups(rows: pd.DataFrame, target: float | None, is_nested: bool) -> Iterator[Family]:
    parents = _parents()
    whole = rows["region"].map(parents).fillna(COUNTRY) if is_nested else pd.Series(COUNTRY, index=rows.index)
    overall = rows[_is_shown(rows)].set_index(["indicator", "period", "region"])["estimate"]
    usable = rows.assign(whole=whole)[rows["why_not"] == ""]
    keys = ["indicator", "period", "level", "kind", "whole"]
    for key, group in usable.groupby(keys, sort=False, observed=False, dropna=False):
        indicator, period, _, kind, region = (str(part) for part in key)
        told = overall.get((indicator, period, region)) if target is None else target
        yield _family(group, "share" if kind == "share" else "mean", told)


def _family(group: pd.DataFrame, kind: Kind, told: float | None) -> Family:
    estimate, size, error = (group[name].to_numpy(dtype=float) for name in ("estimate", "size", "se"))
    target = float(np.sum(size * estimate) / size.sum()) if told is None else float(told)
    if kind == "share" and not 0 <= target <= 1:
        raise ValueError(f"the target of a share lies between 0 and 1, got {target}")
    of_one = target * (1 - target) if kind == "share" else float(np.sum(size**2 * error**2) / size.sum())
    place, is_count = group.index.to_numpy(dtype=np.intp), group["is_count"].to_numpy(dtype=bool)
    return Family(place, kind, estimate, size, is_count, error, target, of_one / size)


def _refusal(family: Family, rules: Rules) -> str:
    if len(family.place) < rules.regions_from:
        return "few_regions"
    return "" if (family.variance > 0).all() else "no_spread"


@cache
def _levels() -> Mapping[str, By]:
    return {region: by for by in get_args(By) for region in region_names(by, "then")}


@cache
def _parents() -> Mapping[str, str]:
    """Municipality, of today or of before October 2017 -> its county."""
    several = (members("county", "then"), members("county", "today"))
    return {code: county for counties in several for county, codes in counties.items() for code in codes}
