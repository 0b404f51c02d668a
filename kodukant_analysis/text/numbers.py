"""Numbers and dates as people write them: whole percent, a range with one sign, a long date."""

from datetime import date

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal

from kodukant_analysis.text.catalogue import DEFAULT_LANGUAGE, catalogue, translate


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
    """A number with a fixed number of decimals and the decimal sign of the language.

    >>> number(84.62, "et"), number(84.62, "en", 0)
    ('84,6', '85')
    """
    pattern = "#,##0." + "0" * digits if digits else "#,##0"
    return str(format_decimal(value, format=pattern, locale=_locale(lang)))


def count_words(noun: str, count: int, lang: str = DEFAULT_LANGUAGE) -> str:
    """A count with its noun in the right form; nouns are the keys under `noun` in the catalogues.

    >>> count_words("respondent", 1, "et"), count_words("respondent", 412, "et")
    ('1 vastaja', '412 vastajat')
    """
    return plural_text(f"noun.{noun}", count, lang)


def plural_text(stem: str, count: int, lang: str = DEFAULT_LANGUAGE) -> str:
    """A text with a count `{n}` in the right form; the forms are the keys under the stem, `other` the usual one.

    >>> plural_text("unshown.counted.plan_fulfilment", 1, "en"), plural_text("unshown.counted.plan_fulfilment", 2, "en")
    ('1 was held.', '2 were held.')
    """
    form = _locale(lang).plural_form(count)
    key = f"{stem}.{form}"
    return translate(key if key in catalogue(lang) else f"{stem}.other", lang, n=integer(count, lang))


def long_date(day: date, lang: str = DEFAULT_LANGUAGE) -> str:
    """A date in words.

    >>> long_date(date(2024, 12, 31), "et")
    '31. detsember 2024'
    >>> long_date(date(2024, 12, 31), "en")
    '31 December 2024'
    """
    return str(format_date(day, format="long", locale=_locale(lang)))


def _locale(lang: str) -> Locale:
    return Locale.parse(translate("number.locale", lang))
