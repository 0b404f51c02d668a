"""Surveys: answers by scale and direction, don't-knows, code books, published shares."""

from collections.abc import Callable
from datetime import date

import pytest

from kodukant_analysis.loaders.linking import Records
from kodukant_analysis.loaders.workbook import Delivery

Load = Callable[..., Delivery]
Linked = Callable[..., Records]

WORDS = """
Siseturvalisuse avaliku arvamuse uuring 2016. Küsitlusperiood 03.05–19.05.2016

Ankeedi nr | Laine | Regioon     | Kaal  | Kiht | Valimipunkt | Keel  | Sugu | Vanus | Mil määral Te usaldate politseid? | Kas Te teate, kes on Teie piirkonnapolitseinik?
1          | 2016  | Kirde-Eesti | 1,584 | KI1  | 15          | eesti | M    | 65+   | Pigem usaldan                     | Ei
2          | 2016  | Kesk-Eesti  | 0.576 | KE1  | 3           | vene  | N    | 25-34 | EOÖ                               | Jah
"""
CODES = """
Ankeedi nr | Laine | Piirkond    | Kaal  | K1
1          | 2024  | Lõuna-Eesti | 1.5   | 1
2          | 2024  | Lõuna-Eesti | 0.5   | 99
"""
CODE_BOOK = """
Tunnus | Küsimus                           | Kood | Tähendus
K1     | Mil määral Te usaldate politseid? | 1    | Usaldan täiesti
K1     |                                   | 2    | Pigem usaldan
K1     |                                   | 3    | Pigem ei usalda
K1     |                                   | 4    | Üldse ei usalda
K1     |                                   | 99   | EOÖ
"""


def test_each_answer_is_a_record_with_its_score(linked: Linked) -> None:
    trust, knows, *_ = linked(WORDS).rows["answers"]
    assert (trust["question"], trust["scale"], trust["answer"], trust["is_positive"]) == (
        "trust_police",
        "agree4",
        3,
        True,
    )
    assert trust["score"] == pytest.approx(66.667, abs=1e-3)
    assert (knows["question"], knows["answer"], knows["score"], knows["is_positive"]) == ("knows_officer", 0, 0, False)
    assert (trust["series"], trust["wave"], trust["weight"], trust["cluster"]) == (
        "siseturvalisus",
        "2016",
        1.584,
        "15",
    )
    assert (trust["fielded_from"], trust["fielded_to"]) == (date(2016, 5, 3), date(2016, 5, 19))


def test_a_dont_know_is_an_answer_without_a_number(linked: Linked) -> None:
    dont_know = linked(WORDS).rows["answers"][2]
    assert dont_know["is_dont_know"] is True
    assert dont_know.get("answer") is None
    assert dont_know.get("is_positive") is None


def test_a_survey_region_that_straddles_two_prefectures_has_none(linked: Linked) -> None:
    rows = linked(WORDS).rows["answers"]
    assert [(row["survey_region"], row["prefecture"]) for row in rows[1:3]] == [
        ("Kirde-Eesti", "Ida"),
        ("Kesk-Eesti", None),
    ]


def test_codes_mean_what_the_code_book_says_also_where_one_is_best(linked: Linked) -> None:
    best, dont_know = linked(CODES, CODE_BOOK).rows["answers"]
    assert (best["answer"], best["score"], best["is_positive"]) == (4, 100, True)
    assert dont_know["is_dont_know"] is True


def test_codes_without_a_direction_are_refused_and_never_guessed(load: Load) -> None:
    found = load(CODES.replace("K1", "Mil määral Te usaldate politseid?"))
    assert found.drafts == ()
    assert [(issue.cell, issue.rule) for issue in found.issues] == [("E1", "unknown-direction")]


