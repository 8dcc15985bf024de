"""Load and dump 100,000 enterprises with 300,000 observations, against the named peers.

Run it with ``python benchmarks/native.py [--enterprises N] [--rounds N]``. The peers are
``msgspec.Struct`` classes and pydantic v2 models with the same fields, decoding the same bytes, in
the same process, interleaved round by round; each result is checked against the others' first.
Printed are medians of ratios with their least and greatest.
"""

import argparse
import gc
import subprocess
import sys
import time
from collections.abc import Callable
from decimal import Decimal
from enum import Enum
from pathlib import Path
from statistics import median
from typing import Any

import msgspec
import pydantic

import citess
from citess.io._fast import _breaks_rule, prove
from citess.model import check
from citess.model.fields import FieldType, field_types, is_domain_class
from citess.model.shelves import shelf_types


def dataset(enterprises: int) -> citess.Dataset:
    """Enterprises with three figures about each, all synthetic."""
    synthetic = citess.Evidence.SYNTHETIC
    stages = tuple(citess.Stage)
    records: list[citess.Record] = [
        citess.Territory(
            id="synthetic-land",
            name=citess.Text(en="Synthetic land", fr="Pays synthétique"),
            level=citess.TerritoryLevel.COUNTRY,
            evidence=synthetic,
        ),
    ]
    for n in range(enterprises):
        records.append(
            citess.Enterprise(
                id=f"enterprise-{n}",
                name=citess.Text(fr=f"Entreprise synthétique {n}"),
                territories=("synthetic-land",),
                stages=(
                    citess.StageEntry(
                        stage=stages[n % len(stages)],
                        since=citess.PartialDate(f"20{10 + n % 14}-{1 + n % 12:02d}"),
                    ),
                ),
                evidence=synthetic,
            )
        )
        records.extend(
            citess.Observation(
                id=f"figure-{n}-{figure}",
                subject=f"enterprise:enterprise-{n}",
                indicator="jobs",
                value=Decimal(n % 50 + figure),
                unit="jobs",
                status=citess.ObservationStatus.REPORTED,
                as_of=citess.PartialDate(f"20{20 + figure}-12-31"),
                evidence=synthetic,
            )
            for figure in range(3)
        )
    return citess.Dataset(records)


def _plain_type(field: FieldType, made: dict[type, type], make: Callable[[type], type]) -> Any:
    kind: Any = field.kind
    if is_domain_class(kind):
        plain: Any = made.setdefault(kind, None) or make(kind)
    elif isinstance(kind, type) and issubclass(kind, Enum | Decimal | bool | int):
        plain = kind
    elif kind is citess.Text:
        plain = dict[str, str]
    else:
        plain = str
    plain = list[plain] if field.many else plain
    return plain | None if field.optional else plain


def struct_document() -> type:
    """``msgspec.Struct`` classes with the fields of the domain classes."""
    made: dict[type, Any] = {}

    def make(cls: type) -> type:
        fields = [(n, _plain_type(f, made, make)) for n, f in field_types(cls).items()]
        made[cls] = msgspec.defstruct(cls.__name__, fields, kw_only=True)
        return made[cls]

    shelves = [(shelf.name, list[make(shelf.record)]) for shelf in shelf_types()]
    return msgspec.defstruct("Document", [("format", str), ("schema_version", str), *shelves])


def pydantic_document() -> type[pydantic.BaseModel]:
    """Pydantic models with the fields of the domain classes."""
    made: dict[type, Any] = {}

    def make(cls: type) -> type:
        fields: dict[str, Any] = {
            n: (_plain_type(f, made, make), ...) for n, f in field_types(cls).items()
        }
        made[cls] = pydantic.create_model(cls.__name__, **fields)
        return made[cls]

    shelves: dict[str, Any] = {s.name: (list[make(s.record)], ...) for s in shelf_types()}
    return pydantic.create_model(
        "Document", format=(str, ...), schema_version=(str, ...), **shelves
    )


