"""Feasibility: what speaks against saying anything about an effect of discussions (section 7, ten rules)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import isnan, nan
from typing import Literal, NamedTuple

import pandas as pd

from kodukant_analysis.indicators.design import EFFECT_RULES, REGISTERS, Design, EffectRules
from kodukant_analysis.indicators.panel import half_covered, is_contradictory, panel_frame
from kodukant_analysis.stats import Control

_MEASURED = ("instrument", "mode", "population", "recording", "boundary")
_NEEDED = ("n", "covered_share", "prefecture", "outcome", "chosen_for_peak", *_MEASURED)


class Reason(NamedTuple):
    """Why not: the number of the rule (0: the panel contradicts itself), a slug that has a text, and its values."""

    rule: int
    slug: str
    values: Mapping[str, object]


@dataclass(frozen=True)
class Feasibility:
    """Whether an effect may be spoken of. `cautions`: how then; `unchecked`: what the panel does not tell.

    treated, untreated: units that are compared; half_covered: units left out, as discussions came to less than half of
    their people; mde: the smallest effect that such data would find, in units of the outcome.
    """

    answer: Literal["ok", "refused"]
    reasons: tuple[Reason, ...]
    cautions: tuple[Reason, ...] = ()
    unchecked: tuple[str, ...] = ()
    treated: int = 0
    untreated: int = 0
    half_covered: int = 0
    mde: float = nan
    p_least: float = nan


def effect_feasibility(  # noqa: PLR0913
    panel: pd.DataFrame,
    *,
    largest_plausible: float | None = None,
    control: Control = "never",
    anticipation: int = 1,
    reps: int = 1999,
    seed: int = 0,
    rules: EffectRules = EFFECT_RULES,
) -> Feasibility:
    """Whether these data can tell an effect of discussions, and every reason why not.

    panel: see `panel.REQUIRED` and `OPTIONAL`. largest_plausible: the largest effect to reckon with, in units of the
    outcome; by default 5 points of a share or a score, a tenth of the level before for a register. control,
    anticipation, reps, seed: as for `att_gt` and `permutation_att`.
    The rules are those of section 7 of the method book, in its order; rule 10 does not refuse but says how to speak. A
    rule about something that the panel does not tell cannot be checked: the column is in `unchecked`.
    Data never raise: an empty panel and one that contradicts itself are refused. Raises ValueError for a panel without
    the columns it must have, and for a bad option.
    """
    design = Design(panel_frame(panel), control, anticipation, reps, seed, rules, largest_plausible)
    return feasibility_of(design)


def feasibility_of(design: Design) -> Feasibility:
    """What `effect_feasibility` says of a design."""
    reasons = tuple(_contradictions(design)) or tuple(reason for rule in _RULES for reason in rule(design))
    return Feasibility(
        "refused" if reasons else "ok",
        reasons,
        cautions=tuple(_permutation_only(design)),
        unchecked=_unchecked(design.panel),
        treated=len(design.treated),
        untreated=len(design.untreated),
        half_covered=design.whole.loc[half_covered(design.whole), "unit"].nunique(),
        mde=design.mde,
        p_least=design.test.p_least,
    )


def refusal_note(reasons: Iterable[Reason]) -> str:
    """Reasons as a note of estimates, which `text.refusals_in` reads again.

    >>> refusal_note([Reason(1, "few_treated", {"treated": 3, "needed": 5}), Reason(8, "recorded_crime", {})])
    'few_treated.treated=3; few_treated.needed=5; recorded_crime=yes'
    """
    return "; ".join(part for reason in reasons for part in _parts(reason))


def _parts(reason: Reason) -> Iterator[str]:
    if not reason.values:
        yield f"{reason.slug}=yes"
    for name, value in reason.values.items():
        yield f"{reason.slug}.{name}={value:.6g}" if isinstance(value, float) else f"{reason.slug}.{name}={value}"


def _contradictions(design: Design) -> Iterator[Reason]:
    rows = int(is_contradictory(design.whole).sum())
    if rows:
        yield Reason(0, "contradictory", {"rows": rows})


def _too_few_units(design: Design) -> Iterator[Reason]:
    treated, untreated, rules = len(design.treated), len(design.untreated), design.rules
    if treated < rules.treated_from:
        yield Reason(1, "few_treated", {"treated": treated, "needed": rules.treated_from})
    if untreated < rules.untreated_from:
        yield Reason(1, "few_untreated", {"untreated": untreated, "needed": rules.untreated_from})
    if treated and untreated and design.test.p_least > rules.p_attainable:
        yield Reason(1, "few_arrangements", {"p_least": design.test.p_least})


def _too_few_periods(design: Design) -> Iterator[Reason]:
    before = min(design.treated.values(), default=1) - 1
    is_register = design.outcome in REGISTERS
    needed = design.rules.before_register if is_register else design.rules.before_survey
    if design.treated and before < needed:
        yield Reason(2, "few_periods", {"before": before, "needed": needed})


def _measured_in_two_ways(design: Design) -> Iterator[Reason]:
    for column in _MEASURED:
        told = design.panel[design.panel[column].notna()]
        changed = told.groupby("unit", observed=False)[column].nunique() > 1
        by_time = told.groupby("time", observed=False)[column].nunique()
        # A change in all units at once strikes both sides alike.
        if changed.any() and not (changed.all() and (by_time == 1).all()):
            yield Reason(3, f"changed_{column}", {"units": int(changed.sum())})


def _too_small_to_see(design: Design) -> Iterator[Reason]:
    if not design.treated or not design.untreated:
        return
    # No spread at all is not an effect that nothing could hide.
    if not design.mde > 0 or isnan(design.largest_plausible):
        yield Reason(4, "not_estimable", {})
    elif design.mde > design.largest_plausible:
        yield Reason(4, "small_effects", _sizes(design, mde=design.mde, largest=design.largest_plausible))


def _moved_before(design: Design) -> Iterator[Reason]:
    if design.trend.p < design.rules.p_trend:
        yield Reason(5, "earlier_trend", {"p": design.trend.p})
    if abs(design.trend.largest) > abs(design.test.obs):
        yield Reason(5, "large_lead", _sizes(design, lead=design.trend.largest, effect=design.test.obs))


def _chosen_for_a_peak(design: Design) -> Iterator[Reason]:
    rows = design.panel[design.panel["unit"].isin(design.treated.keys())]
    chosen = rows.loc[rows["chosen_for_peak"].fillna(False).astype(bool), "unit"].nunique()
    if chosen:
        yield Reason(6, "chosen_for_peak", {"units": chosen})


def _in_one_prefecture(design: Design) -> Iterator[Reason]:
    prefecture = design.panel.groupby("unit", observed=False)["prefecture"].first()
    treated = set(prefecture.reindex(list(design.treated)).dropna())
    untreated = set(prefecture.reindex(list(design.untreated)).dropna())
    if len(treated) == 1 and untreated and not treated & untreated:
        yield Reason(7, "one_prefecture", {"prefecture": treated.pop()})


def _recorded_crime(design: Design) -> Iterator[Reason]:
    told = design.panel["reporting_is_target"].dropna()
    if design.outcome == "crime" and (told.empty or told.any()):
        yield Reason(8, "recorded_crime", {})


def _small_samples(design: Design) -> Iterator[Reason]:
    if design.outcome in REGISTERS or design.panel["n"].isna().all():
        return
    answers = design.panel.assign(n=design.panel["n"].fillna(0)).groupby("unit", observed=False)["n"].median()
    small, needed = int((answers < design.rules.n_from).sum()), design.rules.n_from
    if 2 * small > len(answers):
        yield Reason(9, "small_samples", {"units": small, "all": len(answers), "needed": int(needed)})


def _permutation_only(design: Design) -> Iterator[Reason]:
    if design.treated and not design.is_analytic:
        yield Reason(10, "permutation_only", {"treated": len(design.treated), "untreated": len(design.untreated)})


_RULES = (
    _too_few_units,
    _too_few_periods,
    _measured_in_two_ways,
    _too_small_to_see,
    _moved_before,
    _chosen_for_a_peak,
    _in_one_prefecture,
    _recorded_crime,
    _small_samples,
)


def _sizes(design: Design, **sizes: float) -> Mapping[str, object]:
    return {**sizes, "scale": design.scale}


def _unchecked(panel: pd.DataFrame) -> tuple[str, ...]:
    return tuple(column for column in _NEEDED if panel[column].isna().all())
