"""Charts: what is drawn is what the numbers say."""

from datetime import date
from itertools import pairwise

import matplotlib as mpl
import pandas as pd
import pytest
from matplotlib.artist import Artist
from matplotlib.figure import Figure
from matplotlib.text import Text

from kodukant_analysis.figures import Chart, Words, charts, dot_interval, waves
from kodukant_analysis.figures.marks import positions, read_marks
from kodukant_analysis.figures.style import BODY, WIDTH, wrap
from kodukant_analysis.text import languages

AS_OF = date(2024, 12, 31)
WORDS = Words("Pealkiri", "Alapealkiri", "Allikas.")


@pytest.fixture(scope="session")
def drawn(estimates) -> dict[str, Chart]:
    return {chart.name: chart for lang in languages() for chart in charts(estimates, lang=lang, as_of=AS_OF)}


def marked(figure: Figure, prefix: str) -> dict[str, Artist]:
    """The artists of a figure by what follows the prefix in their gid."""
    found = figure.findobj(lambda artist: str(artist.get_gid() or "").startswith(prefix))
    return {str(artist.get_gid()).removeprefix(prefix): artist for artist in found}


def texts(figure: Figure) -> list[str]:
    return [text.get_text() for text in figure.findobj(Text) if text.get_text() and text.get_visible()]


def triad(estimates: pd.DataFrame, names: list[str]) -> pd.DataFrame:
    rows = estimates[(estimates["indicator"] == "participation_triad_share") & (estimates["period"] == "")]
    return rows[rows["region_name"].isin(names)]


def test_the_dots_and_intervals_drawn_are_the_numbers_of_the_table(drawn):
    chart = drawn["participation-triad-share-county-et"]
    dots, intervals = marked(chart.figure, "dot:"), marked(chart.figure, "interval:")
    shown = chart.data[chart.data["estimate"].notna() & (chart.data["region"] != "EE")]
    assert len(shown) == len(dots) == len(intervals) == 12
    for row in shown.itertuples():
        assert list(dots[row.region_name].get_xdata()) == [row.estimate]
        assert list(intervals[row.region_name].get_xdata()) == [row.low, row.high]


def test_the_country_is_drawn_as_line_and_band(drawn):
    chart = drawn["participation-triad-share-county-et"]
    country = chart.data[chart.data["region"] == "EE"].iloc[0]
    assert list(marked(chart.figure, "country")[""].get_xdata()) == [country["estimate"]] * 2
    band = marked(chart.figure, "country-band")[""]
    assert band.get_x() == pytest.approx(country["low"])
    assert band.get_x() + band.get_width() == pytest.approx(country["high"])


def test_waves_are_drawn_with_the_numbers_of_the_table(drawn):
    chart = drawn["survey-share-trust-police-waves-et"]
    intervals = chart.figure.findobj(lambda artist: str(artist.get_gid() or "").startswith("interval:"))
    ends = sorted(tuple(artist.get_ydata()) for artist in intervals)
    assert ends == sorted(zip(chart.data["low"], chart.data["high"], strict=True))


def test_a_region_with_too_few_has_words_and_n_but_no_dot(estimates):
    figure = dot_interval(triad(estimates, ["Hiiu maakond", "Saare maakond"]), WORDS, "et")
    assert set(marked(figure, "dot:")) == {"Saare maakond"}
    assert set(marked(figure, "missing:")) == {"Hiiu maakond"}
    assert {"liiga vähe andmeid", "2/3", "22/31"} <= set(texts(figure))


def test_a_suppressed_region_shows_no_number_even_if_the_frame_has_one(estimates):
    frame = estimates.assign(n=estimates["n"].fillna(4), k=estimates["k"].fillna(3))
    chart = next(c for c in charts(frame, lang="et", as_of=AS_OF) if c.name == "participation-triad-share-county-et")
    hidden = chart.data[chart.data["flag"] == "suppressed"]
    assert list(hidden["region_name"]) == ["Põlva maakond"]
    assert hidden[["n", "k", "estimate", "low", "high"]].isna().all(axis=None)
    assert "3/4" not in texts(chart.figure)


def test_a_region_without_data_keeps_its_row(drawn):
    figure = drawn["participation-triad-share-county-et"].figure
    assert "Võru maakond" in marked(figure, "missing:")
    assert {"Võrumaa", "andmed puuduvad"} <= set(texts(figure))


def test_regions_stand_in_alphabetical_order_not_by_value(drawn):
    (ax,) = drawn["participation-triad-share-county-et"].figure.axes
    assert [label.get_text() for label in ax.get_yticklabels()] == [
        "Harjumaa", "Hiiumaa", "Ida-Virumaa", "Jõgevamaa", "Järvamaa", "Läänemaa", "Lääne-Virumaa", "Põlvamaa",
        "Pärnumaa", "Raplamaa", "Saaremaa", "Tartumaa", "Valgamaa", "Viljandimaa", "Võrumaa",
    ]  # fmt: skip
    bottom, top = ax.get_ylim()
    assert bottom > top


