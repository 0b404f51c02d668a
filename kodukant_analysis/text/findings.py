"""Finding: one row of an estimate frame as plain Python values, missing as None."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kodukant_analysis.text.names import IndicatorName, read_indicator

if TYPE_CHECKING:
    import pandas as pd

# Flags of rows that show no number, the one that says most first.
UNSHOWN = ("no_data", "suppressed", "refused", "not_estimable", "too_few", "not_reached")
_COUNTS = ("n", "k")
_NUMBERS = ("estimate", "low", "high")
# What compared a row with the others, by the column that it added.
_COMPARISONS = {"z": "funnel", "expected_rank": "ranks"}


@dataclass(frozen=True)
class Finding:
    """One estimate: shares in 0-1; `k` and `note` are missing where the frame was made without detail.

    `standing`: how the region stands among the others, by the comparison that says so ("funnel.inside"), else "".
    """

    name: IndicatorName
    region_name: str
    period: str
    n: int | None
    k: int | None
    estimate: float | None
    low: float | None
    high: float | None
    method: str
    flags: tuple[str, ...]
    note: str = ""
    standing: str = ""

    @property
    def is_shown(self) -> bool:
        """True when there is a number to show."""
        return self.estimate is not None

    @property
    def is_counted(self) -> bool:
        """True when the estimate is nothing but k of n, so that "8 of 12" says all of it: of some it is not known."""
        if not self.n or self.k is None or self.told.get("not_followed", "0") != "0":
            return False
        return self.estimate is None or math.isclose(self.k / self.n, self.estimate, abs_tol=1e-5)

    @property
    def told(self) -> dict[str, str]:
        """What the note tells, by its keys: "blank=3; needed=10" is {"blank": "3", "needed": "10"}."""
        return dict(re.findall(r"([\w.-]+)=([^;]*)", self.note))


def read_finding(row: "Mapping[str, Any] | pd.Series[Any]") -> Finding:
    """A row of the estimate frame (mapping or Series by column name) as a Finding."""
    flags = tuple(flag for flag in str(row["flag"]).split(";") if flag)
    # What a flag forbids to show is not there for whoever speaks or draws, whatever stands in the row.
    is_secret = "suppressed" in flags
    hidden = {*(_COUNTS if is_secret else ()), *(_NUMBERS if set(flags) & set(UNSHOWN) else ())}
    numbers = {name: None if name in hidden else row.get(name) for name in (*_COUNTS, *_NUMBERS)}
    return Finding(
        name=read_indicator(str(row["indicator"])),
        region_name=str(row["region_name"]),
        # A table read from a file has no empty texts.
        period="" if _is_missing(row["period"]) else str(row["period"]),
        n=_whole(numbers["n"]),
        k=_whole(numbers["k"]),
        estimate=_real(numbers["estimate"]),
        low=_real(numbers["low"]),
        high=_real(numbers["high"]),
        method=str(row["method"]),
        flags=flags,
        note="" if is_secret or _is_missing(row.get("note")) else str(row["note"]),
        standing=_standing(row),
    )


def _standing(row: "Mapping[str, Any] | pd.Series[Any]") -> str:
    standing = row.get("standing")
    comparison = next((kind for column, kind in _COMPARISONS.items() if column in row), "")
    return f"{comparison}.{standing}" if comparison and standing and not _is_missing(standing) else ""


def _whole(value: Any) -> int | None:
    return None if _is_missing(value) else int(value)


def _real(value: Any) -> float | None:
    # An endless number is one that was not reached.
    return None if _is_missing(value) or math.isinf(value) else float(value)


def _is_missing(value: Any) -> bool:
    # By their names, so that this package needs no pandas: None, a float's nan, pandas' NA.
    return str(value) in ("None", "nan", "<NA>")
