"""Tables that are like ours but may be anything are listed with an issue, never guessed."""

from collections.abc import Callable

import pytest

from kodukant_analysis.loaders.workbook import Delivery

Load = Callable[..., Delivery]
FOOTBALL = """
Mängude ajakava
Kuupäev    | Koht       | Kodumeeskond | Publik
12.03.2016 | Are        | Rebased      | 200
19.03.2016 | Halinga    | Mägrad       | 150
"""
STOCK = """
Дата       | Место | Товар  | Количество
12.03.2016 | Нарва | гвозди | 5
13.03.2016 | Тапа  | доски  | 7
"""
CONTACTS = """
Nimi          | Amet     | Asutus   | Telefon
Mari Maasikas | juhataja | Raamatukogu | 5000355
Jaan Murakas  | õpetaja  | Raamatukogu | 5000356
"""
LIBRARY = """
Pealkiri     | Autor   | Punktid
Aed ja mesi  | Vaarikas | 5
Kuuse all    | Sõstar   | 3
"""
SHOP = """
Vastaja nr | Vanus | Sugu | Kas soovitaksite poodi?
1          | 30    | N    | jah
2          | 41    | M    | jah
3          | 35    | M    | ei
"""
COURT = """
Kuupäev    | Asja number | Menetlus    | Osalised          | Staatus
06.11.2023 | 1-23-11     | kaebus teo peale | politsei, kaitsja | edasi lükatud
07.11.2023 | 2-23-12     | hagi võla pärast | vald, kostja      | ära jäetud
08.11.2023 | 4-23-13     | taotlus loa peale | PPA, menetlusalune | lõpetatud
"""
GRAVEYARD = """
Nr | Töö                | Teostaja     | Tähtaeg    | Seis   | Maksumus
1  | Hekkide pügamine   | kalmistuvaht | 15.06.2024 | tehtud | 400
2  | Kraanide avamine   | kalmistuvaht | 01.05.2024 | tehtud | 20
3  | Pinkide värvimine  | OÜ Kruus     | 31.08.2024 | töös   | 2600
"""
OFFICE = """
Tegevus      | Vastutaja   | Tähtaeg    | Staatus
Osta server  | IT osakond  | 10.03.2016 | tehtud
Müü printer  | IT osakond  | 11.03.2016 | töös
"""
CRIME = """
Aasta | Prefektuur | Kuriteod | Osakaal
2010  | Lääne      | 1000     | 12%
2011  | Lõuna      | 1100     | 13%
"""


@pytest.mark.parametrize("sheet", [FOOTBALL, STOCK, CONTACTS, LIBRARY, SHOP, COURT, GRAVEYARD, OFFICE, CRIME])
def test_a_table_of_something_else_is_set_aside_whole_with_the_reason_at_its_header(load: Load, sheet: str) -> None:
    found = load(sheet, file="muu/tabel.xlsx")
    assert found.drafts == ()
    assert [issue.rule for issue in found.issues] == ["dataset-uncertain"]
    assert found.issues[0].cell == ("A2" if sheet is FOOTBALL else "A1")
    assert [(a.rows_kept, a.rows_set_aside) for a in found.accounts] == [
        (0, len(sheet.strip().splitlines()) - 1 - (sheet is FOOTBALL))
    ]


@pytest.mark.parametrize(
    "title", ["Turvaline küla 2016", "Rahvakoosolekud Pärnumaal", "Meie встречи", "Police and community"]
)
def test_a_title_that_names_our_subject_makes_the_same_columns_ours(load: Load, title: str) -> None:
    found = load(FOOTBALL.replace("Mängude ajakava", title), file="muu/tabel.xlsx")
    assert [draft.dataset for draft in found.drafts] == ["discussions"] * 2


def test_the_groups_of_a_list_make_it_ours_without_a_title(load: Load) -> None:
    found = load(CONTACTS.replace("Amet", "Grupp").replace("juhataja", "politsei"), file="muu/tabel.xlsx")
    assert [draft.dataset for draft in found.drafts] == ["attendance"] * 2


def test_a_bare_plan_of_actions_is_ours_by_who_acts_by_where_or_by_what_is_done(load: Load) -> None:
    for ours in (
        OFFICE.replace("IT osakond", "politsei"),
        OFFICE.replace("Vastutaja  ", "Koht").replace("IT osakond", "Halinga"),
        OFFICE.replace("Osta server", "Kiiruse mõõtmine"),
    ):
        assert [draft.dataset for draft in load(ours, file="muu/tabel.xlsx").drafts] == ["actions"] * 2


def test_topics_about_safety_are_ours_without_a_title(load: Load) -> None:
    found = load(
        LIBRARY.replace("Aed ja mesi", "Kihutamine külas").replace("Kuuse all", "Vargused aiast"), file="a/b.xlsx"
    )
    assert [draft.dataset for draft in found.drafts] == ["topics"] * 2


def test_one_certain_sheet_vouches_for_the_others_of_its_workbook(load: Load) -> None:
    found = load(
        FOOTBALL.replace("Kodumeeskond", "Ilm"),
        """
        Kuupäev    | Koht | Ruumi hoidja  | Osalejaid
        12.03.2016 | Are  | Mari Maasikas | 20
        """,
        file="muu/tabel.xlsx",
    )
    assert {draft.sheet for draft in found.drafts} == {"Leht1", "Leht2"}


def test_a_bare_list_of_days_and_places_in_estonia_is_ours_one_of_another_country_is_not(load: Load) -> None:
    bare = """
    Kuupäev    | Koht    | Osalejaid
    12.03.2016 | Are     | 20
    19.03.2016 | Halinga | 12
    """
    assert len(load(bare, file="muu/tabel.xlsx").drafts) == 2
    assert load(bare.replace("Are ", "Oslo").replace("Halinga", "Bergen "), file="muu/tabel.xlsx").drafts == ()
