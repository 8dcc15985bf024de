"""Hypothesis strategies and checks, for citess and for projects built on it.

Hypothesis finds them by itself: ``st.from_type(citess.Hub)`` gives valid hubs wherever citess is
installed. Needs the extra ``testing``.

Examples
--------
>>> from hypothesis import given
>>> from citess.testing import assert_round_trips, whole_datasets
>>> @given(whole_datasets())
... def test_saving_loses_nothing(data):
...     assert_round_trips(data)
>>> test_saving_loses_nothing()
"""

from importlib.util import find_spec

from citess.errors import MissingExtraError

if find_spec("hypothesis") is None:
    raise MissingExtraError("strategies for tests", "testing")

from citess.testing._checks import assert_round_trips, assert_valid
from citess.testing._documents import bad_documents
from citess.testing._mutations import mutated
from citess.testing._strategies import records, values
from citess.testing._whole import whole_datasets

__all__ = [
    "assert_round_trips",
    "assert_valid",
    "bad_documents",
    "mutated",
    "records",
    "values",
    "whole_datasets",
]
