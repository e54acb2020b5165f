#!/usr/bin/env python3
"""A database that other programs keep busy while runs are recorded into it: is any point lost?

usage: tests/faults/busy.py build/release/nabiz [SECONDS] [PROCESSES]

So many processes take the write lock of the database again and again, for up to two seconds at a time, and write a
row of their own into it; some hold a read transaction for as long, which keeps the log from being taken into the file.
Runs are trained meanwhile, one after another, with a note edited now and then. What each told on its standard error
is its own count; what the database holds afterwards is compared with it. A run that ends while the database is locked sets its
last points aside, and the next command that gets at it takes them in: what is lost is counted when the storm is over.
"""
import json, multiprocessing, os, random, re, sqlite3, subprocess, sys, tempfile, time

TINY = ("model.d_model=32 model.n_layers=1 model.n_heads=2 model.d_ff=64 model.max_seq_len=64 "
        "language.stand_in=hidden=64,layers=1 training.warmup_steps=0 training.sample_interval=0 "
        "training.eval_interval=0 training.save_interval=100 training.log_interval=1 hardware.threads=1").split()
BATCHES = 600


def storm(file, seed, end, counts):
    """Writers hold the lock, every fourth a read transaction; both now and then only for a moment."""
    draw = random.Random(seed)
    connection = sqlite3.connect(file, isolation_level=None, timeout=30)
    held = refused = 0
    while time.time() < end:
        try:
            if seed % 4 == 3:
                connection.execute("BEGIN")
                connection.execute("SELECT count(*) FROM run").fetchone()
            else:
                connection.execute("BEGIN IMMEDIATE")
                connection.execute("UPDATE storm SET n = n + 1 WHERE who = ?", (seed,))
            time.sleep(draw.choice([0.001, 0.01, 0.1, 0.5, 2.0]))
            connection.execute("COMMIT")
            held += 1
        except sqlite3.OperationalError:
            refused += 1
            if connection.in_transaction:
                connection.execute("ROLLBACK")
        time.sleep(draw.choice([0, 0.001, 0.02]))
    counts.put((seed, held, refused))


def stored(file, run):
    """Batches, losses and the note that the database holds of a run."""
    reader = sqlite3.connect(f"file:{file}?mode=ro", uri=True, timeout=60)
    batches = reader.execute("SELECT count(*) FROM batch WHERE run = ?", (run,)).fetchone()[0]
    losses = reader.execute("SELECT count(*) FROM point JOIN metric ON metric.id = point.metric WHERE"
                            " metric.run = ? AND metric.name = 'loss'", (run,)).fetchone()[0]
    note = reader.execute("SELECT note FROM run WHERE id = ?", (run,)).fetchone()
    reader.close()
    return batches, losses, note[0] if note else None


def main():
    nabiz = os.path.abspath(sys.argv[1])
    seconds = float(sys.argv[2]) if len(sys.argv) > 2 else 60
    processes = int(sys.argv[3]) if len(sys.argv) > 3 else 8
    with tempfile.TemporaryDirectory() as folder:
        env = dict(os.environ, XDG_DATA_HOME=folder + "/data", XDG_CONFIG_HOME=folder + "/config",
                   XDG_STATE_HOME=folder + "/state", LC_ALL="C.UTF-8")
        file = folder + "/busy.db"
        subprocess.run([nabiz, "train", "quick", *TINY, "training.max_steps=2", "--db", file], env=env, check=True,
                       capture_output=True)
        with sqlite3.connect(file) as made:
            made.execute("CREATE TABLE storm (who INTEGER PRIMARY KEY, n INTEGER)")
            made.executemany("INSERT INTO storm VALUES (?, 0)", [(i,) for i in range(processes)])
        made.close()
        counts, end = multiprocessing.Queue(), time.time() + seconds
        others = [multiprocessing.Process(target=storm, args=(file, i, end, counts)) for i in range(processes)]
        for other in others:
            other.start()
        print("| run | exit | told | stored at once | losses | s |\n|---|---|---|---|---|---|", flush=True)
        faults = lost = runs = refused = 0
        noted = 0
        ended = []
        while time.time() < end:
            began = time.time()
            done = subprocess.run([nabiz, "train", "quick", *TINY, f"training.max_steps={BATCHES}",
                                   f"training.seed={runs}", "--db", file, "--json"], env=env, capture_output=True,
                                  text=True)
            told = max([int(n) for n in re.findall(r"batch (\d+)/", done.stderr)] or [0])
            if done.returncode == 2 and told == 0 and "is locked by another program" in done.stderr:
                refused += 1  # before anything was begun, with the reason
                continue
            runs += 1
            run = json.loads(done.stdout)["run"] if done.stdout else 0
            subprocess.run([nabiz, "edit", str(run), "--note", f"note {run}", "--db", file], env=env,
                           capture_output=True)
            batches, losses, _ = stored(file, run)
            faults += done.returncode != 0
            ended.append((run, told))
            print(f"| {run} | {done.returncode} | {told} | {batches} | {losses} | {time.time() - began:.1f} |", flush=True)
            if done.returncode:
                print(done.stderr[-400:])
        for other in others:
            other.join()
        held = [counts.get() for _ in others]
        subprocess.run([nabiz, "runs", "--db", file], env=env, check=True, capture_output=True)
        for run, told in ended:
            batches, losses, note = stored(file, run)
            missing = max(told, BATCHES) - min(batches, losses)
            lost += missing
            noted += note == f"note {run}"
            faults += missing != 0
        check = sqlite3.connect(file).execute("PRAGMA integrity_check").fetchone()[0]
        print(f"{refused} starts refused, since it was locked for 5 s; " if refused else "", end="")
        print(f"{processes} processes for {seconds:.0f} s held it {sum(h for _, h, _ in held)} times and were refused "
              f"{sum(r for _, _, r in held)} times; {runs} runs, {lost} of {runs * BATCHES} points lost, {noted} notes kept, "
              f"{faults} faults, integrity {check}")
        sys.exit(1 if faults or check != "ok" else 0)


main()
