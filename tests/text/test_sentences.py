"""Sentences over estimate rows."""

import math

import pandas as pd
import pytest

from kodukant_analysis.text import catalogue, explain, flag_sentences, languages, left_out_sentence, read_finding
from kodukant_analysis.text.findings import UNSHOWN

NBSP = "\u00a0"


INDICATORS = [
    "participation_triad_share",
    "action_cumulative_incidence:cancelled:365",
    "action_cumulative_incidence:open:365",
    "survey_share:cooperation:omnibus",
]


def row(indicator: str = "participation_triad_share", **changes: object) -> dict[str, object]:
    """An estimate row of 8 in 12 discussions in Pärnu county."""
    values = {
        "indicator": indicator, "region": "0068", "region_name": "Pärnu maakond", "period": "", "n": 12,
        "estimate": 8 / 12, "low": 0.391, "high": 0.862, "method": "wilson", "flag": "ok", "k": 8,
    }  # fmt: skip
    return {**values, **changes}


def unshown(flag: str, **changes: object) -> dict[str, object]:
    """A row without a number."""
    return row(estimate=math.nan, low=math.nan, high=math.nan, flag=flag, **changes)


def test_a_share_of_few_is_said_as_a_count():
    assert explain(row(), "et") == (
        "Pärnumaal toimus 12 arutelust 8 nii, et kohal olid politsei, omavalitsus ja kogukond "
        f"(tõenäoline vahemik 39–86{NBSP}%, kui juhus toimib nagu seni; 12 arutelu)."
    )
    assert "8 of 12 discussions" in explain(row(), "en")


def test_a_share_of_thirty_is_said_as_percent():
    said = explain(row(n=30, k=20, estimate=20 / 30), "et")
    assert f"67{NBSP}% aruteludest" in said
    assert "30 arutelust" not in said


def test_a_share_that_is_not_k_of_n_is_never_said_as_a_count():
    said = explain(row("action_cumulative_incidence:completed:90", n=20, k=8, estimate=0.47), "en")
    assert said.startswith("In Pärnu county, 47% of agreed actions were completed within 90 days")


def test_a_survey_share_names_its_series_and_year():
    answer = row(
        "survey_share:trust_police:siseturvalisus", n=412, k=350, estimate=0.85, low=0.79, high=0.89, period="2024"
    )
    assert explain(answer, "et") == (
        f"Pärnumaal usaldas 2024. aastal politseid 85{NBSP}% elanikest "
        f"(tõenäoline vahemik 79–89{NBSP}%; 412 vastajat, siseturvalisuse uuring)."
    )


def test_too_few_says_how_many_there_are():
    assert explain(unshown("too_few", n=3, k=2), "et") == (
        "Kas arutelul on koos politsei, omavalitsus ja kogukond? "
        "Liiga vähe, et öelda: Pärnumaal ainult 3 arutelu. Kolm osapoolt olid koos 2 korral."
    )


def test_a_suppressed_row_says_no_number_at_all():
    said = explain(unshown("suppressed", n=pd.NA, k=pd.NA), "et")
    assert said.endswith("? Pärnumaal: ei avaldata, et kaitsta inimesi.")
    assert not any(letter.isdigit() for letter in said)


def test_no_data_is_neither_silence_nor_zero():
    said = explain(unshown("no_data", n=0, k=0), "en")
    assert said == "Do police, local government and community meet? In Pärnu county: no data."


def test_a_caution_follows_the_number():
    assert explain(row(flag="few_clusters;immature"), "et").endswith(
        "Põhineb väga vähestel aruteludel; ärge võrrelge. Esialgne: osa ajast ei ole veel täis."
    )
    survey = row("survey_share:trust_police:omnibus", flag="few_clusters")
    assert explain(survey, "et").endswith("Põhineb väga vähestel kogumispunktidel; ärge võrrelge.")


def test_a_row_without_a_number_gives_one_reason_only():
    said = explain(unshown("too_few;few_clusters;all_same", n=3, k=3), "en")
    assert said.endswith("? In Pärnu county: too few to say, only 3 discussions. All three partners met 3 times.")


def test_a_number_without_interval_is_said_without_range():
    assert "vahemik" not in explain(row(low=math.nan, high=math.nan), "et")


def test_an_unknown_indicator_and_question_are_still_said():
    assert "new_one" not in explain(row("new_one"), "en")
    assert "other_question" in explain(row("survey_share:other_question:omnibus"), "en")


def test_a_flag_without_a_text_is_an_error():
    with pytest.raises(KeyError, match="strange"):
        explain(row(flag="strange"), "et")


def test_missing_values_of_every_kind_are_missing():
    for missing in (None, math.nan, pd.NA):
        assert read_finding(row(n=missing, k=missing)).n is None


def test_a_frame_row_is_said_like_a_mapping():
    frame = pd.DataFrame([row()]).astype({"n": "Int64", "k": "Int64"})
    assert explain(frame.iloc[0], "et") == explain(row(), "et")


@pytest.mark.parametrize("lang", languages())
@pytest.mark.parametrize("indicator", INDICATORS)
def test_every_sentence_is_whole(lang, indicator):
    for period in ("", "2024", "2023-Q2"):
        said = explain(row(indicator, period=period), lang)
        assert said[0].isupper()
        assert said.endswith(".")
        assert not {"  ", " ,", "{", "()"} & {said[i : i + n] for n in (1, 2) for i in range(len(said))}


