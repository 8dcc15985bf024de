"""HSDS, the Human Services Data Specification of Open Referral, 3.0 and 3.1, both ways.

Examples
--------
>>> import citess
>>> from citess.io.hsds import from_hsds, to_hsds
>>> document, losses = to_hsds(citess.datasets.tunisia())
>>> data, report = from_hsds(document)
>>> len(data.partners), report.ok
(56, False)
"""

from citess.io.hsds._convert import from_hsds, to_hsds
from citess.io.hsds._document import HsdsDocument
from citess.io.hsds._files import read_hsds, write_hsds
from citess.io.hsds._package import read_hsds_package, write_hsds_package
from citess.io.hsds._profile import hsds_profile

__all__ = [
    "HsdsDocument",
    "from_hsds",
    "hsds_profile",
    "read_hsds",
    "read_hsds_package",
    "to_hsds",
    "write_hsds",
    "write_hsds_package",
]
