"""The same records come out whatever the order of columns, the words over them and what stands around the table."""

from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kodukant_analysis.loaders.drafts import Draft
from kodukant_analysis.loaders.sheets import Sheet, Value
from kodukant_analysis.loaders.vocabulary import vocabulary
from kodukant_analysis.loaders.workbook import load_sheets
from kodukant_analysis.privacy import PersonKeys

KEYS = PersonKeys(b"a key for tests, at least 32 bytes")
ROWS: tuple[dict[str, Value], ...] = (
    {"action": "Künnis kooli juurde", "owners": "KOV", "due_on": date(2016, 12, 1), "status": "töös"},
    {
        "action": "Valgusti bussipeatusesse",
        "owners": "politsei, vald",
        "due_on": "IV kv 2016",
        "status": "edasi lükatud",
    },
    {"action": "Kokku leppida patrullides", "owners": "konstaabel", "due_on": "pidevalt", "status": "pidev"},
    {"action": "Talgud", "owners": "külavanem", "due_on": "01.05.2017", "status": "tehtud"},
)
EXPECTED = [
    ("Künnis kooli juurde", "local_government", date(2016, 12, 1), "in_progress"),
    ("Valgusti bussipeatusesse", "local_government|police", date(2016, 12, 31), "postponed"),
    ("Kokku leppida patrullides", "police", None, "continuous"),
    ("Talgud", "village_elder", date(2017, 5, 1), "done"),
]
ABOVE: tuple[list[Value], ...] = (
    ["TEGEVUSKAVA"],
    ["Seisuga 31.12.2016"],
    [],
    ["Lääne prefektuuri tegevused", None, None],
)
AMONG: tuple[list[Value], ...] = ([], ["Märkus: vt protokolli"])
BELOW: tuple[list[Value], ...] = ([], ["Kokku", None, None], ["Koostas: nimi puudub"], ["Allikas: prefektuur"])


def _spellings(field: str) -> list[str]:
    words = vocabulary().headers["actions"].codes[field]
    return [word for word in words if not word.startswith("~") and len(word) > 3 and "/" not in word]


def _dressed(header: str) -> st.SearchStrategy[str]:
    return st.sampled_from([header, f"{header}:", f"{header} *", header.upper(), f"  {header} ", f"{header}\u00ad"])


@st.composite
def sheets(draw: st.DrawFn) -> Sheet:
    fields = draw(st.permutations(["action", "owners", "due_on", "status"]))
    headers = [draw(st.sampled_from(_spellings(field)).flatmap(_dressed)) for field in fields]
    left = draw(st.integers(0, 2))
    cells: list[list[Value]] = [*draw(st.lists(st.sampled_from(ABOVE), max_size=3)), [None] * left + list(headers)]
    for row in ROWS:
        cells += draw(st.lists(st.sampled_from(AMONG), max_size=1))
        if draw(st.booleans()) and draw(st.booleans()):
            cells.append([None] * left + list(headers))
        cells.append([None] * left + [row[field] for field in fields])
    cells += draw(st.lists(st.sampled_from(BELOW), max_size=3))
    return Sheet("Lääne prefektuur/plaan.xlsx", "Leht1", cells)


def _facts(draft: Draft) -> tuple[object, ...]:
    return tuple(draft.values.get(name) for name in ("action", "owners", "due_on", "status"))


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(sheets())
def test_the_same_actions_come_out_of_every_layout(sheet: Sheet) -> None:
    found = load_sheets([sheet], sheet.file, KEYS)
    assert [_facts(draft) for draft in found.drafts] == EXPECTED
    (account,) = [account for account in found.accounts if account.dataset]
    assert account.rows_read == account.rows_kept + account.rows_set_aside + account.rows_skipped
    assert account.rows_kept == len(ROWS)
