# SPDX-License-Identifier: GPL-3.0-or-later
"""log() of one metric, side by side: PYTHONPATH=build/release/python python3 bench_log.py [CALLS]. Those that cannot be
imported are left out. Microseconds; import in milliseconds, each in a fresh Python, the best of ten."""
import json
import os
import subprocess
import sys
import tempfile
import time

CALLS = int(sys.argv[1]) if len(sys.argv) > 1 else 20000
FOLDER = tempfile.mkdtemp()
os.environ.update(NABIZ_DB=FOLDER + "/n.db", WANDB_MODE="offline", WANDB_DIR=FOLDER, WANDB_SILENT="true", TRACKIO_DIR=FOLDER,
                  HF_HUB_OFFLINE="1")


def bare():
    file, step = os.open(FOLDER + "/bare", os.O_WRONLY | os.O_CREAT | os.O_APPEND), iter(range(1 << 62))
    return lambda value: os.write(file, (json.dumps({"t": time.time(), "s": next(step), "m": {"loss": value}}) + "\n").encode())


def nabiz():
    import nabiz
    nabiz.init(project="bench")
    return lambda value: nabiz.log({"loss": value})


def trackio():
    import trackio
    trackio.init(project="bench", embed=False)
    return lambda value: trackio.log({"loss": value})


def wandb():
    import wandb
    wandb.init(project="bench", mode="offline")
    return lambda value: wandb.log({"loss": value})


def tensorboard_x():
    import tensorboardX
    writer, step = tensorboardX.SummaryWriter(FOLDER + "/x"), iter(range(1 << 62))
    return lambda value: writer.add_scalar("loss", value, next(step))


def measure(name, make):
    try:
        log = make()
    except ImportError as error:
        print("%-14s left out: %s" % (name, error))
        return
    clock, took = time.perf_counter, []
    for i in range(CALLS):
        value, start = 1.0 / (i + 1), clock()
        log(value)
        took.append((clock() - start) * 1e6)
    took.sort()
    print("%-14s p50 %8.1f   p99 %8.1f   highest %10.1f us" % (name, took[CALLS // 2], took[CALLS * 99 // 100], took[-1]), flush=True)


def import_time(name):
    text = "import time; t = time.perf_counter(); import %s; print((time.perf_counter() - t) * 1e3)" % name
    runs = [subprocess.run([sys.executable, "-c", text], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) for _ in range(10)]
    took = [float(run.stdout) for run in runs if run.returncode == 0]
    print("import %-12s %s" % (name, "%8.2f ms" % min(took) if took else "left out"), flush=True)


for module in ("nabiz", "trackio", "wandb", "tensorboardX"):
    import_time(module)
for name, make in (("bare", bare), ("nabiz", nabiz), ("trackio", trackio), ("wandb offline", wandb), ("tensorboardX", tensorboard_x)):
    measure(name, make)
