"""Benchmark: how often the intervals hold the truth, and how often comparisons raise a false alarm.

    python benchmarks/interval_coverage.py [--reps 4000] [--out docs/coverage-simulation.md]

Each line draws a world whose truth is known many times over, asks the same functions and rules as the indicators, and
counts. Coverage is told of all intervals and of those that the rules show: the others reach nobody. Seeded: the same
number of repetitions gives the same table. The text above each table is the docstring of its function.
"""

import argparse
import inspect
import itertools
from collections.abc import Callable, Sequence
from pathlib import Path
from time import perf_counter
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from kodukant_analysis.indicators.rules import RULES, is_precise
from kodukant_analysis.stats import (
    Curve,
    Estimate,
    aalen_johansen,
    at_risk_at,
    att_gt,
    beta_binomial,
    beta_binomial_limits,
    bh,
    binomial_p,
    cluster_mean,
    cluster_share,
    compound_rate,
    funnel_limits,
    incidence_at,
    kaplan_meier,
    kish,
    known_at,
    korn_graubard,
    normal_shrink,
    normal_shrink_limits,
    overdispersion,
    permutation_att,
    published_share,
    random_slope,
    ratio_taylor,
    rmst,
    student,
    wilson,
    wls_slope,
)

SEED = 20261122
ASKED = (93, 99)  # percent
OUT = Path(__file__).parents[1] / "docs" / "coverage-simulation.md"
MEASURES = ("coverage of all", "width", "shown", "**coverage of shown**")
FUNNEL_SIZES = np.array((160, 9, 88, 24, 27, 13, 44, 20, 82, 30, 28, 101, 21, 38, 23))
FUNNEL_RULES = (
    "no spread: 99.8 % limits",
    "no spread: adjusted p",
    "additive: 99.8 % limits",
    "additive: adjusted p",
    "**additive, either (as used)**",
    "true τ²: 99.8 % limits",
)
SIZES = {"even": 0.25, "uneven": 0.8, "rare": 0.0}
Z, Z_OUTER = 1.959964, 3.090232  # 95 % and 99.8 %
INTRODUCTION = """# How often the intervals hold the truth

Written by `python benchmarks/interval_coverage.py`: {reps} repetitions a line or more, of shrunken shares a tenth (of
15 regions each), of effects a quarter; seeded. With 4000 a coverage near 95 % is known to about 0.7 points. Nominal
level: 95 %; what is asked for: between 93 % and 99 %. "Shown": the part of the samples that the rules of display let
through; where less than a twentieth is shown no coverage of those is told ("–").

Judged are the lines of which at least half of the samples are shown. Of them {of_all} of all intervals hold the
truth, and {of_shown} of those that are shown. Outside what is asked for:

{judged}

Those above 99 % are wider than they must be, for the reasons told above their tables: they claim too little, never too
much.

The other lines are marked with \\*. A rule that looks at the number it judges picks, where it shows only a part, the
samples that came out large or precise by chance: the coverage of what is shown is there that of the luck, and the
coverage of all is that of the interval. Outside what is asked for:

{unjudged}

Shrunken shares, alarms and slopes have no rule of display; see their tables.

"""

Chance = np.random.Generator
Floats = npt.NDArray[np.float64]
Rows = Sequence[tuple[str, ...]]


class Seen(NamedTuple):
    """One estimate of a known truth, and whether the rules show it."""

    truth: float
    found: Estimate
    is_shown: bool = True


class Section(NamedTuple):
    """A table of the document."""

    title: str
    columns: tuple[str, ...]
    rows: Rows


class Line(NamedTuple):
    """A line of which enough samples are shown to tell its coverages (percent), and whether at least half are."""

    name: str
    of_all: float
    of_shown: float
    is_judged: bool


class Sample(NamedTuple):
    """A survey: of each respondent the weight, the answer (0 or 1) and the sampling point."""

    weight: Floats
    answer: Floats
    point: npt.NDArray[np.intp]


