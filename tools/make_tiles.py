"""Tiles: a draft of the tile map, every municipality in a cell of its own as near as can be to where it lies.

    python -m tools.make_tiles OUT_DIR

The tile map of the package was laid out from such a draft by hand, so that counties and prefectures hang together:
the draft goes to a folder of its own and never over the map.
"""

import csv
import sys
from itertools import product
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from kodukant_analysis.places import centre, municipalities, tiles

COLUMNS, ROWS = 15, 10
BY_RANK = 0.3  # 0: where it lies; 1: by its rank from west to east and from north to south, which spreads the towns


def main(out: Path) -> None:
    """Write tiles.csv with the short names of the package."""
    shorts = {tile.code: tile.short for tile in tiles()}
    with (out / "tiles.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["code", "column", "row", "short"])
        writer.writerows((code, *cell, shorts[code]) for code, cell in sorted(_draft().items()))


def _draft() -> dict[str, tuple[int, int]]:
    """Column and row by code, so that the sum of the squared distances is the least."""
    codes = [municipality.code for municipality in municipalities()]
    points = np.array([centre(code) for code in codes], dtype=float)
    wanted = np.column_stack([_spread(points[:, 0], COLUMNS), _spread(-points[:, 1], ROWS)])
    cells = list(product(range(COLUMNS), range(ROWS)))
    distances = ((wanted[:, None, :] - np.array(cells)[None, :, :]) ** 2).sum(axis=2)
    found = zip(*linear_sum_assignment(distances), strict=True)
    return {codes[index]: cells[cell] for index, cell in found}


def _spread(values: NDArray[np.float64], cells: int) -> NDArray[np.float64]:
    """Values as places between the first and the last of a number of cells."""
    ranks = values.argsort().argsort() / (len(values) - 1)
    shares = (values - values.min()) / (values.max() - values.min())
    spread: NDArray[np.float64] = (cells - 1) * (BY_RANK * ranks + (1 - BY_RANK) * shares)
    return spread


if __name__ == "__main__":
    main(Path(sys.argv[1]))
