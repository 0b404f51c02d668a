"""Finding: one row of an estimate frame as plain Python values, missing as None."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kodukant_analysis.text.names import IndicatorName, read_indicator

if TYPE_CHECKING:
    import pandas as pd

_NUMBERS = ("n", "k", "estimate", "low", "high")


@dataclass(frozen=True)
class Finding:
    """One estimate: shares in 0-1; `k` and `note` are missing where the frame was made without detail."""

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

    @property
    def is_shown(self) -> bool:
        """True when there is a number to show."""
        return self.estimate is not None

    @property
    def is_counted(self) -> bool:
        """True when the estimate is nothing but k of n, so that "8 of 12" says all of it."""
        if not self.n or self.k is None:
            return False
        return self.estimate is None or math.isclose(self.k / self.n, self.estimate, abs_tol=1e-5)


def read_finding(row: "Mapping[str, Any] | pd.Series[Any]") -> Finding:
    """A row of the estimate frame (mapping or Series by column name) as a Finding."""
    flags = tuple(flag for flag in str(row["flag"]).split(";") if flag)
    # A suppressed row has no numbers, whatever stands in it: nothing that is said or drawn may show them.
    numbers = {name: None if "suppressed" in flags else row.get(name) for name in _NUMBERS}
    return Finding(
        name=read_indicator(str(row["indicator"])),
        region_name=str(row["region_name"]),
        period=str(row["period"]),
        n=_whole(numbers["n"]),
        k=_whole(numbers["k"]),
        estimate=_real(numbers["estimate"]),
        low=_real(numbers["low"]),
        high=_real(numbers["high"]),
        method=str(row["method"]),
        flags=flags,
        note=str(row.get("note") or ""),
    )


def _whole(value: Any) -> int | None:
    return None if _is_missing(value) else int(value)


def _real(value: Any) -> float | None:
    return None if _is_missing(value) else float(value)


def _is_missing(value: Any) -> bool:
    # By their names, so that this package needs no pandas: None, a float's nan, pandas' NA.
    return str(value) in ("None", "nan", "<NA>")
