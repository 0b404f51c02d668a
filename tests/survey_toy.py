"""The toy survey of the method book: two waves of the same six sampling points, as R's survey package had them."""

import csv
from pathlib import Path

_FILE = Path(__file__).parent / "stats" / "witnesses" / "survey_toy.csv"
_WAVES = {"1": "2016", "2": "2018"}


def toy_answers(**cells):
    """Its answers as records of the table `answers`; `cells` are put on each."""
    with _FILE.open(encoding="utf-8", newline="") as lines:
        return [_answer(line) | cells for line in csv.DictReader(lines)]


def toy_totals(wave, value):
    """Totals by sampling point of a wave; an answer whose `value(answer)` is None is not in the base."""
    told = [one for one in toy_answers() if one["wave"] == wave]
    points = sorted({(one["stratum"], one["cluster"]) for one in told})
    valued = [((one["stratum"], one["cluster"]), one["weight"], value(one)) for one in told]
    return {
        "stratum": [stratum for stratum, _ in points],
        "psu": [point for _, point in points],
        "swy": [sum(w * y for at, w, y in valued if at == point and y is not None) for point in points],
        "sw": [sum(w for at, w, y in valued if at == point and y is not None) for point in points],
    }


def _answer(line):
    is_known = line["ans"] != ""
    return {
        "series": "S",
        "wave": _WAVES[line["wave"]],
        "question": "trust_police",
        "scale": "agree4",
        "source_file": "a.xlsx",
        "source_row": 1,
        "stratum": line["stratum"],
        "cluster": line["psu"],
        "weight": float(line["w"]),
        "answer": float(line["ans"]) if is_known else None,
        "score": float(line["score"]) if is_known else None,
        "is_positive": line["trust"] == "1.0" if is_known else None,
        "is_dont_know": not is_known,
    }