def test_every_reason_without_a_number_has_its_words():
    for lang in languages():
        for flag in UNSHOWN:
            assert {f"unshown.{flag}", f"short.{flag}", f"brief.{flag}"} <= set(catalogue(lang))
            assert explain(unshown(flag, n=3), lang)


def test_ok_adds_no_sentence():
    assert flag_sentences(read_finding(row()), "et") == []


def test_what_is_left_out_is_said_with_its_reasons_and_its_bias():
    note = "known=491; not_followed=0; discussions=100; left_out=continuous:67,done_without_date:36"
    text = left_out_sentence(note, "en")
    assert text.startswith("Left out: 103 actions (67 continuous, never meant to end; 36 done, but without a date).")
    assert text.endswith("rather larger.")
    assert left_out_sentence("held=9; attendance_unknown=0; undated=0", "en") == ""
    assert left_out_sentence("dont_know=0.017; weightless=3", "en") == ""


def test_what_could_not_be_placed_is_left_out_by_its_borders():
    assert left_out_sentence("not_placed_then=3; population_on=2017-01-01", "et") == (
        "Välja jäi 3 arutelu (3 sellist, mille omavalitsus 2016. aasta piirides ei ole kindel)."
    )
    assert left_out_sentence("not_placed_today=1", "en") == (
        "Left out: 1 discussion (1 whose municipality of today is not certain)."
    )
    assert left_out_sentence("not_placed_today=0", "en") == ""


def test_plans_without_a_day_are_counted_and_so_are_not_left_out():
    assert left_out_sentence("cancelled=1; plan_unknown=4; plan_undated=5", "et") == ""


def test_overwritten_plans_are_said_as_k_of_n_without_a_share():
    plans = unshown("too_few", indicator="plan_fulfilment:planned", note="planned days overwritten")
    assert explain(plans, "et") == (
        "Pärnumaal: kavandatud 12 arutelust on peetud 8, kuid osakaalu öelda ei saa, "
        "sest paljude peetud arutelude kavandatud päev on teadmata."
    )
    assert explain(plans, "en") == (
        "In Pärnu county: 8 of 12 planned discussions were held, but a share cannot be said, "
        "because the planned day of many discussions held is not known."
    )


def test_no_plans_are_no_data_whatever_became_of_their_days():
    none = unshown("no_data", indicator="plan_fulfilment:planned", n=0, k=0, note="planned days overwritten")
    assert explain(none, "en") == "Share held of planned discussions not still to come. In Pärnu county: no data."


@pytest.mark.parametrize(
    ("indicator", "k", "said"),
    [
        ("plan_fulfilment:overall", 1, "only 3 discussions. 1 was held."),
        ("plan_fulfilment:overall", 2, "only 3 discussions. 2 were held."),
        ("participation_triad_share", 1, "only 3 discussions. All three partners met 1 time."),
    ],
)
def test_one_is_said_in_the_singular(indicator, k, said):
    assert explain(unshown("too_few", indicator=indicator, n=3, k=k), "en").endswith(said)


@pytest.mark.parametrize("state", ["held", "planned", "overdue", "cancelled"])
def test_one_discussion_agrees_with_its_verb(state):
    one = row(f"discussion_count:{state}", n=1, k=1, estimate=1, low=math.nan, high=math.nan, flag="descriptive")
    said = explain(one, "en")
    assert "1 discussion " in said
    assert not {" are ", " were ", " they "} & {f" {word} " for word in said.split()}


def test_plans_without_a_day_are_among_those_that_are_not_still_to_come():
    assert "neist aruteludest, mis ei ole alles ees," in explain(row("plan_fulfilment:overall"), "et")
    assert "of the planned discussions not still to come 8" in explain(row("plan_fulfilment:planned"), "en")


@pytest.mark.parametrize(
    ("item", "word"), [("held", "vähemalt"), ("planned", "kõige rohkem"), ("never", "kõige rohkem")]
)
def test_what_could_not_be_placed_makes_a_count_a_bound(item, word):
    places = row(f"coverage_place_share:{item}:then", flag="descriptive", low=math.nan, high=math.nan)
    assert f"{word} 12 omavalitsusest 8" in explain({**places, "note": "not_placed_then=3"}, "et")
    assert word not in explain({**places, "note": "not_placed_then=0"}, "et")


@pytest.mark.parametrize(
    ("item", "held", "planned", "word"),
    [
        ("held", 0, 2, ""),
        ("held", 1, 0, "vähemalt"),
        ("planned", 1, 0, "kõige rohkem"),
        ("planned", 0, 1, "vähemalt"),
        ("planned", 1, 1, ""),
        ("never", 0, 1, "kõige rohkem"),
    ],
)
def test_plans_of_an_unknown_place_leave_what_is_held_as_it_is(item, held, planned, word):
    note = f"not_placed_today={held}; plan_not_placed_today={planned}"
    row = {
        "indicator": f"coverage_place_share:{item}:today",
        "region_name": "Eesti",
        "period": "",
        "flag": "descriptive",
    }
    said = explain({**row, "n": 79, "k": 40, "estimate": 40 / 79, "method": "complete count", "note": note}, "et")
    assert [bound for bound in ("vähemalt", "kõige rohkem") if bound in said] == ([word] if word else [])


def test_a_prefecture_that_a_survey_straddles_names_the_region_it_is_counted_in():
    said = row("survey_share:trust_police:omnibus", region="Ida prefektuur", flag="not_estimable", estimate=math.nan)
    note = "part of the prefecture: Kesk-Eesti"
    assert "piirkonda Kesk-Eesti." in explain({**said, "note": note}, "et")
    assert "counted in Central Estonia." in explain({**said, "note": note}, "en")
