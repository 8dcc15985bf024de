"""ESSGlobal RDF: what is written is known to the vocabulary, what is read is whoever's."""

import contextlib
import os
import pathlib
import re
import socket

import pytest
from hypothesis import given, settings

import citess
from citess.i18n import Text
from citess.io.essglobal import from_essglobal, read_essglobal, to_essglobal, write_essglobal
from citess.io.essglobal._terms import carried
from citess.model import (
    Bound,
    Dataset,
    Hub,
    Identifier,
    Partner,
    Period,
    Point,
    Role,
    Sector,
    SseStatus,
    Territory,
    TerritoryLevel,
    evolve,
)
from citess.model.rules import decimal
from citess.testing import mutated, whole_datasets
from tests.io.scenes import mahdia
from tests.io.told import untold

rdflib = pytest.importorskip("rdflib", reason="needs the extra rdf")

DEEP = bool(os.environ.get("CITESS_DEEP"))
STANDARDS = os.environ.get("CITESS_STANDARDS_DIR")
needs_standards = pytest.mark.skipif(
    STANDARDS is None, reason="needs the official fixtures in CITESS_STANDARDS_DIR"
)
ROWS = """
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX dc: <http://purl.org/dc/terms/>
PREFIX vcard: <http://www.w3.org/2006/vcard/ns#>
PREFIX geo: <http://www.w3.org/2003/01/geo/wgs84_pos#>
PREFIX essglobal: <%s>
PREFIX gr: <http://purl.org/goodrelations/v1#>
PREFIX foaf: <http://xmlns.com/foaf/0.1/>
PREFIX rov: <http://www.w3.org/ns/regorg#>
PREFIX place: <http://data.ordnancesurvey.co.uk/ontology/spatialrelations/>
SELECT ?uri ?name ?lat ?lng WHERE {
  ?uri rdf:type ?class . ?uri gr:name ?name .
  FILTER (?class IN (essglobal:SSEInitiative, essglobal:Network))
  OPTIONAL { ?uri foaf:homepage ?www . }
  OPTIONAL { ?uri dc:description ?desc . }
  OPTIONAL { ?uri essglobal:primarySector ?activity . }
  OPTIONAL { ?uri rov:hasRegisteredOrganization ?regorg . }
  OPTIONAL { ?uri essglobal:hasAddress ?addr . }
  OPTIONAL { ?addr vcard:street-address ?street . }
  OPTIONAL { ?addr vcard:locality ?locality . }
  OPTIONAL { ?addr place:within ?within . }
  OPTIONAL { ?within geo:lat ?lat. }
  OPTIONAL { ?within geo:long ?lng. }
}
"""
NAMESPACES = {
    "1.1": "http://purl.org/essglobal/vocab/",
    "V2a": "https://w3id.solidarityeconomy.coop/essglobal/V2a/vocab/",
    "2.1": "https://dev.lod.coop/essglobal/2.1/vocab/",
}


def graph(document):
    return rdflib.Graph().parse(data=document, format="turtle")


def carried_part(data):
    """What of a dataset has a home: records of other classes, and what names them, left out."""
    classes = tuple(carried().values())
    return [record for record in data.records() if isinstance(record, classes)]


@pytest.mark.parametrize("make", [citess.datasets.tunisia, citess.datasets.synthetic, mahdia])
def test_what_is_written_reads_back_and_its_report_tells_the_rest(make):
    data = make()
    document, losses = to_essglobal(data)
    after, report = from_essglobal(document)
    assert ([], True) == (untold(data, after, losses), report.ok)
    assert document == to_essglobal(after)[0]


@settings(max_examples=300 if DEEP else 12)
@given(whole_datasets())
def test_any_dataset_differs_exactly_by_its_report(data):
    document, losses = to_essglobal(data)
    after, report = from_essglobal(document)
    assert ([], True) == (untold(data, after, losses), report.ok)
    assert document == to_essglobal(after)[0]


@settings(max_examples=100 if DEEP else 8)
@given(whole_datasets())
def test_without_the_profile_it_can_be_read_and_what_is_lost_is_told(data):
    document, losses = to_essglobal(data, profile=False, version="2.1")
    after, _ = from_essglobal(document)
    assert "urn:citess:terms:Hub" not in document.replace("dcterms:type citess:Hub", "")
    parties = {record.id for record in data.records() if isinstance(record, Hub | Partner)}
    assert parties <= set(after.partners) | set(after.hubs)
    assert any(record.evidence for record in data.records()) <= bool(losses.lost)


