"""Loaders: all that knows spreadsheets. A folder of files in, records, issues and sheet accounts out."""
