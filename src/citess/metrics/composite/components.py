"""How many things the indicators of an index measure: principal components."""

from collections.abc import Mapping
from importlib import import_module
from itertools import accumulate
from typing import Any

from attrs import frozen

from citess.errors import MissingExtraError
from citess.metrics.composite._normalise import z_scores

_TWO = 2


@frozen(kw_only=True)
class Components:
    """What each principal component explains, the greatest first."""

    eigenvalues: tuple[float, ...]
    """Eigenvalues of the matrix of correlations; they add to the number of indicators."""

    n: int
    """Units."""

    @property
    def shares(self) -> tuple[float, ...]:
        """Share of the variance that each explains."""
        return tuple(value / len(self.eigenvalues) for value in self.eigenvalues)

    @property
    def cumulative(self) -> tuple[float, ...]:
        """Share of the variance that each explains with those before it."""
        return tuple(accumulate(self.shares))

    @property
    def above_one(self) -> int:
        """How many explain more than one indicator does (Kaiser's rule)."""
        return sum(value > 1 for value in self.eigenvalues)


def principal_components(units: Mapping[str, Mapping[str, float]]) -> Components:
    """Principal components of the indicators of an index.

    An index of indicators that measure one thing has one large component; several say that its
    parts are better read apart. The method of Table 16 of the Handbook on Constructing Composite
    Indicators (OECD and JRC 2008, doi:10.1787/9789264043466-en).

    Parameters
    ----------
    units
        Values by indicator, for each unit; every unit has the same indicators.

    Raises
    ------
    ValueError
        When there are fewer than two units or indicators, a unit lacks one, or one does not vary.
    MissingExtraError
        Without the extra ``fast``.

    Examples
    --------
    >>> units = {"a": {"x": 1, "y": 2}, "b": {"x": 2, "y": 4}, "c": {"x": 3, "y": 6}}
    >>> found = principal_components(units)
    >>> [round(value, 9) for value in found.eigenvalues], found.above_one
    ([2.0, 0.0], 1)
    """
    names = {name for given in units.values() for name in given}
    if len(units) < _TWO or len(names) < _TWO:
        msg = f"components need two units and indicators, not {len(units)} and {len(names)}"
        raise ValueError(msg)
    for unit, given in units.items():
        if lacking := sorted(names - given.keys()):
            msg = f"{unit!r} lacks {lacking[0]!r}: every unit has every indicator"
            raise ValueError(msg)
    try:
        np: Any = import_module("numpy")
    except ImportError:
        raise MissingExtraError("principal components", "fast") from None
    columns = [
        [*z_scores({unit: given[name] for unit, given in units.items()}).values()]
        for name in sorted(names)
    ]
    found = np.linalg.eigvalsh(np.corrcoef(columns))
    return Components(eigenvalues=tuple(sorted(map(float, found), reverse=True)), n=len(units))
