"""What is left of a dataset after a format that withholds what is private."""

from collections import Counter

from attrs import fields

from citess import Dataset, evolve
from citess.io.spreadsheet._columns import is_entries
from citess.model.fields import field_types, is_domain_class
from citess.model.privacy import is_private_field
from citess.model.shelves import shelf_types


def travelled(data):
    """Dataset without what is private, and how often each path was left out."""
    lost = Counter()
    records = [
        _bare(record, shelf.record, (), f"{shelf.name}[]", lost)
        for shelf in shelf_types()
        for record in data.shelf(shelf.kind).values()
    ]
    return Dataset(records), dict(lost)


def _bare(item, top, names, path, lost):
    defaults = {a.name: a.default for a in fields(type(item))}
    changes = {}
    for name, field in field_types(type(item)).items():
        value = getattr(item, name)
        below = f"{path}.{name}"
        if is_private_field(top, *names, name) or (names and is_private_field(type(item), name)):
            if value not in (None, ()):
                lost[below] += 1
                changes[name] = defaults[name]
        elif is_entries(field):
            kept = []
            for one in value:
                bare = _bare(one, top, (*names, name), f"{below}[]", lost)
                if bare in kept:
                    lost[below] += 1
                else:
                    kept.append(bare)
            changes[name] = tuple(kept)
        elif is_domain_class(field.kind) and value is not None:
            changes[name] = _bare(value, top, (*names, name), below, lost)
    return evolve(item, **changes) if changes else item
