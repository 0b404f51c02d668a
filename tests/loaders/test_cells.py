"""Cells of every kind as values of the records."""

from datetime import date

import pytest

from kodukant_analysis.loaders.cells import (
    code_reader,
    codes_in,
    is_missing,
    items_in,
    read_count,
    read_date,
    read_due,
    read_has,
    read_number,
    read_ordinal,
    read_share,
    read_yes_no,
)


@pytest.mark.parametrize(
    ("typed", "count", "approximate"),
    [
        ("20", 20, False),
        (20.0, 20, False),
        ("20+5", 25, False),
        ("kolmteist", 13, False),
        ("20 inimest", 20, False),
        ("20 чел.", 20, False),
        ("1 234", 1234, False),
        ("ca 20", 20, True),
        ("u 20", 20, True),
        ("~20", 20, True),
        ("üle 30", 30, True),
        ("ligi 11", 11, True),
        ("paarkümmend", 20, True),
        ("kümmekond", 10, True),
        ("около 20", 20, True),
        ("человек 20", 20, True),
        ("12 (sh 3 last)", 12, False),
        ("12, neist 3 last", 12, False),
        ("25+", 25, True),
        ("20 inimest ringis", 20, False),
    ],
)
def test_a_count_is_read_with_its_being_approximate(typed: object, count: int, approximate: bool) -> None:
    reading = read_count(typed)  # type: ignore[arg-type]
    assert reading.value == count
    assert bool(reading.extra.get("is_approximate")) is approximate


def test_a_range_of_counts_gives_one_within_it() -> None:
    for typed in ("15-20", "15–20"):
        reading = read_count(typed)
        assert 15 <= reading.value <= 20
        assert reading.extra["is_approximate"]


@pytest.mark.parametrize("typed", ["palju", "-5", "12,5", "12 (ei loetud)", "20 inimest puudus", date(2016, 10, 5)])
def test_what_is_no_count_is_named_and_not_guessed(typed: object) -> None:
    assert read_count(typed) == (None, "unreadable-count", {})  # type: ignore[arg-type]


def test_zero_is_a_count_and_a_dash_is_missing() -> None:
    assert read_count(0.0).value == 0
    assert read_count("-").value is None
    assert read_count("-").rule == ""


def test_numbers_have_decimal_commas_and_any_space() -> None:
    assert read_number("1 234,5").value == 1234.5
    assert read_number("1\u00a0234,5").value == 1234.5
    assert read_number("0,649").value == 0.649


@pytest.mark.parametrize(
    ("typed", "share"), [("66,7%", 0.667), ("50 %", 0.5), (0.5, 0.5), (1.0, 1.0), (80.0, 0.8), ("100,0%", 1)]
)
def test_a_share_is_between_zero_and_one(typed: object, share: float) -> None:
    assert read_share(typed).value == pytest.approx(share)  # type: ignore[arg-type]


def test_a_place_in_an_order_may_have_a_full_stop() -> None:
    assert [read_ordinal(typed).value for typed in (3.0, "3", "3.")] == [3, 3, 3]


@pytest.mark.parametrize("typed", ["jah", "X", "+", "✓", "1", "да", True])
def test_yes_has_many_faces(typed: object) -> None:
    assert read_yes_no(typed).value is True  # type: ignore[arg-type]


@pytest.mark.parametrize("typed", ["ei", "0", "нет", "puudub", "-"])
def test_no_has_many_faces(typed: object) -> None:
    assert read_yes_no(typed).value is False  # type: ignore[arg-type]


