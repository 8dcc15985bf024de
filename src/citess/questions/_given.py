"""What questions are asked with: a wrong argument is told in words, never as an inner fault."""

from citess.model import Case, Dataset, Enterprise
from citess.model.slices import check_unknown
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
