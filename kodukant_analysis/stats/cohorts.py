"""Cohorts: units by the period in which they were first treated, and each cohort's changes against its controls."""

from collections.abc import Iterator
from typing import Literal, NamedTuple, get_args

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Labels = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Control = Literal["never", "notyet"]
OUT = -1  # the label of a unit that an arrangement leaves out


class Window(NamedTuple):
    """One comparison: the change of a cohort from the period `base` to `period` (1 is the first)."""

    cohort: int
    period: int
    base: int


class Panel(NamedTuple):
    """Outcomes (units x periods, NaN where missing), the cohort of each unit (0: never) and how they are compared.

    `kept`: which of the units that were given these are.
    """

    outcomes: Floats
    cohorts: Labels
    kept: Bools
    control: Control
    anticipation: int

    @property
    def treated(self) -> list[int]:
        """Cohorts that there are, the earliest first."""
        return sorted(int(cohort) for cohort in np.unique(self.cohorts) if cohort > 0)


def cohort_panel(Y: npt.ArrayLike, G: npt.ArrayLike, control: Control = "never", anticipation: int = 0) -> Panel:  # noqa: N803
    """Outcomes and cohorts, checked. A unit first treated after the last period and its anticipation is never treated.

    A unit without a period before its treatment (and the anticipation of it) is left out. A missing or infinite cohort
    is never. Raises ValueError for shapes that do not fit, an unknown control and a negative anticipation.
    """
    outcomes, told = np.asarray(Y, dtype=float), np.nan_to_num(np.asarray(G, dtype=float), nan=0, posinf=0)
    if outcomes.ndim != 2 or told.shape != outcomes.shape[:1]:
        raise ValueError(f"Y is units x periods and G one cohort a unit, got {outcomes.shape} and {told.shape}")
    if control not in get_args(Control):
        raise ValueError(f"control is one of {get_args(Control)}, got {control!r}")
    if anticipation < 0 or (told < 0).any() or (told % 1 != 0).any():
        raise ValueError(f"cohorts and anticipation are whole and not negative, got {G!r} and {anticipation}")
    cohorts = np.where(told > outcomes.shape[1] + anticipation, 0, told).astype(np.int64)
    outcomes = np.where(np.isfinite(outcomes), outcomes, np.nan)
    kept = (cohorts == 0) | (cohorts > 1 + anticipation)
    return Panel(outcomes[kept], cohorts[kept], kept, control, anticipation)


def windows_after(panel: Panel) -> list[Window]:
    """Every period from the treatment on, against the last one before it and its anticipation."""
    last = panel.outcomes.shape[1]
    return [
        Window(cohort, period, cohort - 1 - panel.anticipation)
        for cohort in panel.treated
        for period in range(cohort, last + 1)
    ]


def windows_before(panel: Panel) -> list[Window]:
    """Every period before the treatment, against the one before it (a short difference, as R's did has it)."""
    last = panel.outcomes.shape[1]
    return [
        Window(cohort, period, period - 1) for cohort in panel.treated for period in range(2, min(cohort, last + 1))
    ]


def windows_of_fake_date(panel: Panel, shift: int) -> list[Window]:
    """Every period from `shift` before the treatment on that lies before it and its anticipation: nothing happened."""
    return [
        Window(cohort, period, cohort - shift - 1)
        for cohort in panel.treated
        for period in range(cohort - shift, min(cohort - panel.anticipation, panel.outcomes.shape[1] + 1))
        if cohort - shift > 1
    ]


def members_of(panel: Panel, labels: Labels, window: Window) -> tuple[Bools, Bools]:
    """Which units a window compares, the treated and the controls, under the labels (one row, or many)."""
    is_control = labels == 0
    if panel.control == "notyet":
        is_control |= (labels > window.period + panel.anticipation) & (labels != window.cohort)
    return labels == window.cohort, is_control


def change_in(panel: Panel, window: Window) -> Floats:
    """The change of each unit over a window, NaN where either end is missing."""
    change: Floats = panel.outcomes[:, window.period - 1] - panel.outcomes[:, window.base - 1]
    return change


def effects(panel: Panel, labels: Labels, windows: list[Window]) -> Floats:
    """ATT of each window (columns) under each arrangement of labels (rows); NaN where a side has nobody."""
    columns = list(_effects(panel, labels, windows))
    return np.stack(columns, axis=1) if columns else np.empty((len(labels), 0))


def weighted_effect(panel: Panel, labels: Labels, windows: list[Window]) -> Floats:
    """The mean of the windows' ATT, weighted by the size of their cohort, under each arrangement of labels."""
    found = effects(panel, labels, windows)
    sizes = [np.sum(labels == window.cohort, axis=1) for window in windows]
    weights = np.where(np.isfinite(found), np.stack(sizes, axis=1) if sizes else found, 0.0)
    total = weights.sum(axis=1)
    return np.where(total > 0, (weights * np.nan_to_num(found)).sum(axis=1) / np.maximum(total, 1), np.nan)


def _effects(panel: Panel, labels: Labels, windows: list[Window]) -> Iterator[Floats]:
    for window in windows:
        change = change_in(panel, window)
        treated, controls = members_of(panel, labels, window)
        yield _means(change, treated) - _means(change, controls)


def _means(change: Floats, members: Bools) -> Floats:
    told, member = np.isfinite(change), members.astype(float)
    counts = member @ told.astype(float)
    sums = member @ np.nan_to_num(change)
    return np.where(counts > 0, sums / np.maximum(counts, 1), np.nan)
