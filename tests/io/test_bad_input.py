"""Bad documents give one report with every problem, and the same one on either path."""

import json
import pickle

import pytest

import citess
from citess import CitessError, IntegrityError, ReadError
from citess.errors import ISSUE_CODES
from tests.io.documents import changed, small

GOOD = citess.dumps(small())
HUB = "hubs[citess-mahdia]"


def hub(**fields):
    """A document whose hub has other fields."""
    return changed(lambda tree: tree["hubs"][0].update(fields))


def top(**fields):
    """A document with other top-level keys."""
    return changed(lambda tree: tree.update(fields))


def doubled(shelf):
    """A document that gives every record of a shelf twice."""
    return changed(lambda tree: tree[shelf].extend(tree[shelf]))


TYPES = {
    "website": 5,
    "mode": 2,
    "created": 2017,
    "charter": "yes",
    "territories": "tn-53",
    "name": "Mahdia",
}

ROWS = {
    "nothing": (b"", ReadError, [("bad-json", "")]),
    "no JSON": (b"hubs", ReadError, [("bad-json", "")]),
    "cut short": (GOOD[:-40], ReadError, [("bad-json", "")]),
    "trailing comma": (b'{"a":1,}', ReadError, [("bad-json", "")]),
    "a NUL byte": (b'{"a":"\x00"}', ReadError, [("bad-json", "")]),
    "top level 2": (b"2", ReadError, [("wrong-type", "")]),
    "top level null": (b"null", ReadError, [("wrong-type", "")]),
    "top level list": (b"[]", ReadError, [("wrong-type", "")]),
    "top level string": (b'"a"', ReadError, [("wrong-type", "")]),
    "top level true": (b"true", ReadError, [("wrong-type", "")]),
    "top level 1.5": (b"1.5", ReadError, [("wrong-type", "")]),
    "byte order mark": (b"\xef\xbb\xbf" + GOOD, ReadError, [("byte-order-mark", "")]),
    "UTF-16": (GOOD.decode().encode("utf-16"), ReadError, [("byte-order-mark", "")]),
    "UTF-16 without mark": (GOOD.decode().encode("utf-16-le"), ReadError, [("bad-json", "")]),
    "Latin-1": ('{"a":"é"}'.encode("latin-1"), ReadError, [("bad-encoding", "")]),
    "deep": (b"[" * 100_000, ReadError, [("too-deep", "")]),
    "duplicate key at the top": (
        GOOD.replace(b'"hubs":', b'"hubs":[],"hubs":'),
        ReadError,
        [("duplicate-key", "")],
    ),
    "duplicate key in a record": (
        GOOD.replace(b'"mode":null', b'"mode":null,"mode":"virtual"'),
        ReadError,
        [("duplicate-key", "hubs[0]")],
    ),
    "duplicate key in a value": (
        GOOD.replace(b'"since":"2014"', b'"since":"2014","since":"2015"'),
        ReadError,
        [("duplicate-key", "hubs[0].phases[0]")],
    ),
    "NaN": (top(x=float("nan")), ReadError, [("not-finite", "x")]),
    "Infinity": (top(x=float("inf")), ReadError, [("not-finite", "x")]),
    "minus Infinity": (top(x=-float("inf")), ReadError, [("not-finite", "x")]),
    "1e400": (top(x=0).replace(b'"x": 0', b'"x": 1e400'), ReadError, [("not-finite", "x")]),
    "2^53 + 1": (top(x=2**53 + 1), ReadError, [("number-too-large", "x")]),
    "2^63": (top(x=-(2**63)), ReadError, [("number-too-large", "x")]),
    "5,000 digits": (
        top(x=0).replace(b'"x": 0', b'"x": ' + b"9" * 5000),
        ReadError,
        [("number-too-large", "x")],
    ),
    "lone surrogate": (top(x="\ud800"), ReadError, [("bad-encoding", "")]),
    "escaped surrogate": (
        top(x=0).replace(b'"x": 0', b'"x": "\\udc00"'),
        ReadError,
        [("surrogate", "x")],
    ),
    "65 levels": (
        top(x=0).replace(b'"x": 0', b'"x": ' + b"[" * 64 + b"]" * 64),
        ReadError,
        [("too-deep", "x" + "[0]" * 63)],
    ),
    "no version": (
        changed(lambda tree: tree.pop("schema_version")),
        ReadError,
        [("missing-version", "schema_version")],
    ),
    "version 0": (top(schema_version=0), ReadError, [("bad-version", "schema_version")]),
    "version -1": (top(schema_version=-1), ReadError, [("bad-version", "schema_version")]),
    "version '1'": (top(schema_version="1"), ReadError, [("bad-version", "schema_version")]),
    "version 99": (top(schema_version=99), ReadError, [("bad-version", "schema_version")]),
    "version '0.9'": (top(schema_version="0.9"), ReadError, [("bad-version", "schema_version")]),
    "version '99.0'": (top(schema_version="99.0"), ReadError, [("newer-major", "schema_version")]),
    "another format": (top(format="hsds"), ReadError, [("unknown-format", "format")]),
    "a shelf that is no list": (top(hubs={}), ReadError, [("wrong-type", "hubs")]),
    "a record that is no object": (top(hubs=[2]), ReadError, [("wrong-type", "hubs[0]")]),
    "wrong types, none coerced": (
        hub(**TYPES),
        ReadError,
        [("wrong-type", f"{HUB}.{name}") for name in sorted(TYPES)],
    ),
    "numbers and truths, none coerced": (
        top(
            spaces=[{"id": "s", "name": {"en": "S"}, "capacity": True, "operator": 5}],
            observations=[
                {
                    "id": "o",
                    "subject": "hub:citess-mahdia",
                    "indicator": "jobs",
                    "unit": "jobs",
                    "status": "target",
                    "value": "many",
                }
            ],
        ),
        ReadError,
        [
            ("bad-number", "observations[o].value"),
            ("wrong-type", "spaces[s].capacity"),
            ("wrong-type", "spaces[s].operator"),
        ],
    ),
    "a missing field": (
        changed(lambda tree: tree["hubs"][0].pop("name")),
        ReadError,
        [("missing-field", HUB)],
    ),
    "a code that does not exist": (hub(mode="physica"), ReadError, [("bad-code", f"{HUB}.mode")]),
    "an impossible date": (hub(created="2017-13"), ReadError, [("bad-date", f"{HUB}.created")]),
    "a bad id": (hub(id="Mahdia"), ReadError, [("bad-id", "hubs[Mahdia].id")]),
    "a bad web address": (hub(website="mahdia"), ReadError, [("bad-url", f"{HUB}.website")]),
    "control characters": (
        hub(name={"fr": "a\x07b"}),
        ReadError,
        [("control-character", f"{HUB}.name.fr")],
    ),
    "bidi characters": (
        hub(name={"fr": "a\u202eb"}),
        ReadError,
        [("bidi-character", f"{HUB}.name.fr")],
    ),
    "text not in NFC": (hub(name={"fr": "e\u0301"}), ReadError, [("not-nfc", f"{HUB}.name.fr")]),
    "no text": (hub(name={}), ReadError, [("empty-text", f"{HUB}.name")]),
    "two unfit texts": (
        hub(name={"fr": "", "French": 5}),
        ReadError,
        [("bad-language", f"{HUB}.name.French"), ("empty-text", f"{HUB}.name.fr")]
        + [("wrong-type", f"{HUB}.name.French")],
    ),
    "a value given twice": (
        hub(territories=["tn-53", "tn-53"]),
        ReadError,
        [("repeated-value", f"{HUB}.territories[1]")],
    ),
    "a hub that serves nowhere": (
        hub(territories=[]),
        ReadError,
        [("missing-field", f"{HUB}.territories")],
    ),
    "dangling id": (
        hub(territories=["tn-54"]),
        IntegrityError,
        [("dangling-reference", f"{HUB}.territories[0]")],
    ),
    "duplicate id": (doubled("hubs"), IntegrityError, [("duplicate-id", f"{HUB}.id")]),
    "territories in a circle": (
        changed(
            lambda tree: tree["territories"][0].update(
                parents=[{"scheme": "state", "territory": "tn-53"}]
            )
        ),
        IntegrityError,
        [("circle", "territories[tn-53].parents")],
    ),
    "a period that ends before it starts": (
        top(
            programmes=[
                {"id": "p", "name": {"en": "P"}, "period": {"start": "2017", "end": "2014"}}
            ]
        ),
        ReadError,
        [("end-before-start", "programmes[p].period.end")],
    ),
    "mixed currencies": (
        top(
            financing_lines=[
                {
                    "id": "f",
                    "name": {"en": "F"},
                    "amount_min": {"amount": "5", "currency": "TND"},
                    "amount_max": {"amount": "9", "currency": "EUR"},
                }
            ]
        ),
        ReadError,
        [("mixed-currencies", "financing_lines[f].amount_max")],
    ),
    "money that is no plain decimal": (
        top(
            financing_lines=[
                {
                    "id": "f",
                    "name": {"en": "F"},
                    "amount_min": {"amount": "5.0", "currency": "TND"},
                    "amount_max": {"amount": 9, "currency": "XXX"},
                    "envelope": {"amount": "1e3", "currency": "TND"},
                    "rate": "٣",
                }
            ]
        ),
        ReadError,
        [
            ("bad-currency", "financing_lines[f].amount_max.currency"),
            ("bad-number", "financing_lines[f].amount_min.amount"),
            ("bad-number", "financing_lines[f].envelope.amount"),
            ("bad-number", "financing_lines[f].rate"),
            ("wrong-type", "financing_lines[f].amount_max.amount"),
        ],
    ),
}


