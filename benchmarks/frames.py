# ruff: noqa: E501, PLC0415  (each side imports its own in a process of its own; plans read better whole)
"""Five metrics on frames against hand-written Polars and DuckDB SQL: time and memory, by ratio.

``python benchmarks/frames.py [rows] [--rounds n] [--only task ...]``; every side runs in a process of its own, turn by
turn, on the same Parquet files, and must give the same numbers. ``--growth [rows ...]`` runs ours alone
over files, and says how time and memory grow.
"""

import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date
from itertools import product
from math import log
from pathlib import Path

TASKS = ("flows", "coverage", "parity", "survival", "totals")
DAY = "2024-06-30"
PART = 10_000_000
GROWTH = (100_000, 1_000_000, 10_000_000)


def make(folder, n, part=0):
    import numpy as np
    import polars as pl

    rng = np.random.default_rng(5 + part)
    hubs = pl.Series([f"hub-{k:03}" for k in range(200)])
    some = lambda values, m=n: pl.Series(values).gather(rng.integers(0, len(values), m))  # noqa: E731

    firms = n // 4
    place = np.arange(n) // 4 + part * firms
    days = np.array([18_700, 18_900, 19_100, 19_300])
    jobs = pl.DataFrame({
        "enterprise": place,
        "on": pl.Series(days[np.arange(n) % 4] + rng.integers(0, 100, n)).cast(pl.Int32).cast(pl.Date),
        "heads": rng.integers(0, 40, n),
        "hub": hubs.gather(rng.integers(0, 200, firms).repeat(4)),
        "sex": pl.Series(["female", "male"]).gather(rng.integers(0, 2, firms).repeat(4)),
        "age_band": pl.Series(["15-24", "25-34", "35+"]).gather(rng.integers(0, 3, firms).repeat(4)),
    }).with_columns(year=pl.col("on").dt.year())  # fmt: skip
    jobs.write_parquet(folder / "flows.parquet")
    pl.DataFrame({
        "kind": some([f"kind-{k}" for k in range(10)]), "stage": some([f"s{k}" for k in range(6)]),
        "territory": some([f"t{k}" for k in range(24)]), "provider": some([f"p{k}" for k in range(20)]),
    }).write_parquet(folder / "coverage.parquet")  # fmt: skip
    opened = pl.Series(rng.integers(17_000, 19_500, n)).cast(pl.Int32)
    closed = opened + pl.Series(rng.integers(1, 2_000, n)).cast(pl.Int32)
    closed = pl.DataFrame({"c": closed, "u": rng.random(n)}).select(
        pl.when(pl.col("u") < 0.6).then(pl.col("c"))
    )["c"]
    cases = pl.DataFrame({
        "client": rng.integers(0, n // 2, n), "sex": some(["female", "male", None]),
        "hub": hubs.gather(rng.integers(0, 200, n)), "opened": opened.cast(pl.Date),
        "closed": closed.cast(pl.Date), "closure": some(["created", "abandoned", None]),
    }).with_columns(cohort=pl.col("opened").dt.year().cast(pl.String))  # fmt: skip
    cases.write_parquet(folder / "parity.parquet")
    cases.write_parquet(folder / "survival.parquet")
    pl.DataFrame({
        "giver": rng.integers(0, max(n // 50, 1), n), "amount": rng.integers(1, 60, n),
    }).write_parquet(folder / "totals.parquet")  # fmt: skip


BY = ("hub", "year", "sex", "age_band")


def ours(task, frame):
    from citess.metrics import Tables, change, count, spells, totals
    from citess.metrics._asked import Asked

    plans = {
        "flows": (change("jobs", entity="enterprise", value="heads", date="on"), {"by": BY}),
        "coverage": (count("offers", of=("kind", "stage", "territory", "provider")), {}),
        "parity": (count("cases", of="sex", distinct="client"), {"by": "hub"}),
        "survival": (
            spells("cases", start="opened", end="closed", status="closure", events="created",
                   unit="months"),
            {"by": "cohort", "on": DAY},
        ),
        "totals": (totals("fundings", entity="giver", value="amount"), {}),
    }  # fmt: skip
    reader, question = plans[task]
    tally = reader.on_frames(Tables({reader.table: frame}), Asked.of(options={}, **question))
    return digest(task, tally.groups)


def digest(task, groups):
    """What is compared: a few numbers that every side must give."""
    whole = groups[()]
    if task == "flows":
        return [whole["gain",], whole["loss",], whole["kept",],
                sum(facts.get(("gain",), 0) for group, facts in groups.items() if group)]  # fmt: skip
    if task == "totals":
        return [sum(whole.values()), sum(int(f[1]) ** 2 * n for f, n in whole.items())]
    if task == "survival":
        return [sum(n for f, n in whole.items() if f[0] == "event"),
                sum(int(f[1]) * n for f, n in whole.items() if f[0] in {"event", "censored"})]  # fmt: skip
    if task == "parity":
        return [whole["female",], whole["male",],
                sum(facts.get(("female",), 0) for group, facts in groups.items() if group)]  # fmt: skip
    return [len(whole), sum(whole.values())]


def polars(task, frame):
    import polars as pl

    lazy = frame.lazy()
    if task == "flows":
        return flows_of(
            ends(lazy, []).select(FLOWS).collect().row(0),
            ends(lazy, list(BY)).group_by(BY).agg(*FLOWS).collect(),
        )
    if task == "coverage":
        found = lazy.group_by("kind", "stage", "territory", "provider").len().collect()
        rows = dict(zip(found.drop("len").iter_rows(), found["len"], strict=True))
        return [len(rows), sum(rows.values())]
    if task == "parity":
        whole = lazy.group_by("sex").agg(pl.col("client").n_unique()).collect()
        by = lazy.group_by("hub", "sex").agg(pl.col("client").n_unique()).collect()
        one = dict(whole.iter_rows())
        return [one["female"], one["male"], by.filter(pl.col("sex") == "female")["client"].sum()]
    if task == "survival":
        day = date.fromisoformat(DAY)
        a, b = pl.col("opened"), pl.col("until")
        months = (
            (b.dt.year() - a.dt.year()) * 12
            + b.dt.month().cast(pl.Int32)
            - a.dt.month().cast(pl.Int32)
            - (b.dt.day() < a.dt.day()).cast(pl.Int32)
        )
        ended = pl.col("closed").is_not_null() & (pl.col("closed") <= day)
        what = (
            pl.when(ended & (pl.col("closure") == "created"))
            .then(1)
            .when(ended & pl.col("closure").is_null())
            .then(2)
            .otherwise(0)
        )
        found = (
            lazy.with_columns(until=pl.when(ended).then(pl.col("closed")).otherwise(day))
            .select("cohort", w=what, t=months).group_by("cohort", "w", "t").len().collect()
        )  # fmt: skip
        known = found.filter(pl.col("w") != 2)
        return [
            found.filter(pl.col("w") == 1)["len"].sum(),
            (known["t"].cast(pl.Int64) * known["len"]).sum(),
        ]
    found = lazy.group_by("giver").agg(pl.col("amount").sum()).group_by("amount").len().collect()
    return [found["len"].sum(), int((found["amount"] ** 2 * found["len"]).sum())]


def ends(lazy, keys):
    import polars as pl

    packed = pl.col("on").cast(pl.Int32).cast(pl.Int64) * 2**32 + pl.col("heads")
    return (
        lazy.select(*keys, "enterprise", k=packed)
        .group_by(*keys, "enterprise").agg(a=pl.col("k").min(), b=pl.col("k").max())
        .with_columns(a=pl.col("a") % 2**32, b=pl.col("b") % 2**32)
    )  # fmt: skip


def _flows():
    import polars as pl

    a, b = pl.col("a"), pl.col("b")
    return [(b - a).clip(lower_bound=0).sum().alias("gain"), (a - b).clip(lower_bound=0).sum().alias("loss"),
            pl.min_horizontal(a, b).sum().alias("kept")]  # fmt: skip


FLOWS = _flows()


def flows_of(whole, by):
    rows = {row[:4]: row[4:] for row in by.iter_rows()}
    return [*whole, sum(row[0] for row in rows.values())]


def duckdb(task, frame):
    import duckdb as db

    db.register("f", frame)
    sql = {
        "coverage": "select kind, stage, territory, provider, count(*) from f group by all",
        "totals": "select t, count(*) from (select giver, sum(amount) t from f group by giver) group by t",
    }
    if task == "flows":
        inner = 'select {k} enterprise, arg_min(heads, "on") a, arg_max(heads, "on") b from f group by all'
        flows = "sum(greatest(b - a, 0)), sum(greatest(a - b, 0)), sum(least(a, b))"
        whole = db.sql(f"select {flows} from ({inner.format(k='')})").fetchall()[0]
        keys = "hub, year, sex, age_band,"
        by = db.sql(f"select {keys} {flows} from ({inner.format(k=keys)}) group by all").fetchall()
        return [*map(int, whole), int(sum(row[4] for row in by))]
    if task == "coverage":
        rows = {row[:4]: row[4] for row in db.sql(sql[task]).fetchall()}
        return [len(rows), sum(rows.values())]
    if task == "parity":
        whole = dict(db.sql("select sex, count(distinct client) from f group by sex").fetchall())
        by = db.sql("select hub, sex, count(distinct client) from f group by all").fetchall()
        return [whole["female"], whole["male"], sum(r[2] for r in by if r[1] == "female")]
    if task == "survival":
        rows = db.sql(
            f"""select w, t, count(*) from (select cohort, case when ended and closure = 'created'
            then 1 when ended and closure is null then 2 else 0 end w, (year(u) - year(opened)) * 12
            + month(u) - month(opened) - (day(u) < day(opened))::int t from (select *, case when
            ended then closed else date '{DAY}' end u from (select *, closed is not null and
            closed <= date '{DAY}' ended from f))) group by cohort, w, t"""
        ).fetchall()
        return [sum(n for w, _, n in rows if w == 1), sum(t * n for w, t, n in rows if w != 2)]
    rows = db.sql(sql[task]).fetchall()
    return [sum(n for _, n in rows), int(sum(t * t * n for t, n in rows))]


def made_apart(folder, n, part=0):
    """Make the tables in a process of its own: its peak would be that of the processes after it."""
    command = [sys.executable, __file__, "--make", str(folder), str(n), str(part)]
    subprocess.run(command, check=True)


def side(task, which, path):
    import polars as pl

    frame = pl.read_parquet(path)
    engine = which.partition("-")[2]
    if engine == "duckdb":
        frame = frame.to_arrow()
    given = frame
    if which.startswith("ours") and engine == "duckdb":
        import duckdb as db

        given = db.from_arrow(frame)
    if which.startswith("ours"):
        import citess.metrics.frames._changed  # noqa: F401  (imports are not what is measured)
    call = {"ours": ours, "hand": polars if engine == "polars" else duckdb}[which[:4]]
    started, busy = time.perf_counter(), time.process_time()
    found = call(task, given)
    taken, busy = time.perf_counter() - started, time.process_time() - busy
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(json.dumps([taken, most / 1024, busy, [int(x) for x in found]]))


def alone(task, engine, pattern):
    """Seconds and peak memory of ours over files that the engine reads as it goes."""
    import duckdb as db
    import polars as pl

    import citess.metrics.frames._changed  # noqa: F401  (imports are not what is measured)

    given = pl.scan_parquet(pattern) if engine == "polars" else db.read_parquet(pattern)
    started = time.perf_counter()
    ours(task, given)
    taken = time.perf_counter() - started
    print(json.dumps([taken, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2]))


def growth(sizes):
    """How time and memory grow with the rows: ours alone, in files of up to 1e7 rows."""
    print(f"{'metric':9} {'engine':7} {'rows':>12} {'seconds':>8} {'GiB':>5}  exponent")
    spent = {}
    for n in sizes:
        with tempfile.TemporaryDirectory() as folder:
            size = min(n, PART)
            for part in range(n // size):
                at = Path(folder, str(part))
                at.mkdir()
                made_apart(at, size, part)
            for task, engine in product(TASKS, ("polars", "duckdb")):
                command = [
                    sys.executable,
                    __file__,
                    "--alone",
                    task,
                    engine,
                    f"{folder}/*/{task}.parquet",
                ]
                made = subprocess.run(command, capture_output=True, text=True, check=False)
                if made.returncode:
                    print(
                        f"{task:9} {engine:7} {n:>12,} failed: {made.stderr.strip()[-200:]}",
                        flush=True,
                    )
                    continue
                taken, most = json.loads(made.stdout)
                before, few = spent.get((task, engine), (None, None))
                power = "" if before is None else f"{log(taken / before) / log(n / few):.2f}"
                spent[task, engine] = taken, n
                print(
                    f"{task:9} {engine:7} {n:>12,} {taken:>8.2f} {most:>5.1f}  {power}", flush=True
                )


def main(n, rounds, tasks=TASKS):
    print(
        f"{n} rows, {rounds} rounds; time as median ratio [least, greatest], peak memory as ratio"
    )
    with tempfile.TemporaryDirectory() as folder:
        made_apart(Path(folder), n)
        for task in tasks:
            for engine in ("polars", "duckdb"):
                runs = {"ours": [], "hand": []}
                for k in range(rounds):
                    for who in ("ours", "hand") if k % 2 else ("hand", "ours"):
                        made = subprocess.run(
                            [sys.executable, __file__, "--side", task, f"{who}-{engine}",
                             f"{folder}/{task}.parquet"],
                            capture_output=True, text=True, check=False,
                        )  # fmt: skip
                        assert made.returncode == 0, made.stderr[-2000:]
                        runs[who].append(json.loads(made.stdout.splitlines()[-1]))
                assert len({json.dumps(run[3]) for one in runs.values() for run in one}) == 1, runs
                ratios = [a[0] / b[0] for a, b in zip(runs["ours"], runs["hand"], strict=True)]
                memory = max(r[1] for r in runs["ours"]) / max(r[1] for r in runs["hand"])
                busy = statistics.median(
                    a[2] / b[2] for a, b in zip(runs["ours"], runs["hand"], strict=True)
                )
                ours_, hand = (statistics.median(r[0] for r in runs[w]) for w in ("ours", "hand"))
                print(
                    f"{task:9} {engine:7} {statistics.median(ratios):.2f} [{min(ratios):.2f},"
                    f" {max(ratios):.2f}]  {ours_:.2f} s to {hand:.2f} s  processor {busy:.2f}"
                    f"  memory {memory:.2f}",
                    flush=True,
                )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--side"]:
        side(*sys.argv[2:5])
    elif sys.argv[1:2] == ["--make"]:
        make(Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
    elif sys.argv[1:2] == ["--alone"]:
        alone(*sys.argv[2:5])
    elif sys.argv[1:2] == ["--growth"]:
        growth([int(float(one)) for one in sys.argv[2:]] or GROWTH)
    else:
        rounds = int(sys.argv[sys.argv.index("--rounds") + 1]) if "--rounds" in sys.argv else 3
        rows = [int(float(one)) for one in sys.argv[1:2] if not one.startswith("-")]
        only = sys.argv[sys.argv.index("--only") + 1 :] if "--only" in sys.argv else TASKS
        main(*(rows or [1_000_000]), rounds, only)
