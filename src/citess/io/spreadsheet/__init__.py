"""Spreadsheets both ways: templates, workbooks and comma-separated values.

Needs the extra ``tables`` for workbooks; text files need nothing.
"""

from citess.io.spreadsheet._csv_out import write_csv
from citess.io.spreadsheet._read import read_csv, read_xlsx

__all__ = ["read_csv", "read_xlsx", "write_csv"]
