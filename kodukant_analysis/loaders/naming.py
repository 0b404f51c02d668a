"""Naming: which topic a row is or speaks of, so that one has the same name in every file and language."""

import re
from collections import defaultdict
from collections.abc import Iterable
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
        scene = [row["discussion_id"]] if row["discussion_id"] else [row["source_file"], row["source_sheet"]]
        row["topic_id"] = identifier("t", *scene, title if number is None else number)
        if row["discussion_id"]:
            by_discussion[row["discussion_id"]].append(row)
    return by_discussion


def topic_of(row: Row, topics: Iterable[Row]) -> str | None:
    """The topic that an action names by title or number, also in the other language if one topic's category fits.

    One that no board tells has a name of its own within its discussion.
    """
    title, number = key(row.get("title") or ""), row.get("topic_no")
    if not row["discussion_id"] or (not title and number is None):
        return None
    same = [t for t in topics if (key(t.get("title") or "") == title if title else t.get("topic_no") == number)]
    same = same or [t for t in topics if title and category(t) == category(row) and other_script(row, t, "title")]
    names = {topic["topic_id"] for topic in same}
    return names.pop() if len(names) == 1 else identifier("t", row["discussion_id"], title or number)


def category(row: Row) -> str | None:
    """The category that the title of a topic, or of an action's topic, tells."""
    return vocabulary().values["category"].find(row.get("title") or "")


def other_script(one: Row, other: Row, column: str) -> bool:
    """Whether one of two texts is Russian and the other is not."""
    left, right = (bool(_CYRILLIC.search(row.get(column) or "")) for row in (one, other))
    return left != right
