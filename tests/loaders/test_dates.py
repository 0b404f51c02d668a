"""Dates as people type them, and what is no date."""

from datetime import date, time

import pytest

from kodukant_analysis.loaders.dates import find_days, month_of, read_day, read_period, read_times

DAY = date(2016, 4, 12)


@pytest.mark.parametrize(
    "typed",
    [
        "12.04.2016",
        "12.4.16",
        "12/04/2016",
        "12.04.2016 г.",
        "12. aprill 2016",
        "12. aprillil 2016",
        "12 апреля 2016 г.",
        "2016-04-12",
        "2016-04-12 18:00:00",
        "T 12.04.2016",
        "teisipäev, 12.04.2016",
        "12.04.2016 kell 18.00",
        "12.04.2016 18:00",
        "42472",
        42472.0,
        DAY,
        "12.–13.04.2016",
        "12. ja 13. aprill 2016",
        "12.04-02.05.2016",
        "12. IV 2016",
        "12.IV.2016",
        "2016. a 12. aprill",
        "12. aprillil 2016. a.",
    ],
)
def test_a_day_is_read_however_it_is_typed(typed: object) -> None:
    assert read_day(typed) == DAY  # type: ignore[arg-type]


def test_a_day_is_never_read_month_first() -> None:
    assert read_day("05.03.2016") == date(2016, 3, 5)
    assert read_day("5/3/2016") == date(2016, 3, 5)
    assert read_day("2016-03-05") == date(2016, 3, 5)


def test_a_day_without_a_year_takes_that_of_its_surroundings_or_none() -> None:
    assert read_day("12.04.") is None
    assert read_day("12.04.", 2016) == DAY


@pytest.mark.parametrize(
    "typed", ["31.02.2023", "13.13.2025", "??.07.2015", "kuu keskel", "pärast jaanipäeva", "18.00", "7"]
)
def test_what_is_no_day_is_none(typed: str) -> None:
    assert read_period(typed) is None


@pytest.mark.parametrize(
    ("typed", "last"),
    [
        ("II kvartal 2016", date(2016, 6, 30)),
        ("2. kv 2016", date(2016, 6, 30)),
        ("2016.a. II kvartal", date(2016, 6, 30)),
        ("Q2 2016", date(2016, 6, 30)),
        ("II кв. 2016", date(2016, 6, 30)),
        ("I poolaasta 2016", date(2016, 6, 30)),
        ("1. pa 2016", date(2016, 6, 30)),
        ("2016. aasta lõpuks", date(2016, 12, 31)),
        ("2016 lõpp", date(2016, 12, 31)),
        ("до конца 2016 г.", date(2016, 12, 31)),
        ("juuni 2016", date(2016, 6, 30)),
        ("kevad 2016", date(2016, 5, 31)),
        ("2016. a", date(2016, 12, 31)),
    ],
)
def test_a_stretch_of_time_is_no_day_but_has_a_last_one(typed: str, last: date) -> None:
    period = read_period(typed)
    assert period is not None
    assert not period.is_day
    assert period.last == last


def test_the_days_of_fieldwork_are_found_in_a_title() -> None:
    assert list(find_days("Uuring 2023. Küsitlusperiood 26.10–06.11.2023")) == [date(2023, 10, 26), date(2023, 11, 6)]


@pytest.mark.parametrize(
    ("typed", "times"),
    [
        ("kell 18.00", [time(18)]),
        ("kl 18", [time(18)]),
        ("18:00-21:30", [time(18), time(21, 30)]),
        ("17.00–21:00", [time(17), time(21)]),
        (0.75, [time(18)]),
        (time(18, 30), [time(18, 30)]),
    ],
)
def test_times_of_day_are_read_with_colon_or_dot(typed: object, times: list[time]) -> None:
    assert read_times(typed) == times  # type: ignore[arg-type]


def test_months_are_known_in_their_case_forms() -> None:
    assert [month_of(word) for word in ("jaanuari", "märtsil", "mai", "июня", "сентября", "dets")] == [
        1,
        3,
        5,
        6,
        9,
        12,
    ]