@pytest.mark.parametrize("name", ROWS)
@pytest.mark.parametrize("fast", [True, False])
def test_every_bad_document_gives_exactly_its_report(name, fast):
    content, error, expected = ROWS[name]
    with pytest.raises(CitessError) as caught:
        citess.loads(content, fast=fast)
    found = sorted((issue.code, issue.path) for issue in caught.value.report)
    assert (error, sorted(expected)) == (type(caught.value), found)


@pytest.mark.parametrize("name", ROWS)
def test_reports_pickle_and_speak_three_languages(name):
    content, _, _ = ROWS[name]
    with pytest.raises(CitessError) as caught:
        citess.loads(content)
    error = caught.value
    again = pickle.loads(pickle.dumps(error))
    assert (error.report, str(error)) == (again.report, str(again))
    texts = {error.text(language) for language in ("en", "fr", "ar")}
    assert 3 == len(texts)


def test_every_problem_of_a_document_stands_in_one_report():
    content = changed(
        lambda tree: (
            tree["hubs"][0].update(mode="physica", created="2017-13", territories=["tn-54"]),
            tree.update(x=float("nan")),
            tree.pop("schema_version"),
        )
    )
    with pytest.raises(ReadError) as caught:
        citess.loads(content)
    codes = [issue.code for issue in caught.value.report]
    assert ["not-finite", "missing-version", "bad-code", "bad-date"] == codes or sorted(
        ["not-finite", "missing-version", "bad-code", "bad-date"]
    ) == sorted(codes)


