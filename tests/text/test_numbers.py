"""Numbers of every measure: decimals, signs, units and ranges."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kodukant_analysis.text import languages, measure_range, measure_text, number

NBSP = "\u00a0"
MEASURES = ("share", "count", "days", "score", "mean", "rate", "index", "change", "score_change", "difference")


@pytest.mark.parametrize(
    ("measure", "value", "estonian", "english", "russian"),
    [
        ("share", 0.854, f"85{NBSP}%", "85%", f"85{NBSP}%"),
        ("count", 12.0, "12", "12", "12"),
        ("days", 41.5, "42", "42", "42"),
        ("score", 64.2, "64", "64", "64"),
        ("mean", 2.26, "2,3", "2.3", "2,3"),
        ("rate", 13.667, "13,7", "13.7", "13,7"),
        ("index", 0.4812, "0,48", "0.48", "0,48"),
        ("change", 0.043, f"+4{NBSP}pp", "+4 pp", f"+4{NBSP}п.п."),
        ("change", -0.043, f"−4{NBSP}pp", "−4 pp", f"−4{NBSP}п.п."),
        ("change", 0.0, f"0{NBSP}pp", "0 pp", f"0{NBSP}п.п."),
        ("score_change", 1.2, f"+1{NBSP}punkt", "+1 point", "+1 балл"),
        ("score_change", -3.4, f"−3{NBSP}punkti", "−3 points", "−3 балла"),
        ("difference", -0.26, "−0,3", "−0.3", "−0,3"),
    ],
)
def test_a_value_is_written_as_its_measure(measure, value, estonian, english, russian):
    assert [measure_text(value, measure, lang) for lang in ("et", "en", "ru")] == [estonian, english, russian]


@pytest.mark.parametrize(
    ("measure", "low", "high", "said"),
    [
        ("share", 0.791, 0.888, "79–89%"),
        ("score", 61.2, 66.8, "61–67"),
        ("score", 64.1, 64.3, "64.1–64.3"),
        ("mean", 2.2, 3.4, "2.2–3.4"),
        ("mean", 2.21, 2.24, "2.21–2.24"),
        ("rate", 13.0, 14.0, "13.0–14.0"),
        ("index", 0.412, 0.533, "0.41–0.53"),
        ("change", 0.011, 0.072, "+1 to +7 pp"),
        ("change", -0.021, 0.058, "−2 to +6 pp"),
        ("change", 0.021, 0.0234, "+2.1 to +2.3 pp"),
        ("change", 0.003, 0.058, "+0.3 to +5.8 pp"),
        ("score_change", -4.2, -1.1, "−4 to −1 points"),
        ("count", 5.0, 5.0, "5–5"),
        ("index", -0.2, 0.4, "−0.20 to 0.40"),
    ],
)
def test_a_range_is_written_as_its_measure(measure, low, high, said):
    assert measure_range(low, high, measure, "en") == said


def test_a_change_that_is_none_only_by_rounding_gets_a_decimal():
    assert measure_text(0.004, "change", "en") == "+0.4 pp"
    assert measure_text(-0.0004, "change", "en") == "−0.04 pp"


def test_a_change_has_as_many_decimals_as_its_range():
    assert measure_text(0.008, "change", "en", limits=(0.004, 0.012)) == "+0.8 pp"
    assert measure_text(0.04, "change", "en", limits=(0.011, 0.072)) == "+4 pp"


def test_ends_that_are_written_alike_are_told_apart_where_a_double_is_less_than_it_is_written():
    assert measure_range(0.15, 0.2125, "mean", "en") == "0.15–0.21"


def test_a_minus_is_a_true_one_and_nothing_is_minus_none():
    assert number(-2.04, "et") == "−2,0"
    assert number(-0.04, "et") == "0,0"
    assert "-" not in measure_range(-0.2, -0.1, "change", "et")


@given(
    measure=st.sampled_from(MEASURES[1:]),
    value=st.floats(-4, 4),
    width=st.floats(0.02, 5),
    lang=st.sampled_from(languages()),
)
def test_the_ends_of_a_range_never_look_alike(measure, value, width, lang):
    first, last = re.findall(r"[+−]?\d+(?:[.,]\d+)?", measure_range(value, value + width, measure, lang))
    assert first != last


@given(value=st.floats(-1000, 1000), measure=st.sampled_from(MEASURES[3:]), lang=st.sampled_from(languages()))
def test_a_size_is_a_value_without_its_sign(value, measure, lang):
    assert measure_text(value, measure, lang, is_sized=True) == measure_text(value, measure, lang).lstrip("+−")
