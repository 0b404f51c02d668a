"""Catalogues, numbers and names."""

import ast
import re
import string
from datetime import date
from pathlib import Path

import pytest

import kodukant_analysis
from kodukant_analysis.indicators.regions import region_names
from kodukant_analysis.places import resolve_place
from kodukant_analysis.text import (
    catalogue,
    count_words,
    estonian_key,
    integer,
    languages,
    long_date,
    percent,
    percent_range,
    region_label,
    translate,
    when_phrase,
    where_phrase,
)

PACKAGE = Path(kodukant_analysis.__file__).parent
NBSP = "\u00a0"


def _fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def _keys(lang: str) -> set[str]:
    """The keys of a language without the forms that not every language has."""
    return {re.sub(r"\.(one|few|many)$", ".other", key) for key in catalogue(lang) if not key.endswith(".count_one")}


def test_every_language_has_every_key():
    assert {lang: sorted(_keys(lang) ^ _keys("et")) for lang in languages()} == {"et": [], "en": [], "ru": []}


def test_what_is_counted_has_all_the_forms_of_russian():
    stems = {key.removesuffix(".other") for key in catalogue("et") if key.endswith(".other")}
    stems = {stem for stem in stems if f"{stem}.one" in catalogue("et")}
    assert len(stems) > 10
    forms = {f"{stem}.{form}" for stem in stems for form in ("one", "few", "many", "other")}
    assert forms - set(catalogue("ru")) == set()


def test_russian_texts_are_in_russian():
    spoken = {"kodukant", "analysis", "Excel", "Latn", "Cyrl", "PNG", "SVG", "CSV", "III", "MMMM"}
    words = {key: set(re.findall(r"[A-Za-z]{3,}", re.sub(r"{\w+}", "", text))) for key, text in catalogue("ru").items()}
    assert {key: latin - spoken for key, latin in words.items() if latin - spoken} == {}


def test_a_text_takes_the_same_values_in_every_language():
    differing = [
        key
        for key, text in catalogue("et").items()
        for lang in languages()
        if _fields(text)
        != _fields(catalogue(lang).get(key, catalogue(lang).get(f"{key.rpartition('.')[0]}.other", "")))
    ]
    assert differing == []


def test_a_text_that_is_not_there_is_an_error_that_names_key_and_language():
    with pytest.raises(KeyError, match=r"page\.nothing.*en"):
        translate("page.nothing", "en")
    with pytest.raises(KeyError, match="xx"):
        translate("page.title", "xx")


def test_every_key_written_in_the_code_is_in_the_catalogue():
    code = [p for folder in ("text", "figures", "exports") for p in (PACKAGE / folder).rglob("*.py")]
    nodes = [node for path in code for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))]
    calls = [node for node in nodes if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "translate"]
    fixed = {c.args[0].value for c in calls if c.args and isinstance(c.args[0], ast.Constant)}
    template = (PACKAGE / "exports" / "templates" / "index.html.j2").read_text(encoding="utf-8")
    fixed |= {key for key in re.findall(r'\bt\("([^"]+)"', template) if not key.endswith("_")}
    assert len(fixed) > 40
    assert fixed - set(catalogue("et")) == set()


def test_estonian_sets_a_space_that_does_not_break_before_the_percent_sign():
    assert percent(0.85, "et") == f"85{NBSP}%"
    assert percent_range(0.791, 0.888, "et") == f"79–89{NBSP}%"
    assert percent(0.85, "ru") == f"85{NBSP}%"
    assert [text for lang in ("et", "ru") for text in catalogue(lang).values() if " %" in text] == []


@pytest.mark.parametrize(("share", "words"), [(1.0, "100%"), (0.9999, "over 99%"), (0.0, "0%"), (0.0001, "under 1%")])
def test_nearly_all_is_not_said_as_all(share, words):
    assert percent(share, "en") == words


def test_a_range_narrower_than_a_percent_gets_a_decimal():
    assert percent_range(0.8502, 0.8538, "et") == f"85,0–85,4{NBSP}%"


def test_counts_take_the_form_of_the_noun():
    assert [count_words("action", n, "et") for n in (0, 1, 2, 21)] == [
        "0 tegevust",
        "1 tegevus",
        "2 tegevust",
        "21 tegevust",
    ]
    assert count_words("discussion", 1, "en") == "1 discussion"
    assert [count_words("discussion", n, "ru") for n in (1, 3, 5, 11, 21)] == [
        "1 обсуждение",
        "3 обсуждения",
        "5 обсуждений",
        "11 обсуждений",
        "21 обсуждение",
    ]
    assert integer(12345, "et") == f"12{NBSP}345"


def test_a_date_at_the_end_of_a_sentence_has_one_full_stop():
    assert [long_date(date(2026, 6, 30), lang)[-1] for lang in ("et", "en", "ru")] == ["6", "6", "а"]


def test_dates_are_written_out():
    assert long_date(date(2016, 3, 5), "et") == "5. märts 2016"
    assert long_date(date(2016, 3, 5), "en") == "5 March 2016"
    assert long_date(date(2016, 3, 5), "ru") == "5 марта 2016 года"