def test_the_axis_of_shares_runs_from_none_to_all(drawn):
    for chart in (chart for name, chart in drawn.items() if "-map-" not in name):
        for ax in chart.figure.axes:
            is_dots = chart.alt.startswith(("Dot", "Täpp", "Точечный"))
            low, high = ax.get_xlim() if is_dots else ax.get_ylim()
            assert low <= 0
            assert high >= 1


def test_a_provisional_number_is_hollow_and_the_footnote_says_so(drawn):
    chart = drawn["participation-triad-share-years-et"]
    dots = marked(chart.figure, "dot:Eesti:")
    assert dots["2024"].get_markerfacecolor() != dots["2023"].get_markerfacecolor()
    assert "esialgne" in " ".join(texts(chart.figure))


def test_nothing_is_joined_across_a_break_or_between_series(estimates):
    rows = estimates[estimates["indicator"].str.startswith("survey_share:trust_police") & (estimates["region"] == "EE")]
    (ax,) = waves(rows, WORDS, "et").axes
    joined = [tuple(line.get_ydata()) for line in ax.lines if len(line.get_ydata()) == 2 and not line.get_gid()]
    by_series = [
        rows[rows["indicator"].str.endswith(name)]["estimate"].tolist() for name in ("omnibus", "siseturvalisus")
    ]
    allowed = {pair for values in by_series for pair in pairwise(values)}
    assert set(joined) <= allowed
    # Seven waves and five waves, and the break of 2023 takes one line away.
    assert len(joined) == 6 + 4 - 1
    assert "2023" in marked(ax.figure, "break:")


def test_a_line_stops_at_a_wave_without_a_number(drawn):
    figure = drawn["survey-share-trust-police-siseturvalisus-survey-region-waves-et"].figure
    assert "Kesk-Eesti:2018" in marked(figure, "missing:")
    ax = next(ax for ax in figure.axes if "Kesk-Eesti" in [text.get_text() for text in ax.texts])
    joined = [line for line in ax.lines if len(line.get_xdata()) == 2 and not line.get_gid()]
    assert len(joined) == 1


def test_every_chart_has_title_numbers_and_alternative_text(drawn):
    assert len(drawn) == len(languages()) * len({name[:-3] for name in drawn}) > 20
    for chart in drawn.values():
        assert chart.title in chart.alt
        assert chart.title in " ".join(texts(chart.figure))
        assert len(chart.data) > 0
        assert 60 < len(chart.alt) < 1200
        assert "{" not in chart.alt


def test_the_alternative_text_says_what_cannot_be_shown_and_why(drawn):
    alt = drawn["participation-triad-share-county-et"].alt
    assert "12 piirkonda 15-st" in alt
    assert "Hiiumaa (liiga vähe andmeid)" in alt
    assert "Eesti 69\u00a0%." in alt


@pytest.mark.parametrize("lang", languages())
def test_letters_are_large_enough_for_a_slide(drawn, lang):
    for chart in drawn.values():
        sizes = [text.get_fontsize() for text in chart.figure.findobj(Text) if text.get_text()]
        assert chart.lang != lang or min(sizes) >= 16


def test_no_words_are_cut_off_or_outside_the_slide(drawn):
    for chart in drawn.values():
        chart.figure.canvas.draw()
        width, height = chart.figure.bbox.size
        for text in chart.figure.findobj(Text):
            if text.get_text() and text.get_visible():
                box = text.get_window_extent()
                assert box.x0 >= 0, (chart.name, text.get_text())
                assert box.x1 <= width, (chart.name, text.get_text())
                assert box.y0 >= 0, (chart.name, text.get_text())
                assert box.y1 <= height, (chart.name, text.get_text())


def test_region_labels_do_not_overlap(drawn):
    figure = drawn["action-cumulative-incidence-completed-county-et"].figure
    figure.canvas.draw()
    boxes = [label.get_window_extent() for label in figure.axes[0].get_yticklabels()]
    assert all(upper.y0 >= lower.y1 - 1.5 for upper, lower in pairwise(boxes))


def test_drawing_leaves_no_global_settings_behind(estimates):
    before = dict(mpl.rcParams)
    charts(estimates, lang="en", as_of=AS_OF)
    assert dict(mpl.rcParams) == before


def test_the_order_of_the_rows_does_not_matter(estimates):
    there = charts(estimates, lang="et", as_of=AS_OF)
    back = {chart.name: chart for chart in charts(estimates.iloc[::-1], lang="et", as_of=AS_OF)}
    assert {chart.name for chart in there} == set(back)
    for chart in there:
        pd.testing.assert_frame_equal(chart.data, back[chart.name].data)
        assert chart.alt == back[chart.name].alt


