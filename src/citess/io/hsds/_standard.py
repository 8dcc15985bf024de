"""What HSDS 3.0 and 3.1 say of each object: its fields, their types, which are required."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final, Literal, cast

from attrs import frozen

Version = Literal["3.0", "3.1"]
Kind = Literal["string", "uuid", "uri", "email", "number", "date", "time", "datetime"]

VERSIONS: Final[tuple[Version, ...]] = ("3.0", "3.1")
"""Versions that are written; 3.1.1 to 3.1.3 changed no field."""

_KINDS: Final[Mapping[str, Kind]] = {
    "": "string",
    "u": "uuid",
    "r": "uri",
    "e": "email",
    "n": "number",
    "d": "date",
    "t": "time",
    "dt": "datetime",
}
_ENUMS: Final[Mapping[str, tuple[str, ...]]] = {
    "service.status": ("active", "inactive", "defunct", "temporarily closed"),
    "location.location_type": ("physical", "postal", "virtual"),
    "address.address_type": ("physical", "postal", "virtual"),
    "schedule.wkst": ("MO", "TU", "WE", "TH", "FR", "SA", "SU"),
    "schedule.freq": ("WEEKLY", "MONTHLY"),
}

# name[:type][!][+][^]: ! is required, + is required in tables only, ^ is new in 3.1
_FIELDS: Final[Mapping[str, str]] = {
    "taxonomy": "id:u! name! description! uri:r version",
    "taxonomy_term": "id:u! code name! description! parent_id:u taxonomy language taxonomy_id:u "
    "term_uri:r",
    "organization": "id:u! name! alternate_name description! email:e website:r tax_status tax_id "
    "year_incorporated:n legal_status logo uri:r parent_organization_id:u",
    "program": "id:u! organization_id:u+ name! alternate_name description!",
    "service": "id:u! organization_id:u+ program_id:u name! alternate_name description url:r "
    "email:e status! interpretation_services application_process fees_description wait_time fees "
    "accreditations eligibility_description minimum_age:n maximum_age:n assured_date:d "
    "assurer_email:e licenses alert last_modified:dt",
    "location": "id:u! location_type! url:r organization_id:u name alternate_name description "
    "transportation latitude:n longitude:n external_identifier external_identifier_type",
    "service_at_location": "id:u! service_id:u+ location_id:u+ description",
    "contact": "id:u! organization_id:u service_id:u service_at_location_id:u location_id:u name "
    "title department email:e",
    "phone": "id:u! location_id:u service_id:u organization_id:u contact_id:u "
    "service_at_location_id:u number! extension:n type description",
    "address": "id:u! location_id:u attention address_1! address_2 city! region state_province! "
    "postal_code! country! address_type!",
    "schedule": "id:u! service_id:u location_id:u service_at_location_id:u valid_from:d "
    "valid_to:d dtstart:d timezone:n until:d count:n wkst freq interval:n byday byweekno "
    "bymonthday byyearday description opens_at:t closes_at:t schedule_link:r attending_type notes",
    "funding": "id:u! organization_id:u service_id:u source",
    "service_area": "id:u! service_id:u service_at_location_id:u^ name description extent "
    "extent_type uri",
    "required_document": "id:u! service_id:u document uri:r",
    "language": "id:u! service_id:u location_id:u phone_id:u name code note",
    "accessibility": "id:u! location_id:u description details url:r",
    "cost_option": "id:u! service_id:u+ valid_from:d valid_to:d option currency amount:n "
    "amount_description",
    "organization_identifier": "id:u! organization_id:u+ identifier_scheme identifier_type! "
    "identifier!",
    "attribute": "id:u! link_id:u+ taxonomy_term_id:u+ link_type link_entity+ value label^",
    "metadata": "id:u! resource_id:u+ resource_type+ last_action_date:d! last_action_type! "
    "field_name! previous_value! replacement_value! updated_by!",
    "meta_table_description": "id:u! name language character_set",
    "url": "id:u! label url:r! organization_id:u service_id:u",
    "unit": "id:u! name! scheme identifier uri:r",
    "service_capacity": "id:u! service_id:u+ unit_id:u+ available:n! maximum:n description "
    "updated:dt!",
}
_FILES: Final[Mapping[str, str]] = {
    "taxonomy": "taxonomies",
    "taxonomy_term": "taxonomy_terms",
    "organization": "organizations",
    "program": "programs",
    "service": "services",
    "location": "locations",
    "service_at_location": "service_at_location",
    "contact": "contacts",
    "phone": "phones",
    "address": "addresses",
    "schedule": "schedules",
    "funding": "funding",
    "service_area": "service_areas",
    "required_document": "required_documents",
    "language": "languages",
    "accessibility": "accessibility",
    "cost_option": "cost_options",
    "organization_identifier": "organization_identifiers",
    "attribute": "attributes",
    "metadata": "metadata",
    "meta_table_description": "meta_table_descriptions",
    "url": "url",
    "unit": "units",
    "service_capacity": "service_capacity",
}
_NEW: Final = frozenset({"url", "unit", "service_capacity"})
_LISTS: Final[Mapping[str, str]] = {
    "accessibility": "accessibility",
    "additional_urls": "url",
    "additional_websites": "url",
    "addresses": "address",
    "attributes": "attribute",
    "capacities": "service_capacity",
    "contacts": "contact",
    "cost_options": "cost_option",
    "funding": "funding",
    "languages": "language",
    "locations": "location",
    "metadata": "metadata",
    "organization_identifiers": "organization_identifier",
    "phones": "phone",
    "programs": "program",
    "required_documents": "required_document",
    "schedules": "schedule",
    "service_areas": "service_area",
    "service_at_locations": "service_at_location",
    "services": "service",
}
_OBJECTS: Final[Mapping[str, str]] = {
    "location": "location",
    "organization": "organization",
    "program": "program",
    "service": "service",
    "taxonomy_detail": "taxonomy",
    "taxonomy_term": "taxonomy_term",
    "unit": "unit",
}
_NO_KEY: Final = frozenset({"link_id", "resource_id", "parent_id", "parent_organization_id"})


@frozen
class StandardField:
    """A field of an HSDS object that holds one value."""

    name: str
    kind: Kind
    required: bool
    """In JSON and in tables."""

    required_in_tables: bool
    since_3_1: bool
    codes: tuple[str, ...] = ()
    """Values allowed, where the list is closed."""

    @property
    def target(self) -> str | None:
        """Object that it names by id, where the standard says that it must be there."""
        name = self.name.removesuffix("_id")
        is_key = self.name.endswith("_id") and self.name not in _NO_KEY and name in _FIELDS
        return name if is_key else None


@cache
def fields_of(entity: str) -> Mapping[str, StandardField]:
    """Fields of an object that hold one value, by name, in the order of the standard.

    Examples
    --------
    >>> [field.name for field in fields_of("organization").values() if field.required]
    ['id', 'name', 'description']
    """
    found: dict[str, StandardField] = {}
    for word in _FIELDS[entity].split():
        spec = word.rstrip("!+^")
        marks = word[len(spec) :]
        name, _, kind = spec.partition(":")
        codes = _ENUMS.get(f"{entity}.{name}", ())
        required = "!" in marks
        found[name] = StandardField(
            name, _KINDS[kind], required, required or "+" in marks, "^" in marks, codes
        )
    return found


def entities(version: str) -> tuple[str, ...]:
    """Objects of a version, those that others name by id first."""
    return tuple(name for name in _FIELDS if version != "3.0" or name not in _NEW)


def file_name(entity: str) -> str:
    """Name of the table of an object in a data package, without its suffix."""
    return _FILES[entity]


def plural(entity: str) -> str:
    """Key of a list of such objects: ``"organizations"``."""
    return f"{_FILES[entity]}s" if entity == "service_at_location" else _FILES[entity]


def part(key: str) -> str | None:
    """Which object stands under a key, alone or in a list; ``None`` under any other key."""
    return _LISTS.get(key) or _OBJECTS.get(key)


def within(content: Mapping[str, object]) -> Iterator[tuple[str, dict[str, object]]]:
    """Objects that stand directly inside an object, with their kinds."""
    for name, value in content.items():
        inner = part(name)
        if inner is None or is_list(name) != isinstance(value, list):
            continue
        for item in cast("list[object]", value) if isinstance(value, list) else [value]:
            if isinstance(item, dict):
                yield inner, cast("dict[str, object]", item)


def is_list(key: str) -> bool:
    """Whether a key holds a list of objects."""
    return key in _LISTS


@cache
def collections() -> Mapping[str, str]:
    """Which objects stand in a document of lists, by its keys."""
    keys = {plural(entity): entity for entity in _FIELDS}
    return {**keys, **{_FILES[entity]: entity for entity in _FIELDS}}


@cache
def tables() -> Mapping[str, str]:
    """Which objects stand in a table, by its name: that of many, or of one."""
    return {**collections(), **{entity: entity for entity in _FIELDS}}


def recognised(given: Mapping[str, object]) -> str | None:
    """Which object a JSON object is, by the fields that it has; ``None`` when it is none.

    Examples
    --------
    >>> recognised({"id": "1", "name": "Mahdia", "location_type": "physical"})
    'location'
    >>> recognised({"colour": "red"}) is None
    True
    """
    keys = set(given)
    for _, one in within({"attributes": given.get("attributes")}):
        named = one.get("link_entity")
        if isinstance(named, str) and named in _FIELDS:
            return named
    best, most = None, 1.0
    for entity in _PRIORITY:
        known = fields_of(entity)
        held = {*_PARTS.get(entity, "").split(), *_EVERYWHERE}
        parts = {key for key in keys & held if part(key)}
        missing = sum(field.required for name, field in known.items() if name not in keys)
        bonus = _BONUS if entity in _LIKELY else 0.0
        score = len(keys & set(known)) + len(parts) - missing / 10 + bonus
        if score > most:
            best, most = entity, score
    return best


_LIKELY: Final = frozenset({"organization", "service", "location"})
_BONUS: Final = 0.25
"""What speaks for the objects that documents are of, so that one missing field does not decide."""

_EVERYWHERE: Final = ("attributes", "metadata")
_PRIORITY: Final = ("organization", *(name for name in _FIELDS if name != "organization"))
_PARTS: Final[Mapping[str, str]] = {
    "organization": "funding contacts phones locations programs organization_identifiers services "
    "additional_websites",
    "service": "phones schedules service_areas service_at_locations languages organization funding "
    "cost_options program required_documents contacts capacities additional_urls",
    "service_at_location": "service service_areas contacts phones schedules location",
    "location": "languages addresses contacts accessibility phones schedules",
    "contact": "phones",
    "phone": "languages",
    "taxonomy_term": "taxonomy_detail",
    "attribute": "taxonomy_term",
}
