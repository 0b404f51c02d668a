"""Totals: records summed into sufficient statistics, one SQL file each."""

from kodukant_analysis.totals.engine import totals

__all__ = ["totals"]
