#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Ends that nobody has wished for, and whether nabiz guard lets the run go on: unattended.py NABIZ [ENDS] [SEED].

Each run of queue.resume: auto is ended at a random moment: killed outright, by the SIGTERM or SIGHUP of a session that
ends, or together with its guard, which is begun anew then as systemd does. Printed is how long it takes until another
process has recorded a batch of it. The exit status is 1 when fewer than 95 of 100 train again within 60 s.
"""
import json, os, random, signal, subprocess, sys, tempfile, time

NABIZ = os.path.abspath(sys.argv[1])
ENDS = int(sys.argv[2]) if len(sys.argv) > 2 else 100
random.seed(int(sys.argv[3]) if len(sys.argv) > 3 else 1)
WORK = tempfile.mkdtemp()
DATABASE = os.path.join(WORK, "runs.db")
ENVIRONMENT = dict(os.environ, HOME=WORK, XDG_DATA_HOME=WORK, XDG_CONFIG_HOME=WORK, LC_ALL="C.UTF-8")
SETTINGS = ("model.d_model=32 model.n_layers=1 model.n_heads=2 model.d_ff=64 model.max_seq_len=64 training.save_interval=20 "
            "training.eval_interval=0 training.sample_interval=0 training.max_steps=1000000 training.log_interval=1 "
            "hardware.threads=1 queue.resume=auto").split()
KINDS = {"kill -9": signal.SIGKILL, "SIGTERM": signal.SIGTERM, "SIGHUP": signal.SIGHUP, "session": signal.SIGTERM}


def start(*words):
    return subprocess.Popen([NABIZ, *words, "--db", DATABASE], env=ENVIRONMENT, stdout=subprocess.DEVNULL,
                            stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL)


def overview(name):
    done = subprocess.run([NABIZ, "show", name, "--json", "--db", DATABASE], env=ENVIRONMENT, capture_output=True, text=True)
    return json.loads(done.stdout) if done.returncode == 0 else None


def until(condition, seconds):
    end = time.time() + seconds
    while time.time() < end:
        if condition():
            return True
        time.sleep(0.3)
    return False


def children(pid):
    done = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True)
    return [int(word) for word in done.stdout.split()]


def once(number, kind, guard):
    """Ends a run, and returns the guard and after how many seconds the run trained again, or None."""
    name = "run-%d" % number
    process = start("train", "quick", *SETTINGS, "--name", name)
    if not until(lambda: (overview(name) or {"batches": 0})["batches"] > 10, 60):
        raise SystemExit("%s did not begin" % name)
    time.sleep(random.uniform(0, 1))
    if kind == "session":
        guard.send_signal(signal.SIGTERM)
    process.send_signal(KINDS[kind])
    begin = time.time()
    process.wait()
    if kind == "session":
        guard.wait()
        guard = start("guard")
    # Another process records it: it trains, with a batch beyond where it went on.
    def trains():
        run = overview(name)
        went_on = [event["batch"] or 0 for event in run["events"] if event["kind"] == "by_itself"]
        return run["status"] == "running" and went_on and run["batches"] > went_on[-1] + 2
    took = time.time() - begin if until(trains, 60) else None
    for child in children(guard.pid):
        os.kill(child, signal.SIGINT) # as a person stops it
    until(lambda: not children(guard.pid), 30)
    return guard, took


def main():
    guard = start("guard")
    seen = {kind: [] for kind in KINDS}
    for number in range(ENDS):
        kind = list(KINDS)[number % len(KINDS)]
        guard, took = once(number, kind, guard)
        seen[kind].append(took)
    guard.send_signal(signal.SIGTERM)
    guard.wait()
    print("| ended by | ends | trained again | after, median | at most |\n|---|---|---|---|---|")
    for kind, times in seen.items():
        again = sorted(took for took in times if took is not None)
        if times:
            print("| %s | %d | %d | %s | %s |" % (kind, len(times), len(again), "%.1f s" % again[len(again) // 2] if again else "-",
                                                 "%.1f s" % again[-1] if again else "-"))
    good = sum(took is not None for times in seen.values() for took in times)
    print("%d of %d trained again within 60 s" % (good, ENDS))
    return 0 if good >= 0.95 * ENDS else 1


sys.exit(main())