@needs_standards
@pytest.mark.parametrize("make", [citess.datasets.tunisia, citess.datasets.synthetic, mahdia])
def test_every_term_of_essglobal_stands_in_the_vocabulary(make):
    path = pathlib.Path(STANDARDS or "") / "essglobal-1.1" / "essglobal-vocab.ttl"
    known = {str(s) for s in rdflib.Graph().parse(path).subjects()}
    nodes = {str(node) for triple in graph(to_essglobal(make())[0]) for node in triple}
    used = {node for node in nodes if node.startswith(NAMESPACES["1.1"])}
    assert used
    assert set() == used - known


@needs_standards
def test_properties_of_essglobal_stand_on_the_classes_of_their_domain():
    path = pathlib.Path(STANDARDS or "") / "essglobal-1.1" / "essglobal-vocab.ttl"
    vocabulary = rdflib.Graph().parse(path)
    owl, rdf, rdfs = rdflib.OWL, rdflib.RDF, rdflib.RDFS
    written = graph(to_essglobal(mahdia())[0]) + graph(to_essglobal(citess.datasets.tunisia())[0])
    for subject, predicate in {(s, p) for s, p in written.subject_predicates()}:
        if not str(predicate).startswith(NAMESPACES["1.1"]):
            continue
        domains = set()
        for domain in vocabulary.objects(predicate, rdfs.domain):
            union = vocabulary.value(domain, owl.unionOf)
            members = [domain] if union is None else list(vocabulary.items(union))
            domains |= set(members)
        assert domains & set(written.objects(subject, rdf.type)), (subject, predicate)


def few():
    """A few made-up records: the query takes time with the square of them."""
    return citess.datasets.synthetic(hubs=1, partners=4, enterprises=4)


@pytest.mark.parametrize("version", NAMESPACES)
@pytest.mark.parametrize("make", [citess.datasets.tunisia, few, mahdia])
def test_the_query_of_the_map_gives_one_row_for_each_initiative(make, version):
    written = graph(to_essglobal(make(), version=version)[0])
    rows = list(written.query(ROWS % NAMESPACES[version]))
    ess = rdflib.Namespace(NAMESPACES[version])
    expected = {
        *written.subjects(rdflib.RDF.type, ess.SSEInitiative),
        *written.subjects(rdflib.RDF.type, ess.Network),
    }
    assert len(expected) == len(rows)
    assert expected == {row.uri for row in rows}


def test_coordinates_stand_on_the_address_and_on_the_place_it_lies_within():
    written = graph(to_essglobal(mahdia())[0])
    rows = {str(row.name): row for row in written.query(ROWS % NAMESPACES["1.1"])}
    assert (decimal("35.504"), decimal("11.062")) == tuple(
        value.toPython() for value in (rows["CitESS Mahdia"].lat, rows["CitESS Mahdia"].lng)
    )
    assert rows["El Amel"].lat is None
    geo = rdflib.Namespace("http://www.w3.org/2003/01/geo/wgs84_pos#")
    ess = rdflib.Namespace(NAMESPACES["1.1"])
    addresses = [
        s for s in written.subjects(geo.lat) if (s, rdflib.RDF.type, ess.Address) in written
    ]
    assert 1 == len(addresses)


def test_hubs_are_networks_and_public_bodies_are_no_initiatives():
    written = graph(to_essglobal(mahdia())[0])
    rdf, ess = rdflib.RDF.type, rdflib.Namespace(NAMESPACES["1.1"])
    org = rdflib.Namespace("http://www.w3.org/ns/org#")
    name = rdflib.URIRef("http://purl.org/dc/terms/identifier")

    def ids(class_):
        return {str(written.value(s, name)) for s in written.subjects(rdf, class_)}

    assert {"citess-mahdia"} == ids(ess.Network)
    assert {"amel", "bees"} == ids(ess.SSEInitiative)
    assert {"town"} == ids(org.Organization)
    assert 2 == len(set(written.subjects(rdf, org.Membership)))
    assert {"lead", "partner"} == {
        str(written.value(role, rdflib.SKOS.notation)) for role in written.objects(None, org.role)
    }