def test_a_scale_from_zero_to_ten_says_its_own_direction(linked: Linked) -> None:
    asked = "Kui palju usaldate politseid? (0-10)"
    seven, three = linked(CODES.replace("K1", asked).replace("| 1\n", "| 7\n").replace("| 99", "| 3")).rows["answers"]
    assert (seven["answer"], seven["score"], seven["is_positive"]) == (7, 70, True)
    assert (three["answer"], three["is_positive"]) == (3, False)


def test_an_answer_off_the_scale_is_an_issue_and_no_record(load: Load) -> None:
    found = load(WORDS.replace("EOÖ", "võib-olla"))
    assert [(issue.cell, issue.rule) for issue in found.issues] == [("J5", "unknown-answer")]
    assert len(found.drafts) == 3


def test_published_shares_by_region_and_year_have_their_respondents(linked: Linked) -> None:
    rows = linked("""
Usaldus politsei vastu (täiesti + pigem usaldab), %
Küsimus: Mil määral Te usaldate politseid?

Regioon     | 2015 |     | 2016 |
            | %    | N   | %    | N
Põhja-Eesti | 76.8 | 112 | 79.8 | 99
Kogu Eesti  | 76.2 | 240 | 81.7 | 240
Allikas: Institutsioonide usaldusväärsus
""").rows["shares"]
    first = rows[0]
    assert (first["series"], first["wave"], first["share"], first["respondents"]) == ("omnibus", "2015", 0.768, 112)
    assert (first["question"], first["answer"], first["prefecture"]) == ("trust_police", "positive", "Põhja")
    assert len(rows) == 4


def test_published_shares_by_answer_are_told_by_their_code(linked: Linked) -> None:
    rows = linked("""
Usaldus politsei vastu, %
Vastus          | 2021  | 2022
Usaldan täiesti | 27,9% | 28,3%
Pigem usaldan   | 55,8% | 55,0%
Ei oska öelda   | 5,0%  | 3,3%
Kokku           | 100%  | 100%
""").rows["shares"]
    assert [(row["wave"], row["answer"], row["share"]) for row in rows[:2]] == [
        ("2021", "4", 0.279),
        ("2022", "4", 0.283),
    ]
    assert [row["answer"] for row in rows[-2:]] == ["dont_know", "dont_know"]


def test_a_survey_of_one_row_an_answer_is_read_by_its_questions(linked: Linked) -> None:
    rows = linked("""
Siseturvalisuse avaliku arvamuse uuring 2018
Vastaja nr | Piirkond    | Küsimus                                         | Vastus
1          | Lõuna-Eesti | Mil määral Te usaldate politseid?               | Usaldan täiesti
1          | Lõuna-Eesti | Kas Te teate, kes on Teie piirkonnapolitseinik? | Ei
2          | Põhja-Eesti | Mil määral Te usaldate politseid?               | Ei oska öelda
""").rows["answers"]
    assert [(row["question"], row.get("answer")) for row in rows] == [
        ("trust_police", 4),
        ("knows_officer", 0),
        ("trust_police", None),
    ]
    assert rows[0]["respondent_key"] == rows[1]["respondent_key"] != rows[2]["respondent_key"]


def test_labels_typed_into_one_cell_state_the_direction(linked: Linked) -> None:
    labels = "1 – usaldan täiesti; 2 – pigem usaldan; 3 – pigem ei usalda; 4 – üldse ei usalda; 99 – EOÖ"
    best, dont_know = linked(labels + "\n" + CODES.replace("K1", "Mil määral Te usaldate politseid?")).rows["answers"]
    assert (best["answer"], best["is_positive"]) == (4, True)
    assert dont_know["is_dont_know"] is True


def test_a_county_instead_of_a_survey_region_gives_the_prefecture(linked: Linked) -> None:
    rows = linked(CODES.replace("Piirkond", "Maakond").replace("Lõuna-Eesti", "Järvamaa"), CODE_BOOK).rows["answers"]
    assert {(row["county_code"], row["prefecture"]) for row in rows} <= {("0052", "Lääne"), (None, "Lääne")}


