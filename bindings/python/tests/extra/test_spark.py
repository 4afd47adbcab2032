"""On executors of their own: equal to one machine, also where one of them dies."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import muster as ms
import muster.spark
import pandas as pd
import pyspark
import pytest
from pyspark.sql import DataFrame, SparkSession

PARTITIONS = 8


@pytest.fixture(scope="module")
def spark() -> Iterator[SparkSession]:
    os.environ["SPARK_HOME"] = str(Path(pyspark.__file__).parent)
    os.environ["PYSPARK_PYTHON"] = os.environ["PYSPARK_DRIVER_PYTHON"] = sys.executable
    session = (
        SparkSession.builder.master("local-cluster[2,1,1024]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.executorEnv.PYTHONPATH", str(Path(ms.__file__).parents[1]))
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "500")
        .getOrCreate()
    )
    yield session
    session.stop()


@pytest.fixture(scope="module")
def frame(spark: SparkSession, customers: dict[str, Any]) -> DataFrame:
    rows = pd.DataFrame(customers).assign(id=range(7043))
    rows["total_charges"] = (
        rows["total_charges"].astype(object).where(rows["total_charges"].notna(), None)
    )
    return spark.createDataFrame(rows).repartition(PARTITIONS)


def _pairs(telco: ms.Catalogue, customers: dict[str, Any]) -> list[tuple[int, str]]:
    match = telco.compile().match(customers)
    first, rules = match.rows()
    return [
        (user, match.policies[rule])
        for user in range(len(match))
        for rule in rules[int(first[user]) : int(first[user + 1])]
    ]


def _collected(pairs: DataFrame) -> list[tuple[int, str]]:
    return sorted((row.id, row.policy) for row in pairs.collect())


def test_match(frame: DataFrame, telco: ms.Catalogue, customers: dict[str, Any]) -> None:
    pairs = muster.spark.match(frame, telco, key="id")
    assert pairs.columns == ["id", "policy"]
    assert _collected(pairs) == sorted(_pairs(telco, customers))


def test_users_are_named_by_any_column(spark: SparkSession) -> None:
    tags = [{"name": "fee", "type": "number"}]
    catalogue = ms.Catalogue.from_rules(tags, {"P": "fee > 1"}, key="customer_id")
    frame = spark.createDataFrame([("a", 1.0), ("b", 2.0)], ["name", "fee"])
    assert muster.spark.match(frame, catalogue, key="name").collect() == [("b", "P")]
    assert muster.spark.audience(frame, catalogue, "fee = 1").collect() == [("a", 1.0)]


def test_audience(frame: DataFrame, telco: ms.Catalogue, customers: dict[str, Any]) -> None:
    rule = "SEGMENT(fiber) AND tenure < 6"
    fitting = muster.spark.audience(frame, telco, rule)
    assert fitting.schema == frame.schema
    expected = telco.compile().audience(rule, customers).nonzero()[0].tolist()
    assert sorted(row.id for row in fitting.select("id").collect()) == expected
    with pytest.raises(ms.RuleError):
        muster.spark.audience(frame, telco, "tenur < 6")


def test_keys_must_be_there(frame: DataFrame, telco: ms.Catalogue) -> None:
    with pytest.raises(ValueError, match="^the schema has no key column"):
        muster.spark.match(frame, telco)
    with pytest.raises(ValueError, match="^there is no column 'customer' to name users by$"):
        muster.spark.match(frame, telco, key="customer")


def test_an_executor_dies(
    frame: DataFrame, telco: ms.Catalogue, customers: dict[str, Any], tmp_path: Path
) -> None:
    """The first task to come kills its executor's JVM in the middle of the job."""
    killed = tmp_path / "killed"

    def kill_once(batches: Iterator[Any]) -> Iterator[Any]:
        import os
        import signal

        for batch in batches:
            try:
                os.close(os.open(killed, os.O_CREAT | os.O_EXCL))
            except FileExistsError:
                pass
            else:
                executor = os.getppid()
                while (
                    b"CoarseGrainedExecutorBackend"
                    not in Path(f"/proc/{executor}/cmdline").read_bytes()
                ):  # the worker's parent is Python's daemon, whose is the JVM
                    executor = int(
                        Path(f"/proc/{executor}/stat").read_text().rsplit(")")[1].split()[1]
                    )
                os.kill(executor, signal.SIGKILL)
            yield batch

    risky = frame.mapInArrow(kill_once, frame.schema)
    assert _collected(muster.spark.match(risky, telco, key="id")) == sorted(
        _pairs(telco, customers)
    )
    assert killed.exists()


def test_a_worker_keeps_what_it_loaded(every_type: ms.Catalogue) -> None:
    from muster.spark import MAX_LOADED, _loaded, _rules_of

    saved = every_type.compile().to_bytes()
    first = _rules_of(b"0", saved)
    assert _rules_of(b"0", saved) is first
    for other in range(MAX_LOADED + 3):
        _rules_of(str(other).encode(), saved)
    assert len(_loaded) == MAX_LOADED
