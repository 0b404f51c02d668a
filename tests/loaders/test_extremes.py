"""Values that no office types on purpose cost their own cell, and neither the run nor its time."""

import time
from collections.abc import Callable
from datetime import date
from functools import partial

import pytest

from kodukant_analysis.loaders.cells import read_count, read_number, read_ordinal, read_round
from kodukant_analysis.loaders.dates import find_days, read_day, read_times
from kodukant_analysis.loaders.drafts import Draft
from kodukant_analysis.loaders.linking import Records, link_drafts
from kodukant_analysis.loaders.scales import labels_between
from kodukant_analysis.loaders.workbook import Delivery
from kodukant_analysis.places import resolve_county, resolve_place, resolve_prefecture
from kodukant_analysis.privacy import Detector
from kodukant_analysis.records import RECORD_TABLES, to_frame

LONG = 30_000
HUGE = ("99999999999999999999", 1e300, "9" * 5000, "²", "1+" * 4000 + "1", float("inf"), float("nan"))
# Each repeats what one of our patterns begins with.
STORIES = (
    "a",
    "Aa-",
    "Mari Saar ",
    "MARI ",
    "Жанна ",
    "a@b.",
    "a.b@",
    "a @ ",
    "512 3456 ",
    "38001010000 ",
    "A. ",
    "1.",
    "1.-",
    "01.02.2016 ",
    "17:00-",
    "ja ",
    "Are/",
    "(",
    "?",
    "_",
    " \u00a0",
    "a\n",
    "1) ",
)


@pytest.mark.parametrize("value", HUGE)
def test_a_number_beyond_all_counts_is_unreadable(value: str | float) -> None:
    assert (read_count(value).value, read_count(value).rule) == (None, "unreadable-count")
    assert (read_ordinal(value).value, read_ordinal(value).rule) == (None, "unreadable-count")


def test_signs_that_look_like_digits_are_none() -> None:
    assert read_round("² voor").rule == "unreadable-count"
    assert read_number("9" * 400).rule == "unreadable-number"
    assert read_day("²") is None
    assert labels_between({"²": "usaldan", "10": "ei usalda"}) == {}


def test_a_range_of_ranges_is_no_day() -> None:
    assert read_day("1-" * 10_000 + "2.3.2016") is None
    assert read_times("17:00-" * 10_000) == []


def test_a_huge_number_costs_its_cell_and_not_the_table(
    linked: Callable[..., Records], load: Callable[..., Delivery]
) -> None:
    drawing = """
        Teema nr             | Teema   | Punkte                | Kuupäev    | Koht
        99999999999999999999 | Kiirus  | 5                     | 2016-03-17 | Halinga vald
        2                    | Noored  | 99999999999999999999  | 2016-03-17 | Halinga vald
    """
    rows = linked(drawing).rows
    frames = {table: to_frame(table, rows[table]) for table in RECORD_TABLES}
    assert frames["topics"]["points"].isna().tolist() == [False, True]
    assert [issue.cell for issue in load(drawing).issues if issue.rule == "unreadable-count"] == ["A2", "C3"]


@pytest.mark.parametrize("unit", STORIES)
def test_a_story_in_a_cell_takes_a_moment(unit: str) -> None:
    story = (unit * LONG)[:LONG]
    detector = Detector(frozenset({"saar"}))
    detector.mask("Mari Saar")
    assert _seconds(partial(detector.mask, story)) < 1
    readers: tuple[Callable[[str], object], ...] = (resolve_place, resolve_county, resolve_prefecture, read_day)
    for read in (*readers, read_count, read_times, lambda text: list(find_days(text))):
        assert _seconds(partial(read, story)) < 0.5


def test_personal_data_is_found_wherever_it_stands_in_a_story() -> None:
    story = "Tänavavalgustus ei tööta. " * 500 + "Helistage 5123 4567 või kirjutage jaan.saar@vald.ee+mari@kool.ee."
    assert Detector().kinds(story) == ["email", "phone"]
    masked = Detector().mask(story)
    assert "vald.ee" not in masked
    assert "mari@" not in masked
    assert masked.count("***") >= 2


KOERU = {"place": "Koeru vald", "municipality_code": "0255"}


def _many(dataset: str, file: str = "a.xlsx", sheet: str = "Leht1", **values: object) -> list[Draft]:
    day = values.get("agreed_on")
    told = day if isinstance(day, date) else None
    return [Draft(dataset, file, sheet, row, values, day=told, cells={"row": f"A{row}"}) for row in range(2, 5002)]


@pytest.mark.parametrize(
    "drafts",
    [
        _many("actions", action="Lamp"),
        _many("actions", action="Lamp", agreed_on=date(2018, 3, 1), **KOERU),
        _many("actions", action="Lamp", **KOERU) + _many("actions", "b.xlsx", action="Lamp", **KOERU),
        _many("discussions", **KOERU),
        _many("discussions"),
        _many("discussions", **KOERU) + _many("actions", "b.xlsx", action="Lamp", **KOERU),
        _many("discussions", **KOERU) + _many("actions", sheet="Leht2", action="Lamp", **KOERU),
    ],
    ids=["undated", "dated", "delivered twice", "no day", "nothing", "another file", "another sheet"],
)
def test_thousands_of_rows_alike_link_in_the_time_it_takes_to_read_them(drafts: list[Draft]) -> None:
    assert _seconds(partial(link_drafts, drafts)) < 3


def _seconds(call: Callable[[], object]) -> float:
    start = time.process_time()
    call()
    return time.process_time() - start
