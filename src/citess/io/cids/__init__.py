"""Measures in the Common Impact Data Standard (CIDS 3.2.1, Basic Tier), as JSON-LD."""

from citess.io.cids._write import to_cids, write_cids

__all__ = ["to_cids", "write_cids"]
