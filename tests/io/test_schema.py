"""The JSON Schema says what the classes say."""

import json
import re

import citess
from citess.io import json_schema
from citess.model.shelves import shelf_types


def accepts(schema, value, definitions):  # noqa: C901, PLR0911  (one answer for each keyword)
    """A small reading of the parts of JSON Schema that the schema uses."""
    if "$ref" in schema:
        return accepts(definitions[schema["$ref"].rpartition("/")[2]], value, definitions)
    if "anyOf" in schema:
        return any(accepts(one, value, definitions) for one in schema["anyOf"])
    if "enum" in schema:
        return value in schema["enum"]
    if "const" in schema:
        return value == schema["const"]
    kind = schema["type"]
    if kind == "null":
        return value is None
    if kind == "boolean":
        return isinstance(value, bool)
    if kind == "integer":
        return isinstance(value, int)
    if kind == "string":
        pattern = schema.get("pattern", "")
        return isinstance(value, str) and re.search(pattern, value) is not None
    if kind == "array":
        return all(accepts(schema["items"], item, definitions) for item in value)
    if not isinstance(value, dict):
        return False
    fields = schema.get("properties", {})
    return set(schema.get("required", ())) <= set(value) and all(
        key not in fields or accepts(fields[key], item, definitions) for key, item in value.items()
    )


def test_the_schema_accepts_the_real_and_synthetic_data():
    schema = json_schema()
    for data in (citess.datasets.tunisia(), citess.datasets.synthetic()):
        document = json.loads(citess.dumps(data))
        assert accepts(schema, document, schema["$defs"])


def test_the_schema_refuses_another_shape():
    schema = json_schema()
    document = json.loads(citess.dumps(citess.datasets.synthetic()))
    document["hubs"][0]["created"] = 2017
    assert not accepts(schema, document, schema["$defs"])


def test_every_shelf_has_a_definition():
    schema = json_schema()
    names = {shelf.record.__name__ for shelf in shelf_types()}
    assert set() == names - set(schema["$defs"])
