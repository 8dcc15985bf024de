"""Entry point of Hypothesis: ``st.from_type(citess.Hub)`` works wherever citess is installed."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, TypeVar, cast

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

    from citess.model import Dataset

T = TypeVar("T")


def register() -> None:
    """Register a strategy for every class of citess; they are built at first use."""
    from hypothesis import strategies as st  # noqa: PLC0415  (called by Hypothesis itself)

    from citess.i18n import Text  # noqa: PLC0415  (needed when Hypothesis is there)
    from citess.model.dataset import Dataset  # noqa: PLC0415  (needed when Hypothesis is there)
    from citess.model.shelves import shelf_types  # noqa: PLC0415  (needed when Hypothesis is there)
    from citess.model.time import Bound, PartialDate  # noqa: PLC0415  (the same)
    from citess.questions import Profile  # noqa: PLC0415  (the same)

    classes: list[type] = [shelf.record for shelf in shelf_types()]
    for cls in (*_with_parts(classes), Bound, PartialDate, Text, Profile):
        st.register_type_strategy(cls, _value)
    st.register_type_strategy(Dataset, _dataset)


def _with_parts(classes: list[type]) -> Iterator[type]:
    """Give classes and those of which their fields hold values, each once."""
    from citess.model.fields import field_types, is_domain_class  # noqa: PLC0415  (the same)

    seen: set[object] = {*classes}
    for cls in classes:
        yield cls
        parts = (field.kind for field in field_types(cls).values())
        fresh = [part for part in parts if is_domain_class(part) and part not in seen]
        seen.update(fresh)
        classes.extend(cast("list[type]", dict.fromkeys(fresh)))


def _value(cls: type[T]) -> "SearchStrategy[T]":
    from citess.testing import values  # noqa: PLC0415  (light until a strategy is wanted)

    return values(cls)


def _dataset(cls: type["Dataset"]) -> "SearchStrategy[Dataset]":
    from citess.testing import whole_datasets  # noqa: PLC0415  (light until a strategy is wanted)

    del cls
    return whole_datasets()