def test_counties_stand_in_the_order_of_the_estonian_alphabet():
    names = ["Võru", "Tartu", "Saare", "Ida-Viru", "Lääne-Viru", "Lääne", "Põlva", "Pärnu", "Järva", "Jõgeva"]
    labels = [region_label(f"{name} maakond", "et") for name in names]
    assert sorted(labels, key=estonian_key) == [
        "Ida-Virumaa", "Jõgevamaa", "Järvamaa", "Läänemaa", "Lääne-Virumaa", "Põlvamaa", "Pärnumaa", "Saaremaa",
        "Tartumaa", "Võrumaa",
    ]  # fmt: skip


def test_the_alphabet_has_z_before_t_and_foreign_letters_near_their_own():
    words = ["Õ", "Ä", "Ö", "Ü", "Ž", "Z", "Š", "S", "T", "V", "W", "X", "Y", "É", "Д", "1"]
    assert sorted(words, key=estonian_key) == [
        "1", "É", "S", "Š", "Z", "Ž", "T", "V", "W", "Õ", "Ä", "Ö", "Ü", "X", "Y", "Д",
    ]  # fmt: skip


def test_decomposed_letters_sort_as_composed_ones():
    assert estonian_key("Po\u0303lva") == estonian_key("Põlva")


def test_every_named_region_has_its_place_form():
    for lang in languages():
        names = {key.removeprefix("region.") for key in catalogue(lang) if key.startswith("region.")}
        assert len(names) == 25
        assert names == {key.removeprefix("where.") for key in catalogue(lang) if key.startswith("where.")} - {"other"}


def test_a_region_without_a_text_keeps_its_own_name():
    assert region_label("Tori vald", "en") == "Tori vald"
    assert where_phrase("Atlantis", "et") == "Piirkonnas „Atlantis“"


@pytest.mark.parametrize(
    ("name", "estonian", "english", "russian"),
    [
        ("Tori vald", "Tori vallas", "In Tori vald", "В волости Тори"),
        ("Pärnu linn", "Pärnu linnas", "In Pärnu linn", "В городе Пярну"),
        ("Tallinn", "Tallinnas", "In Tallinn", "В Таллинне"),
        (
            "Saarde vald (kuni 2017)",
            "Saarde vallas (kuni 2017)",
            "In Saarde vald (until 2017)",
            "В волости Саарде (до 2017 г.)",
        ),
        (
            "Vändra vald (alev) (kuni 2017)",
            "Vändra vallas (alev) (kuni 2017)",
            "In Vändra vald (alev) (until 2017)",
            "В волости Вяндра (alev) (до 2017 г.)",
        ),
        (
            "Vändra alev (kuni 2017)",
            "Vändra alevis (kuni 2017)",
            "In Vändra alev (until 2017)",
            "В посёлке Вяндра (до 2017 г.)",
        ),
    ],
)
def test_municipalities_decline_like_their_kind(name, estonian, english, russian):
    assert where_phrase(name, "et") == estonian
    assert where_phrase(name, "en") == english
    assert where_phrase(name, "ru") == russian


def test_no_municipality_is_put_in_quotation_marks_in_a_sentence():
    known = region_names("municipality", "then").values()
    assert len(known) > 213
    assert not [name for name in known if "„" in where_phrase(name, "et") or "«" in where_phrase(name, "ru")]


def test_a_municipality_in_russian_letters_is_found_again():
    names = region_names("municipality")
    names = {code: name for code, name in names.items() if name.endswith((" vald", " linn"))}
    assert len(names) > 70
    said = {code: region_label(name, "ru") for code, name in names.items()}
    found = {code: resolve_place(name, date(2024, 1, 1)).municipality_code for code, name in said.items()}
    assert {said[code]: place for code, place in found.items() if place != code} == {}


def test_a_municipality_that_is_gone_says_so_in_the_language():
    assert region_label("Saarde vald (kuni 2017)", "et") == "Saarde vald (kuni 2017)"
    assert region_label("Saarde vald (kuni 2017)", "en") == "Saarde vald (until 2017)"


def test_periods_are_said_as_years_quarters_or_waves():
    assert when_phrase("2023-Q2", "et") == "2023. aasta II kvartalis"
    assert when_phrase("kevad", "et") == "küsitluslaines „kevad“"


@pytest.mark.parametrize(
    ("period", "estonian", "english"),
    [
        ("2019H1", "2019. aasta I poolaastal", "in the first half of 2019"),
        ("2019-H2", "2019. aasta II poolaastal", "in the second half of 2019"),
        ("2019Q2", "2019. aasta II kvartalis", "in the second quarter of 2019"),
        ("2019Q4", "2019. aasta IV kvartalis", "in the fourth quarter of 2019"),
        ("2019H3", "küsitluslaines „2019H3“", "in survey wave “2019H3”"),
        ("2016 → 2024", "2016. aastast 2024. aastani", "from 2016 to 2024"),
        ("2016–2024", "2016. aastast 2024. aastani", "from 2016 to 2024"),
        (
            "2023Q2 → 2024Q1",
            "2023. aasta II kvartalist 2024. aasta I kvartalini",
            "from the second quarter of 2023 to the first quarter of 2024",
        ),
        (
            "kevad → sügis",
            "küsitluslainest „kevad“ küsitluslaineni „sügis“",
            "from survey wave “kevad” to survey wave “sügis”",
        ),
        ("2016-11", "ajal 11.2016", "in 11/2016"),
    ],
)
def test_parts_of_a_year_are_said_as_the_indicators_write_them(period, estonian, english):
    assert when_phrase(period, "et") == estonian
    assert when_phrase(period, "en") == english
