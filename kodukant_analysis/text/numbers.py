"""Numbers and dates as people write them: whole percent, a range with one sign, a signed change, a long date."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal

from kodukant_analysis.text.catalogue import DEFAULT_LANGUAGE, catalogue, translate
from kodukant_analysis.text.names import Measure

_MORE_DIGITS: Final = 2


class _Style(NamedTuple):
    """How a measure is written: its decimals, whether with a sign, times what, with which unit (`unit_mark`)."""

    digits: int = 0
    is_signed: bool = False
    times: float = 1
    unit: str = ""


_STYLES: Final[Mapping[Measure, _Style]] = {
    "count": _Style(),
    "days": _Style(),
    "score": _Style(),
    "mean": _Style(1),
    "rate": _Style(1),
    "index": _Style(2),
    "change": _Style(is_signed=True, times=100, unit="change"),
    "score_change": _Style(is_signed=True, unit="score_change"),
    "percent_change": _Style(is_signed=True, unit="percent_change"),
    "difference": _Style(1, is_signed=True),
}


def measure_text(
    value: float,
    measure: Measure,
    lang: str = DEFAULT_LANGUAGE,
    *,
    limits: tuple[float, ...] = (),
    is_sized: bool = False,
) -> str:
    """A value as its measure is written: percent, a whole score, a signed change; `is_sized` leaves out the sign.

    A change that is none only by rounding gets a decimal; one has as many as the `limits` of its range beside it.

    >>> measure_text(0.854, "share", "en"), measure_text(64.2, "score", "en"), measure_text(0.4812, "index", "en")
    ('85%', '64', '0.48')
    >>> measure_text(0.043, "change", "en"), measure_text(-0.002, "change", "en"), measure_text(2.26, "mean", "et")
    ('+4 pp', '−0.2 pp', '2,3')
    """
    if measure == "share":
        return percent(value, lang)
    style = _STYLES[measure]
    scaled = style.times * value
    is_signed = style.is_signed and not is_sized
    digits = _digits((scaled,), style)
    if style.is_signed or style.digits:
        digits = max(digits, _digits(tuple(style.times * limit for limit in limits), style))
    text = _signed(abs(scaled) if is_sized else scaled, lang, digits, is_signed=is_signed)
    form = "other" if digits else plural_form(abs(round(scaled)), lang)
    return _with_unit(text, style, lang, form)


def measure_range(low: float, high: float, measure: Measure, lang: str = DEFAULT_LANGUAGE) -> str:
    """An interval as its measure is written; more decimals only where both ends would look alike or a change none.

    >>> measure_range(0.791, 0.888, "share", "en"), measure_range(3.04, 3.21, "mean", "en")
    ('79–89%', '3.0–3.2')
    >>> measure_range(0.011, 0.072, "change", "en"), measure_range(-0.003, 0.002, "change", "en")
    ('+1 to +7 pp', '−0.3 to +0.2 pp')
    """
    if measure == "share":
        return percent_range(low, high, lang)
    style = _STYLES[measure]
    ends = (style.times * low, style.times * high)
    digits = _digits(ends, style)
    texts = [_signed(end, lang, digits, is_signed=style.is_signed) for end in ends]
    form = "number.span" if style.is_signed or low < 0 else "number.interval"
    return _with_unit(translate(form, lang, low=texts[0], high=texts[1]), style, lang, "many")


def percent(share: float, lang: str = DEFAULT_LANGUAGE) -> str:
    """A share (0-1) as whole percent; what is not quite none or all is never rounded to none or all.

    >>> percent(0.854, "en"), percent(0.998, "en"), percent(0.002, "en"), percent(1, "en")
    ('85%', 'over 99%', 'under 1%', '100%')
    """
    whole = round(100 * share)
    if whole == 100 and share < 1:
        return translate("number.nearly_all", lang)
    if whole == 0 and share > 0:
        return translate("number.nearly_none", lang)
    return translate("number.percent", lang, value=whole)


def percent_range(low: float, high: float, lang: str = DEFAULT_LANGUAGE) -> str:
    """An interval of shares as percent; a decimal only where whole percent would make both ends alike.

    >>> percent_range(0.791, 0.888, "en"), percent_range(0.8502, 0.8531, "en")
    ('79–89%', '85.0–85.3%')
    """
    ends = (100 * low, 100 * high)
    digits = 0 if round(ends[0]) != round(ends[1]) else 1
    texts = [number(end, lang, digits) for end in ends]
    return translate("number.range", lang, low=texts[0], high=texts[1])


def integer(value: int, lang: str = DEFAULT_LANGUAGE) -> str:
    """A count, grouped as the language groups.

    >>> integer(12345, "en")
    '12,345'
    """
    return str(format_decimal(value, format="#,##0", locale=_locale(lang)))


def number(value: float, lang: str = DEFAULT_LANGUAGE, digits: int = 1) -> str:
    """A number with a fixed number of decimals, the decimal sign of the language and a true minus.

    >>> number(84.62, "et"), number(84.62, "en", 0), number(-0.004, "en"), number(-2, "en", 0)
    ('84,6', '85', '0.0', '−2')
    """
    pattern = "#,##0." + "0" * digits if digits else "#,##0"
    size = str(format_decimal(abs(value), format=pattern, locale=_locale(lang)))
    return f"−{size}" if _rounded(value, digits) < 0 else size


def count_words(noun: str, count: int, lang: str = DEFAULT_LANGUAGE) -> str:
    """A count with its noun in the right form; nouns are the keys under `noun` in the catalogues.

    >>> count_words("respondent", 1, "et"), count_words("respondent", 412, "et")
    ('1 vastaja', '412 vastajat')
    """
    return plural_text(f"noun.{noun}", count, lang)


def plural_text(stem: str, count: int, lang: str = DEFAULT_LANGUAGE) -> str:
    """A text with a count `{n}` in the right form; the forms are the keys under the stem, `other` the usual one; where
    there is a form `zero`, none is said by it.

    >>> plural_text("unshown.counted.plan_fulfilment", 1, "en"), plural_text("unshown.counted.plan_fulfilment", 2, "en")
    ('1 was held.', '2 were held.')
    """
    is_none = not count and f"{stem}.zero" in catalogue(lang)
    form = "zero" if is_none else plural_form(count, lang)
    return translate(_form_key(stem, form, lang), lang, n=integer(count, lang))


def plural_form(count: int, lang: str = DEFAULT_LANGUAGE) -> str:
    """The form that a count asks for.

    >>> [plural_form(count, "ru") for count in (1, 2, 5, 21)]
    ['one', 'few', 'many', 'one']
    """
    return str(_locale(lang).plural_form(count))


def long_date(day: date, lang: str = DEFAULT_LANGUAGE) -> str:
    """A date in words.

    >>> long_date(date(2024, 12, 31), "et")
    '31. detsember 2024'
    >>> long_date(date(2024, 12, 31), "en"), long_date(date(2024, 12, 31), "ru")
    ('31 December 2024', '31 декабря 2024 года')
    """
    return str(format_date(day, format=translate("number.date", lang), locale=_locale(lang)))


def _signed(value: float, lang: str, digits: int, *, is_signed: bool) -> str:
    text = number(value, lang, digits)
    return f"+{text}" if is_signed and _rounded(value, digits) > 0 else text


def _rounded(value: float, digits: int) -> Decimal:
    """As it is written: Babel rounds the decimal that a number is shown as, which 0.15 is and its double is not."""
    return round(Decimal(str(value)), digits)


def _digits(values: tuple[float, ...], style: _Style) -> int:
    """Decimals with which ends differ, and no change looks like none: two more at most."""
    finest = style.digits + _MORE_DIGITS
    for digits in range(style.digits, finest + 1):
        is_alike = len({_rounded(value, digits) for value in values}) < len(
            {_rounded(value, finest) for value in values}
        )
        is_gone = style.is_signed and any(_rounded(value, finest) and not _rounded(value, digits) for value in values)
        if not is_alike and not is_gone:
            return digits
    return style.digits


def _with_unit(text: str, style: _Style, lang: str, form: str) -> str:
    return translate(_form_key(f"unit_mark.{style.unit}", form, lang), lang, value=text) if style.unit else text


def _form_key(stem: str, form: str, lang: str) -> str:
    key = f"{stem}.{form}"
    return key if key in catalogue(lang) else f"{stem}.other"


def _locale(lang: str) -> Locale:
    return Locale.parse(translate("number.locale", lang))
