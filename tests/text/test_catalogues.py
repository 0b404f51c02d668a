"""Catalogues, numbers and names."""

import ast
import re
import string
from datetime import date
from pathlib import Path

import pytest

import kodukant_analysis
from kodukant_analysis.indicators.regions import region_names
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


def test_every_language_has_every_key():
    assert {lang: sorted(set(catalogue(lang)) ^ set(catalogue("et"))) for lang in languages()} == {"et": [], "en": []}


def test_a_text_takes_the_same_values_in_every_language():
    differing = [
        key
        for key, text in catalogue("et").items()
        for lang in languages()
        if _fields(text) != _fields(catalogue(lang)[key])
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
    assert [text for text in catalogue("et").values() if " %" in text] == []


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
    assert integer(12345, "et") == f"12{NBSP}345"


def test_dates_are_written_out():
    assert long_date(date(2016, 3, 5), "et") == "5. märts 2016"
    assert long_date(date(2016, 3, 5), "en") == "5 March 2016"


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
    ("name", "estonian", "english"),
    [
        ("Tori vald", "Tori vallas", "In Tori vald"),
        ("Pärnu linn", "Pärnu linnas", "In Pärnu linn"),
        ("Tallinn", "Tallinnas", "In Tallinn"),
        ("Saarde vald (kuni 2017)", "Saarde vallas (kuni 2017)", "In Saarde vald (until 2017)"),
        ("Vändra vald (alev) (kuni 2017)", "Vändra vallas (alev) (kuni 2017)", "In Vändra vald (alev) (until 2017)"),
        ("Vändra alev (kuni 2017)", "Vändra alevis (kuni 2017)", "In Vändra alev (until 2017)"),
    ],
)
def test_municipalities_decline_like_their_kind(name, estonian, english):
    assert where_phrase(name, "et") == estonian
    assert where_phrase(name, "en") == english


def test_no_municipality_is_put_in_quotation_marks_in_a_sentence():
    known = region_names("municipality", "then").values()
    assert len(known) > 213
    assert not [name for name in known if "„" in where_phrase(name, "et")]


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
    ],
)
def test_parts_of_a_year_are_said_as_the_indicators_write_them(period, estonian, english):
    assert when_phrase(period, "et") == estonian
    assert when_phrase(period, "en") == english
