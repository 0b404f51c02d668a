"""Where the line of a survey is parted, and how an analyst says so."""

from datetime import date

import pandas as pd
import pytest

from kodukant_analysis.indicators import RULES, all_estimates, read_breaks, survey_share
from kodukant_analysis.indicators.breaks import Line, between, breaks_of, days_of_waves, with_breaks
from kodukant_analysis.indicators.cells import Asked
from kodukant_analysis.indicators.estimates import Row
from kodukant_analysis.indicators.instruments import COLUMNS, changes_of
from kodukant_analysis.places import reform_on
from kodukant_analysis.settings import SettingsError
from kodukant_analysis.text import languages
from kodukant_analysis.totals import totals

AS_OF = date(2026, 1, 1)
HEADER = "series,question,from_on,kind,text_et,text_en,text_ru,source\n"


@pytest.fixture
def survey(draw):
    """Answers of a series from "wave scale [day]" lines, half of them positive."""

    def made(*waves, series="S", question="trust_police", county="0074"):
        told = [wave.split() for wave in waves]
        rows = "\n".join(
            f"{series} | {wave} | {' '.join(day)} | r{number} | {county} | {question} | {scale} | {said}"
            for wave, scale, *day in told
            for number, said in enumerate(["yes", "no"] * 60)
        )
        columns = "series | wave | fielded_to | respondent_key | county_code | question | scale | is_positive"
        return {"answers": draw("answers", f"{columns}\n{rows}"), "shares": draw("shares", "series | wave\n")}

    return made


@pytest.fixture
def own(tmp_path):
    """A table of breaks from the lines of a user's file."""

    def read(lines, header=HEADER, encoding="utf-8"):
        path = tmp_path / "breaks.csv"
        path.write_text(header + lines, encoding=encoding)
        return read_breaks(path)

    return read


def broken(data, **how):
    found = survey_share(data, as_of=AS_OF, detail=True, **how)
    found = found[found["n"] > 0]
    return dict(zip(found["period"], found["flag"].str.contains("instrument_break"), strict=True))


def known(data, by="country", table=None):
    asked = Asked(by, None, AS_OF, 0.95, RULES)
    sums = totals("survey_totals", data, as_of=AS_OF, base="all", weightless=0.05, counted="positive")
    return breaks_of(sums, days_of_waves(sums, data["shares"]), asked, table)


# ---- what parts a line


def test_the_first_wave_in_another_manner_is_a_break_and_says_what_changed(survey, own):
    table = own("S,,2017-01-01,firm|mode,uus firma; veebis,new firm; on the web,,\n")
    data = survey("2016 agree4", "2018 agree4", "2019 agree4") | {"breaks": table}
    assert broken(data) == {"2016": False, "2018": True, "2019": False}
    note = survey_share(data, as_of=AS_OF, detail=True).set_index("period").loc["2018", "note"]
    assert "break=firm,mode; changed_et=uus firma, veebis; changed_en=new firm, on the web" in note
    assert "changed_ru" not in note


def test_the_first_wave_of_all_follows_upon_none(survey, own):
    table = own("S,,2015-01-01,firm,,,,\n")
    assert not any(broken(survey("2016 agree4", "2018 agree4") | {"breaks": table}).values())


def test_a_break_of_one_question_leaves_the_others_joined(survey, own):
    table = own("S,trust_police,2017-01-01,wording,,,,\n")
    waves = ("2016 agree4", "2018 agree4")
    assert broken(survey(*waves) | {"breaks": table})["2018"]
    assert not broken(survey(*waves, question="safe_after_dark") | {"breaks": table})["2018"]
    assert not broken(survey(*waves, series="T") | {"breaks": table})["2018"]


def test_fieldwork_that_ends_on_the_day_of_the_break_is_after_it(survey, own):
    table = own("S,,2017-05-10,mode,,,,\n")
    waves = ("1 agree4 2017-03-01", "2 agree4 2017-05-09", "3 agree4 2017-05-10")
    assert broken(survey(*waves) | {"breaks": table}) == {"1": False, "2": False, "3": True}


def test_a_wave_of_2017_without_days_stands_in_the_middle_of_its_year(survey, own):
    table = own("S,,2017-01-01,mode,,,,\n")
    assert broken(survey("2016 agree4", "2017 agree4", "2018 agree4") | {"breaks": table}) == {
        "2016": False,
        "2017": True,
        "2018": False,
    }


def test_another_scale_is_a_break_without_any_table(survey):
    data = survey("2016 agree4", "2018 agree4", "2019 likert5", "2020 likert5", "2021 agree4")
    assert [period for period, is_broken in broken(data).items() if is_broken] == ["2019", "2021"]
    note = survey_share(data, as_of=AS_OF, detail=True).set_index("period").loc["2019", "note"]
    assert note.endswith("break=scale")


def test_a_wave_of_two_scales_parts_nothing(survey):
    data = survey("2016 agree4", "2018 agree4", "2018 likert5", "2019 agree4")
    assert not any(broken(data).values())
    assert broken(survey("2016 agree4", "2018 agree4", "2018 likert5", "2019 likert5")) == {"2016": False, "2019": True}


def test_a_region_without_answers_after_the_break_is_parted_where_it_is_asked_again(survey, own):
    table = own("S,,2017-01-01,firm,,,,\n")
    data = survey("2016 agree4", "2019 agree4")
    elsewhere = survey("2018 agree4", county="0079")
    data = data | {"answers": pd.concat([data["answers"], elsewhere["answers"]]), "breaks": table}
    found = survey_share(data, as_of=AS_OF, by="county").set_index(["region", "period"])["flag"]
    assert (found["0074", "2018"], found["0074", "2019"]) == ("no_data", "unweighted;instrument_break")


