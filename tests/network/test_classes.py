"""What classes of the network have in common."""

import importlib
import inspect
import pkgutil

import attrs

import citess.network


def test_values_of_results_are_named():
    for module in pkgutil.walk_packages(citess.network.__path__, "citess.network."):
        for name, one in vars(importlib.import_module(module.name)).items():
            if inspect.isclass(one) and attrs.has(one) and one.__module__ == module.name:
                given = [field for field in attrs.fields(one) if field.init]
                assert len(given) < 4 or all(field.kw_only for field in given), name
