"""Memory that a metric takes over a JSON Lines file, whatever its number of records.

python benchmarks/long_stream.py [records ...]      (1e5 1e6 1e7 unless told)

Cases of 20 hubs and 5,000 different clients in order of their ids; each figure is the growth of
the resident memory of a process of its own over what imports and the first 1,000 records take
(Linux only). Streaming means that it does not grow with the records.
"""

import subprocess
import sys
import tempfile
import time
from itertools import chain, islice
from pathlib import Path

from citess.i18n import Text
from citess.io.jsonl import records, write_jsonl
from citess.metrics import women_share
from citess.model import Case, Dataset, Hub, PartialDate, Sex, Territory, TerritoryLevel

SIZES = (100_000, 1_000_000, 10_000_000)
CLIENTS, HUBS = 5_000, 20


def write(path, number):
    here = Territory(id="t", name=Text(fr="T"), level=TerritoryLevel.GOVERNORATE)
    hubs = [Hub(id=f"hub-{k}", name=Text(fr="H"), territories=("t",)) for k in range(HUBS)]
    clients = ["p-" + f"{k:032x}" for k in range(CLIENTS)]
    one = Case(
        id="c", hub="hub-0", opened=PartialDate("2023-05-02"), sex=Sex.FEMALE, client=clients[0]
    )
    write_jsonl(Dataset([here, *hubs, one]), path)
    *start, line = path.read_text("utf-8").splitlines()
    with path.open("w", encoding="utf-8") as file:
        file.writelines(f"{text}\n" for text in start)
        for k in range(number):
            told = line.replace('"c"', f'"c{k:09}"', 1).replace("hub-0", f"hub-{k % HUBS}")
            told = told.replace(clients[0], clients[k % CLIENTS])
            file.write(told if k % CLIENTS % 3 else told.replace("female", "male"))
            file.write("\n")


def memory(key):
    status = Path("/proc/self/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) for line in status if line.startswith(key)) / 1024


def measure(path):
    given = records(path)
    first = list(islice(given, 1_000))
    before = memory("VmRSS")
    started = time.perf_counter()
    found = women_share(chain(first, given), by="hub", period="2023")
    seconds = time.perf_counter() - started
    print(f"{memory('VmHWM') - before:.0f} {seconds:.0f} {found.n} {len(found.breakdown)}")


def main(sizes):
    print(f"{'records':>12} {'MiB more':>9} {'seconds':>8} {'clients':>8} {'groups':>7}")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "cases.jsonl")
        for number in sizes:
            write(path, number)
            command = [sys.executable, __file__, "--measure", str(path)]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            print(
                f"{number:>12,} {'{:>9} {:>8} {:>8} {:>7}'.format(*done.stdout.split())}",
                flush=True,
            )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--measure"]:
        measure(sys.argv[2])
    else:
        main([int(float(text)) for text in sys.argv[1:]] or SIZES)
