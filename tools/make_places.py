"""Place tables: the compact CSV files of `kodukant_analysis/places/data`, made from a folder of EHAK facts.

    python tools/make_places.py GEO_DIR [OUT_DIR]

GEO_DIR holds the code lists and crosswalks named in data/README.md. Same input, same bytes.
"""

import csv
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

Row = dict[str, str]
OUT = Path(__file__).resolve().parent.parent / "kodukant_analysis" / "places" / "data"
THEN, TODAY = "2017-10-15", "2018-09-01"
KINDS = ("linnaosa", "alevik", "alev", "linn", "küla")
KIND_BY_TYPE = {"3": "alev", "4": "linn", "5": "linn", "6": "linnaosa", "7": "alevik", "8": "küla"}
# Villages cut out of something else after the crosswalk's two lists: code -> municipality before the reform.
CUT_OUT_OF = {"7631": "0322"}


def main(geo: Path, out: Path) -> None:
    """Write the tables, each sorted, with Unix line ends."""
    reform_on, day_before = _reform_days(geo)
    _write(out / "counties.csv", _counties(geo, reform_on, day_before))
    _write(out / "prefectures.csv", _prefectures(geo))
    _write(out / "municipalities.csv", _municipalities(geo, reform_on, day_before))
    _write(out / "earlier_mergers.csv", _earlier_mergers(geo))
    _write(out / "settlements.csv", _settlements(geo))
    _write(out / "heirs.csv", _heirs(geo))
    _write(out / "code_changes.csv", _code_changes(geo))
    _write(out / "population.csv", _population(geo))


