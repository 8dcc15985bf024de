"""Entry point of Hypothesis: ``st.from_type(citess.Hub)`` works wherever citess is installed."""

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

    from citess.model import Dataset

T = TypeVar("T")


def register() -> None:
    """Register a strategy for every class of citess; they are built at first use."""
    from hypothesis import strategies as st  # noqa: PLC0415  (called by Hypothesis itself)

    from citess.i18n import Text  # noqa: PLC0415  (needed when Hypothesis is there)
    from citess.model.age import AgeBand  # noqa: PLC0415  (needed when Hypothesis is there)
    from citess.model.dataset import Dataset  # noqa: PLC0415  (needed when Hypothesis is there)
    from citess.model.money import Money  # noqa: PLC0415  (needed when Hypothesis is there)
    from citess.model.shelves import shelf_types  # noqa: PLC0415  (needed when Hypothesis is there)
    from citess.model.territory import Point  # noqa: PLC0415  (needed when Hypothesis is there)
    from citess.model.time import Bound, PartialDate, Period  # noqa: PLC0415  (the same)

    for value in (AgeBand, Bound, Money, PartialDate, Period, Point, Text):
        st.register_type_strategy(value, _value)
    for shelf in shelf_types():
        st.register_type_strategy(shelf.record, _record)
    st.register_type_strategy(Dataset, _dataset)


def _value(cls: type[T]) -> "SearchStrategy[T]":
    from citess.testing import values  # noqa: PLC0415  (light until a strategy is wanted)

    return values(cls)


def _record(cls: type[T]) -> "SearchStrategy[T]":
    from citess.testing import records  # noqa: PLC0415  (light until a strategy is wanted)

    return records(cls)


def _dataset(cls: type["Dataset"]) -> "SearchStrategy[Dataset]":
    from citess.testing import whole_datasets  # noqa: PLC0415  (light until a strategy is wanted)

    del cls
    return whole_datasets()
