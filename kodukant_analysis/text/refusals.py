"""Refusals: why an effect is not spoken of, and what a number of an effect rests on, in plain words."""

from collections.abc import Iterable, Mapping

from kodukant_analysis.text.catalogue import DEFAULT_LANGUAGE, catalogue, translate
from kodukant_analysis.text.numbers import number
from kodukant_analysis.text.regions import region_label

_ASSUMPTIONS = ("opening", "parallel", "anticipation", "spillover", "measurement")
_SIZES = ("mde", "largest", "lead", "effect")
_CAUTION = 10  # the rule that does not refuse
_Reason = tuple[int, str, Mapping[str, object]]


def refusal_texts(reasons: Iterable[_Reason], lang: str = DEFAULT_LANGUAGE) -> list[str]:
    """A sentence a reason (number of the rule, slug, values), as `effect_feasibility` gives reasons and cautions.

    >>> refusal_texts([(1, "few_untreated", {"untreated": 3, "needed": 5})], "en")
    ['Effect cannot be judged from these data: municipalities without discussions: 3, at least 5 are needed.']
    """
    openings = ("refused.opening", "refused.caution")
    return [
        translate(openings[rule == _CAUTION], lang, reason=refusal_reason(slug, values, lang))
        for rule, slug, values in reasons
    ]


def refusal_reason(slug: str, values: Mapping[str, object], lang: str) -> str:
    """One reason in words, without a full stop; a slug without words is named."""
    key = f"refused.{slug}"
    said = {name: _value(name, value, str(values.get("scale", "number")), lang) for name, value in values.items()}
    return translate(key if key in catalogue(lang) else "refused.other", lang, slug=slug, **said)


def refusals_in(note: str) -> list[_Reason]:
    """Reasons read again from the note of a refused row; their numbers as text.

    >>> refusals_in("few_treated.treated=3; few_treated.needed=5; recorded_crime=yes")
    [(0, 'few_treated', {'treated': '3', 'needed': '5'}), (0, 'recorded_crime', {})]
    """
    found: dict[str, dict[str, object]] = {}
    for part in filter(None, note.split("; ")):
        name, _, value = part.partition("=")
        slug, _, key = name.partition(".")
        found.setdefault(slug, {}).update({key: value} if key else {})
    return [(0, slug, values) for slug, values in found.items()]


def assumption_texts(lang: str = DEFAULT_LANGUAGE) -> list[str]:
    """What a number of an effect rests on, to stand beside every one.

    >>> assumption_texts("en")[1]
    'Without discussions, both kinds of municipalities would have gone the same way.'
    """
    return [translate(f"assumption.{one}", lang) for one in _ASSUMPTIONS]


def _value(name: str, value: object, scale: str, lang: str) -> str:
    if name in _SIZES:
        size = float(str(value)) * (100 if scale == "share" else 1)
        return translate(f"effect_size.{scale}", lang, value=number(size, lang))
    if name == "p_least":
        return number(float(str(value)), lang, 2)
    return region_label(f"{value} prefektuur", lang) if name == "prefecture" else str(value)
