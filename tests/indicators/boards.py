"""Boards: small registers of discussions, topics and actions for tests of what became of topics."""

from tests.totals.conftest import drawn

TOPIC = "topic_id | discussion_id | category | raised_by | participants | points | has_summary | solutions | next_step"


def tables(discussions, topics=(), actions=()):
    """discussions: id -> day held; topics: lines of `TOPIC`; actions: action, discussion, topic, days."""
    held = [f"{one} | held | {day} | 0638" for one, day in discussions.items()]
    return {
        "discussions": drawn("discussions", "\n".join(["discussion_id | status | held_on | municipality_code", *held])),
        "topics": drawn("topics", "\n".join([TOPIC, *topics])),
        "actions": drawn(
            "actions",
            "\n".join(["action_id | discussion_id | topic_id | agreed_on | due_on | due_kind | owners", *actions]),
        ),
        "attendance": drawn("attendance", "discussion_id"),
    }


def plain(topic, discussion):
    """A topic of which nothing is told."""
    return f"{topic} | {discussion} | | | | | | |"
