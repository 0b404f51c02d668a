"""Action cohorts: the agreed actions of one cell, followed to their end or to their last delivery."""

from datetime import date
from math import nan
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from kodukant_analysis.indicators.estimates import raised
from kodukant_analysis.indicators.rules import Rules
from kodukant_analysis.stats import (
    OPEN,
    Curve,
    Estimate,
    aalen_johansen,
    at_risk_at,
    incidence_at,
    jackknife_se,
    known_at,
)

COMPLETED, CANCELLED = 1, 2
_ENDS = (COMPLETED, CANCELLED)


class Cohort(NamedTuple):
    """Actions of one region and period that can be followed, and how many cannot."""

    n: int
    curve: Curve
    used: pd.DataFrame  # discussion_id, topic_id, days, status, actions, entry
    discussions: int
    rules: Rules
    note: str

    @property
    def is_clustered(self) -> bool:
        """Whether there are discussions enough for a standard error over them."""
        return self.discussions >= self.rules.clusters_for_jackknife

    @property
    def error(self) -> str:
        """What the standard error rests on, in words."""
        return "jackknife over discussions" if self.is_clustered else "independent actions"


def cohort_of(totals: pd.DataFrame, rules: Rules, entry: date | None = None) -> Cohort:
    """The cohort of some rows of `action_events`.

    entry: the day on which the register started, None: before every agreement. An action agreed before it is followed
    from that day on only (delayed entry); one that had ended by then, or was not seen after it, is left out.
    """
    used = totals[totals["use"] == "used"]
    late = pd.Series(0, index=used.index)
    if entry is not None:
        late = (pd.Timestamp(entry) - used["agreed_on"]).dt.days.clip(lower=0)
    is_there = (late == 0) | (late < used["days"])
    followed = used.assign(entry=late)[is_there]
    curve = aalen_johansen(followed["days"], followed["status"], followed["actions"], _ENDS, entry=followed["entry"])
    reasons = totals["use"].mask(totals["use"] == "used", "ended_before_entry").drop(followed.index)
    left_out = totals["actions"].groupby(reasons, observed=False).sum()
    discussions = followed["discussion_id"].nunique()
    return Cohort(int(followed["actions"].sum()), curve, followed, discussions, rules, _note(followed, left_out))


def jackknife_of(cohort: Cohort, at: npt.ArrayLike) -> npt.NDArray[np.float64] | None:
    """Standard errors over discussions, (open, completed, cancelled) x days; None where there are too few of them."""
    if not cohort.is_clustered:
        return None
    used = cohort.used
    return jackknife_se(
        used["days"],
        used["status"],
        used["discussion_id"],
        at,
        count=used["actions"],
        causes=_ENDS,
        entry=used["entry"],
    )


def incidence_of(cohort: Cohort, day: float, cause: int, error: float | None, level: float) -> Estimate:
    """The share ended by `cause` on the day with its Rothman-Wilson interval.

    error: the standard error over discussions (None: that of independent actions). Its degrees of freedom are
    discussions − 1, or known actions − 1.
    """
    df = cohort.discussions - 1 if error is not None else known_at(cohort.curve, day) - 1
    found = incidence_at(cohort.curve, day, cause, error, level, df=max(df, 1))
    return found if error is not None else found._replace(df=nan)


def known_to_be(curve: Curve, day: float, cause: int) -> int:
    """How many are known to have ended by `cause` (OPEN: to be open) on the day."""
    past = curve.time <= day
    if cause == OPEN:
        return int(known_at(curve, day) - curve.events[:, past].sum())
    return int(curve.events[curve.causes.index(cause), past].sum())


def is_thin(cohort: Cohort, day: float) -> bool:
    """Whether too few are known on the day, or too few still followed while some were lost from sight before it."""
    known = known_at(cohort.curve, day)
    is_left = known < cohort.n and at_risk_at(cohort.curve, day) < cohort.rules.at_risk_from
    return known < cohort.rules.known_from or is_left


def cohort_flags(cohort: Cohort, day: float) -> frozenset[str]:
    """What to say beside a number of a day, but for what the number itself says."""
    if cohort.n == 0:
        return frozenset({"no_data"})
    return raised(
        too_few=is_thin(cohort, day),
        one_cluster=cohort.discussions == 1,
        few_clusters=1 <= cohort.discussions - 1 < cohort.rules.few_df,
        immature=known_at(cohort.curve, day) < cohort.n,
    )


def cohort_note(cohort: Cohort, day: float, *facts: str) -> str:
    """How many are known on the day, further facts, and what was left out."""
    known = int(known_at(cohort.curve, day))
    followed = (f"known={known}", f"not_followed={cohort.n - known}", f"discussions={cohort.discussions}")
    return "; ".join(filter(None, (*followed, *facts, cohort.note)))


def needed_note(flags: frozenset[str], least: int) -> str:
    """How many known states it takes, for a row that is told to have too few; else nothing.

    >>> needed_note(frozenset({"too_few"}), 10), needed_note(frozenset(), 10)
    ('needed=10', '')
    """
    return f"needed={least}" if "too_few" in flags else ""


def _note(used: pd.DataFrame, left_out: pd.Series) -> str:
    kinds = {name: int(used[name].sum()) for name in ("partial", "rejected")}
    kinds["entered_late"] = int(used["actions"][used["entry"] > 0].sum())
    said = ",".join(f"{use}:{actions}" for use, actions in left_out.items())
    told = [f"{name}={count}" for name, count in kinds.items() if count]
    return "; ".join([*told, f"left_out={said}"] if said else told)
