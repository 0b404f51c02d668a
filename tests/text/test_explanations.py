"""Explanations: changes, reasons and standing in plain words, for every flag, measure and language."""

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kodukant_analysis.indicators import RULES
from kodukant_analysis.indicators.estimates import FLAGS, NOT_SHOWN
from kodukant_analysis.text import catalogue, explain, languages, read_finding, wording
from kodukant_analysis.text.findings import UNSHOWN
from kodukant_analysis.text.names import read_indicator, wordings
from kodukant_analysis.text.sentences import PERCENT_FROM

NBSP = "\u00a0"
TREND = "trend_slope:survey_share:trust_police:omnibus"
# Of each indicator one that has no item, one with an item, and trends of a share, of days and of a count.
NAMES = [
    *(name if ":" in name else f"{name}{item}" for name in wordings() for item in ("", ":first:second")),
    *(f"trend_slope:{name}" for name in ("participation_triad_share", "plan_slippage", "discussion_count:held")),
    TREND,
    "survey_distribution:trust_police:omnibus:4",
    "unheard_of:by:all",
]


def row(indicator: str = TREND, **changes: object) -> dict[str, object]:
    """An estimate row: up by 4 points in Estonia from 2016 to 2024."""
    values = {
        "indicator": indicator, "region": "EE", "region_name": "Eesti", "period": "2016 → 2024", "n": 412, "k": 350,
        "estimate": 0.04, "low": 0.011, "high": 0.072, "method": "MOVER", "flag": "ok", "note": "",
    }  # fmt: skip
    return {**values, **changes}


def empty(flag: str, indicator: str = "participation_triad_share", **changes: object) -> dict[str, object]:
    return row(indicator, **{"estimate": math.nan, "low": math.nan, "high": math.nan, "flag": flag} | changes)


def is_whole(said: str) -> bool:
    """One or more sentences without a hole."""
    holes = ["{", "}", "nan", "None", "  ", " ,", " .", "..", "()", "inf"]
    return bool(said) and said[0] == said[0].upper() and said[-1] in ".?" and not any(hole in said for hole in holes)


@given(
    name=st.sampled_from(NAMES),
    lang=st.sampled_from(languages()),
    flags=st.lists(st.sampled_from(FLAGS), min_size=1, max_size=3, unique=True),
    period=st.sampled_from(["", "2024", "2023Q2", "2016 → 2024", "kevad → sügis"]),
    region=st.sampled_from(["Eesti", "Pärnu maakond", "Tori vald", "Lääne prefektuur", "Saarde vald (kuni 2017)"]),
    numbers=st.tuples(st.floats(-3, 900), st.floats(0, 40), st.floats(0, 40)) | st.none(),
    n=st.integers(0, 2000) | st.none(),
)
def test_every_row_is_said_in_whole_sentences(name, lang, flags, period, region, numbers, n):  # noqa: PLR0917
    value, below, above = numbers or (math.nan,) * 3
    said = explain(
        row(name, period=period, region_name=region, n=n, k=None if n is None else n // 2, flag=";".join(flags),
            estimate=value, low=value - below, high=value + above), lang
    )  # fmt: skip
    assert is_whole(said)


@pytest.mark.parametrize("lang", languages())
@pytest.mark.parametrize("flag", FLAGS)
@pytest.mark.parametrize("name", NAMES)
def test_every_flag_of_every_measure_has_its_words(name, flag, lang):
    assert is_whole(explain(row(name, flag=flag), lang))
    assert is_whole(explain(row(name, flag=flag, low=math.nan, high=math.nan, n=None, k=None), lang))


@pytest.mark.parametrize("lang", languages())
@pytest.mark.parametrize("flag", UNSHOWN)
def test_what_is_not_shown_is_not_said(flag, lang):
    numbers = {"n": 7, "k": 3, "estimate": 0.4571, "low": 0.1937, "high": 0.8263}
    said = explain(row("participation_triad_share", period="", flag=flag, **numbers), lang)
    assert not {"46", "45", "19", "83", "82"} & set(re.findall(r"\d+", said))
    if flag == "suppressed":
        assert not re.search(r"\d", said)


