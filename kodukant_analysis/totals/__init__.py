"""Totals: records summed into sufficient statistics, one SQL file each."""

from kodukant_analysis.totals.engine import Remembering, totals

__all__ = ["Remembering", "totals"]
