"""Crosswalk: 213 municipalities became 79, and the ten hard cases of it."""

from collections import Counter

import pytest

from kodukant_analysis.places import (
    counties,
    heirs,
    is_territory_kept,
    members,
    municipalities,
    municipality_name,
    parts,
    prefectures,
    relation,
    survey_regions,
)
from kodukant_analysis.places.members import region_key
from kodukant_analysis.places.tables import listed, read_table

THEN = tuple(sorted(members("EE", "then")))
TODAY = tuple(sorted(members("EE")))
SETTLEMENTS = {row["old_code"]: row for row in read_table("settlements") if row["old_code"]}


def heir_codes(code: str) -> list[str]:
    return [heir.code for heir in heirs(code)]


def test_213_became_79_unchanged_merged_or_split() -> None:
    assert (len(THEN), len(TODAY)) == (213, 79)
    assert Counter(relation(code) for code in THEN) == {"unchanged": 27, "merged": 177, "split": 9}
    assert {code for then in THEN for code in heir_codes(then)} == set(TODAY)


def test_every_old_municipality_has_one_main_heir_and_goes_somewhere_as_a_whole() -> None:
    for code in THEN:
        assert [heir.is_main for heir in heirs(code)] == [True, *[False] * (len(heirs(code)) - 1)]
        assert sum(heir.share_settlements for heir in heirs(code)) == pytest.approx(1, abs=2e-4)
        assert sum(heir.share_area for heir in heirs(code)) == pytest.approx(1, abs=2e-4)


def test_parts_are_heirs_seen_from_today() -> None:
    forward = {(then, heir.code, *heir[1:]) for then in THEN for heir in heirs(then)}
    backward = {(part.code, today, *part[1:]) for today in TODAY for part in parts(today)}
    assert forward == backward
    assert len(forward) == 223


def test_heirs_are_those_of_the_list_of_municipalities() -> None:
    for row in read_table("municipalities"):
        if row["valid_to"]:
            assert sorted(heir_codes(row["code"])) == sorted(listed(row["successors"]))


def test_4714_settlements_are_crosswalked_and_agree_with_the_shares() -> None:
    moved = Counter((row["old_municipality"], row["new_municipality"]) for row in SETTLEMENTS.values())
    assert moved.total() == 4714
    total = Counter(row["old_municipality"] for row in SETTLEMENTS.values())
    shares = {(then, heir.code): heir.share_settlements for then in THEN for heir in heirs(then)}
    assert {pair: count / total[pair[0]] for pair, count in moved.items()} == pytest.approx(shares, abs=1e-4)


def test_an_unknown_code_has_no_heirs_and_no_parts() -> None:
    assert (heirs("0638"), parts("0188"), heirs(""), relation("9999")) == ((), (), (), None)


def test_the_name_saarde_survives_with_another_territory() -> None:
    assert heir_codes("0710") == ["0712"]
    assert [municipality_name(part.code) for part in parts("0712")] == ["Saarde vald", "Surju vald"]
    names = {municipality.name: municipality.code for municipality in municipalities()}
    then = {municipality_name(code): code for code in THEN}
    assert sum(names.get(name or "", code) != code for name, code in then.items()) == 37


def test_both_vandras_went_to_pohja_parnumaa() -> None:
    assert heir_codes("0929") == heir_codes("0931") == heir_codes("0188") == ["0638"]


def test_seljametsa_is_a_village_of_paikuse_and_with_it_of_parnu() -> None:
    assert SETTLEMENTS["7536"]["old_municipality"] == "0568"
    assert [heir_codes(code) for code in ("0568", "0160", "0826", "0625")] == [["0624"]] * 4


def test_laaneranna_is_of_two_counties_and_kihnu_kept_all_but_its_county_code() -> None:
    assert {"0334"} < {part.code for part in parts("0430")} & (members("0067", "then") | members("0057", "then"))
    assert {part.code for part in parts("0430")} & members("0057", "then")
    assert heir_codes("0149") == ["0809"]
    assert (relation("0303"), is_territory_kept("0303")) == ("unchanged", True)
    assert members("0067", "then") == members("0068", "then")


def test_puka_went_to_three_in_two_counties() -> None:
    assert heir_codes("0608") == ["0557", "0171", "0824"]
    assert heirs("0608")[0].share_area < 0.4
    assert [code in members("0081") for code in ("0557", "0824", "0171")] == [True, True, False]
    assert "0171" in members("0079")


def test_avinurme_and_lohusuu_alone_changed_their_prefecture() -> None:
    moved = {
        municipality_name(code)
        for prefecture in prefectures()
        for code in members(prefecture, "then")
        for heir in heirs(code)
        if heir.code not in members(prefecture)
    }
    assert moved == {"Avinurme vald", "Lohusuu vald"}


def test_viivikonna_went_from_kohtla_jarve_to_narva_joesuu() -> None:
    row = SETTLEMENTS["0893"]
    assert (row["old_municipality"], row["new_municipality"], row["new_code"]) == ("0322", "0514", "9314")
    assert heir_codes("0322") == ["0321", "0514"]


def test_salevere_and_salavere_stay_two_places() -> None:
    assert (SETTLEMENTS["7380"]["old_municipality"], SETTLEMENTS["7380"]["new_code"]) == ("0334", "7373")
    assert SETTLEMENTS["7375"]["new_code"] == "7372"


def test_saue_is_of_two_and_known_by_its_later_code() -> None:
    assert {"0727", "0728"} < {part.code for part in parts("0726")}
    assert parts("0725") == parts("0726")
    changes = {row["old_code"]: row["new_code"] for row in read_table("code_changes") if row["after"] >= "2018-09-01"}
    assert len(changes) == 8
    assert [region_key(new) for new in changes.values()] == list(changes)


def test_retired_codes_of_the_population_list_are_known() -> None:
    assert [region_key(code) for code in ("0436", "0518")] == ["0439", "0517"]
    assert heir_codes("0436") == heir_codes("0439") == ["0441"]


def test_the_territory_is_kept_where_no_settlement_came_or_went() -> None:
    kept = {municipality.code for municipality in municipalities() if is_territory_kept(municipality.code)}
    assert kept == {code for code in THEN if relation(code) == "unchanged"}
    names = [county.name.removesuffix(" maakond") for county in counties() if is_territory_kept(county.code)]
    assert names == ["Harju", "Hiiu", "Saare", "Viljandi"]
    assert [name for name in prefectures() if is_territory_kept(name)] == ["Põhja", "Lääne"]
    regions = [region.name for region in survey_regions() if is_territory_kept(region.name)]
    assert regions == ["Eesti", "Põhja-Eesti", "Tallinn", "Lääne-Eesti"]


def test_a_municipality_of_one_side_has_not_kept_its_territory() -> None:
    assert [is_territory_kept(code) for code in ("0188", "0638", "0145")] == [False] * 3
    with pytest.raises(ValueError, match="no region"):
        is_territory_kept("Atlantis")
