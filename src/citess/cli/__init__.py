"""The command line: ``citess demo``, ``validate``, ``report``, ``metrics``."""

from citess.cli._main import main

__all__ = ["main"]
