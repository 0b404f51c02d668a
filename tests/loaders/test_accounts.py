"""Accounts: every row read is kept, set aside or skipped, counted apart; what is set aside has an issue."""

from collections.abc import Callable
from dataclasses import replace

from kodukant_analysis.loaders.hidden import Hidden
from kodukant_analysis.loaders.workbook import Delivery, load_sheets
from kodukant_analysis.privacy import PersonKeys
from kodukant_analysis.records import SheetAccount
from tests.drawing import draw

Load = Callable[..., Delivery]

ON_ITS_SIDE = """
Kuupäev          | 2016-09-29 | 2016-12-01 | 2017-02-02
Toimumiskoht     | Ares       | Koongas    | Raplas
Meetod           | AR         | ümarlaud   | AR
Osalejaid        | 19         | 25         | 12
"""
SURVEY = """
Ankeedi nr | Laine | Regioon     | Kaal  | Mil määral Te usaldate politseid?
1          | 2016  | Lõuna-Eesti | 1.5   | Pigem usaldan
2          | 2016  | Lõuna-Eesti | 0.5   |
3          | 2016  | Lõuna-Eesti | 1.0   | Pigem usaldan
"""


def _counts(account: SheetAccount) -> tuple[int, int, int, int]:
    return account.rows_read, account.rows_kept, account.rows_set_aside, account.rows_skipped


def _only(delivery: Delivery) -> SheetAccount:
    (account,) = delivery.accounts
    return account


def _rules(delivery: Delivery) -> list[tuple[str, str]]:
    return [(issue.cell, issue.rule) for issue in delivery.issues]


def test_a_sheet_on_its_side_keeps_each_of_its_discussions(load: Load) -> None:
    found = load(ON_ITS_SIDE)
    account = _only(found)
    assert _counts(account) == (3, 3, 0, 0)
    assert (account.header_row, account.first_row, account.last_row) == (1, 1, 4)
    assert found.issues == ()


def test_a_discussion_set_aside_from_a_sheet_on_its_side_is_named_in_its_column(load: Load) -> None:
    found = load(ON_ITS_SIDE.replace("2016-09-29", "").replace("Ares", ""))
    assert _counts(_only(found)) == (3, 2, 1, 0)
    assert ("B3", "row-without-key") in _rules(found)


def test_a_row_without_its_key_is_set_aside_and_named(load: Load) -> None:
    found = load("""
Jrk | Tegevus | Vastutaja | Tähtaeg
1   | Künnis  | KOV       | 2016-12-01
    |         | KOV       | 2016-12-01

Kokku | | |
""")
    assert _counts(_only(found)) == (4, 1, 1, 2)
    assert _rules(found) == [("C3", "row-without-key")]


def test_a_respondent_without_an_answer_is_set_aside_and_named(load: Load) -> None:
    found = load(SURVEY)
    assert _counts(_only(found)) == (3, 2, 1, 0)
    assert ("A3", "row-without-values") in _rules(found)


def test_a_table_that_gives_nothing_is_set_aside_whole_for_the_reason_at_its_header(load: Load) -> None:
    found = load(SURVEY.replace("Pigem usaldan", "2"))
    assert _counts(_only(found)) == (3, 0, 3, 0)
    assert _rules(found) == [("E1", "unknown-direction")]


def test_a_row_of_respondents_is_kept_in_the_shares_above_it(load: Load) -> None:
    found = load("""
Usaldus politsei vastu, %
Vastus          | 2021  | 2022
Usaldan täiesti | 27.9  | 28.3
N               | 1002  | 1011
""")
    assert _counts(_only(found)) == (2, 2, 0, 0)
    assert [draft.values["respondents"] for draft in found.drafts] == [1002, 1011]


def test_a_code_book_is_kept_in_the_answers(load: Load) -> None:
    found = load(
        SURVEY.replace("Mil määral Te usaldate politseid?", "K1").replace("Pigem usaldan", "2"),
        """
Tunnus | Küsimus                           | Kood | Tähendus
K1     | Mil määral Te usaldate politseid? | 1    | Usaldan täiesti
K1     |                                   | 2    | Pigem usaldan
K1     |                                   | 3    | Pigem ei usalda
K1     |                                   | 4    | Üldse ei usalda
""",
    )
    assert {account.dataset: _counts(account) for account in found.accounts} == {
        "answers": (3, 2, 1, 0),
        "codes": (4, 4, 0, 0),
    }


def test_hidden_rows_are_skipped_and_named(keys: PersonKeys) -> None:
    sheet = draw("""
Tegevus  | Vastutaja | Tähtaeg
Künnis   | KOV       | 2016-12-01
Valgusti | KOV       | 2016-12-01
""")
    found = load_sheets([replace(sheet, hidden=Hidden(rows=frozenset({2})))], sheet.file, keys)
    assert [draft.values["action"] for draft in found.drafts] == ["Valgusti"]
    assert _counts(_only(found)) == (2, 1, 0, 1)
    assert _rules(found) == [("", "hidden-rows-skipped")]
