"""Reading and writing: the native format, strict on the way in and lossless on the way out.

Examples
--------
>>> import citess
>>> data = citess.datasets.tunisia()
>>> citess.loads(citess.dumps(data)) == data
True
"""

from citess.io._careful import structure
from citess.io._edit import Box, edit
from citess.io._file import load, save
from citess.io._layout import FORMAT, SCHEMA_VERSION
from citess.io._native import dumps, loads
from citess.io._schema import json_schema
from citess.io._travel import ImportReport, LossReport

__all__ = [
    "FORMAT",
    "SCHEMA_VERSION",
    "Box",
    "ImportReport",
    "LossReport",
    "dumps",
    "edit",
    "json_schema",
    "load",
    "loads",
    "save",
    "structure",
]
