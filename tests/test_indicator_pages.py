"""The page of the indicators: whole, and the committed one as the registry has it today."""

import re
from pathlib import Path

import pytest

from kodukant_analysis.indicator_pages import entry_fields, indicators_page, registry_as_data
from kodukant_analysis.indicators import concepts, registry
from kodukant_analysis.text import languages

PAGE = Path(__file__).parents[1] / "docs" / "indicators.md"


def test_the_committed_page_is_what_the_command_prints() -> None:
    assert PAGE.read_text(encoding="utf-8") == indicators_page(), "run `kodukant indicators --markdown`"


def test_the_page_has_a_section_an_indicator_and_a_row_a_concept() -> None:
    page = indicators_page()
    assert re.findall(r"^`(\w+)` · ", page, re.MULTILINE) == list(registry())
    assert re.findall(r"\| (K\d\d) ", page) == list(concepts())


def test_every_row_of_a_table_has_as_many_cells() -> None:
    rows = [line for line in indicators_page().splitlines() if line.startswith("|")]
    assert {row.count("|") for row in rows} == {5}


@pytest.mark.parametrize("lang", languages())
@pytest.mark.parametrize("code", list(registry()))
def test_an_entry_is_told_with_all_its_fields(code: str, lang: str) -> None:
    fields = entry_fields(registry()[code], lang)
    assert len(fields) == 14
    assert all(fields.values())


def test_the_data_hold_everything() -> None:
    data = registry_as_data()
    assert [each["code"] for each in data["indicators"]] == list(registry())
    assert data["concepts"][0]["name"].keys() == {"et", "en", "ru"}
