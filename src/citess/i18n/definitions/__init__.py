"""Definitions of the terms of closed lists, one file for each language."""
