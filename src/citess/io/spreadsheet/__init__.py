"""Spreadsheets both ways: templates, workbooks and comma-separated values.

Workbooks need the extra ``tables``; text files need nothing.
"""

from citess.io.spreadsheet._csv_out import write_csv
from citess.io.spreadsheet._mark import mark
from citess.io.spreadsheet._read import read_csv, read_xlsx
from citess.io.spreadsheet._template import template
from citess.io.spreadsheet._xlsx_out import write_xlsx

__all__ = ["mark", "read_csv", "read_xlsx", "template", "write_csv", "write_xlsx"]
