"""Summaries (infovahetus): did those who came get the summary, and how soon?"""

from collections.abc import Iterator, Mapping
from datetime import date
from math import isinf, nan

import pandas as pd

from kodukant_analysis.indicators.cells import Asked, Cell, Period, dated_cells
from kodukant_analysis.indicators.estimates import Row, estimate_frame, raised
from kodukant_analysis.indicators.filled import (
    NO_DATA,
    Question,
    filled_ratio,
    filled_share,
    held_on_a_day,
    is_mostly_blank,
    noted,
)
from kodukant_analysis.indicators.regions import Borders, By, region_names
from kodukant_analysis.indicators.rules import RULES, Rules
from kodukant_analysis.stats import (
    OPEN,
    Curve,
    Estimate,
    aalen_johansen,
    at_risk_at,
    cluster_share,
    incidence_at,
    incidence_quantile,
    known_at,
)
from kodukant_analysis.totals import totals

DAYS = (7, 14, 30)
_SENT = 1
_FOLLOWED = ("sent", "waiting", "blank")
_LEFT_OUT = ("untold", "sent_undated", "impossible")


def summary_sent_share(  # noqa: PLR0913
    data: Mapping[str, pd.DataFrame],
    *,
    by: By = "county",
    period: Period | None = None,
    borders: Borders = "today",
    as_of: date,
    level: float = 0.95,
    rules: Rules = RULES,
    detail: bool = False,
    within: int | None = None,
) -> pd.DataFrame:
    """Share of discussions, and of those who came, that the summary reached in time (I1), three rows a region, period.

    data: the tables `discussions` and `attendance`; within: days, `rules.summary_days` (14) unless given. Discussions
    held less than `within` days before `as_of` are left out (flag immature).
    `summary_sent_share:discussions:14`: n discussions that tell the day of sending, k those with at most 14 days; one
    sent after `as_of` was not in time. Blank is not "no", so it is left out: the share is likely too high, and the note
    gives what it would be if every blank meant not in time (`least`) and in time (`most`). Interval: Wilson.
    `summary_sent_share:attendees:14`: of those who came (n), how many at most got it in time (k): of each discussion
    its recipients, no more than came, as the summary may go to others too. Interval: Korn-Graubard over discussions.
    `summary_sent_share:recipients:14`: recipients in time for each one who came (K36), above 1 where it went to
    others too. Interval: Student's t over discussions.
    Flags: no_data; too_few (discussions and attendees: fewer than `rules.percent_from`, of attendees and recipients:
    fewer than `rules.discussions_from` discussions, all: more than `rules.blank_share` blank); few_clusters; all_same;
    immature; boundary_break. Period: of the day it was held.
    """
    asked = Asked(by, period, as_of, level, rules, borders)
    days = rules.summary_days if within is None else within
    facts = totals("discussion_facts", data, as_of=as_of)
    rows = [row for cell in dated_cells(facts, "held_on", asked) for row in _share_rows(cell, asked, days)]
    return estimate_frame(rows, region_names(by, borders), detail=detail)


def summary_delay(  # noqa: PLR0913
    data: Mapping[str, pd.DataFrame],
    *,
    by: By = "county",
    period: Period | None = None,
    borders: Borders = "today",
    as_of: date,
    level: float = 0.95,
    rules: Rules = RULES,
    detail: bool = False,
    at: tuple[int, ...] = DAYS,
) -> pd.DataFrame:
    """Share of summaries sent by so many days, and the days by which half are (I2), a row each a region and period.

    data: the tables `discussions` and `attendance`. `summary_delay:sent:7`, `:14`, `:30` and `summary_delay:median`
    (days). Kaplan-Meier from the day of the discussion to the day of sending, censored at `as_of`. A blank day counts
    as still waiting where the field is filled for another discussion of the same file: there is a field, and nothing
    in it. In a file that never fills it there may be no such field: those discussions are left out (`untold`), as are
    summaries sent on an unknown (`sent_undated`) or impossible day. Where blank means forgotten rather than not sent
    the curve is too low; `summary_sent_share` takes it the other way.
    Interval: Rothman-Wilson; of the median the days at which the limits of the curve pass one half.
    Flags: no_data; too_few (fewer than `rules.known_from` known on the day, or fewer than `rules.at_risk_from` still
    followed while some were lost from sight; median: fewer than `rules.discussions_from`; all: more than
    `rules.blank_share` left out); all_same; immature; not_reached; boundary_break. Period: of the day it was held.
    """
    asked = Asked(by, period, as_of, level, rules, borders)
    facts = totals("discussion_facts", data, as_of=as_of)
    rows = [row for cell in dated_cells(facts, "held_on", asked) for row in _delay_rows(cell, asked, at)]
    return estimate_frame(rows, region_names(by, borders), detail=detail)


def _share_rows(cell: Cell, asked: Asked, within: int) -> Iterator[Row]:
    held = held_on_a_day(cell)
    due = held[held["held_on"] + pd.Timedelta(days=within) <= pd.Timestamp(asked.as_of)]
    is_told = due["summary"].isin(["sent", "waiting"])
    in_time = ((due["summary_sent_on"] - due["held_on"]).dt.days <= within).astype("boolean").where(is_told)
    young = f"younger={len(held) - len(due)}"
    rows = [
        filled_share(cell, _of_discussions(in_time, within, young), asked),
        _attendees_row(cell, _reached(due, in_time), asked, within),
        filled_ratio(cell, _of_recipients(due, in_time, within), asked),
    ]
    immature = raised(immature=len(due) < len(held))
    return (row._replace(flags=row.flags | (immature if row.n else frozenset())) for row in rows)


