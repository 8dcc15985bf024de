"""Registration with Hypothesis: ``st.from_type(citess.Hub)`` gives valid hubs."""

from hypothesis import strategies as st

from citess.i18n import Text
from citess.model import AgeBand, Bound, Dataset, Money, PartialDate, Period, Point
from citess.model.shelves import shelf_types
from citess.testing._strategies import records, values
from citess.testing._whole import whole_datasets


def register() -> None:
    """Register a strategy for every class of citess, so that ``st.from_type`` finds it."""
    for value in (AgeBand, Bound, Money, PartialDate, Period, Point, Text):
        st.register_type_strategy(value, values(value))
    for shelf in shelf_types():
        st.register_type_strategy(shelf.record, records(shelf.record))
    st.register_type_strategy(Dataset, whole_datasets())