def main() -> None:
    """Run every section, print its table and write all of them to the document."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--reps", type=int, default=4000, help="repetitions a line (see the document)")
    parser.add_argument("--out", type=Path, default=OUT, help="the document that is written")
    asked = parser.parse_args()
    texts: list[str] = []
    lines: list[Line] = []
    for place, ask in enumerate(SECTIONS):
        start = perf_counter()
        section = ask(asked.reps, np.random.default_rng([SEED, place]))
        texts.append(as_markdown(section, inspect.getdoc(ask) or ""))
        lines.extend(told_lines(section))
        print(f"{texts[-1]}\n({perf_counter() - start:.0f} s)\n")
    asked.out.write_text(introduction(asked.reps, lines) + "\n".join(texts), encoding="utf-8")


def as_markdown(section: Section, text: str) -> str:
    """A section as Markdown, with the text above it."""
    header, *rows = (f"| {' | '.join(cells)} |" for cells in (section.columns, *section.rows))
    return "\n".join([f"## {section.title}", "", text, "", header, "|---" * len(section.columns) + "|", *rows, ""])


def told_lines(section: Section) -> list[Line]:
    """The lines of a table of coverages of which any is told of what is shown."""
    if MEASURES[-1] not in section.columns:
        return []
    first, last = (section.columns.index(MEASURES[place]) for place in (0, -1))
    return [
        Line(
            f"{section.title}: {' / '.join(row[:first])}",
            _percent(row[first]),
            _percent(row[last]),
            row[last].endswith("%"),
        )
        for row in section.rows
        if row[last] != "–"
    ]


def introduction(reps: int, lines: list[Line]) -> str:
    """The text above all tables, with the range of both coverages and the lines outside what is asked for."""
    judged = [line for line in lines if line.is_judged]
    return INTRODUCTION.format(
        reps=reps,
        of_all=_range([line.of_all for line in judged]),
        of_shown=_range([line.of_shown for line in judged]),
        judged=_outside(judged),
        unjudged=_outside([line for line in lines if not line.is_judged]),
    )


def survey(reps: int, chance: Chance) -> Section:
    """Sampling points of about 8 respondents, intra-class correlation .05, weights uneven (lognormal, σ .4). Beside
    Korn-Graubard, which is what is used: Student's t on the Taylor error, and Wilson as if nobody were clustered or
    weighted. Fewer than 9 points bear the flag few_clusters, and an error that is smaller than that of as many
    independent answers is judged as luck: what would be shown for such a spread alone is not. Korn-Graubard rests on
    exact binomial limits, which hold more than they must where few answer otherwise (.95 of 64)."""
    rows = []
    for p, points in itertools.product((0.5, 0.85, 0.95), (4, 8, 12, 20)):
        samples = [_sample(chance, p, points) for _ in range(reps)]
        used = [_survey_share(p, sample) for sample in samples]
        rivals = (hits([Seen(p, rival(sample)) for sample in samples]) for rival in (_by_t, _by_wilson))
        rows.append((f"{p:.2f}", str(points), *covered(used), *rivals))
    return Section("Survey share", ("true share", "points", *MEASURES, "t, all", "Wilson, all"), rows)


def incidence(reps: int, chance: Chance) -> Section:
    """Share F completed by day 90 while others are cancelled (up to 13 % in the end) and a fifth or so is lost from
    sight before day 90. Aalen-Johansen, Rothman-Wilson with Student's t on the known less one. Shown from 10 known
    states on and, if anybody was lost from sight, while 5 are still followed: where most are done few are, so that
    the last rule picks samples in which fewer were done than usual. Of 10 actions only those samples are shown in
    which nobody was lost, and few numbers of 10 are possible: the limits hold more, or less, than 95 % in steps."""
    rows = table(reps, ((0.1, 0.55, 0.9), (5, 10, 20, 40)), lambda f, n: _incidence(chance, n, f, 0.13))
    return Section("Cumulative incidence (actions)", ("true F", "n", *MEASURES), rows)


def waiting(reps: int, chance: Chance) -> Section:
    """Share F of summaries sent by a day, censored when the register was closed. Kaplan-Meier, Rothman-Wilson, the
    same rules."""
    rows = table(reps, ((0.1, 0.5, 0.85), (5, 8, 15, 30)), lambda f, n: _incidence(chance, n, f, 0.0))
    return Section("Kaplan-Meier (summaries)", ("true F", "n", *MEASURES), rows)


def days_open(reps: int, chance: Chance) -> Section:
    """Mean days open during the first 30 or 90, of independent actions of which 30, 70 or 95 % are ever completed (most
    within 90 days) and some are lost from sight. Rothman-Wilson of the mean as a share of the days, on the known less
    one, the error made larger by c / (c − 1) of the c that were closed; none where one was. The last column tells of
    R's mean ∓ 1.96 · se. The same rules as for the cumulative incidence."""
    rows = []
    for done, tau, n in itertools.product((0.3, 0.7, 0.95), (30, 90), (10, 15, 20, 40)):
        truth = float(np.minimum(_days(np.random.default_rng(SEED), 1_000_000, done), tau).mean())
        curves = [_followed(chance, n, done) for _ in range(reps)]
        used = [Seen(truth, rmst(one, tau, ci="rothman-wilson"), _is_known(one, tau, n)) for one in curves]
        plain = [Seen(truth, rmst(one, tau)) for one in curves]
        rows.append((f"{done:.2f}", str(tau), str(n), *covered(used), hits(plain)))
    return Section("Days open", ("ever completed", "days", "n", *MEASURES, "plain, all"), rows)


