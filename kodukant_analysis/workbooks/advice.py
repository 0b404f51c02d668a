"""Advice: an issue as its owner is told it, in one language."""

from collections.abc import Iterable
from typing import Final, NamedTuple

from kodukant_analysis.records import Issue
from kodukant_analysis.text.issues import issue_texts

SEVERITIES: Final = ("error", "warning", "note")


class Advice(NamedTuple):
    """What to mend at a cell ("" for the whole sheet or file), found with personal data masked, and how."""

    severity: str
    sheet: str
    cell: str
    column: str
    found: str
    rule: str
    message: str


def advice_of(issues: Iterable[Issue], language: str) -> list[Advice]:
    """The issues as advice, the gravest first, then in the order in which they stand."""
    told = [_told(issue, language) for issue in sorted(issues)]
    return sorted(told, key=lambda advice: SEVERITIES.index(advice.severity))


def _told(issue: Issue, language: str) -> Advice:
    text = issue_texts()[issue.rule]
    message = text.told(language, issue.hint)
    return Advice(text.severity, issue.source_sheet, issue.cell, issue.column, issue.found, issue.rule, message)
