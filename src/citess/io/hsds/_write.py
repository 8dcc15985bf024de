"""Records of citess as objects of HSDS, one by one."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Final, cast

from citess import vocab
from citess.io._told import told
from citess.io.hsds import _offers as offers
from citess.io.hsds._keys import key, number, record_key
from citess.io.hsds._profile import (
    PROFILE_VERSION,
    TAXONOMY,
    Entity,
    attribute,
    attributes,
    exported_classes,
    member_term,
)
from citess.io.hsds._required import Required
from citess.model import (
    Enterprise,
    Hub,
    Partner,
    Partnership,
    Programme,
    Record,
    Role,
    Service,
    ServiceOffer,
    Space,
    Territory,
)
from citess.model.shelves import kinds

Records = Mapping[str, Mapping[str, Record]]
Organisation = Hub | Partner | Enterprise

FORMAT: Final = "hsds"
PARTIES: Final = ("hub", "partner", "enterprise")
_CHARACTERS: Final = r"(?:[A-Za-z0-9._~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2})"
_URI: Final = re.compile(
    rf"https?://[A-Za-z0-9._~-]+(?::[0-9]+)?(?:/{_CHARACTERS}*)*"
    rf"(?:\?(?:{_CHARACTERS}|[/?])*)?(?:#(?:{_CHARACTERS}|[/?])*)?"
)
_LINKED: Final = {
    "territory": "taxonomy_term",
    "service": "taxonomy_term",
    "source": "source",
    "partnership": "partnership",
}
_TAXONOMIES: Final = {
    TAXONOMY: "fields and codes of citess that HSDS has no home for",
    f"{TAXONOMY} territories": "areas of the land",
    f"{TAXONOMY} services": "services of the catalogue, whoever offers them",
}


class Writer:
    """Makes the objects of one document; what is lacking and withheld is counted on the way.

    Parameters
    ----------
    records
        Records by kind and id; references that lead nowhere are passed over.
    version
        Version of HSDS.
    required
        Where what is lacking is noted.
    keys
        Ids that records have in HSDS already, by kind and id.
    """

    def __init__(
        self,
        records: Records,
        version: str,
        required: Required,
        keys: Mapping[tuple[str, str], str] | None = None,
    ) -> None:
        self.records = records
        self._keys = keys or {}
        self.version = version
        self.required = required
        self._places: dict[str, list[Space]] = defaultdict(list)
        self._programmes: dict[str, list[Programme]] = defaultdict(list)
        self._agreements: dict[str, list[tuple[str, Role]]] = defaultdict(list)
        for space in cast("Mapping[str, Space]", records["space"]).values():
            self._places[space.hub or space.operator or ""].append(space)
        for programme in cast("Mapping[str, Programme]", records["programme"]).values():
            leads = [member.party for member in programme.members if member.role is Role.LEAD]
            self._programmes[leads[0] if leads else ""].append(programme)
        for agreement in cast("Mapping[str, Partnership]", records["partnership"]).values():
            for member in agreement.members:
                self._agreements[member.party].append((agreement.id, member.role))

    def objects(self) -> Iterator[tuple[str, Entity]]:
        """Every object of the document with its kind, those that others name first."""
        for taxonomy in self._taxonomies():
            yield "taxonomy", taxonomy
        for record in self._of("territory", "service"):
            yield "taxonomy_term", self._term(cast("Territory | Service", record))
        for record in self._of(*PARTIES):
            yield "organization", self._organisation(cast("Organisation", record))
        for record in self._of("service_offer"):
            for service in offers.services(self, cast("ServiceOffer", record)):
                yield "service", service
        for space in self._places[""]:
            yield "location", self._location(space)
        for programme in self._programmes[""]:
            yield "program", self._program(programme)
        for record in self._of(*_LINKED):
            kind = kinds()[type(record)]
            for one in self.profile(record, self.key(kind, record.id), _LINKED[kind]):
                yield "attribute", one

    def _taxonomies(self) -> Iterator[Entity]:
        if any(self.records[kinds()[cls]] for cls in exported_classes()):
            for name, meaning in _TAXONOMIES.items():
                yield {
                    "id": key(f"taxonomy {name}"),
                    "name": name,
                    "description": meaning,
                    "version": PROFILE_VERSION,
                }

    def _of(self, *names: str) -> Iterator[Record]:
        for kind in names:
            yield from self.records[kind].values()

    def key(self, kind: str, id_: str) -> str:
        """Id of a record in HSDS."""
        return self._keys.get((kind, id_)) or record_key(kind, id_)

    def values(self, record: Record) -> dict[str, object]:
        """Fields of a record that are told; what is withheld is counted."""
        return told(record, self.required.losses, FORMAT)

    def attributes(
        self, record: Record, values: Mapping[str, object], link: str, entity: str
    ) -> list[Entity]:
        """Attributes of the profile; a UUID that is the id of the record is not said twice."""
        said = {n: v for n, v in values.items() if (n, v) != ("id", link)}
        return list(attributes(record, said, link, entity, self.version))

    def profile(self, record: Record, link: str, entity: str) -> list[Entity]:
        """Attributes of the profile for all that a record tells."""
        return self.attributes(record, self.values(record), link, entity)

    def named(self, record: Organisation | Space | Programme) -> Entity:
        """Id and names of an object; the second name is that in the second language."""
        names = [text for _, text in record.name.items()]
        made: Entity = {"id": self.key(kinds()[type(record)], record.id), "name": names[0]}
        if len(names) > 1:
            made["alternate_name"] = names[1]
        if record.description is not None:
            made["description"] = str(record.description)
        return made

    def organisation(self, party: str) -> Entity | None:
        """Id, names and description of an organisation, as they stand inside another object."""
        found = (self.records[kind].get(party) for kind in PARTIES)
        record = next((record for record in found if record is not None), None)
        return None if record is None else self.named(cast("Organisation", record))

    def _organisation(self, record: Organisation) -> Entity:
        made = self.named(record)
        website = None if isinstance(record, Enterprise) else record.website
        if website is not None and _URI.fullmatch(website):
            made["website"] = website
        if isinstance(record, Hub) and record.created:
            made["year_incorporated"] = record.created.earliest.year
        if isinstance(record, Partner) and record.active and record.active.start.date:
            made["year_incorporated"] = record.active.start.date.earliest.year
        forms = vocab.scheme("legal-forms")
        if record.legal_form is not None and record.legal_form in forms:
            made["legal_status"] = forms[record.legal_form].label("en")
        link = cast("str", made["id"])
        parts: dict[str, list[Entity]] = {
            "locations": [self._location(space) for space in self._places.get(record.id, ())],
            "programs": [self._program(one) for one in self._programmes.get(record.id, ())],
            "organization_identifiers": [
                {
                    "id": key(f"identifier {link} {n}"),
                    "organization_id": link,
                    "identifier_scheme": one.scheme,
                    "identifier_type": one.scheme,
                    "identifier": one.value,
                }
                for n, one in enumerate(record.identifiers)
            ],
            "attributes": self.profile(record, link, "organization"),
        }
        for agreement, role in self._agreements.get(record.id, ()):
            term = member_term(role)
            one = attribute(term, agreement, link, "organization", self.version, agreement)
            parts["attributes"].append(one)
        made |= {name: found for name, found in parts.items() if found}
        self.required.check("organization", made, record)
        return made

    def _location(self, space: Space) -> Entity:
        made = self.place(space)
        owner = space.hub or space.operator
        if owner:
            kind = "hub" if space.hub else "partner"
            made["organization_id"] = self.key(kind, owner)
        if space.address is not None:
            self.required.lacks_address(space)
        made["attributes"] = self.profile(space, cast("str", made["id"]), "location")
        return made

    def place(self, space: Space) -> Entity:
        """Id, names and coordinates of a space."""
        made = self.named(space)
        made["location_type"] = "physical"
        if space.point is not None:
            made["latitude"] = number(space.point.latitude)
            made["longitude"] = number(space.point.longitude)
        return made

    def places_of(self, hub: str) -> list[Space]:
        """Spaces that belong to a hub."""
        return [space for space in self._places.get(hub, ()) if space.hub == hub]

    def _program(self, programme: Programme) -> Entity:
        made = self.named(programme)
        if "description" not in made and programme.title is not None:
            made["description"] = str(programme.title)
        leads = [member.party for member in programme.members if member.role is Role.LEAD]
        if leads and (lead := self.organisation(leads[0])):
            made["organization_id"] = lead["id"]
        made["attributes"] = self.profile(programme, cast("str", made["id"]), "program")
        self.required.check("program", made, programme)
        return made

    def _term(self, record: Territory | Service) -> Entity:
        kind = kinds()[type(record)]
        if isinstance(record, Territory):
            taxonomy, meaning = f"{TAXONOMY} territories", record.level.english
        else:
            taxonomy, meaning = f"{TAXONOMY} services", _service_meaning(record)
        made: Entity = {
            "id": self.key(kind, record.id),
            "code": f"{kind}:{record.id}",
            "name": str(record.name),
            "description": meaning,
            "taxonomy": taxonomy,
            "taxonomy_id": key(f"taxonomy {taxonomy}"),
            "language": record.name.languages[0],
        }
        if isinstance(record, Territory) and record.parents:
            made["parent_id"] = self.key("territory", record.parents[0].territory)
        return made


def _service_meaning(service: Service) -> str:
    """Description of a service; without one, the label of its kind or its code."""
    if service.description is not None:
        return str(service.description)
    known = vocab.scheme("service-kinds")
    return known[service.kind].label("en") if service.kind in known else service.kind