def test_the_two_ends_told_in_the_question_tell_its_direction(linked: Linked) -> None:
    asked = "Kui palju usaldate politseid? (0 = täielik usaldus, 10 = üldse ei usalda)"
    sheet = CODES.replace("K1", asked).replace("| 1\n", "| 2\n").replace("| 99", "| 10")
    high, low = linked(sheet).rows["answers"]
    assert (high["scale"], high["answer"], high["score"], high["is_positive"]) == ("zero_to_ten", 8, 80, True)
    assert (low["answer"], low["is_positive"]) == (0, False)


def test_two_ends_that_do_not_tell_high_from_low_are_refused(load: Load) -> None:
    found = load(CODES.replace("K1", "Kui palju usaldate politseid? (1 = punane, 5 = sinine)"))
    assert [(issue.cell, issue.rule) for issue in found.issues] == [("E1", "unknown-direction")]


def test_a_code_book_may_have_all_labels_in_one_cell(linked: Linked) -> None:
    book = """
Tunnus | Küsimus                           | Koodid
K1     | Mil määral Te usaldate politseid? | 1 - usaldan täiesti, 2 - pigem usaldan, 3 - pigem ei usalda, 99 - EOÖ
"""
    best, dont_know = linked(CODES, book).rows["answers"]
    assert (best["question"], best["answer"], dont_know["is_dont_know"]) == ("trust_police", 4, True)


def test_a_column_that_is_no_known_question_is_named_and_not_dropped(load: Load) -> None:
    pets = WORDS.replace("Kas Te teate, kes on Teie piirkonnapolitseinik?", "Lemmikloom").replace("| Jah", "| kass")
    found = load(pets.replace("| Ei\n", "| koer\n"))
    assert ("K3", "unknown-question") in [(issue.cell, issue.rule) for issue in found.issues]


def test_a_respondent_is_a_pseudonym_whatever_was_typed(linked: Linked) -> None:
    one, other = linked(WORDS.replace("1          |", "18501010114|")).rows["answers"][::2]
    assert "1850" not in one["respondent_key"]
    assert one["respondent_key"] != other["respondent_key"]


def test_rows_without_a_number_are_respondents_of_their_own_in_every_file(linked: Linked) -> None:
    bare = WORDS.replace("Ankeedi nr | ", "").replace("\n1          | ", "\n").replace("\n2          | ", "\n")
    keys = [row["respondent_key"] for row in linked(bare).rows["answers"]]
    assert len(set(keys)) == 2
    assert not set(keys) & {row["respondent_key"] for row in linked(bare, file="teine.xlsx").rows["answers"]}


def test_a_person_in_the_title_of_a_survey_is_not_its_name(linked: Linked) -> None:
    rows = linked(CODES.replace("Ankeedi nr", "Mari Maasika küsitlus Raplas\n\nAnkeedi nr", 1), CODE_BOOK).rows[
        "answers"
    ]
    assert len(rows) == 2
    assert "maasik" not in str(rows).casefold()


def test_questions_with_answers_of_a_scale_make_a_survey_of_themselves(linked: Linked) -> None:
    rows = linked(
        """
Насколько Вы доверяете полиции? | Знаете ли Вы своего участкового?
Полностью доверяю               | Да
Скорее не доверяю               | Нет
Трудно сказать                  | Нет
""",
        file="опросы/опрос 2022.xlsx",
    ).rows["answers"]
    assert [(row["question"], row.get("answer")) for row in rows] == [
        ("trust_police", 4),
        ("knows_officer", 1),
        ("trust_police", 2),
        ("knows_officer", 0),
        ("trust_police", None),
        ("knows_officer", 0),
    ]
    assert {row["wave"] for row in rows} == {"2022"}


