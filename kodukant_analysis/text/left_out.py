"""What a figure leaves out, in a sentence: a share is only as good as what it is a share of."""

import re

from kodukant_analysis.text.catalogue import DEFAULT_LANGUAGE, translate
from kodukant_analysis.text.numbers import count_words, integer

# Reasons by the noun of what was left out, as the note of an estimate names them.
_REASONS = {
    "action": (
        "continuous",
        "done_without_date",
        "done_before_agreed",
        "no_status",
        "no_agreed_on",
        "no_report_date",
        "reported_before_agreed",
        "done_in_future",
        "ended_before_entry",
        "owners_unknown",
    ),
    "discussion": (
        "attendance_unknown",
        "undated",
        "status_unknown",
        "not_placed_today",
        "not_placed_then",
        "plan_not_placed_today",
        "plan_not_placed_then",
        "organisations_unknown",
        "lead_unknown",
        "holder_unknown",
        "younger",
        "untold",
        "sent_undated",
        "impossible",
    ),
}


def left_out_sentence(note: str, lang: str = DEFAULT_LANGUAGE) -> str:
    """What the note of an estimate says was left out and why, the most first; "" when nothing was.

    >>> left_out_sentence("held=9; attendance_unknown=0; undated=2", "en")
    'Left out: 2 discussions (2 held on an unknown day).'
    """
    counts = {reason: int(count) for reason, count in re.findall(r"(\w+)[:=](\d+)(?![\d.])", note)}
    for noun, reasons in _REASONS.items():
        said = sorted(((counts.get(reason, 0), reason) for reason in reasons), reverse=True)
        if said[0][0]:
            text = _sentence(noun, [(count, reason) for count, reason in said if count], lang)
            return f"{text} {translate('left_out.bias', lang)}" if counts.get("done_without_date") else text
    return ""


def _sentence(noun: str, said: list[tuple[int, str]], lang: str) -> str:
    counted = count_words(noun, sum(count for count, _ in said), lang)
    reasons = "; ".join(f"{integer(count, lang)} {translate(f'left_out.{reason}', lang)}" for count, reason in said)
    return translate("left_out.sentence", lang, counted=counted, reasons=reasons)