def few_clusters(reps: int, chance: Chance) -> Section:
    """Topics (about 6 a discussion, intra-class correlation .1) of which a share leads to an action. Taylor over
    discussions, Korn-Graubard."""

    def one(p: float, m: int) -> Seen:
        n = 1 + chance.poisson(5, m)
        k = chance.binomial(n, chance.beta(p * 9, (1 - p) * 9, m))
        return Seen(p, cluster_share(k, n), m >= RULES.discussions_from and n.sum() >= RULES.percent_from)

    rows = table(reps, ((0.3, 0.6, 0.9), (5, 8, 15)), one)
    return Section("Share over few discussions", ("true share", "discussions", *MEASURES), rows)


def means(reps: int, chance: Chance) -> Section:
    """Mean number of topics (negative binomial, mean 5, variance 10), those who came for each one registered
    (uneven sizes, ratios spread by a quarter), preparation index of three parts. Student's t over discussions:
    skewed numbers of few discussions cover a little less."""

    def one(what: str, m: int) -> Seen:
        if what == "topics":
            return Seen(5, cluster_mean(chance.negative_binomial(5, 0.5, m)), m >= RULES.discussions_from)
        if what == "index":
            parts = chance.binomial(1, [[0.75], [0.9], [0.45]], (3, m)).sum(axis=0)
            return Seen(2.1, cluster_mean(parts), m >= RULES.discussions_from)
        registered = 5 + chance.negative_binomial(4, 0.25, m)
        came = 1.1 * registered * chance.gamma(16, 1 / 16, m)
        return Seen(1.1, cluster_mean(came, registered), m >= RULES.discussions_from)

    rows = table(4 * reps, (("topics", "turn-up", "index"), (5, 8, 15)), one)
    return Section("Means and ratios over few discussions", ("what", "discussions", *MEASURES), rows)


def meetings(reps: int, chance: Chance) -> Section:
    """A Poisson number of meetings in a place of 12 000 residents, of even (lognormal, σ .25) or very uneven size
    (σ .8), or of 15 but for one in ten of 200 (rare): of those that did not occur no formula knows, so that such rates
    hold from 50 meetings on only, and the rule shows the ones that saw none. Shown from 10 meetings of equal size worth
    as much on (n_eff) and while the interval is no wider than 160 % of the rate. Limits of Fay and Feuer; the last
    column tells of those on the scale of the logarithm, rate times or by exp(1.96 · se / rate)."""
    mean = {kind: float(_sizes(np.random.default_rng(SEED), kind, 2_000_000).mean()) for kind in SIZES}
    rows = []
    for kind, expected in itertools.product(mean, (5, 8, 12, 15, 30, 60)):
        truth = mean[kind] * expected / 12
        found = [compound_rate(_sizes(chance, kind, chance.poisson(expected)), 12_000) for _ in range(4 * reps)]
        seen = [Seen(truth, one, _is_told(one)) for one in found]
        rows.append((kind, str(expected), *covered(seen), hits([_logarithmic(one) for one in seen])))
    return Section("Attendance rate", ("sizes", "expected meetings", *MEASURES, "logarithm, all"), rows)


