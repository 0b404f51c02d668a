"""Reasons: why an estimate is not said - how many there are and how many it takes, what stands against it."""

import re
from collections.abc import Mapping

from kodukant_analysis.text.catalogue import DEFAULT_LANGUAGE, catalogue, translate
from kodukant_analysis.text.findings import Finding
from kodukant_analysis.text.names import (
    IndicatorName,
    item_label,
    question_text,
    topic_key,
    topic_text,
    wording,
)
from kodukant_analysis.text.numbers import count_words, integer, plural_text
from kodukant_analysis.text.periods import when_phrase
from kodukant_analysis.text.refusals import refusal_reason, refusals_in
from kodukant_analysis.text.regions import region_label, where_phrase
from kodukant_analysis.text.sentences import tidy, unshown_flag

# No rule asks for more: where there are as many, it is not their number that is wanting.
ENOUGH = 30
# Where more than this share is not known, that is why nothing is said.
UNKNOWN_SHARE = 0.2
FEW_DISCUSSIONS = 10
_BREAKS = ("instrument_break", "boundary_break")
# What a note counts of records that might have counted, had somebody written down what is asked.
_UNKNOWN = (
    "blank",
    "untold",
    "not_followed",
    "done_undated",
    "owners_unknown",
    "organisations_unknown",
    "holder_unknown",
    "lead_unknown",
)


def reason_text(finding: Finding, lang: str = DEFAULT_LANGUAGE) -> str:
    """What has no number and why, in one or more sentences.

    The note may tell more: how many are `needed`, for how many days it `followed`, the `reason` of a refusal (by its
    slug, several joined by ","; or the slug with its values, "few_treated.treated=3"), or before a colon a text of its
    own ("part of the prefecture: Kesk-Eesti").
    """
    flag = unshown_flag(finding.flags)
    special = _special_key(finding, flag, lang)
    text = translate(special or _usual_key(finding, flag), lang, **_values(finding, lang))
    says_all = special and (special == _own_key(finding, flag) or not finding.name.series)
    first = tidy(text) if says_all else said_of(finding.name, text, lang)
    return " ".join([first, *_further(finding, flag, lang, is_special=bool(special))])


def said_of(name: IndicatorName, text: str, lang: str = DEFAULT_LANGUAGE) -> str:
    """A text after what it is said of: what is counted of an item, else the question that is asked.

    >>> said_of(IndicatorName("topics_raised_by", "police"), "no data.", "en")
    'Who raises the topics? (police) No data.'
    >>> said_of(IndicatorName("topics_raised_by", "community"), "In Estonia: no data.", "en")
    'Share of topics raised by the community. In Estonia: no data.'
    """
    if not name.series and topic_key("subtitle", name, lang) == f"subtitle.{name.key}.{name.item}":
        return f"{topic_text('subtitle', name, lang)}. {tidy(text)}"
    return f"{question_text(name, lang)} {tidy(text)}"


def _special_key(finding: Finding, flag: str, lang: str) -> str:
    # Where there is nothing, there is nothing that a note could explain.
    why = "" if flag == "no_data" else re.sub(r"[^a-z]+", "_", finding.note.partition(": ")[0])
    keys = (f"unshown.{why}", _own_key(finding, flag))
    return next((key for key in keys if key in catalogue(lang)), "")


def _own_key(finding: Finding, flag: str) -> str:
    return f"unshown.{finding.name.key}.{flag}"


def _usual_key(finding: Finding, flag: str) -> str:
    return f"unshown.{_wanting(finding)}" if flag == "too_few" else f"unshown.{flag}"


def _wanting(finding: Finding) -> str:
    """What is wanting where there is too little to say: records, days to follow them, knowledge, discussions, width."""
    needed, n = _number(finding, "needed"), finding.n or 0
    if needed is not None and n < needed:
        return "too_few_needed"
    # Those not followed are in n where the note says of how many the end is known.
    if "known" in finding.told and _number(finding, "not_followed"):
        return "too_short"
    unknown = sum(_number(finding, key) or 0 for key in _UNKNOWN)
    is_little = needed is None and n < ENOUGH
    # A complete count has no range that could be too wide.
    is_count = "descriptive" in finding.flags and not is_little
    if is_count or unknown > UNKNOWN_SHARE * (n + unknown):
        return "too_unknown"
    if is_little:
        return "too_few"
    if (_number(finding, "discussions") or FEW_DISCUSSIONS) < FEW_DISCUSSIONS:
        return "too_few_discussions"
    return "too_wide" if wording(finding.name).basis == "sample" else "too_uncertain"


def _further(finding: Finding, flag: str, lang: str, *, is_special: bool) -> list[str]:
    """The sentences after the first."""
    if flag == "too_few":
        return [] if is_special else _counted(finding, lang)
    if flag == "not_reached":
        followed = _number(finding, "followed")
        return [] if followed is None else [plural_text("unshown.followed", followed, lang)]
    if flag == "refused":
        return _refusals(finding, lang)
    breaks = [broken for broken in _BREAKS if broken in finding.flags and flag == "not_estimable"]
    return [translate(f"flag.any.{broken}", lang) for broken in breaks]


def _counted(finding: Finding, lang: str) -> list[str]:
    stem = f"unshown.counted.{finding.name.key}"
    is_said = finding.is_counted and f"{stem}.other" in catalogue(lang)
    return [plural_text(stem, finding.k or 0, lang)] if is_said else []


def _refusals(finding: Finding, lang: str) -> list[str]:
    """Each reason of a refusal: told by its slug alone ("reason=..."), or with its values."""
    alone: list[tuple[str, Mapping[str, object]]] = [
        (slug.strip(), {}) for slug in finding.told.get("reason", "").split(",")
    ]
    valued = [(slug, values) for _, slug, values in refusals_in(finding.note)]
    known = {slug: values for slug, values in alone + valued if f"refused.{slug}" in catalogue(lang)}
    return [tidy(f"{refusal_reason(slug, values, lang)}.") for slug, values in known.items()]


def _values(finding: Finding, lang: str) -> dict[str, str]:
    return {
        **_region(finding, lang),
        "label": item_label(finding.name, lang),
        "days": finding.name.variant.rpartition(":")[2],
        "within": region_label(finding.note.partition(": ")[2], lang),
        "counted": count_words(wording(finding.name).noun, finding.n or 0, lang),
        "k": integer(finding.k or 0, lang),
        "n": integer(finding.n or 0, lang),
        "needed": integer(_number(finding, "needed") or 0, lang),
    }


def _region(finding: Finding, lang: str) -> dict[str, str]:
    return {"where": where_phrase(finding.region_name, lang), "when": when_phrase(finding.period, lang)}


def _number(finding: Finding, key: str) -> int | None:
    told = finding.told.get(key, "").strip()
    return round(float(told)) if re.fullmatch(r"\d+(\.\d+)?", told) else None
