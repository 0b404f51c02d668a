"""Refresh: the raw folder as records in the store, replaced whole or not at all."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from kodukant_analysis import privacy, records, store
from kodukant_analysis.loaders.folder import RawFile, list_files
from kodukant_analysis.loaders.guard import load_files
from kodukant_analysis.loaders.linking import link_drafts
from kodukant_analysis.loaders.retold import settled
from kodukant_analysis.loaders.vocabulary import use_words_of
from kodukant_analysis.loaders.workbook import Delivery
from kodukant_analysis.records import Issue
from kodukant_analysis.settings import Settings
from kodukant_analysis.text.issues import issue_texts

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Refreshed:
    """What a refresh did: files read and refused (with the rule), rows per table, issues by file and severity."""

    files_read: tuple[str, ...]
    files_refused: Mapping[str, str]
    files_passed_over: tuple[str, ...]
    rows: Mapping[str, int]
    issues: pd.DataFrame


class NothingReadError(ValueError):
    """No file of the raw folder could be read; the message says why of each. The records stay as they were."""


def refresh(settings: Settings, as_of: date, progress: Progress) -> Refreshed:
    """Reads every file of the raw folder, links the records and replaces the store.

    `progress(done, all, file)` is called after each file. Raises FileNotFoundError when there is no raw folder,
    StoreError when another run is writing to the store, NothingReadError when none of its files can be read.
    """
    with store.locked(settings.processed):
        return _refresh(settings, as_of, progress)


def check_raw(raw: Path) -> None:
    """Raises FileNotFoundError when there is no raw folder or no spreadsheet in it."""
    if not any(file.is_read for file in list_files(raw)):
        raise FileNotFoundError(f"a spreadsheet in {raw}; the records stay as they were")


def _refresh(settings: Settings, as_of: date, progress: Progress) -> Refreshed:
    files = list_files(settings.raw)
    read = [file for file in files if file.is_read]
    use_words_of(settings.vocabulary)
    deliveries = _deliver(read, settings, progress)
    if deliveries and all(delivery.refused for delivery in deliveries):
        reasons = (f"  {each.file}: {issue_texts()[each.refused].told(settings.language)}" for each in deliveries)
        raise NothingReadError("\n".join(["no file could be read; the records stay as they were", *reasons]))
    linked = link_drafts((draft for delivery in deliveries for draft in delivery.drafts), as_of)
    issues = [issue for delivery in deliveries for issue in delivery.issues] + linked.issues + _of_folder(files)
    issues += _late_deliveries(linked.rows["actions"], as_of)
    accounts = settled((account for delivery in deliveries for account in delivery.accounts), linked.aside)
    tables = {table: records.to_frame(table, linked.rows[table]) for table in records.RECORD_TABLES}
    tables["issues"] = records.to_frame("issues", map(_issue_row, sorted(set(issues))))
    tables["sheets"] = records.to_frame("sheets", map(asdict, accounts))
    store.write_tables(settings.processed, tables)
    return Refreshed(
        files_read=tuple(delivery.file for delivery in deliveries if not delivery.refused),
        files_refused={delivery.file: delivery.refused for delivery in deliveries if delivery.refused},
        files_passed_over=tuple(file.name for file in files if not file.is_read),
        rows={table: len(tables[table]) for table in records.RECORD_TABLES},
        issues=tables["issues"],
    )


def _deliver(files: list[RawFile], settings: Settings, progress: Progress) -> list[Delivery]:
    keys = privacy.read_person_key(settings.person_key_file)
    deliveries = []
    for delivery in load_files(files, keys, settings.workers, settings.vocabulary):
        deliveries.append(delivery)
        progress(len(deliveries), len(files), delivery.file)
    return sorted(deliveries, key=lambda delivery: delivery.file)


def _of_folder(files: Iterable[RawFile]) -> list[Issue]:
    """What can be said of files without opening them: passed over, in use, links."""
    return [Issue(file.name, rule=file.rule) for file in files if file.rule]


def _late_deliveries(actions: Iterable[Mapping[str, Any]], as_of: date) -> list[Issue]:
    late = (row for row in actions if row.get("reported_on") and row["reported_on"] > as_of)
    places = {(row["source_file"], row["source_sheet"]) for row in late}
    return [Issue(*place, rule="delivery-after-as-of", dataset="actions", column="reported_on") for place in places]


def _issue_row(issue: Issue) -> dict[str, Any]:
    text = issue_texts()[issue.rule]
    row = asdict(issue)
    return row | {"severity": text.severity, "message": text.both(row.pop("hint"))}
