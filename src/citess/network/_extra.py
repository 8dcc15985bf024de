"""The packages of the extra ``fast``, imported by name when they are needed."""

from importlib import import_module
from types import ModuleType

from citess.errors import MissingExtraError

NAMES = ("numpy", "scipy.sparse", "rustworkx")
LARGE = 2_000


def has_fast() -> bool:
    """Whether the extra ``fast`` is installed."""
    try:
        for name in NAMES:
            import_module(name)
    except ImportError:
        return False
    return True


def fast(name: str) -> ModuleType:
    """A module of the extra ``fast``.

    Raises
    ------
    MissingExtraError
        When the extra is not installed.
    """
    try:
        return import_module(name)
    except ImportError as error:
        raise MissingExtraError("arrays of ties", "fast") from error