def test_an_enterprise_said_to_be_outside_the_sse_is_a_plain_organisation():
    bees = evolve(mahdia().enterprises["bees"], sse_status=SseStatus.NONE)
    document, _ = to_essglobal(mahdia().replace(bees))
    assert 1 == document.count("essglobal:SSEInitiative")
    assert "primarySector" not in document


@pytest.mark.parametrize("end", ["open", "unknown", "2019", "2019-05", "2019-05-01"])
@pytest.mark.parametrize("start", ["unknown", "2017", "2017-03-14"])
def test_open_and_unknown_ends_are_told_apart(start, end):
    tie = evolve(mahdia().partnerships["tie"], period=Period(start=Bound(start), end=Bound(end)))
    data = mahdia().replace(tie)
    after, _ = from_essglobal(to_essglobal(data)[0])
    assert tie == after.partnerships["tie"]


def test_addresses_of_records_are_uuids_or_stand_below_a_base():
    data = mahdia()
    document, _ = to_essglobal(data)
    assert document == to_essglobal(data)[0]
    assert re.search(r"<urn:uuid:[0-9a-f-]{36}>\n    a citess:Hub", document)
    published, _ = to_essglobal(data, base="https://example.org/data/")
    assert "<https://example.org/data/hub/citess-mahdia>\n    a citess:Hub" in published
    assert data == from_essglobal(published)[0]
    with pytest.raises(ValueError, match="must be a web address"):
        to_essglobal(data, base="nowhere")
    with pytest.raises(ValueError, match="no version of ESSGlobal"):
        to_essglobal(data, version="3")


def test_strict_refuses_what_has_no_home():
    with pytest.raises(citess.LossError, match="observations"):
        to_essglobal(citess.datasets.tunisia(), strict=True)
    assert to_essglobal(mahdia(), strict=True)[1].ok


def test_what_is_about_persons_notes_and_unknown_is_withheld_and_counted():
    data = citess.datasets.synthetic()
    hub = evolve(next(iter(data.hubs.values())), extra={"phone": "+216 00 000 000"})
    document, losses = to_essglobal(data.replace(hub))
    assert "+216" not in document
    assert (1, 60) == (losses.lost["hubs[].phone"], losses.lost["cases[].client"])


MESSY = """
@prefix ess: <%s> .
@prefix gr: <http://purl.org/goodrelations/v1#> .
@prefix dc: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix geo: <http://www.w3.org/2003/01/geo/wgs84_pos#> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix os: <http://data.ordnancesurvey.co.uk/ontology/spatialrelations/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix time: <http://www.w3.org/2006/time#> .
@prefix vcard: <http://www.w3.org/2006/vcard/ns#> .
@prefix x: <https://example.org/> .
x:amel a ess:SSEInitiative ; gr:name " El  Amel "@FR , "Hope"@EN ;
  dc:description "Ruches\\r\\net miel"@FR ; foaf:homepage "https://amel.example" ;
  ess:organisationalStructure <%sorganisational-structure/OS90> ;
  ess:primarySector <%sactivities-ica/ICA10> ;
  ess:hasAddress x:amel-address ; vcard:hasTelephone [ vcard:value "+216 1" ] ;
  ess:TotalWomen "12" ; dc:isPartOf x:union .
x:amel-address a ess:Address ; vcard:street-address "1, rue des Oliviers" ;
  vcard:locality "Mahdia" ; vcard:country-name "Tunisia" ; os:within x:grid .
x:grid geo:lat "35.5" ; geo:long "11.06" .
x:union a ess:Network ; skos:prefLabel "Union"@FR .
x:NoLabel a ess:SSEInitiative ; foaf:homepage "www.example.org" .
x:town a org:Organization ; gr:name "Commune" .
x:m a org:Membership ; org:member x:town ; org:organization x:union ; org:role x:role-host ;
  org:memberDuring [ time:hasBeginning [ time:inXSDDate "2019-02-03" ] ] .
"""


def messy(namespace):
    lists = f"{namespace.partition('vocab/')[0]}standard/"
    return MESSY % (namespace, lists, lists)


