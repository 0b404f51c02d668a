"""Names of indicators: `key[:part[:part]]` taken apart, and what each key counts."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final, Literal, NamedTuple

from kodukant_analysis.text.catalogue import DEFAULT_LANGUAGE, catalogue, translate

_WORDINGS = Path(__file__).parent / "wordings"
Measure = Literal[
    "share", "count", "days", "score", "mean", "rate", "index", "change", "score_change", "difference", "percent_change"
]
# What a row says of two of anything: up, down, or not to be told apart.
CHANGES: Final = ("change", "score_change", "difference", "percent_change")
# A trend is named by the indicator that it is of; its slope has that indicator's unit, a chart its numbers.
_CHART: Final = "trend_chart"
_TRENDS: Final = ("trend_slope", "trend_test", _CHART)
_EFFECTS: Final = ("effect_did", "effect_its")
# Numbers that stand beside an effect and must never be read as one.
_BESIDE: Final = ("fake_date", "fake_outcome", "without_neighbours", "slope", "control_level", "net_level")
_SLOPES: Final[Mapping[Measure, Measure]] = {
    "share": "change",
    "change": "change",
    "score": "score_change",
    "score_change": "score_change",
}


class IndicatorName(NamedTuple):
    """An indicator's registry key and the parts after the colons (item and series, or end state and day)."""

    key: str
    item: str = ""
    variant: str = ""

    @property
    def subject(self) -> "IndicatorName":
        """The indicator that a trend is of; of anything else itself.

        >>> read_indicator("trend_slope:survey_share:trust_police:omnibus").subject.item
        'trust_police'
        """
        return read_indicator(f"{self.item}:{self.variant}") if self.key in _TRENDS and self.item else self

    @property
    def series(self) -> str:
        """The survey series, "" of what is no survey.

        >>> read_indicator("survey_distribution:trust_police:omnibus:4").series
        'omnibus'
        """
        subject = self.subject
        return subject.variant.split(":")[0] if subject.key.startswith("survey_") else ""


class Wording(NamedTuple):
    """How an indicator is talked about: the noun of its denominator, what chance means - of a sample, of a process
    that a register follows, or none in a complete count -, what it measures, and whether it is by definition k of n.

    A change is of shares, a score change of points in 0-100, a percent change of what was to be expected, a difference
    of anything else."""

    noun: str
    basis: Literal["register", "sample", "count"]
    measure: Measure = "share"
    is_count: bool = False


def read_indicator(indicator: str) -> IndicatorName:
    """An indicator's name taken apart; what follows its item is the variant, whatever it has of colons.

    >>> read_indicator("survey_share:trust_police:omnibus")
    IndicatorName(key='survey_share', item='trust_police', variant='omnibus')
    """
    key, _, rest = indicator.partition(":")
    item, _, variant = rest.partition(":")
    return IndicatorName(key, item, variant)


def wording(name: IndicatorName) -> Wording:
    """How an indicator is talked about (`wordings/*.toml`): its item, else its key; an unknown one counts records.

    A trend is a change in the unit of the indicator that it is of.

    >>> wording(IndicatorName("plan_slippage")).measure, wording(IndicatorName("trend_slope", "survey_share")).measure
    ('days', 'change')
    """
    asked = (f"{name.key}:{name.item}", f"{name.key}:{_shared_item(name)}", name.key)
    found = next((wordings()[key] for key in asked if key in wordings()), Wording("record", "register"))
    if name.subject == name:
        return found
    subject = wording(name.subject)
    if name.key == _CHART:
        return subject
    return found._replace(measure=_SLOPES.get(subject.measure, "difference"), basis=subject.basis)


def _shared_item(name: IndicatorName) -> str:
    """The item by which an effect on an outcome of an unheard-of name is said, where that is no share."""
    return "other_score" if name.key in _EFFECTS and name.item.endswith("_score") else ""


@cache
def wordings() -> Mapping[str, Wording]:
    """How each indicator is talked about, by its key or its key and item.

    >>> wordings()["survey_share"].basis
    'sample'
    """
    trees = [tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(_WORDINGS.glob("*.toml"))]
    return {name: Wording(**block) for tree in trees for name, block in tree.items()}


def item_label(name: IndicatorName, lang: str = DEFAULT_LANGUAGE) -> str:
    """What an indicator's name is about, in a few words: the title of what a trend is of, the survey's question, the
    end state, the label of an item; an item without a text is shown by its code.

    >>> item_label(IndicatorName("survey_share", "trust_police"), "en")
    'trust in the police'
    """
    if name.subject != name:
        return question_text(name.subject, lang)
    texts = catalogue(lang)
    keys = (f"label.{name.key}.{name.item}", f"question.{name.item}", f"end_state.{name.item}")
    label = next((texts[key] for key in keys if key in texts), name.item)
    is_of_series = name.key == "effect_did" and name.variant and not _variant_of_effect(name)
    return f"{label} ({series_label(name.variant, lang)})" if is_of_series else label


def series_label(series: str, lang: str = DEFAULT_LANGUAGE) -> str:
    """The name of a survey series; a series without a text is shown by its code.

    >>> series_label("siseturvalisus", "en"), series_label("kevad", "en")
    ('internal security survey', 'kevad')
    """
    return catalogue(lang).get(f"series.{series}", series)


def topic_text(kind: str, name: IndicatorName, lang: str = DEFAULT_LANGUAGE, **values: object) -> str:
    """The most exact text of a kind (`title`, `subtitle`, `shows` ...): of the item, else of the key, else in general.

    >>> topic_text("title", IndicatorName("survey_share", "trust_police"), "en")
    'Do people trust the police?'
    """
    key = topic_key(kind, name, lang) or f"{kind}.other"
    return translate(key, lang, **{"indicator": name.key, "item": name.item, "label": item_label(name, lang)} | values)


def topic_key(kind: str, name: IndicatorName, lang: str = DEFAULT_LANGUAGE) -> str:
    """The key of an indicator's own text of a kind: of its item, else of itself; "" where it has none.

    >>> topic_key("title", IndicatorName("survey_share", "trust_police")), topic_key("title", IndicatorName("new_one"))
    ('title.survey_share.trust_police', '')
    """
    variant = _variant_of_effect(name)
    own = (f"{kind}.{name.key}.{variant}",) if variant else ()
    keys = (*own, f"{kind}.{name.key}.{name.item}", f"{kind}.{name.key}.any")
    return next((key for key in keys if key in catalogue(lang)), "")


def _variant_of_effect(name: IndicatorName) -> str:
    """Which of the numbers that stand beside an effect: "slope", "fake_date" (of "fake_date_2"); "" of the effect."""
    variant = re.sub(r"_\d+$", "", name.variant.rpartition(":")[2])
    return variant if name.key in _EFFECTS and variant in _BESIDE else ""


def question_text(name: IndicatorName, lang: str = DEFAULT_LANGUAGE) -> str:
    """The question that an indicator answers; where several items share one, with the item that is meant.

    >>> question_text(IndicatorName("topics_raised_by", "police"), "en")
    'Who raises the topics? (police)'
    """
    title, label = topic_text("title", name, lang), catalogue(lang).get(f"label.{name.key}.{name.item}", "")
    is_shared = topic_key("title", name, lang).endswith(".any")
    return f"{title} ({label})" if label and is_shared else title