def test_whatever_may_not_be_shown_says_why():
    assert NOT_SHOWN - set(UNSHOWN) == set()


def test_the_note_of_a_suppressed_row_is_not_read():
    assert read_finding(empty("suppressed", note="blank=3; needed=10")).note == ""


def test_a_change_clear_of_none_says_which_way():
    said = explain(row(), "en")
    assert "In Estonia from 2016 to 2024: up" in said
    assert "4 pp" in said
    assert "+1 to +7 pp" in said
    assert f"+1 kuni +7{NBSP}pp" in explain(row(), "et")
    assert f"от +1 до +7{NBSP}п.п." in explain(row(), "ru")


def test_a_change_down_has_a_true_minus_and_its_size_has_none():
    said = explain(row(estimate=-0.04, low=-0.072, high=-0.011), "en")
    assert "down" in said
    assert "4 pp" in said
    assert "−7 to −1 pp" in said


def test_a_change_that_may_be_none_cannot_be_told_apart_from_chance():
    unclear = row(estimate=0.02, low=-0.021, high=0.058)
    assert "cannot be told apart from chance" in explain(unclear, "en")
    assert f"−2 kuni +6{NBSP}pp" in explain(unclear, "et")
    assert "juhuslikust kõikumisest" in explain(unclear, "et")
    assert "случайн" in explain(unclear, "ru")


def test_a_change_without_a_range_is_neither_up_nor_down():
    said = explain(
        row("trend_slope:plan_slippage", low=math.nan, high=math.nan, flag="descriptive", estimate=2.4), "en"
    )
    assert "+2.4" in said
    assert said.count("likely range") == 1


def test_a_trend_is_told_in_the_unit_of_what_it_is_of():
    measures = {name: wording(read_indicator(f"trend_slope:{name}")).measure for name in wordings()}
    assert measures["participation_triad_share"] == "change"
    assert measures["plan_slippage"] == "difference"
    assert wording(read_indicator("trend_chart:plan_slippage")).measure == "days"


def test_a_broken_change_says_that_before_and_after_do_not_compare():
    assert explain(empty("not_estimable;instrument_break", TREND), "en").endswith(
        "Question or mode changed; before and after not comparable."
    )


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        (
            "et",
            "Kas arutelul on koos politsei, omavalitsus ja kogukond? "
            "Ei saa öelda: Eestis 2024. aastal ainult 12 arutelu, vaja vähemalt 30.",
        ),
        (
            "en",
            "Do police, local government and community meet? "
            "In Estonia in 2024: too few to say, only 12 discussions, at least 30 needed.",
        ),
        (
            "ru",
            "Собираются ли на обсуждении вместе полиция, самоуправление и община? "
            "В Эстонии в 2024 году: сказать нельзя, слишком мало данных (12 обсуждений; нужно не менее 30).",
        ),
    ],
)
def test_too_few_says_how_many_it_takes(lang, said):
    told = explain(empty("too_few", period="2024", n=12, k=None, note="blank=1; needed=30"), lang)
    assert told == said


def test_enough_that_say_too_little_are_not_called_too_few():
    said = explain(empty("too_few", "survey_share:trust_police:omnibus", period="2024", note="needed=30"), "en")
    assert said == (
        "Do people trust the police? "
        "In Estonia in 2024: cannot be said; there are 412 answers, but the likely range is too wide."
    )


@pytest.mark.parametrize(
    ("indicator", "n", "note", "why"),
    [
        ("next_step_share:topics", 93, "blank=54", "too much is not written down (known: 93 topics)"),
        ("preparation_index:room", 3, "blank=11; undated=0", "too much is not written down (known: 3 discussions)"),
        ("preparation_index:room", 3, "blank=0; undated=0", "too few to say, only 3 discussions"),
        (
            "action_cumulative_incidence:completed:365",
            11,
            "known=4; not_followed=7; needed=10",
            "too few were followed long",
        ),
        ("action_cumulative_incidence:completed:365", 9, "known=2; not_followed=7; needed=10", "at least 10 needed"),
        ("summary_sent_share:attendees:14", 68, "discussions=3; blank=0", "but of too few discussions"),
        ("action_on_time_share:on_time", 23, "not_followed=3; done_undated=4", "(known: 23 actions that fell due)"),
        ("group_mobility:bees", 98, "", "the range is too wide or too much is unknown"),
    ],
)
def test_what_is_wanting_is_named(indicator, n, note, why):
    assert why in explain(empty("too_few", indicator, period="2024", n=n, k=None, note=note), "en")


