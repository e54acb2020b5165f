# What other programs write, taken in while they write it, and what Nabız writes, read by them: each by its own package.
# Called by ./run.sh neighbours with the python of a venv that has them: neighbours.py NABIZ [NAME ...]
import json, math, os, signal, sqlite3, subprocess, sys, tempfile, time

HERE = os.path.dirname(os.path.abspath(__file__))
NABIZ = os.path.abspath(sys.argv[1])
LATEST = 1.0  # seconds from a flush to the point in the database

# script: the run's source, the part of its path, its metric; whether "flushed" is said only after the file has it
WRITERS = {
    "torch_tensorboard": [("tensorboard", "runs/torch", "Loss/train", True)],
    "tensorboardx": [("tensorboard", "runs/tbx", "loss", True)],
    "keras_csv": [("csv", "keras/training.csv", "loss", True)],
    "lightning_both": [("csv", "lightning_csv/", "train_loss", True), ("tensorboard", "lightning_tb/", "train_loss", True)],
    "hf_trainer": [("tensorboard", "hf/logs", "train/loss", True)],
    "nanogpt": [("inbox", "", "train/loss", True)],
    "dvclive_log": [("dvclive", "dvclive", "train/loss", True)],
    "mlflow_sqlite": [("mlflow", "mlflow/mlflow.db", "loss", True)],
    "trackio_log": [("trackio", "trackio/small.db", "loss", False)],
    "wandb_offline": [("wandb", "wandb/", "loss", False)],
}


def rows(database, sql, *values):
    if not os.path.exists(database):
        return []
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=10)
    try:
        return connection.execute(sql, values).fetchall()
    except sqlite3.OperationalError:
        return []
    finally:
        connection.close()


def points(database, source, place, metric):
    return rows(database, "SELECT h.batch, h.value FROM history h JOIN imported i ON i.run = h.run"
                " WHERE i.source = ? AND instr(i.path, ?) AND h.metric = ? ORDER BY h.batch", source, place, metric)


def near(a, b):
    return a == b or (math.isfinite(a) and math.isfinite(b) and abs(a - b) <= 1e-6 * max(1, abs(a)))


# While the script runs: when each point is there. Returns what is wrong, and the slowest point.
def follow(name, work, database, environment):
    script = subprocess.Popen([sys.executable, os.path.join(HERE, "writers", name + ".py")], cwd=work, env=environment,
                              stdout=open(os.path.join(work, name + ".out"), "w"), stderr=open(os.path.join(work, name + ".err"), "w"))
    output = open(os.path.join(work, name + ".out"))
    told, seen, text, over = [], {}, "", None
    while over is None or time.time() - over < 3:
        text += output.read()
        *lines, text = text.split("\n")
        for line in lines:
            words = line.split()
            if words[:1] == ["flushed"]:
                told.append((int(words[1]), float(words[2]), float(words[3])))
        for target in WRITERS[name]:
            for step, value in points(database, *target[:3]):
                seen.setdefault((target[:3], step), (time.time(), value, over is None))
        if over is None and script.poll() is not None:
            over = time.time()
        if over and all(len(points(database, *t[:3])) >= len(told) for t in WRITERS[name]):
            break
        time.sleep(0.02)
    wrong, slowest = [], 0
    if script.returncode != 0 or not told:
        return [open(os.path.join(work, name + ".err")).read().strip().split("\n")[-1] or "it told nothing"], 0
    for target in WRITERS[name]:
        got = points(database, *target[:3])
        if [step for step, _ in got] != [step for step, _, _ in told]:
            wrong.append(f"{target[0]}: steps {[s for s, _ in got]}, not {[s for s, _, _ in told]}")
            continue
        for step, value, when in told:
            at, stored, live = seen[(target[:3], step)]
            if not near(stored, value) and abs(stored - value) > 5e-5:  # Trainer rounds what it tells
                wrong.append(f"{target[0]}: {stored} at {step}, not {value}")
            if not live and step != told[-1][0]:
                wrong.append(f"{target[0]}: {step} came only when the script had ended")
            slowest = max(slowest, at - when)
            if target[3] and at - when > LATEST:
                wrong.append(f"{target[0]}: {step} came {at - when:.2f} s after its flush")
    return wrong, slowest


