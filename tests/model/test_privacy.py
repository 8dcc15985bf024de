"""Nothing about a person leaves by repr, message, page or graph, but by the native format."""

import json

import networkx as nx
import pytest

import citess
from citess import Text
from citess.io import loads
from citess.model.fields import field_types
from citess.model.privacy import is_private, is_private_field, withhold
from citess.model.shelves import shelf_types
from citess.report import hub_report

CANARY = "Canary 7d1f"
HEX = "p-" + "c0ffee" * 5 + "00"


def personal_fields():
    return [
        (shelf.record, name, field)
        for shelf in shelf_types()
        for name, field in field_types(shelf.record).items()
        if field.personal
    ]


def with_canaries(record):
    changes = {"extra": {"unknown": CANARY, "deeper": {"list": [CANARY]}}}
    for name, field in field_types(type(record)).items():
        if name == "note":
            changes[name] = Text(fr=CANARY)
        elif field.kind is citess.model.ids.Pseudonym:
            changes[name] = HEX
    return citess.evolve(record, **changes)


DATA = citess.Dataset(
    tuple(with_canaries(r) for r in citess.datasets.synthetic(hubs=2, enterprises=3).records())
)


SMALL = citess.Dataset(
    tuple(with_canaries(r) for r in citess.datasets.synthetic(hubs=1, enterprises=1).records())
)


def leaks(text):
    return [canary for canary in (CANARY, HEX) if canary in str(text)]


def test_the_native_format_keeps_what_is_personal():
    content = citess.dumps(DATA)
    assert [CANARY, HEX] == leaks(content.decode())
    assert DATA == citess.loads(content)


def test_no_repr_or_page_shows_a_canary():
    for record in DATA.records():
        assert [] == leaks(repr(record)) == leaks(record._repr_html_())
        assert "\n" not in repr(record)
    assert [] == leaks(repr(DATA)) == leaks(DATA._repr_html_()) == leaks(repr(DATA.cases))


def test_no_difference_or_conflict_shows_a_canary():
    plain = citess.datasets.synthetic(hubs=2, enterprises=3)
    difference = citess.diff(plain, DATA)
    assert len(difference) > 10
    assert [] == leaks(repr(difference))
    with pytest.raises(citess.IntegrityError) as refused:
        plain | DATA
    assert [] == leaks(refused.value)
    with pytest.raises(citess.IntegrityError) as refused:
        DATA | plain
    assert [] == leaks(refused.value)


def test_what_is_not_private_is_shown_in_a_difference():
    hub = citess.Hub(id="h", name=Text(fr="a"), territories=("tn",))
    change = citess.Change("hub:h", "charter", before=None, after=True)
    assert "Change(hub:h.charter: None -> True)" == repr(change)
    assert not change.is_private
    assert repr(hub) == "Hub(id='h', name=Text({'fr': 'a'}), territories=('tn',))"


WRONG = (7, CANARY, f" {CANARY}", {"fr": CANARY + "\u0007"}, [CANARY, CANARY], {"lower": CANARY})


def broken_documents():
    whole = json.loads(citess.dumps(SMALL))
    shelves = {shelf.name for shelf in shelf_types()}
    for shelf in shelf_types():
        document = {name: [] if name in shelves else value for name, value in whole.items()}
        document[shelf.name] = whole[shelf.name][:1]
        for record in document[shelf.name]:
            for name in [name for name in record if is_private_field(shelf.record, name)]:
                was = record[name]
                for wrong in WRONG:
                    record[name] = wrong
                    yield json.dumps(document)
                record[name] = was


def refusal(content):
    try:
        loads(content)
    except citess.CitessError as error:
        return error
    return None


def test_a_reference_that_leads_nowhere_is_withheld_where_it_is_personal():
    case = citess.evolve(next(iter(DATA.cases.values())), territory="canary-village")
    with pytest.raises(citess.IntegrityError, match=r"territory: .withheld.") as refused:
        DATA.replace(case)
    assert "canary" not in str(refused.value)


def test_no_error_shows_what_is_private():
    errors = [error for error in map(refusal, broken_documents()) if error is not None]
    assert len(errors) > 20
    for error in errors:
        assert [] == leaks(error)
        assert [] == leaks(json.dumps([issue.to_dict("fr") for issue in error.report]))


@pytest.mark.parametrize(("cls", "name", "field"), personal_fields())
def test_constructors_withhold_what_is_personal(cls, name, field):
    good = next(r for r in DATA.records() if type(r) is cls)
    with pytest.raises((TypeError, citess.InvalidValueError)) as refused:
        citess.evolve(good, **{name: (CANARY, CANARY)} if not field.many else {name: CANARY})
    assert [] == leaks(refused.value)
    with pytest.raises((TypeError, citess.InvalidValueError)) as refused:
        citess.evolve(good, **{name: (CANARY,) if field.many else CANARY})
    assert [] == leaks(refused.value)


def test_values_given_twice_are_withheld_too():
    group = citess.PriorityGroup.RURAL
    with pytest.raises(citess.InvalidValueError, match="withheld"):
        citess.Case(id="c", hub="h", opened=citess.PartialDate("2021"), groups=(group, group))


def test_graph_and_report_show_no_canary():
    graph = citess.network.partnership_graph(DATA)
    assert [] == leaks(json.dumps(nx.node_link_data(graph, edges="edges"), default=str))
    for language in ("en", "fr", "ar"):
        assert [] == leaks(json.dumps(hub_report(DATA, language=language).to_dict(), default=str))


def test_no_field_holds_a_name_or_birth_date_of_a_person():
    names = [name for _, name, _ in personal_fields()]
    assert not {"name", "first_name", "last_name", "birth", "birth_date", "phone"} & {*names}
    kinds = {field.kind for _, _, field in personal_fields()}
    assert str not in kinds
    assert citess.PartialDate not in kinds


def test_places_that_are_private():
    paths = ["cases[c].note.fr", "cases[c].client", "hubs[h].tel", "unknown[0].x"]
    assert [True] * 4 == [is_private(path) for path in paths]
    paths = ["cases[c].opened", "label_awards[w].on", "assessments[a].findings[0].finding"]
    assert [False] * 3 == [is_private(path) for path in paths]
    assert is_private_field(citess.Assessment, "findings", "note")
    assert not is_private_field(citess.Assessment, "findings")


def test_a_whole_record_is_never_shown():
    issue = citess.Issue.of("unfit-record", "cases[0]", {"note": CANARY}, reason="x")
    assert "(withheld)" == withhold(issue).given
    told = citess.Issue.of("bad-id", "cases[0].id", "A B")
    assert told is withhold(told)


def test_pseudonyms_depend_on_the_key_and_not_on_the_spelling():
    key, other = b"k" * 16, b"l" * 16
    made = citess.pseudonym("File 17", key)
    assert made == citess.pseudonym(" file\u00a017 ", key) != citess.pseudonym("file 17", other)
    assert citess.Case(id="c", hub="h", opened=citess.PartialDate("2021"), client=made)
    with pytest.raises(ValueError, match="16 bytes") as short:
        citess.pseudonym(CANARY, b"short")
    assert [] == leaks(short.value)
    with pytest.raises(ValueError, match="identity"):
        citess.pseudonym("  ", key)
