"""Age bands: nobody is young without one."""

from citess.errors import InvalidValueError, Issue
from citess.model.evidence import Sourced
from citess.model.record import record

OLDEST = 150


@record
class AgeBand(Sourced):
    """Ages from a lower to an upper bound, both included, as a source defines them.

    Youth has no single age: RESTART counts 18-35, the labour statistics of INS 15-24.

    Raises
    ------
    InvalidValueError
        When a bound is below 0 or above 150, or the upper is below the lower.

    Examples
    --------
    >>> youth = AgeBand(lower=18, upper=35)
    >>> 35 in youth, 36 in youth
    (True, False)
    """

    lower: int
    """Lowest age in whole years."""

    upper: int | None = None
    """Highest age in whole years; ``None`` is no upper bound."""

    def __attrs_post_init__(self) -> None:
        upper = OLDEST if self.upper is None else self.upper
        if not 0 <= self.lower <= upper <= OLDEST:
            raise InvalidValueError(
                Issue.of("out-of-range", "upper", str(self), range=f"0 to {OLDEST}, rising")
            )

    def __contains__(self, age: int) -> bool:
        return self.lower <= age and (self.upper is None or age <= self.upper)

    def __str__(self) -> str:
        return f"{self.lower}+" if self.upper is None else f"{self.lower}-{self.upper}"
