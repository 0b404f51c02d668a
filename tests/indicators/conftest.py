"""The same drawings as for totals."""

from tests.totals.conftest import draw

__all__ = ["draw"]