@pytest.mark.parametrize(
    "namespace", [*NAMESPACES.values(), "http://purl.org/essglobal/vocab/v1.1/"]
)
def test_documents_of_others_are_read_in_every_namespace(namespace):
    data, report = from_essglobal(messy(namespace))
    amel = data.partners["hope"]
    assert Text(en="Hope", fr="El  Amel") == amel.name
    assert Text(fr="Ruches\net miel") == amel.description
    assert ("TN", "https://amel.example", Sector.SSE) == (amel.country, amel.website, amel.sector)
    assert "ILO-COOP" == amel.legal_form
    site = data.spaces["hope"]
    assert "1, rue des Oliviers, Mahdia" == site.address
    assert Point(latitude=decimal("35.5"), longitude=decimal("11.06")) == site.point
    ties = {frozenset(m.party for m in tie.members): tie for tie in data.partnerships.values()}
    assert {frozenset({"hope", "union"}), frozenset({"commune", "union"})} == set(ties)
    membership = ties[frozenset({"commune", "union"})]
    assert Period.of("2019-02-03", "unknown") == membership.period
    assert {"union": Role.LEAD, "commune": Role.HOST} == {
        m.party: m.role for m in membership.members
    }
    assert {"missing-field", "blank-edge", "control-character"} == {i.code for i in report.issues}
    assert Text(und="No Label") == data.partners["no-label"].name


@pytest.mark.parametrize("namespace", NAMESPACES.values())
def test_what_citess_has_no_field_for_is_kept_and_written_back(namespace):
    data, _ = from_essglobal(messy(namespace))
    document, losses = to_essglobal(data)
    assert losses.ok
    after, _ = from_essglobal(document)
    assert data == after
    assert "+216 1" in document
    assert "ICA10" in document
    native = citess.loads(citess.dumps(data))
    assert document == to_essglobal(native)[0]


GRID = """
@prefix ess: <http://purl.org/essglobal/vocab/> .
@prefix gr: <http://purl.org/goodrelations/v1#> .
@prefix geo: <http://www.w3.org/2003/01/geo/wgs84_pos#> .
@prefix os: <http://data.ordnancesurvey.co.uk/ontology/spatialrelations/> .
@prefix vcard: <http://www.w3.org/2006/vcard/ns#> .
@prefix x: <https://example.org/> .
x:a a ess:SSEInitiative ; gr:name "A" ; ess:hasAddress <https://example.org/a#Address> .
<https://example.org/a#Address> geo:lat 35.5010 ; geo:long 11.06 ; vcard:locality "Mahdia" ;
  os:within x:postcode .
x:b a ess:SSEInitiative ; gr:name "B" ; ess:hasAddress <https://example.org/b#Address> .
<https://example.org/b#Address> geo:lat 0 ; geo:long 0 ; os:within x:postcode .
x:c a ess:SSEInitiative ; gr:name "C" ; ess:hasAddress <https://example.org/c#Address> .
<https://example.org/c#Address> geo:lat 35.7 ; geo:long 10.6 ; os:within x:elsewhere .
x:d a ess:SSEInitiative ; gr:name "D" ; ess:hasAddress <https://example.org/d#Address> .
<https://example.org/d#Address> geo:lat 0 ; geo:long 0 .
x:postcode geo:lat 35.5 ; geo:long 11.1 .
"""


def rows(document):
    """Places of initiatives, as the map asks for them."""
    found = graph(document).query(
        """
        SELECT ?name ?within ?lat WHERE {
          ?one a <http://purl.org/essglobal/vocab/SSEInitiative> ;
            <http://purl.org/goodrelations/v1#name> ?name ;
            <http://purl.org/essglobal/vocab/hasAddress> ?address .
          ?address <http://data.ordnancesurvey.co.uk/ontology/spatialrelations/within> ?within .
          ?within <http://www.w3.org/2003/01/geo/wgs84_pos#lat> ?lat
        }"""
    )
    return sorted((str(name), str(within), float(lat)) for name, within, lat in found)


def test_the_place_that_an_address_lies_within_is_kept_with_its_coordinates():
    data, report = from_essglobal(GRID)
    assert (True, ["a", "b", "c"]) == (report.ok, list(data.spaces))
    document, losses = to_essglobal(data)
    assert losses.ok
    assert data == from_essglobal(document)[0]
    postcode = "https://example.org/postcode"
    assert [("A", postcode, 35.5), ("B", postcode, 35.5)] == rows(document)
    before = {(p, o) for s, p, o in graph(GRID) if "Address" in s and "/d" not in s}
    assert before <= {(p, o) for _, p, o in graph(document)}


