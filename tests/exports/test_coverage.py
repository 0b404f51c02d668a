"""Coverage: one table tells of both borders, what is only a bound is called one, and nothing is said twice."""

from math import nan

import pandas as pd

from kodukant_analysis.exports.coverage import coverage_table
from kodukant_analysis.exports.sections import Section, sections
from kodukant_analysis.text import translate

EESTI, POHJA, LAANE = ("EE", "Eesti"), ("Põhja", "Põhja prefektuur"), ("Lääne", "Lääne prefektuur")
JARVA, PARNU, VORU = ("0052", "Järva maakond"), ("0068", "Pärnu maakond"), ("0087", "Võru maakond")
TORI = ("0809", "Tori vald")
NBSP = "\u00a0"


def one(indicator: str, region: tuple[str, str], k: int, n: int, note: str = "") -> dict[str, object]:
    """A row of a complete count, k of n, or k where the indicator counts."""
    estimate = k if indicator.startswith("discussion_count") else k / n
    return {
        "indicator": indicator, "region": region[0], "region_name": region[1], "period": "", "n": n, "k": k,
        "estimate": estimate, "low": nan, "high": nan, "method": "complete count", "flag": "descriptive", "note": note,
    }  # fmt: skip


def covered(*regions: tuple[str, str], lost: int = 3) -> pd.DataFrame:
    """All that is told of coverage in some regions, `lost` discussions held somewhere in the borders of 2016."""
    today, then = "not_placed_today=0", f"not_placed_then={lost}"
    rows = [
        row
        for region in regions
        for row in (
            one("discussion_count:held", region, 9, 9),
            one("discussion_count:planned", region, 4, 4),
            one("coverage_place_share:held:today", region, 5, 16, today),
            one("coverage_place_share:held:then", region, 7, 40, then),
            one("coverage_place_share:planned:then", region, 2, 40, then),
            one("coverage_place_share:never:then", region, 31, 40, then),
            one("coverage_population_share:held:today", region, 600, 1000, today),
            one("coverage_population_share:held:then", region, 250, 1000, then),
        )
    ]
    return pd.DataFrame(rows)


def section(frame: pd.DataFrame, lang: str = "et") -> Section:
    (found,) = sections([], frame, "charts", lang)
    return found


def test_the_country_comes_first_then_prefectures_then_counties_in_the_order_of_the_alphabet():
    table = coverage_table(covered(VORU, POHJA, PARNU, EESTI, LAANE, JARVA), "et")
    assert table is not None
    assert [row[0] for row in table.rows] == [
        "Eesti", "Lääne prefektuur", "Põhja prefektuur", "Järvamaa", "Pärnumaa", "Võrumaa",
    ]  # fmt: skip


def test_the_borders_stand_side_by_side_and_what_is_uncertain_is_at_least():
    table = coverage_table(covered(PARNU), "et")
    assert table is not None
    assert list(table.rows[0]) == [
        "Pärnumaa", "9", "4", "5/16", "vähemalt 7/40", f"60{NBSP}%", f"vähemalt 25{NBSP}%",
    ]  # fmt: skip
    assert len(table.heads) == len(table.rows[0])
    assert table.numeric == frozenset(range(1, 7))


def test_what_is_placed_is_no_bound():
    table = coverage_table(covered(PARNU, lost=0), "en")
    assert table is not None
    assert list(table.rows[0]) == ["Pärnu county", "9", "4", "5/16", "7/40", "60%", "25%"]


def test_municipalities_have_no_row():
    table = coverage_table(covered(TORI, PARNU, EESTI), "et")
    assert table is not None
    assert [row[0] for row in table.rows] == ["Eesti", "Pärnumaa"]
    assert coverage_table(covered(TORI), "et") is None


def test_there_is_no_table_without_both_borders():
    frame = covered(EESTI, PARNU)
    assert coverage_table(frame[~frame["indicator"].str.endswith("then")], "et") is None
    assert coverage_table(frame.iloc[:0], "et") is None


def test_years_are_not_counted_together_with_all_time():
    frame = covered(PARNU)
    year = frame.assign(period="2019", k=1, estimate=1.0)
    assert coverage_table(pd.concat([frame, year]), "et") == coverage_table(frame, "et")
    assert coverage_table(year, "et") is None


def test_coverage_is_one_section_whose_table_stands_for_its_regions():
    found = section(covered(EESTI, PARNU))
    assert found.anchor == "discussion-count"
    assert found.coverage == coverage_table(covered(EESTI, PARNU), "et")
    assert found.by_region == []


def test_without_a_table_every_region_is_said_in_words():
    frame = covered(EESTI, VORU, PARNU)
    found = section(frame[frame["indicator"].str.startswith("discussion_count")], "en")
    assert found.coverage is None
    assert [text.partition(":")[0].partition(",")[0] for text in found.by_region] == [
        "In Pärnu county", "In Pärnu county", "In Võru county", "In Võru county",
    ]  # fmt: skip


def test_sentences_of_the_country_say_at_least_of_what_was_held_and_at_most_of_the_rest():
    said = {text for text in section(covered(EESTI, PARNU)).sentences if "2016. aasta piirides" in text}
    assert len([text for text in said if "vähemalt" in text]) == 2
    assert len([text for text in said if "kõige rohkem" in text]) == 2
    assert not any("Pärnumaal" in text for text in said)


def test_no_sentence_is_repeated():
    frame = covered(EESTI)
    said = section(pd.concat([frame, frame.assign(region="EE")])).sentences
    lost = "Välja jäi 3 arutelu (3 sellist, mille omavalitsus 2016. aasta piirides ei ole kindel)."
    assert said.count(lost) == 1
    assert len(said) == len(set(said))


def test_plans_that_cannot_be_judged_are_told_once_for_fulfilment_and_slippage():
    overwritten = one("plan_fulfilment:planned", EESTI, 3, 12, "planned days overwritten") | {
        "estimate": nan, "flag": "too_few",
    }  # fmt: skip
    said = section(pd.DataFrame([overwritten, overwritten | {"indicator": "plan_slippage"}]), "en").sentences
    assert said == [
        "In Estonia: 3 of 12 planned discussions were held, but a share cannot be said, "
        "because the planned day of many discussions held is not known."
    ]


def test_the_words_of_indicators_that_share_a_section_are_told_each_once():
    found, keys = section(covered(EESTI)), ("discussion_count", "coverage_place_share", "coverage_population_share")
    assert found.title == translate("title.discussion_count.any", "et")
    assert found.shows == [translate(f"shows.{key}.any", "et") for key in keys]
    assert found.shows_not == [translate(f"shows_not.{key}.any", "et") for key in keys]


def test_people_are_told_by_which_list_they_are_counted():
    assert "rahvastikuregistri järgi 1. jaanuaril 2017" in " ".join(section(covered(EESTI)).shows)
    assert "population register of 1 January 2017" in " ".join(section(covered(EESTI), "en").shows)
