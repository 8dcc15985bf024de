"""What questions are asked with: a wrong argument is told in words, never as an inner fault."""

from typing import get_args

from citess.model import Case, Dataset, Enterprise
from citess.questions._answer import Unknown
from citess.questions._profile import Profile


def check_given(name: str, value: object, *classes: type) -> None:
    """Check of which class an argument is.

    Raises
    ------
    TypeError
        When it is of another; its value is not shown, which may say something of a person.

    Examples
    --------
    >>> check_given("asked", 5, str)
    Traceback (most recent call last):
    ...
    TypeError: asked must be of type str, not int
    """
    if not isinstance(value, classes):
        wanted = " or ".join(cls.__name__ for cls in classes)
        msg = f"{name} must be of type {wanted}, not {type(value).__name__}"
        raise TypeError(msg)


def check_asked(data: object, who: object, unknown: object) -> None:
    """Check what every question about somebody takes.

    Raises
    ------
    TypeError
        When the data are no dataset, or somebody is no profile, case or enterprise.
    ValueError
        When unknown is none of its three words.
    """
    check_given("data", data, Dataset)
    check_given("who", who, Profile, Case, Enterprise)
    check_unknown(unknown)


def check_unknown(unknown: object) -> None:
    """Check what is to be done where the data do not say.

    Raises
    ------
    ValueError
        When it is none of three words.
    """
    if unknown not in get_args(Unknown):
        msg = f"unknown must be one of {', '.join(map(repr, get_args(Unknown)))}, not {unknown!r}"
        raise ValueError(msg)
