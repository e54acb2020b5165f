#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Kills at random moments, and what is left: kill.py NABIZ [KILLS] [SEED].

Each kill is a training that gets SIGKILL somewhere between its first instruction and its end, or a migration that does.
Then the database is checked, the run is taken up again, and its curve is held against that of a run nobody killed. A
table is printed; the exit status is 1 when anything of it is not as promised.
"""
import json, os, random, signal, sqlite3, subprocess, sys, tempfile, time

HERE = os.path.dirname(os.path.abspath(__file__))
NABIZ = os.path.abspath(sys.argv[1])
KILLS = int(sys.argv[2]) if len(sys.argv) > 2 else 100
SEED = int(sys.argv[3]) if len(sys.argv) > 3 else 1
GOAL_MS = 250
APPLICATION_ID, FIRST_SCHEMA = None, os.path.join(HERE, "../../storage/schema/schema.sql")

SMALL = ("model.d_model=32 model.n_layers=1 model.n_heads=2 model.d_ff=64 model.max_seq_len=64 model.dropout=0.1 "
         "language.stand_in=hidden=64,layers=1 training.warmup_steps=0 training.max_steps=60 hardware.threads=1 "
         "training.gradient_accumulation_steps=4 training.sample_interval=0").split()
KINDS = {
    "plain": ["training.eval_interval=0", "training.save_interval=25"],
    "evaluating": ["training.eval_interval=2", "training.eval_batches=8", "training.save_interval=25"],
    "checkpointing": ["training.eval_interval=0", "training.save_interval=2"],
    "memory, introspection": ["training.eval_interval=10", "training.save_interval=7", "model.use_memory=true",
                              "model.use_introspection=true"],
}


def nabiz(*words, **options):
    return subprocess.run([NABIZ, *words], capture_output=True, text=True, **options)


def told(*words):
    done = nabiz(*words)
    if done.returncode:
        raise RuntimeError("nabiz %s: %s" % (" ".join(words), done.stderr.strip()))
    return done.stdout


def curve(run):
    """Batch and loss of every batch, as text: what differs in a bit differs here."""
    lines = told("export", str(run), "--csv", "-", "--metric", "loss").splitlines()
    return [(line.split(",")[0], line.split(",")[2]) for line in lines[1:]]


def clock(facts, seconds):
    """Seconds since 1970 of a batch's own seconds: see storage/records/run_clock.h."""
    zero = float(facts["time.zero"]) / 1000
    for word in facts.get("time.stretches", "").split():
        start, began = word.split("@")
        if seconds > float(start):
            zero = float(began) / 1000 - float(start)
    return zero + seconds


def last_batch(run):
    """Its number and when it was trained, as the database tells."""
    lines = nabiz("export", str(run), "--csv", "-", "--metric", "loss").stdout.splitlines()
    if len(lines) < 2:
        return -1, None  # killed before its first point
    batch, seconds = lines[-1].split(",")[:2]
    return int(batch), clock(json.loads(told("show", str(run), "--json"))["facts"], float(seconds))


def first_since(run, facts):
    """When the first batch was trained behind where the run went on."""
    start = float((facts.get("time.stretches", "").split() or ["0@0"])[-1].split("@")[0])
    lines = told("export", str(run), "--csv", "-", "--metric", "loss").splitlines()[1:]
    seconds = [float(line.split(",")[1]) for line in lines]
    return clock(facts, next(second for second in seconds if second > start))


class Table:
    def __init__(self):
        self.rows, self.faults = {}, []

    def row(self, kind):
        return self.rows.setdefault(kind, {"kills": 0, "before": 0, "ms": 0.0, "batches": 0, "resume": 0.0})

    def fault(self, text):
        self.faults.append(text)
        print("FAULT " + text, flush=True)

    def show(self):
        print("%-22s %6s %10s %12s %14s %12s" % ("killed while", "kills", "not begun", "missing, ms", "missing, batches", "resumed, s"))
        for kind, row in self.rows.items():
            print("%-22s %6d %10d %12.0f %14d %12.2f" % (kind, row["kills"], row["before"], row["ms"], row["batches"], row["resume"]))
        worst = max((row["ms"] for row in self.rows.values()), default=0)
        print("missing at most %.0f ms (goal %d); faults: %d" % (worst, GOAL_MS, len(self.faults)))


