"""Linking: drafts of all files as records that know their discussion, topic and action; told twice counts once."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final

from kodukant_analysis.loaders.drafts import Draft
from kodukant_analysis.loaders.histories import name_actions
from kodukant_analysis.loaders.meetings import Meeting, Meetings, agree, meeting_of
from kodukant_analysis.loaders.naming import name_topics
from kodukant_analysis.loaders.retold import Aside, age_of, aside_of, disputed, retold
from kodukant_analysis.places import resolve_place
from kodukant_analysis.records import RECORD_TABLES, SCHEMAS, Issue

_CODES: Final = ("prefecture", "county_code", "municipality_code", "municipality_code_then", "place_code")
_MAX_FOUND: Final = 60


@dataclass
class Records:
    """The rows of every table, with the issues that only show when all files are seen together.

    `aside` are the rows of sheets that do not count because a newer file tells the same.
    """

    rows: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: {table: [] for table in RECORD_TABLES})
    issues: list[Issue] = field(default_factory=list)
    noted: set[tuple[str, ...]] = field(default_factory=set)
    aside: set[Aside] = field(default_factory=set)

    def note(self, rule: str, draft: Draft) -> None:
        """An issue at what a row tells of its discussion, once for each number in a sheet."""
        what = (rule, draft.file, draft.sheet, draft.dataset, draft.number or "")
        if what not in self.noted:
            self.noted.add(what)
            self.issues.append(_issue(rule, draft))


def link_drafts(drafts: Iterable[Draft], as_of: date = date.max) -> Records:
    """Records with `discussion_id`, `topic_id` and `action_id`, the same from run to run in any order of files.

    A discussion that only actions name has an id, which they share, and no record: a plan does not say it was held.
    A discussion of a day after `as_of` is planned unless its sheet says that it was held.
    """
    by_table: dict[str, list[Draft]] = defaultdict(list)
    for draft in sorted(drafts, key=lambda d: (d.file, d.sheet, d.row)):
        by_table[draft.dataset].append(draft)
    records, meetings = Records(), Meetings()
    tellers = _newest_reports(by_table["discussions"], meetings, records)
    for table in ("attendance", "topics", "actions"):
        for draft in by_table[table]:
            records.rows[table].append(_linked(draft, _discussion_of(draft, meetings, tellers, records)))
    vague = frozenset(meeting.id for meeting in meetings.by_id.values() if not meeting.is_told_apart)
    topics = name_topics(records.rows["topics"])
    for table in ("attendance", "topics"):
        _leave_retold(table, by_table[table], records)
    name_actions(records.rows["actions"], topics, vague)
    for table in ("answers", "shares"):
        records.rows[table] = [_provenance(draft) | dict(draft.values) for draft in by_table[table]]
    rows = [_discussion(name, told, as_of, records) | _followed(name, told, meetings) for name, told in tellers.items()]
    records.rows["discussions"] = sorted(
        rows, key=lambda row: (row["source_file"], row["source_sheet"], row["source_row"], row["discussion_id"])
    )
    return records


def _newest_reports(drafts: Iterable[Draft], meetings: Meetings, records: Records) -> dict[str, Draft]:
    """Of a discussion in two files the newer report wins: the later day in the file's name, then the later name."""
    newest: dict[str, Draft] = {}
    for draft in sorted(drafts, key=lambda d: (age_of(d.file), d.sheet, d.row)):
        meeting = meetings.of_register(draft)
        if older := newest.get(meeting.id):
            records.issues.append(_retold(older, draft))
        elif meetings.contradicts(draft, meeting):
            records.note("discussion-disagrees", draft)
        newest[meeting.id] = draft
    return newest


def _leave_retold(table: str, drafts: Sequence[Draft], records: Records) -> None:
    """Takes out of a table what a newer file tells once more, with an issue in each sheet; disputed topics stay."""
    told = retold(drafts, records.rows[table])
    for place in disputed(records.rows[table]) if table == "topics" else ():
        records.note("topic-disagrees", replace(drafts[place], number=None))
    for place in sorted(told):
        records.note("row-reported-twice", replace(drafts[place], number=None))
    still = {aside_of(draft) for place, draft in enumerate(drafts) if place not in told}
    records.aside |= {aside_of(drafts[place]) for place in told} - still
    records.rows[table] = [row for place, row in enumerate(records.rows[table]) if place not in told]


