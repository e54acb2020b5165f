# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tools' own readers take for the stores that bench_import left in a folder, beside Nabız in the same run:
.deps-neighbours/bin/python bench_readers.py build/release/bench/bench_import [POINTS]."""
import os
import subprocess
import sys
import tempfile
import time

BENCH, POINTS = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else "1000000"


def event_files(folder):
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
    events = EventAccumulator(folder + "/run", size_guidance={"scalars": 0})
    events.Reload()
    return sum(len(events.Scalars(tag)) for tag in events.Tags()["scalars"])


def csv_file(folder):
    import pandas
    return int(pandas.read_csv(folder + "/log.csv").drop(columns="step").count().sum())


def mlflow_database(folder):  # its tables are the bench's, without what the server adds: MLflow's own query, through SQLite
    import sqlite3
    rows = sqlite3.connect(folder + "/mlflow.db").execute(
        "SELECT key, value, timestamp, step, is_nan FROM metrics WHERE run_uuid = '0123456789abcdef'").fetchall()
    return len(rows)


def inbox(folder):
    import json
    return sum(len(json.loads(line).get("m", ())) for line in open(folder + "/x-inbox/run-1.jsonl"))


with tempfile.TemporaryDirectory() as place:
    subprocess.run([BENCH, POINTS, place], check=True)
    for name, read in (("EventAccumulator", event_files), ("pandas.read_csv", csv_file), ("sqlite3 of Python", mlflow_database),
                       ("json of Python", inbox)):
        try:
            for module in ("tensorboard.backend.event_processing.event_accumulator", "pandas"):
                __import__(module)  # which is not counted
            begin = time.perf_counter()
            count = read(place)
            print("%-18s %9d points: read %.3f s" % (name, count, time.perf_counter() - begin), flush=True)
        except ImportError as error:
            print("%-18s left out: %s" % (name, error))
