"""The core without any extra: import, load, graph, metrics. Run as a script."""

from importlib import import_module
from importlib.util import find_spec

import citess

EXTRAS = ("cyclopts", "rich", "hypothesis", "numpy", "pandas", "polars")


def main() -> None:
    """Fail when something of the core needs more than the core."""
    for extra in EXTRAS:
        if find_spec(extra) is not None:
            raise SystemExit(f"{extra} is installed: this is not the core alone")
    data = citess.loads(citess.dumps(citess.datasets.tunisia()))
    graph = citess.network.partnership_graph(data)
    values = [metric(data).value for metric in citess.metrics.catalogue.taking("records")]
    if not (data.check().ok and graph.number_of_edges() and any(values)):
        raise SystemExit("the core does not work alone")
    try:
        import_module("citess.testing")
    except citess.MissingExtraError as error:
        if "citess[testing]" not in str(error):
            raise
    else:
        raise SystemExit("strategies must name the extra that they need")


if __name__ == "__main__":
    main()
