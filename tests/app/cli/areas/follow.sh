# Area follow of cli_test.sh.

# What scripts log, taken in once, whoever does it and however often; lines that are half or none are left.
test_follow() {
    database=$XDG_DATA_HOME/nabiz/nabiz.db
    inbox=$database-inbox
    run 2 follow --once --json
    json 'd == {"runs": [], "skipped": []}'
    run 2 follow --json
    says "--once"
    run 2 follow / --once
    says "whole machine"
    mkdir -p "$inbox"
    boot=$(cat /proc/sys/kernel/random/boot_id)
    sleep 100 &
    writer=$!
    start=$(python3 -c 'import sys; print(open("/proc/%s/stat" % sys.argv[1]).read().rpartition(")")[2].split()[19])' $writer)
    printf '{"v": 1, "t": 1700000000, "start": {"id": "a", "name": "alpha", "tags": ["x"], "notes": "why", "project": "p", "pid": %s, "process_start": %s, "boot": "%s"}, "config": {"lr": 0.1, "net.depth": 3}}\n' $writer "$start" "$boot" >"$inbox/a-1.jsonl"
    printf '{"t":1700000001,"s":0,"m":{"loss":2.5,"acc":"NaN"}}\n{"t":1700000002,"s":1,"m":{"loss":1.5},"texts":{"note":"said"},"x":{"loss":7}}\n{"t":1700000003,"s":2,"m":{"lo' >>"$inbox/a-1.jsonl"
    run 0 follow --once --json
    json 'd == {"runs": [{"run": 1, "name": "alpha", "source": "inbox", "points": 3, "new_points": 3}], "skipped": []}'
    run 0 runs --json
    json '[(r["status"], r["source"]) for r in d] == [("running", "inbox")]' # its writer lives, whoever has read it
    run 0 follow --once --json
    json '[(r["run"], r["points"], r["new_points"]) for r in d["runs"]] == [(1, 3, 0)]'
    printf 'ss":0.5}}\nno JSON\n[1]\n{"t":1700000004,"s":"x","m":{"loss":1}}\n{"t":1700000004,"s":3,"m":{"loss":0.25}}\n' >>"$inbox/a-1.jsonl"
    run 0 follow --once --json
    json '[(r["points"], r["new_points"]) for r in d["runs"]] == [(5, 2)] and len(d["skipped"]) == 1 and "3 records" in d["skipped"][0]["reason"]'
    run 0 export 1 --csv - --metric loss
    equal "$(tr '\n' ' ' <"$out")" "batch,time,loss 0,1,2.5 7,2,1.5 2,3,0.5 3,4,0.25 "
    kill $writer
    wait $writer 2>/dev/null
    run 0 follow --once --json
    run 0 show 1 --json
    json 'd["status"] == "interrupted" and d["tags"] == ["x"]'
    # A process of the same run that takes it up again, and ends it; another that failed; one line far too long.
    printf '{"v":1,"t":1700000010,"start":{"id":"a","name":"alpha","pid":1,"process_start":1,"boot":"none"}}\n{"t":1700000011,"s":4,"m":{"loss":0.125}}\n{"t":1700000012,"end":0}\n' >"$inbox/a-2.jsonl"
    printf '{"v":1,"t":1700000010,"start":{"id":"b","name":"beta","pid":1,"process_start":1,"boot":"none"}}\n' >"$inbox/b-3.jsonl"
    head -c 50000000 /dev/zero | tr '\0' 'x' >>"$inbox/b-3.jsonl"
    printf '\n{"t":1700000011,"s":0,"m":{"loss":1}}\n{"t":1700000012,"end":1}\n' >>"$inbox/b-3.jsonl"
    run 0 follow --once --json
    json '[(r["run"], r["name"], r["points"], r["new_points"]) for r in d["runs"]] == [(1, "alpha", 6, 1), (2, "beta", 1, 1)]'
    run 0 runs --json
    json '{r["name"]: r["status"] for r in d} == {"alpha": "finished", "beta": "failed"}'
    run 0 import "$inbox" --json
    json '[(r["run"], r["source"], r["new_points"]) for r in d["runs"]] == [(1, "inbox", 0), (2, "inbox", 0)]'
    rm -r "$inbox"
    # Two that follow the same, while it grows and is imported too: each point once. Both end by a signal, with 0.
    mkdir -p home "$inbox"
    printf 'step,loss\n0,2.5\n' >home/log.csv
    "$nabiz" follow home >follow1 2>"$err" </dev/null &
    first=$!
    "$nabiz" follow home >follow2 2>>"$err" </dev/null &
    second=$!
    "$(command -v python3)" - "$("$nabiz" python)" "$database" "$inbox" <<'EOF' 2>>"$err" || fail "nabiz.py"
import os, sys, time
os.environ["NABIZ_DB"] = sys.argv[2]
sys.path.insert(0, sys.argv[1])
import nabiz as wandb
wandb.init(name="gamma", config={"lr": 1})
for i in range(40):
    wandb.log({"loss": 1 / (i + 1)})
    time.sleep(0.05)
    if i % 10 == 0:
        open("home/log.csv", "a").write("%d,1.5\n" % (i + 1))
wandb.finish()
EOF
    run 0 import home "$inbox"
    for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
        "$nabiz" show gamma --json >"$out" 2>>"$err"
        grep -q '"finished"' "$out" && break
        sleep 0.5
    done
    json 'd["status"] == "finished" and [m["points"] for m in d["metrics"] if m["name"] == "loss"] == [40]'
    run 0 show log --json
    json '[m["points"] for m in d["metrics"]] == [5]'
    kill -INT $first
    kill -TERM $second
    wait $first
    equal $? 0
    wait $second
    equal $? 0
    cat follow1 follow2 >"$out"
    equal "$(grep -c 'gamma (inbox)' "$out")" 1
    # A folder beside the inbox, one that is none.
    run 0 follow home nowhere --once --json
    json '{r["source"] for r in d["runs"]} == {"csv", "inbox"} and [s["path"] for s in d["skipped"]] == ["nowhere"]'
    # Runs of another tracker that say no end: one whose figures are new is taken for living, one of long ago was interrupted,
    # and an event file runs while its process holds it. What they are called later is taken, unless a person said otherwise.
    python3 - <<'P'
import os, time
for name, when in (("new", time.time()), ("old", 1.7e9)):
    run = os.path.join("mlruns", "0", name * 8)
    os.makedirs(run + "/metrics")
    os.makedirs(run + "/tags")
    ms = int(when * 1000)
    open(run + "/meta.yaml", "w").write("run_id: %s\nrun_name: %s\nexperiment_id: '0'\nstatus: 1\nstart_time: %d\nend_time: null\nlifecycle_stage: active\n" % (name * 8, name, ms))
    open(run + "/metrics/loss", "w").write("%d 2.5 0\n" % ms)
open("mlruns/0/meta.yaml", "w").write("experiment_id: '0'\nname: small\nlifecycle_stage: active\n")
P
    run 0 follow mlruns --once --db living.db
    run 0 runs --json --db living.db
    json '{r["name"]: r["status"] for r in d} == {"new": "running", "old": "interrupted"}'
    run 0 edit old --name mine --db living.db
    for name in new old; do
        sed -i "s/run_name: .*/run_name: $name later/" mlruns/0/$name*/meta.yaml
        printf paper >mlruns/0/$(ls mlruns/0 | grep "^$name")/tags/stage
    done
    run 0 follow mlruns --once --db living.db
    run 0 runs --json --db living.db
    json '{r["name"]: r["tags"] for r in d} == {"new later": ["stage=paper"], "mine": ["stage=paper"]}'
    mkdir -p logs
    cp "$here/../interchange/stores/tb_simple/run_a/"*tfevents* logs
    sleep 100 >>"$(ls logs/*tfevents* | head -n 1)" &
    writer=$!
    "$nabiz" follow logs --db living.db >follow3 2>"$err" </dev/null &
    first=$!
    for i in $(seq 200); do
        "$nabiz" show logs --json --db living.db >"$out" 2>/dev/null && grep -q '"running"' "$out" && break
        sleep 0.1
    done
    json 'd["status"] == "running" and d["source"] == "tensorboard"'
    kill $writer
    wait $writer 2>/dev/null
    for i in $(seq 200); do
        "$nabiz" show logs --json --db living.db >"$out" 2>/dev/null
        grep -q '"finished"' "$out" && break
        sleep 0.1
    done
    json 'd["status"] == "finished"' # an event file says nothing of ends
    # Folders in folders that come at once tell of the first of them alone.
    mkdir -p moved/a/b/c
    printf 'step,loss\n0,2.5\n10,1.5\n' >moved/a/b/c/deep.csv
    mv moved logs/moved
    for i in $(seq 50); do
        "$nabiz" show deep --json --db living.db >"$out" 2>/dev/null && break
        sleep 0.1
    done
    json 'd["source"] == "csv" and d["batches"] == 2'
    kill -INT $first
    wait $first
    # A script that was killed goes back to its checkpoint, in a process of its own: what it gave up is superseded. Ranks
    # beside each other give nothing up.
    cat >crash.py <<'P'
import os, signal, sys
os.environ["NABIZ_DB"] = sys.argv[2]
sys.path.insert(0, sys.argv[1])
import nabiz as wandb
wandb.init(id="demo", name="demo", resume="allow")
for step in range(int(sys.argv[3]), int(sys.argv[4])):
    wandb.log({"loss": step + float(sys.argv[5])}, step=step)
if sys.argv[6] == "kill":
    os.kill(os.getpid(), signal.SIGKILL)
wandb.finish()
P
    for how in stepwise together; do
        python=$("$nabiz" python)
        python3 crash.py "$python" "$work/$how.db" 0 16 0 kill 2>>"$err"
        [ $how = together ] || run 0 follow --once --db $how.db
        python3 crash.py "$python" "$work/$how.db" 10 40 0.5 end
        run 0 follow --once --db $how.db
        run 0 export demo --csv - --db $how.db
        equal "$(tail -n +2 "$out" | cut -d, -f1 | tr '\n' ' ')" "$(seq 0 39 | tr '\n' ' ')"
        equal "$(sed -n '11,12p' "$out" | cut -d, -f3 | tr '\n' ' ')" "9 10.5 "
        run 0 show demo --db $how.db --json
        json 'd["status"] == "finished"'
    done
}
