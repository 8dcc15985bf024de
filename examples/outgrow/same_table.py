"""The same table on any engine: ``python same_table.py [pandas|polars|duckdb|spark]``.

For Spark, ``SPARK_MASTER`` names the master, as ``spark://host:7077``; without it Spark runs in
this process.
"""

import os
import sys

import citess
from citess.metrics import Tables, evaluate

METRICS = ("women_share", "formality_share", "sector_balance", "one_stop_completeness")


def session() -> object:
    """Session of Spark, on the cluster that SPARK_MASTER names."""
    from pyspark.sql import SparkSession  # noqa: PLC0415  (for Spark alone)

    master = os.environ.get("SPARK_MASTER", "local[2]")
    made = (
        SparkSession.builder.master(master)
        .config("spark.sql.shuffle.partitions", "4")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .getOrCreate()
    )
    made.sparkContext.setLogLevel("ERROR")
    return made


def table(engine: str) -> list[str]:
    """Lines of the table, by hub and year."""
    data = citess.datasets.synthetic(hubs=3, partners=24)
    if engine == "spark":
        tables = Tables.of(data, backend="pyspark", session=session())
    else:
        tables = Tables.of(data, backend=engine)
    found = evaluate(tables, METRICS, by="hub", where={"hub": tuple(map(str, data.hubs))})
    return [
        f"{row['name']:24} {row['hub'] or 'all':20} {row['value']:.6f} {row['n']:>5}"
        if row["value"] is not None
        else f"{row['name']:24} {row['hub'] or 'all':20} {row['reason']}"
        for row in found.rows
    ]


if __name__ == "__main__":
    sys.stdout.write("\n".join(table(sys.argv[1] if len(sys.argv) > 1 else "polars")) + "\n")
