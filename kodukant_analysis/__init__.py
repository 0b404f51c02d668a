"""Kodukant analysis: from the spreadsheets of community discussions to records, estimates, charts and reports."""

__version__ = "0.4.0"
