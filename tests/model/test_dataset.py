"""Datasets: consistent, immutable, with every problem at once."""

import copy
import pickle
from decimal import Decimal

import pytest
from hypothesis import given

import citess
from citess import (
    Dataset,
    Hub,
    IntegrityError,
    Observation,
    ObservationStatus,
    PartialDate,
    Partner,
    Period,
    Programme,
    Service,
    Severity,
    Territory,
    TerritoryLevel,
    Text,
    UnknownIdError,
    check,
    diff,
    rivals,
)
from citess.model import GroupingScheme, Member, Parent
from citess.testing import whole_datasets
from tests.few import few

NAME = Text(fr="Nom")
SOURCED = {"evidence": citess.Evidence.SYNTHETIC}


def land(id_, *above):
    parents = tuple(Parent(scheme=GroupingScheme.STATE, territory=t) for t in above)
    level = TerritoryLevel.OTHER
    return Territory(id=id_, name=NAME, level=level, parents=parents, **SOURCED)


def hub(id_="h", where="t", **fields):
    return Hub(id=id_, name=NAME, territories=(where,), **SOURCED, **fields)


def programme(id_="p", period=None, *members):
    return Programme(
        id=id_, name=NAME, period=period, members=tuple(Member(party=m) for m in members), **SOURCED
    )


def figure(id_, subject, value=1, **fields):
    number = None if value is None else Decimal(value)
    return Observation(
        **{
            "id": id_,
            "subject": subject,
            "indicator": "jobs",
            "value": number,
            "unit": "jobs",
            "status": ObservationStatus.REPORTED,
            **SOURCED,
            **fields,
        }
    )


BASE = Dataset.of(land("t"), hub())


def codes(records):
    return [(issue.code, issue.path) for issue in check(records)]


def test_every_problem_is_reported_at_once():
    records = [land("t"), land("t"), hub(where="x"), hub("a"), figure("f", "hub:zz")]
    with pytest.raises(IntegrityError) as caught:
        Dataset.of(*records)
    assert [
        ("duplicate-id", "territories[t].id"),
        ("dangling-reference", "hubs[h].territories[0]"),
        ("dangling-reference", "observations[f].subject"),
    ] == [(issue.code, issue.path) for issue in caught.value.report]


def test_a_dangling_reference_suggests_what_was_meant():
    (issue,) = check([land("mahdia"), hub(where="mahdi")])
    assert "mahdia" == issue.suggestion
    (issue,) = check([land("t"), hub("mahdia"), figure("f", "hub:mahdi")])
    assert ("hub:mahdia", (("kind", "hub"),)) == (issue.suggestion, issue.details)


def test_a_reference_of_an_unknown_kind_is_named():
    assert [("bad-reference", "observations[f].subject")] == codes([figure("f", "hubb:h")])


def test_parties_share_one_space_of_ids_and_so_do_agreements():
    partner = Partner(id="h", name=NAME, **SOURCED)
    assert [("duplicate-id", "partners[h].id")] == codes([land("t"), hub(), partner])


def test_nested_references_are_located():
    records = [land("t"), hub(), programme("p", None, "h", "nobody")]
    assert [("dangling-reference", "programmes[p].members[1].party")] == codes(records)


def test_territories_in_a_circle_are_reported_once_with_the_way_round():
    (issue,) = check([land("a", "b"), land("b", "c"), land("c", "a"), land("d", "a")])
    assert ("circle", "a > b > c > a") == (issue.code, dict(issue.details)["chain"])


def test_a_long_chain_of_territories_does_not_recurse():
    chain = [land("t0")] + [land(f"t{n}", f"t{n - 1}") for n in range(1, 5000)]
    assert 0 == len(check(reversed(chain)))


def test_territories_may_share_a_parent():
    assert 0 == len(check([land("a"), land("b", "a"), land("c", "a", "b"), land("d", "b", "c")]))


def test_codes_that_no_vocabulary_has_and_old_ones_are_doubtful():
    good, odd, old = (
        Service(id=k, name=NAME, kind=k, **SOURCED) for k in ("legal", "legall", "coaching")
    )
    found = list(check([good, odd, old]))
    assert [("unknown-code", "legal"), ("deprecated-code", "advice")] == sorted(
        [(issue.code, issue.suggestion) for issue in found], reverse=True
    )
    assert {Severity.WARNING} == {issue.severity for issue in found}


def test_a_record_without_a_source_is_doubtful():
    service = Service(id="s", name=NAME, kind="legal")
    assert [("no-source", "services[s].sources")] == codes([service])


def test_shelves_are_mappings_sorted_by_id():
    data = Dataset.of(land("t"), hub("b"), hub("a"))
    assert ["a", "b"] == list(data.hubs)
    assert ("a" in data.hubs, 2, hub("a")) == (True, len(data.hubs), data.hubs["a"])
    assert [("a", hub("a"))] == list(data.hubs.items())[:1]
    assert "Shelf('hub', 2: 'a', 'b')" == repr(data.hubs)
    assert data.hubs != {}
    many = Dataset.of(land("t"), *(hub(f"h{n}") for n in range(4)))
    assert repr(many.hubs).endswith("'h2', ...)")
    assert hash(data.hubs) == hash(data.hubs)
    assert data.hubs == pickle.loads(pickle.dumps(data.hubs))


