"""Outlines: the shapes of today's municipalities, counties and prefectures, from lines that neighbours share.

Every line is stored once, with the municipality on its left and on its right. A region is bounded by the
lines that have it on one side only, so that neighbours have neither gaps nor overlaps.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from itertools import accumulate, pairwise
from typing import Any, NamedTuple

from kodukant_analysis.places.members import Division, members, region_key, region_of

Point = tuple[int, int]
Line = tuple[Point, ...]


class Polygon(NamedTuple):
    """An area and the holes in it: rings whose last point is their first; counter-clockwise, holes clockwise."""

    exterior: Line
    holes: tuple[Line, ...]


class Arc(NamedTuple):
    """A line between two municipalities; the code is empty on the side where there is none (sea, lake, abroad)."""

    left: str
    right: str
    line: Line


@cache
def outline(region: str) -> tuple[Polygon, ...]:
    """The polygons of a region, the largest first; points are metres to the east and to the north (EPSG:3301).

    A region is whatever `members` knows: a code of a municipality of today or of a county, the name of a prefecture or
    of a survey region, "EE"; ValueError for anything else. Lake Võrtsjärv belongs to no municipality and stays open.

    >>> len(outline("0303")), outline("0303")[0].exterior[0] == outline("0303")[0].exterior[-1]
    (1, True)
    """
    inside = members(region)
    edges = (arc.line if arc.left in inside else arc.line[::-1] for arc in _arcs() if _bounds(arc, inside))
    rings = sorted(_rings(edges), key=_signed_area, reverse=True)
    exteriors = [ring for ring in rings if _signed_area(ring) > 0]
    holes: dict[Line, list[Line]] = {ring: [] for ring in exteriors}
    for hole in rings[len(exteriors) :]:
        holes[next(ring for ring in reversed(exteriors) if _is_inside(hole, ring))].append(hole)
    return tuple(Polygon(ring, tuple(found)) for ring, found in holes.items())


@cache
def borders(division: Division) -> tuple[Line, ...]:
    """The lines between two regions of a division, each once; of the country, its coast and land border.

    The lines between counties are among those between municipalities too. Points as of `outline`.

    >>> [len(borders(division)) for division in ("municipality", "county", "prefecture", "country")]
    [193, 69, 31, 81]
    """
    if division == "country":
        return tuple(arc.line for arc in _arcs() if not (arc.left and arc.right))
    between = (arc for arc in _arcs() if arc.left and arc.right)
    return tuple(arc.line for arc in between if region_of(arc.left, division) != region_of(arc.right, division))


def centre(region: str) -> Point:
    """A point well inside the largest polygon of a municipality, county or prefecture, for its label.

    KeyError for any other region.

    >>> centre("0303")
    (499080, 6443060)
    """
    x, y = _data()["centres"][region_key(region)]
    return x * _data()["metres"], y * _data()["metres"]


@cache
def neighbours(code: str) -> frozenset[str]:
    """Codes of the municipalities that share a border line with a municipality of today.

    >>> sorted(neighbours("0897")), sorted(neighbours("0303"))
    (['0899'], [])
    """
    codes = members(code)
    sides = [{arc.left, arc.right} for arc in _arcs() if arc.left in codes or arc.right in codes]
    return frozenset().union(*sides) - codes - {""}


@cache
def _data() -> dict[str, Any]:
    text = files("kodukant_analysis.places").joinpath("data", "outlines.json").read_text(encoding="utf-8")
    data: dict[str, Any] = json.loads(text)
    return data


@cache
def _arcs() -> tuple[Arc, ...]:
    unit = _data()["metres"]
    return tuple(Arc(left, right, _line(steps, unit)) for left, right, *steps in _data()["arcs"])


def _line(steps: list[int], unit: int) -> Line:
    xs, ys = (accumulate(step * unit for step in steps[axis::2]) for axis in (0, 1))
    return tuple(zip(xs, ys, strict=True))


def _bounds(arc: Arc, inside: frozenset[str]) -> bool:
    return (arc.left in inside) != (arc.right in inside)


def _rings(lines: Iterable[Line]) -> Iterator[Line]:
    """Lines joined end to end; where a walk comes back to a point it has passed, a ring is cut off."""
    onward: dict[Point, list[Line]] = defaultdict(list)
    for line in lines:
        onward[line[0]].append(line)
    for start in list(onward):
        walk: list[Line] = []
        point = start
        while onward[point]:
            walk.append(onward[point].pop())
            point = walk[-1][-1]
            passed = next((index for index, line in enumerate(walk) if line[0] == point), None)
            if passed is not None:
                yield (*(corner for line in walk[passed:] for corner in line[:-1]), point)
                del walk[passed:]


def _signed_area(ring: Line) -> float:
    """Square metres, negative for a clockwise ring."""
    return sum(x * y_next - x_next * y for (x, y), (x_next, y_next) in pairwise(ring)) / 2


def _is_inside(hole: Line, ring: Line) -> bool:
    """Whether a hole lies in a ring, judged by the middle of its first edge: the two may touch at a corner."""
    x, y = (sum(axis) / 2 for axis in zip(*hole[:2], strict=True))
    crossed = [
        (y_1 > y) != (y_2 > y) and x < x_1 + (y - y_1) * (x_2 - x_1) / (y_2 - y_1)
        for (x_1, y_1), (x_2, y_2) in pairwise(ring)
    ]
    return crossed.count(True) % 2 == 1
