"""Design: a panel with the choices made about it (controls, anticipation, permutations) and what follows from both."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import isnan
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from kodukant_analysis.indicators.panel import Arrays, half_covered, is_contradictory, panel_arrays
from kodukant_analysis.stats import (
    Control,
    Estimate,
    FakeDate,
    Permutation,
    PreTrend,
    Strata,
    att_gt,
    fake_dates,
    leave_one_out,
    minimum_detectable_effect,
    permutation_att,
    permutation_interval,
    pre_trend,
)

REGISTERS = frozenset({"crime", "calls"})  # outcomes that are counted, not asked
Scale = Literal["share", "number"]
Outcomes = npt.NDArray[np.float64]
Cohorts = npt.NDArray[np.int64]


@dataclass(frozen=True)
class EffectRules:
    """Thresholds of section 7 of the method book; change one with `dataclasses.replace(EFFECT_RULES, ...)`."""

    treated_from: int = 5
    untreated_from: int = 5
    p_attainable: float = 0.05
    analytic_from: int = 15  # treated and untreated units: below, permutation only
    before_survey: int = 3  # waves
    before_register: int = 4  # half-years
    before_months: int = 12  # of an interrupted series, and as many after
    points_from: int = 24  # of an interrupted series
    largest_share: float = 0.05  # plausible effect on a share; on a score of 100 it is 5
    largest_rate: float = 0.10  # of the level before, for registers
    p_trend: float = 0.05
    n_from: float = 30  # answers a unit and period


EFFECT_RULES = EffectRules()


@dataclass(frozen=True)
class Design:
    """A panel (`panel_frame`) and how it is asked; everything else is worked out when it is first wanted."""

    whole: pd.DataFrame
    control: Control
    anticipation: int
    reps: int
    seed: int
    rules: EffectRules
    largest: float | None = None
    level: float = 0.95

    @cached_property
    def panel(self) -> pd.DataFrame:
        """Rows that can be compared: without those that contradict others and units that are half treated."""
        return self.whole[~half_covered(self.whole) & ~is_contradictory(self.whole)]

    @cached_property
    def arrays(self) -> Arrays:
        """The panel as arrays."""
        return panel_arrays(self.panel)

    @property
    def treated(self) -> Mapping[str, int]:
        """Units with a first treatment that can be compared -> its period: not the earliest, not after the last."""
        first, last = 1 + self.anticipation, len(self.arrays.periods)
        dated = zip(self.arrays.units, self.arrays.cohorts.tolist(), strict=True)
        return {unit: cohort for unit, cohort in dated if first < cohort <= last}

    @property
    def untreated(self) -> tuple[str, ...]:
        """Units never treated within the panel and its anticipation."""
        after = len(self.arrays.periods) + self.anticipation
        dated = zip(self.arrays.units, self.arrays.cohorts.tolist(), strict=True)
        return tuple(unit for unit, cohort in dated if cohort == 0 or cohort > after)

    @property
    def is_analytic(self) -> bool:
        """Whether there are units enough for standard errors from influence functions."""
        return min(len(self.treated), len(self.untreated)) >= self.rules.analytic_from

    @property
    def outcome(self) -> str:
        """What is measured; "" where the panel does not tell."""
        told = self.panel["outcome"].dropna()
        return "" if told.empty else str(told.iloc[0])

    @property
    def scale(self) -> Scale:
        """Whether outcomes are shares: all between 0 and 1, and of no register."""
        is_share = self.panel["y"].dropna().between(0, 1).all()
        return "share" if self.outcome not in REGISTERS and is_share else "number"

    @property
    def largest_plausible(self) -> float:
        """The largest effect to reckon with, as given; else 5 points, or for a register a tenth of the level before."""
        if self.largest is not None:
            return self.largest
        if self.outcome in REGISTERS:
            return self.rules.largest_rate * self._level_before
        return self.rules.largest_share * (1 if self.scale == "share" else 100)

    @cached_property
    def strata(self) -> Strata | None:
        """Within what cohorts are permuted: prefectures where that leaves ways enough, else nothing."""
        prefectures = self.arrays.prefectures
        if prefectures is None or self.permuted(prefectures).p_least > self.rules.p_attainable:
            return None
        return prefectures

    def permuted(self, strata: Strata | None) -> Permutation:
        """The permutation test within strata."""
        return permutation_att(*self._asked, strata, control=self.control, anticipation=self.anticipation)

    @cached_property
    def test(self) -> Permutation:
        """The permutation test of this design."""
        return self.permuted(self.strata)

    @cached_property
    def inverted(self) -> Estimate:
        """The effect with its interval by inversion of the permutation test."""
        return permutation_interval(
            *self._asked, self.strata, control=self.control, anticipation=self.anticipation, level=self.level
        )

    @cached_property
    def trend(self) -> PreTrend:
        """The leads."""
        return pre_trend(*self._asked, self.strata, control=self.control, anticipation=self.anticipation)

    @cached_property
    def analytic(self) -> Estimate:
        """The effect with its interval from influence functions."""
        panel = self.arrays.outcomes, self.arrays.cohorts
        return Estimate(*att_gt(*panel, self.control, self.anticipation, level=self.level)[:6])

    @cached_property
    def without_one(self) -> Outcomes:
        """The effect without each unit in turn."""
        panel = self.arrays.outcomes, self.arrays.cohorts
        return leave_one_out(*panel, control=self.control, anticipation=self.anticipation)

    def fakes(self, shifts: Sequence[int]) -> tuple[FakeDate, ...]:
        """The effect of treatments so many periods too early, where the panel reaches back that far."""
        outcomes, cohorts, reps, seed = self._asked
        asked = (outcomes, cohorts, shifts, reps, seed, self.strata)
        found = fake_dates(*asked, control=self.control, anticipation=self.anticipation)
        return tuple(fake for fake in found if not isnan(fake.att))

    @property
    def fake_outcome(self) -> Permutation:
        """The effect on what discussions cannot move; NaN where the panel has no such outcome."""
        asked = (self.arrays.placebos, *self._asked[1:], self.strata)
        return permutation_att(*asked, control=self.control, anticipation=self.anticipation)

    @property
    def mde(self) -> float:
        """The smallest effect that this design finds four times of five."""
        return minimum_detectable_effect((self.analytic if self.is_analytic else self.inverted).se)

    @property
    def _asked(self) -> tuple[Outcomes, Cohorts, int, int]:
        return self.arrays.outcomes, self.arrays.cohorts, self.reps, self.seed

    @property
    def _level_before(self) -> float:
        is_before = (self.panel["cohort"] > 0) & (self.panel["time"] < self.panel["cohort"])
        return float(self.panel.loc[is_before, "y"].mean())
