"""Effect (mõju): did municipalities with discussions change otherwise than those without?"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from math import isnan, nan
from typing import NamedTuple

import numpy as np
import pandas as pd

from kodukant_analysis.indicators.design import EFFECT_RULES, REGISTERS, Design, EffectRules
from kodukant_analysis.indicators.estimates import Row, estimate_frame
from kodukant_analysis.indicators.feasibility import Feasibility, feasibility_of, refusal_note
from kodukant_analysis.indicators.panel import panel_frame
from kodukant_analysis.indicators.regions import COUNTRY, COUNTRY_NAME
from kodukant_analysis.stats import Control, Estimate
from kodukant_analysis.text import read_indicator

EFFECT_COLUMNS = ("p", "p_least", "mde", "trend_p", "without_one_low", "without_one_high")
_METHOD = "Callaway-Sant'Anna, permutation"
_FAKE_SHIFTS = (2, 3, 4)
_DESCRIPTIVE = frozenset({"descriptive"})


class Shown(NamedTuple):
    """A row with what stands in the columns beside it."""

    row: Row
    p: float = nan
    p_least: float = nan
    mde: float = nan
    trend_p: float = nan
    without_one_low: float = nan
    without_one_high: float = nan


def effect_did(  # noqa: PLR0913
    panel: pd.DataFrame,
    *,
    control: Control = "never",
    anticipation: int = 1,
    placebo: bool = True,
    seed: int = 0,
    reps: int = 1999,
    largest_plausible: float | None = None,
    level: float = 0.95,
    rules: EffectRules = EFFECT_RULES,
    detail: bool = False,
) -> pd.DataFrame:
    """The mean effect of discussions on municipalities that had them (ATT), where `effect_feasibility` is "ok".

    panel: see `panel.REQUIRED` and `OPTIONAL`; the other options as for `effect_feasibility`. One row
    `effect_did:<outcome>`, n: units compared, k: those with discussions. Refused: flag `refused`, no number, and every
    reason in the note ("few_treated.treated=3; few_treated.needed=5"). Else the overall ATT in units of the outcome;
    the interval from influence functions with 15 units or more on both sides, else by inversion of the permutation
    test. Beside the columns of estimates: p of the permutation test and the least it can be, mde, trend_p (all leads
    together), without_one_low/high (the effect without each unit in turn).
    placebo: rows `effect_did:<outcome>:fake_date_2` (... _3, _4 periods earlier, earlier data alone), `:fake_outcome`
    (column `placebo`) and `:without_neighbours` (column `borders_treated`), where the panel allows them; the note of
    the first row names those with p < .05. Assumptions: `text.assumption_texts`; the interval knows nothing of them.
    """
    design = Design(panel_frame(panel), control, anticipation, reps, seed, rules, largest_plausible, level)
    said = feasibility_of(design)
    if said.answer == "refused":
        return effect_frame([_refused(design, said)], detail)
    placebos = list(_placebos(design)) if placebo else []
    return effect_frame([_main(design, said, placebos), *placebos], detail)


def effect_item(outcome: str, is_share: bool) -> str:
    """The second part of an effect's name: what was measured, and whether on a score.

    >>> effect_item("trust", True), effect_item("trust", False), effect_item("", True)
    ('trust', 'trust_score', 'other')
    """
    return (outcome or "other") + ("" if is_share or outcome in REGISTERS else "_score")


def effect_frame(shown: Sequence[Shown], detail: bool, names: Mapping[str, str] | None = None) -> pd.DataFrame:
    """Rows as the frame of estimates, with the columns of effects behind; names: region code -> its name."""
    frame = estimate_frame([one.row for one in shown], names or {COUNTRY: COUNTRY_NAME}, detail=detail)
    return frame.assign(**{name: [float(getattr(one, name)) for one in shown] for name in EFFECT_COLUMNS})


def _refused(design: Design, said: Feasibility) -> Shown:
    row = _row(design, Estimate(nan), "", frozenset({"refused"}))._replace(note=refusal_note(said.reasons))
    return Shown(row, p_least=said.p_least, mde=said.mde)


def _main(design: Design, said: Feasibility, placebos: Sequence[Shown]) -> Shown:
    found = design.analytic if design.is_analytic else design.inverted
    row = _row(design, found, "", frozenset())._replace(note=_note(design, said, placebos))
    beside = (design.test.p, said.p_least, said.mde, design.trend.p)
    return Shown(row, *beside, float(np.nanmin(design.without_one)), float(np.nanmax(design.without_one)))


def _note(design: Design, said: Feasibility, placebos: Sequence[Shown]) -> str:
    # Where the effect is there without the neighbours too, that speaks for it.
    tests = {read_indicator(one.row.indicator).variant: one.p for one in placebos}
    alarms = [name for name, p in tests.items() if p < design.rules.p_trend and name.startswith("fake_")]
    unplaced = design.whole["unplaced"].max()
    told = {
        "inference": "analytic" if design.is_analytic else "permutation",
        "within": "prefectures" if design.strata is not None else "",
        "half_covered": said.half_covered or "",
        "unplaced": f"{unplaced:g}" if unplaced > 0 else "",
        "unchecked": ",".join(said.unchecked),
        "placebo_alarms": ",".join(alarms),
    }
    return "; ".join(f"{name}={value}" for name, value in told.items() if value)


def _placebos(design: Design) -> Iterator[Shown]:
    for fake in design.fakes(_FAKE_SHIFTS):
        yield Shown(_row(design, Estimate(fake.att), f"fake_date_{fake.shift}", _DESCRIPTIVE), fake.p)
    other = design.fake_outcome
    if not isnan(other.obs):
        yield Shown(_row(design, Estimate(other.obs), "fake_outcome", _DESCRIPTIVE), other.p)
    yield from _without_neighbours(design)


def _without_neighbours(design: Design) -> Iterator[Shown]:
    is_beside = design.panel["borders_treated"].fillna(False).astype(bool) & (design.panel["cohort"] == 0)
    if not is_beside.any():
        return
    far = replace(design, whole=design.panel[~is_beside])
    if far.untreated:
        found = far.analytic if far.is_analytic else far.inverted
        yield Shown(_row(far, found, "without_neighbours", frozenset()), far.test.p)


def _row(design: Design, found: Estimate, variant: str, flags: frozenset[str]) -> Row:
    item = effect_item(design.outcome, design.scale == "share")
    periods = design.arrays.periods
    treated = len(design.treated)
    return Row(
        ":".join(filter(None, ("effect_did", item, variant))),
        COUNTRY,
        f"{periods[0]}-{periods[-1]}" if periods else "",
        treated + len(design.untreated),
        _METHOD,
        found,
        treated,
        flags,
        unit=design.scale,
    )
