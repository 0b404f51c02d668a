"""Reasons: why an estimate is not said - how many there are and how many it takes, what stands against it."""

import re
from collections.abc import Mapping

from kodukant_analysis.text.catalogue import DEFAULT_LANGUAGE, catalogue, translate
from kodukant_analysis.text.findings import Finding
from kodukant_analysis.text.names import item_label, wording
from kodukant_analysis.text.numbers import count_words, integer, plural_text
from kodukant_analysis.text.periods import when_phrase
from kodukant_analysis.text.refusals import refusal_reason, refusals_in
from kodukant_analysis.text.regions import region_label, where_phrase
from kodukant_analysis.text.sentences import tidy, unshown_flag

# No rule asks for more: where there are as many, it is not their number that is wanting.
ENOUGH = 30
_BREAKS = ("instrument_break", "boundary_break")


def reason_text(finding: Finding, lang: str = DEFAULT_LANGUAGE) -> str:
    """Why a finding has no number, in one or more sentences.

    The note may tell more: how many are `needed`, for how many days it `followed`, the `reason` of a refusal (by its
    slug, several joined by ","; or the slug with its values, "few_treated.treated=3"), or before a colon a text of its
    own ("part of the prefecture: Kesk-Eesti").
    """
    flag = unshown_flag(finding.flags)
    special = _special_key(finding, flag, lang)
    text = tidy(translate(special or _usual_key(finding, flag), lang, **_values(finding, lang)))
    return " ".join([text, *_further(finding, flag, lang, is_special=bool(special))])


def has_own_words(finding: Finding, lang: str = DEFAULT_LANGUAGE) -> bool:
    """Whether the reason of a finding without a number names by itself what the number is of."""
    return bool(_special_key(finding, unshown_flag(finding.flags), lang))


def _special_key(finding: Finding, flag: str, lang: str) -> str:
    # Where there is nothing, there is nothing that a note could explain.
    why = "" if flag == "no_data" else re.sub(r"[^a-z]+", "_", finding.note.partition(": ")[0])
    keys = (f"unshown.{why}", f"unshown.{finding.name.key}.{flag}")
    return next((key for key in keys if key in catalogue(lang)), "")


def _usual_key(finding: Finding, flag: str) -> str:
    needed, n = _number(finding, "needed"), finding.n or 0
    if flag != "too_few" or (needed is None and n < ENOUGH):
        return f"unshown.{flag}"
    return "unshown.too_few_needed" if needed is not None and n < needed else "unshown.too_uncertain"


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
