"""Every example in a docstring runs, on the copy of citess that is imported."""

import doctest
import importlib
import pkgutil

import pytest

import citess

MODULES = sorted(
    module.name
    for module in pkgutil.walk_packages(citess.__path__, "citess.")
    if not module.name.endswith("__main__")
)


@pytest.mark.parametrize("name", MODULES)
def test_examples_of_the_module_run(name):
    module = importlib.import_module(name)
    found = doctest.testmod(module, optionflags=doctest.ELLIPSIS)
    assert 0 == found.failed


def test_examples_are_found_on_every_public_floor():
    finder = doctest.DocTestFinder(exclude_empty=True)
    tried = {
        name.split(".")[1]
        for name in MODULES
        if any(found.examples for found in finder.find(importlib.import_module(name)))
    }
    floors = {"datasets", "errors", "i18n", "io", "metrics", "model", "network", "testing", "vocab"}
    assert set() == floors - tried
