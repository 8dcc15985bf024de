"""What writers are given."""

from citess.model import Dataset


def check_dataset(given: object, format: str) -> None:  # noqa: A002  (the word of the field)
    """Refuse what is no dataset.

    Raises
    ------
    TypeError
        When it is none.
    """
    if not isinstance(given, Dataset):
        msg = f"{format} is made of a Dataset, not of {type(given).__name__}"
        raise TypeError(msg)
