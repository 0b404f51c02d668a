"""Workbooks: what goes back to those who fill in the spreadsheets, as a workbook to mend or to fill in."""
