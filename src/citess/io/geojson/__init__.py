"""GeoJSON (RFC 7946), both ways.

Examples
--------
>>> import citess
>>> from citess.io.geojson import from_geojson, to_geojson
>>> document, losses = to_geojson(citess.datasets.tunisia())
>>> data, report = from_geojson(document)
>>> len(data.spaces), report.ok
(6, True)
"""

from citess.io.geojson._convert import GeoJson, from_geojson, to_geojson
from citess.io.geojson._files import read_geojson, write_geojson

__all__ = ["GeoJson", "from_geojson", "read_geojson", "to_geojson", "write_geojson"]
