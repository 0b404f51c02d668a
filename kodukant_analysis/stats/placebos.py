"""Placebos: what an effect must not show - before its time, at a date that nothing happened, through one unit alone."""

import math
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from kodukant_analysis.stats.cohorts import (
    OUT,
    Control,
    Floats,
    Panel,
    Window,
    cohort_panel,
    weighted_effect,
    windows_after,
    windows_before,
    windows_of_fake_date,
)
from kodukant_analysis.stats.estimate import NAN
from kodukant_analysis.stats.permutation import Strata, arrangements, p_value, spread


class PreTrend(NamedTuple):
    """Effects before there can be any, by periods since the treatment (negative), and one p-value for all of them."""

    leads: tuple[tuple[int, float], ...]
    p: float

    @property
    def largest(self) -> float:
        """The lead farthest from 0; NaN where there is none."""
        return max((lead for _, lead in self.leads), key=abs, default=NAN)


class FakeDate(NamedTuple):
    """The effect of a treatment so many periods before the real one, from the periods before that one alone."""

    shift: int
    att: float
    p: float


def pre_trend(  # noqa: PLR0913
    Y: npt.ArrayLike,  # noqa: N803
    G: npt.ArrayLike,  # noqa: N803
    reps: int = 1999,
    seed: int = 0,
    strata: Strata | None = None,
    *,
    control: Control = "never",
    anticipation: int = 0,
) -> PreTrend:
    """Leads of the event study, and whether they are all nothing but chance: Σ (lead / its spread)², by permutation.

    Y, G, ...: as for `permutation_att`. A lead is the ATT of the changes from a period to the next one, at so many
    periods before the treatment and its anticipation. p by the same permutations as the effect's, so that it holds
    with few treated units, where a Wald test from influence functions alarms too often. NaN without any lead.
    Source: Callaway and Sant'Anna 2021, section 4.4, with the inference of `permutation_att`.

    >>> pre_trend([[1, 2, 5], [2, 2, 6], [1, 1, 2], [3, 4, 4]], [3, 3, 0, 0]).leads
    ((-1, 0.0),)
    """
    panel = cohort_panel(Y, G, control, anticipation)
    windows = [one for one in windows_before(panel) if one.period < one.cohort - anticipation]
    sinces = sorted({one.period - one.cohort for one in windows})
    arranged = arrangements(panel, reps, seed, strata)
    leads, scores = [], np.zeros(1 + len(arranged.labels))
    for since in sinces:
        at = [one for one in windows if one.period - one.cohort == since]
        seen, drawn = _seen_and_drawn(panel, arranged.labels, at)
        leads.append((since, seen))
        sd = spread(drawn)
        scores += np.nan_to_num((np.append(seen, drawn) / sd) ** 2) if sd > 0 else 0
    told = tuple(lead for lead in leads if math.isfinite(lead[1]))
    return PreTrend(told, p_value(float(scores[0]), scores[1:], arranged) if told else NAN)


def fake_dates(  # noqa: PLR0913, PLR0917
    Y: npt.ArrayLike,  # noqa: N803
    G: npt.ArrayLike,  # noqa: N803
    shifts: Iterable[int] = (2, 3, 4),
    reps: int = 1999,
    seed: int = 0,
    strata: Strata | None = None,
    *,
    control: Control = "never",
    anticipation: int = 0,
) -> tuple[FakeDate, ...]:
    """The effect of treatments that never were: each cohort's date so many periods earlier, with earlier data only.

    ATT over the periods from g − shift to g − 1 − anticipation, against g − shift − 1; p by permutation. A cohort
    without that many periods before it is left out; a shift for which no cohort is left, or that lies within the
    anticipation, gives NaN. Raises ValueError as `permutation_att`.
    Source: section 7 of the method book; the in-time placebo of Abadie, Diamond and Hainmueller 2015.

    >>> fake_dates([[1, 1, 2, 5], [2, 2, 2, 6], [1, 1, 1, 2], [3, 3, 4, 4]], [4, 4, 0, 0], shifts=[2])[0].att
    0.0
    """
    panel = cohort_panel(Y, G, control, anticipation)
    arranged = arrangements(panel, reps, seed, strata)
    found = []
    for shift in shifts:
        seen, drawn = _seen_and_drawn(panel, arranged.labels, windows_of_fake_date(panel, shift))
        found.append(FakeDate(shift, seen, NAN if math.isnan(seen) else p_value(seen, drawn, arranged)))
    return tuple(found)


def leave_one_out(
    Y: npt.ArrayLike,  # noqa: N803
    G: npt.ArrayLike,  # noqa: N803
    *,
    control: Control = "never",
    anticipation: int = 0,
) -> Floats:
    """The overall ATT without each treated unit in turn, by its place in Y; NaN for a unit that is not treated.

    Unit: that of Y. Raises ValueError as `att_gt`. Source: `att_gt` on the others; the jackknife of Miller 1974.

    >>> leave_one_out([[1, 4], [1, 2], [1, 1], [1, 1]], [2, 2, 0, 0]).tolist()
    [1.0, 3.0, nan, nan]
    """
    panel = cohort_panel(Y, G, control, anticipation)
    treated = np.flatnonzero(panel.cohorts > 0)
    labels = np.tile(panel.cohorts, (len(treated), 1))
    labels[np.arange(len(treated)), treated] = OUT
    found = np.full(len(panel.kept), NAN)
    found[np.flatnonzero(panel.kept)[treated]] = weighted_effect(panel, labels, windows_after(panel))
    return found


def _seen_and_drawn(panel: Panel, labels: npt.NDArray[np.int64], windows: list[Window]) -> tuple[float, Floats]:
    found = weighted_effect(panel, np.vstack([panel.cohorts[None, :], labels]), windows)
    return float(found[0]), found[1:]
