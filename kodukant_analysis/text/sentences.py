"""Sentences: their parts - a number with its noun, a likely range, what it rests on, cautions."""

import re
from typing import Final

from kodukant_analysis.text.catalogue import DEFAULT_LANGUAGE, catalogue, translate
from kodukant_analysis.text.findings import UNSHOWN, Finding
from kodukant_analysis.text.names import series_label, wording
from kodukant_analysis.text.numbers import count_words, measure_range, measure_text, number, percent, plural_form

# Below this denominator a share is said as "8 of 12": percent would promise more than there is.
PERCENT_FROM: Final = 30
_UNSAID: Final = ("ok", *UNSHOWN)
_NOUNS: Final = {"count": "", "days": "day", "score": "point"}


def share_words(finding: Finding, lang: str = DEFAULT_LANGUAGE) -> str:
    """The number of a finding with what it is of: "85 % of people", "8 of 12 discussions", "12 days"; else bare."""
    noun, _, measure, _ = wording(finding.name)
    value = finding.estimate or 0.0
    if measure in _NOUNS:
        return count_words(_NOUNS[measure] or noun, round(value), lang)
    if measure != "share":
        return value_text(finding, lang)
    if finding.is_counted and finding.n is not None and finding.n < PERCENT_FROM:
        stem = f"share.{noun}.count"
        form = f"{stem}_{plural_form(finding.n, lang)}"
        return translate(form if form in catalogue(lang) else stem, lang, k=finding.k, n=finding.n)
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


def value_text(finding: Finding, lang: str = DEFAULT_LANGUAGE, *, is_sized: bool = False) -> str:
    """The bare number of a finding as a table shows it: "85 %", "12", "+4 pp"; a dash where there is none."""
    if finding.estimate is None:
        return "–"
    limits = tuple(end for end in (finding.low, finding.high) if end is not None)
    return measure_text(finding.estimate, wording(finding.name).measure, lang, limits=limits, is_sized=is_sized)


def range_text(finding: Finding, lang: str = DEFAULT_LANGUAGE) -> str:
    """The likely range of a finding, "" where it has none; days may have no end."""
    measure = wording(finding.name).measure
    if finding.low is None:
        return ""
    if finding.high is None:
        return translate("number.open", lang, low=number(finding.low, lang, 0)) if measure == "days" else ""
    return measure_range(finding.low, finding.high, measure, lang)


def basis_words(finding: Finding, lang: str = DEFAULT_LANGUAGE) -> str:
    """The likely range of a finding and what it rests on: "likely range 79–89 %; 412 answers"."""
    found, manner = range_text(finding, lang), wording(finding.name)
    # The range of a register's share covers the chance of the process, not of a sample: it must be said apart.
    likely = translate(f"basis.{manner.basis}", lang, range=found) if found else ""
    return "; ".join(filter(None, (likely, _rests_on(finding, lang))))


def borders_phrase(finding: Finding, lang: str = DEFAULT_LANGUAGE) -> str:
    """The borders that a finding is of, where its name ends in them: "in today's borders"; else empty."""
    return catalogue(lang).get(f"borders.{finding.name.variant}", "")


def flag_sentences(finding: Finding, lang: str = DEFAULT_LANGUAGE, *, but: str = "") -> list[str]:
    """What a reader must know beside a shown number, a sentence a flag but for one, in the order of the flags."""
    # Clusters are discussions in a register and sampling points in a survey: said apart where it matters.
    basis, texts = wording(finding.name).basis, catalogue(lang)
    unsaid = (*_UNSAID, but, *(() if range_text(finding, lang) else ("all_same",)))
    keys = [(f"flag.{basis}.{flag}", f"flag.any.{flag}") for flag in finding.flags if flag not in unsaid]
    said = [translate(own if own in texts else shared, lang) for own, shared in keys] if finding.is_shown else []
    return [sentence for sentence in said if sentence]


def unshown_flag(flags: tuple[str, ...]) -> str:
    """The flag that says why a row shows no number; `not_estimable` when none of the flags says it.

    >>> unshown_flag(("suppressed", "few_clusters"))
    'suppressed'
    """
    return next((flag for flag in UNSHOWN if flag in flags), "not_estimable")


def tidy(text: str) -> str:
    """A sentence put together from parts: no empty brackets, one space, none before a comma, one full stop, a capital.

    >>> tidy("in Estonia , up 4 p.p. ().")
    'In Estonia, up 4 p.p.'
    """
    text = re.sub(r" +", " ", text.replace("()", "")).strip()
    text = re.sub(r" ([,.;:?])", r"\1", text).replace("..", ".")
    return text[:1].upper() + text[1:]


def _rests_on(finding: Finding, lang: str) -> str:
    if finding.n is None and wording(finding.name).basis != "sample":
        return ""
    is_told = finding.n is not None
    counted = (
        count_words(wording(finding.name).noun, finding.n or 0, lang) if is_told else translate("basis.n_unknown", lang)
    )
    if not finding.name.series:
        return counted
    return translate("basis.series", lang, counted=counted, series=series_label(finding.name.series, lang))
