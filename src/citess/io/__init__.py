"""Reading and writing: the native format, and every other by the same verbs.

The native format is strict on the way in and lossless on the way out. Every other has ``to_x`` and
``from_x`` for documents, ``write_x`` and ``read_x`` for files, with a report of what could not
travel; its package is imported at first use.

Examples
--------
>>> import citess
>>> data = citess.datasets.tunisia()
>>> citess.loads(citess.dumps(data)) == data
True
"""

from typing import TYPE_CHECKING, Final

from citess._lazy import lazy_names
from citess.io._careful import structure
from citess.io._edit import Box, edit
from citess.io._file import load, save
from citess.io._layout import FORMAT, SCHEMA_VERSION
from citess.io._native import dumps, loads
from citess.io._schema import json_schema
from citess.io._travel import ImportReport, LossReport
from citess.io._typescript import typescript

if TYPE_CHECKING:
    from citess.io.cids import (
        to_cids,
        write_cids,
    )
    from citess.io.essglobal import (
        from_essglobal,
        read_essglobal,
        to_essglobal,
        write_essglobal,
    )
    from citess.io.formats import (
        FORMATS,
        Format,
        format_named,
        format_of,
    )
    from citess.io.geojson import (
        from_geojson,
        read_geojson,
        to_geojson,
        write_geojson,
    )
    from citess.io.graphs import (
        from_graphml,
        from_jgf,
        from_networkx,
        from_node_link,
        read_graphml,
        read_jgf,
        read_node_link,
        to_cytoscape,
        to_edge_csv,
        to_gexf,
        to_graphml,
        to_hif,
        to_jgf,
        to_kumu,
        to_node_link,
        write_cytoscape,
        write_edge_csv,
        write_gexf,
        write_graphml,
        write_hif,
        write_jgf,
        write_kumu,
        write_node_link,
    )
    from citess.io.hsds import (
        from_hsds,
        hsds_profile,
        read_hsds,
        read_hsds_package,
        to_hsds,
        write_hsds,
        write_hsds_package,
    )
    from citess.io.jsonl import (
        read_jsonl,
        records,
        write_jsonl,
    )
    from citess.io.murmurations import (
        to_murmurations,
        write_murmurations,
    )
    from citess.io.parquet import (
        write_parquet,
    )
    from citess.io.schema_org import (
        to_schema_org,
        write_schema_org,
    )
    from citess.io.spreadsheet import (
        mark,
        read_csv,
        read_xlsx,
        template,
        write_csv,
        write_xlsx,
    )
    from citess.io.sse_csv import (
        from_sse_csv,
        read_sse_csv,
        to_sse_csv,
        write_sse_csv,
    )

_HOMES: Final = {
    "citess.io.cids": (
        "to_cids",
        "write_cids",
    ),
    "citess.io.essglobal": (
        "from_essglobal",
        "read_essglobal",
        "to_essglobal",
        "write_essglobal",
    ),
    "citess.io.formats": (
        "FORMATS",
        "Format",
        "format_named",
        "format_of",
    ),
    "citess.io.geojson": (
        "from_geojson",
        "read_geojson",
        "to_geojson",
        "write_geojson",
    ),
    "citess.io.graphs": (
        "from_graphml",
        "from_jgf",
        "from_networkx",
        "from_node_link",
        "read_graphml",
        "read_jgf",
        "read_node_link",
        "to_cytoscape",
        "to_edge_csv",
        "to_gexf",
        "to_graphml",
        "to_hif",
        "to_jgf",
        "to_kumu",
        "to_node_link",
        "write_cytoscape",
        "write_edge_csv",
        "write_gexf",
        "write_graphml",
        "write_hif",
        "write_jgf",
        "write_kumu",
        "write_node_link",
    ),
    "citess.io.hsds": (
        "from_hsds",
        "hsds_profile",
        "read_hsds",
        "read_hsds_package",
        "to_hsds",
        "write_hsds",
        "write_hsds_package",
    ),
    "citess.io.jsonl": (
        "read_jsonl",
        "records",
        "write_jsonl",
    ),
    "citess.io.murmurations": (
        "to_murmurations",
        "write_murmurations",
    ),
    "citess.io.parquet": ("write_parquet",),
    "citess.io.schema_org": (
        "to_schema_org",
        "write_schema_org",
    ),
    "citess.io.spreadsheet": (
        "mark",
        "read_csv",
        "read_xlsx",
        "template",
        "write_csv",
        "write_xlsx",
    ),
    "citess.io.sse_csv": (
        "from_sse_csv",
        "read_sse_csv",
        "to_sse_csv",
        "write_sse_csv",
    ),
}

_get, _dir = lazy_names(__name__, _HOMES)


def __getattr__(name: str) -> object:
    return _get(name)


def __dir__() -> list[str]:
    return _dir()


__all__ = [
    "FORMAT",
    "FORMATS",
    "SCHEMA_VERSION",
    "Box",
    "Format",
    "ImportReport",
    "LossReport",
    "dumps",
    "edit",
    "format_named",
    "format_of",
    "from_essglobal",
    "from_geojson",
    "from_graphml",
    "from_hsds",
    "from_jgf",
    "from_networkx",
    "from_node_link",
    "from_sse_csv",
    "hsds_profile",
    "json_schema",
    "load",
    "loads",
    "mark",
    "read_csv",
    "read_essglobal",
    "read_geojson",
    "read_graphml",
    "read_hsds",
    "read_hsds_package",
    "read_jgf",
    "read_jsonl",
    "read_node_link",
    "read_sse_csv",
    "read_xlsx",
    "records",
    "save",
    "structure",
    "template",
    "to_cids",
    "to_cytoscape",
    "to_edge_csv",
    "to_essglobal",
    "to_geojson",
    "to_gexf",
    "to_graphml",
    "to_hif",
    "to_hsds",
    "to_jgf",
    "to_kumu",
    "to_murmurations",
    "to_node_link",
    "to_schema_org",
    "to_sse_csv",
    "typescript",
    "write_cids",
    "write_csv",
    "write_cytoscape",
    "write_edge_csv",
    "write_essglobal",
    "write_geojson",
    "write_gexf",
    "write_graphml",
    "write_hif",
    "write_hsds",
    "write_hsds_package",
    "write_jgf",
    "write_jsonl",
    "write_kumu",
    "write_murmurations",
    "write_node_link",
    "write_parquet",
    "write_schema_org",
    "write_sse_csv",
    "write_xlsx",
]