def _retold(older: Draft, newer: Draft) -> Issue:
    """An issue at a report that a newer one replaces, with what the two tell differently; persons stay unnamed."""
    told = {name: (older.values.get(name), newer.values.get(name)) for name in SCHEMAS["discussions"]}
    differing = {name: pair for name, pair in told.items() if None not in pair and pair[0] != pair[1]}
    found = "; ".join(f"{old} / {new}" for name, (old, new) in differing.items() if not name.endswith("_key"))
    issue = _issue("discussion-reported-twice", older)
    return replace(issue, column=" | ".join(differing), found=found[:_MAX_FOUND])


def _discussion_of(draft: Draft, meetings: Meetings, tellers: dict[str, Draft], records: Records) -> Meeting | None:
    """The discussion of a row; one that no register names is told by the row itself, one in doubt is missing."""
    found, told = meetings.fitting(draft), meeting_of(draft)
    if len(found) == 1:
        # An action may be agreed on another day than its discussion was held.
        if not agree(found[0], replace(told, day=None) if draft.dataset == "actions" else told):
            records.note("discussion-disagrees", draft)
        return found[0]
    if found:
        records.note("discussion-not-found", draft)
        return None
    if draft.dataset == "actions" and not (told.number or (told.day and told.is_placed)):
        return None
    if not told.is_told_apart and (told.number or meetings.by_file[draft.file]):
        records.note("discussion-not-found", draft)
    meeting = meetings.add(draft)
    if draft.dataset != "actions":
        tellers[meeting.id] = _implied(draft)
    return meeting


def _implied(draft: Draft) -> Draft:
    """A discussion as a row tells it: where people came or topics were raised it was held."""
    region = {name: draft.values.get(name) for name in (*_CODES, "place")}
    told = {**draft.told, "status": "held", "held_on": draft.day, "is_state_told": True}
    return replace(draft, values=region | told)


def _discussion(name: str, draft: Draft, as_of: date, records: Records) -> dict[str, Any]:
    """The record of a discussion; one of a later day than `as_of` is planned unless its row says that it was held."""
    values = _provenance(draft) | dict(draft.values) | {"discussion_id": name}
    day = values.get("held_on")
    if day is None or day <= as_of:
        return values
    if any(values.get(told) for told in ("is_state_told", "attendees", "summary_sent_on")):
        records.note("discussion-after-as-of", draft)
        return values
    return values | {"status": "planned", "planned_on": values.get("planned_on") or day, "held_on": None}


def _followed(name: str, draft: Draft, meetings: Meetings) -> dict[str, str | None]:
    """The earlier discussion whose number a row names, if there is just one."""
    number = draft.values.get("follow_up_no")
    found = meetings.before(meetings.by_id[name], number) if number else []
    return {"follow_up_of": found[0].id if len(found) == 1 else None}


def _linked(draft: Draft, meeting: Meeting | None) -> dict[str, Any]:
    """The record of a row; one that names no place, or a building unknown as a place, is where its discussion was."""
    values = dict(draft.values)
    is_resolved = any(values.get(name) for name in _CODES[1:])
    if meeting and not is_resolved and resolve_place(values.get("place") or "").reason in {"unknown", "empty"}:
        values |= {name: meeting.region.get(name) or values.get(name) for name in _CODES}
    return _provenance(draft) | values | {"discussion_id": meeting and meeting.id}


def _issue(rule: str, draft: Draft) -> Issue:
    cell = next((draft.cells[name] for name in ("discussion_no", "held_on", "row") if draft.cells.get(name)), "")
    return Issue(draft.file, draft.sheet, cell, rule, dataset=draft.dataset)


def _provenance(draft: Draft) -> dict[str, Any]:
    return {"source_file": draft.file, "source_sheet": draft.sheet, "source_row": draft.row}