def test_where_a_record_is_by_now_replaces_what_was_said_of_its_address():
    data, _ = from_essglobal(GRID)
    moved = evolve(
        data.spaces["a"],
        address="Sousse",
        point=Point(latitude=decimal("35.8"), longitude=decimal("10")),
    )
    unknown = evolve(data.spaces["c"], point=None)
    document, _ = to_essglobal(data.replace(moved, unknown))
    assert [("A", 35.8), ("B", 35.5)] == [(name, lat) for name, _, lat in rows(document)]
    assert ('vcard:street-address "Sousse"' in document) > ("vcard:locality" in document)
    assert (
        data.replace(moved, unknown).spaces["a"].point
        == from_essglobal(document)[0].spaces["a"].point
    )


def test_a_place_at_zero_is_no_place_and_one_beyond_the_globe_is_a_fault():
    zero = messy(NAMESPACES["1.1"]).replace('"35.5"', '"0"').replace('"11.06"', '"0.0"')
    assert from_essglobal(zero)[0].spaces["hope"].point is None
    far = messy(NAMESPACES["1.1"]).replace('"35.5"', '"335.5"').replace('"11.06"', '"x"')
    with pytest.raises(citess.ReadError) as caught:
        from_essglobal(far)
    assert ["335.5", "x"] == [issue.given.strip("'") for issue in caught.value.report]
    assert all("example.org/grid geo:" in issue.path for issue in caught.value.report)


@pytest.mark.parametrize(
    ("document", "syntax", "code"),
    [
        ("x a b .", "turtle", "bad-rdf"),
        (b"\xff\xfe", "turtle", "bad-encoding"),
        ("\ud800", "turtle", "bad-encoding"),
        ("[" * 20_000, "turtle", "bad-rdf"),
        ("<a> <b> <c>", "xml", "bad-rdf"),
        ('<!DOCTYPE a [<!ENTITY b "c">]><a/>', "xml", "has-dtd"),
        ('{"@context": "https://example.org/c.jsonld"}', "json-ld", "remote-context"),
        ('{"@context": [{"@import": "https://example.org/c"}]}', "json-ld", "remote-context"),
        ('{"@context": ["https://example.org/c"]}', "json-ld", "remote-context"),
        ("[" * 70 + "]" * 70, "json-ld", "too-deep"),
        ("{", "json-ld", "bad-rdf"),
        ("[" * 200_000, "json-ld", "bad-rdf"),
    ],
)
def test_what_is_no_rdf_is_refused_with_a_reason(document, syntax, code):
    with pytest.raises(citess.ReadError) as caught:
        from_essglobal(document, format=syntax)
    assert [code] == [issue.code for issue in caught.value.report]


def test_the_size_and_the_format_are_checked_first():
    with pytest.raises(citess.ReadError, match="too-large"):
        from_essglobal("x" * 20, max_bytes=10)
    with pytest.raises(ValueError, match="format must be one of"):
        from_essglobal("", format="n3")


def test_records_that_do_not_fit_are_a_fault_of_the_document():
    document, _ = to_essglobal(mahdia())
    broken = document.replace('dcterms:identifier "tn-53"', 'dcterms:identifier "amel"')
    assert from_essglobal(broken)[0].territories["amel"]
    torn = re.sub(r"dcterms:spatial <[^>]*>", "dcterms:spatial <urn:x:none>", document)
    with pytest.raises(citess.ReadError, match="dangling-reference") as caught:
        from_essglobal(torn)
    assert "hubs[citess-mahdia].territories[0]" in {issue.path for issue in caught.value.report}
    wrong = document.replace('citess:kind "cooperation"', 'citess:kind "friendship"')
    with pytest.raises(citess.ReadError, match=r"partnerships.*bad-code"):
        from_essglobal(wrong)


def test_files_are_read_by_their_suffix(tmp_path):
    data = mahdia()
    path = tmp_path / "hub.ttl"
    assert write_essglobal(data, path, version="V2a").ok
    assert data == read_essglobal(path)[0]
    other = tmp_path / "hub.jsonld"
    other.write_text(graph(path.read_text("utf-8")).serialize(format="json-ld", auto_compact=False))
    assert data == read_essglobal(other)[0]
    xml = tmp_path / "hub.rdf"
    graph(path.read_text("utf-8")).serialize(xml, format="xml")
    assert data == read_essglobal(xml)[0]
    with pytest.raises(ValueError, match="no RDF by its name"):
        read_essglobal(tmp_path / "hub.csv")