def test_what_was_refused_is_not_called_too_few():
    said = explain(empty("too_few;refused", "load_gini:gini", period="2024", n=0, k=None), "en")
    assert "the number of area constables is not known" in said


def test_a_row_read_from_a_file_has_no_wave_called_nan():
    assert explain(empty("no_data", period=math.nan), "en").endswith("In Estonia: no data.")


def test_what_was_not_reached_says_how_long_it_takes_at_least():
    late = empty("not_reached", "plan_slippage", period="", note="followed=365", estimate=math.inf)
    assert explain(late, "en") == (
        "In Estonia: fewer than half of the planned discussions have been held. It takes more than 365 days."
    )
    assert explain(late, "ru").endswith("Для этого нужно больше 365 дней.")


def test_a_refusal_without_a_known_reason_says_that_it_is_one():
    said = explain(empty("refused", note="reason=no_such_reason; no_such.treated=3"), "et")
    assert said.endswith("Eestis 2016. aastast 2024. aastani: mõju ei saa nende andmetega hinnata.")


@pytest.mark.parametrize("lang", languages())
def test_a_refusal_says_each_reason_that_has_words(lang):
    texts = {key: text for key, text in catalogue(lang).items() if re.fullmatch(r"refused\.[\w-]+", key)}
    # What frames a reason is none.
    texts = {key: text for key, text in texts.items() if not re.search("{(reason|slug)}", text)}
    for key, text in texts.items():
        slug, values = key.removeprefix("refused."), re.findall(r"{(\w+)", text)
        notes = ["; ".join(f"{slug}.{value}=3" for value in values) or f"{slug}=yes"]
        for note in notes if values else [*notes, f"reason={slug}"]:
            said = explain(empty("refused", note=note), lang)
            assert len(said) > len(explain(empty("refused"), lang))
            assert is_whole(said)


def test_a_standing_without_words_is_silent():
    assert explain(row(standing="sideways", z=0.3), "en") == explain(row(), "en")
    assert explain(row(standing="inside"), "en") == explain(row(), "en")
    assert explain(row(standing=math.nan, z=math.nan), "en") == explain(row(), "en")


@pytest.mark.parametrize(
    ("column", "comparison", "standings"),
    [("z", "funnel", ("inside", "above", "below")), ("expected_rank", "ranks", ("above", "same", "below"))],
)
def test_a_standing_is_that_of_its_comparison(column, comparison, standings):
    for standing in standings:
        compared = row("participation_triad_share", standing=standing, **{column: 1.2})
        assert read_finding(compared).standing == f"{comparison}.{standing}"
        if f"standing.{comparison}.{standing}" in catalogue("et"):
            assert len(explain(compared, "et")) > len(explain(row("participation_triad_share"), "et"))


def test_a_number_that_is_not_shown_has_no_standing():
    compared = empty("too_few", standing="above", z=2.0)
    assert explain(compared, "en") == explain(empty("too_few"), "en")


def test_one_of_twenty_one_takes_the_singular_in_russian():
    said = explain(row("participation_triad_share", n=21, k=20, estimate=20 / 21, low=0.77, high=0.99), "ru")
    assert "на 20 из 21 обсуждения (" in said


def test_percent_is_said_from_more_than_is_shown():
    assert RULES.percent_from < PERCENT_FROM


def test_days_without_an_end_have_an_open_range():
    said = explain(row("plan_slippage", estimate=40.0, low=12.0, high=math.inf), "en")
    assert "likely range 12 or more" in said


def test_actions_not_all_followed_are_not_said_as_none_of_them():
    """8 of 18 were lost from sight: "0 of 18 were completed" would call them not done."""
    told = {"n": 18, "k": 0, "estimate": 0.0, "low": 0.0, "high": 0.2775, "period": ""}
    name = "action_cumulative_incidence:completed:180"
    assert "0 of 18" in explain(row(name, **told, note="known=18; not_followed=0"), "en")
    assert "0% of agreed actions" in explain(row(name, **told, note="known=10; not_followed=8"), "en")


