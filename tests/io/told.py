"""What a round trip lost must be what its report tells, and nothing else."""

from citess.io import LossReport
from citess.model import Dataset
from citess.model.fields import field_types
from citess.model.shelves import shelf_types


def untold(before: Dataset, after: Dataset, losses: LossReport) -> list[str]:
    """Places that differ and that the report does not name."""
    told = losses.lost
    found: list[str] = []
    for type_ in shelf_types():
        shelf = f"{type_.name}[]"
        old, new = before.shelf(type_.kind), after.shelf(type_.kind)
        if shelf not in told and set(old) != set(new):
            found.append(shelf)
        for id_ in set(old) & set(new):
            found += [
                f"{shelf}.{name}"
                for name in field_types(type_.record)
                if getattr(old[id_], name) != getattr(new[id_], name)
                and not any(path.startswith(f"{shelf}.{name}") for path in told)
            ]
    return sorted(set(found))
