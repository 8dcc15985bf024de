"""Tallies as hubs exchange them: versioned, without persons, small cells withheld."""

import hashlib
import hmac
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from attrs import frozen

from citess.metrics._arrival import (
    FORMAT,
    NAMING,
    POPULATIONS,
    VERSION,
    arrived,
    fingerprint,
    words_of,
)
from citess.metrics._facts import Fact, Number
from citess.metrics._merging import POPULATION, Bounds, Group, bounds_of, populations_of
from citess.metrics._small_cells import LEAST, small_cells
from citess.metrics._tally import Tally
from citess.model.pseudonyms import PSEUDONYM


@frozen(kw_only=True)
class _Terms:
    """On what terms a tally leaves."""

    threshold: int
    agreed: bool
    key: bytes | None


def written(
    tally: Tally, *, hubs: Iterable[str], threshold: int, agreed: bool, key: bytes | None
) -> str:
    """Write a tally as a document of the exchange format."""
    if threshold < LEAST or threshold != int(threshold):
        msg = (
            f"threshold is a whole number of {LEAST} or more, not {threshold!r}: smaller numbers "
            "leave where both sides agree, by small_cells=True"
        )
        raise ValueError(msg)
    if named := NAMING & {*tally.by, *tally.where}:
        msg = f"the tally is told by {min(named)!r}, which names persons one by one: it stays here"
        raise ValueError(msg)
    covered = sorted({*((hubs,) if isinstance(hubs, str) else hubs), *tally.hubs})
    if not covered:
        msg = "nothing tells which hubs the tally covers: name them, as to_json(hubs=['mahdia'])"
        raise ValueError(msg)
    shared = populations_of(tally.universe)
    terms = _Terms(threshold=threshold, agreed=agreed, key=key)
    document = {
        "format": FORMAT,
        "version": VERSION,
        "reads": tally.reads,
        "by": list(tally.by),
        "on": tally.on,
        "period": tally.period,
        "where": {name: sorted(allowed) for name, allowed in sorted(tally.where.items())},
        "universe": {"hubs": covered, "on": tally.on, "period": tally.period}
        | ({POPULATIONS: shared} if shared else {}),
        "threshold": threshold,
        "small_cells": "agreed" if agreed else "withheld",
        "key": None if key is None else fingerprint(key),
        "cells": list(_cells(tally, terms)),
        "frame": [
            {"group": list(group), "facts": sorted(map(list, facts))}
            for group, facts in sorted(tally.frame.items())
        ],
        "sources": sorted(tally.sources),
        "uncertain": tally.uncertain,
    }
    for words in words_of(document):
        if PSEUDONYM.fullmatch(words):
            msg = "the tally names persons by their pseudonyms: it does not leave the hub"
            raise ValueError(msg)
    return json.dumps(document, ensure_ascii=False, allow_nan=False)


def _hashed(ids: Iterable[str], key: bytes) -> list[str]:
    digests = (hmac.new(key, one.encode(), hashlib.sha256).hexdigest() for one in ids)
    return sorted(f"k-{digest[:32]}" for digest in digests)


def _cells(tally: Tally, terms: _Terms) -> Iterator[dict[str, object]]:
    kept = {} if terms.agreed else small_cells(tally, terms.threshold)
    for group in sorted({*tally.groups, *tally.ids, *tally.bounded, *tally.withheld}):
        places = (tally.groups, tally.ids, tally.bounded)
        facts = {fact for place in places for fact in place.get(group, {})}
        for fact in sorted(facts | tally.withheld.get(group, frozenset())):
            cell: dict[str, object] = {"group": list(group), "fact": list(fact)}
            if fact in tally.withheld.get(group, ()):
                yield cell | {"withheld": True}
            elif (group, fact) in kept:
                yield cell | _bounds(kept[group, fact])
            else:
                yield cell | _value(tally, group, fact, terms.key)


def _value(tally: Tally, group: Group, fact: Fact, key: bytes | None) -> dict[str, object]:
    ids = tally.ids.get(group, {}).get(fact)
    found = bounds_of(tally, group, fact)
    if ids is not None and key is not None and tally.keyed in {None, fingerprint(key)}:
        return {"ids": _hashed(ids, key) if tally.keyed is None else sorted(ids)}
    if found.low != found.high:
        return _bounds(found)
    return {"distinct" if found.distinct else "n": found.low}


def _bounds(found: Bounds | None) -> dict[str, object]:
    if found is None:
        return {"withheld": True}
    both: dict[str, object] = {"low": found.low, "high": found.high}
    return both | {"distinct": True} if found.distinct else both


def read(text: str | bytes, *, threshold: int, agreed: bool, key: bytes | None) -> Tally:
    """Read a document of the exchange format."""
    return _tally(arrived(text, threshold=None if agreed else threshold, key=key))


def _tally(document: Mapping[str, Any]) -> Tally:
    groups: dict[Group, dict[Fact, Number]] = {(): {}}
    ids: dict[Group, dict[Fact, frozenset[str]]] = {}
    bounded: dict[Group, dict[Fact, Bounds]] = {}
    withheld: dict[Group, frozenset[Fact]] = {}
    for cell in document["cells"]:
        group, fact = tuple(cell["group"]), tuple(cell["fact"])
        if "withheld" in cell:
            withheld[group] = withheld.get(group, frozenset()) | {fact}
        elif "ids" in cell:
            ids.setdefault(group, {})[fact] = frozenset(cell["ids"])
        elif "n" in cell:
            groups.setdefault(group, {})[fact] = cell["n"]
        else:
            low, high = (cell.get(end, cell.get("distinct")) for end in ("low", "high"))
            distinct = "distinct" in cell
            bounded.setdefault(group, {})[fact] = Bounds(low, high, distinct)
    hubs = frozenset(document["universe"]["hubs"])
    return Tally(
        reads=document["reads"],
        by=tuple(document["by"]),
        on=document["on"],
        period=document["period"],
        where={name: frozenset(allowed) for name, allowed in document["where"].items()},
        universe=frozenset(
            f"{POPULATION}:{name}" for name in document["universe"].get(POPULATIONS, ())
        ),
        hubs=hubs,
        exchanged=hubs,
        groups=groups,
        ids=ids,
        personal=bool(ids),
        keyed=document["key"],
        bounded=bounded,
        withheld=withheld,
        frame={tuple(p["group"]): frozenset(map(tuple, p["facts"])) for p in document["frame"]},
        sources=frozenset(document["sources"]),
        uncertain=document["uncertain"],
    )
