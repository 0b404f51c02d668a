"""Outlines: the borders of the 79 municipalities, generalised, as one file of lines that neighbours share.

    python tools/make_outlines.py GEO_DIR [OUT_DIR]

GEO_DIR holds municipalities_79_20180901.geojson (longitude and latitude). Same input, same bytes.
"""

import json
import math
import sys
from collections import defaultdict
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import LineString, MultiPolygon, Polygon, shape

Shape = Polygon | MultiPolygon
Point = tuple[int, int]
Arc = tuple[str, str, list[Point]]

OUT = Path(__file__).resolve().parent.parent / "kodukant_analysis" / "places" / "data"
SOURCE = "municipalities_79_20180901.geojson"
UNIT = 10  # metres
TOLERANCE = 120.0  # metres: a corner goes if the triangle it makes is smaller than the square of this
SMALLEST_PART = 400_000.0  # square metres

# L-EST97 (EPSG:3301): Lambert conformal conic with two standard parallels on the ellipsoid GRS 80.
SEMI_MAJOR_AXIS, FLATTENING = 6_378_137.0, 1 / 298.257222101
ECCENTRICITY = math.sqrt(2 * FLATTENING - FLATTENING**2)
PARALLELS = math.radians(59 + 20 / 60), math.radians(58)
ORIGIN = math.radians(24), math.radians(57 + 31 / 60 + 3.19415 / 3600)
FALSE_EASTING, FALSE_NORTHING = 500_000.0, 6_375_000.0


def main(geo: Path, out: Path) -> None:
    """Write outlines.json: a line for each arc and each centre."""
    features = json.loads((geo / SOURCE).read_text(encoding="utf-8"))["features"]
    features.sort(key=lambda feature: feature["properties"]["code"])
    regions = {feature["properties"]["code"]: feature["properties"] for feature in features}
    outlines = _generalised([_projected(shape(feature["geometry"])) for feature in features])
    arcs = _arcs(dict(zip(regions, outlines, strict=True)))
    centres = {name: _centre(area) for name, area in _areas(regions, outlines).items()}
    (out / "outlines.json").write_text(_text(arcs, centres), encoding="utf-8", newline="\n")


def _projected(area: Shape) -> Shape:
    """The area in metres to the east and north, without the parts too small to see."""
    projected = shapely.transform(area, _lest97)
    parts = sorted(shapely.get_parts(projected), key=lambda part: part.area)
    return MultiPolygon([*(part for part in parts[:-1] if part.area >= SMALLEST_PART), parts[-1]])


def _lest97(degrees: NDArray[np.float64]) -> NDArray[np.float64]:
    """Longitudes and latitudes as eastings and northings (formulas: IOGP 373-7-2, method 9802)."""
    longitude, latitude = np.radians(degrees.T)
    (t_1, t_2), (m_1, m_2) = (_t(np.array(PARALLELS)), _m(np.array(PARALLELS)))
    n = math.log(m_1 / m_2) / math.log(t_1 / t_2)
    scale = SEMI_MAJOR_AXIS * m_1 / (n * t_1**n)
    radius, radius_0 = scale * _t(latitude) ** n, scale * _t(np.array(ORIGIN[1])) ** n
    angle = n * (longitude - ORIGIN[0])
    east = FALSE_EASTING + radius * np.sin(angle)
    north = FALSE_NORTHING + radius_0 - radius * np.cos(angle)
    return np.column_stack([east, north])


def _t(latitude: NDArray[np.float64]) -> NDArray[np.float64]:
    sine = ECCENTRICITY * np.sin(latitude)
    flattened: NDArray[np.float64] = ((1 - sine) / (1 + sine)) ** (ECCENTRICITY / 2)
    return np.tan(math.pi / 4 - latitude / 2) / flattened


def _m(latitude: NDArray[np.float64]) -> NDArray[np.float64]:
    slope: NDArray[np.float64] = np.cos(latitude) / np.sqrt(1 - (ECCENTRICITY * np.sin(latitude)) ** 2)
    return slope


def _generalised(areas: list[Shape]) -> list[Shape]:
    """The areas with fewer corners, on the grid of UNIT; a shared border is simplified once."""
    simple = shapely.coverage_simplify(areas, TOLERANCE)
    outlines = [shapely.transform(area, lambda points: np.rint(points / UNIT)) for area in simple]
    if not shapely.coverage_is_valid(outlines) or not shapely.is_valid(outlines).all():
        raise SystemExit("the simplified outlines overlap or cross themselves: choose another TOLERANCE or UNIT")
    return outlines


def _arcs(outlines: dict[str, Shape]) -> list[Arc]:
    """Each line between two municipalities or of the coast, once: code on its left, on its right, points."""
    left = {edge: code for code, outline in outlines.items() for edge in _edges(outline)}
    lines = shapely.get_parts(shapely.line_merge(shapely.union_all([area.boundary for area in outlines.values()])))
    return sorted(_arc(line, left) for line in lines)


def _edges(outline: Shape) -> list[tuple[Point, Point]]:
    """The edges of an outline, each with the inside on its left."""
    rings = [ring for part in shapely.get_parts(shapely.orient_polygons(outline)) for ring in _rings(part)]
    return [edge for ring in rings for edge in zip(_points(ring), _points(ring)[1:], strict=False)]


def _rings(part: Polygon) -> list[LineString]:
    return [part.exterior, *part.interiors]


def _points(line: LineString) -> list[Point]:
    return [(int(x), int(y)) for x, y in line.coords]


def _arc(line: LineString, left: dict[tuple[Point, Point], str]) -> Arc:
    """A line with its sides, in the one of its directions, and from the one of its corners, that sorts first."""
    points = _points(line)
    if points[0] == points[-1]:
        first = points.index(min(points))
        points = [*points[first:-1], *points[: first + 1]]
    points = min(points, points[::-1])
    one, two = points[:2]
    return left.get((one, two), ""), left.get((two, one), ""), points


def _areas(regions: dict[str, dict[str, str]], outlines: list[Shape]) -> dict[str, Shape]:
    """The municipalities by code, then the counties by code and the prefectures by name, each as one area."""
    members: dict[str, list[Shape]] = defaultdict(list)
    for region, outline in zip(regions.values(), outlines, strict=True):
        for name in (region["code"], region["county_code"], region["prefecture"].removesuffix(" prefektuur")):
            members[name].append(outline)
    return {name: shapely.coverage_union_all(members[name]) for name in sorted(members)}


def _centre(area: Shape) -> Point:
    """The point of the largest part that is farthest from its border."""
    largest = max(shapely.get_parts(area), key=lambda part: part.area)
    middle = shapely.maximum_inscribed_circle(largest, 10.0).coords[0]
    return round(middle[0]), round(middle[1])


def _text(arcs: list[Arc], centres: dict[str, Point]) -> str:
    """JSON: an arc is its two sides, its first point and then the step to each next one."""
    arc_lines = [_json([left, right, *_steps(points)]) for left, right, points in arcs]
    centre_lines = [f"{_json(name)}:{_json(point)}" for name, point in centres.items()]
    return (
        f'{{"metres":{UNIT},\n"centres":{{\n'
        + ",\n".join(centre_lines)
        + '\n},\n"arcs":[\n'
        + ",\n".join(arc_lines)
        + "\n]}\n"
    )


def _steps(points: list[Point]) -> list[int]:
    before = [(0, 0), *points[:-1]]
    return [step for (x, y), (x_0, y_0) in zip(points, before, strict=True) for step in (x - x_0, y - y_0)]


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else OUT)
