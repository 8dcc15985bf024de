"""Whatever comes, nothing leaves the readers but a dataset or a CitessError.

The deep run tries more, and ``tests/deep/test_fuzz.py`` lets atheris choose the bytes.
"""

import contextlib
import io
import json
import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citess import CitessError
from citess.io import (
    read_geojson,
    read_graphml,
    read_hsds,
    read_jgf,
    read_jsonl,
    read_node_link,
    read_sse_csv,
    records,
    to_geojson,
    to_graphml,
    to_hsds,
    to_jgf,
    to_node_link,
    to_sse_csv,
    write_jsonl,
)
from tests.io.scenes import mahdia

DEEP = bool(os.environ.get("CITESS_DEEP"))
MANY = 2_000 if DEEP else 15
READERS = {
    "node-link": read_node_link,
    "jgf": read_jgf,
    "graphml": read_graphml,
    "jsonl": read_jsonl,
    "records": lambda stream: list(records(stream)),
    "geojson": read_geojson,
    "hsds": read_hsds,
}


def _lines():
    stream = io.BytesIO()
    write_jsonl(mahdia(), stream)
    return stream.getvalue()


SEEDS = {
    "node-link": json.dumps(to_node_link(mahdia())[0]).encode(),
    "jgf": json.dumps(to_jgf(mahdia())[0]).encode(),
    "graphml": to_graphml(mahdia())[0].encode(),
    "jsonl": _lines(),
    "records": _lines(),
    "geojson": json.dumps(to_geojson(mahdia())[0]).encode(),
    "hsds": json.dumps(to_hsds(mahdia())[0]).encode(),
}
every = pytest.mark.parametrize("name", READERS)


def reads(content, name):
    """Read bytes, or say in every language why not; nothing else may come out."""
    try:
        READERS[name](io.BytesIO(content))
    except CitessError as error:
        return all(map(error.text, ("en", "fr", "ar")))
    return True


edits = st.lists(
    st.tuples(st.floats(0, 1, exclude_max=True), st.binary(max_size=6), st.integers(0, 9)),
    min_size=1,
    max_size=8,
)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6),
    lambda below: st.lists(below, max_size=3) | st.dictionaries(st.text(max_size=6), below),
    max_leaves=6,
)


def places(tree):
    """Every container of a tree with each of its keys."""
    found = []
    waiting = [tree]
    while waiting:
        one = waiting.pop()
        keys = list(one) if isinstance(one, dict) else range(len(one))
        found += [(one, key) for key in keys]
        waiting += [one[key] for key in keys if isinstance(one[key], dict | list)]
    return found


@every
@settings(max_examples=MANY)
@given(
    content=st.binary(max_size=300)
    | st.text(max_size=300).map(lambda t: t.encode("utf-8", "replace"))
)
def test_any_bytes_are_read_or_refused(name, content):
    assert reads(content, name)


@every
@settings(max_examples=MANY)
@given(changes=edits)
def test_damaged_documents_are_read_or_refused(name, changes):
    content = SEEDS[name]
    for where, new, gone in changes:
        place = int(where * len(content))
        content = content[:place] + new + content[place + gone :]
    assert reads(content, name)


@pytest.mark.parametrize("name", ["node-link", "jgf"])
@settings(max_examples=MANY)
@given(data=st.data())
def test_documents_with_other_values_are_read_or_refused(name, data):
    tree = json.loads(SEEDS[name])
    for _ in range(data.draw(st.integers(1, 3))):
        owner, key = data.draw(st.sampled_from(places(tree)))
        owner[key] = data.draw(values)
    assert reads(json.dumps(tree).encode(), name)


@settings(max_examples=MANY)
@given(changes=edits)
def test_a_damaged_table_is_read_or_refused(changes, tmp_path_factory):
    content = to_sse_csv(mahdia())[0].encode()
    for where, new, gone in changes:
        place = int(where * len(content))
        content = content[:place] + new + content[place + gone :]
    path = tmp_path_factory.mktemp("csv") / "a.csv"
    path.write_bytes(content)
    with contextlib.suppress(CitessError):
        read_sse_csv(path)


ELEMENTS = (
    "graph edgedefault='directed'",
    "node id='a'",
    "node id='b'",
    "edge source='a' target='b'",
    "hyperedge",
    "endpoint node='a'",
    "data key='k'",
    "data",
    "key id='k' for='all' attr.name='x' attr.type='int'",
    "default",
    "y:NodeLabel",
)
nested = st.recursive(
    st.sampled_from(("", "1", "x")),
    lambda below: st.lists(st.tuples(st.sampled_from(ELEMENTS), below), max_size=4).map(
        lambda parts: "".join(f"<{tag}>{inner}</{tag.split()[0]}>" for tag, inner in parts)
    ),
    max_leaves=12,
)


def graphml(inside):
    head = "<graphml xmlns='http://graphml.graphdrawing.org/xmlns' xmlns:y='y'>"
    return f"{head}{inside}</graphml>".encode()


@settings(max_examples=MANY)
@given(inside=nested)
def test_elements_in_any_order_are_read_or_refused(inside):
    assert reads(graphml(inside), "graphml")


@pytest.mark.parametrize(
    "inside",
    [
        "<graph edgedefault='directed'><data key='k'><graph><data key='k'/></graph></data></graph>",
        "<key id='k'><node id='a'><data/></node><default>1</default></key>",
        "<data key='k'><node id='a'><data key='k'/></node></data>",
    ],
)
def test_elements_within_values_end_where_they_began(inside):
    assert reads(graphml(inside), "graphml")
    with pytest.raises(CitessError):
        read_graphml(io.BytesIO(graphml(inside)))
