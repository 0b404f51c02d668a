"""Persons as pseudonyms, and personal data found and masked in text. All names and codes here are invented."""

import stat
from pathlib import Path

import pytest

from kodukant_analysis.privacy import (
    KEY_VARIABLE,
    Detector,
    PersonKeys,
    read_person_key,
    rotate_person_key,
    surname_words,
    surnames_in,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mari Maasikas", "MAASIKAS Mari"),
        ("Jüri Jõhvikas", "Juri Johvikas"),
        ("Степан Соловецкин", "Stepan Solovetskin"),
        ("Семён Рябинкин", "Semjon Rjabinkin"),
        ("Юрий Камышкин", "Jurii Kamõškin"),
    ],
)
def test_one_person_has_one_pseudonym_in_any_order_case_and_script(keys: PersonKeys, one: str, other: str) -> None:
    assert keys.key(one) == keys.key(other)


def test_pseudonyms_differ_by_person_and_by_key(keys: PersonKeys) -> None:
    assert keys.key("Mari Maasikas") != keys.key("Mari Vaarikas")
    assert keys.key("Mari Maasikas") != PersonKeys(b"another key of at least 32 bytes").key("Mari Maasikas")
    assert keys.key(" - ") is None


def test_a_key_is_made_once_and_for_its_owner_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(KEY_VARIABLE, raising=False)
    path = tmp_path / "secret" / "person.key"
    first = read_person_key(path)
    assert read_person_key(path) == first
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_key_from_the_environment_outranks_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(KEY_VARIABLE, "e" * 40)
    assert read_person_key(tmp_path / "none.key") == PersonKeys(b"e" * 40)
    assert not (tmp_path / "none.key").exists()


def test_a_rotated_key_makes_other_pseudonyms_and_leaves_no_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(KEY_VARIABLE, raising=False)
    path = tmp_path / "person.key"
    first = read_person_key(path)
    rotate_person_key(path)
    assert read_person_key(path).key("Mari Maasikas") != first.key("Mari Maasikas")
    assert list(tmp_path.iterdir()) == [path]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_key_of_the_environment_is_not_rotated_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(KEY_VARIABLE, "e" * 40)
    with pytest.raises(ValueError, match="change it there"):
        rotate_person_key(tmp_path / "person.key")


def test_a_key_too_short_to_keep_a_secret_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(KEY_VARIABLE, "short")
    with pytest.raises(ValueError, match="5 characters"):
        read_person_key(tmp_path / "none.key")


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("kirjutada mari.maasikas@example.ee", "kirjutada ***"),
        ("vt ka Galina Rjabinkina, tel 5000 0355", "vt ka ***, tel ***"),
        ("+372 5000 0355 pärast tööd", "*** pärast tööd"),
        ("Kulu põletamine (Helju Pihlakas)", "Kulu põletamine (***)"),
        ("Юрий Камышкин (представитель деревни)", "*** (представитель деревни)"),
        ("isik 18501010114 helistas", "isik *** helistas"),
        ("ik 18501010115 helistas", "ik *** helistas"),
        ("1850101 0114", "***"),
        ("mari.maasikas(at)example.ee", "***"),
        ("mob 5 000 0355", "mob ***"),
        ("Rääkida Mari Maasikaga parklast", "*** parklast"),
        ("Jaani Tamme talu", "*** talu"),
        ("M. Maasikas võtab ühendust", "*** võtab ühendust"),
        ("Камышкин Ю.Ю. ответственный", "*** ответственный"),
        ("Людмилой Рябинкиной", "***"),
        ("Рябинкина Анна Ивановна", "***"),
        ("Анна Ивановна Рябинкина звонила", "*** звонила"),
        ("JAAN JÕHVIKAS", "***"),
        ("jaan tamm vastutab", "*** vastutab"),
        ("Kirjutada Karl-Erik Pihlakale", "***"),
        ("Härra Murakas lubas", "Härra *** lubas"),
        ("konstaabel Kask teeb", "konstaabel *** teeb"),
        ("Lärm Kase tn 12-4 öösiti", "Lärm *** öösiti"),
        ("Kase tn 12-14 kurdab", "*** kurdab"),
        ("Elab Pikk 5-3, Rakvere", "Elab ***, Rakvere"),
        ("elab Pikk 5-13, Rakvere", "elab ***, Rakvere"),
        ("Kase 12 korter 4 haiseb", "*** haiseb"),
        ("шум на ул. Пушкина 12-4", "шум на ***"),
        ("Пушкина 12, кв. 4", "***"),
    ],
)
def test_personal_data_in_text_is_masked(text: str, masked: str) -> None:
    assert Detector().mask(text) == masked
    assert Detector().kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "Eesti Naabrivalve",
        "MTÜ Koppelmaa Küla",
        "Rakvere vallavalitsus",
        "Ida Prefektuur",
        "Salme Vald",
        "TK-2016-041",
        "Seisuga 31.12.2016",
        "12.04.2016 18:00-21:00",
        "helista 112",
        "Kihutajad kooli juures",
        "MTÜ Kristiine Küla",
        "Rein Keskus",
        "Aleksander Nevski kirik",
        "J. Liivi tänav",
        "4500000 eurot",
        "arve 3456789",
        "Lisa A. kinnitati",
        "konstaabel Pärnus",
        "Kiirus Viljandi maanteel",
        "Mure Kadrina mnt ääres",
        "Arutelu Salmes",
        "Pargi tn valgustus",
        "Tartu mnt 12 juures on pime",
        "Kase tn 12-14 majad",
        "KÜ Kase 12-4",
        "Lärm 23-6",
        "Noored 12-18",
        "Kell 18-20",
        "Teema 5-3",
        "Toetus 10-5 %",
        "Pärnu mnt 12 vahel 2016-2017",
        "29.-30.10.2018 Narva",
    ],
)
def test_what_is_no_personal_data_is_left_alone(text: str) -> None:
    assert Detector().mask(text) == text


