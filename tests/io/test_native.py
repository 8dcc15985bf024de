"""Saving loses nothing, equal data give equal bytes, and the fast path never changes a result."""

import hashlib
import json
import os
import subprocess
import sys

import pytest
from hypothesis import HealthCheck, given, settings

import citess
from citess import CitessError
from citess.io._fast import prove
from citess.testing import assert_round_trips, assert_valid, bad_documents, whole_datasets
from tests.io.documents import changed, small

EXAMPLES = 2_000 if os.environ.get("CITESS_DEEP") else 25
CALM = settings(
    max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), database=None
)


def outcome(content, *, fast):
    try:
        return citess.loads(content, fast=fast)
    except CitessError as error:
        return type(error), error.report


@CALM
@given(whole_datasets())
def test_whole_datasets_round_trip_on_both_paths(data):
    assert_valid(data)
    assert_round_trips(data)
    assert prove(citess.dumps(data)) == ("proven", data)


@CALM
@given(bad_documents())
def test_a_harmed_document_gives_the_same_on_both_paths(content):
    assert outcome(content, fast=True) == outcome(content, fast=False)


@pytest.mark.deep
@CALM
@given(bad_documents(whole_datasets(size=2).map(citess.dumps)))
def test_any_harmed_document_gives_the_same_on_both_paths(content):
    assert outcome(content, fast=True) == outcome(content, fast=False)


def test_the_real_data_round_trip_and_are_proven():
    data = citess.datasets.tunisia()
    assert_round_trips(data)
    assert "proven" == prove(citess.dumps(data))[0]


def test_order_of_records_does_not_change_the_bytes():
    data = citess.datasets.tunisia()
    backwards = citess.Dataset(reversed(list(data.records())))
    assert citess.dumps(data) == citess.dumps(backwards)


def test_each_record_stands_on_a_line_of_its_own():
    content = citess.dumps(small())
    lines = [line for line in content.splitlines() if line.startswith(b"{") and b'"id"' in line]
    assert 2 == len(lines)


def test_strings_and_bytes_give_the_same():
    content = citess.dumps(small())
    assert citess.loads(content) == citess.loads(content.decode())


def test_unknown_fields_of_a_newer_minor_version_are_kept_and_written_back():
    def newer(tree):
        tree["schema_version"] = "1.7"
        tree["hubs"][0]["motto"] = {"fr": "Ensemble"}
        tree["hubs"][0]["phases"][0]["note"] = [1, None, "a"]
        tree["awards"] = [{"id": "a"}]

    content = changed(newer)
    data = citess.loads(content)
    again = json.loads(citess.dumps(data))
    assert json.loads(content)["hubs"] == again["hubs"]
    assert ("1.7", [{"id": "a"}]) == (again["schema_version"], again["awards"])
    assert data == citess.loads(citess.dumps(data))
    assert "Ensemble" == data.hubs["citess-mahdia"].extra["motto"]["fr"]


def test_a_newer_document_written_by_sorted_keys_is_kept_byte_for_byte():
    content = citess.dumps(small()).replace(b'"1.0"', b'"1.7"')
    content = content.replace(b'"mode":null', b'"mode":null,"motto":"x"')
    assert content == citess.dumps(citess.loads(content))


def test_unknown_fields_stay_when_other_records_change():
    data = citess.loads(changed(lambda tree: tree["hubs"][0].update(motto="x")))
    service = citess.Service(id="advice", kind="advice", name=citess.Text(fr="Conseil"))
    assert b'"motto":"x"' in citess.dumps(data.add(service))


def test_unknown_fields_inside_values_are_kept_where_they_were():
    def newer(tree):
        period = {"start": "2014", "end": "open", "why": "x"}
        tree["programmes"] = [{"id": "p", "name": {"en": "P"}, "period": period}]

    data = citess.loads(changed(newer))
    assert {"period": {"why": "x"}} == dict(data.programmes["p"].extra)
    (written,) = json.loads(citess.dumps(data))["programmes"]
    assert {"start": "2014", "end": "open", "why": "x"} == written["period"]


