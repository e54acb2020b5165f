# Area sync of cli_test.sh: a tracking server on loopback that keeps what it is sent, breaks off and refuses.

behave() { printf '%s ' "$@" >server/behave; }
state() {
    python3 - "$url" >"$out" 2>>"$err" <<'P' || fail "the server shows nothing"
import sys, urllib.request
sys.stdout.write(urllib.request.urlopen(sys.argv[1] + "/state").read().decode())
P
}

test_sync() {
    mkdir -p server
    python3 "$here/mlflow_fake.py" server port 2>>server.err &
    server_pid=$!
    trap 'kill $server_pid 2>/dev/null; chmod -R u+w "$work" 2>/dev/null; rm -rf "$work"' EXIT
    for i in $(seq 200); do [ -e port ] && break; sleep 0.05; done
    url=http://127.0.0.1:$(cat port)
    yes 'bir varmış bir yokmuş, evvel zaman içinde' | head -n 500 >text.txt
    run 0 train quick data.train_path=text.txt $tiny training.max_steps=30 --name first
    run 2 sync
    says "--mlflow"
    run 2 sync --mlflow localhost:5000
    says "no address"
    run 2 sync --mlflow "$url" nobody
    run 2 sync --mlflow "$url" --follow --json
    run 1 sync --mlflow http://127.0.0.1:1 --push
    says "not reached"
    behave token=secret
    run 1 sync --mlflow "$url" --push
    says "MLFLOW_TRACKING_TOKEN"
    MLFLOW_TRACKING_TOKEN=secret run 0 sync --mlflow "$url" --push --json
    json '[(p["run"], p["name"], p["points"] == p["new_points"] > 30) for p in d["pushed"]] == [(1, "first", True)]'
    behave
    run 0 sync --mlflow "$url" --json
    json 'd == {"pushed": [], "runs": [], "skipped": []} or [p["new_points"] for p in d["pushed"]] == [0]'
    state
    json '[(r["info"]["run_name"], r["info"]["status"], r["params"]["training.max_steps"]) for r in d["runs"].values()] == [("first", "FINISHED", "30")]'
    json 'len([p for p in d["runs"]["r0"]["points"] if p["key"] == "loss"]) == 30'
    # Many points, broken off in the middle and gone on from; a batch that was kept and answered with 503.
    python3 -c 'print("step,loss,acc"); [print("%d,%r,%s" % (i, 1 / (i + 1), "nan" if i == 7 else 0.5)) for i in range(2500)]' >long.csv
    run 0 import long.csv
    behave cut=4
    run 1 sync --mlflow "$url" --push long
    behave fail=1
    run 0 sync --mlflow "$url" --push long --json
    json '[(p["name"], p["points"]) for p in d["pushed"]] == [("long", 5000)] and 0 < d["pushed"][0]["new_points"] < 5000'
    behave
    run 0 sync --mlflow "$url" --push long --json
    json 'sum(p["new_points"] for p in d["pushed"]) == 0'
    state
    json 'sorted(p["step"] for p in d["runs"]["r1"]["points"] if p["key"] == "acc") == list(range(2500))'
    json '[p["value"] for p in d["runs"]["r1"]["points"] if p["key"] == "acc" and p["step"] == 7] == ["NaN"]'
    # Of others, and a run of theirs that grows.
    python3 - "$url" 2>>"$err" <<'P' || fail "the other"
import json, sys, time, urllib.request
def call(what, body):
    request = urllib.request.Request(sys.argv[1] + "/api/2.0/mlflow/" + what, json.dumps(body).encode())
    return json.load(urllib.request.urlopen(request))
run = call("runs/create", {"experiment_id": "0", "run_name": "theirs", "start_time": 1700000000000})["run"]["info"]["run_id"]
call("runs/log-batch", {"run_id": run, "metrics": [{"key": "val/loss", "value": 1 / (i + 1), "timestamp": 1700000000000 + i, "step": i} for i in range(5)],
                        "params": [{"key": "lr", "value": "0.1"}], "tags": [{"key": "mlflow.note.content", "value": "why"}]})
P
    run 0 sync --mlflow "$url" --pull --json
    json '[(r["name"], r["source"], r["points"], r["new_points"]) for r in d["runs"]] == [("theirs", "mlflow", 5, 5)]'
    run 0 show theirs --json
    json 'd["status"] == "interrupted" and d["note"] == "why"'
    run 0 sync --mlflow "$url" --json
    json '[(r["name"], r["new_points"]) for r in d["runs"]] == [("theirs", 0)]'
    # While it trains, until it is told to end.
    "$nabiz" sync --mlflow "$url" --push --follow >follow.out 2>>"$err" </dev/null &
    follower=$!
    run 0 train quick data.train_path=text.txt $tiny training.max_steps=20 --name second
    for i in $(seq 100); do
        state
        grep -q '"second", "experiment_id": "1", "status": "FINISHED"' "$out" && break
        sleep 0.1
    done
    json '[len([p for p in r["points"] if p["key"] == "loss"]) for r in d["runs"].values() if r["info"]["run_name"] == "second"] == [20]'
    kill -INT $follower
    wait $follower
    equal $? 0
}
