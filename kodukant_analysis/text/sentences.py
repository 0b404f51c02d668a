"""Sentences: one estimate in plain words - the number, its likely range, what it rests on - or why it is not said."""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from kodukant_analysis.text.catalogue import DEFAULT_LANGUAGE, catalogue, translate
from kodukant_analysis.text.findings import Finding, read_finding
from kodukant_analysis.text.names import question_label, series_label, topic_text, wording
from kodukant_analysis.text.numbers import count_words, integer, percent, percent_range, plural_text
from kodukant_analysis.text.regions import region_label, where_phrase

if TYPE_CHECKING:
    import pandas as pd

# Below this denominator a share is said as "8 of 12": percent would promise more than there is.
PERCENT_FROM = 30
UNSHOWN = ("no_data", "suppressed", "not_estimable", "too_few", "refused", "not_reached")
_UNSAID = ("ok", *UNSHOWN)
_PARTS = {"H": "when.half", "Q": "when.quarter"}


def explain(row: "Mapping[str, Any] | pd.Series[Any]", lang: str = DEFAULT_LANGUAGE) -> str:
    """One row of the estimate frame in plain words; KeyError when a column or a text is missing.

    A share of fewer than 30 that is a plain count is said as "8 of 12"; a row without a number says why there is none.

    >>> explain({"indicator": "survey_share:trust_police:omnibus", "region_name": "Eesti", "period": "2023", "n": 412,
    ...          "estimate": .85, "low": .79, "high": .89, "method": "korn_graubard", "flag": "ok"}, "en")
    'In Estonia in 2023, 85% of people trusted the police (likely range 79–89%; 412 answers, omnibus survey).'
    """
    finding = read_finding(row)
    if not finding.is_shown:
        return _unshown(finding, lang)
    text = topic_text(
        "sentence",
        finding.name,
        lang,
        where=where_phrase(finding.region_name, lang),
        when=when_phrase(finding.period, lang),
        share=share_words(finding, lang),
        value=value_text(finding, lang),
        basis=_basis(finding, lang),
        label=question_label(finding.name.item, lang),
        days=finding.name.variant,
        borders=borders_phrase(finding, lang),
        bound=bound_word(finding, lang),
    )
    return " ".join([_tidy(text), *flag_sentences(finding, lang)])


def share_words(finding: Finding, lang: str = DEFAULT_LANGUAGE) -> str:
    """The number of a finding with what it is of: "85 % of people", "8 of 12 discussions", "12 days"."""
    noun, _, measure, _ = wording(finding.name)
    value = finding.estimate or 0.0
    if measure != "share":
        return count_words("day" if measure == "days" else noun, round(value), lang)
    if finding.is_counted and finding.n is not None and finding.n < PERCENT_FROM:
        return translate(f"share.{noun}.count", lang, k=finding.k, n=finding.n)
    return translate(f"share.{noun}.percent", lang, percent=percent(value, lang))


def bound_word(finding: Finding, lang: str = DEFAULT_LANGUAGE) -> str:
    """ "At least" or "at most" where events that could not be placed might have changed a complete count, else empty.

    What was held somewhere unknown can only raise what is held and lower the rest; what is planned somewhere unknown
    raises what is planned and lowers what is neither; the two together leave what is planned open.
    """
    held, planned = (re.search(rf"\b{name}_\w+=[1-9]", finding.note) for name in ("not_placed", "plan_not_placed"))
    changed_by = {"held": held, "never": held or planned}.get(finding.name.item, bool(held) != bool(planned))
    if not changed_by:
        return ""
    is_least = finding.name.item == "held" or (finding.name.item == "planned" and not held)
    return translate("bound.least" if is_least else "bound.most", lang)


def value_text(finding: Finding, lang: str = DEFAULT_LANGUAGE) -> str:
    """The bare number of a finding as a table shows it: "85 %", "12"; a dash where there is none."""
    if finding.estimate is None:
        return "–"
    is_share = wording(finding.name).measure == "share"
    return percent(finding.estimate, lang) if is_share else integer(round(finding.estimate), lang)


def range_text(finding: Finding, lang: str = DEFAULT_LANGUAGE) -> str:
    """The likely range of a finding, "" where it has not both ends."""
    if finding.low is None or finding.high is None:
        return ""
    if wording(finding.name).measure == "share":
        return percent_range(finding.low, finding.high, lang)
    return f"{integer(round(finding.low), lang)}–{integer(round(finding.high), lang)}"


