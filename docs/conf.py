"""Sphinx configuration."""

import sys
from pathlib import Path

import citess

sys.path.insert(0, str(Path(__file__).parent / "_ext"))

project = "citess"
author = "The citess maintainers"
copyright = "The citess maintainers"
version = release = citess.__version__
extensions = ["myst_parser", "sphinx.ext.autodoc", "numpydoc", "metric_cards", "notebooks"]
myst_enable_extensions = ["dollarmath", "colon_fence", "deflist"]
html_theme = "furo"
html_title = f"citess {release}"
exclude_patterns = ["_build"]
numpydoc_show_class_members = False
numpydoc_xref_param_type = False
autodoc_typehints = "none"
autodoc_member_order = "bysource"
nitpicky = True
nitpick_ignore_regex = [("py:.*", ".*")]
