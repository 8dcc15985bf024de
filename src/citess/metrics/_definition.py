"""What every metric says of itself: once, for code, docs, reports and tests."""

import inspect
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from typing import Any, NotRequired, TypedDict, Unpack

from citess.i18n import Term
from citess.metrics._alignments import Alignment, alignments_of
from citess.metrics._measure import Measure
from citess.metrics._texts import CATALOGUE, add_metric


class Better(Term):
    """In which direction a value is better."""

    HIGHER = "higher", "higher is better"
    LOWER = "lower", "lower is better"
    CONTEXT = "context", "depends on the context"


class Definition(TypedDict):
    """The facts of a definition, beside its formula and its worked example."""

    question: str
    """Question that the metric answers."""
    limits: str
    """What it cannot tell."""
    unit: str
    """Unit of the value."""
    bounds: tuple[float | None, float | None]
    """Least and greatest value; ``None`` where there is none."""
    better: Better
    """In which direction a value is better."""
    formula: str
    """Formula in LaTeX."""
    missing: str
    """What is done with missing values."""
    small_numbers: str
    """What is done with few units."""
    aggregation: str
    """How values of several hubs are joined."""
    source: str
    """Where the definition comes from."""
    poolable: NotRequired[bool]
    """Whether numerators and denominators of several measures add."""
    at_ends: NotRequired[bool]
    """Whether it is least and greatest where every count is at one of its bounds."""
    jackknife: NotRequired[bool]
    """Whether the doubt about a graph is told by leaving out each node in turn."""
    level: NotRequired[str]
    """What one unit is: ``"person"``, ``"enterprise"``, ``"hub"``, ``"country"`` ..."""


def _check_facts(id_: str, facts: Mapping[str, object]) -> None:
    """Refuse a definition that lacks a fact, or has one that there is not."""
    given = facts.keys()
    lacking = sorted(Definition.__required_keys__ - given)
    odd = sorted(given - Definition.__annotations__.keys())
    if lacking or odd:
        said = f"lacks {', '.join(lacking)}" if lacking else f"has no fact {odd[0]!r}"
        msg = f"the definition of the metric {id_} {said}"
        raise TypeError(msg)


class Defined(ABC):
    """A definition in the catalogue: its facts, and its texts in every language."""

    id: str
    """Id in the catalogue: ``"S01"``."""
    name: str
    """Name of the function."""
    unit: str
    """Unit of the value."""
    bounds: tuple[float | None, float | None]
    """Least and greatest value; ``None`` where there is none."""
    better: Better
    """In which direction a value is better."""
    formula: str
    """Formula in LaTeX."""
    missing: str
    """What is done with missing values."""
    small_numbers: str
    """What is done with few units."""
    aggregation: str
    """How values of several hubs are joined."""
    source: str
    """Where the definition comes from."""
    poolable: bool
    """Whether numerators and denominators of several measures add."""
    at_ends: bool
    """Whether it is least and greatest where every count is at one of its bounds."""
    jackknife: bool
    """Whether the doubt about a graph is told by leaving out each node in turn."""
    level: str
    """What one unit is: ``"person"``, ``"enterprise"``, ``"hub"``, ``"country"`` ..."""
    description: str
    """What the definition means, counts and leaves out."""
    takes: str
    """What it is called on: ``"records"``, ``"values"`` or ``"graph"``."""

    def __init__(
        self, function: Callable[..., object], id_: str, takes: str, **facts: Unpack[Definition]
    ) -> None:
        _check_facts(id_, facts)
        label, _, rest = inspect.cleandoc(function.__doc__ or "").partition("\n")
        self.id = id_
        self.name = function.__name__
        self.takes = takes
        self.unit = facts["unit"]
        self.bounds = facts["bounds"]
        self.better = facts["better"]
        self.formula = facts["formula"]
        self.missing = facts["missing"]
        self.small_numbers = facts["small_numbers"]
        self.aggregation = facts["aggregation"]
        self.source = facts["source"]
        self.poolable = facts.get("poolable", False)
        self.at_ends = facts.get("at_ends", self.poolable)
        self.jackknife = facts.get("jackknife", False)
        self.level = facts.get("level", "organisation")
        self.description = rest.strip()
        texts = {
            "label": label.rstrip("."),
            "question": facts["question"],
            "limits": facts["limits"],
        }
        add_metric(self.name, texts, self.formula, self.source)

    @abstractmethod
    def __call__(self, *args: Any, **kwargs: Any) -> Measure:
        """Compute the measure; what it takes is said by each metric."""

    @property
    def alignments(self) -> tuple[Alignment, ...]:
        """Codes that it has in other catalogues, as far as they were verified."""
        return alignments_of(self.id)

    def label(self, language: str = "en") -> str:
        """Label in a language."""
        return CATALOGUE.text(f"{self.name}.label", language)

    def question(self, language: str = "en") -> str:
        """Question that the metric answers."""
        return CATALOGUE.text(f"{self.name}.question", language)

    def limits(self, language: str = "en") -> str:
        """What the metric cannot tell."""
        return CATALOGUE.text(f"{self.name}.limits", language)

    def __repr__(self) -> str:
        return f"<metric {self.id} {self.name}>"

    def __reduce__(self) -> tuple[Callable[[str], object], tuple[str]]:
        from citess.metrics._catalogue import by_id  # noqa: PLC0415  (the catalogue holds these)

        return by_id, (self.id,)
