"""The 52 actions of the method book: group, stratum, days, status (0 open, 1 completed, 2 cancelled), how many."""

import numpy as np

_ROWS = """
N x 5 1 3 | N x 8 1 2 | N x 8 0 1 | N x 12 2 2 | N x 15 1 4 | N y 20 0 3 | N y 20 1 1 | N y 28 2 1 | N y 30 1 2
N y 45 0 4 | N y 60 1 1 | N x 60 0 2 | N y 90 0 1 | S x 7 1 1 | S x 8 1 1 | S x 12 1 2 | S x 15 2 1 | S x 20 1 2
S y 25 0 2 | S y 30 1 3 | S y 30 2 2 | S x 40 1 1 | S y 45 1 1 | S y 60 0 5 | S x 75 1 1 | S y 90 0 3
"""
_CELLS = [row.split() for line in _ROWS.strip().splitlines() for row in line.split("|")]
GROUP, STRATUM = np.array([row[:2] for row in _CELLS]).T
TIME, STATUS, COUNT = np.array([[int(cell) for cell in row[2:]] for row in _CELLS]).T


def actions_of(group):
    """Days, statuses and counts of one group."""
    inside = group == GROUP
    return TIME[inside], STATUS[inside], COUNT[inside]
