"""Exports: what goes out of the house - chart files and pages, made of disclosed estimates."""

from kodukant_analysis.exports.charts import write_charts
from kodukant_analysis.exports.html import About, index_name, write_index

__all__ = ["About", "index_name", "write_charts", "write_index"]
