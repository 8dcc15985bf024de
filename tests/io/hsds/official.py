"""Official material of HSDS, where it is at hand, and the strict recipe of its own CI."""

import json
import os
from functools import cache
from pathlib import Path

import pytest

VERSIONS = {"3.0": "hsds-3.0", "3.1": "hsds-3.1-dev"}
FOLDER = os.environ.get("CITESS_STANDARDS_DIR")


def folder(version="3.0"):
    """Folder of a version; the test is skipped where there is none."""
    if not FOLDER or not (Path(FOLDER) / VERSIONS[version]).is_dir():
        pytest.skip("CITESS_STANDARDS_DIR does not name a folder with the official HSDS files")
    return Path(FOLDER) / VERSIONS[version]


def example(name):
    """An official example of 3.0."""
    return json.loads((folder() / "examples" / name).read_text("utf-8"))


def closed_everywhere(schema):
    """Forbid unknown properties in a schema and in those inside it, as the recipe does."""
    if isinstance(schema, dict):
        closed = {key: closed_everywhere(value) for key, value in schema.items()}
        if isinstance(schema.get("properties"), dict):
            closed["additionalProperties"] = False
        return closed
    return [closed_everywhere(item) for item in schema] if isinstance(schema, list) else schema


def patched(target, patch):
    """Apply a JSON merge patch (RFC 7386)."""
    if not isinstance(patch, dict):
        return patch
    made = dict(target) if isinstance(target, dict) else {}
    for key, value in patch.items():
        if value is None:
            made.pop(key, None)
        else:
            made[key] = patched(made.get(key), value)
    return made


@cache
def validators(version, *, profile=False):
    """Validators of every object, with formats checked and no unknown property allowed."""
    jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is a test oracle")
    referencing = pytest.importorskip("referencing")
    from referencing.jsonschema import DRAFT202012

    from citess.io.hsds import hsds_profile

    schemas = {
        file.name: json.loads(file.read_text("utf-8"))
        for file in (folder(version) / "schema").glob("*.json")
        if file.name != "openapi.json"
    }
    if profile:
        schemas = patched(schemas, hsds_profile())
    closed = {name: closed_everywhere(schema) for name, schema in schemas.items()}
    registry = referencing.Registry().with_resources(
        (name, DRAFT202012.create_resource(schema)) for name, schema in closed.items()
    )
    checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
    return {
        name.removesuffix(".json"): jsonschema.Draft202012Validator(
            schema, registry=registry, format_checker=checker
        )
        for name, schema in closed.items()
    }


def refusals(document, version, *, profile=False):
    """What the strict recipe does not accept in a document of lists."""
    kinds = {
        "taxonomies": "taxonomy",
        "taxonomy_terms": "taxonomy_term",
        "organizations": "organization",
        "services": "service",
        "locations": "location",
        "programs": "program",
        "attributes": "attribute",
    }
    checks = validators(version, profile=profile)
    return [
        error
        for key, found in document.items()
        if key != "version"
        for one in found
        for error in checks[kinds[key]].iter_errors(one)
    ]


def leaves(value, path=""):
    """Pairs of path and value of everything that is neither object nor list."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from leaves(item, f"{path}/{key}")
    elif isinstance(value, list):
        for n, item in enumerate(value):
            yield from leaves(item, f"{path}/{n}")
    else:
        yield path, value
