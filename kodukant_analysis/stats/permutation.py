"""Permutation: the effect against what it would be had chance dealt out the dates of treatment in another way."""

import itertools
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from kodukant_analysis.stats.cohorts import (
    Control,
    Floats,
    Labels,
    Panel,
    cohort_panel,
    weighted_effect,
    windows_after,
)
from kodukant_analysis.stats.estimate import NAN, Estimate, checked_level

Strata = Sequence[object] | npt.NDArray[Any]
_ROUNDING = 1e-9


class Permutation(NamedTuple):
    """A test by permutation: the effect seen, its p-value, its spread under chance, the least p there can be.

    `arrangements`: in how many ways the dates can be dealt out; `is_exact`: all of them were.
    """

    obs: float
    p: float
    sd: float
    p_least: float
    arrangements: int
    is_exact: bool


class Arrangements(NamedTuple):
    """Cohort labels, one row an arrangement; where exact, the one that happened is among them."""

    labels: Labels
    ways: int
    is_exact: bool


def permutation_att(  # noqa: PLR0913
    Y: npt.ArrayLike,  # noqa: N803
    G: npt.ArrayLike,  # noqa: N803
    reps: int = 1999,
    seed: int = 0,
    strata: Strata | None = None,
    *,
    control: Control = "never",
    anticipation: int = 0,
) -> Permutation:
    """Randomisation test of no effect on any unit: the overall ATT of `att_gt` with cohorts permuted across units.

    Y, G, control, anticipation: as for `att_gt`. Cohorts are permuted within `strata` (one a unit), everywhere without.
    p = (1 + #{|permuted| >= |seen|}) / (reps + 1), two-sided. Where there are no more than `reps` arrangements all of
    them are gone through, and p = #{...} / arrangements, the one that happened among them: never below 1/arrangements.
    An arrangement whose effect cannot be worked out counts as at least as large. The generator is numpy's, seeded.
    NaN where the effect cannot be worked out. Raises ValueError as `att_gt`, and for fewer than one repetition.
    Source: Fisher 1935; Young 2019, Quarterly Journal of Economics 134.

    >>> found = permutation_att([[0, 3], [0, 2], [0, 1], [0, 0], [0, 0]], [2, 0, 0, 0, 0])
    >>> found.obs, found.p, found.p_least, found.is_exact
    (2.25, 0.2, 0.2, True)
    """
    panel = cohort_panel(Y, G, control, anticipation)
    arranged = arrangements(panel, reps, seed, strata)
    windows = windows_after(panel)
    obs = float(weighted_effect(panel, panel.cohorts[None, :], windows)[0])
    drawn = weighted_effect(panel, arranged.labels, windows)
    least = max(1 / arranged.ways, 0 if arranged.is_exact else 1 / (reps + 1))
    if math.isnan(obs):
        return Permutation(NAN, NAN, NAN, least, arranged.ways, arranged.is_exact)
    return Permutation(obs, p_value(obs, drawn, arranged), spread(drawn), least, arranged.ways, arranged.is_exact)


def permutation_interval(  # noqa: PLR0913
    Y: npt.ArrayLike,  # noqa: N803
    G: npt.ArrayLike,  # noqa: N803
    reps: int = 1999,
    seed: int = 0,
    strata: Strata | None = None,
    *,
    control: Control = "never",
    anticipation: int = 0,
    level: float = 0.95,
) -> Estimate:
    """The overall ATT with the effects that the permutation test does not reject: for few treated units.

    A constant effect τ is taken away from what happened, and the rest is tested as by `permutation_att`. As the effect
    is linear in the outcomes, each arrangement bears τ out between two roots, and the limits are order statistics of
    these: exact, without a search. A limit is infinite where the arrangements are too few to exclude anything
    (below 1 / (1 − level)). se: the spread under chance once the effect seen is taken away; df NaN.
    Source: Rosenbaum 2002, Statistical Science 17.

    >>> outcomes = [[0, 3 + i % 3] for i in range(5)] + [[0, i % 4] for i in range(20)]
    >>> found = permutation_interval(outcomes, [2] * 5 + [0] * 20)
    >>> round(found.estimate, 2), found.low > 0, found.high > found.estimate
    (2.3, True, True)
    """
    panel = cohort_panel(Y, G, control, anticipation)
    arranged = arrangements(panel, reps, seed, strata)
    windows = windows_after(panel)
    obs = float(weighted_effect(panel, panel.cohorts[None, :], windows)[0])
    if math.isnan(obs):
        return Estimate(NAN)
    drawn = weighted_effect(panel, arranged.labels, windows)
    added = weighted_effect(_as_treated(panel), arranged.labels, windows)
    lows, highs = _roots(obs, drawn, added)
    place = _rejected(1 - checked_level(level), arranged)
    low = np.sort(lows)[place - 1] if place else -math.inf
    high = np.sort(highs)[-place] if place else math.inf
    return Estimate(obs, float(low), float(high), spread(drawn - obs * added), n_eff=len(panel.cohorts))


