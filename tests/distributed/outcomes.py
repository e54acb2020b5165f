#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What becomes of a training on several ranks: outcomes.py NABIZ [short] [PACKAGES].

Ranks train together and are held against one; one is killed, stopped, lost with its launcher; and what cannot be one
training is tried. A table is printed; the exit status is 1 when anything of it is not as promised. PACKAGES is the
folder in which Python finds torch, for torchrun; `short` leaves out what needs it, and takes seconds.
"""
import json, os, re, signal, socket, struct, subprocess, sys, tempfile, time

NABIZ = os.path.abspath(sys.argv[1])
SHORT = "short" in sys.argv[2:]
PACKAGES = next((word for word in sys.argv[2:] if word != "short"), None)
WORK = tempfile.mkdtemp()
SMALL = ("model.d_model=32 model.n_layers=2 model.n_heads=2 model.d_ff=64 model.max_seq_len=64 training.warmup_steps=5 "
         "language.stand_in=hidden=64,layers=1 training.eval_interval=0 training.sample_interval=0 hardware.threads=1 "
         "training.batch_size=4 hardware.device=cpu").split()
LONG = ["training.max_steps=100000", "training.save_interval=20"]
rows, failures = [], 0


def environment(name, **more):
    home = os.path.join(WORK, name)
    os.makedirs(home, exist_ok=True)
    base = {key: value for key, value in os.environ.items() if not key.startswith(("TORCHELASTIC", "MASTER_"))
            and key not in ("RANK", "WORLD_SIZE", "LOCAL_RANK", "LOCAL_WORLD_SIZE", "NABIZ_DB")}
    base.update(HOME=home, XDG_DATA_HOME=home, XDG_CONFIG_HOME=home, **{k: str(v) for k, v in more.items()})
    return base


def note(what, promised, is_so, seconds, seen):
    global failures
    failures += not is_so
    rows.append((what, promised, "yes" if is_so else "NO", "%.1f" % seconds, seen))
    print("%-44s %s  %s" % (what, rows[-1][2], seen), flush=True)


def lines(text):
    return [line for line in text.splitlines() if line.startswith("nabiz: ")]


def start(words, env, prefix=()):
    return subprocess.Popen([*prefix, NABIZ, *words], env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                            stderr=subprocess.PIPE, text=True)


def end(process, seconds=120):
    try:
        out, err = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        out, err = process.communicate()
        err += "\n(killed by the test: it did not end)"
    return process.returncode, out, err


def descendants(pid):
    """Of this process, by what /proc says, the youngest generation too."""
    parents = {}
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                with open("/proc/%s/stat" % entry) as file:
                    fields = file.read().rsplit(")", 1)[1].split()
            except OSError:
                continue
            if fields[0] != "Z":
                parents.setdefault(int(fields[1]), []).append(int(entry))
    found, open_ones = [], [pid]
    while open_ones:
        for child in parents.get(open_ones.pop(), []):
            found.append(child)
            open_ones.append(child)
    return found


def rank_of(pid):
    try:
        with open("/proc/%d/environ" % pid, "rb") as file:
            variables = dict(entry.split(b"=", 1) for entry in file.read().split(b"\0") if b"=" in entry)
        with open("/proc/%d/cmdline" % pid, "rb") as file:
            is_nabiz = b"nabiz" in os.path.basename(file.read().split(b"\0")[0])
        return int(variables[b"RANK"]) if is_nabiz and b"RANK" in variables else None
    except (OSError, ValueError):
        return None


def wait_for(condition, seconds=60):
    until = time.time() + seconds
    while time.time() < until:
        found = condition()
        if found:
            return found
        time.sleep(0.02)
    return None


def runs(env):
    done = subprocess.run([NABIZ, "runs", "--json"], env=env, capture_output=True, text=True)
    return json.loads(done.stdout) if done.returncode == 0 else []


def trained(env, batches):
    return wait_for(lambda: any(run["batches"] >= batches for run in runs(env)))


def alive(pid):
    try:
        with open("/proc/%d/stat" % pid) as file:
            return file.read().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def none_left(pids, seconds=10):
    return bool(wait_for(lambda: not any(alive(pid) for pid in pids), seconds))


def curve(env, run=1):
    done = subprocess.run([NABIZ, "export", str(run), "--csv", "-", "--metric", "loss"], env=env, capture_output=True, text=True)
    return [float(line.split(",")[2]) for line in done.stdout.splitlines()[1:]]


def weights(env):
    """Of the newest checkpoint of the first run: name → numbers."""
    folder = None
    for path, _, files in os.walk(env["HOME"]):
        if "model.safetensors" in files and (folder is None or os.path.getmtime(path) > os.path.getmtime(folder)):
            folder = path
    with open(os.path.join(folder, "model.safetensors"), "rb") as file:
        data = file.read()
    size = struct.unpack("<Q", data[:8])[0]
    header = json.loads(data[8:8 + size])
    result = {}
    for name, entry in header.items():
        if name != "__metadata__" and entry["dtype"] == "F32":
            begin, finish = (8 + size + place for place in entry["data_offsets"])
            result[name] = struct.unpack("<%df" % ((finish - begin) // 4), data[begin:finish])
    return result


def apart(a, b):
    return max(abs(x - y) for name in a for x, y in zip(a[name], b[name]))


def equality():
    words = ["train", "quick", *SMALL, "training.max_steps=20", "training.save_interval=100"]
    seen = {}
    for ranks in (1, 2, 4):
        env = environment("equal%d" % ranks)
        begin = time.time()
        code, _, err = end(start([*words, "--ranks", str(ranks)], env))
        seen[ranks] = (weights(env), curve(env)) if code == 0 else None
        if code:
            note("%d ranks" % ranks, "trains", False, time.time() - begin, err.strip()[-200:])
            return
        if ranks > 1:
            difference = apart(seen[1][0], seen[ranks][0])
            losses = max(abs(x - y) for x, y in zip(seen[1][1], seen[ranks][1]))
            is_so = difference < 1e-6 and losses < 1e-5 and len(seen[ranks][1]) == 20
            note("%d ranks against 1, 20 updates" % ranks, "parameters within 1e-6", is_so, time.time() - begin,
                 "parameters %.1e apart, losses %.1e" % (difference, losses))


def struck(what, promised, victim, strike, timeout, code_wanted=1):
    """A local training of three ranks of which one is struck."""
    env = environment(re.sub(r"\W", "", what))
    process = start(["train", "quick", *SMALL, *LONG, "training.batch_size=6", "--ranks", "3",
                     "hardware.rank_timeout=%d" % timeout], env)
    if not trained(env, 25):
        process.kill()
        return note(what, promised, False, 0, "it did not begin: " + end(process)[2][-300:])
    others = descendants(process.pid)
    pid = process.pid if victim == 0 else next(one for one in others if rank_of(one) == victim)
    begin = time.time()
    os.kill(pid, strike)
    code, _, err = end(process, timeout + 30)
    took = time.time() - begin
    left = not none_left(others)
    for one in others:
        if alive(one):
            os.kill(one, signal.SIGKILL)
    said = lines(err)
    status = runs(env)[0]["status"]
    is_so = not left and took < timeout + 12
    if victim != 0:
        is_so = is_so and code == code_wanted and len(said) == 1 and str(victim) in said[0] and status == "failed"
    else:
        is_so = is_so and status == "interrupted"
    note(what, promised, is_so, took, "exit %d, run %s%s%s" % (code, status, ", processes left" if left else "",
                                                            ": " + said[-1][7:150] if said else ""))
    return env


def goes_on(env):
    begin = time.time()
    before = runs(env)[0]["batches"]
    code, _, err = end(start(["resume", "1", "training.max_steps=%d" % (before + 5)], env))
    run = runs(env)[0]
    note("resumed after the kill", "finishes", code == 0 and run["status"] == "finished", time.time() - begin,
         "%d batches, then %d, %s %s" % (before, run["batches"], run["status"], err.strip()[-150:] if code else ""))


def torchrun(words, env, options=()):
    env = dict(env, PYTHONPATH=PACKAGES, OMP_NUM_THREADS="1")
    return start(words, env, [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node=2", *options,
                              "--no-python"])


def launched():
    words = ["train", "quick", *SMALL, "training.max_steps=400", "training.save_interval=20"]
    env = environment("torchrun")
    begin = time.time()
    process = torchrun(words, env, ["--max-restarts=2"])
    started = trained(env, 60)
    workers = [pid for pid in descendants(process.pid) if rank_of(pid) is not None]
    victim = next((pid for pid in workers if rank_of(pid) == 1), None)
    if started and victim:
        os.kill(victim, signal.SIGKILL)
    code, _, err = end(process, 200)
    found = runs(env)
    env1 = environment("alone")
    end(start([*words, "--ranks", "2"], env1))
    same = found and curve(env) == curve(env1)
    note("torchrun, kill -9 of rank 1", "restarted, same run, same curve",
         bool(code == 0 and len(found) == 1 and found[0]["status"] == "finished" and same), time.time() - begin,
         "exit %d, %d run, %s, curve %s" % (code, len(found), found[0]["status"] if found else "-",
                                           "equal to the last bit" if same else "differs") + ("" if code == 0 else err[-300:]))

    env = environment("agent")
    process = torchrun(["train", "quick", *SMALL, *LONG, "hardware.rank_timeout=10"], env)
    trained(env, 25)
    workers = [pid for pid in descendants(process.pid) if rank_of(pid) is not None]
    begin = time.time()
    process.kill()
    process.wait()
    clean = none_left(workers, 30)
    run = runs(env)[0]
    note("torchrun, kill -9 of the agent", "its ranks stop and save; no orphans", clean and run["status"] == "stopped",
         time.time() - begin, "%s, run %s" % ("no process left" if clean else "processes left", run["status"]))


def world(rank, size, port, address="127.0.0.1"):
    return dict(RANK=rank, WORLD_SIZE=size, LOCAL_RANK=rank, LOCAL_WORLD_SIZE=size, MASTER_ADDR=address, MASTER_PORT=port)


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def refused(what, words_of, wanted, says, port=None, address="127.0.0.1", size=2, late=0.0):
    """Two ranks from bare variables; each that can speak says one line."""
    port = port or free_port()
    begin = time.time()
    processes, envs = [], []
    for rank in range(2):
        envs.append(environment(re.sub(r"\W", "", what) + str(rank), **world(rank, size, port, address)))
        processes.append(start(["train", "quick", *SMALL, "training.max_steps=3", *words_of(rank)], envs[-1]))
        if rank == 0:
            time.sleep(late)
    ended = [end(process, 100) for process in processes]
    codes = [one[0] for one in ended]
    said = [lines(one[2]) for one in ended]
    bare = {key: value for key, value in envs[0].items() if key not in world(0, 2, 1)}
    recorded = runs(bare)
    is_so = codes == wanted and all(len(one) == (1 if code else 0) for code, one in zip(codes, said))
    is_so = is_so and all(says in line for one in said for line in one)
    is_so = is_so and (all(run["batches"] == 0 for run in recorded) if any(wanted) else len(recorded) == 1)
    note(what, "exit %s, one line each" % wanted if any(wanted) else "trains", is_so, time.time() - begin,
         "exit %s, %d recorded; %s" % (codes, len(recorded), said[0][0][7:160] if said[0] else ""))


def bad_input():
    refused("other presets", lambda rank: ["training.learning_rate=%s" % (1e-3 if rank else 2e-3)], [2, 2], "training.learning_rate")
    refused("a batch that does not divide", lambda rank: ["training.batch_size=3"], [2, 2], "training.batch_size")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        env = environment("port", **world(0, 2, port))
        begin = time.time()
        code, _, err = end(start(["train", "quick", *SMALL], env))
        said = lines(err)
        note("a port in use", "exit 2, one line", code == 2 and len(said) == 1 and "in use" in said[0], time.time() - begin,
             "exit %d: %s" % (code, (said or [""])[0][7:160]))
    refused("a host that does not resolve", lambda rank: [], [2, 2], "no-such-host.invalid", address="no-such-host.invalid")
    if not SHORT:
        refused("a rank that comes 60 s late", lambda rank: [], [0, 0], "", late=60)


def namespaces():
    """Two network namespaces as two hosts, with a link between them."""
    if os.geteuid() != 0:
        return print("two hosts: left out, it takes root")
    names = ["nabiz-a-%d" % os.getpid(), "nabiz-b-%d" % os.getpid()]
    run = lambda *words: subprocess.run(words, capture_output=True, text=True)
    try:
        made = [run("ip", "netns", "add", name).returncode for name in names]
        made.append(run("ip", "link", "add", "nbz0", "netns", names[0], "type", "veth", "peer", "name", "nbz1", "netns",
                        names[1]).returncode)
        for i, name in enumerate(names):
            made.append(run("ip", "-n", name, "addr", "add", "10.77.0.%d/24" % (i + 1), "dev", "nbz%d" % i).returncode)
            made.append(run("ip", "-n", name, "link", "set", "nbz%d" % i, "up").returncode)
            made.append(run("ip", "-n", name, "link", "set", "lo", "up").returncode)
        if any(made):
            return print("two hosts: left out, this machine makes no network namespaces")
        begin = time.time()
        envs = [environment("host%d" % i, **world(i, 2, 29500, "10.77.0.1")) for i in range(2)]
        words = ["train", "quick", *SMALL, "training.max_steps=20", "training.save_interval=100"]
        processes = [start(words, envs[i], ["ip", "netns", "exec", names[i]]) for i in range(2)]
        ended = [end(process) for process in processes]
        is_so = all(one[0] == 0 for one in ended)
        bare = {key: value for key, value in envs[0].items() if key not in world(0, 2, 1)}
        difference = apart(weights(environment("equal1")), weights(bare)) if is_so else float("nan")
        note("two network namespaces as two hosts", "trains as one rank does", is_so and difference < 1e-6, time.time() - begin,
             "parameters %.1e apart" % difference if is_so else ended[0][2][-300:] + ended[1][2][-300:])
    finally:
        for name in names:
            run("ip", "netns", "del", name)


def main():
    equality()
    env = struck("kill -9 of a rank", "one sentence, exit 1, no process left", 1, signal.SIGKILL, 20)
    if env:
        goes_on(env)
    struck("a rank stands still (SIGSTOP)", "the same within the timeout", 2, signal.SIGSTOP, 2)
    struck("kill -9 of rank 0", "no process left", 0, signal.SIGKILL, 20)
    bad_input()
    if not SHORT:
        namespaces()
        if PACKAGES:
            launched()
        else:
            print("torchrun: left out, no PACKAGES were given")
    print("\n| what | promised | so | s | seen |\n|---|---|---|---|---|")
    for row in rows:
        print("| %s |" % " | ".join(row))
    print("\n%d of %d as promised" % (len(rows) - failures, len(rows)))
    return 1 if failures else 0


sys.exit(main())