def test_a_form_tells_when_it_was_answered_and_its_numbers_by_the_ends_in_the_header(linked: Linked) -> None:
    first, last = linked("""
Ajatempel                    | Mis vallas elate? | Kui palju Sa usaldad politseid? [1 – ei usalda üldse, 5 – usaldan täielikult]
2024/10/01 8:10:05 PM GMT+3  | Viljandi vald     | 4
2024/10/03 8:10:05 PM GMT+3  | Viljandi linn     | 1
""").rows["answers"]
    assert (first["scale"], first["answer"], last["score"], first["wave"]) == ("likert5", 4, 0, "2024")
    assert (first["fielded_from"], first["fielded_to"]) == (date(2024, 10, 1), date(2024, 10, 3))
    assert (first["municipality_code"], last["municipality_code"]) == ("0899", "0897")


def test_of_a_question_asked_of_many_things_the_thing_named_decides(linked: Linked) -> None:
    rows = linked("""
id. Vastuse ID | submitdate. Saatmise kuupäev | G1Q2[SQ1]. Kuivõrd usaldate asutusi? [Politsei] | G1Q2[SQ2]. Kuivõrd usaldate asutusi? [Päästeamet]
11             | 2019-11-01 12:00:11          | Usaldan täielikult                              | Pigem ei usalda
12             | 2019-11-02 12:00:11          | Ei usalda üldse                                 | Usaldan täielikult
""").rows["answers"]
    assert [(row["question"], row["answer"]) for row in rows] == [
        ("trust_police", 4),
        ("other", 2),
        ("trust_police", 1),
        ("other", 4),
    ]


@pytest.mark.parametrize(
    "form",
    [
        "Ajatempel | Kuidas jäite aruteluga rahule? | Kas tuleksite veel?\n2022-03-01 | Väga rahul | Jah\n2022-03-02 | Pigem rahul | Ei",
        "Nimi | E-post | Kas tunnete oma piirkonnapolitseinikku?\nMari Maasikas | m@example.ee | Jah\nJüri Juurikas | j@example.ee | Ei",
    ],
)
def test_feedback_and_registrations_are_no_surveys_of_trust(load: Load, form: str) -> None:
    assert [draft for draft in load(form).drafts if draft.dataset == "answers"] == []


def test_a_form_of_discussions_with_a_question_of_the_survey_stays_one_of_discussions(load: Load) -> None:
    found = load("""
Ajatempel  | Toimumise kuupäev | Koht    | Mitu inimest osales? | Kas koostöö politseiga toimis?
2022-03-01 | 2022-02-27        | Halinga | 23                   | Jah
2022-03-05 | 2022-03-03        | Saarde  | 18                   | Ei
""")
    assert [draft.dataset for draft in found.drafts] == ["discussions", "discussions"]


def test_the_column_that_asks_is_told_from_the_one_that_answers_by_what_stands_in_them(linked: Linked) -> None:
    rows = linked("""
Vastaja | Regioon     | Mida küsiti                             | Mida öeldi
1       | Põhja-Eesti | Kuivõrd Te usaldate PPA-d?              | Usaldan täielikult
1       | Põhja-Eesti | Politsei annab piisavalt teavet         | Pigem nõustun
2       | Lõuna-Eesti | Kuivõrd Te usaldate PPA-d?              | Ei usalda üldse
2       | Lõuna-Eesti | Politsei annab piisavalt teavet         | Nii ja naa
""").rows["answers"]
    assert [(row["question"], row["scale"], row["answer"]) for row in rows] == [
        ("trust_police", "agree4", 4),
        ("well_informed", "likert5", 4),
        ("trust_police", "agree4", 1),
        ("well_informed", "likert5", 3),
    ]


def test_an_unknown_question_is_told_from_one_without_a_direction(load: Load) -> None:
    found = load("""
Vastaja | Regioon     | Küsimuse kood | Küsimuse tekst              | Vastus
1       | Põhja-Eesti | K1            | Kuivõrd usaldate politseid? | 2
1       | Põhja-Eesti | K2            | Mis värvi on Teie auto?     | punane
""")
    assert {(issue.cell, issue.rule) for issue in found.issues} >= {
        ("D2", "unknown-direction"),
        ("D3", "unknown-question"),
    }
    assert found.drafts == ()


