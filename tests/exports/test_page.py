"""Exports: chart files and the page."""

import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from struct import unpack

import pandas as pd
import pytest

from kodukant_analysis.exports import About, write_charts, write_index
from kodukant_analysis.figures import charts
from kodukant_analysis.text import languages

AS_OF = date(2024, 12, 31)
ISSUES = pd.DataFrame(
    {
        "severity": ["error", "error", "warning", "note"],
        "rule": ["unreadable-date", "unreadable-date", "unknown-status", "hidden-row"],
        "source_file": ["a.xlsx", "b.xlsx", "a.xlsx", "a.xlsx"],
    }
)


class Tags(HTMLParser):
    """The start tags of a page with their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def of(self, name: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.tags if tag == name]


def release(estimates: pd.DataFrame, folder: Path, lang: str) -> Path:
    drawn = charts(estimates, lang=lang, as_of=AS_OF)
    write_charts(drawn, folder / "charts")
    about = About(
        lang=lang,
        as_of=AS_OF,
        files_read=63,
        files_aside=[("Ida/<b>vana</b>.xls", "parooliga kaitstud")],
        records={"discussions": 291, "actions": 684},
        issues=ISSUES,
        rule_titles={"unreadable-date": "Kuupäeva ei saa lugeda"},
        notebooks=("notebooks/01 koostöö.html",),
        languages=languages(),
    )
    return write_index(folder, drawn, estimates, about)


@pytest.fixture(scope="session")
def small(estimates) -> pd.DataFrame:
    """One county chart and its map, one chart by year, one chart over waves: enough for files, quick to draw."""
    triad = estimates["indicator"] == "participation_triad_share"
    trust = estimates["indicator"] == "survey_share:trust_police:omnibus"
    return estimates[
        (triad & ~estimates["region_name"].str.endswith("prefektuur")) | (trust & (estimates["region"] == "EE"))
    ]


@pytest.fixture(scope="session")
def written(small, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("release")
    for lang in languages():
        release(small, folder, lang)
    return folder


def test_two_runs_give_the_same_bytes(small, written, tmp_path):
    for lang in languages():
        release(small, tmp_path, lang)
    first = {path.relative_to(written): path.read_bytes() for path in written.rglob("*") if path.is_file()}
    second = {path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert len(first) == len(languages()) * (4 * 3 + 1)
    assert first == second


def test_pictures_are_wide_enough_for_a_full_screen(written):
    for path in written.rglob("*.png"):
        head = path.read_bytes()[:24]
        width, height = unpack(">II", head[16:])
        assert (width, height) == (2000, 1125)


def test_pictures_carry_neither_software_nor_date(written):
    for path in written.rglob("*.png"):
        assert not re.search(rb"tEXt|tIME|Matplotlib", path.read_bytes())
    for path in written.rglob("*.svg"):
        assert not re.search(r"<dc:date>|Matplotlib v", path.read_text(encoding="utf-8"))


def test_a_drawing_carries_its_title_and_alternative_text(written):
    drawing = (written / "charts" / "participation-triad-share-county-et.svg").read_text(encoding="utf-8")
    assert "<title>Kas arutelul on koos politsei, omavalitsus ja kogukond?</title>" in drawing
    assert "Täppjoonis maakondade kaupa" in drawing


def test_the_numbers_are_read_back_as_they_were(small, written):
    path = written / "charts" / "participation-triad-share-county-et.csv"
    assert path.read_bytes().startswith(b"\xef\xbb\xbfindicator;region;")
    back = pd.read_csv(path, sep=";", decimal=",", encoding="utf-8-sig", dtype={"region": str})
    rows = small[(small["indicator"] == "participation_triad_share") & (small["period"] == "")].set_index("region")
    back = back.set_index("region")
    assert set(back.index) == set(rows.index)
    for column in ("estimate", "low", "high", "n"):
        expected = rows[column].astype("Float64").reindex(back.index)
        pd.testing.assert_series_equal(back[column].astype("Float64"), expected, rtol=1e-5)


def test_a_cell_that_begins_like_a_formula_is_made_harmless(small, tmp_path):
    rows = small.assign(method=small["method"].where(small["region"] != "EE", "=cmd()"))
    write_charts(charts(rows, lang="et", as_of=AS_OF), tmp_path)
    lines = (tmp_path / "participation-triad-share-county-et.csv").read_text(encoding="utf-8-sig")
    assert ";'=cmd();" in lines


@pytest.mark.parametrize("name", ["index.html", "index_en.html"])
def test_the_page_asks_nothing_of_the_network(written, name):
    page = (written / name).read_text(encoding="utf-8")
    assert not re.search(r"https?:|//[a-z]|@import|url\(|<script", page)


@pytest.mark.parametrize("name", ["index.html", "index_en.html"])
def test_everything_the_page_points_to_is_there(written, name):
    tags = Tags((written / name).read_text(encoding="utf-8"))
    places = [a["href"] for a in tags.of("a")] + [img["src"] for img in tags.of("img")]
    anchors = {attributes["id"] for _, attributes in tags.tags if "id" in attributes}
    for place in places:
        assert place
        if place.startswith("#"):
            assert place[1:] in anchors
        elif not place.startswith("notebooks/"):
            assert (written / place).exists(), place
    assert len(anchors) == len([a for _, a in tags.tags if "id" in a])


@pytest.mark.parametrize(("name", "lang"), [("index.html", "et"), ("index_en.html", "en")])
def test_every_picture_has_an_alternative_text_and_the_page_its_language(written, name, lang):
    tags = Tags((written / name).read_text(encoding="utf-8"))
    assert tags.of("html") == [{"lang": lang}]
    assert len(tags.of("img")) == 4
    assert all(len(img["alt"] or "") > 60 for img in tags.of("img"))
    assert len(tags.of("h1")) == 1


def test_every_table_has_a_caption_and_named_heads(written):
    tags = Tags((written / "index.html").read_text(encoding="utf-8"))
    assert len(tags.of("table")) == len(tags.of("caption")) >= 6
    assert {head.get("scope") for head in tags.of("th")} == {"col", "row"}


def test_the_page_says_what_it_rests_on(written):
    page = (written / "index.html").read_text(encoding="utf-8")
    assert "Seisuga 31. detsember 2024" in page
    assert "<b>63</b> Loetud faile" in page
    assert "Ida/&lt;b&gt;vana&lt;/b&gt;.xls" in page
    assert "Kuupäeva ei saa lugeda" in page
    assert "unknown-status" in page
    assert "notebooks/01%20koost%C3%B6%C3%B6.html" in page


def test_the_page_says_every_county_in_words_in_order(written):
    page = (written / "index.html").read_text(encoding="utf-8")
    said = re.findall(r"<li>((?:Kas [^?]*\? (?:Liiga vähe, et öelda: )?)?\w+(?:-\w+)?maal[ :].*?)</li>", page)
    assert said[0].startswith("Harjumaal toimus")
    assert "? Liiga vähe, et öelda: Hiiumaal ainult 3 arutelu." in said[1]
    (without,) = re.findall(r"<li>Kas [^?]*\? Andmed puuduvad: (.*?)\.</li>", page)
    assert without.endswith("Võrumaa")
    assert len(said) + len(without.split(", ")) == 15


def test_a_suppressed_county_has_no_number_on_the_page(written):
    page = (written / "index.html").read_text(encoding="utf-8")
    row = re.search(r'<tr><th scope="row">Põlvamaa</th>(.*?)</tr>', page)
    assert row
    assert re.findall(r"<td[^>]*>(.*?)</td>", row[1]) == ["–", "–", "–", "ei avaldata (andmekaitse)"]


def test_a_page_without_issues_and_files_aside_is_whole(small, tmp_path):
    path = write_index(tmp_path, [], small, About(lang="en", as_of=AS_OF, files_read=0))
    assert "There are no remarks." in path.read_text(encoding="utf-8")


def contrast(one: str, other: str) -> float:
    """The contrast of two colours after WCAG 2."""
    lights = sorted(
        sum(w * _linear(c[i : i + 2]) for w, i in ((0.2126, 1), (0.7152, 3), (0.0722, 5))) for c in (one, other)
    )
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def _linear(channel: str) -> float:
    value = int(channel, 16) / 255
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def test_the_colours_of_words_are_readable_on_their_grounds(written):
    page = (written / "index.html").read_text(encoding="utf-8")
    colours = dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", page))
    for ink in ("ink", "grey", "blue"):
        for ground in ("#ffffff", colours["wash"]):
            assert contrast(colours[ink], ground) >= 4.5


def test_the_page_says_what_a_share_leaves_out(estimates, tmp_path):
    of_country = estimates[estimates["region_name"] == "Eesti"]
    noted = of_country[of_country["indicator"] == "participation_triad_share"].assign(note="held=9; undated=3")
    page = release(noted, tmp_path, "en").read_text(encoding="utf-8")
    assert "Left out: 3 discussions (3 held on an unknown day)." in page


def test_the_contents_are_grouped_by_chapter_in_the_order_of_the_sections(written):
    page = (written / "index.html").read_text(encoding="utf-8")
    contents = page[page.index('class="contents"') : page.index("</nav>", page.index('class="contents"'))]
    assert re.findall(r"<li>([^<\n]+)", contents) == ["Koostöö", "Usaldus", "Lehe kohta"]
    anchors = re.findall(r'href="#([^"]+)"', contents)
    assert anchors == re.findall(r'<section id="([^"]+)"', page)
