# Area train of cli_test.sh.

test_train() {
    run 0 train quick $tiny training.max_steps=20 training.log_interval=1 --json --why "a test" --name first
    json 'd["name"] == "first" and d["status"] == "finished" and d["batches"] == 20 and d["steps"] == 20'
    json 'd["seconds"] > 0 and d["tokens_per_second"] > 0 and d["memory"]["peak_bytes"] > 0'
    json '3 < d["loss"]["best"] <= d["loss"]["first"] < 8 and 0 <= d["loss"]["best_batch"] < 20 and d["loss"]["last"] > 0'
    says "batch 20/20"
    database=$XDG_DATA_HOME/nabiz/nabiz.db
    run 0 train quick $tiny training.max_steps=20 training.gradient_accumulation_steps=2
    id=$(cat "$out")
    equal "$id" 2
    run 0 runs --json
    json '[r["run"] for r in d] == [2, 1] and d[1]["why"] == "a test" and d[0]["name"] == "quick" and d[0]["batches"] == 40'
    json 'd[0]["steps"] == 20 and d[0]["preset"] == "quick" and d[0]["tags"] == [] and d[0]["note"] == "" and d[0]["started"]'
    run 0 runs
    prints finished
    run 0 show first
    prints "nabiz train quick"
    run 0 show 2 --json
    json '[p["declared"] for p in d["parameters"] if p["key"] == "training.max_steps"] == ["20"]'
    json '[p["applied"] for p in d["parameters"] if p["key"] == "hardware.device"] != ["auto"]'
    json 'all(d["facts"].get(k) for k in ("host", "kernel", "cpu", "nabiz", "sqlite", "torch"))'
    json '[m["points"] for m in d["metrics"] if m["name"] == "loss"] == [40]'
    run 2 show frist
    says first
    run 0 compare first 2 --json
    json 'd["baseline"] == 1 and "training.gradient_accumulation_steps" in [p["key"] for p in d["parameters"]]'
    json '[v["judgement"] for v in d["verdicts"]] == ["one_seed"] and d["verdicts"][0]["interval"] is None'
    json 'd["verdicts"][0]["n"] == [1, 1] and d["groups"] == [{"name": "first", "runs": [1]}, {"name": d["runs"][1]["name"], "runs": [2]}]'
    json '{"loss.mean_of_last", "loss.lowest_single_batch", "batches"} <= {o["id"] for o in d["outcomes"]}'
    json 'all(len(o["values"]) == 2 for o in d["outcomes"]) and isinstance(d["warnings"], list)'
    run 0 compare 1 2
    prints gradient_accumulation_steps
    prints "cannot be told from luck"
    prints "loss lowest single batch"
    run 2 compare 1
    # Same seed, same machine: same losses, from the command that the run itself shows.
    run 0 show first --json
    command=$(python3 -c 'import json,sys; print(json.load(open(sys.argv[1]))["command"])' "$out")
    eval "run 0 ${command#nabiz } --json"
    python3 - "$out" <<'P' >>"$err" 2>&1 || fail "the command of the run is not the run"
import json, sys
d = json.load(open(sys.argv[1]))
assert d["run"] == 3 and d["batches"] == 20, d
P
    run 0 export 1 --csv one.csv --metric loss
    run 0 export 3 --csv three.csv --metric loss
    [ "$(cut -d, -f3 one.csv)" = "$(cut -d, -f3 three.csv)" ] || fail "the same seed gives other losses"
    if has_sqlite; then
        equal "$(sqlite3 "$database" 'SELECT count(*) FROM run')" 3
        equal "$(sqlite3 "$database" "SELECT count(*) FROM point JOIN metric ON metric.id = point.metric
            WHERE metric.name = 'loss' AND metric.run = 1")" 20
        equal "$(sqlite3 "$database" "SELECT status FROM run WHERE id = 1")" finished
    fi
}
