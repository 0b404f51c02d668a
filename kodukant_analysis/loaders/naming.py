"""Naming: which topic and which action a row is, so that one has the same name in every delivery and language."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from kodukant_analysis.loaders.identifiers import identifier
from kodukant_analysis.loaders.vocabulary import vocabulary
from kodukant_analysis.loaders.wording import key

Row = dict[str, Any]
_CYRILLIC: Final = re.compile("[А-Яа-яЁё]")


def name_topics(rows: Iterable[Row]) -> dict[str, list[Row]]:
    """Sets `topic_id`, by number or else by title; returns the topics by discussion."""
    by_discussion: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        number, title = row.get("topic_no"), key(row.get("title") or "")
        row["topic_id"] = identifier("t", row["discussion_id"], title if number is None else number)
        by_discussion[row["discussion_id"]].append(row)
    return by_discussion


def name_actions(rows: Iterable[Row], topics: Mapping[str, list[Row]]) -> None:
    """Sets `action_id` and `topic_id`, delivery by delivery.

    An action is known again by its words, the n-th of the same words being the n-th; or, where a later delivery tells
    it in the other language, by its topic's category, its owners and its due date, if only one on each side has them.
    """
    by_discussion: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        row["topic_id"] = _topic_of(row, topics.get(row["discussion_id"], []))
        by_discussion[row["discussion_id"]].append(row)
    for told in by_discussion.values():
        _name_in_discussion(told)


def _name_in_discussion(rows: list[Row]) -> None:
    deliveries: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for row in sorted(
        rows, key=lambda row: (row.get("reported_on") or date.min, row["source_file"], row["source_row"])
    ):
        deliveries[row.get("reported_on") or date.min, row["source_file"], row["source_sheet"]].append(row)
    known: dict[tuple[str, int], Row] = {}
    for delivery in deliveries.values():
        _name_delivery(delivery, known)


def _name_delivery(delivery: list[Row], known: dict[tuple[str, int], Row]) -> None:
    """Names the actions of a delivery; `known` holds the latest row of each wording."""
    count: Counter[str] = Counter()
    wordings = []
    for row in delivery:
        words = key(row.get("action") or "")
        count[words] += 1
        wordings.append((words, count[words]))
    here = {known[wording]["action_id"] for wording in wordings if wording in known}
    fresh = [row for row, wording in zip(delivery, wordings, strict=True) if wording not in known]
    elsewhere = [row for row in known.values() if row["action_id"] not in here]
    for row, wording in zip(delivery, wordings, strict=True):
        same = known.get(wording) or _translated(row, fresh, elsewhere)
        row["action_id"] = same["action_id"] if same else identifier("a", row["discussion_id"], *wording)
        known[wording] = row


def _translated(row: Row, fresh: Iterable[Row], known: Iterable[Row]) -> Row | None:
    """The known action that a row tells in the other language, or None when that is not certain."""
    mark = _fingerprint(row)
    alike = [other for other in fresh if _fingerprint(other) == mark]
    found = {
        other["action_id"]: other
        for other in known
        if _fingerprint(other) == mark and _other_script(row, other, "action")
    }
    return next(iter(found.values())) if len(alike) == len(found) == 1 else None


def _fingerprint(row: Row) -> tuple[Any, ...]:
    return _category(row), row.get("owners"), row.get("due_on"), row.get("due_kind")


def _topic_of(row: Row, topics: list[Row]) -> str | None:
    """The topic that an action names by title or number, also in the other language if one topic's category fits."""
    title, number = key(row.get("title") or ""), row.get("topic_no")
    if not title and number is None:
        return None
    same = [t for t in topics if (key(t.get("title") or "") == title if title else t.get("topic_no") == number)]
    same = same or [t for t in topics if title and _category(t) == _category(row) and _other_script(row, t, "title")]
    names = {topic["topic_id"] for topic in same}
    return names.pop() if len(names) == 1 else identifier("t", row["discussion_id"], title or number)


def _category(row: Row) -> str | None:
    return vocabulary().values["category"].find(row.get("title") or "")


def _other_script(one: Row, other: Row, column: str) -> bool:
    left, right = (bool(_CYRILLIC.search(row.get(column) or "")) for row in (one, other))
    return left != right
