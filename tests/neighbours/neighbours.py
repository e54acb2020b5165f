# What other programs write, taken in while they write it, and what Nabız writes, read by them: each by its own package.
# Called by ./run.sh neighbours with the python of a venv that has them: neighbours.py NABIZ [NAME ...]
import json, math, os, re, signal, sqlite3, struct, subprocess, sys, tempfile, time

HERE = os.path.dirname(os.path.abspath(__file__))
NABIZ = os.path.abspath(sys.argv[1])
LATEST = 1.0  # seconds from a flush to the point in the database


def float32(value):
    return re.escape(struct.pack("<f", value))


def digits(value):
    return rb"(?<![0-9.])" + re.escape(repr(value).encode()) + rb"(?![0-9])"


def value_json(value):  # of a record of W&B
    text = repr(value).encode()
    return re.escape(b"\x82\x01" + bytes([len(text)]) + text)


# script: the run's source, the part of its path, its metric; how the tool's own files hold a value, where the script
# cannot say when they do (tensorboardX and Lightning flush a point behind, Trackio and W&B write when they like)
WRITERS = {
    "torch_tensorboard": [("tensorboard", "runs/torch", "Loss/train", None)],
    "tensorboardx": [("tensorboard", "runs/tbx", "loss", float32)],
    "keras_csv": [("csv", "keras/training.csv", "loss", None)],
    "lightning_both": [("csv", "lightning_csv/", "train_loss", digits), ("tensorboard", "lightning_tb/", "train_loss", float32)],
    "hf_trainer": [("tensorboard", "hf/logs", "train/loss", None)],
    "nanogpt": [("inbox", "", "train/loss", None)],
    "dvclive_log": [("dvclive", "dvclive", "train/loss", None)],
    "mlflow_sqlite": [("mlflow", "mlflow/mlflow.db", "loss", None)],
    "trackio_log": [("trackio", "trackio/", "loss", digits)],
    "wandb_offline": [("wandb", "wandb/", "loss", value_json)],
}
AT_THE_END = {"wandb_offline"}  # W&B writes what it has each 15 s and at its end: the last points come then


def bytes_below(place):
    """Of the stores; programs also keep logs of themselves there."""
    text = b""
    for folder, _, files in os.walk(place):
        for name in [f for f in files if not f.endswith(".log")]:
            try:
                text += open(os.path.join(folder, name), "rb").read()
            except OSError:
                pass  # gone meanwhile
    return text


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


def told_by(lines):
    words = [line.split() for line in lines]
    return [(int(w[1]), float(w[2]), float(w[3])) for w in words if w[:1] == ["flushed"]]


# While the script runs: when each point is in the tool's file, and when in the database. What is wrong, and the slowest.
def follow(name, work, database, environment):
    out, err = (os.path.join(work, name + end) for end in (".out", ".err"))
    script = subprocess.Popen([sys.executable, os.path.join(HERE, "writers", name + ".py")], cwd=work, env=environment,
                              stdout=open(out, "w"), stderr=open(err, "w"))
    output, told, seen, written, text, over = open(out), [], {}, {}, "", None
    while over is None or time.time() - over < 3:
        text += output.read()
        *lines, text = text.split("\n")
        told += told_by(lines)
        for target in WRITERS[name]:
            for step, value in points(database, *target[:3]):
                seen.setdefault((target, step), (time.time(), value, over is None))
            open_points = [(s, v) for s, v, _ in told if (target, s) not in written] if target[3] else []
            held = bytes_below(os.path.join(work, target[1])) if open_points else b""
            for step, value in open_points:
                if re.search(target[3](value), held):
                    written[target, step] = time.time()
        if over is None and script.poll() is not None:
            over = time.time()
        if over and all(len(points(database, *t[:3])) >= len(told) for t in WRITERS[name]):
            break
        time.sleep(0.02)
    if script.returncode != 0 or not told:
        return [open(err).read().strip().split("\n")[-1] or "it told nothing"], 0
    return judged(name, database, told, seen, written)


def judged(name, database, told, seen, written):
    wrong, slowest = [], 0
    for target in WRITERS[name]:
        source, got = target[0], points(database, *target[:3])
        if [step for step, _ in got] != [step for step, _, _ in told]:
            wrong.append(f"{source}: steps {[s for s, _ in got]}, not {[s for s, _, _ in told]}")
            continue
        for step, value, when in told:
            at, stored, live = seen[target, step]
            behind = max(0, at - (written.get((target, step), at) if target[3] else when))
            if not near(stored, value) and abs(stored - value) > 5e-5:  # Trainer rounds what it tells
                wrong.append(f"{source}: {stored} at {step}, not {value}")
            if not live and step != told[-1][0] and name not in AT_THE_END:
                wrong.append(f"{source}: {step} came only when the script had ended")
            if behind > LATEST:
                wrong.append(f"{source}: {step} came {behind:.2f} s after its flush")
            slowest = max(slowest, behind)
        if not any(seen[target, step][2] for step, _, _ in told):
            wrong.append(f"{source}: nothing came while the script ran")
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
                print(f"{'ok  ' if not wrong else 'FAIL'} {name:18} slowest point {slowest * 1000:5.0f} ms behind its file", flush=True)
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