def test_notes_of_others_on_an_error_name_no_place():
    from citess.io._careful import _step

    error = ValueError()
    error.add_note("by someone else")
    assert ("", 5) == _step(error, 5)


def test_unknown_fields_of_many_records_are_written_beside_known_ones():
    data = citess.datasets.synthetic(hubs=2)
    hub = citess.evolve(next(iter(data.hubs.values())), extra={"motto": "x"})
    data = data.replace(hub)
    assert data == citess.loads(citess.dumps(data))


def test_a_document_in_another_layout_is_read_by_the_careful_path():
    pretty = json.dumps(json.loads(citess.dumps(small())), indent=1).encode()
    assert ("unproven", None) == prove(pretty)
    assert small() == citess.loads(pretty)


def test_an_older_minor_document_is_unproven_and_read():
    content = citess.dumps(small()).replace(b'"1.2"', b'"1.0"')
    assert ("unproven", None) == prove(content)
    assert small() == citess.loads(content)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"tn-53"', b'"tn-54"'),
        (b'["tn-53"]', b'["tn-53","tn-53"]'),
        (b'"citess-mahdia"', b'"Mahdia"'),
        (b'"charter":null', b'"charter":1'),
        (b'"2017-03"', b'"2017-13"'),
        (b'"since":"2014"', b'"since":7'),
        (b'"CitESS Mahdia"', b'" CitESS"'),
        (b'"website":null', b'"website":"x"'),
    ],
)
def test_the_fast_path_calls_what_breaks_a_rule_a_fault(old, new):
    content = citess.dumps(small()).replace(old, new, 1)
    assert ("fault", None) == prove(content)


def test_the_fast_path_refuses_numbers_that_are_not_plain():
    data = citess.datasets.tunisia()
    content = citess.dumps(data)
    for old, new in (
        (b'"value":"200"', b'"value":"2E+2"'),
        (b'"articles":24', b'"articles":9007199254740993'),
    ):
        assert old in content
        assert "fault" == prove(content.replace(old, new, 1))[0]


def test_repeated_members_are_a_fault():
    content = citess.dumps(citess.datasets.tunisia())
    member = b'{"party":"ilo","role":"partner"}'
    assert "fault" == prove(content.replace(member, member + b"," + member, 1))[0]


DIGEST = (
    "import citess, hashlib;"
    "print(hashlib.sha256(citess.dumps(citess.datasets.tunisia())).hexdigest())"
)


def digest(python=sys.executable, **settings_):
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8", **settings_}
    done = subprocess.run(
        [python, "-c", DIGEST], env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


@pytest.mark.parametrize(
    "environment",
    [
        {"PYTHONHASHSEED": "0"},
        {"PYTHONHASHSEED": "4294967295"},
        {"TZ": "Pacific/Kiritimati"},
        {"TZ": "America/New_York"},
        {"LC_ALL": "C"},
        {"LC_ALL": "ar_TN.UTF-8", "LANG": "ar_TN.UTF-8"},
    ],
)
def test_the_digest_of_the_real_data_is_the_same_everywhere(environment):
    here = hashlib.sha256(citess.dumps(citess.datasets.tunisia())).hexdigest()
    assert here == digest(**environment)


def test_the_collector_is_on_again_after_a_load_and_stays_off_when_it_was_off():
    import gc

    citess.loads(citess.dumps(small()))
    assert gc.isenabled()
    gc.disable()
    try:
        citess.loads(citess.dumps(small()))
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_two_loads_at_once_leave_the_collector_as_it_was():
    import gc

    from citess.io._fast import _collector_paused

    first, second = _collector_paused(), _collector_paused()
    first.__enter__()
    second.__enter__()
    first.__exit__(None, None, None)
    assert not gc.isenabled()
    second.__exit__(None, None, None)
    assert gc.isenabled()


def test_unfit_records_that_no_rule_names_still_become_issues():
    from citess.io._careful import _issues

    (issue,) = _issues(RuntimeError("strange"), {"a": 1})
    assert ("unfit-record", "strange") == (issue.code, dict(issue.details)["reason"])
    (missing,) = _issues(KeyError("name"), 5)
    assert "missing-field" == missing.code
