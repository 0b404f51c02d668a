"""The registry: whole, in three languages, with an indicator for each entry and an entry and words for each one."""

import inspect
import tomllib
from collections import Counter
from collections.abc import Callable
from importlib.resources import files

import pandas as pd
import pytest

from kodukant_analysis import indicators
from kodukant_analysis.indicators import Indicator, registry
from kodukant_analysis.indicators.registry import CHAPTERS
from kodukant_analysis.records import RECORD_TABLES
from kodukant_analysis.text import catalogue, languages
from kodukant_analysis.text.names import wordings

# What takes estimates and adds columns to them, or answers yes or no, is no indicator of its own.
FRAMES = {"compare_funnel", "compare_shrink", "compare_ranks", "trend_chart", "effect_feasibility"}
CODES = list(registry())


def _chapters() -> dict[str, dict[str, dict[str, object]]]:
    folder = files("kodukant_analysis.indicators") / "definitions"
    return {path.name: tomllib.loads(path.read_text(encoding="utf-8")) for path in folder.iterdir()}


def _functions() -> dict[str, Callable[..., object]]:
    exported = {name: getattr(indicators, name) for name in indicators.__all__}
    return {name: found for name, found in exported.items() if inspect.isfunction(found)}


def _is_indicator(name: str, function: Callable[..., object]) -> bool:
    """Whether a function answers a question: asked of records by region, or named as a trend or an effect."""
    asked = set(inspect.signature(function).parameters)
    return name not in FRAMES and ({"data", "by", "as_of"} <= asked or name.startswith(("trend_", "effect_")))


def test_every_chapter_is_read_and_no_other() -> None:
    assert set(_chapters()) == {f"{chapter}.toml" for chapter in CHAPTERS}
    assert Counter(each.chapter for each in registry().values()) == {
        name.removesuffix(".toml"): len(blocks) for name, blocks in _chapters().items() if blocks
    }


def test_no_indicator_is_defined_twice() -> None:
    counts = Counter(code for blocks in _chapters().values() for code in blocks)
    assert {code for code, count in counts.items() if count > 1} == set()
    assert set(counts) == set(registry())


def test_every_indicator_has_an_entry_and_every_entry_an_indicator() -> None:
    asked = {name for name, function in _functions().items() if _is_indicator(name, function)}
    assert asked - set(registry()) == set()
    # survey_change tells the change of a mean as well.
    assert set(registry()) - set(_functions()) == {"survey_mean_change"}


@pytest.mark.parametrize("code", CODES)
def test_an_entry_is_whole(code: str) -> None:
    entry = registry()[code]
    texts = {field: getattr(entry, field) for field in Indicator.__dataclass_fields__}
    # What is asked of estimates reads no records.
    assert {field for field, text in texts.items() if not text} <= {"records", "people"}
    assert set(entry.people.values()) <= {"n", "k"}
    assert entry.direction in {"higher_is_better", "lower_is_better", "neither"}
    assert entry.counts in {"persons", "register"}
    assert set(entry.records) <= set(RECORD_TABLES)
    assert entry.version.isdigit()
    told = (
        entry.name,
        entry.definition,
        entry.numerator,
        entry.denominator,
        entry.left_out,
        entry.method,
        entry.minimum,
    )
    for by_language in told:
        assert set(by_language) == {"et", "en", "ru"}
        assert all(text.strip() == text and text for text in by_language.values())
        assert len(set(by_language.values())) == 3, "told in one language twice"
    assert all(text.endswith(".") for text in entry.definition.values())
    assert not any(text.endswith(".") for text in entry.name.values())


@pytest.mark.parametrize("lang", languages())
@pytest.mark.parametrize("code", CODES)
def test_an_entry_has_its_words(code: str, lang: str) -> None:
    texts = catalogue(lang)

    def has(kind: str) -> bool:
        return any(key.startswith(f"{kind}.{code}.") for key in texts)

    assert {kind for kind in ("title", "subtitle", "shows", "shows_not", "source") if not has(kind)} == set()
    changes = [has(f"sentence_{way}") for way in ("up", "down", "unclear")]
    assert has("sentence") or all(changes)
    assert all(changes) or not any(changes)
    assert any(name.partition(":")[0] == code for name in wordings())
    assert registry()[code].direction_words(lang)


@pytest.mark.parametrize("lang", languages())
def test_what_is_talked_about_can_be_counted(lang: str) -> None:
    for found in wordings().values():
        assert {f"noun.{found.noun}.other", f"share.{found.noun}.percent", f"share.{found.noun}.count"} <= set(
            catalogue(lang)
        )


def test_every_wording_and_every_text_is_of_an_indicator() -> None:
    known = {*registry(), *FRAMES}
    assert {name.partition(":")[0] for name in wordings()} - known == set()
    kinds = ("title", "subtitle", "sentence", "sentence_up", "shows", "shows_not", "source")
    spoken = [key.split(".") for key in catalogue("et")]
    assert {key[1] for key in spoken if key[0] in kinds and len(key) == 3} - known == set()


def test_an_entry_is_found_by_the_name_of_a_row() -> None:
    assert indicators.indicator_of("plan_fulfilment:planned").code == "plan_fulfilment"
    with pytest.raises(KeyError):
        indicators.indicator_of("plan")


def test_what_is_asked_gives_rows_of_its_own_entry(empty: dict[str, pd.DataFrame]) -> None:
    held = indicators.discussion_count(empty, by="country", as_of=pd.Timestamp("2026-06-30").date())
    assert {indicators.indicator_of(name).code for name in held["indicator"]} == {"discussion_count"}


@pytest.fixture
def empty() -> dict[str, pd.DataFrame]:
    from kodukant_analysis.records import to_frame

    return {table: to_frame(table, []) for table in RECORD_TABLES}


@pytest.mark.parametrize("name", [name for name, function in _functions().items() if _is_indicator(name, function)])
def test_indicators_asked_plainly_are_asked_alike(name: str) -> None:
    asked = inspect.signature(_functions()[name]).parameters
    told = {one: asked[one].default for one in ("borders", "level", "detail") if one in asked}
    plain = {"borders": "today", "level": 0.95, "detail": False}
    assert told == {one: plain[one] for one in told}
    assert "period" not in asked or asked["period"].default in (None, "wave")
