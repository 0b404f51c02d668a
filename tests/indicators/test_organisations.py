"""Which organisations came, how often, and did they come again?"""

from datetime import date

import pandas as pd
import pytest

from kodukant_analysis.indicators import organisation_network, organisation_returns, organisation_richness

AS_OF = date(2020, 1, 1)
# edges_toy.csv: six discussions, seven organisations
TOY = [
    ("PPA", "Vallavalitsus 1", "Küla", "Kool"),
    ("PPA", "Vallavalitsus 1", "Küla"),
    ("PPA", "Vallavalitsus 2", "Kool", "Noored"),
    ("PPA", "Küla"),
    ("PPA", "Vallavalitsus 2", "Noored", "Pood", "Küla"),
    ("PPA", "Vallavalitsus 1"),
]


@pytest.fixture
def records(draw):
    def of(met, place="0638", days=None, first=0):
        """met: the organisations of each discussion, a month apart; some in `days` of their own."""
        dates = days or [f"{2015 + one // 12}-{1 + one % 12:02}-15" for one in range(len(met))]
        held = [f"D{first + one} | held | {day} | {place}" for one, day in enumerate(dates)]
        rows = [f"D{first + one} | {name} | 1" for one, names in enumerate(met) for name in names]
        return {
            "discussions": draw(
                "discussions", "\n".join(["discussion_id | status | held_on | municipality_code", *held])
            ),
            "attendance": draw("attendance", "\n".join(["discussion_id | organisation | attendees", *rows])),
        }

    return of


def both(one, other):
    return {table: pd.concat([one[table], other[table]], ignore_index=True) for table in one}


def asked(indicator, tables, **options):
    return indicator(tables, **{"as_of": AS_OF, "by": "country", "detail": True} | options)


def network(tables, **options):
    found = asked(organisation_network, tables, **options)
    return found.assign(indicator=found["indicator"].str.split(":").str[1]).set_index("indicator")


def test_the_network_is_that_of_r(records):
    found = network(records(TOY))
    assert found["estimate"].to_dict() == pytest.approx(
        {
            "organisations": 7,
            "visits_mean": 20 / 6,
            "density": 0.476190476190476,
            "centralisation": 0.733333333333333,
            "twice": 0.857142857142857,
        },
        abs=1e-8,
    )
    assert set(found["flag"]) == {"descriptive"}
    assert found.loc["twice", ["n", "k"]].tolist() == [7, 6]
    assert found["low"].isna().all()


def test_an_organisation_is_there_or_not_however_it_is_written_and_however_many_it_sent(records):
    met = [("PPA", "ppa ", "Sae küla", "„Sae Küla“"), *TOY[1:]]
    assert network(records(met)).loc["organisations", "estimate"] == 8  # without the school of the first: in another


def test_neither_people_nor_those_who_stayed_away_are_organisations(records):
    tables = records([(*names, "FIE ***", "***", "FIE Kadakas") for names in TOY])
    absent = tables["attendance"].head(1).assign(organisation="Puuduja", is_absent=True)
    tables["attendance"] = pd.concat([tables["attendance"], absent], ignore_index=True).astype(
        tables["attendance"].dtypes.to_dict()
    )
    assert network(tables).loc["organisations", "estimate"] == 7
    nobody = tables["attendance"]["organisation"].eq("Pood").fillna(False)
    tables["attendance"]["attendees"] = tables["attendance"]["attendees"].mask(nobody, 0)
    assert network(tables).loc["organisations", "estimate"] == 6


def test_no_name_leaves_the_house(records):
    found = asked(organisation_network, records(TOY))
    assert "PPA" not in found.to_csv()


def test_four_discussions_are_too_few_and_one_is_no_network(records):
    assert network(records(TOY[:4])).loc["density", "flag"] == "too_few;descriptive"
    assert network(records(TOY[:1])).loc["density", "flag"] == "not_estimable;too_few;descriptive"
    assert network(records(TOY[:1])).loc["organisations", "flag"] == "too_few;descriptive"


def test_one_organisation_everywhere_is_no_network(records):
    found = network(records([("PPA",)] * 6))
    assert found.loc["centralisation", "flag"] == "not_estimable;descriptive"
    assert found.loc["organisations", "estimate"] == 1


def test_discussions_without_a_named_organisation_are_unknown_not_empty(records):
    found = network(records([*TOY, ()])).loc["organisations"]
    assert (found["n"], found["flag"]) == (6, "descriptive")
    assert "organisations_unknown=1" in found["note"]
    assert network(records([*TOY, (), ()])).loc["organisations", "flag"] == "too_few;descriptive"