def arrangements(panel: Panel, reps: int, seed: int, strata: Strata | None) -> Arrangements:
    """All arrangements of the cohorts within strata where there are no more than `reps`, else as many drawn ones."""
    if reps < 1:
        raise ValueError(f"reps is at least 1, got {reps}")
    told = np.zeros(len(panel.kept)) if strata is None else np.asarray(strata)
    if told.shape != panel.kept.shape:
        raise ValueError(f"strata are one a unit: {len(panel.kept)} units, got {told.shape}")
    places = [np.flatnonzero(told[panel.kept] == stratum) for stratum in np.unique(told[panel.kept])]
    ways = math.prod(_ways(panel.cohorts[place]) for place in places)
    if ways > reps:
        return Arrangements(_drawn(panel.cohorts, places, reps, seed), ways, False)
    return Arrangements(_every(panel.cohorts, places), ways, True)


def p_value(obs: float, drawn: Floats, arranged: Arrangements) -> float:
    """The share of arrangements with a statistic at least as far from 0 as that seen."""
    # What cannot be worked out counts as large; what differs by rounding alone is the same.
    large = int(np.sum(~(np.abs(drawn) < abs(obs) * (1 - _ROUNDING))))
    return large / len(drawn) if arranged.is_exact else (1 + large) / (1 + len(drawn))


def spread(drawn: Floats) -> float:
    """The standard deviation of a statistic over the arrangements in which it can be worked out."""
    told = drawn[np.isfinite(drawn)]
    return float(np.std(told, ddof=1)) if len(told) > 1 else NAN


def _ways(cohorts: Labels) -> int:
    alike = Counter(cohorts.tolist()).values()
    return math.factorial(len(cohorts)) // math.prod(math.factorial(size) for size in alike)


def _drawn(cohorts: Labels, places: list[npt.NDArray[np.intp]], reps: int, seed: int) -> Labels:
    labels, generator = np.tile(cohorts, (reps, 1)), np.random.default_rng(seed)
    for place in places:
        labels[:, place] = generator.permuted(labels[:, place], axis=1)
    return labels


def _every(cohorts: Labels, places: list[npt.NDArray[np.intp]]) -> Labels:
    by_stratum = [list(_dealt(Counter(cohorts[place].tolist()))) for place in places]
    rows = [np.concatenate(row) for row in itertools.product(*by_stratum)] if places else [cohorts]
    labels = np.empty((len(rows), len(cohorts)), dtype=np.int64)
    if places:
        labels[:, np.concatenate(places)] = rows
    return labels


def _dealt(left: Counter[int]) -> Iterator[tuple[int, ...]]:
    """Every order of labels of which some are alike."""
    if not left.total():
        yield ()
    for label in sorted(label for label, count in left.items() if count):
        for rest in _dealt(left - Counter([label])):
            yield (label, *rest)


def _as_treated(panel: Panel) -> Panel:
    """The panel with 1 where a unit is treated and 0 where it is not: what an effect of 1 would add."""
    periods = np.arange(1, panel.outcomes.shape[1] + 1)
    is_treated = (panel.cohorts[:, None] > 0) & (periods >= panel.cohorts[:, None])
    return panel._replace(outcomes=np.where(np.isfinite(panel.outcomes), is_treated.astype(float), np.nan))


def _roots(obs: float, drawn: Floats, added: Floats) -> tuple[Floats, Floats]:
    """Between which effects τ an arrangement bears τ out: |drawn − τ·added| >= |obs − τ|, with |added| <= 1."""
    tiny = _ROUNDING * max(1.0, abs(obs))
    ends = []
    for sign in (-1, 1):
        rise, run = obs + sign * drawn, 1 + sign * added
        with np.errstate(divide="ignore", invalid="ignore"):
            ends.append(np.where(np.abs(rise) < tiny, 0, rise) / np.where(run < _ROUNDING, 0.0, run))
    lows, highs = np.minimum(*ends), np.maximum(*ends)
    return np.where(np.isnan(lows), -np.inf, lows), np.where(np.isnan(highs), np.inf, highs)


def _rejected(alpha: float, arranged: Arrangements) -> int:
    """How many arrangements must bear an effect out for a p-value above alpha: (1 + m) / (reps + 1) > alpha."""
    reps = len(arranged.labels)
    whole = math.floor(round(alpha * (reps if arranged.is_exact else reps + 1), 9))
    return whole + 1 if arranged.is_exact else whole
