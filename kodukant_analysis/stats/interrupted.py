"""Interrupted series: did the level or the slope of one series change at a known date, beside its trend and season?"""

import math
from typing import Any, Literal, NamedTuple, get_args

import numpy as np
import numpy.typing as npt

from kodukant_analysis.stats.estimate import NAN, Estimate, student

Floats = npt.NDArray[np.float64]
Family = Literal["gaussian", "quasipoisson"]
LEVEL, SLOPE = "post", "since"


class Term(NamedTuple):
    """A coefficient with its standard error from the model, and that of Newey and West beside it."""

    name: str
    estimate: float
    se: float
    se_newey_west: float


class Interrupted(NamedTuple):
    """The change of the level at the start as an estimate, with all terms. Quasi-Poisson: logarithms of ratios."""

    estimate: float
    low: float
    high: float
    se: float
    df: float
    n_eff: float
    slope: Estimate
    terms: tuple[Term, ...]
    dispersion: float
    lag: int


def interrupted_time_series(  # noqa: PLR0913, PLR0917
    t: npt.ArrayLike,
    y: npt.ArrayLike,
    start: float,
    season: float | None = 12,
    family: Family = "gaussian",
    offset: npt.ArrayLike | None = None,
    lag: int | None = None,
    *,
    level: float = 0.95,
) -> Interrupted:
    """Segmented regression: y = b0 + b1·t + b2·post + b3·(t − start)·post + b4·sin(2πt/season) + b5·cos(2πt/season).

    t: time in equal steps, in any order; start: the first t after the change (post = t >= start); season: steps in a
    year, None for none. "gaussian": least squares, standard errors of Newey and West (Bartlett weights, `lag` steps, by
    default ⌊0.75·n^(1/3)⌋, no small-sample correction). "quasipoisson": counts, log link, standard errors scaled by
    Pearson's dispersion; `offset`: the logarithm of the population (or days) behind each count, in both families added
    with the coefficient 1. The result is b2 with its interval by t with n − terms df, and b3 as `slope`.
    Rows without y (or offset) are left out. NaN where a term cannot be told (nothing before or after the start, no
    more points than terms, counts of nothing but 0). **A change is no effect: without a series that discussions cannot
    have changed nothing is known of its cause.**
    Raises ValueError for an unknown family, counts below 0, a negative lag and columns of different lengths.
    Source: Wagner et al. 2002; R's lm, glm(family = quasipoisson) and sandwich::NeweyWest(prewhite = FALSE).

    >>> found = interrupted_time_series(range(1, 11), [5, 6, 5, 6, 5, 9, 8, 9, 8, 9], start=6, season=None)
    >>> round(found.estimate, 3), found.slope.df, found.lag
    (3.2, 6, 1)
    """
    time, outcome, added = _checked(t, y, offset, family)
    columns = _design(time, start, season)
    design = np.column_stack(list(columns.values()))
    steps = math.floor(0.75 * len(time) ** (1 / 3)) if lag is None else lag
    if steps < 0:
        raise ValueError(f"a lag is not negative, got {lag}")
    df = len(time) - design.shape[1]
    if df < 1 or np.linalg.matrix_rank(design) < design.shape[1] or (family == "quasipoisson" and not outcome.any()):
        return _nothing(len(time), steps)
    fitted, robust = _fitted(outcome, design, added, family, steps)
    terms = tuple(map(Term, columns, *(values.tolist() for values in (fitted.params, fitted.bse, robust.bse))))
    changed = {term.name: _estimate(term, family, df, level)._replace(n_eff=len(time)) for term in terms}
    return Interrupted(*changed[LEVEL], changed[SLOPE], terms, float(fitted.scale), steps)


def _checked(
    t: npt.ArrayLike, y: npt.ArrayLike, offset: npt.ArrayLike | None, family: Family
) -> tuple[Floats, Floats, Floats]:
    if family not in get_args(Family):
        raise ValueError(f"family is one of {get_args(Family)}, got {family!r}")
    time, outcome = np.asarray(t, dtype=float), np.asarray(y, dtype=float)
    added = np.zeros(len(time)) if offset is None else np.asarray(offset, dtype=float)
    if not time.shape == outcome.shape == added.shape or time.ndim != 1:
        raise ValueError(f"t, y and offset have one length, got {time.shape}, {outcome.shape}, {added.shape}")
    if family == "quasipoisson" and (outcome < 0).any():
        raise ValueError(f"a count is not negative, got {np.nanmin(outcome)}")
    order = np.argsort(time, kind="stable")
    told = order[(np.isfinite(time) & np.isfinite(outcome) & np.isfinite(added))[order]]
    return time[told], outcome[told], added[told]


def _design(time: Floats, start: float, season: float | None) -> dict[str, Floats]:
    post = (time >= start).astype(float)
    columns = {"constant": np.ones(len(time)), "t": time, LEVEL: post, SLOPE: (time - start) * post}
    if season:
        columns |= {"sin": np.sin(2 * np.pi * time / season), "cos": np.cos(2 * np.pi * time / season)}
    return columns


def _fitted(outcome: Floats, design: Floats, added: Floats, family: Family, lag: int) -> tuple[Any, Any]:
    """The fit with the model's own standard errors, and with those of Newey and West."""
    from statsmodels.genmod import families
    from statsmodels.genmod.generalized_linear_model import GLM
    from statsmodels.regression.linear_model import OLS

    newey_west = {"cov_type": "HAC", "cov_kwds": {"maxlags": lag, "use_correction": False}}
    if family == "gaussian":
        model = OLS(outcome - added, design)
        return model.fit(), model.fit(**newey_west)
    counts = GLM(outcome, design, family=families.Poisson(), offset=added)
    return counts.fit(scale="X2"), counts.fit(**newey_west)


def _estimate(term: Term, family: Family, df: int, level: float) -> Estimate:
    se = term.se_newey_west if family == "gaussian" else term.se
    return student(Estimate(term.estimate, se=se, df=df), level)


def _nothing(n: int, lag: int) -> Interrupted:
    return Interrupted(NAN, NAN, NAN, NAN, NAN, n, Estimate(NAN), (), NAN, lag)
