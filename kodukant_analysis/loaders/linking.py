"""Linking: drafts of all files as records that know their discussion, topic and action; told twice counts once."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from kodukant_analysis.loaders.drafts import Draft
from kodukant_analysis.loaders.headings import file_date
from kodukant_analysis.loaders.meetings import Meeting, Meetings, meeting_of
from kodukant_analysis.loaders.naming import name_actions, name_topics
from kodukant_analysis.records import RECORD_TABLES, Issue

_CODES: Final = ("prefecture", "county_code", "municipality_code", "municipality_code_then", "place_code")


@dataclass
class Records:
    """The rows of every table, with the issues that only show when all files are seen together."""

    rows: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: {table: [] for table in RECORD_TABLES})
    issues: list[Issue] = field(default_factory=list)


def link_drafts(drafts: Iterable[Draft]) -> Records:
    """Records with `discussion_id`, `topic_id` and `action_id`, the same from run to run in any order of files."""
    by_table: dict[str, list[Draft]] = defaultdict(list)
    for draft in sorted(drafts, key=lambda d: (d.file, d.sheet, d.row)):
        by_table[draft.dataset].append(draft)
    records, meetings = Records(), Meetings()
    _link_discussions(by_table["discussions"], meetings, records)
    for table in ("attendance", "topics"):
        for draft in by_table[table]:
            records.rows[table].append(_linked(draft, _implied(draft, meetings, records)))
    topics = name_topics(records.rows["topics"])
    for draft in by_table["actions"]:
        records.rows["actions"].append(_linked(draft, meetings.find(draft) or meetings.add(meeting_of(draft))))
    name_actions(records.rows["actions"], topics)
    for table in ("answers", "shares"):
        records.rows[table] = [_provenance(draft) | dict(draft.values) for draft in by_table[table]]
    return records


def _link_discussions(drafts: Sequence[Draft], meetings: Meetings, records: Records) -> None:
    """Of a discussion in two files the newer report wins: the later day in the file's name, then the later name."""
    newest: dict[str, Draft] = {}
    for draft in sorted(drafts, key=lambda d: (file_date(d.file) or date.min, d.file, d.sheet, d.row)):
        meeting = meetings.same(meeting_of(draft)) or meetings.add(meeting_of(draft))
        if older := newest.get(meeting.id):
            records.issues.append(_duplicate(older))
        newest[meeting.id] = draft
    rows = [_provenance(draft) | dict(draft.values) | {"discussion_id": name} for name, draft in newest.items()]
    records.rows["discussions"] += sorted(
        rows, key=lambda row: (row["source_file"], row["source_sheet"], row["source_row"])
    )


def _duplicate(draft: Draft) -> Issue:
    cell = draft.cells.get("discussion_no") or draft.cells.get("held_on") or ""
    return Issue(draft.file, draft.sheet, cell, "discussion-reported-twice", dataset="discussions")


def _implied(draft: Draft, meetings: Meetings, records: Records) -> Meeting:
    """The discussion of a row; one that no register names is a record of its own, held as its rows say."""
    found = meetings.find(draft)
    if found:
        return found
    meeting = meetings.add(meeting_of(draft))
    region = {name: draft.values.get(name) for name in (*_CODES, "place")}
    implied = {**draft.told, "discussion_id": meeting.id, "status": "held", "held_on": draft.day}
    records.rows["discussions"].append(_provenance(draft) | region | implied)
    return meeting


def _linked(draft: Draft, meeting: Meeting) -> dict[str, Any]:
    values = dict(draft.values)
    if not any(values.get(name) for name in _CODES[1:]):
        values |= {name: meeting.region.get(name) or values.get(name) for name in _CODES}
    return _provenance(draft) | values | {"discussion_id": meeting.id}


def _provenance(draft: Draft) -> dict[str, Any]:
    return {"source_file": draft.file, "source_sheet": draft.sheet, "source_row": draft.row}
