"""Explanations: one estimate in plain words: the number, its likely range, what it rests on, or why it is unsaid."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from kodukant_analysis.text.catalogue import DEFAULT_LANGUAGE, catalogue, translate
from kodukant_analysis.text.findings import Finding, read_finding
from kodukant_analysis.text.names import CHANGES, item_label, topic_key, topic_text, wording
from kodukant_analysis.text.periods import when_phrase
from kodukant_analysis.text.reasons import reason_text
from kodukant_analysis.text.regions import region_level, where_phrase
from kodukant_analysis.text.sentences import (
    basis_words,
    borders_phrase,
    bound_word,
    flag_sentences,
    range_text,
    share_words,
    tidy,
    value_text,
)

if TYPE_CHECKING:
    import pandas as pd


def explain(row: "Mapping[str, Any] | pd.Series[Any]", lang: str = DEFAULT_LANGUAGE) -> str:
    """One row of the estimate frame in plain words; KeyError when a column or a text is missing.

    A share of fewer than 30 that is a plain count is said as "8 of 12"; a change as one that is up, down or cannot be
    told apart from chance, by whether its range is clear of none; a row without a number says why there is none. A row
    that was compared with others (`standing`) says how it stands among them.

    >>> explain({"indicator": "survey_share:trust_police:omnibus", "region_name": "Eesti", "period": "2023", "n": 412,
    ...          "estimate": .85, "low": .79, "high": .89, "method": "korn_graubard", "flag": "ok"}, "en")
    'In Estonia in 2023, 85% of people trusted the police (likely range 79–89%; 412 answers, omnibus survey).'
    """
    finding = read_finding(row)
    if not finding.is_shown:
        return reason_text(finding, lang)
    kind = _kind(finding, lang)
    text = topic_text(kind, finding.name, lang, **_values(finding, lang))
    cautions = flag_sentences(finding, lang, but="descriptive" if kind == "sentence_plain" else "")
    alarms = [translate("effect.alarm", lang)] if "placebo_alarms" in finding.told else []
    return " ".join([tidy(text), *cautions, *alarms, *_standing_sentences(finding, lang)])


def _kind(finding: Finding, lang: str) -> str:
    """Which sentence: of a level, or of a change by what can be told of it."""
    is_change = bool(topic_key("sentence_up", finding.name, lang))
    if not is_change and wording(finding.name).measure not in CHANGES:
        return "sentence"
    if finding.low is None or finding.high is None:
        return "sentence_plain"
    if finding.low > 0:
        return "sentence_up"
    return "sentence_down" if finding.high < 0 else "sentence_unclear"


def _values(finding: Finding, lang: str) -> dict[str, str]:
    """All that a sentence may take; `{size}` is a value without its sign, `{days}` the last part of a name."""
    name = finding.name
    part = name.variant.rpartition(":")[2]
    return {
        "where": where_phrase(finding.region_name, lang),
        "when": when_phrase(finding.period, lang),
        "share": share_words(finding, lang),
        "value": value_text(finding, lang),
        "size": value_text(finding, lang, is_sized=True),
        "range": range_text(finding, lang),
        "basis": basis_words(finding, lang),
        "title": topic_text("title", name, lang),
        "label": item_label(name, lang),
        "answer": _answer_words(part, lang),
        "days": part.rpartition("_")[2],
        "borders": borders_phrase(finding, lang),
        "bound": bound_word(finding, lang),
    }


def _answer_words(answer: str, lang: str) -> str:
    """An answer of a distribution: a group of answers by its name, a point of the scale by its code."""
    key = f"answer.{answer}"
    return translate(key if key in catalogue(lang) else "answer.code", lang, code=answer)


def _standing_sentences(finding: Finding, lang: str) -> list[str]:
    """How a region stands among the others; silent where there are no words for it."""
    key, texts = f"standing.{finding.standing}", catalogue(lang)
    if not finding.standing or key not in texts:
        return []
    level = texts.get(f"standing.level.{region_level(finding.region_name)}", "")
    return [tidy(translate(key, lang, **_values(finding, lang), level=level))]
