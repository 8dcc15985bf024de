"""Memory that writing takes beyond the dataset itself, at 10,000 and at 100,000 enterprises.

Each figure is of a process of its own, which makes the dataset, resets the peak of its resident
memory and writes to a sink (Linux only). Streaming means that the figure does not grow.
"""

import subprocess
import sys
from pathlib import Path

from citess.i18n import Text
from citess.io.geojson import write_geojson
from citess.io.hsds import write_hsds
from citess.model import Dataset, Enterprise, Hub, Stage, StageEntry, Territory, TerritoryLevel

SIZES = (10_000, 100_000)
FORMATS = ("geojson", "hsds-jsonl", "hsds-json")


class Sink:
    """A stream that counts bytes."""

    def __init__(self):
        self.size = 0

    def writelines(self, pieces):
        """Count what is written."""
        for piece in pieces:
            self.size += len(piece)


def enterprises(number):
    """A dataset of a hub and its enterprises."""
    place = Territory(id="tn-53", name=Text(fr="Mahdia"), level=TerritoryLevel.GOVERNORATE)
    hub = Hub(id="hub", name=Text(fr="Pôle"), territories=("tn-53",))
    made = (
        Enterprise(
            id=f"e-{n}",
            name=Text(fr=f"Entreprise {n}", ar=f"مؤسسة {n}"),
            hub="hub",
            territories=("tn-53",),
            stages=(StageEntry(stage=Stage.START_UP),),
        )
        for n in range(number)
    )
    return Dataset((place, hub, *made))


def memory(key):
    """Resident memory of this process in MiB: now (VmRSS) or at its peak (VmHWM)."""
    status = Path("/proc/self/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) for line in status if line.startswith(key)) / 1024


def measure(name, number):
    data = enterprises(number)
    Path("/proc/self/clear_refs").write_text("5")
    before, sink = memory("VmRSS"), Sink()
    if name == "geojson":
        write_geojson(data, sink)
    else:
        write_hsds(data, sink, lines=name == "hsds-jsonl")
    print(f"{memory('VmHWM') - before:.1f} {sink.size / 1e6:.0f} {before:.0f}")


def main():
    print(
        f"{'format':12} {'enterprises':>11} {'beyond MiB':>10} {'written MB':>10} {'data MiB':>8}"
    )
    for name in FORMATS:
        for number in SIZES:
            command = [sys.executable, __file__, name, str(number)]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            print(f"{name:12} {number:>11,} {'{:>10} {:>10} {:>8}'.format(*done.stdout.split())}")


if __name__ == "__main__":
    if sys.argv[1:]:
        measure(sys.argv[1], int(sys.argv[2]))
    else:
        main()
