"""Retold: people and topics of a discussion that a newer file tells once more; they count once."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any

from kodukant_analysis.loaders.drafts import Draft
from kodukant_analysis.loaders.headings import file_date
from kodukant_analysis.loaders.wording import key
from kodukant_analysis.records import SheetAccount

Row = Mapping[str, Any]
# A row of a sheet that was read and does not count: its file, sheet, dataset, row, and the address at which it begins.
Aside = tuple[str, str, str, int, str]


@lru_cache(maxsize=10_000)
def age_of(file: str) -> tuple[date, str]:
    """What tells the newer of two files: the later day in the name, then the later name."""
    return file_date(file) or date.min, file


def retold(drafts: Sequence[Draft], rows: Sequence[Row]) -> set[int]:
    """The places, in a list of rows and the drafts they are made of, of rows that a newer file has too.

    One topic is told by its `topic_id` and title, one person by `person_key`, people without names by their group.
    """
    files: dict[tuple[Any, ...], set[str]] = defaultdict(set)
    for row in rows:
        files[_identity(row)].add(row["source_file"])
    is_told = {told for told in files if told[0] and (told[1] or told[2])}
    newest = {told: max(files[told], key=age_of) for told in is_told if len(files[told]) > 1}
    return {
        place
        for place, (draft, row) in enumerate(zip(drafts, rows, strict=True))
        if newest.get(_identity(row), draft.file) != draft.file
    }


def _identity(row: Row) -> tuple[Any, ...]:
    who = row.get("topic_id") or row.get("person_key")
    what = key(row.get("title") or "") if who else row.get("group")
    return row["discussion_id"], who, what, bool(row.get("is_absent"))


def disputed(topics: Sequence[Row]) -> list[int]:
    """The places, in a list of topics, of those whose number another file gives to a topic of another title."""
    titles: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in topics:
        if title := key(row.get("title") or ""):
            titles[row["topic_id"]][title].add(row["source_file"])
    many = {name for name, told in titles.items() if len(told) > 1 and len(set.union(*told.values())) > 1}
    return [place for place, row in enumerate(topics) if row["topic_id"] in many]


def aside_of(draft: Draft) -> Aside:
    """Where the row of a draft stands."""
    return draft.file, draft.sheet, draft.dataset, draft.row, draft.cells["row"]


def settled(accounts: Iterable[SheetAccount], aside: Iterable[Aside]) -> list[SheetAccount]:
    """The accounts of tables with the rows that count elsewhere no longer kept but set aside."""
    rows: dict[tuple[str, str, str], set[tuple[int, str]]] = defaultdict(set)
    for file, sheet, dataset, row, address in aside:
        rows[file, sheet, dataset].add((row, address))
    return [_settle(account, rows) for account in accounts]


def _settle(account: SheetAccount, rows: Mapping[tuple[str, str, str], set[tuple[int, str]]]) -> SheetAccount:
    here = rows.get((account.source_file, account.source_sheet, account.dataset), set())
    first, last = account.first_row or 0, account.last_row or 0
    count = sum(first <= row <= last for row, _ in here)
    return replace(account, rows_kept=account.rows_kept - count, rows_set_aside=account.rows_set_aside + count)
