"""Own check of schema.org: classes and properties as release 29 documents them on its pages.

Not the official table: a copy by hand of what is used, to notice a class or property that does not
exist, stands on a class outside its domain, or holds a text where only a thing may stand.
"""

ABOVE = {
    "Thing": "",
    "Organization": "Thing",
    "NGO": "Organization",
    "GovernmentOrganization": "Organization",
    "EducationalOrganization": "Organization",
    "Project": "Organization",
    "Place": "Thing",
    "AdministrativeArea": "Place",
    "Country": "AdministrativeArea",
    "CreativeWork": "Thing",
    "Intangible": "Thing",
    "Service": "Intangible",
    "ServiceChannel": "Intangible",
    "Offer": "Intangible",
    "Audience": "Intangible",
    "PeopleAudience": "Audience",
    "StructuredValue": "Intangible",
    "PropertyValue": "StructuredValue",
    "ContactPoint": "StructuredValue",
    "PostalAddress": "ContactPoint",
    "GeoCoordinates": "StructuredValue",
}
"""Class above each class."""

TEXT, NUMBER, DATE, URL = "Text", "Number", "Date", "URL"

PROPERTIES = {
    "name": ({"Thing"}, {TEXT}),
    "alternateName": ({"Thing"}, {TEXT}),
    "description": ({"Thing"}, {TEXT}),
    "url": ({"Thing"}, {URL}),
    "identifier": ({"Thing"}, {"PropertyValue", TEXT, URL}),
    "subjectOf": ({"Thing"}, {"CreativeWork"}),
    "areaServed": ({"Organization", "Service", "Offer", "ContactPoint"}, {"Place", TEXT}),
    "address": ({"Organization", "Place", "GeoCoordinates"}, {"PostalAddress", TEXT}),
    "location": ({"Organization"}, {"Place", "PostalAddress", TEXT}),
    "foundingDate": ({"Organization"}, {DATE}),
    "dissolutionDate": ({"Organization"}, {DATE}),
    "knowsLanguage": ({"Organization"}, {TEXT}),
    "parentOrganization": ({"Organization"}, {"Organization"}),
    "isicV4": ({"Organization", "Place"}, {TEXT}),
    "member": ({"Organization"}, {"Organization"}),
    "funder": ({"Organization", "CreativeWork"}, {"Organization"}),
    "provider": ({"Service", "CreativeWork"}, {"Organization"}),
    "serviceType": ({"Service"}, {TEXT}),
    "audience": ({"Service", "CreativeWork"}, {"Audience"}),
    "availableChannel": ({"Service"}, {"ServiceChannel"}),
    "offers": ({"Service", "CreativeWork"}, {"Offer"}),
    "availableLanguage": ({"ServiceChannel", "ContactPoint"}, {TEXT}),
    "serviceLocation": ({"ServiceChannel"}, {"Place"}),
    "price": ({"Offer"}, {NUMBER, TEXT}),
    "priceCurrency": ({"Offer"}, {TEXT}),
    "validFrom": ({"Offer"}, {DATE}),
    "validThrough": ({"Offer"}, {DATE}),
    "audienceType": ({"Audience"}, {TEXT}),
    "suggestedGender": ({"PeopleAudience"}, {TEXT}),
    "suggestedMinAge": ({"PeopleAudience"}, {NUMBER}),
    "suggestedMaxAge": ({"PeopleAudience"}, {NUMBER}),
    "geo": ({"Place"}, {"GeoCoordinates"}),
    "latitude": ({"GeoCoordinates", "Place"}, {NUMBER, TEXT}),
    "longitude": ({"GeoCoordinates", "Place"}, {NUMBER, TEXT}),
    "containedInPlace": ({"Place"}, {"Place"}),
    "maximumAttendeeCapacity": ({"Place"}, {NUMBER}),
    "streetAddress": ({"PostalAddress"}, {TEXT}),
    "addressCountry": ({"PostalAddress", "GeoCoordinates"}, {TEXT}),
    "propertyID": ({"PropertyValue"}, {TEXT, URL}),
    "value": ({"PropertyValue"}, {TEXT, NUMBER}),
    "publisher": ({"CreativeWork"}, {"Organization"}),
    "inLanguage": ({"CreativeWork"}, {TEXT}),
    "datePublished": ({"CreativeWork"}, {DATE}),
}
"""Classes that a property stands on, and what it holds."""


def is_a(class_, of):
    while class_:
        if class_ in of:
            return True
        class_ = ABOVE[class_]
    return False


def faults(document):
    """Everything in a document that the table does not allow."""
    by_id = {node["@id"]: node["@type"] for node in document["@graph"]}
    assert len(by_id) == len(document["@graph"])
    found = []
    waiting = list(document["@graph"])
    while waiting:
        node = waiting.pop()
        if node["@type"] not in ABOVE:
            found.append((node["@type"], "no such class"))
            continue
        for name in node.keys() - {"@type", "@id"}:
            values = node[name] if isinstance(node[name], list) else [node[name]]
            waiting += [one for one in values if isinstance(one, dict) and "@type" in one]
            found += _property_faults(node["@type"], name, values, by_id)
    return found


def _property_faults(class_, name, values, by_id):
    if name not in PROPERTIES:
        return [(class_, name, "no such property")]
    domain, holds = PROPERTIES[name]
    found = [] if is_a(class_, domain) else [(class_, name, "outside its domain")]
    return found + [(class_, name, one) for one in values if not _fits(one, holds, by_id)]


def _fits(value, holds, by_id):
    """Tell whether a property may hold a value: never a text where only a thing may stand."""
    if isinstance(value, dict) and "@value" not in value:
        of = value["@type"] if "@type" in value else by_id.get(value["@id"])
        return of is not None and is_a(of, holds)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return NUMBER in holds
    return bool(holds & {TEXT, URL, DATE})
