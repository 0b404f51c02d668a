"""Agreed actions as records: (discussion, status, days), a done one done on that day, others reported on it."""

from datetime import date, timedelta

AS_OF = date(2020, 1, 1)
AGREED = date(2016, 1, 1)
COLUMNS = "action_id | discussion_id | municipality_code | agreed_on | reported_on | status | done_on | topic_id"


def actions_text(actions, municipality="0638", agreed=AGREED):
    """A drawing of actions agreed on one day in one municipality; a fourth part of an action is its topic."""
    return "\n".join(
        _line(f"{municipality}-{place}", *one, **_of(municipality, agreed)) for place, one in enumerate(actions)
    )


def spread(count, status, days, discussions=10):
    """That many actions of one fate, over so many discussions."""
    return [(f"D{place % discussions}", status, days) for place in range(count)]


def _of(municipality, agreed):
    return {"municipality": municipality, "agreed": agreed}


def _line(name, discussion, status, days, topic="", *, municipality, agreed):
    end = agreed + timedelta(days=days)
    reported, done = (end + timedelta(days=30), end) if status == "done" else (end, "")
    place = f"{municipality}-{discussion}"
    return f"{name} | {place} | {municipality} | {agreed} | {reported} | {status} | {done} | {topic}"