def _of_discussions(in_time: pd.Series, within: int, young: str) -> Question:
    known, blank, every = int(in_time.sum()), int(in_time.isna().sum()), max(len(in_time), 1)
    note = f"{young}; least={known / every:.3f}; most={(known + blank) / every:.3f}"
    return Question(f"summary_sent_share:discussions:{within}", in_time, note=note)


def _of_recipients(due: pd.DataFrame, in_time: pd.Series, within: int) -> Question:
    return Question(f"summary_sent_share:recipients:{within}", _received(due, in_time), due["people"], unit="ratio")


def _received(due: pd.DataFrame, in_time: pd.Series) -> pd.Series:
    """Recipients in time, none where it was late; missing where the number or the day is not told.

    A late one without a number is missing too: registers that never tell it would seem to be always late.
    """
    return due["summary_recipients"].astype("Int64") * in_time.astype("Int64")


def _reached(due: pd.DataFrame, in_time: pd.Series) -> pd.DataFrame:
    """Of each discussion those who came and how many of them can have got the summary in time."""
    people = due["people"].astype("Int64")
    received = _received(due, in_time)
    return pd.DataFrame({"reached": received.where(received <= people, people).mask(received.isna()), "people": people})


def _attendees_row(cell: Cell, reached: pd.DataFrame, asked: Asked, within: int) -> Row:
    told = reached.dropna().astype("float64")
    k, n = int(told["reached"].sum()), int(told["people"].sum())
    found = cluster_share(told["reached"], told["people"], asked.level)
    flags = (
        raised(
            too_few=n < asked.rules.percent_from
            or len(told) < asked.rules.discussions_from
            or is_mostly_blank(len(told), len(reached), asked),
            few_clusters=len(told) - 1 < asked.rules.few_df,
            all_same=k in {0, n},
        )
        | cell.cautions
    )
    note = noted(cell, told["reached"].reindex(reached.index), f"discussions={len(told)}")
    name, method = f"summary_sent_share:attendees:{within}", "ratio over discussions, Taylor, Korn-Graubard"
    return Row(name, cell.region, cell.period, n, method, found, k, flags if n else NO_DATA, note=note)


def _delay_rows(cell: Cell, asked: Asked, at: tuple[int, ...]) -> Iterator[Row]:
    held = held_on_a_day(cell)
    followed = held[held["summary"].isin(_FOLLOWED)]
    curve, flags = _curve(followed, asked), cell.cautions
    is_blank, note = is_mostly_blank(len(followed), len(held), asked), _delay_note(cell, held)
    for day in at:
        known = known_at(curve, day)
        found = incidence_at(curve, day, _SENT, level=asked.level, df=max(known - 1, 1))._replace(df=nan)
        on_day = flags | _flags_at(curve, day, found, asked) | raised(too_few=is_blank)
        row = Row(
            f"summary_delay:sent:{day}", cell.region, cell.period, len(followed), "Kaplan-Meier, Rothman-Wilson", found,
            int(curve.events[0, curve.time <= day].sum()), on_day if len(followed) else NO_DATA,
            note=f"known={known:g}; {note}",
        )  # fmt: skip
        yield row
    yield _median_row(cell, curve, flags | raised(too_few=is_blank), asked, note)


def _curve(followed: pd.DataFrame, asked: Asked) -> Curve:
    is_sent = followed["summary"] == "sent"
    ends = followed["summary_sent_on"].where(is_sent, pd.Timestamp(asked.as_of))
    days = (ends - followed["held_on"]).dt.days
    return aalen_johansen(days, is_sent.map({True: _SENT, False: OPEN}).astype("int64"), causes=(_SENT,))


def _flags_at(curve: Curve, day: int, found: Estimate, asked: Asked) -> frozenset[str]:
    known, everybody = known_at(curve, day), float(curve.events.sum() + curve.censored.sum())
    thin = known < everybody and at_risk_at(curve, day) < asked.rules.at_risk_from
    return raised(
        too_few=known < asked.rules.known_from or thin, all_same=found.estimate in {0, 1}, immature=known < everybody
    )


def _median_row(cell: Cell, curve: Curve, flags: frozenset[str], asked: Asked, note: str) -> Row:
    n, k = int(curve.events.sum() + curve.censored.sum()), int(curve.events.sum())
    found = incidence_quantile(curve, 0.5, _SENT, asked.level)
    more = raised(too_few=n < asked.rules.discussions_from, not_reached=isinf(found.estimate))
    shown = Estimate(nan) if "not_reached" in more else found
    return Row(
        "summary_delay:median", cell.region, cell.period, n, "Kaplan-Meier, median", shown, k,
        flags | more if n else NO_DATA, unit="days", note=note,
    )  # fmt: skip


def _delay_note(cell: Cell, held: pd.DataFrame) -> str:
    counts = held["summary"].value_counts()
    told = "; ".join(f"{state}={counts.get(state, 0)}" for state in ("blank", *_LEFT_OUT))
    return f"{told}; undated={int(cell.totals['held_on'].isna().sum())}"
