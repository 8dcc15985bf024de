"""Identifiers that other registers gave."""

from citess.model.record import record


@record
class Identifier:
    """A value in a scheme: ISO 3166-2 ``TN-43``, INS ``43``, an org-id.guide register.

    Examples
    --------
    >>> print(Identifier(scheme="iso-3166-2", value="TN-43"))
    iso-3166-2:TN-43
    """

    scheme: str
    """Code of the register, from org-id.guide where it lists it."""

    value: str
    """Value in that register."""

    def __str__(self) -> str:
        return f"{self.scheme}:{self.value}"