def published(reps: int, chance: Chance) -> Section:
    """A table that tells a share in whole percent and n; the true design effect is 1.5, as assumed. The interval
    holds whatever the figure may have been before it was rounded, so that it holds more than it must where a
    percent is much of its width (.95 of 1000)."""

    def one(p: float, n: int) -> Seen:
        alike = (n - 1) / 0.5 - 1  # a + b of the beta distribution with which k of n has a design effect of 1.5
        found = published_share(round(chance.binomial(n, chance.beta(p * alike, (1 - p) * alike)) / n, 2), n)
        return Seen(p, found, is_precise(found))

    rows = table(4 * reps, ((0.5, 0.85, 0.95), (65, 250, 1000)), one)
    return Section("Published share", ("true share", "n", *MEASURES), rows)


def funnel(reps: int, chance: Chance) -> Section:
    """15 regions of 9 to 160 actions, around .68. Alarms a region, and the part of the maps with any alarm at all.
    τ: spread of the true shares between regions; with τ > 0 regions do differ, as regions do, and nobody stands
    out. Additive is what is used (exact binomial limits and p where no spread is found); a region is named if it
    lies beyond the 99.8 % limits or its adjusted p is below 5 %. τ² is reckoned from winsorised z, which makes it
    about half of what it is where all regions differ alike: hence more names than nominal. The last line of each τ
    has the true τ² in its place: its alarms are those of chance."""
    rows = []
    for tau in (0.0, 0.06, 0.12):
        alarms = np.array([_alarms(chance, FUNNEL_SIZES, tau) for _ in range(reps)]).swapaxes(0, 1)
        for name, one in zip(FUNNEL_RULES, alarms, strict=True):
            rows.append((f"{tau:.2f}", name, f"{one.mean():.2%}", f"{one.any(axis=1).mean():.1%}"))
    return Section("Funnel under no difference", ("τ", "rule", "alarms a region", "maps with any"), rows)


