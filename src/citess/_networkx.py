"""Entry point of networkx: what the backend ``citess`` covers, known before it is imported.

networkx reads it whenever it is imported, so nothing else of citess is loaded here.
"""

from typing import Final

_FUNCTIONS: Final = {
    "constraint": "Burt's constraint by arrays, in memory that grows with triangles and ties.",
    "effective_size": (
        "Follows Burt on every graph: ties with a direction count both ways and shares are of the "
        "strongest tie of each contact. The default path of networkx differs from Burt on "
        "weighted and on directed graphs."
    ),
    "clustering": "Undirected graphs without weight.",
    "average_clustering": "Undirected graphs without weight.",
    "triangles": "Undirected graphs.",
    "transitivity": "Undirected graphs.",
    "core_number": "Undirected graphs.",
    "articulation_points": "Undirected graphs.",
    "bridges": "Undirected graphs.",
}


def info() -> dict[str, object]:
    """What networkx lists about the backend.

    Examples
    --------
    >>> info()["short_summary"]
    'Structural holes, clustering and cores by arrays.'
    """
    return {
        "backend_name": "citess",
        "project": "citess",
        "package": "citess.network",
        "short_summary": "Structural holes, clustering and cores by arrays.",
        "functions": {name: {"additional_docs": text} for name, text in _FUNCTIONS.items()},
    }