def checked(table, what):
    if not os.path.exists(os.environ["NABIZ_DB"]):
        return
    database = sqlite3.connect(os.environ["NABIZ_DB"])
    found = database.execute("PRAGMA integrity_check").fetchone()[0]
    database.close()
    if found != "ok":
        table.fault("%s: integrity_check: %s" % (what, found))


def kill_training(table, kind, number, whole, duration, generator):
    row = table.row(kind)
    row["kills"] += 1
    name = "%s %d" % (kind, number)
    process = subprocess.Popen([NABIZ, "train", "quick", *SMALL, *KINDS[kind], "--name", name],
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(generator.uniform(0, duration * 1.02))
    process.send_signal(signal.SIGKILL)
    killed = time.time()
    ended = process.wait() == 0
    checked(table, name)
    known = [run for run in json.loads(told("runs", "--json")) if run["name"] == name]
    if not known:
        row["before"] += 1
        return
    run = known[0]["run"]
    if not ended and known[0]["status"] not in ("interrupted", "finished"):
        table.fault("%s is shown as %s" % (name, known[0]["status"]))
    batch, when = last_batch(run)
    if known[0]["status"] != "finished":
        if when:
            # Up to the batch that was being trained, which nobody has yet.
            row["ms"] = max(row["ms"], (killed - when) * 1000)
        begun = time.time()
        resumed = nabiz("resume", str(run))
        if resumed.returncode:
            return table.fault("%s cannot be resumed: %s" % (name, resumed.stderr.strip().splitlines()[-1]))
        facts = json.loads(told("show", str(run), "--json"))["facts"]
        row["resume"] = max(row["resume"], first_since(run, facts) - begun)
    if curve(run) != whole:
        table.fault("%s has another curve than the run nobody killed (killed at batch %d)" % (name, batch))


def kill_migration(table, number, generator):
    row = table.row("migrating")
    row["kills"] += 1
    file = os.path.join(os.path.dirname(os.environ["NABIZ_DB"]), "old %d.db" % number)
    old = sqlite3.connect(file)
    old.executescript(open(FIRST_SCHEMA, encoding="utf-8").read())
    old.execute("PRAGMA application_id = %d" % APPLICATION_ID)
    old.execute("PRAGMA user_version = 1")
    old.execute("INSERT INTO run (name, status, created) VALUES ('old', 'finished', 5)")
    old.execute("INSERT INTO metric VALUES (1, 1, 'loss', '')")
    old.execute("INSERT INTO segment VALUES (1, 0, 0, 5)")
    old.executemany("INSERT INTO batch VALUES (1, ?, 0, ?, ?)", ((i, i, i / 10) for i in range(50000)))
    old.executemany("INSERT INTO point VALUES (1, ?, ?)", ((i, 1 / (i + 1)) for i in range(50000)))
    old.commit()
    old.close()
    process = subprocess.Popen([NABIZ, "edit", "old", "--star", "yes", "--db", file], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(generator.uniform(0, 0.4))
    process.kill()
    process.wait()
    runs = json.loads(told("runs", "--json", "--db", file))
    if [run["name"] for run in runs] != ["old"] or runs[0]["batches"] != 50000:
        table.fault("a migration lost something: %s" % runs)
    os.remove(file)


def main():
    global APPLICATION_ID
    generator, table = random.Random(SEED), Table()
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(HOME=folder, NABIZ_DB=os.path.join(folder, "runs.db"))
        for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME"):
            os.environ.pop(name, None)
        whole, durations = {}, {}
        for kind, words in KINDS.items():
            begun = time.time()
            told("train", "quick", *SMALL, *words, "--name", kind + " whole")
            durations[kind] = time.time() - begun
            whole[kind] = curve(kind + " whole")
        database = sqlite3.connect(os.environ["NABIZ_DB"])
        APPLICATION_ID = database.execute("PRAGMA application_id").fetchone()[0]
        database.close()
        kinds = list(KINDS)
        for number in range(KILLS):
            if number % 10 == 9:
                kill_migration(table, number, generator)
            else:
                kind = kinds[number % len(kinds)]
                kill_training(table, kind, number, whole[kind], durations[kind], generator)
    table.show()
    return 1 if table.faults else 0


if __name__ == "__main__":
    sys.exit(main())