def _read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _write(path: Path, rows: Iterable[Row]) -> None:
    ordered = sorted(rows, key=lambda row: tuple(row.values()))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(ordered[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(ordered)


def _reform_days(geo: Path) -> tuple[str, str]:
    """The first day on the new borders and the last on the old ones, as the list of prefectures has them."""
    rows = _read(geo / "prefecture_county.csv")
    return max(r["valid_from"] for r in rows), max(r["valid_to"] for r in rows)


def _county_today(geo: Path) -> dict[str, str]:
    rows = _read(geo / "ehak_counties.csv")
    today = {r["county_name"]: r["county_code"] for r in rows if r["version"] == TODAY}
    return {r["county_code"]: today[r["county_name"]] for r in rows}


def _counties(geo: Path, reform_on: str, day_before: str) -> Iterable[Row]:
    today = _county_today(geo)
    names = {r["county_code"]: r["county_name"] for r in _read(geo / "ehak_counties.csv")}
    changed = {code for code, new in today.items() if code != new}
    for code, new in today.items():
        yield {
            "code": code,
            "name": names[code],
            "valid_from": reform_on if code == new and any(today[c] == code for c in changed) else "",
            "valid_to": day_before if code in changed else "",
            "code_today": new,
        }


def _prefectures(geo: Path) -> Iterable[Row]:
    for r in _read(geo / "prefecture_county.csv"):
        yield {
            "prefecture": r["prefecture"].removesuffix(" prefektuur"),
            "county_code": r["county_code"],
            "valid_from": r["valid_from"],
            "valid_to": r["valid_to"],
            "confidence": r["confidence"].split(":")[0],
        }


def _municipalities(geo: Path, reform_on: str, day_before: str) -> Iterable[Row]:
    """One row a municipality and side of the reform: 213 before, 79 after."""
    successors: dict[str, list[str]] = defaultdict(list)
    code_2024: dict[str, str] = {}
    for r in _read(geo / "crosswalk_municipality_2017.csv"):
        successors[r["old_code"]].append(r["new_code"])
        code_2024[r["new_code"]] = r["new_code_2024"]
    for r in _read(geo / "ehak_municipalities.csv"):
        if r["version"] not in (THEN, TODAY):
            continue
        code, before = r["muni_code"], r["version"] == THEN
        heirs = sorted(successors[code]) if before else [code]
        yield {
            "code": code,
            "name": r["muni_name"],
            "kind": "alev" if r["muni_name"].endswith("(alev)") else r["muni_type"],
            "county_code": r["county_code"],
            "valid_from": "" if before else reform_on,
            "valid_to": day_before if before else "",
            "successors": "|".join(heirs),
            "split": "1" if len(heirs) > 1 else "0",
            "code_2024": "" if before else code_2024[code],
        }


def _earlier_mergers(geo: Path) -> Iterable[Row]:
    """Rural municipalities dissolved in 2005-2014 whose names nobody bears since."""
    living = {r["muni_name"] for r in _read(geo / "ehak_municipalities.csv")}
    for r in _read(geo / "crosswalk_mergers_2005_2014.csv"):
        if r["old_name"] not in living and r["old_name"].endswith(" vald"):
            recalled = r["evidence"].startswith("RECALL")
            yield {
                "name": r["old_name"],
                "merged_on": r["merged_on"],
                "successor": r["muni213_code"],
                "evidence": "recall" if recalled else "data",
            }


def _settlements(geo: Path) -> list[Row]:
    rows = [_crossed(r) for r in _read(geo / "crosswalk_settlement_2017.csv")]
    return rows + _born_later(geo, rows)


def _crossed(r: Row) -> Row:
    kind, new_kind = KIND_BY_TYPE[r["old_settlement_type"]], KIND_BY_TYPE[r["new_settlement_type"]]
    old = (r["old_settlement_code"], r["old_settlement_name"], kind)
    new = (r["new_settlement_code"], r["new_settlement_name"], new_kind)
    return _settlement(old, r["old_muni_code"], new, r["new_muni_code"])


def _settlement(old: tuple[str, str, str], old_muni: str, new: tuple[str, str, str], new_muni: str) -> Row:
    """A row; what did not change with the reform is left empty in the columns of today."""
    changed = ["" if a == b else b for a, b in zip(old, new, strict=True)]
    return {
        "old_code": old[0],
        "old_name": old[1],
        "old_kind": old[2],
        "old_municipality": old_muni,
        "new_code": changed[0],
        "new_name": changed[1],
        "new_kind": changed[2],
        "new_municipality": new_muni,
    }


def _born_later(geo: Path, rows: list[Row]) -> list[Row]:
    """Settlements of today that no settlement of 2017 leads to, unless only their code is new."""
    codes = {r["new_code"] or r["old_code"] for r in rows}
    names = {(r["new_name"] or r["old_name"], r["new_municipality"]) for r in rows}
    renumbered = {r["new_code"]: r["old_code"] for r in _read(geo / "ehak_municipality_code_changes.csv")}
    parents = _parents(rows)
    born: dict[tuple[str, str], Row] = {}
    for r in _read(geo / "ehak_settlements_history.csv"):
        code, name = r["settlement_code"], r["settlement_name"]
        muni = renumbered.get(r["muni_code"], r["muni_code"])
        if r["first_version"] > THEN and muni in parents and code not in codes and (name, muni) not in names:
            only = next(iter(parents[muni])) if len(parents[muni]) == 1 else ""
            new = (code, name, _kind(name))
            born[name, muni] = _settlement(("", "", ""), CUT_OUT_OF.get(code, only), new, muni)
    return list(born.values())


def _parents(rows: list[Row]) -> dict[str, set[str]]:
    parents: dict[str, set[str]] = defaultdict(set)
    for r in rows:
        parents[r["new_municipality"]].add(r["old_municipality"])
    return parents


def _heirs(geo: Path) -> Iterable[Row]:
    """One row an old municipality and a new one that got settlements of it, with the shares of the old."""
    for r in _read(geo / "crosswalk_municipality_2017.csv"):
        yield {
            "code_then": r["old_code"],
            "code_today": r["new_code"],
            "relation": r["relation"],
            "is_main": r["is_main"],
            "settlements": r["n_settlements"],
            "share_settlements": r["share_settlements"],
            "share_area": r["share_area_by_settlement"],
        }


def _code_changes(geo: Path) -> Iterable[Row]:
    """One row a code that EHAK replaced without a merger; the last list with the old one and the first with the new."""
    lists: dict[str, list[str]] = defaultdict(list)
    for r in _read(geo / "ehak_municipalities.csv"):
        lists[r["muni_code"]].append(r["version"].split()[0])
    for r in _read(geo / "ehak_municipality_code_changes.csv"):
        old, new = r["old_code"], r["new_code"]
        yield {"old_code": old, "new_code": new, "after": max(lists[old]), "before": min(lists[new])}


def _population(geo: Path) -> Iterable[Row]:
    """One row a day, side of the reform and municipality, or county where no municipalities are at hand."""
    retired = {r["old_code"]: r["new_code"] for r in _code_changes(geo) if r["before"] <= THEN}
    for r in _read(geo / "population_municipality.csv"):
        borders = "then" if r["vintage"].startswith("213 ") else "today"
        basis = "derived" if r["definition"].startswith("DERIVED") else "counted"
        yield _people(r, borders, retired.get(r["muni_code"], r["muni_code"]), basis)
    for r in _read(geo / "population_county.csv"):
        if "summed from municipalities" not in r["date"]:
            yield _people(r, "today", r["county_code"], "day assumed" if "assumed" in r["date"] else "counted")


def _people(r: Row, borders: str, code: str, basis: str) -> Row:
    on = r["date"][: len("2017-01-01")]
    return {"on": on, "borders": borders, "code": code, "people": r["population"], "basis": basis}


def _kind(name: str) -> str:
    return next((kind for kind in KINDS if name.endswith(f" {kind}")), "küla")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else OUT)