def test_every_county_keeps_its_rows(records):
    found = asked(organisation_network, records(TOY), by="county")
    assert len(found) == 5 * 15
    assert set(found.loc[found["region"] == "0039", "flag"]) == {"no_data"}


def test_richness_is_expected_in_as_many_discussions_as_the_smallest_region_had(records):
    tables = both(records(TOY), records(TOY[:4], place="0205", first=10))
    found = asked(organisation_richness, tables, by="municipality").set_index("region")
    other = asked(organisation_richness, records(TOY), m=4).iloc[0]
    assert found.loc["0638", "estimate"] == pytest.approx(6.46666666666667, abs=1e-8)
    assert other["estimate"] == pytest.approx(6.46666666666667, abs=1e-8)
    assert "m=4" in found.loc["0638", "note"]
    assert found.loc["0638", "flag"] == "descriptive"


def test_a_region_of_two_discussions_is_too_few_and_sets_no_measure(records):
    tables = both(records(TOY), records(TOY[:2], place="0205", first=10))
    found = asked(organisation_richness, tables, by="county").set_index("region")
    assert (found.loc["0068", "estimate"], found.loc["0039", "flag"]) == (7, "too_few;descriptive")


def test_richness_in_more_discussions_than_there_were_is_too_few(records):
    assert asked(organisation_richness, records(TOY), m=7).iloc[0]["flag"] == "too_few;descriptive"
    with pytest.raises(ValueError, match="m = 2"):
        asked(organisation_richness, records(TOY), m=2)


def counts(found, item):
    rows = found[found["indicator"] == f"organisation_returns:{item}"]
    return rows["k"].tolist()


def test_newcomers_come_once_in_the_order_of_the_days(records):
    days = ["2015-02-01", "2015-05-01", "2015-08-01", "2015-11-01", "2016-02-01", "2016-05-01"]
    found = asked(organisation_returns, records(TOY, days=days), period="quarter")
    assert counts(found, "newcomers") == [4, 0, 2, 0, 1, 0]
    assert counts(found, "returners") == [0, 3, 2, 2, 4, 2]
    assert found["flag"].tolist() == ["burn_in;descriptive"] * 8 + ["descriptive"] * 4


def test_returns_are_told_per_discussion(records):
    found = asked(organisation_returns, records(TOY)).set_index("indicator")
    assert found["estimate"].to_dict() == pytest.approx(
        {"organisation_returns:newcomers": 7 / 6, "organisation_returns:returners": 13 / 6}
    )


def test_what_is_new_in_one_county_may_be_known_in_another(records):
    tables = both(records(TOY[:1]), records(TOY[:1], place="0205", first=10, days=["2018-01-01"]))
    found = asked(organisation_returns, tables, by="municipality").set_index(["region", "indicator"])
    assert found.loc[("0638", "organisation_returns:newcomers"), "k"] == 4
    assert asked(organisation_returns, tables)["k"].tolist() == [4, 4]


def test_returns_are_too_few_where_more_than_a_fifth_of_the_discussions_name_nobody(records):
    for met, nameless, flag in ((TOY[:4], 1, "burn_in;descriptive"), (TOY, 2, "too_few;burn_in;descriptive")):
        found = asked(organisation_returns, records([*met, *[()] * nameless]))
        assert found["flag"].tolist() == [flag, flag]


def test_a_shorter_burn_in_is_a_choice(records):
    days = ["2015-02-01", "2015-05-01", "2015-08-01", "2015-11-01", "2016-02-01", "2016-05-01"]
    found = asked(organisation_returns, records(TOY, days=days), period="quarter", burn_in="3M")
    assert found["flag"].tolist() == ["burn_in;descriptive"] * 2 + ["descriptive"] * 10


@pytest.mark.parametrize("burn_in", ["12", "M", "1Y", "", "-1M"])
def test_a_burn_in_that_is_no_number_of_months_is_refused(records, burn_in):
    with pytest.raises(ValueError, match="burn_in"):
        asked(organisation_returns, records(TOY), burn_in=burn_in)


def test_a_slip_of_the_pen_does_not_begin_the_register(records):
    days = ["1915-02-01", "2015-05-01", "2015-08-01", "2015-11-01", "2016-02-01", "2016-05-01"]
    found = asked(organisation_returns, records([("Pood",), *TOY[1:]], days=days), period="year")
    assert found["period"].tolist() == ["2015", "2015", "2016", "2016"]
    assert counts(found, "newcomers") == [6, 1]


def test_the_order_of_the_rows_does_not_matter(records):
    tables = records(TOY)
    turned = {table: frame.sample(frac=1, random_state=1, ignore_index=True) for table, frame in tables.items()}
    for indicator in (organisation_network, organisation_returns):
        assert asked(indicator, tables, by="county").equals(asked(indicator, turned, by="county"))