@pytest.mark.parametrize("typed", [None, "", "–", "?", "andmed puuduvad", "нет данных", "#N/A"])
def test_what_says_that_nothing_is_known_is_missing(typed: object) -> None:
    assert is_missing(typed)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("typed", "status"),
    [
        ("ei ole tehtud", "not_started"),
        ("pole veel tehtud", "not_started"),
        ("osaliselt tehtud", "partial"),
        ("peaaegu tehtud", "partial"),
        ("Tehtud!", "done"),
        ("LÕPETAMATA", "in_progress"),
        ("lõpetatud", "done"),
        ("tagasi lükatud", "rejected"),
        ("edasi lükatud", "postponed"),
        ("peatatud", "on_hold"),
        ("täitmata", "not_started"),
        ("не выполнено", "not_started"),
        ("частично выполнено", "partial"),
        ("выполнено", "done"),
        ("taidetud", "done"),
        ("suunatud KOV-ile", "handed_over"),
        ("?", "unknown"),
        ("veel mitte alustatud", None),
        ("ei ole lahendatud", None),
        ("lahendatud ei ole", None),
        ("не будет сделано", None),
        ("сделаем весной", None),
        ("завершается", None),
        ("moving forward", None),
        ("to be completed", None),
    ],
)
def test_a_status_is_not_told_by_a_word_within_it(typed: str, status: str | None) -> None:
    assert code_reader("status")(typed).value == status


def test_the_reason_of_a_cancellation_does_not_turn_it_round() -> None:
    assert code_reader("discussion_status")("jäi ära, rahvast ei tulnud").value == "cancelled"
    assert code_reader("status")("ei saa teha, tee ei ole valla oma").value == "rejected"
    assert code_reader("status")("vald loobus").value == "cancelled"
    assert code_reader("status")("tehtud, aga ei tööta").value is None


@pytest.mark.parametrize("typed", ["hm", "3. punkt", "vt protokoll", "kolmapäeval", "arutame veel", "спросить"])
def test_an_unknown_status_is_an_issue_and_no_guess(typed: str) -> None:
    assert code_reader("status")(typed) == (None, "unknown-status", {})


def test_several_owners_stand_in_one_cell() -> None:
    assert codes_in("group", "politsei, vald ja külavanem") == (["police", "local_government", "village_elder"], [])
    assert codes_in("group", "доброволец-спасатель / MTÜ") == (["volunteer_rescuer", "ngo_housing"], [])
    assert codes_in("group", "politsei, tugigrupp X") == (["police"], ["tugigrupp X"])


def test_solutions_are_counted_by_line_number_or_semicolon() -> None:
    assert items_in("1) kaamera\n2) ühine reid\n3) koolitus") == ["kaamera", "ühine reid", "koolitus"]
    assert items_in("kaamera; koolitus") == ["kaamera", "koolitus"]


def test_a_quarter_is_too_imprecise_for_a_day_but_good_for_a_due_date() -> None:
    assert read_date("II kv 2016") == (None, "imprecise-date", {})
    due = read_due("II kv 2016", None)
    assert (due.value, due.extra["due_kind"], due.extra["due_as_typed"]) == (
        date(2016, 6, 30),
        "period_end",
        "II kv 2016",
    )


def test_a_quarter_without_a_year_is_imprecise_too() -> None:
    assert read_date("2-й квартал").rule == "imprecise-date"
    assert read_due("sügisel", None).extra["due_kind"] == "period_end"


def test_a_due_date_may_be_led_by_a_word_or_come_again_and_again() -> None:
    assert read_due("до 01.09.2020", None).value == date(2020, 9, 1)
    assert {read_due(typed, None).extra["due_kind"] for typed in ("ежемесячно", "igal laadal")} == {"continuous"}


@pytest.mark.parametrize("typed", ["не заказан", "ещё нет", "veel mitte", "ei ole broneeritud"])
def test_what_is_denied_is_not_there(typed: str) -> None:
    assert read_has(typed).value is False
    assert read_has("vallamaja").value is True


def test_due_dates_in_words_have_their_kind() -> None:
    agreed = date(2018, 5, 28)
    kinds = [
        read_due(typed, agreed).extra.get("due_kind")
        for typed in ("pidevalt", "kohe", "срочно", "määramata", "01.06.2018")
    ]
    assert kinds == ["continuous", "undated", "undated", "undated", "dated"]
    assert read_due("aasta lõpuks", agreed).value == date(2018, 12, 31)
    assert read_due("kuu keskel", agreed).rule == "unreadable-date"
