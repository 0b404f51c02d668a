"""Names of indicators: `key[:part[:part]]` taken apart, and what each key counts."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

from kodukant_analysis.text.catalogue import DEFAULT_LANGUAGE, catalogue, translate

_WORDINGS = Path(__file__).parent / "wordings"
Measure = Literal["share", "count", "days", "score", "mean", "rate", "index", "change", "score_change"]


class IndicatorName(NamedTuple):
    """An indicator's registry key and the parts after the colons (item and series, or end state and day)."""

    key: str
    item: str = ""
    variant: str = ""


class Wording(NamedTuple):
    """How an indicator is talked about: the noun of its denominator, what chance means - of a sample, of a process
    that a register follows, or none in a complete count -, what it measures, and whether it is by definition k of n."""

    noun: str
    basis: Literal["register", "sample", "count"]
    measure: Measure = "share"
    is_count: bool = False


def read_indicator(indicator: str) -> IndicatorName:
    """An indicator's name taken apart.

    >>> read_indicator("survey_share:trust_police:omnibus")
    IndicatorName(key='survey_share', item='trust_police', variant='omnibus')
    """
    key, _, rest = indicator.partition(":")
    item, _, variant = rest.partition(":")
    return IndicatorName(key, item, variant)


def wording(name: IndicatorName) -> Wording:
    """How an indicator is talked about (`wordings/*.toml`): its item, else its key; an unknown one counts records.

    >>> wording(IndicatorName("plan_slippage")).measure
    'days'
    """
    known = _wordings()
    return known.get(f"{name.key}:{name.item}") or known.get(name.key) or Wording("record", "register")


def question_label(question: str, lang: str = DEFAULT_LANGUAGE) -> str:
    """A survey question in a few words; a question without a text is shown by its code."""
    return catalogue(lang).get(f"question.{question}", question)


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
    exact, broad = f"{kind}.{name.key}.{name.item}", f"{kind}.{name.key}.any"
    texts = catalogue(lang)
    key = next((key for key in (exact, broad) if key in texts), f"{kind}.other")
    values = {"indicator": name.key, "item": name.item, **values}
    return translate(key, lang, **values)


@cache
def _wordings() -> Mapping[str, Wording]:
    trees = [tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(_WORDINGS.glob("*.toml"))]
    return {name: Wording(**block) for tree in trees for name, block in tree.items()}
