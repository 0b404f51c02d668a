"""Tables: what a page shows as rows and columns, already in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from kodukant_analysis.text import (
    Finding,
    catalogue,
    flag_sentences,
    integer,
    read_finding,
    region_label,
    translate,
)
from kodukant_analysis.text.names import series_label
from kodukant_analysis.text.sentences import borders_phrase, range_text, unshown_flag, value_text

TOP_RULES = 12
_SEVERITIES = ("error", "warning", "note")


@dataclass(frozen=True)
class Table:
    """Heads and rows of equal length; `numeric` are the positions of the columns to be set flush right."""

    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    numeric: frozenset[int] = field(default_factory=frozenset)


def numbers_table(data: pd.DataFrame, lang: str) -> Table:
    """The estimate rows of a chart; the columns for time and part are there only where they tell rows apart."""
    findings = [read_finding(row) for _, row in data.iterrows()]
    columns = [
        ("region", [region_label(f.region_name, lang) for f in findings]),
        ("series", [_part(f, lang) for f in findings]),
        ("period", [f.period for f in findings]),
        ("n", ["–" if f.n is None else integer(f.n, lang) for f in findings]),
        ("estimate", [value_text(f, lang) for f in findings]),
        ("range", [_range(f, lang) for f in findings]),
        ("remark", [_remark(f, lang) for f in findings]),
    ]
    kept = [(name, cells) for name, cells in columns if name not in ("series", "period") or len(set(cells)) > 1]
    heads = [translate(f"page.{name}", lang) for name, _ in kept]
    numeric = frozenset(place for place, (name, _) in enumerate(kept) if name in ("n", "estimate", "range"))
    return Table(heads, list(zip(*(cells for _, cells in kept), strict=True)), numeric)


def records_table(records: Mapping[str, int], lang: str) -> Table:
    """How many records each table has; a table without a text keeps its own name."""
    texts = catalogue(lang)
    rows = [(texts.get(f"records.{name}", name), integer(count, lang)) for name, count in records.items()]
    return Table([translate("page.table", lang), translate("page.records", lang)], rows, frozenset({1}))


def severities_table(issues: pd.DataFrame, lang: str) -> Table:
    """How many issues of each severity there are, the gravest first."""
    counts = issues["severity"].value_counts()
    rows = [(translate(f"severity.{s}", lang), integer(int(counts.get(s, 0)), lang)) for s in _SEVERITIES]
    heads = [translate("page.severity", lang), translate("page.count", lang)]
    return Table(heads, rows if len(issues) else [], frozenset({1}))


def rules_table(issues: pd.DataFrame, titles: Mapping[str, str], lang: str) -> Table:
    """The most frequent rules with severity, number of issues and of files; a rule without a title keeps its slug."""
    keys = ["rule", "severity"]
    groups = issues.groupby(keys, observed=False, dropna=False)["source_file"].agg(["size", "nunique"]).reset_index()
    top = groups[groups["size"] > 0].sort_values(["size", "rule"], ascending=[False, True]).head(TOP_RULES)
    rows = [
        (titles.get(rule, rule), translate(f"severity.{severity}", lang), integer(size, lang), integer(files, lang))
        for rule, severity, size, files in top.itertuples(index=False)
    ]
    heads = [translate(f"page.{name}", lang) for name in ("rule", "severity", "count", "files")]
    return Table(heads, rows, frozenset({2, 3}))


def _part(finding: Finding, lang: str) -> str:
    name = finding.name
    if name.key == "survey_share":
        return series_label(name.variant, lang)
    state = catalogue(lang).get(f"end_state.{name.item}", name.item)
    if borders := borders_phrase(finding, lang):
        return f"{state}, {borders}"
    return f"{state}, {translate('figure.days', lang, days=name.variant)}" if name.variant else state


def _range(finding: Finding, lang: str) -> str:
    return range_text(finding, lang) or "–"


def _remark(finding: Finding, lang: str) -> str:
    why = "" if finding.is_shown else translate(f"short.{unshown_flag(finding.flags)}", lang)
    return " ".join(part for part in (why, *flag_sentences(finding, lang)) if part)
