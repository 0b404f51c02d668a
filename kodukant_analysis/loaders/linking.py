"""Linking: drafts of all files as records that know their discussion, topic and action; what is told twice counts once."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any, Final

from kodukant_analysis.loaders.drafts import Draft
from kodukant_analysis.loaders.headings import file_date
from kodukant_analysis.loaders.meetings import Meeting, Meetings, meeting_of
from kodukant_analysis.loaders.wording import key
from kodukant_analysis.records import RECORD_TABLES, Issue

_CODES: Final = ("prefecture", "county_code", "municipality_code", "municipality_code_then", "place_code")


@dataclass
class Records:
    """The rows of every table, with the issues that only show when all files are seen together."""

    rows: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: {table: [] for table in RECORD_TABLES})
    issues: list[Issue] = field(default_factory=list)


def link_drafts(drafts: Iterable[Draft]) -> Records:
    """Records with `discussion_id`, `topic_id` and `action_id`, the same from run to run whatever the order of files."""
    by_table: dict[str, list[Draft]] = defaultdict(list)
    for draft in sorted(drafts, key=lambda d: (d.file, d.sheet, d.row)):
        by_table[draft.dataset].append(draft)
    records, meetings = Records(), Meetings()
    _link_discussions(by_table["discussions"], meetings, records)
    for table in ("attendance", "topics"):
        for draft in by_table[table]:
            records.rows[table].append(_linked(draft, _implied(draft, meetings, records)))
    topics = _name_topics(records.rows["topics"])
    for draft in by_table["actions"]:
        records.rows["actions"].append(_linked(draft, meetings.find(draft) or meetings.add(meeting_of(draft))))
    _name_actions(records.rows["actions"], topics)
    for table in ("answers", "shares"):
        records.rows[table] = [_provenance(draft) | dict(draft.values) for draft in by_table[table]]
    return records


def _link_discussions(drafts: Sequence[Draft], meetings: Meetings, records: Records) -> None:
    """Of the same discussion in two files the newer report wins: the later day in the file's name, then the later name."""
    newest: dict[str, Draft] = {}
    for draft in sorted(drafts, key=lambda d: (file_date(d.file) or date.min, d.file, d.sheet, d.row)):
        meeting = meetings.same(meeting_of(draft)) or meetings.add(meeting_of(draft))
        if older := newest.get(meeting.id):
            records.issues.append(_duplicate(older))
        newest[meeting.id] = draft
    rows = [_provenance(draft) | dict(draft.values) | {"discussion_id": name} for name, draft in newest.items()]
    records.rows["discussions"] += sorted(rows, key=lambda row: (row["source_file"], row["source_sheet"], row["source_row"]))


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
    implied = {"discussion_id": meeting.id, "status": "held", "held_on": draft.day}
    records.rows["discussions"].append(_provenance(draft) | region | implied)
    return meeting


def _linked(draft: Draft, meeting: Meeting) -> dict[str, Any]:
    values = dict(draft.values)
    if not any(values.get(name) for name in _CODES[1:]):
        values |= {name: meeting.region.get(name) or values.get(name) for name in _CODES}
    return _provenance(draft) | values | {"discussion_id": meeting.id}


def _provenance(draft: Draft) -> dict[str, Any]:
    return {"source_file": draft.file, "source_sheet": draft.sheet, "source_row": draft.row}


def _name_topics(rows: list[dict[str, Any]]) -> Mapping[tuple[str, str], str]:
    """Sets `topic_id`; returns it by discussion and by title or number, for the actions that name their topic."""
    names: dict[tuple[str, str], str] = {}
    for row in rows:
        number, title = row.get("topic_no"), key(row.get("title") or "")
        row["topic_id"] = names.get((row["discussion_id"], f"#{number}")) if number is not None else None
        row["topic_id"] = row["topic_id"] or identifier("t", row["discussion_id"], number if number is not None else title)
        names.setdefault((row["discussion_id"], title), row["topic_id"])
        names.setdefault((row["discussion_id"], f"#{number}"), row["topic_id"])
    return names


def _name_actions(rows: list[dict[str, Any]], topics: Mapping[tuple[str, str], str]) -> None:
    """Sets `action_id` and `topic_id`: the n-th action of the same words in each delivery of a discussion is one action."""
    seen: Counter[tuple[Any, ...]] = Counter()
    for row in rows:
        action, title, number = key(row.get("action") or ""), key(row.get("title") or ""), row.get("topic_no")
        delivery = (row["source_file"], row["source_sheet"], row.get("reported_on"), row["discussion_id"], action)
        seen[delivery] += 1
        row["action_id"] = identifier("a", row["discussion_id"], action, seen[delivery])
        named = (row["discussion_id"], title) if title else (row["discussion_id"], f"#{number}")
        said = bool(title) or number is not None
        row["topic_id"] = (topics.get(named) or identifier("t", *named)) if said else None


def identifier(kind: str, *parts: Any) -> str:
    """A short name made from what it stands for, the same on every machine."""
    return kind + sha256("|".join(map(str, parts)).encode()).hexdigest()[:12]