def test_reading_needs_the_extra(monkeypatch):
    monkeypatch.setattr("citess.io.essglobal._graph.find_spec", lambda _: None)
    with pytest.raises(citess.MissingExtraError, match=r"citess\[rdf\]"):
        from_essglobal("")
    assert to_essglobal(mahdia())[0]


def test_nothing_is_fetched(monkeypatch):
    def refuse(*_args, **_kwargs):
        raise AssertionError

    monkeypatch.setattr(socket.socket, "connect", refuse)
    document, _ = to_essglobal(citess.datasets.synthetic())
    assert from_essglobal(document)[1].ok


@pytest.mark.parametrize(
    "document", [to_essglobal(mahdia())[0].encode(), messy(NAMESPACES["2.1"]).encode()]
)
@pytest.mark.deep
def test_damaged_documents_raise_nothing_but_errors_of_citess(document):
    @settings(max_examples=int(os.environ.get("CITESS_FUZZ", "1500")))
    @given(mutated(document))
    def never_escapes(content):
        with contextlib.suppress(citess.CitessError):
            from_essglobal(content)

    never_escapes()


@settings(max_examples=60)
@given(mutated(messy(NAMESPACES["2.1"]).encode()))
def test_a_few_damaged_documents_raise_nothing_but_errors_of_citess(content):
    with contextlib.suppress(citess.CitessError):
        from_essglobal(content)


def test_identifiers_keep_their_order_and_addresses_that_are_no_iri_survive():
    coop = evolve(
        mahdia().partners["amel"],
        identifiers=(Identifier(scheme="b", value="1"), Identifier(scheme="a", value="2")),
        website="https://example.org/{id}",
    )
    data = mahdia().replace(coop)
    document, _ = to_essglobal(data)
    assert '"https://example.org/{id}"^^xsd:anyURI' in document
    assert data == from_essglobal(document)[0]


ODD = """
@prefix ess: <http://purl.org/essglobal/vocab/> .
@prefix gr: <http://purl.org/goodrelations/v1#> .
@prefix adr: <http://www.w3.org/2006/vcard/ns#> .
@prefix geo: <http://www.w3.org/2003/01/geo/wgs84_pos#> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix os: <http://data.ordnancesurvey.co.uk/ontology/spatialrelations/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix time: <http://www.w3.org/2006/time#> .
@prefix dc: <http://purl.org/dc/terms/> .
@prefix x: <https://example.org/> .
x:a a ess:SSEInitiative ; gr:name "A"@FR, "AA"@fr, x:name ; ess:hasAddress "nowhere", x:empty ;
  ess:legalForm "L2", x:form, <http://purl.org/essglobal/standard/legal-form/L5> ;
  ess:phone <https://example.org/a#phone> ;
  foaf:homepage <https://one.example>, <https://two.example> ;
  dc:hasPart x:a, x:b, x:elsewhere .
x:b a ess:SSEInitiative ; gr:name "B" ; adr:hasAddress x:b-address .
x:b-address os:within "a grid", x:grid ; adr:postal-code "  " ; adr:locality "Mahdia" .
x:empty a ess:Address .
<https://example.org/a#phone> adr:value "1" .
x:m1 a org:Membership ; org:organization x:tie ; org:member x:a, x:elsewhere ; org:role x:none ;
  org:memberDuring [ time:hasBeginning [ time:inXSDDate "soon" ] ; time:hasEnd "later" ] .
x:m2 a org:Membership ; org:organization x:tie ; org:member x:b .
x:tie <http://www.w3.org/2004/02/skos/core#prefLabel> "Accord"@fr .
x:m3 a org:Membership ; org:organization x:a ; org:member x:a .
"""


def test_odd_statements_of_others_are_read_as_far_as_they_go():
    data, report = from_essglobal(ODD)
    a, b = data.partners["a"], data.partners["b"]
    assert (Text(fr="A"), "ILO-SE", None) == (a.name, a.legal_form, a.website)
    assert {"b"} == set(data.spaces)
    assert "Mahdia" == data.spaces["b"].address
    tie = data.partnerships["a-b"]
    assert (Text(fr="Accord"), Period.of("unknown", "unknown")) == (tie.name, tie.period)
    assert {Role.PARTNER} == {member.role for member in tie.members}
    assert 1 == len(data.partnerships)
    assert "too-few-members" in {issue.code for issue in report.issues}
    assert b.country is None
    document, losses = to_essglobal(data)
    assert (data, True) == (from_essglobal(document)[0], losses.ok)
    rows = list(graph(document).query(ROWS % NAMESPACES["1.1"]))
    assert {"A", "B"} == {str(row.name) for row in rows}