def borders_phrase(finding: Finding, lang: str = DEFAULT_LANGUAGE) -> str:
    """The borders that a finding is of, where its name ends in them: "in today's borders"; else empty."""
    return catalogue(lang).get(f"borders.{finding.name.variant}", "")


def flag_sentences(finding: Finding, lang: str = DEFAULT_LANGUAGE) -> list[str]:
    """What a reader must know beside a shown number, a sentence a flag, in the order of the flags."""
    # Clusters are discussions in a register and sampling points in a survey: said apart where it matters.
    basis, texts = wording(finding.name).basis, catalogue(lang)
    keys = [(f"flag.{basis}.{flag}", f"flag.any.{flag}") for flag in finding.flags if flag not in _UNSAID]
    said = [translate(own if own in texts else shared, lang) for own, shared in keys] if finding.is_shown else []
    return [sentence for sentence in said if sentence]


def unshown_flag(flags: tuple[str, ...]) -> str:
    """The flag that says why a row shows no number; `not_estimable` when none of the flags says it.

    >>> unshown_flag(("suppressed", "few_clusters"))
    'suppressed'
    """
    return next((flag for flag in UNSHOWN if flag in flags), "not_estimable")


def when_phrase(period: str, lang: str = DEFAULT_LANGUAGE) -> str:
    """A period as the time of an event; empty for no period.

    >>> when_phrase("2016"), when_phrase("2019H1"), when_phrase("")
    ('2016. aastal', '2019. aasta I poolaastal', '')
    >>> when_phrase("2023Q2", "en"), when_phrase("2023-Q2", "en")
    ('in the second quarter of 2023', 'in the second quarter of 2023')
    """
    if not period:
        return ""
    if re.fullmatch(r"\d{4}", period):
        return translate("when.year", lang, year=period)
    found = re.fullmatch(r"(\d{4})[ -]?(H(?=[12])|Q(?=[1-4]))(\d)", period)
    if found:
        year, kind, part = found.groups()
        return translate(_PARTS[kind], lang, year=year, part=translate(f"part.{part}", lang))
    return translate("when.other", lang, period=period)


def _basis(finding: Finding, lang: str) -> str:
    found, manner = range_text(finding, lang), wording(finding.name)
    # The range of a register's share covers the chance of the process, not of a sample: it must be said apart.
    likely = translate(f"basis.{manner.basis}", lang, range=found) if found else ""
    return "; ".join(filter(None, (likely, _rests_on(finding, lang))))


def _rests_on(finding: Finding, lang: str) -> str:
    if finding.n is None:
        return translate("basis.n_unknown", lang)
    counted = count_words(wording(finding.name).noun, finding.n, lang)
    if finding.name.key == "survey_share" and finding.name.variant:
        return translate("basis.series", lang, counted=counted, series=series_label(finding.name.variant, lang))
    return counted


def _unshown(finding: Finding, lang: str) -> str:
    flag, texts = unshown_flag(finding.flags), catalogue(lang)
    said, _, within = finding.note.partition(": ")
    values = {
        "within": region_label(within, lang),
        "where": where_phrase(finding.region_name, lang),
        "when": when_phrase(finding.period, lang),
        "counted": count_words(wording(finding.name).noun, finding.n or 0, lang),
        "k": integer(finding.k or 0, lang),
        "n": integer(finding.n or 0, lang),
    }
    # Where there is nothing, there is nothing that a note could explain.
    why = "" if flag == "no_data" else re.sub(r"[^a-z]+", "_", said)
    special = next((key for key in (f"unshown.{why}", f"unshown.{finding.name.key}.{flag}") if key in texts), None)
    text = _tidy(translate(special or f"unshown.{flag}", lang, **values))
    counted = f"unshown.counted.{finding.name.key}"
    if special or flag != "too_few" or not finding.is_counted or f"{counted}.other" not in texts:
        return text
    return f"{text} {plural_text(counted, finding.k or 0, lang)}"


def _tidy(text: str) -> str:
    text = re.sub(r" +", " ", text).strip()
    text = re.sub(r" ([,.;:])", r"\1", text)
    return text[:1].upper() + text[1:]
