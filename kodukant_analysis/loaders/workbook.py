"""Workbook: one file of the raw folder as drafts, issues and an account of every row."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from kodukant_analysis.loaders.actions import load_actions
from kodukant_analysis.loaders.answers import load_answers
from kodukant_analysis.loaders.attendance import load_attendance
from kodukant_analysis.loaders.codes import joined_by_codes
from kodukant_analysis.loaders.discussions import load_discussions
from kodukant_analysis.loaders.drafts import Draft, Ledger, Place, first_cell, place_of
from kodukant_analysis.loaders.faults import note_faults
from kodukant_analysis.loaders.files import Look, look_at, read_sheets
from kodukant_analysis.loaders.headings import Heading, file_date, read_heading
from kodukant_analysis.loaders.identifiers import identifier
from kodukant_analysis.loaders.namesakes import namesakes
from kodukant_analysis.loaders.persons import person_names, sheet_names, surnames_of_titles
from kodukant_analysis.loaders.questions import asks
from kodukant_analysis.loaders.refusals import UnreadableError
from kodukant_analysis.loaders.regions import folder_prefecture
from kodukant_analysis.loaders.rows import Cell
from kodukant_analysis.loaders.scales import Codebook, read_codebook
from kodukant_analysis.loaders.shares import load_shares
from kodukant_analysis.loaders.sheets import Sheet
from kodukant_analysis.loaders.subject import ours_and_others
from kodukant_analysis.loaders.tables import Table, locate_tables
from kodukant_analysis.loaders.topics import load_topics
from kodukant_analysis.privacy import MASK, Detector, PersonKeys, surnames_in
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
    """What one file gave; `refused` is the rule that says why nothing could be read of it, or "".

    `sheets` are the names of its sheets in their order, personal data masked, as issues and accounts have them.
    """

    file: str
    drafts: tuple[Draft, ...] = ()
    issues: tuple[Issue, ...] = ()
    accounts: tuple[SheetAccount, ...] = ()
    refused: str = ""
    sheets: tuple[str, ...] = ()


@dataclass
class _Found:
    drafts: list[Draft] = field(default_factory=list)
    accounts: list[SheetAccount] = field(default_factory=list)


def load_file(path: Path, file: str, keys: PersonKeys, seen: Look | None = None) -> Delivery:
    """One file as drafts, issues and accounts; a file that cannot be read gives one issue that names the reason.

    A file that no longer looks as it was `seen` before, or changes while it is read, is still being copied.
    """
    try:
        before = look_at(path)
        sheets, rule = _read(path, file)
        if look_at(path) != (seen or before):
            return refused(file, "file-still-copied")
    except PermissionError:
        return refused(file, "file-not-permitted")
    except FileNotFoundError:
        return refused(file, "file-still-copied")
    if rule:
        return refused(file, rule)
    delivery = load_sheets(sheets, file, keys, typed="/".join(path.parts[-1 - file.count("/") :]))
    if delivery.issues or delivery.accounts:
        return delivery
    return replace(delivery, issues=(Issue(file, rule="file-without-cells"),))


def _read(path: Path, file: str) -> tuple[list[Sheet], str]:
    """The sheets of a file, or the rule that says why there are none."""
    try:
        return read_sheets(path, file), ""
    except UnreadableError as error:
        return [], error.rule
    except UnicodeDecodeError:
        return [], "file-damaged"


def load_sheets(sheets: list[Sheet], file: str, keys: PersonKeys, typed: str = "") -> Delivery:
    """The sheets of one file as drafts, issues and accounts; `typed` is the file's name before it was masked."""
    shown = [sheet.without_hidden_columns for sheet in sheets if not sheet.hidden.sheet]
    tables = {sheet.name: locate_tables(sheet) for sheet in shown}
    located = [table for found in tables.values() for table in found]
    ours, others = ours_and_others(located)
    every = joined_by_codes(ours)
    persons = [*person_names(located), *surnames_of_titles([typed, *(sheet.name for sheet in sheets)])]
    detector = Detector(surnames_in(persons))
    ledger = Ledger(file, keys, detector, prefecture=folder_prefecture(file), reported_on=file_date(file))
    ledger.namesakes = namesakes(every)
    found = _Found()
    _note_sheets(sheets, tables, ledger, found)
    codebook = read_codebook((table for table in every if table.dataset == "codes"), shown)
    facts = {sheet.name: sheet.hidden for sheet in sheets}
    for table in every:
        _load(table, ledger, codebook, found)
        note_faults(table, facts[table.sheet.name], ledger)
    for table in others:
        _leave(table, ledger, found)
    names = sheet_names([sheet.name for sheet in sheets], detector)
    ledger.issues += _named_persons(file, names)
    drafts = tuple(replace(draft, sheet=names[draft.sheet]) for draft in found.drafts)
    issues = sorted({replace(issue, source_sheet=names.get(issue.source_sheet, "")) for issue in ledger.issues})
    accounts = tuple(replace(account, source_sheet=names[account.source_sheet]) for account in found.accounts)
    return Delivery(file, drafts, tuple(issues), accounts, sheets=tuple(names.values()))


def _named_persons(file: str, names: Mapping[str, str]) -> Iterable[Issue]:
    """An issue for the file and for each sheet whose name holds personal data."""
    places = [(file, "")] if MASK in file else []
    for name, masked in names.items():
        places += [(file, name)] if name != masked else []
    return [Issue(*place, rule="personal-data-in-name") for place in places]