def timed(call: Callable[[], object], *, collector: bool) -> float:
    """Seconds that a call takes, after a full collection."""
    gc.collect()
    gc.freeze()
    if not collector:
        gc.disable()
    start = time.perf_counter()
    result = call()
    seconds = time.perf_counter() - start
    gc.enable()
    gc.unfreeze()
    del result
    return seconds


def integrity(data: citess.Dataset) -> bool:
    """Rules of every value and references of every record, as the load proves them."""
    broken = [
        _breaks_rule(list(shelf.values()), type_.record)
        for shelf, type_ in zip(data.shelves(), shelf_types(), strict=True)
    ]
    return check(data.records()).ok and not any(broken)


def spread(label: str, ratios: list[float], bound: str) -> None:
    """Print median, least and greatest of ratios."""
    print(f"{label:<58} {median(ratios):5.2f}  [{min(ratios):.2f}, {max(ratios):.2f}]  {bound}")


def peak(reader: str, path: Path) -> int:
    """Peak resident memory in KiB of a fresh process that reads a file."""
    code = f"""
import re, sys, pathlib
sys.path.insert(0, {str(Path(__file__).parent)!r})
import native
path = pathlib.Path({str(path)!r})
if {reader!r} == "citess":
    kept = native.citess.load(path)
elif {reader!r} == "struct":
    kept = native.msgspec.json.decode(path.read_bytes(), type=native.struct_document())
else:
    kept = None
status = pathlib.Path("/proc/self/status").read_text()
print(re.search(r"VmHWM:\\s+(\\d+)", status)[1])
"""
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return int(out.stdout)


_CALLS = ("struct", "load", "integrity", "pydantic", "struct dump", "dump")


def main() -> None:
    """Print the ratios."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--enterprises", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    data = dataset(options.enterprises)
    content = citess.dumps(data)
    struct = msgspec.json.Decoder(struct_document())
    model = pydantic_document()
    peer = struct.decode(content)
    encoder = msgspec.json.Encoder()
    if len(peer.observations) != len(data.observations):
        raise SystemExit("the peer read something else")
    if citess.loads(content) != data or prove(content)[0] != "proven":
        raise SystemExit("the fast path is not taken")
    for collector in ("on", "paused"):
        runs: dict[str, list[float]] = {key: [] for key in _CALLS}
        calls = dict(
            zip(
                _CALLS,
                (
                    lambda: struct.decode(content),
                    lambda: citess.loads(content),
                    lambda: integrity(data),
                    lambda: model.model_validate_json(content),
                    lambda: encoder.encode(peer),
                    lambda: citess.dumps(data),
                ),
                strict=True,
            )
        )
        for _ in range(options.rounds):
            for key, call in calls.items():
                runs[key].append(timed(call, collector=collector == "on"))
        print(f"cyclic collector {collector} for every peer (a load of citess pauses it by itself)")
        rows = list(zip(*runs.values(), strict=True))
        spread("  load with integrity / Struct", [b / a for a, b, *_ in rows], "")
        spread("  load without integrity / Struct", [(b - c) / a for a, b, c, *_ in rows], "<= 2.5")
        spread("  integrity / Struct", [c / a for a, _, c, *_ in rows], "")
        spread("  pydantic v2 / load with integrity", [d / b for _, b, _, d, *_ in rows], "")
        spread("  pydantic v2 / load alone", [d / (b - c) for _, b, c, d, *_ in rows], ">= 3")
        spread("  dump / Struct", [f / e for *_, e, f in rows], "<= 3")
    path = Path("benchmark-native.json")
    path.write_bytes(content)
    try:
        idle = peak("nothing", path)
        ratios = [(peak("citess", path)) / (peak("struct", path)) for _ in range(3)]
    finally:
        path.unlink()
    spread(f"peak memory / msgspec.Struct (idle {idle // 1024} MiB in both)", ratios, "at most 1.3")


if __name__ == "__main__":
    main()
