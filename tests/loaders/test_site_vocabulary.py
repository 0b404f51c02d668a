"""A site's own words: a layout in words that nobody has seen is read by adding lines, not code."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from kodukant_analysis.loaders.spellings import VocabularyError, read_spellings
from kodukant_analysis.loaders.vocabulary import use_words_of, vocabulary
from kodukant_analysis.loaders.workbook import Delivery
from kodukant_analysis.refresh import refresh
from kodukant_analysis.settings import Settings, read_settings

Load = Callable[..., Delivery]

# A plan of action in Finnish, which the package does not know.
PLAN = """
Seurantataulukko
Laskettu yhteen kaikki kunnat

Tapaamisen päivä | Kunta         | Mitä luvattiin        | Tekijät          | Viimeistään | Tilanne
29.09.2016       | Halinga vald  | Hidaste kylätielle    | poliisilaitos    | 1.3.2017    | hoidettu
29.09.2016       | Halinga vald  | Heijastimia koululle  | kuntalaiset      | 1.5.2017    | kesken
Yhteensä 2       |               |                       |                  |             |
"""
WORDS = """
[headers.shared]
municipality = ["Kunta"]

[headers.actions]
agreed_on = ["Tapaamisen päivä"]
action = ["~ luvattiin"]
owners = ["Tekijät"]
due_on = ["Viimeistään"]
status = ["Tilanne"]

[values.group]
police = ["~ poliisilait"]
resident = ["kuntalaiset"]

[values.status]
done = ["hoidettu"]
in_progress = ["kesken"]

[words.rows]
total = ["Yhteensä"]
"""


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Callable[..., Path]]:
    """Writes files of a site's vocabulary and reads with them until the test is over."""

    def write(text: str, name: str = "meie.toml") -> Path:
        folder = tmp_path / "vocabulary"
        folder.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
        use_words_of(folder)
        return folder

    yield write
    use_words_of(None)


def test_a_layout_never_seen_before_is_read_by_adding_words_alone(load: Load, site: Callable[..., Path]) -> None:
    assert load(PLAN).drafts == ()
    site(WORDS)
    found = load(PLAN)
    values = [draft.values for draft in found.drafts]
    assert [(v["action"], v["owners"], v["due_on"], v["status"]) for v in values] == [
        ("Hidaste kylätielle", "police", date(2017, 3, 1), "done"),
        ("Heijastimia koululle", "resident", date(2017, 5, 1), "in_progress"),
    ]
    assert {v["municipality_code_then"] for v in values} == {"0188"}
    assert found.issues == ()


def test_a_refresh_reads_with_the_words_beside_its_settings(tmp_path: Path, site: Callable[..., Path]) -> None:
    site(WORDS)
    use_words_of(None)
    (tmp_path / "raw").mkdir()
    rows = [line.replace(" | ", ";") for line in PLAN.strip().splitlines()]
    (tmp_path / "raw" / "seuranta.csv").write_text("\n".join(rows), encoding="utf-8")
    settings = tmp_path / "kodukant.toml"
    settings.write_text('raw = "raw"\nprocessed = "processed"\nperson_key_file = "person.key"\n', encoding="utf-8")
    done = refresh(read_settings(settings), date(2026, 6, 30), lambda *_: None)
    assert done.rows["actions"] == 2


def test_without_a_folder_of_its_own_a_site_reads_with_the_words_of_the_package(tmp_path: Path) -> None:
    assert read_settings(tmp_path / "kodukant.toml").vocabulary == tmp_path / "vocabulary"
    assert Settings().vocabulary == Path("vocabulary")
    use_words_of(tmp_path / "vocabulary")
    assert read_spellings(None) == read_spellings(tmp_path)


def test_a_sites_word_outranks_the_same_word_of_the_package(site: Callable[..., Path]) -> None:
    assert vocabulary().values["status"].find("ootel") == "on_hold"
    site('[status]\nhanded_over = ["Ootel"]\n', "values.toml")
    assert vocabulary().values["status"].find("ootel") == "handed_over"


def test_who_counts_as_community_is_a_line_that_a_site_can_change(load: Load, site: Callable[..., Path]) -> None:
    sheet = """
    Kuupäev    | Vald         | Tegevus | Vastutaja
    29.09.2016 | Halinga vald | Künnis  | päästjad
    """
    assert load(sheet).drafts[0].values["sectors"] == "state"
    site('[values.sectors]\ncommunity = ["rescue"]\n')
    assert load(sheet).drafts[0].values["sectors"] == "community"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ('[headers.actons]\ndue_on = ["a"]', "headers: unknown 'actons'; did you mean 'actions'?"),
        ('[headers.actions]\ndue = ["a"]', "headers.actions: unknown 'due'"),
        ('[values.status]\ndone = "tehtud"', "values.status.done: there should be a list of texts, not 'tehtud'"),
        ('[values.status]\ndone = [""]', "values.status.done: there should be a list of texts"),
        ('[values.status]\ndone = ["~"]', "values.status.done: there should be a list of texts"),
        ("[values]\nstatus = 3", "values.status: there should be a table here, not 3"),
        ("[header.actions]", "unknown 'header'; did you mean 'headers'?"),
        ("[headers", "meie.toml: Expected"),
    ],
)
def test_a_mistake_in_a_sites_words_is_named_with_its_place(typed: str, said: str, site: Callable[..., Path]) -> None:
    with pytest.raises(VocabularyError) as error:
        site(typed)
    assert said in str(error.value)
    assert "meie.toml" in str(error.value)
