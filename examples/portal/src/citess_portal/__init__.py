"""A small HTTP interface over a dataset of citess."""

from citess_portal._app import portal

__all__ = ["portal"]