def test_a_missing_id_is_a_key_error_with_a_suggestion():
    with pytest.raises(UnknownIdError, match="no hub has the id 'hh'; did you mean 'h'"):
        BASE.hubs["hh"]
    with pytest.raises(KeyError):
        BASE.hubs[("h",)]
    with pytest.raises(UnknownIdError, match="no shelf has the id 'hubz'"):
        BASE.get("hubz:h")


def test_records_are_found_by_reference():
    assert hub() == BASE.get("hub:h")
    assert BASE.hubs is BASE.shelf("hubs") is BASE.shelf("hub")


def test_records_that_name_another_are_those_that_name_it_and_no_other():
    case = citess.Case(id="c", hub="h", opened=PartialDate("2021"), **SOURCED)
    records = [land("t"), hub(), hub("a"), case, figure("f", "hub:h"), figure("h", "hub:a")]
    naming = citess.model.integrity.refers_to(records, "hub:h")
    assert [case, figure("f", "hub:h")] == list(naming)
    assert (figure("h", "hub:a"),) == citess.model.integrity.refers_to(records, "hub:a")
    assert () == citess.model.integrity.refers_to(records, "observation:h")


def test_datasets_are_values():
    assert BASE == copy.deepcopy(BASE) == pickle.loads(pickle.dumps(BASE))
    assert hash(BASE) == hash(copy.copy(BASE))
    assert BASE != Dataset()
    assert BASE != "BASE"
    assert BASE != Dataset(BASE.records(), extra={"a": 1})
    assert (2, "Dataset(territories=1, hubs=1)") == (len(BASE), repr(BASE))
    with pytest.raises(AttributeError, match="immutable"):
        BASE.hubs = {}
    with pytest.raises(AttributeError, match="immutable"):
        del BASE.hubs


def test_edits_give_new_datasets():
    more = BASE.add(hub("a"))
    assert (["a", "h"], ["h"]) == (list(more.hubs), list(BASE.hubs))
    moved = more.add(land("u")).replace(hub("a", "u"))
    assert ("u",) == moved.hubs["a"].territories
    assert BASE == more.without("hub:a") == more.without(hub("a"))
    with pytest.raises(IntegrityError, match="duplicate-id"):
        BASE.add(hub())
    with pytest.raises(UnknownIdError):
        BASE.replace(hub("a"))
    with pytest.raises(UnknownIdError):
        BASE.without("hub:a")
    with pytest.raises(IntegrityError, match="dangling-reference"):
        BASE.without("territory:t")


def test_datasets_join_when_they_agree():
    other = Dataset.of(land("t"), hub("a"))
    assert ["a", "h"] == list((BASE | other).hubs)
    with pytest.raises(IntegrityError, match=r"hub:h\.created.*conflict"):
        BASE | Dataset.of(land("t"), hub(created=PartialDate("2017")))


def test_a_difference_is_told_field_by_field():
    other = Dataset.of(land("t"), hub(created=PartialDate("2017")), hub("a"))
    found = BASE.diff(other)
    assert ((hub("a"),), (), 2) == (found.added, found.removed, len(found))
    (change,) = found.changed
    assert ("hub:h", "created", None) == (change.ref, change.field, change.before)
    assert (hub("a"),) == diff(other, BASE).removed


def test_what_did_not_hold_leaves_with_what_refers_to_it():
    data = Dataset.of(
        land("t"),
        hub(),
        programme("old", Period.of("2014-01-01", "2017-01-01")),
        programme("vague", Period.of("unknown", "unknown")),
        programme("now", None),
        figure("f", "programme:old"),
        figure("g", "observation:f"),
        figure("k", "hub:h", period=Period.of("2001-01-01", "2002-01-01")),
    )
    later = data.at("2020-01-01")
    assert (["now", "vague"], ["k"]) == (list(later.programmes), list(later.observations))
    assert ["now"] == list(data.at("2020-01-01", unknown="exclude").programmes)
    assert data == data.at("2015-01-01")


def test_a_party_that_leaves_takes_its_agreements_along():
    data = Dataset.of(
        land("t"),
        hub(),
        Partner(id="a", name=NAME, **SOURCED),
        programme("p", Period.of("2014-01-01", "2015-01-01"), "h", "a"),
        figure("f", "partner:a"),
    )
    assert ["f"] == list(data.at("2020-01-01").observations)


def test_rivals_are_figures_of_one_thing_that_differ():
    figures = [
        figure("a", "hub:h", 1),
        figure("b", "hub:h", 2),
        figure("c", "hub:h", 3, as_of=PartialDate("2020")),
        figure("d", "hub:h", 9, status=ObservationStatus.TARGET),
        figure("e", "hub:h", None, indicator="budget"),
        figure("i", "hub:h", 5, indicator="hubs", evidence=citess.Evidence.CONFLICTING),
        figure("j", "hub:h", 5, indicator="hubs", evidence=citess.Evidence.CONFLICTING),
    ]
    (group,) = rivals(figures).values()
    assert ["a", "b"] == [one.id for one in group]


@few(25)
@given(whole_datasets())
def test_whole_datasets_are_values_and_join_with_themselves(data):
    assert data == data | data == pickle.loads(pickle.dumps(data))
    assert 0 == len(data.diff(data))
    assert set(data.at("2020-01-01").records()) <= set(data.records())
    assert data.check().ok
