"""Terms of CIDS 3.2.1 that are used: facts of the standard, as a context of JSON-LD."""

from typing import Final

PREFIXES: Final = {
    "cids": "https://ontology.commonapproach.org/cids#",
    "i72": "http://ontology.eil.utoronto.ca/ISO21972/iso21972#",
    "org": "http://ontology.eil.utoronto.ca/tove/organization#",
    "prov": "http://www.w3.org/ns/prov#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

_TEXTS: Final = {
    "hasComment": "cids",
    "hasDescription": "cids",
    "hasIdentifier": "org",
    "hasLegalName": "org",
    "hasName": "org",
    "hasNumericalValue": "i72",
    "unitDescription": "cids",
}
_LINKS: Final = {
    "forIndicator": "cids",
    "forOrganization": "cids",
    "forTheme": "cids",
    "hasCode": "cids",
    "hasIndicator": "cids",
    "hasIndicatorReport": "cids",
    "value": "i72",
}
_TIMES: Final = {"endedAtTime": "prov", "startedAtTime": "prov"}


def context() -> dict[str, object]:
    """Give the context, which stands in the document itself: nothing is to be fetched."""
    found: dict[str, object] = dict(PREFIXES)
    for terms, kind in ((_TEXTS, "xsd:string"), (_LINKS, "@id"), (_TIMES, "xsd:dateTime")):
        found |= {
            name: {"@id": f"{prefix}:{name}", "@type": kind} for name, prefix in terms.items()
        }
    return found
