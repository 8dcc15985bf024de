"""The TypeScript types say what the classes say."""

import re
import shutil
import subprocess

import pytest

import citess
from citess.io import typescript
from citess.model.fields import field_types
from citess.model.shelves import shelf_types

READER = """
import type { Dataset, Line } from "./citess";
const data: Dataset = %s;
export const lines: Line[] = (data.hubs ?? []).map((hub) => ({ hubs: hub }));
"""


def test_every_class_is_an_interface_with_its_fields():
    text = typescript()
    for shelf in shelf_types():
        name = shelf.record.__name__
        body = re.search(rf"export interface {name} {{\n(.*?)\n}}", text, re.DOTALL)[1]
        fields = re.findall(r"^  readonly (\w+)\??:", body, re.MULTILINE)
        assert sorted(field_types(shelf.record)) == fields
        assert f"  readonly {shelf.name}?: readonly {name}[];" in text
        assert f"  | {{ readonly {shelf.name}: {name} }}" in text


def test_every_name_that_is_used_is_made_once():
    text = typescript()
    made = re.findall(r"^export (?:interface|type) (\w+)", text, re.MULTILINE)
    used = set(re.findall(r"(?<![\"\w])[A-Z]\w+", re.sub(r"/\*.*?\*/|//.*|\"[^\"]*\"", "", text)))
    assert sorted(made) == sorted(set(made))
    assert set() == used - set(made)


def test_needed_fields_are_needed_and_closed_lists_are_unions():
    text = typescript()
    assert "  readonly territories: readonly TerritoryId[];" in text
    assert "  readonly mode?: HubMode | null;" in text
    assert 'export type HubMode = "physical" | "virtual" | "hybrid";' in text


@pytest.mark.deep
def test_the_compiler_takes_the_types_and_real_data(tmp_path):
    tsc = shutil.which("tsc")
    if tsc is None:
        pytest.skip("tsc is not installed")
    (tmp_path / "citess.ts").write_text(typescript(), "utf-8")
    data = citess.dumps(citess.datasets.tunisia()).decode()
    (tmp_path / "reader.ts").write_text(READER % data, "utf-8")
    done = subprocess.run(
        [
            tsc,
            "--noEmit",
            "--strict",
            "--target",
            "es2020",
            "--module",
            "esnext",
            "--moduleResolution",
            "bundler",
            "reader.ts",
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert 0 == done.returncode, done.stdout[:3000]