def test_a_number_of_too_few_answers_told_names_its_survey():
    said = explain(row("survey_share:trust_police:siseturvalisus", n=None, k=None, flag="descriptive"), "en")
    assert "the number of answers is not known, internal security survey" in said


def test_a_complete_count_that_is_not_said_is_not_called_too_wide():
    said = explain(empty("too_few;descriptive", "group_mobility:mean_groups", n=159, k=None), "en")
    assert "159" in said
    assert "too much is not written down" in said


@pytest.mark.parametrize(
    ("indicator", "said"),
    [
        ("participation_triad_share", "All three partners never met."),
        ("joint_ownership_share", "None is owned together."),
        ("space_holder_support_share", "It was never so."),
        ("plan_fulfilment:overall", "None was held."),
    ],
)
def test_none_of_few_is_said_as_none(indicator, said):
    assert explain(empty("too_few", indicator, n=4, k=0), "en").endswith(said)


def test_a_sentence_after_what_is_counted_begins_anew():
    said = explain(empty("no_data", "action_cumulative_incidence:open:90", region_name="Hiiu maakond", n=0), "ru")
    assert ". На Хийумаа" in said


def test_one_open_action_agrees_with_its_verb():
    said = explain(row("action_backlog:count", n=1, k=1, estimate=1.0, flag="descriptive", period=""), "en")
    assert said == "In Estonia, the last reports tell of 1 open action."


@pytest.mark.parametrize(
    "indicator",
    [
        "action_on_time_share:cancelled_late",
        "action_on_time_share:on_time",
        "topic_small_share",
        "topic_category_share:waste",
    ],
)
def test_one_of_several_takes_the_singular_of_the_verb_in_russian(indicator):
    said = explain(row(indicator, n=12, k=1, estimate=1 / 12, low=0.01, high=0.35, period=""), "ru")
    verb = re.search(r"(\w+) 1 из 12", said)
    assert verb is not None
    assert verb[1].endswith(("о", "ся", "ось"))


def test_a_small_rate_is_not_said_as_none():
    said = explain(row("attendance_rate", estimate=0.01, low=0.001, high=0.02, n=12, k=None, period=""), "en")
    assert "0.01 attendances" in said


def test_a_placebo_is_never_said_as_an_effect():
    named = {f"effect_did:trust:{name}": f"gives +4{NBSP}pp" for name in ("fake_date_2", "fake_outcome")}
    for name, number in named.items():
        said = explain(row(name, low=math.nan, high=math.nan, flag="descriptive"), "en").replace(" pp", f"{NBSP}pp")
        assert number in said
        assert "That is no effect" in said


def test_an_effect_is_not_to_be_relied_on_where_a_placebo_alarms():
    alarmed = row("effect_did:trust", note="inference=analytic; placebo_alarms=fake_date_2")
    assert explain(alarmed, "en").endswith("do not rely on this number.")
    assert not explain(row("effect_did:trust"), "en").endswith("do not rely on this number.")


@pytest.mark.parametrize(
    ("variant", "said"),
    [
        ("level", "the series is higher since"),
        ("slope", "a period"),
        ("control_level", "cannot have changed is higher"),
        ("net_level", "against the series"),
    ],
)
def test_each_number_of_an_interrupted_series_has_its_own_sentence(variant, said):
    assert said in explain(row(f"effect_its:trust:{variant}"), "en")


def test_a_change_of_counts_is_told_in_percent():
    said = explain(row("effect_its:calls:level", estimate=14.1, low=4.3, high=24.9), "en")
    assert "+14% (likely range +4 to +25%" in said


@pytest.mark.parametrize(
    "name", ["effect_did:victimisation_score", "effect_its:waiting_score:level", "effect_did:calls"]
)
def test_an_effect_on_what_is_no_share_is_not_told_in_percentage_points(name):
    said = explain(row(name, estimate=0.5, low=0.2, high=0.9), "en")
    assert "+0.5" in said
    assert "pp" not in said
    assert "points" not in said