def test_a_code_book_tells_of_the_respondent_too(linked: Linked) -> None:
    sheet = "ID | REG | V3 | KEEL | Q9\n101 | 1 | 1 | 2 | 1\n102 | 4 | 2 | 1 | 3"
    book = """
Tunnus | Sisu              | Kood | Tähendus
REG    | Elukoha piirkond  | 1    | Põhja-Eesti
       |                   | 4    | Kirde-Eesti
V3     | Sugu              | 1    | mees
       |                   | 2    | naine
KEEL   | Küsitluskeel      | 1    | eesti
       |                   | 2    | vene
Q9     | Kas julgete pimedas üksi liikuda? | 1 | täiesti julgen
       |                   | 2    | pigem julgen
       |                   | 3    | pigem ei julge
       |                   | 4    | üldse ei julge
"""
    rows = linked(sheet, book).rows["answers"]
    assert [(row["survey_region"], row["sex"], row["language"]) for row in rows] == [
        ("Põhja-Eesti", "M", "ru"),
        ("Kirde-Eesti", "N", "et"),
    ]
    assert [(row["question"], row["answer"]) for row in rows] == [("safe_after_dark", 4), ("safe_after_dark", 2)]


def test_a_code_book_may_list_the_codes_below_each_question(linked: Linked) -> None:
    book = "K1. Kui palju Te usaldate politseid?\n1 | Usaldan täielikult\n2 | Pigem usaldan\n3 | Pigem ei usalda\n4 | Üldse ei usalda\n99 | EOÖ"
    best, dont_know = linked("ID | K1 | K2\n1 | 1 | 5\n2 | 99 | 6", book).rows["answers"]
    assert (best["question"], best["answer"], dont_know["is_dont_know"]) == ("trust_police", 4, True)


def test_consent_on_four_points_without_a_middle_is_a_scale_of_four(linked: Linked) -> None:
    book = CODE_BOOK.replace("Mil määral Te usaldate politseid?", "Olen politsei tegevusest hästi informeeritud")
    labels = ("Usaldan täiesti", "Pigem usaldan", "Pigem ei usalda", "Üldse ei usalda")
    for label, consent in zip(
        labels, ("Täiesti nõus", "Pigem nõus", "Pigem ei ole nõus", "Ei ole üldse nõus"), strict=True
    ):
        book = book.replace(label, consent)
    best, _ = linked(CODES, book).rows["answers"]
    assert (best["question"], best["scale"], best["answer"], best["score"]) == ("well_informed", "agree4", 4, 100)


def test_a_form_without_names_has_its_moments_and_no_persons(load: Load) -> None:
    found = load("""
ID | Start time | Completion time | Email     | Name      | Kuivõrd Te usaldate politseid?
1  | 2022-03-01 | 2022-03-01      | anonymous | anonymous | 4 - Usaldan täielikult
2  | 2022-03-04 | 2022-03-04      | anonymous | anonymous | 9 - EOÖ
""")
    assert [(draft.values.get("answer"), draft.values["is_dont_know"]) for draft in found.drafts] == [
        (4, False),
        (None, True),
    ]
    assert found.issues == ()


def test_a_scale_above_the_table_is_that_of_its_question(linked: Linked) -> None:
    worst = linked("""
Skaala: 1 – väga turvaliselt, 2 – pigem turvaliselt, 3 – pigem ebaturvaliselt, 4 – väga ebaturvaliselt

Nr | Regioon    | Kui turvaliselt tunnete end pimedas oma kodukandis?
1  | Kesk-Eesti | 4
2  | Kesk-Eesti | 2
""").rows["answers"][0]
    assert (worst["question"], worst["answer"], worst["score"]) == ("safe_after_dark", 1, 0)