def test_dollar_signs_in_names_are_letters(estimates):
    rows = triad(estimates, ["Saare maakond"]).assign(region_name="$x_1$ vald")
    assert "$x_1$ vald" in texts(dot_interval(rows, WORDS, "et"))


def test_a_frame_that_is_no_estimate_frame_is_refused():
    with pytest.raises(ValueError, match="indicator"):
        charts(pd.DataFrame({"n": [1]}), lang="et", as_of=AS_OF)


def test_an_empty_frame_gives_no_chart(estimates):
    assert charts(estimates.iloc[:0], lang="et", as_of=AS_OF) == []


def test_periods_that_name_no_moment_stand_one_step_apart():
    assert positions(["2016", "kevad", "2018"]) == {"2016": 0.0, "2018": 1.0, "kevad": 2.0}
    assert positions(["2016", "2023-Q3"]) == {"2016": 2016.0, "2023-Q3": 2023.5}
    assert positions(["2019H1", "2019H2", "2020"]) == {"2019H1": 2019.0, "2019H2": 2019.5, "2020": 2020.0}


def test_lines_are_broken_to_fit():
    lines = wrap("sõna " * 60, WIDTH / 2, BODY)
    assert len(lines) > 4
    assert " ".join(lines).split() == ["sõna"] * 60


def test_marks_of_one_region_stand_in_time(estimates):
    rows = estimates[(estimates["indicator"] == "participation_triad_share") & (estimates["period"] != "")]
    assert [mark.period for mark in read_marks(rows.iloc[::-1], "et")] == [str(year) for year in range(2016, 2025)]


def test_the_numbers_stand_by_days_the_country_first(drawn):
    data = drawn["action-cumulative-incidence-completed-county-en"].data
    assert list(dict.fromkeys(data["indicator"].str.rpartition(":")[2])) == ["90", "180", "365"]
    assert list(data["region_name"][:2]) == ["Eesti", "Harju maakond"]


def test_the_footnote_names_source_day_number_and_method(drawn):
    said = " ".join(texts(drawn["survey-share-trust-police-siseturvalisus-survey-region-en"].figure))
    for words in ("Source: population surveys.", "As of 31 December 2024.", "n = 1,010 answers.", "Korn and Graubard"):
        assert words in said


def test_a_wave_published_for_the_country_only_does_not_hide_the_latest_wave_with_regions(estimates):
    rows = estimates[estimates["indicator"] == "survey_share:trust_police:omnibus"]
    regions = rows[(rows["period"] == "2019") & (rows["region"] != "EE")]
    empty = regions.assign(period="2023", n=0, k=0, estimate=float("nan"), low=float("nan"), high=float("nan"))
    drawn = charts(pd.concat([rows, empty.assign(flag="no_data")]), lang="et", as_of=AS_OF)
    dots = next(chart for chart in drawn if chart.name == "survey-share-trust-police-omnibus-survey-region-et")
    assert set(dots.data["period"]) == {"2019"}


def test_small_panels_are_drawn_only_where_most_regions_have_a_number(estimates):
    rows = estimates[estimates["indicator"] == "survey_share:safe_after_dark:siseturvalisus"]
    few = rows["region"].isin(["Kesk-Eesti", "Kirde-Eesti", "Lääne-Eesti"])
    hidden = rows.assign(estimate=rows["estimate"].mask(few), flag=rows["flag"].mask(few, "too_few"))
    names = [[chart.name for chart in charts(frame, lang="et", as_of=AS_OF)] for frame in (rows, hidden)]
    assert set(names[0]) - set(names[1]) == {"survey-share-safe-after-dark-siseturvalisus-survey-region-waves-et"}


def test_the_method_named_is_the_estimator_not_its_interval(estimates):
    rows = estimates[estimates["indicator"].str.startswith("action_cumulative_incidence:completed")]
    rows = rows.assign(method="Aalen-Johansen, jackknife over discussions, Rothman-Wilson")
    said = " ".join(texts(charts(rows, lang="en", as_of=AS_OF)[0].figure))
    assert "Aalen-Johansen estimate" in said
    assert "after Wilson" not in said


def test_a_number_without_interval_is_a_bare_dot_that_the_footnote_explains(estimates):
    rows = triad(estimates, ["Saare maakond", "Harju maakond"])
    bare = rows.assign(
        low=rows["low"].where(rows["region"] != "0074"), high=rows["high"].where(rows["region"] != "0074")
    )
    chart, _ = charts(bare, lang="en", as_of=AS_OF)
    assert set(marked(chart.figure, "dot:")) - set(marked(chart.figure, "interval:")) == {"Saare maakond"}
    assert "A dot without a line" in " ".join(texts(chart.figure))
