"""What arguments must be: each check says the argument, what was given and what is accepted."""

import math
from collections.abc import Hashable, Iterable, Mapping, Sequence
from numbers import Integral, Real
from typing import Any, TypeGuard, TypeVar, cast

from citess.model import Dataset, Period

T = TypeVar("T", bound=Hashable)


def is_number(value: object) -> TypeGuard[float]:
    """Whether it is a finite number that a float can hold; true and false are none."""
    if isinstance(value, bool) or not isinstance(value, Real):
        return False
    try:
        return math.isfinite(float(value))
    except OverflowError:
        return False


def is_whole(value: object) -> TypeGuard[int]:
    """Whether it is a whole number; true and false are none."""
    return not isinstance(value, bool) and isinstance(value, Integral)


def is_graph(graph: object) -> bool:
    """Whether it is a graph of networkx."""
    import networkx as nx  # noqa: PLC0415  (slow to import, needed here only)

    return isinstance(graph, nx.Graph)


def check_graph(graph: object, argument: str = "graph", accepted: str = "a networkx graph") -> None:
    """Refuse what is no networkx graph."""
    if not is_graph(graph):
        msg = f"{argument} must be {accepted}, not {_given(graph)}"
        raise TypeError(msg)


def check_dataset(data: object) -> None:
    """Refuse what is no dataset."""
    if not isinstance(data, Dataset):
        msg = f"data must be a Dataset, not {_given(data)}"
        raise TypeError(msg)


def check_period(period: object) -> None:
    """Refuse what is no period."""
    if not isinstance(period, Period):
        msg = f"period must be a Period, such as Period.of('2020', '2021'), not {period!r}"
        raise TypeError(msg)


def check_choice(argument: str, value: object, choices: Sequence[str]) -> None:
    """Refuse what is none of some words."""
    if value not in tuple(choices):
        msg = f"{argument} must be one of {', '.join(map(repr, choices))}, not {value!r}"
        raise ValueError(msg)


def listed(argument: str, values: Iterable[T], what: str = "nodes") -> tuple[T, ...]:
    """What is named by an argument, each once."""
    if not isinstance(cast("object", values), Iterable):
        msg = f"{argument} must be a list of {what}, not {values!r}"
        raise TypeError(msg)
    try:
        return tuple(dict.fromkeys(values))
    except TypeError as error:
        msg = f"{argument} must be a list of {what}, of which one is an {error}"
        raise TypeError(msg) from error


def check_mapping(argument: str, value: object, what: str) -> None:
    """Refuse what is no mapping."""
    if not isinstance(value, Mapping):
        msg = f"{argument} must be a mapping from {what}, not {cast('Any', value)!r}"
        raise TypeError(msg)


def _given(value: object) -> str:
    return f"the class {value.__name__}" if isinstance(value, type) else type(value).__name__
