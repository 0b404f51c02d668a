"""Resolving: what holds for typed places in general."""

from datetime import date, timedelta
from time import perf_counter

import pytest

from kodukant_analysis.places import Place, municipalities, reform_on, resolve_place
from kodukant_analysis.places.tables import read_table

THEN, TODAY = date(2016, 5, 19), date(2020, 5, 19)


def test_the_division_changes_on_the_day_of_the_reform() -> None:
    before, after = (resolve_place("Kihnu vald", day) for day in (reform_on() - timedelta(days=1), reform_on()))
    assert (before.county_code, after.county_code) == ("0067", "0068")
    assert before.municipality_code == after.municipality_code == "0303"


def test_without_a_day_only_what_both_sides_agree_on_is_said() -> None:
    for name in (row["name"] for row in read_table("municipalities")):
        undated, then, today = resolve_place(name), resolve_place(name, THEN), resolve_place(name, TODAY)
        for field in ("municipality_code", "municipality_code_then", "county_code", "prefecture", "place_code"):
            agreed = getattr(then, field) if getattr(then, field) == getattr(today, field) else None
            assert getattr(undated, field) == agreed


def test_a_misspelled_name_is_suggested_and_never_applied() -> None:
    place = resolve_place("Tõstmaa vald", THEN)
    assert place == Place(candidates=place.candidates, reason="unknown")
    assert "Tõstamaa vald" in place.candidates


def test_a_place_that_is_not_certain_names_its_candidates() -> None:
    assert resolve_place("Vändra", THEN).candidates == ("Vändra vald", "Vändra vald (alev)")
    assert resolve_place("Puka vald", THEN).candidates == ("Elva vald", "Otepää vald", "Tõrva vald")


@pytest.mark.parametrize("within", ["Pärnu", "Pärnumaa", "0067", "0068", "Lääne prefektuur", "Lääne", "Пярнумаа"])
def test_a_region_is_understood_by_any_name_or_code(within: str) -> None:
    assert resolve_place("Tori", THEN, within).municipality_code == "0809"


def test_a_municipality_wins_over_a_region_it_does_not_lie_in() -> None:
    place = resolve_place("Alutaguse vald", TODAY, "Lääne")
    assert (place.municipality_code, place.prefecture, place.reason) == ("0130", "Ida", "outside within")


def test_a_village_outside_the_region_is_not_taken() -> None:
    place = resolve_place("Seljametsa", THEN, "Harju mk")
    assert (place.municipality_code, place.reason) == (None, "outside within")


def test_a_village_of_the_county_wins_over_a_municipality_elsewhere() -> None:
    assert resolve_place("Tori", THEN, "Järva").place_code == "8325"


def test_a_prefecture_does_not_choose_between_a_village_inside_and_a_municipality_outside() -> None:
    assert resolve_place("Rannu", THEN, "Ida").municipality_code is None


def test_a_region_that_nobody_knows_changes_nothing() -> None:
    assert resolve_place("Halinga", THEN, "???") == resolve_place("Halinga", THEN)


def test_a_village_beside_a_municipality_that_is_not_understood_settles_nothing() -> None:
    assert resolve_place("Seljametsa küla, Pajkuse vald", THEN).municipality_code is None


def test_every_code_given_is_a_code_in_force() -> None:
    for municipality in municipalities():
        place = resolve_place(municipality.name, TODAY)
        assert (place.municipality_code, place.municipality_code_then) == (municipality.code, municipality.code)
        assert place.county_code == municipality.county_code


def test_a_hundred_thousand_typed_places_resolve_in_two_seconds() -> None:
    typed = [f"{row['name']}" for row in read_table("municipalities")]
    days = [date(2015, 1, 1) + timedelta(days=n) for n in range(0, 4000, 13)]
    for name in typed:
        resolve_place(name, THEN), resolve_place(name, TODAY)
    start = perf_counter()
    for n in range(100_000):
        resolve_place(typed[n % len(typed)], days[n % len(days)])
    assert perf_counter() - start < 2


def test_ordinary_words_of_sheets_are_no_partitives_of_villages() -> None:
    assert resolve_place("Laud").reason == "unknown"
    assert resolve_place("Tõstamaad", date(2016, 5, 19)).municipality_code_then == "0826"


@pytest.mark.parametrize("within", [None, "Lääne", "Ida"])
@pytest.mark.parametrize("typed", ["Seljametsa küla, Audru vald", "Kuressaare", "Vändra", "Kasepää", "Virumaa", "?"])
def test_every_answer_has_a_reason(typed: str, within: str | None) -> None:
    for on in (date(2016, 5, 19), date(2020, 5, 19), None):
        assert resolve_place(typed, on, within).reason
