"""Workbook: one file of the raw folder as drafts, issues and an account of every row."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from kodukant_analysis.loaders.actions import load_actions
from kodukant_analysis.loaders.answers import load_answers
from kodukant_analysis.loaders.attendance import load_attendance
from kodukant_analysis.loaders.discussions import load_discussions
from kodukant_analysis.loaders.drafts import Draft, Ledger, person_names
from kodukant_analysis.loaders.headings import file_date, read_heading
from kodukant_analysis.loaders.identifiers import identifier
from kodukant_analysis.loaders.regions import folder_prefecture
from kodukant_analysis.loaders.scales import Codebook, read_codebook
from kodukant_analysis.loaders.shares import load_shares
from kodukant_analysis.loaders.sheets import Sheet, UnreadableError, read_sheets
from kodukant_analysis.loaders.tables import Table, locate_tables
from kodukant_analysis.loaders.topics import load_topics
from kodukant_analysis.privacy import Detector, PersonKeys, surnames_in
from kodukant_analysis.records import Issue, SheetAccount

_LOADERS: Final = {
    "discussions": load_discussions,
    "attendance": load_attendance,
    "topics": load_topics,
    "actions": load_actions,
    "shares": load_shares,
}


@dataclass(frozen=True)
class Delivery:
    """What one file gave; `refused` is the rule that says why nothing could be read of it, or ""."""

    file: str
    drafts: tuple[Draft, ...] = ()
    issues: tuple[Issue, ...] = ()
    accounts: tuple[SheetAccount, ...] = ()
    refused: str = ""


@dataclass
class _Found:
    drafts: list[Draft] = field(default_factory=list)
    accounts: list[SheetAccount] = field(default_factory=list)


def load_file(path: Path, file: str, keys: PersonKeys) -> Delivery:
    """One file as drafts, issues and accounts; a file that cannot be read gives one issue that names the reason."""
    try:
        sheets = read_sheets(path, file)
    except UnreadableError as error:
        return refused(file, error.rule)
    return load_sheets(sheets, file, keys)


def load_sheets(sheets: list[Sheet], file: str, keys: PersonKeys) -> Delivery:
    """The sheets of one file as drafts, issues and accounts."""
    shown = [sheet for sheet in sheets if not sheet.hidden.sheet]
    tables = {sheet.name: locate_tables(sheet) for sheet in shown}
    every = [table for found in tables.values() for table in found]
    detector = Detector(surnames_in(person_names(every)))
    ledger = Ledger(file, keys, detector, prefecture=folder_prefecture(file), reported_on=file_date(file))
    found = _Found()
    _note_sheets(sheets, tables, ledger, found)
    codebook = read_codebook((table for table in every if table.dataset == "codes"), shown)
    for table in every:
        _load(table, ledger, codebook, found)
    return Delivery(file, tuple(found.drafts), tuple(sorted(set(ledger.issues))), tuple(found.accounts))


def refused(file: str, rule: str) -> Delivery:
    """The delivery of a file that gave nothing."""
    return Delivery(file, issues=(Issue(file, rule=rule),), refused=rule)


def _load(table: Table, ledger: Ledger, codebook: Codebook, found: _Found) -> None:
    heading = read_heading(table)
    if table.dataset == "codes":
        drafts: Iterable[Draft] = ()
    elif table.dataset == "answers":
        drafts = load_answers(table, heading, ledger, codebook)
    else:
        drafts = _LOADERS[table.dataset](table, heading, ledger)
    kept = list(drafts)
    found.drafts += kept
    found.accounts.append(_account(table, kept))


def _account(table: Table, drafts: list[Draft]) -> SheetAccount:
    """What became of the rows of a table: every row is kept, set aside or skipped."""
    rows = [table.sheet.source_row(row.number) for row in table.rows]
    kept = len({draft.row for draft in drafts})
    data = sum(row.kind == "data" for row in table.rows)
    kept = data if table.dataset == "codes" else kept
    unknown = [column.header for column in table.band.columns if not column.field]
    return SheetAccount(
        table.sheet.file,
        table.sheet.name,
        table.dataset,
        header_row=table.sheet.source_row(table.band.first),
        first_row=min(rows, default=None),
        last_row=max(rows, default=None),
        rows_read=len(rows),
        rows_kept=kept,
        rows_set_aside=data - kept,
        rows_skipped=len(rows) - data,
        unknown_headers=" | ".join(unknown),
        layout=_layout(table),
    )


def _layout(table: Table) -> str:
    """A fingerprint of the layout: the dataset and the fields of the columns from left to right."""
    fields = [column.group or column.field or "?" for column in table.band.columns]
    return identifier("", table.dataset, *fields)


def _note_sheets(sheets: list[Sheet], tables: dict[str, list[Table]], ledger: Ledger, found: _Found) -> None:
    """An account and an issue for every sheet that gives no records: hidden ones and those without a table."""
    ledger.issues += [Issue(sheet.file, sheet.name, rule="encoding-repaired") for sheet in sheets if sheet.is_mended]
    for sheet in sheets:
        rows = sum(not sheet.is_blank(row) for row in range(1, len(sheet.cells) + 1))
        if not rows or tables.get(sheet.name):
            continue
        rule = "hidden-sheet-skipped" if sheet.hidden.sheet else "table-not-recognised"
        ledger.issues.append(Issue(sheet.file, sheet.name, rule=rule))
        empty = SheetAccount(sheet.file, sheet.name, "", None, 1, len(sheet.cells), rows, 0, 0, rows, "", "")
        found.accounts.append(empty)