def test_a_reference_to_a_record_that_failed_is_not_called_dangling():
    content = changed(lambda tree: tree["territories"][0].update(level="land"))
    with pytest.raises(ReadError) as caught:
        citess.loads(content)
    assert ["bad-code"] == [issue.code for issue in caught.value.report]


def test_an_issue_says_where_what_was_given_what_was_expected_and_what_was_meant():
    with pytest.raises(ReadError) as caught:
        citess.loads(hub(mode="physica"))
    assert (
        "hubs[citess-mahdia].mode: 'physica' is not a code of hub mode; expected one of physical, "
        "virtual, hybrid; did you mean 'physical'? [bad-code]"
    ) == str(caught.value.report.issues[0])


def test_a_document_over_the_limit_is_refused_before_it_is_read():
    with pytest.raises(ReadError) as caught:
        citess.loads(GOOD, max_bytes=100)
    assert ["too-large"] == [issue.code for issue in caught.value.report]


def test_a_string_with_a_byte_order_mark_is_refused():
    with pytest.raises(ReadError) as caught:
        citess.loads("\ufeff" + GOOD.decode())
    assert ["byte-order-mark"] == [issue.code for issue in caught.value.report]


def test_a_string_with_a_lone_surrogate_is_refused():
    with pytest.raises(ReadError) as caught:
        citess.loads(
            json.dumps({"format": "citess", "schema_version": "1.0", "x": "?"}).replace(
                "?", "\ud800"
            )
        )
    assert [("surrogate", "x")] == [(issue.code, issue.path) for issue in caught.value.report]


def test_only_known_codes_are_used():
    used = {code for _, _, expected in ROWS.values() for code, _ in expected}
    assert set() == used - set(ISSUE_CODES)


def test_every_fault_of_a_record_is_listed_also_those_that_its_class_finds():
    document = changed(
        lambda tree: tree.update(
            hubs=[{}],
            spaces=[
                {
                    "id": "s",
                    "name": {"fr": "S"},
                    "point": {"latitude": "91", "longitude": "181"},
                    "period": {"start": "2020-13", "end": "open"},
                    "capacity": -1,
                }
            ],
            follow_ups=[{"on": "2022", "months": -1, "satisfaction": 9}],
        )
    )
    with pytest.raises(ReadError) as caught:
        citess.loads(document)
    found = [(i.code, i.path, dict(i.details).get("field")) for i in caught.value.report]
    assert {
        ("missing-field", "hubs[0]", "id"),
        ("missing-field", "hubs[0]", "name"),
        ("missing-field", "hubs[0]", "territories"),
        ("out-of-range", "spaces[s].point.latitude", None),
        ("out-of-range", "spaces[s].point.longitude", None),
        ("bad-date", "spaces[s].period.start", None),
        ("negative-amount", "spaces[s].capacity", None),
        ("missing-field", "follow_ups[0]", "id"),
        ("missing-field", "follow_ups[0]", "case"),
        ("negative-amount", "follow_ups[0].months", None),
        ("out-of-range", "follow_ups[0].satisfaction", None),
    } == {one for one in found if one[0] != "dangling-reference"}
    assert len(found) == len(set(found))


def test_a_fault_that_hangs_on_another_is_not_made_up():
    document = changed(
        lambda tree: tree.update(
            jobs_counts=[
                {
                    "id": "j",
                    "enterprise": "e",
                    "on": "2024",
                    "heads": 3,
                    "age_band": {"lower": "x", "upper": 0},
                }
            ]
        )
    )
    with pytest.raises(ReadError) as caught:
        citess.loads(document)
    found = [i.path for i in caught.value.report if i.code != "dangling-reference"]
    assert ["jobs_counts[j].age_band.lower"] == [one for one in found if "age_band" in one]