@pytest.mark.parametrize(
    "kept",
    [
        "text",
        {"no address": [{"@value": "x"}]},
        {"urn:x:p": "text"},
        {"urn:x:p": ["text", {"@value": "x", "@language": "not a tag", "@type": "no address"}]},
        {"urn:x:p": [{"@id": "no address"}, {"@id": "urn:x:o", "urn:x:q": [{"@value": "y"}]}]},
        {"urn:x:p": [{"urn:x:q": [{"urn:x:r": [{"@value": "z", "@language": "fr"}]}]}]},
    ],
)
def test_what_was_kept_is_written_whatever_it_is(kept):
    coop = evolve(mahdia().partners["amel"], extra={"essglobal": kept})
    document, _ = to_essglobal(mahdia().replace(coop))
    assert graph(document)
    again, _ = from_essglobal(document)
    assert document == to_essglobal(again)[0]


def test_documents_of_citess_that_somebody_changed_are_read_as_far_as_they_go():
    document, _ = to_essglobal(mahdia())
    nameless = re.sub(r'    dcterms:identifier "amel" ;\n', "", document)
    after, _ = from_essglobal(nameless)
    assert 2 == len(after.partners)
    assert "amel" not in after.partners
    bare = re.sub(r"    skos:notation [^;]*;\n", "", document)
    assert mahdia() == from_essglobal(bare)[0]
    twice = document.replace('gr:name "El Amel"@fr', 'gr:name "El Amel"@fr , "Amal"@FR')
    with pytest.raises(citess.ReadError, match="repeated-value"):
        from_essglobal(twice)
    thing = document.replace('gr:name "El Amel"@fr', "gr:name <urn:x:name>")
    with pytest.raises(citess.ReadError, match="missing-field"):
        from_essglobal(thing)
    whole = document.replace('citess:end "open"', "citess:end <urn:x:open>")
    period = from_essglobal(whole)[0].partnerships["tie"].period
    assert Period.of("2017-03", "unknown") == period
    added = document.replace(
        'dcterms:identifier "amel" ;', 'dcterms:identifier "amel" ; foaf:nick "A" ;'
    )
    added = "@prefix foaf: <http://xmlns.com/foaf/0.1/> .\n" + added
    data, _ = from_essglobal(added)
    assert 'foaf:nick "A"' in to_essglobal(data)[0]


def test_values_of_every_kind_come_back():
    space = evolve(mahdia().spaces["shop"], capacity=12, address="1, rue")
    hub = evolve(mahdia().hubs["citess-mahdia"], charter=False, description=Text(en="a", fr="b"))
    data = mahdia().replace(space, hub)
    document, _ = to_essglobal(data)
    assert data == from_essglobal(document)[0]
    wrong = document.replace('citess:capacity "12"', 'citess:capacity "many"')
    with pytest.raises(citess.ReadError, match="wrong-type"):
        from_essglobal(wrong.replace("^^xsd:integer", ""))
    plain, losses = to_essglobal(data, profile=False)
    assert "citess:charter" not in plain
    assert {"hubs[].charter", "hubs[].description"} <= set(losses.lost)


def test_country_and_locality_names_stand_in_the_address():
    country = Territory(id="tn", name=Text(fr="Tunisie"), level=TerritoryLevel.COUNTRY)
    town = Territory(id="t", name=Text(und="Ksour"), level=TerritoryLevel.MUNICIPALITY)
    one = Partner(id="one", name=Text(fr="Un"), territories=("tn",), country="TN")
    two = Partner(id="two", name=Text(fr="Deux"), territories=("t",), country="ZZ")
    three = Partner(id="three", name=Text(fr="Trois"), country="FR")
    document, _ = to_essglobal(Dataset.of(country, town, one, two, three))
    assert 'vcard:country-name "Tunisie"@fr' in document
    assert 'vcard:locality "Ksour"' in document
    assert 'vcard:country-name "France"@en' in document