def shrinkage(reps: int, chance: Chance) -> Section:
    """15 regions of 9 to 160 actions whose true shares come from a beta distribution (counts), or whose estimates have
    known variances around normal values (values; of the same sizes), with a spread τ. Coverage over all regions, and
    of the region that is covered least; beside it that of the limits that take the estimated spread for the true one
    and so are certain where no spread is found."""
    rows = []
    for kind, (share, tau) in itertools.product(
        ("counts", "values"), ((0.68, 0.02), (0.68, 0.06), (0.68, 0.12), (0.9, 0.06))
    ):
        held = np.array([_shrunken(chance, kind, share, tau) for _ in range(max(reps // 10, 1))])
        used, plain, width = held.swapaxes(0, 1)
        parts = (used.mean(), used.mean(axis=0).min(), plain.mean())
        rows.append((kind, f"{share:.2f}", f"{tau:.2f}", *(f"{part:.1%}" for part in parts), f"{width.mean():.3g}"))
    columns = ("what", "mean", "τ", "**limits used**", "least covered region", "spread taken for true", "width")
    return Section("Shrunken shares", columns, rows)


def slope(reps: int, chance: Chance) -> Section:
    """Waves of unlike errors around .015 without any trend; τ: how much the true shares scatter from wave to wave
    beside that. Slopes that are told apart from 0: with random waves (as in the conclusions of a report), and with
    known errors, made larger where the lack of fit is seen (the default of `trend_slope`)."""
    rows = []
    for waves, tau in itertools.product((4, 5, 6, 8, 12), (0.0, 0.0075, 0.015, 0.03)):
        false = np.mean([_false_slopes(chance, waves, tau) for _ in range(reps)], axis=0)
        rows.append((str(waves), f"{tau:.4f}", *(f"{part:.1%}" for part in false)))
    return Section("Slope under no trend", ("waves", "τ", "**random waves**", "known errors"), rows)


def effect(reps: int, chance: Chance) -> Section:
    """79 municipalities, 8 periods, noise that lasts (AR .5) and depends on how many were asked (8 to 200), no
    effect at all. Effects declared at 5 % by the permutation test with 399 arrangements, and by the analytic
    standard error, which is shown from 15 treated on only."""
    rows = []
    for treated in (3, 5, 8, 15, 30):
        false = [_false_effects(chance, treated, place) for place in range(max(reps // 4, 1))]
        rows.append((str(treated), *(f"{part:.1%}" for part in np.mean(false, axis=0))))
    return Section("Effect under no effect", ("treated of 79", "permutation", "analytic error"), rows)


SECTIONS = (
    survey,
    incidence,
    waiting,
    days_open,
    few_clusters,
    means,
    meetings,
    published,
    funnel,
    shrinkage,
    slope,
    effect,
)


def table(reps: int, grid: tuple[Sequence[Any], Sequence[Any]], draw: Callable[[Any, Any], Seen]) -> Rows:
    """A line for every pair of the grid, each drawn many times over."""
    pairs = itertools.product(*grid)
    return [(f"{a}", f"{b}", *covered([draw(a, b) for _ in range(reps)])) for a, b in pairs]


def covered(seen: list[Seen]) -> tuple[str, ...]:
    """Coverage of all with an interval, mean width, part shown, coverage of what is shown."""
    told = [one for one in seen if np.isfinite(one.found.low) and np.isfinite(one.found.high)]
    shown = [one for one in told if one.is_shown]
    part = len(shown) / len(seen)
    of_shown = hits(shown) + r"\*" * (part < 0.5) if part >= 0.05 else "–"
    return hits(told), f"{np.mean([one.found.high - one.found.low for one in told]):.3g}", f"{part:.0%}", of_shown


def hits(seen: list[Seen]) -> str:
    """How often the interval holds the truth, of those that have one."""
    told = [one for one in seen if np.isfinite(one.found.low)]
    return f"{np.mean([one.found.low <= one.truth <= one.found.high for one in told]):.1%}"


def _percent(cell: str) -> float:
    return float(cell.rstrip("%*\\"))


def _outside(lines: list[Line]) -> str:
    least, most = ASKED
    told = [
        f"* {line.name}: {line.of_all:.1f} % of all, {line.of_shown:.1f} % of those shown"
        for line in lines
        if min(line.of_all, line.of_shown) < least or max(line.of_all, line.of_shown) > most
    ]
    return "\n".join(told) or "* none"


def _range(coverages: list[float]) -> str:
    return f"{min(coverages):.1f}–{max(coverages):.1f} %"


def _sample(chance: Chance, p: float, points: int) -> Sample:
    of_point = chance.beta(p * 19, (1 - p) * 19, points)  # intra-class correlation 1 / 20
    point = np.repeat(np.arange(points), np.maximum(chance.poisson(8, points), 1))
    answer = (chance.random(len(point)) < of_point[point]).astype(float)
    return Sample(chance.lognormal(0, 0.4, len(point)), answer, point)


def _taylor(sample: Sample) -> Estimate:
    weight, answer, point = sample
    return ratio_taylor({"swy": np.bincount(point, weight * answer), "sw": np.bincount(point, weight)})


def _survey_share(p: float, sample: Sample) -> Seen:
    found = _taylor(sample)
    effective = kish(float(sample.weight.sum()), float(np.sum(sample.weight**2)))
    used = korn_graubard(found.estimate, found.se, len(sample.weight), found.df, effective)
    return Seen(p, used, is_precise(used, kish=effective))


def _by_t(sample: Sample) -> Estimate:
    found = _taylor(sample)
    return student(found) if found.se > 0 else found._replace(low=found.estimate, high=found.estimate)


def _by_wilson(sample: Sample) -> Estimate:
    n = len(sample.answer)
    return wilson(min(_taylor(sample).estimate, 1.0) * n, n)


def _incidence(chance: Chance, n: int, truth: float, other: float) -> Seen:
    day, done = 90.0, truth / 0.95  # who is ever completed is so by day 90 in 95 of 100 cases
    kind = chance.choice([1, 2, 0], n, p=[done, min(other, 1 - done), max(1 - done - other, 0)])
    time = np.where(kind == 0, np.inf, chance.exponential(day / np.log(20), n))
    followed = chance.uniform(day / 2, 3 * day, n)
    curve = aalen_johansen(np.minimum(time, followed), np.where(time <= followed, kind, 0))
    df = max(known_at(curve, day) - 1, 1)
    return Seen(truth, incidence_at(curve, day, df=df), _is_known(curve, day, n))


def _days(chance: Chance, n: int, done: float) -> Floats:
    waits = np.ceil(40 * chance.weibull(1.3, n))
    return np.where(chance.random(n) < done, waits, np.inf)


def _followed(chance: Chance, n: int, done: float) -> Curve:
    days, seen = _days(chance, n, done), np.ceil(chance.uniform(45, 270, n))
    return kaplan_meier(np.minimum(days, seen), days <= seen)


def _is_known(curve: Curve, day: float, n: int) -> bool:
    known = known_at(curve, day)
    return known >= RULES.known_from and (known == n or at_risk_at(curve, day) >= RULES.at_risk_from)


def _is_told(rate: Estimate) -> bool:
    is_narrow = rate.high - rate.low <= RULES.rate_relative_width * rate.estimate
    return is_narrow and rate.n_eff >= RULES.rate_events_from


def _sizes(chance: Chance, kind: str, count: int) -> Floats:
    if kind == "rare":
        return chance.choice([15.0, 200.0], count, p=[0.9, 0.1])
    return np.ceil(chance.lognormal(np.log(15), SIZES[kind], count))


def _logarithmic(one: Seen) -> Seen:
    rate = one.found.estimate
    factor = np.exp(Z * one.found.se / rate) if rate else np.nan
    return one._replace(found=one.found._replace(low=rate / factor, high=rate * factor))


def _alarms(chance: Chance, n: npt.NDArray[np.intp], tau: float) -> npt.NDArray[np.bool_]:
    k = chance.binomial(n, np.clip(chance.normal(0.68, tau, len(n)), 0, 1))
    spread, share = overdispersion(k, n), k / n
    exact = binomial_p(k, n, spread.theta)
    least, others = (np.asarray(funnel_limits(n, one, 0.998).low) for one in (spread.theta, 1 - spread.theta))
    plain = (share < least) | (share > 1 - others)
    is_alike = spread.tau2 == 0
    beyond = plain if is_alike else np.abs(spread.z_additive) > Z_OUTER
    named = bh(exact if is_alike else spread.p_additive) < 0.05
    known = np.abs(share - 0.68) / np.sqrt(0.68 * 0.32 / n + tau**2) > Z_OUTER
    return np.array([plain, bh(exact) < 0.05, beyond, named, beyond | named, known])


def _shrunken(chance: Chance, kind: str, share: float, tau: float) -> Floats:
    """Of each region: whether the limits used hold its truth, whether the plain ones do, the width of those used."""
    n = FUNNEL_SIZES
    if kind == "counts":
        size = share * (1 - share) / tau**2 - 1
        truth = chance.beta(share * size, (1 - share) * size, len(n))
        k = chance.binomial(n, truth)
        both = (*beta_binomial_limits(k, n), *beta_binomial(k, n)[1:3])
    else:
        truth, variance = chance.normal(share, tau, len(n)), share * (1 - share) / n
        y = chance.normal(truth, np.sqrt(variance))
        both = (*normal_shrink_limits(y, variance), *normal_shrink(y, variance)[1:3])
    low, high, plain_low, plain_high = both
    holds = [(low <= truth) & (truth <= high), (plain_low <= truth) & (truth <= plain_high)]
    return np.array([*holds, high - low], dtype=float)


def _false_slopes(chance: Chance, waves: int, tau: float) -> tuple[bool, bool]:
    when, error = np.arange(waves) + chance.uniform(-0.2, 0.2, waves), 0.015 * chance.choice([0.7, 1, 1.5], waves)
    share = chance.normal(0.7, np.hypot(error, tau))
    random, known = random_slope(when, share, error), wls_slope(when, share, error)
    told = Estimate(known.estimate, known.low, known.high)
    if known.is_inflated:
        told = student(Estimate(known.estimate, se=known.se_inflated, df=waves - 2))
    return not random.low <= 0 <= random.high, not told.low <= 0 <= told.high


def _false_effects(chance: Chance, treated: int, seed: int) -> tuple[bool, bool]:
    noise = chance.normal(0, 1, (79, 8)) * np.sqrt(0.16 / chance.integers(8, 200, 79))[:, None]
    panel = np.empty_like(noise)
    panel[:, 0] = noise[:, 0] / np.sqrt(0.75)
    for period in range(1, 8):
        panel[:, period] = 0.5 * panel[:, period - 1] + noise[:, period]
    cohort = np.zeros(79, dtype=int)
    cohort[chance.permutation(79)[:treated]] = chance.choice([4, 5, 6], treated)
    overall = att_gt(panel, cohort)
    return permutation_att(panel, cohort, reps=399, seed=seed).p <= 0.05, abs(overall.estimate) > Z * overall.se


if __name__ == "__main__":
    main()
