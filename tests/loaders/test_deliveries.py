"""Deliveries: the newer one counts, and no name that one of its sheets lists is kept in another."""

from collections.abc import Callable

import pytest

from kodukant_analysis.loaders.linking import link_drafts
from kodukant_analysis.loaders.workbook import Delivery

Load = Callable[..., Delivery]

REGISTER = """
Arutelu nr | Kuupäev    | Koht | Meetod | Osalejaid
7          | 2016-09-29 | Ares | AR     | {attendees}
"""
OLDER, NEWER = "Lääne prefektuur/register_2016-12-31.xlsx", "Lääne prefektuur/arutelud_2017-06-30.xlsx"


@pytest.mark.parametrize("order", [(OLDER, NEWER), (NEWER, OLDER)])
def test_the_newer_delivery_of_a_discussion_wins(order: tuple[str, str], load: Load) -> None:
    attendees = {OLDER: 19, NEWER: 25}
    drafts = [draft for file in order for draft in load(REGISTER.format(attendees=attendees[file]), file=file).drafts]
    found = link_drafts(drafts)
    assert [(row["source_file"], row["attendees"]) for row in found.rows["discussions"]] == [(NEWER, 25)]
    assert [(issue.source_file, issue.rule) for issue in found.issues] == [(OLDER, "discussion-reported-twice")]


def test_a_person_of_an_attendance_list_is_masked_in_the_status_of_an_action(load: Load) -> None:
    found = load(
        """
Nimi               | Osapool | Avaring
Nipitiri Kuusekäbi | elanik  | jah
""",
        """
Tegevus | Vastutaja | Tähtaeg    | Staatus
Künnis  | KOV       | 2016-12-01 | töös, küsida Kuusekäbilt
""",
    )
    (status,) = (draft.values["status_as_typed"] for draft in found.drafts if draft.dataset == "actions")
    assert status == "töös, küsida ***"
    assert "Kuusekäbi" not in str(found)