def exported(database, work):
    """Points of a run in the database and in what each program reads of its export."""
    run = rows(database, "SELECT i.run FROM imported i WHERE i.source = 'inbox'")[0][0]
    own = {}
    for metric, batch, value in rows(database, "SELECT metric, batch, value FROM history WHERE run = ?", run):
        own.setdefault(metric, []).append((batch, value))
    call = lambda *words: subprocess.run([NABIZ, *words, "--db", database], cwd=work, check=True, capture_output=True)
    wrong = []

    def compare(name, read):
        try:
            got = read()
        except Exception as error:  # noqa: BLE001: said beside its name
            wrong.append(f"{name}: {type(error).__name__} {error}")
            return
        for metric, values in own.items():
            theirs = sorted(got.get(metric, []))
            if theirs != sorted(values):
                wrong.append(f"{name}: {metric} has {len(theirs)} points of {len(values)}, or others: {theirs[:2]}, not {sorted(values)[:2]}")
        print(f"  {name}: {sum(len(v) for v in got.values())} points of {sum(len(v) for v in own.values())}")

    def tensorboard():
        from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
        call("export", str(run), "--tensorboard", "out-tb")
        folder = next(root for root, _, files in os.walk(os.path.join(work, "out-tb")) if any("tfevents" in f for f in files))
        from tensorboard.util.tensor_util import make_ndarray
        events = EventAccumulator(folder, size_guidance={"scalars": 0, "tensors": 0})
        events.Reload()
        got = {tag: [(e.step, e.value) for e in events.Scalars(tag)] for tag in events.Tags()["scalars"]}
        for tag in events.Tags()["tensors"]:  # what no float32 holds
            if not tag.startswith("_hparams_"):
                got[tag] = [(e.step, float(make_ndarray(e.tensor_proto))) for e in events.Tensors(tag)]
        return got

    def dvc():
        call("export", str(run), "--dvclive", "out-dvc")
        folder = next(root for root, dirs, _ in os.walk(os.path.join(work, "out-dvc")) if "plots" in dirs)
        subprocess.run([sys.executable, "-m", "dvc", "init", "--no-scm", "-q"], cwd=folder, check=True, capture_output=True)
        shown = subprocess.run([sys.executable, "-m", "dvc", "plots", "show", "--json"], cwd=folder,
                               check=True, capture_output=True, text=True)
        got = {}
        for name, plots in json.loads(shown.stdout).get("data", json.loads(shown.stdout)).items():
            for plot in plots:
                content = plot.get("content", plot)
                content = json.loads(content) if isinstance(content, str) else content
                for point in content["data"]["values"]:
                    file = point.get("filename") or name
                    metric = file.split("plots/metrics/")[-1].removesuffix(".tsv")
                    key = next(k for k in point if k not in ("step", "rev", "filename", "field", "timestamp"))
                    got.setdefault(metric, []).append((int(point["step"]), float(point[key])))
        return got

    def trackio():
        os.environ["TRACKIO_DIR"] = os.path.join(work, "out-trackio")
        os.makedirs(os.environ["TRACKIO_DIR"], exist_ok=True)
        call("export", str(run), "--trackio", "out-trackio/exported.db")
        from trackio.sqlite_storage import SQLiteStorage
        got = {}
        for name in SQLiteStorage.get_runs("exported"):
            for log in SQLiteStorage.get_logs("exported", name):
                for key, value in log.items():
                    if key not in ("step", "timestamp") and isinstance(value, (int, float)):
                        got.setdefault(key, []).append((log["step"], value))
        return got

    compare("TensorBoard's EventAccumulator", tensorboard)
    compare("dvc plots show", dvc)
    compare("Trackio's own storage", trackio)
    return wrong


def main():
    wanted = sys.argv[2:] or [*WRITERS, "exports", "mlflow-server"]
    failed = 0
    with tempfile.TemporaryDirectory(prefix="nabiz-neighbours-") as work:
        home = os.path.join(work, "home")
        os.makedirs(home)
        database = os.path.join(work, "nabiz.db")
        python = subprocess.run([NABIZ, "python"], capture_output=True, text=True, check=True).stdout.strip()
        environment = {**os.environ, "NABIZ_DB": database, "PYTHONPATH": python, "HOME": home, "CUDA_VISIBLE_DEVICES": "",
                       "GIT_PYTHON_REFRESH": "quiet", "DO_NOT_TRACK": "1", "DVC_NO_ANALYTICS": "1", "MLFLOW_DISABLE_TELEMETRY": "true"}
        follower = subprocess.Popen([NABIZ, "follow", work, "--db", database], env=environment, stdout=subprocess.DEVNULL)
        try:
            for name in [w for w in wanted if w in WRITERS] or ["nanogpt"]:
                wrong, slowest = follow(name, work, database, environment)
                print(f"{'ok  ' if not wrong else 'FAIL'} {name:18} slowest point {slowest * 1000:5.0f} ms behind its flush", flush=True)
                for line in wrong[:4]:
                    print("     ", line, flush=True)
                failed += bool(wrong)
        finally:
            follower.send_signal(signal.SIGINT)
            follower.wait()
        if "exports" in wanted:
            wrong = exported(database, work)
            for line in wrong:
                print("FAIL", line)
            failed += bool(wrong)
        if "mlflow-server" in wanted:
            import mlflow_server
            failed += mlflow_server.check(NABIZ, database, work, environment)
    print(f"{'all of it holds' if not failed else str(failed) + ' failed'}")
    return 1 if failed else 0


sys.exit(main())
