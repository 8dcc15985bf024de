"""Fewer examples of costly properties, never more than are asked of every property."""

from hypothesis import settings


def few(most, **given):
    """Settings of at most so many examples."""
    return settings(max_examples=min(most, settings.default.max_examples), **given)