def test_two_waves_are_compared_as_if_nothing_lay_between_but_breaks(survey, own):
    table = own("S,,2017-01-01,firm,,,,\nS,,2020-01-01,mode,,,,\n")
    data = survey("2016 agree4", "2018 agree4", "2019 agree4", "2021 likert5")
    line, breaks = Line("S", "trust_police", "EE"), known(data, table=table)
    assert not between(breaks, line, "2018", "2019").flags
    assert between(breaks, line, "2016", "2019").flags
    assert between(breaks, line, "2019", "2021").note == "break=mode,scale"
    assert between(breaks, line, "2021", "2019").flags == {"instrument_break"}, "either way round"


def test_the_reform_parts_two_waves_of_a_changed_region(survey):
    breaks = known(survey("2016 agree4", "2018 agree4", county="0079"), by="county")
    assert between(breaks, Line("S", "trust_police", "0079"), "2016", "2018").flags == {"boundary_break"}
    assert not between(breaks, Line("S", "trust_police", "0074"), "2016", "2018").flags
    assert reform_on().year == 2017


def test_rows_of_every_indicator_of_a_survey_are_parted_alike(survey, own):
    data = survey("2016 agree4", "2018 agree4")
    table = own("S,,2017-01-01,firm,,,,\n")
    sums = totals("survey_totals", data, as_of=AS_OF, base="all", weightless=0.05, counted="positive")
    names = ("survey_mean:trust_police:S", "survey_distribution:trust_police:S:4")
    rows = [Row(name, "EE", wave, 100, "-") for name in names for wave in ("2018", "2016")]
    asked = Asked("country", None, AS_OF, 0.95, RULES)
    found = with_breaks(rows, sums, days_of_waves(sums, data["shares"]), asked, table)
    assert [row.period for row in found if "instrument_break" in row.flags] == ["2018", "2018"]
    assert [row.indicator for row in found] == [row.indicator for row in rows], "in their order"


def test_the_table_of_the_user_reaches_all_estimates(survey, own):
    data = survey("2016 agree4", "2018 agree4") | {"breaks": own("S,,2017-01-01,firm,,,,\n")}
    found = all_estimates(data, AS_OF)
    assert found["flag"][found["indicator"] == "survey_share:trust_police:S"].str.contains("instrument_break").any()


def test_the_internal_security_survey_changed_its_firm_in_2018(survey):
    data = survey("2016 agree4", "2018 agree4", "2020 agree4", "2023 agree4", series="siseturvalisus")
    assert broken(data) == {"2016": False, "2018": True, "2020": True, "2023": False}


# ---- the table


def test_our_own_lines_say_in_every_language_what_changed_and_where_it_is_known_from():
    table = read_breaks()
    assert table.columns.tolist() == list(COLUMNS)
    assert len(table) >= 10
    assert not (table[["series", "kind", "text_et", "text_en", "text_ru", "source"]] == "").any(axis=None)
    assert set(languages()) <= {"et", "en", "ru"}


def test_a_line_of_the_user_adds_to_ours_or_takes_the_place_of_one(own):
    ours = read_breaks()
    found = own("siseturvalisus,,2018-01-01,mode,ainult viis,,,\nS,,2017-01-01,firm,,,,\n")
    assert len(found) == len(ours) + 1
    line = found[(found["series"] == "siseturvalisus") & (found["from_on"] == "2018-01-01")]
    assert line[["kind", "text_et", "text_en"]].values.tolist() == [["mode", "ainult viis", ""]]


def test_an_empty_kind_cancels_a_line(own):
    found = own("siseturvalisus,,2018-01-01,,,,,\n")
    assert len(found) == len(read_breaks()) - 1
    assert all(change.from_on != date(2018, 1, 1) for change in changes_of(found))


def test_a_file_that_excel_saved_is_read(own):
    found = own("S;;01.05.2017; firm | mode ;\n;;;;\n", header="\ufeffseries;question;from_on;kind;text_et\n")
    line = found[found["series"] == "S"].iloc[0]
    assert (line["from_on"], line["kind"]) == (pd.Timestamp("2017-05-01"), "firm|mode")


def test_a_file_that_is_not_there_adds_nothing(tmp_path):
    pd.testing.assert_frame_equal(read_breaks(tmp_path / "none.csv"), read_breaks())


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("S,,2017-01-01,frim,,,,\n", r"breaks\.csv, line 2: kind is 'frim'; did you mean 'firm'"),
        ("S,,2017-01-01,firm,,,,\nS,,31.02.2017,firm,,,,\n", r"line 3: from_on is '31\.02\.2017'"),
        (",,2017-01-01,firm,,,,\n", "line 2: which series"),
        ("S,,2017-01-01,firm,,,,\n\nS,,01.01.2017,mode,,,,\n", "line 4: S has another line"),
        ("S,,2017-01-01,firm,a,b,c,d,e\n", "line 2: 9 cells in 8 columns"),
    ],
)
def test_a_mistake_is_named_with_its_line(own, lines, said):
    with pytest.raises(SettingsError, match=said):
        own(lines)


def test_a_column_that_is_missing_or_misspelt_is_named(own):
    with pytest.raises(SettingsError, match="line 1: the column kind is missing"):
        own("", header="series,from_on\n")
    with pytest.raises(SettingsError, match="no column is called 'serise'; did you mean 'series'"):
        own("", header="serise,from_on,kind\n")


def test_a_file_of_another_encoding_says_how_to_save_it(own):
    with pytest.raises(SettingsError, match="CSV UTF-8"):
        own("S,,2017-01-01,firm,küsitlusfirma,,,\n", encoding="cp1257")