def refused(file: str, rule: str) -> Delivery:
    """The delivery of a file that gave nothing."""
    return Delivery(file, issues=(Issue(file, rule=rule),), refused=rule)


def _load(table: Table, ledger: Ledger, codebook: Codebook, found: _Found) -> None:
    drafts = list(_drafts_of(table, ledger, codebook))
    kept = {(draft.sheet, draft.cells["row"]) for draft in drafts}
    _note_rows_without_values(table, ledger, kept)
    found.drafts += drafts
    found.accounts.append(_account(table, ledger, kept))


def _leave(table: Table, ledger: Ledger, found: _Found) -> None:
    """Sets a table aside that is like ours but may be anything."""
    for row in (row for row in table.rows if row.kind == "data"):
        ledger.set_aside(table, row)
    head = table.band.columns[0]
    ledger.add("dataset-uncertain", table, Cell(head.header, table.band.first, head.index))
    found.accounts.append(_account(table, ledger, set()))


def _drafts_of(table: Table, ledger: Ledger, codebook: Codebook) -> Iterable[Draft]:
    """What the loader of its dataset makes of a table; a code book is kept in the answers of other tables."""
    heading = read_heading(table)
    heading = replace(heading, title=ledger.detector.mask(heading.title))
    return (replace(draft, told=heading.told) for draft in _loaded(table, heading, ledger, codebook))


def _loaded(table: Table, heading: Heading, ledger: Ledger, codebook: Codebook) -> Iterable[Draft]:
    if table.dataset == "answers":
        return load_answers(table, heading, ledger, codebook)
    if table.dataset in _LOADERS:
        return _LOADERS[table.dataset](table, heading, ledger)
    for row in table.rows:
        if row.kind == "data":
            ledger.use(table, row)
    return ()


def _note_rows_without_values(table: Table, ledger: Ledger, kept: set[Place]) -> None:
    """Sets aside the rows whose loader found nothing in them; an issue at the first, unless the table has its own."""
    known = kept | ledger.aside | ledger.used
    empty = [row for row in table.rows if row.kind == "data" and place_of(table, row) not in known]
    for row in empty:
        ledger.set_aside(table, row)
    place = (table.sheet.name, table.dataset)
    if empty and (kept or place not in {(issue.source_sheet, issue.dataset) for issue in ledger.issues}):
        ledger.add("row-without-values", table, first_cell(empty[0]))


def _account(table: Table, ledger: Ledger, kept: set[Place]) -> SheetAccount:
    """What became of the rows of a table: every row is kept, set aside or skipped, each counted where that happens."""
    places = {place_of(table, row) for row in table.rows}
    first, last = _span(table)
    unread = [
        c.header for c in table.band.columns if not c.field and not (table.dataset == "answers" and asks(c.header))
    ]
    return SheetAccount(
        table.sheet.file,
        table.sheet.name,
        table.dataset,
        header_row=_home_rows(table, table.band.first)[0],
        first_row=first,
        last_row=last,
        rows_read=len(table.rows),
        rows_kept=len(places & (kept | ledger.used)),
        rows_set_aside=len(places & ledger.aside),
        rows_skipped=sum(row.kind != "data" for row in table.rows),
        unknown_headers=" | ".join(map(ledger.detector.mask, unread)),
        layout=_layout(table),
    )


def _span(table: Table) -> tuple[int | None, int | None]:
    """The first and the last row of a table as its owner sees them."""
    rows = [number for row in table.rows for number in _home_rows(table, row.number)]
    return min(rows, default=None), max(rows, default=None)


def _home_rows(table: Table, number: int) -> tuple[int, int]:
    """The first and the last row of its owner's sheet that a row of a table takes up; in a sheet on its side, many."""
    columns = [column.index for column in table.band.columns]
    rows = [table.sheet.home(number, column)[0] for column in (min(columns), max(columns))]
    first, last = (table.sheet.lines[row - 1] if table.sheet.lines else row for row in rows)
    return first, last


def _layout(table: Table) -> str:
    """A fingerprint of the layout: the dataset and the fields of the columns from left to right."""
    fields = [column.group or column.field or "?" for column in table.band.columns]
    return identifier("", table.dataset, *fields)


def _note_sheets(sheets: list[Sheet], tables: dict[str, list[Table]], ledger: Ledger, found: _Found) -> None:
    """An account and an issue for every sheet that gives no records: hidden ones and those without a table."""
    ledger.issues += [Issue(sheet.file, sheet.name, rule="encoding-repaired") for sheet in sheets if sheet.is_mended]
    ledger.issues += [Issue(sheet.file, sheet.name, cell, rule) for sheet in sheets for rule, cell in sheet.faults]
    for sheet in sheets:
        if sheet.hides_columns and not sheet.hidden.sheet:
            ledger.issues.append(Issue(sheet.file, sheet.name, rule="hidden-columns-skipped"))
        rows = sum(not sheet.is_blank(row) for row in range(1, len(sheet.cells) + 1))
        if not rows or tables.get(sheet.name):
            continue
        rule = "hidden-sheet-skipped" if sheet.hidden.sheet else "table-not-recognised"
        ledger.issues.append(Issue(sheet.file, sheet.name, rule=rule))
        empty = SheetAccount(sheet.file, sheet.name, "", None, 1, len(sheet.cells), rows, 0, 0, rows, "", "")
        found.accounts.append(empty)