@pytest.mark.parametrize("name", ["Leelo Tillinastik 2020.xls", "Leelo_Tillinastik_2020.xls"])
def test_a_person_is_found_in_the_name_of_a_file_however_it_is_spaced(name: str) -> None:
    assert Detector().mask_name(name) == "*** 2020.xls"
    assert Detector().names(name) == ["Leelo Tillinastik"]


def test_surnames_of_a_list_are_found_in_any_case_form() -> None:
    detector = Detector(surnames_in(["Nipitiri Kuusekäbi", "Trips Kadakas-Uus"]))
    assert detector.mask("Kuusekäbile kuuluv koer") == "*** kuuluv koer"
    assert detector.mask("Kadakas-Uusi aed") == "*** aed"
    assert detector.mask("kuuse all") == "kuuse all"


def test_short_surnames_of_a_list_are_found_where_they_are_typed_as_names() -> None:
    detector = Detector(surnames_in(["Mari Maasikas", "Jaan Kask"]))
    assert detector.mask("mitte tehtud, Kask teeb") == "mitte tehtud, *** teeb"
    assert detector.mask("maasika maja juures") == "*** maja juures"
    assert detector.mask("kase all") == "kase all"


@pytest.mark.parametrize("surname", ["Kask", "Tamm", "Oja"])
def test_a_short_surname_alone_in_a_cell_is_found_too(surname: str) -> None:
    assert Detector(surnames_in([f"Mari {surname}"])).mask(surname) == "***"
    assert Detector().mask(surname) == surname


def test_ordinary_words_that_are_surnames_too_are_left_alone() -> None:
    detector = Detector(surnames_in(["Mari Saare", "Jaan Kooli"]))
    for text in ("Saaremaa vald, kooli juures", "Kooli juures on pime"):
        assert detector.mask(text) == text


@pytest.mark.parametrize(
    ("name", "surnames"),
    [
        ("Valgustus Jaan Tamm 2016", ["Tamm"]),
        ("Tegevused_Tamm_Jaan", ["Tamm"]),
        ("Kokkuvõte Karl-Erik Kadakas-Uus", ["Kadakas-Uus"]),
        ("Kokkuvõte Jaan Toomas Jõhvikas", ["Jõhvikas"]),
        ("Jõhvikas Jaan Maasikas Mari", ["Jõhvikas", "Maasikas"]),
        ("Peetri Maasika asjad", ["Maasika"]),
        ("Рябинкина Анна Ивановна", ["Рябинкина", "Ивановна"]),
        ("Отчёт Анна Ивановна Рябинкина", ["Ивановна", "Рябинкина"]),
        ("M. Maasikas", ["M", "Maasikas"]),
    ],
)
def test_a_surname_is_what_stands_after_given_names_or_before_those_that_stand_last(
    name: str, surnames: list[str]
) -> None:
    assert [word for person in Detector().names(name) for word in surname_words(person)] == surnames
