"""ESSGlobal, the vocabulary of the map of the solidarity economy (RIPESS), as RDF.

Versions 1.1, V2a and 2.1 of the namespace are written, all are read; ties are W3C ORG memberships.
Reading needs the extra ``rdf``.
"""

from citess.io.essglobal._files import read_essglobal, write_essglobal
from citess.io.essglobal._read import from_essglobal
from citess.io.essglobal._write import to_essglobal

__all__ = ["from_essglobal", "read_essglobal", "to_essglobal", "write_essglobal"]