def test_a_hub_without_parts_lacks_what_the_profile_of_the_vocabulary_wants():
    alone = mahdia().without("partnership:tie")
    _, losses = to_essglobal(alone)
    assert ["hubs[citess-mahdia]"] == [issue.path for issue in losses.issues]
    assert "dcterms:hasPart" in losses.text()


@pytest.mark.parametrize("make", [citess.datasets.tunisia, citess.datasets.synthetic, mahdia])
def test_own_check_of_the_cardinalities_of_the_profile(make):
    written = graph(to_essglobal(make())[0])
    ess = rdflib.Namespace(NAMESPACES["1.1"])
    name = rdflib.URIRef("http://purl.org/goodrelations/v1#name")
    described = rdflib.URIRef("http://purl.org/dc/terms/description")
    for class_ in (ess.SSEInitiative, ess.Network):
        for one in written.subjects(rdflib.RDF.type, class_):
            assert 1 == len(list(written.objects(one, name)))
            for term in (described, ess.legalForm, ess.hasAddress, ess.primarySector):
                assert len(list(written.objects(one, term))) <= 1


def test_what_hangs_on_a_record_without_end_is_cut_and_told():
    chain = "".join(f"_:n{n} <urn:x:p> _:n{n + 1} . " for n in range(40))
    data, report = from_essglobal(ODD + f"x:b <urn:x:p> _:n0 . {chain}")
    assert ["too-deep"] == [issue.code for issue in report.issues if issue.code == "too-deep"]
    assert data.partners["b"].extra["essglobal"]


def test_the_parser_says_nothing_to_the_terminal(capfd):
    bad = ODD + 'x:b <urn:x:p> "many"^^<http://www.w3.org/2001/XMLSchema#integer> .'
    data, _ = from_essglobal(bad)
    assert ("", "") == tuple(capfd.readouterr())
    assert data == from_essglobal(to_essglobal(data)[0])[0]


def test_texts_beside_what_others_said_come_back():
    said = {"http://purl.org/dc/terms/description": ({"@value": "Ruches", "@language": "fr"},)}
    coop = evolve(
        mahdia().partners["amel"], description=Text(fr="a", ar="b"), extra={"essglobal": said}
    )
    shop = evolve(
        mahdia().spaces["shop"],
        address="Sahel",
        extra={"essglobal": {"http://www.w3.org/2006/vcard/ns#region": ({"@value": "Sahel"},)}},
    )
    one = evolve(mahdia().hubs["citess-mahdia"], description=Text(fr="une"))
    data = mahdia().replace(coop, shop, one)
    document, _ = to_essglobal(data)
    after, _ = from_essglobal(document)
    assert data.partners["amel"].description == after.partners["amel"].description
    assert document == to_essglobal(after)[0]
    assert 'vcard:region "Sahel"' in document
    assert '"b"@ar' not in to_essglobal(data, profile=False)[0]


def test_small_oddities_do_no_harm():
    document, _ = to_essglobal(mahdia())
    odd = document.replace('dcterms:identifier "amel"', 'dcterms:identifier "El Amel", "amel"')
    odd = odd.replace('skos:notation "lead"', "skos:notation <urn:x:lead>")
    odd = odd.replace('dcterms:identifier "town"', "dcterms:identifier 'town' ; citess:aliases ()")
    assert mahdia() == from_essglobal(odd)[0]
    torn = re.sub(r"    citess:members [^;]*;\n", "", document)
    with pytest.raises(citess.ReadError, match="missing-field"):
        from_essglobal(torn)
    with pytest.raises(citess.ReadError, match="wrong-type"):
        from_essglobal(
            torn.replace('citess:kind "coop', 'citess:members ("x" "y"); citess:kind "coop')
        )
    undated = ODD.replace("org:memberDuring", "org:remark")
    assert from_essglobal(undated)[0].partnerships["a-b"].period is None


def test_an_address_may_be_no_more_than_a_point():
    text = messy(NAMESPACES["1.1"])
    for part in ('vcard:street-address "1, rue des Oliviers" ;', 'vcard:locality "Mahdia" ;'):
        assert part in text
        text = text.replace(part, "")
    site = from_essglobal(text)[0].spaces["hope"]
    assert None is site.address
    assert Point(latitude=decimal("35.5"), longitude=decimal("11.06")) == site.point
