#!/bin/sh
# The command line as other programs see it: exit codes, the line that begins with "nabiz: ", JSON, and what lies in the
# database afterwards. sh cli_test.sh AREA PROGRAM; every area gets an empty home of its own.
set -u
area=$1
nabiz=$2
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'chmod -R u+w "$work" 2>/dev/null; rm -rf "$work"' EXIT
HOME=$work/home
XDG_CONFIG_HOME=$HOME/config
XDG_DATA_HOME=$HOME/data
mkdir -p "$HOME"
export HOME XDG_CONFIG_HOME XDG_DATA_HOME
unset NABIZ_DB
cd "$work" || exit 1
out=$work/out
err=$work/err
failures=0
tiny="model.d_model=32 model.n_layers=1 model.n_heads=2 model.d_ff=64 model.max_seq_len=64 language.stand_in=hidden=64,layers=1
    training.warmup_steps=0 training.eval_interval=0 training.sample_interval=0 training.save_interval=0 hardware.threads=1"

fail() {
    failures=$((failures + 1))
    printf 'FAIL %s: %s\n' "$area" "$*"
    sed 's/^/  stdout: /' "$out" | head -n 20
    sed 's/^/  stderr: /' "$err" | head -n 20
}

# run CODE WORD…: the program with these words ends with that code; 2 says why in exactly one line of its kind.
run() {
    wanted=$1
    shift
    "$nabiz" "$@" >"$out" 2>"$err" </dev/null
    code=$?
    [ "$code" = "$wanted" ] || fail "exit $code instead of $wanted: nabiz $*"
    lines=$(grep -c '^nabiz: ' "$err")
    if [ "$wanted" = 2 ]; then
        [ "$lines" = 1 ] || fail "$lines lines that begin with 'nabiz: ': nabiz $*"
    fi
}
says() { grep -qiF -- "$1" "$err" || fail "stderr does not say: $1"; }
prints() { grep -qF -- "$1" "$out" || fail "stdout does not print: $1"; }
# json EXPRESSION: stdout is one JSON document, d, of which this Python expression is true.
json() {
    python3 -c 'import json, math, sys
d = json.load(open(sys.argv[1], encoding="utf-8"))
if not eval(sys.argv[2]): sys.exit("not true of %r" % (d,))' "$out" "$1" >>"$err" 2>&1 || fail "not true: $1"
}
equal() { [ "$1" = "$2" ] || fail "'$1' instead of '$2'"; }
has_sqlite() { command -v sqlite3 >/dev/null; }

test_basics() {
    run 0 --help
    prints train
    for later in queue; do
        grep -qw "^  $later" "$out" && fail "the help names $later"
    done
    run 0 --version
    prints "nabiz 0"
    for command in train resume presets runs show compare export import follow estimate audit doctor; do run 0 $command --help; done
    run 2 frobnicate
    says "no command 'frobnicate'"
    run 2 trian quick
    says "did you mean 'train'"
    run 2 train
    says "nabiz train --help"
    run 2 runs --nonsense
    says "--nonsense"
    run 0 doctor
    run 0 doctor --json
    json 'd["ok"] and d["program"]["nabiz"] and d["libtorch"] and d["database"]["free space"]'
    run 0 runs
    prints "no runs yet"
    run 0 runs --json
    json 'd == []'
    run 2 show 1
    "$nabiz" --help >/dev/full 2>"$err" && fail "a full stdout is not noticed"
    says "could not be written"
}

test_doctor() {
    run 0 doctor --device cpu --json
    json 'd["ok"] and d["device"]["device"] == "cpu" and d["device"]["name"] and d["libtorch"] and len(d["device"]["rows"]) > 80'
    json 'all(r["agrees"] and 0 <= max(r["output"], r["gradient"]) <= r["tolerance"] for r in d["device"]["rows"])'
    json '{(r["numbers"], r["against"]) for r in d["device"]["rows"]} == {("float32", "CPU"), ("bfloat16", "CPU"), ("int8", "CPU"),
        ("float32", "plain pass"), ("bfloat16", "plain pass")}'
    json 'all(r["output"] < 1e-5 and r["gradient"] < 1e-5 for r in d["device"]["rows"] if r["numbers"] == "float32")'
    json 'all(r["output"] > 1e-4 for r in d["device"]["rows"] if r["numbers"] == "bfloat16" and r["against"] == "CPU"
        and not r["part"].startswith("decoder"))'
    json 'all(any(r["part"].startswith(p) for r in d["device"]["rows"]) for p in ("encoder", "attention", "linear attention",
        "router", "standard", "language", "logic", "spatial", "causal", "memory", "introspection", "head", "decoder", "model"))'
    run 2 doctor --device nonsense
    says "give cpu, cuda or cuda:N"
    run 2 doctor --device cuda:99
    says "there is no CUDA device 'cuda:99'"
    "$nabiz" doctor --device cpu >"$out" 2>"$err" &
    pid=$!
    while kill -0 $pid 2>/dev/null && ! grep -q comparing "$err"; do sleep 0.05; done
    kill -TERM $pid
    wait $pid
    equal $? 130
}

test_presets() {
    run 0 presets list --json
    json '[p["name"] for p in d] == ["quick", "t4", "t4-as-run", "t4-per-expert", "base"]'
    json 'd[0]["ready"] and not d[0]["reason"] and all(p["reason"] and not p["ready"] for p in d[1:])'
    run 0 presets
    prints quick
    for name in quick t4 t4-as-run t4-per-expert base; do
        run 0 presets show $name
        cp "$out" shipped.yaml
        run 0 presets check shipped.yaml
        run 0 presets check $name --json
        json 'not [p for p in d["problems"] if p["severity"] == "error"]'
    done
    run 0 presets show t4 --json
    json 'd["parameters"]["model.d_model"] == 384 and d["parameters"]["model.expert_types"] == ["language"]'
    run 0 presets diff t4 t4-per-expert --json
    json '[(p["key"], p["before"], p["after"]) for p in d["differences"]] == [("language.sharing", "shared", "per_expert")]'
    run 0 presets diff quick quick
    run 2 presets show quik
    says quick
    run 2 presets check missing.yaml
    says missing.yaml
    mkdir -p "$XDG_CONFIG_HOME/nabiz/presets"
    printf 'summary: mine\nextends: quick\ntraining:\n  max_steps: 7\n' >"$XDG_CONFIG_HOME/nabiz/presets/mine.yaml"
    run 0 presets list --json
    json 'd[-1]["name"] == "mine" and d[-1]["summary"] == "mine" and d[-1]["path"].endswith("/mine.yaml") and d[-1]["ready"]'
}

# bad NAME TEXT-WITH-ESCAPES WORD…: refused by check, with its place, and by train; every word is said.
bad() {
    name=$1.yaml
    printf '%b' "$2" >"$name"
    shift 2
    run 2 presets check "$name" --json
    json 'd["problems"] and all(p["file"].endswith(".yaml") and p["message"] for p in d["problems"])'
    json 'all(p["line"] >= 0 and p["column"] >= 0 for p in d["problems"])'
    for word in "$name" "$@"; do says "$word"; done
    run 2 train "./$name"
    says "$name"
}

test_estimate() {
    run 0 estimate quick hardware.device=cpu
    prints "activations"
    prints "on cpu: fits"
    run 0 estimate quick hardware.device=cpu hardware.max_memory_mb=0 --json
    json 'd["total_bytes"] == sum(d["parts"].values()) and d["device"] == "cpu" and d["verdict"] == "fits"'
    json 'list(d["parts"]) == ["language_weights", "model_weights", "gradients", "optimizer", "activations", "autocast", "workspace"]'
    json 'd["capacity_bytes"] > d["total_bytes"] > 50e6 and d["suggestions"] == []'
    for name in quick t4 t4-as-run t4-per-expert base; do run 0 estimate $name --json; done
    json 'd["parts"]["language_weights"] == 0 and "language.stand_in" in d["notes"][0]' # base: neither weights nor text
    run 0 estimate t4-per-expert language.stand_in=qwen3-0.6b hardware.device=cpu --json
    json 'd["parts"]["language_weights"] > 6 * 880e6'
    json '{"language.sharing": "shared"} in [s["set"] for s in d["suggestions"]]'
    json 'all(s["total_bytes"] < d["total_bytes"] for s in d["suggestions"])'
    run 0 estimate quick hardware.device=cpu hardware.max_memory_mb=600 training.batch_size=64 --json
    json 'd["verdict"] == "too_large" and d["capacity_bytes"] == 600000000'
    json '{"training.use_gradient_checkpointing": True} in [s["set"] for s in d["suggestions"]]'
    json '[s["set"] for s in d["suggestions"] if "training.batch_size" in s["set"]][0]["training.gradient_accumulation_steps"] > 1'
    run 0 estimate quick hardware.device=cpu hardware.max_memory_mb=600 training.batch_size=64
    prints "too large"
    prints "training.use_gradient_checkpointing=true"
    run 0 estimate quick hardware.device=cuda:63 --json # a device that no test machine has
    json 'd["device"] == "cuda:63" and d["capacity_bytes"] is None and d["verdict"] is None and d["total_bytes"] > 0'
    # what it is compared with
    run 0 estimate quick hardware.device=auto --capacity 15GB --json
    json 'd["device"] == "cuda:0" and d["capacity_bytes"] == 15000000000 and d["verdict"] == "fits"'
    run 0 estimate quick hardware.device=cpu --capacity 14.5GiB --json
    json 'd["device"] == "cpu" and d["capacity_bytes"] == 15569256448'
    run 0 estimate quick hardware.device=cuda:2 --capacity 1e9 --json
    json 'd["device"] == "cuda:2" and d["capacity_bytes"] == 1000000000'
    for bytes in many 15XB -1 nan 0 1e99 15,5GB; do run 2 estimate quick --capacity $bytes; says "--capacity"; done
    # the largest that fits fits, and one more does not
    run 0 estimate t4 language.stand_in=qwen3-0.6b --capacity 15GB --solve training.batch_size --json
    json 'd["solved"]["training.batch_size"] > 4 and d["verdict"] != "too_large"'
    largest=$(python3 -c 'import json, sys; print(json.load(sys.stdin)["solved"]["training.batch_size"])' < "$out")
    run 0 estimate t4 language.stand_in=qwen3-0.6b --capacity 15GB training.batch_size=$largest --json
    json 'd["verdict"] != "too_large"'
    run 0 estimate t4 language.stand_in=qwen3-0.6b --capacity 15GB training.batch_size=$((largest + 1)) --json
    json 'd["verdict"] == "too_large"'
    run 0 estimate quick hardware.device=cpu --capacity 2GB --solve model.d_model # not every width can be divided among its heads
    prints "is the largest that fits"
    run 1 estimate quick hardware.device=cpu --capacity 1MB --solve training.batch_size --json
    json 'd["solved"] == {"training.batch_size": None} and d["verdict"] == "too_large"'
    run 2 estimate quick --capacity 15GB --solve training.batch_sise
    says "training.batch_size"
    run 2 estimate quick --capacity 15GB --solve training.learning_rate
    says "whole number"
    for key in training.max_steps training.seed hardware.threads; do
        run 2 estimate quick --capacity 15GB --solve $key
        says "memory does not grow"
    done
    run 2 estimate quick hardware.device=cuda:63 --solve training.batch_size
    says "--capacity"
    run 0 estimate quick language.path=/nowhere
    says "/nowhere"
    run 2 estimate
    run 2 estimate quik
    says quick
    run 2 estimate quick model.n_heads=5
    says n_heads
    run 2 estimate quick language.stand_in=large
    run 2 estimate quick hardware.device=tpu
    run 2 estimate quick training.batch_size=0
    run 0 runs --json
    json 'd == []'
}

test_bad_presets() {
    bad empty ''
    bad list '- a\n- b\n'
    bad two 'model:\n  d_model: 32\n---\nmodel:\n  d_model: 64\n'
    bad null 'model:\n'
    bad number 'model: 5\n'
    bad unknown 'model:\n  d_modle: 32\n' d_model ':2:3'
    bad section 'modle:\n  d_model: 32\n' model
    bad type 'model:\n  d_model: wide\n' d_model ':2:'
    bad fraction 'model:\n  d_model: 32.5\n' d_model
    bad huge 'model:\n  d_model: 100000000000000000000\n' d_model
    bad nan 'training:\n  learning_rate: .nan\n' learning_rate
    bad twice 'model:\n  d_model: 32\n  d_model: 64\n' ':3:'
    bad circle 'extends: circle.yaml\n'
    bad tabs 'model:\n\td_model: 32\n' ':2:'
    bad anchor 'model: &a\n  d_model: *a\n'
    bad heads 'model:\n  d_model: 32\n  n_heads: 5\n' n_heads ':3:12'
    run 2 train ./heads.yaml
    says "cannot start: ./heads.yaml:3:12: "
    says "to start: nabiz train"
    run 2 train ./heads.yaml model.n_heads=3 # not the file's any more
    says "cannot start: model.n_heads"
    python3 -c 'print("a: " + "[" * 1000000)' >nest.yaml
    run 2 presets check nest.yaml
    says nest.yaml
    printf 'model:\r\n  d_model: 64\r\n' >crlf.yaml
    run 0 presets check crlf.yaml
    printf '\357\273\277model:\n  d_model: 64\n' >bom.yaml
    run 0 presets check bom.yaml
    run 0 presets show bom.yaml --json
    json 'd["parameters"]["model.d_model"] == 64'
}

test_bad_words() {
    run 2 train nonsuch
    says nonsuch
    for word in model.d_model model.d_modle=32 model.d_model=wide model.d_model=32.5 model.d_model=1e20 =3 \
        training.learning_rate=nan training.learning_rate=0 model.n_heads=5 model.dropout=1; do
        run 2 train quick "$word"
    done
    run 0 train quick $tiny training.max_steps=9 training.max_steps=2 --json
    json 'd["batches"] == 2'
    says "more than once"
    run 2 train quick --name 12
    run 2 train quick training.use_amp=true model.n_heads=5 hardware.device=cpu
    says "to start: nabiz train quick"
    says "training.use_amp=false"
    says "model.n_heads="
    # The line that is offered is itself taken as it is.
    run 2 train t4 hardware.device=cpu training.max_steps=1
    remedy=$(sed -n 's/^ *to start: nabiz //p' "$err")
    [ -n "$remedy" ] || fail "t4 offers no way to start"
    eval "run 0 $remedy $(echo $tiny) training.gradient_accumulation_steps=1"
}

test_bad_data() {
    mkdir folder
    : >empty.txt
    printf 'short' >short.txt
    printf 'x' >folder/picture.png
    for path in "$work/missing.txt" "$work/empty.txt" "$work/short.txt" "$work/folder"; do
        run 2 train quick $tiny training.max_steps=2 "data.train_path=$path"
        says "$path"
    done
    head -c 20000 /dev/zero | tr '\0' '\377' >bytes.txt
    run 0 train quick $tiny training.max_steps=2 "data.train_path=$work/bytes.txt"
    says UTF-8
    if [ "$(id -u)" != 0 ]; then
        cp bytes.txt secret.txt
        chmod 000 secret.txt
        run 2 train quick $tiny training.max_steps=2 "data.train_path=$work/secret.txt"
        says secret.txt
    fi
}

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

# A page with six points: the last twenty batches hold one of them, and 2.46 is reached where a point says so.
test_sparse() {
    printf '# Published\n\n| step | loss |\n|--|--|\n| 0 | 6.0 |\n| 100 | 3.0 |\n| 200 | 2.0 |\n| 300 | 1.5 |\n| 400 | 1.2 |\n| 500 | 1.0 |\n' >page.md
    python3 -c '
print("batch,loss")
for i in range(40): print("%d,%s" % (i, 6 - i * 0.1 if i < 20 else 2.46))' >run.csv
    run 0 import page.md
    run 0 import run.csv --name dense
    run 0 show 1
    grep -Eq "loss, mean of last 20 +1 \(of 1 point\)" "$out" || fail "the mean of the last 20 batches is not told as of one point"
    run 0 runs --json
    json '[r["loss"]["mean_last_20"] for r in d if r["run"] == 1] == [None]'
    json '[round(r["loss"]["mean_last_20"], 6) for r in d if r["run"] == 2] == [2.46]'
    run 0 compare 2 1 --json
    json '[v for o in d["outcomes"] if o["id"] == "loss.mean_of_last" for v in o["values"]][1] == 1.0'
    json '[o["points"] for o in d["outcomes"] if o["id"] == "loss.mean_of_last"] == [[None, 1]]'
    json 'd["verdicts"][0]["reached"]["batch"] == 200 and abs(d["verdicts"][0]["target"] - 2.46) < 1e-6'
    run 0 compare 1 2
    prints "dense does not reach Published's best loss (mean of 20), 1"
    grep -q "[0-9]\.[0-9]\{5\}" "$out" && fail "a table gives more than four digits"
}

# Stores of other programs: each run once, a grown one its new points, what is none said.
test_import_stores() {
    mkdir -p home/a home/b
    printf 'step,loss\n0,2.5\n10,1.5\n' >home/a/log.csv
    printf 'epoch;verlust\n1;0,5\n2;nan\n' >home/b/werte.csv
    run 0 import home --dry-run
    prints "nothing was stored"
    run 0 import home --json
    json 'd["skipped"] == [] and [(r["name"], r["source"], r["points"], r["new_points"]) for r in d["runs"]] == [("log", "csv", 2, 2), ("werte", "csv", 2, 2)]'
    run 0 import home --json
    json '[(r["run"], r["points"], r["new_points"]) for r in d["runs"]] == [(1, 2, 0), (2, 2, 0)]'
    printf '20,0.5\n' >>home/a/log.csv
    run 0 import home/a/log.csv --json
    json '[(r["run"], r["points"], r["new_points"]) for r in d["runs"]] == [(1, 3, 1)]'
    run 0 export 1 --csv -
    equal "$(tr '\n' ' ' <"$out")" "batch,time,loss 0,0,2.5 10,0,1.5 20,0,0.5 "
    run 0 runs --json
    json '[(r["source"], r["status"]) for r in d] == [("csv", "finished"), ("csv", "finished")]'
    printf 'step,loss,acc\n0,2.5,\n0,2.5,\n0,,0.5\n1,1.5,\n' >again.csv
    run 0 import again.csv
    run 0 export again --csv -
    equal "$(tr '\n' ' ' <"$out")" "batch,time,acc,loss 0,0,0.5,2.5 0,0,,2.5 1,0,,1.5 "
    run 0 runs --json
    json '[r["batches"] for r in d if r["name"] == "again"] == [2]'
    # Its values are doubles, also those that are called as a float32 of our own.
    printf 'step,loss\n0,0.03571428656578064\n1,0.1234567890123456\n' >exact.csv
    run 0 import exact.csv
    run 0 export exact --csv -
    equal "$(tr '\n' ' ' <"$out")" "batch,time,loss 0,0,0.03571428656578064 1,0,0.1234567890123456 "
    run 0 show exact --json
    json '[m["first"] for m in d["metrics"]] == [0.03571428656578064]'
    printf 'Nothing here.\n' >words.md
    run 2 import words.md --json
    json 'd["runs"] == [] and [s["path"] for s in d["skipped"]] == ["words.md"]'
    says "no figures"
    mkdir empty
    printf 'step,loss\n' >empty/only-a-head.csv
    run 2 import empty --json
    json 'd["runs"] == [] and len(d["skipped"]) == 1'
    says "only-a-head.csv"
    run 0 import empty home --json
    json 'len(d["runs"]) == 2 and len(d["skipped"]) == 1'
}

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
}

test_import() {
    printf '# Kalp\n\n* **Batch 0:** `6,3347`\n* **Batch 50:** `0,2715`\n\nbatch size 4; device cuda\nVRAM 1,20 GB\nIt took 3 days.\n' >page.md
    run 0 import page.md --dry-run
    prints "2 points, 2 settings, 1 memory figures understood in page.md"
    prints "0.2715"
    prints "It took 3 days."
    prints "nothing was stored"
    [ -e "$XDG_DATA_HOME/nabiz/nabiz.db" ] && fail "a dry run has made a database"
    run 0 import page.md --json
    json 'd["skipped"] == [] and [(r["run"], r["name"], r["source"], r["points"], r["new_points"]) for r in d["runs"]] == [(1, "Kalp", "page", 2, 2)]'
    json '[p["value"] for p in d["runs"][0]["values"]] == [6.3347, 0.2715]'
    json 'd["runs"][0]["memory"] == [{"kind": "steady", "bytes": 1200000000.0, "line": 7}]'
    json '[l["line"] for l in d["runs"][0]["lines"] if l["kind"] == "not understood"] == [8]'
    run 0 import page.md
    equal "$(tail -n 1 "$out")" 2
    run 0 import t4-reported --name reported
    run 0 runs --json
    json 'sorted(r["name"] for r in d) == ["Kalp", "Kalp-2", "reported"] and {r["status"] for r in d} == {"reference"}'
    run 0 show reported --json
    json '[m["points"] for m in d["metrics"]] == [6] and d["metrics"][0]["last"] == 0.0004 and "Problem" in d["texts"]["page"]'
    run 0 export reported --csv - --metric loss
    equal "$(sed 's/,0,/,/' "$out" | tr '\n' ' ')" "batch,time,loss 0,6.3347 50,0.2715 100,0.0078 250,0.0021 500,7e-04 750,4e-04 "
    "$nabiz" import - --name piped <page.md >"$out" 2>"$err" || fail "a page on stdin"
    head -c 10000000 /dev/zero | tr '\0' 'x' >long.md
    run 2 import long.md
    says "longer than 5 MB"
    printf '\177ELF\0\1' >binary.md
    run 2 import binary.md
    says "no text in UTF-8"
    printf 'Nothing here.\n' >empty.md
    run 2 import page.md empty.md
    says "no figures were understood in 'empty.md'"
    run 2 import nowhere.md
    says nowhere.md
    run 2 import .
    run 2 import page.md --name 7
    says "is an id"
    run 2 import page.md t4-reported --name both
    run 0 runs --json
    json 'len(d) == 4' # what was refused has stored nothing
    if "$nabiz" --help | grep -qw '^  report'; then
        run 0 report reported Kalp -o reports --language tr
        folder=$(cat "$out")
        [ -e "$folder/report.md" ] || fail "no report in $folder"
        run 0 show Kalp --json
        json '[r["language"] for r in d["reports"]] == ["tr"] and d["reports"][0]["exists"]'
        rm -r "$folder"
        run 0 show Kalp
        prints "(gone)"
        run 0 report Kalp -o reports --sections results,audit
        grep -q '^## ' "$(cat "$out")/report.md" || fail "no section"
        grep -q '^## Environment' "$(cat "$out")/report.md" && fail "a section that was not chosen"
        run 2 report Kalp -o reports --sections figures
        says figures
        if [ "$(id -u)" != 0 ]; then
            mkdir closed && chmod a-w closed
            run 2 report Kalp -o closed
            says closed
            chmod u+w closed
        fi
        run 2 report Kalp -o /dev/full
        says /dev/full
    fi
}

test_export() {
    run 0 train quick $tiny training.max_steps=5 training.eval_interval=2
    run 0 export 1 --csv all.csv
    equal "$(wc -l <all.csv)" 6
    python3 - <<'P' >>"$err" 2>&1 || fail "all.csv is not as promised"
import csv, struct
rows = list(csv.reader(open("all.csv")))
head = rows[0]
assert head[:2] == ["batch", "time"] and head[2:] == sorted(head[2:]) and "val.loss" in head, head
assert [row[0] for row in rows[1:]] == list("01234")
times = [float(row[1]) for row in rows[1:]]
assert times == sorted(times) and times[0] >= 0
losses = [row[head.index("loss")] for row in rows[1:]]
single = lambda text: struct.unpack("f", struct.pack("f", float(text)))[0]
for text in losses:
    assert len(text.replace(".", "").lstrip("0")) <= 9 and repr(single(text)) and single(text) == single(repr(single(text)))
values = [row[head.index("val.loss")] for row in rows[1:]]
assert "" in values and any(values), values
P
    run 0 export 1 --csv - --metric loss --metric val.loss
    equal "$(head -n 1 "$out")" "batch,time,loss,val.loss"
    equal "$(wc -l <"$out")" 6
    run 2 export 1 --csv x.csv --metric los
    says "did you mean 'loss'"
    run 2 export 1
    says csv
    run 2 export 9 --csv x.csv
    run 2 export 1 --csv /nonexistent/x.csv
    says /nonexistent/x.csv
    run 2 export 1 --csv /dev/full
    says /dev/full
    equal "$(ls ./*.part* x.csv 2>/dev/null)" ""
    if has_sqlite; then # what is no number is exported as such
        sqlite3 "$XDG_DATA_HOME/nabiz/nabiz.db" "UPDATE point SET value = NULL WHERE seq = (SELECT min(seq) FROM point);
            UPDATE point SET value = 9e999 WHERE seq = (SELECT min(seq) + 1 FROM point);
            UPDATE point SET value = -9e999 WHERE seq = (SELECT min(seq) + 2 FROM point)" || fail "no numbers"
        run 0 export 1 --csv - --metric loss
        equal "$(sed -n 2,4p "$out" | cut -d, -f3 | tr '\n' ' ')" "nan inf -inf "
        run 0 show 1 --json
        json 'd["metrics"]'
    fi
}

test_audit() {
    cpu="hardware.device=cpu training.use_amp=false language.dtype=float32"
    run 0 audit quick $tiny
    prints "quick: nothing suspicious"
    prints "no leak"
    run 0 audit quick $tiny --json
    json 'd["findings"] == [] and {f["id"] for f in d["fine"]} >= {"leak", "duplicates", "overlap"}'
    run 0 audit t4-as-run $tiny $cpu training.sample_prompt="bir " --json
    json '{f["id"]: f["severity"] for f in d["findings"]} == {"leak": "warning", "duplicates": "warning", "overlap": "warning"}'
    json 'all(f["measured"] and f["message"] for f in d["findings"])'
    json 'any("encoder, blocks.0.attn" in f["measured"] for f in d["findings"])'
    run 0 audit t4-as-run $tiny $cpu
    prints "warning: Sees what follows (leak)"
    prints "model.causal=true."
    prints "note: Settings without effect (not_in_effect)" # a prompt, and no sample is written
    printf 'extends: quick\ndata:\n  split: sample\n' >mine.yaml
    run 0 audit mine.yaml $tiny --json
    json '[f["id"] for f in d["findings"]] == ["overlap"]'

    run 0 train t4-as-run $tiny $cpu training.max_steps=210 training.learning_rate=3e-3 --name reported
    run 0 audit reported --json
    json '{"leak", "duplicates", "overlap", "floor"} <= {f["id"] for f in d["findings"] if f["severity"] == "warning"}'
    json 'len({f["id"] for f in d["findings"]}) == len(d["findings"])'
    run 0 audit 1
    prints "reported (run 1): "
    prints "warning: Loss against what is possible (floor)"
    run 0 show 1 --json
    json 'any(e["kind"] == "audit" and "xz needs" in e["text"] for e in d["events"])'
    run 0 train quick $tiny training.max_steps=10
    run 0 audit 2 --json
    json 'd["findings"] == [] and d["fine"]'

    run 2 audit qick
    says "did you mean 'quick'"
    run 2 audit 77
    says "there is no run '77'"
    run 2 audit reported training.max_steps=3
    run 2 audit t4
    says "nabiz audit t4"
    run 0 train quick $tiny training.max_steps=2 --name t4
    run 2 audit t4
    says "nabiz audit 3"
    run 2 audit
    run 2 audit quick training.max_step=3
}

# Starts a long run and waits until a batch has come.
start_long_run() {
    "$nabiz" train quick $tiny training.max_steps=1000000 training.log_interval=1 "$@" >"$out" 2>"$err" &
    pid=$!
    while kill -0 $pid 2>/dev/null && ! grep -q "batch 3/" "$err"; do sleep 0.05; done
}

# begin WORD…: the program with these words, in the background, when it has told of its first batch; interrupt stops it.
begin() {
    : >"$work/live" # else what stands there is taken for its words before it has any
    "$nabiz" "$@" >"$work/live.out" 2>"$work/live" &
    pid=$!
    while kill -0 $pid 2>/dev/null && ! grep -q "batch [0-9]*/" "$work/live"; do sleep 0.02; done
}
interrupt() {
    kill -INT $pid
    wait $pid
    equal $? 130
}
# losses RUN FILE: batch and loss of every batch, all digits.
losses() {
    run 0 export "$1" --csv - --metric loss
    cut -d, -f1,3 "$out" >"$2"
}

test_resume() {
    long="$tiny training.max_steps=300 training.log_interval=1 training.gradient_accumulation_steps=2"
    run 0 train quick $long --name whole
    begin train quick $long --name cut
    interrupt
    run 0 resume cut --json
    json 'd["run"] == 2 and d["name"] == "cut" and d["status"] == "finished" and d["batches"] == 600'
    says "Went on behind batch"
    losses 1 whole.csv
    losses 2 cut.csv
    equal "$(wc -l <cut.csv)" 601
    cmp whole.csv cut.csv >>"$err" 2>&1 || fail "a run that was stopped and went on has other losses"
    run 0 show 2 --json
    json '[e["batch"] > 0 for e in d["events"] if e["kind"] == "resume"] == [True]'
    # Twice, with settings that may change: what it is from then on is what it declares.
    begin train quick $long --name twice
    interrupt
    begin resume twice
    run 2 resume twice # lives in another process
    says "run 3 'twice' is running"
    interrupt
    run 0 resume 3 training.max_steps=200 training.learning_rate=5e-4 --json
    json 'd["run"] == 3 and d["status"] == "finished" and d["batches"] == 400'
    says "From here on training.learning_rate is 5e-4; it was 1e-3."
    run 0 show 3 --json
    json '{p["key"]: (p["declared"], p["applied"]) for p in d["parameters"]}["training.max_steps"] == ("200", "200")'
    json 'len([e for e in d["events"] if e["kind"] == "resume"]) == 2'
    json 'any("training.max_steps is 200; it was 300" in e["text"] for e in d["events"])'
    if has_sqlite; then
        equal "$(sqlite3 "$XDG_DATA_HOME/nabiz/nabiz.db" 'SELECT count(*) FROM segment WHERE run = 3')" 3
    fi
    run 2 resume 3
    says "training.max_steps=400"
    run 2 resume 3 training.max_steps=10
    for word in model.d_model=64 training.batch_size=2 training.seed=5 data.split=sample training.gradient_accumulation_steps=1; do
        run 2 resume 3 training.max_steps=400 $word
        says "${word%=*} cannot change"
    done
    run 2 resume 3 training.max_stepz=400
    says training.max_steps
    run 2 resume 3 training.max_steps=0
    run 0 show 3 --json # what was refused has changed nothing
    json 'd["status"] == "finished" and len([e for e in d["events"] if e["kind"] == "resume"]) == 2'
    # A damaged checkpoint is told, and without a whole one it begins again: the same losses once more.
    begin train quick $long --name damaged
    interrupt
    for file in "$XDG_DATA_HOME"/nabiz/nabiz.db-checkpoints/4/batch-*/state.safetensors; do printf x >>"$file"; done
    run 0 resume damaged
    says "is damaged"
    says "Begun again at batch 0"
    losses damaged damaged.csv
    cmp whole.csv damaged.csv >>"$err" 2>&1 || fail "a run that began again has other losses"
    # Another text is refused, unless one says so.
    seq 20000 >text.txt
    begin train quick $long --name text "data.train_path=$work/text.txt"
    interrupt
    seq 20001 >text.txt
    run 2 resume text
    says "--anyway"
    run 0 resume text --anyway
    # What there is nothing to go on from.
    run 2 resume nonsuch
    says "there is no run 'nonsuch'"
    run 0 import t4-reported --name reported
    run 2 resume reported
    says "is a reference"
    printf 'step,loss\n0,2.5\n1,1.5\n' >log.csv
    run 0 import log.csv --name foreign
    run 2 resume foreign
    says "imported from csv"
    run 2 resume
}

test_signals() {
    for signal in INT TERM; do
        start_long_run --json
        kill -$signal $pid
        wait $pid
        equal $? 130
        json 'd["status"] == "stopped" and 3 <= d["batches"] < 1000000'
        says "stopping and saving"
        batches=$(python3 -c 'import json,sys; print(json.load(open(sys.argv[1]))["batches"])' "$out")
        run=$(python3 -c 'import json,sys; print(json.load(open(sys.argv[1]))["run"])' "$out")
        run 0 export "$run" --csv - --metric loss
        equal "$(wc -l <"$out")" $((batches + 1))
    done
    start_long_run # killed outright, the run is found interrupted and its points are there
    kill -KILL $pid
    wait $pid 2>/dev/null
    run 0 train quick $tiny training.max_steps=1
    run 0 runs --json
    json '[r["status"] for r in d] == ["finished", "interrupted", "stopped", "stopped"]'
}

test_databases() {
    printf 'this is a text file and no database at all, however long one looks at it, which is the point of it here\n' >text.db
    for words in "runs" "train quick $tiny training.max_steps=1" "show 1" "export 1 --csv x.csv"; do
        run 2 $words --db text.db
        says text.db
    done
    run 1 doctor --db text.db
    prints text.db
    run 0 train quick $tiny training.max_steps=1 --db good.db
    equal "$(cat "$out")" 1
    [ -e "$XDG_DATA_HOME/nabiz/nabiz.db" ] && fail "--db is not heeded"
    NABIZ_DB=good.db
    export NABIZ_DB
    run 0 runs --json
    json 'len(d) == 1'
    unset NABIZ_DB
    if has_sqlite; then
        cp good.db newer.db
        sqlite3 newer.db 'PRAGMA user_version = 999'
        run 2 train quick $tiny training.max_steps=1 --db newer.db
        says newer.db
        run 2 runs --db newer.db
        sqlite3 foreign.db 'CREATE TABLE t (x)'
        run 2 train quick $tiny training.max_steps=1 --db foreign.db
        says foreign.db
    fi
    if [ "$(id -u)" != 0 ]; then
        mkdir locked
        cp good.db locked/
        chmod 444 locked/good.db
        chmod 555 locked
        run 2 train quick $tiny training.max_steps=1 --db locked/good.db
        says locked/good.db
    fi
    run 2 train quick $tiny training.max_steps=1 --db /dev/full
    says /dev/full
    run 2 train quick $tiny training.max_steps=1 --db /proc/nabiz.db
    says /proc/nabiz.db
    run 2 train quick $tiny training.max_steps=1 --db "$work"
    says "$work"
    (ulimit -f 16 && run 2 train quick $tiny training.max_steps=1 --db full.db && says full.db && exit $failures)
    failures=$((failures + $?))
    (unset HOME XDG_DATA_HOME XDG_CONFIG_HOME && run 2 train quick $tiny training.max_steps=1 && says "--db" && exit $failures)
    failures=$((failures + $?))
    (unset HOME XDG_DATA_HOME XDG_CONFIG_HOME && run 0 train quick $tiny training.max_steps=1 --db homeless.db && exit $failures)
    failures=$((failures + $?))
    run 0 runs --db good.db --json
    json 'len(d) == 1 and d[0]["status"] == "finished"'
}

test_runs() {
    NABIZ_DB=$work/runs.db
    export NABIZ_DB
    run 0 train quick $tiny training.max_steps=2 --name first
    run 0 train quick $tiny training.max_steps=4 --name second
    run 0 runs --json
    json '[r["name"] for r in d] == ["second", "first"] and d[0]["starred"] is False and "deleted" not in d[0]'
    run 0 runs --filter "max_steps > 2 and status = finished" --json
    json '[r["name"] for r in d] == ["second"]'
    run 0 runs --filter "not batches >= 3 or name ~ SEC" --sort training.max_steps --json
    json '[r["name"] for r in d] == ["first", "second"]'
    run 0 runs --sort -max_steps --json
    json '[r["name"] for r in d] == ["second", "first"]'
    run 0 runs --filter nowhere
    prints "no run matches"
    run 2 runs --filter "max_stps > 2"
    says max_steps
    run 2 runs --filter "batches >"
    says "compared with"
    run 2 runs --sort lss.best
    says loss.best
    run 0 runs --trash --json
    json 'd == []'
    has_sqlite || return 0
    sqlite3 "$NABIZ_DB" "UPDATE run SET deleted = 5, starred = 1 WHERE name = 'first'"
    run 0 runs --json
    json '[r["name"] for r in d] == ["second"]'
    run 0 runs --trash --json
    json '[r["name"] for r in d] == ["first"] and d[0]["starred"] is True and d[0]["deleted"].startswith("1970-01-01")'
    run 2 show first
    run 0 show 1
    says "in the trash"
}

test_locale() {
    LOCPATH=$work/locales
    mkdir "$LOCPATH"
    export LOCPATH
    for name in tr_TR de_DE; do
        localedef -f UTF-8 -i $name "$LOCPATH/$name.UTF-8" 2>/dev/null \
            || printf 'the locale %s cannot be made here: only its name is set\n' $name
        LC_ALL=$name.UTF-8
        export LC_ALL
        run 0 train quick $tiny training.max_steps=3 training.learning_rate=0.0025 --json
        json '3 < d["loss"]["first"] < 8'
        run 0 show "$(python3 -c 'import json,sys; print(json.load(open(sys.argv[1]))["run"])' "$out")" --json
        json '[float(p["applied"]) for p in d["parameters"] if p["key"] == "training.learning_rate"] == [0.0025]'
        run 0 runs
        run 0 export quick --csv "$name.csv"
        python3 -c 'import csv,sys
rows = list(csv.reader(open(sys.argv[1])))
assert len(rows) == 4 and len({len(r) for r in rows}) == 1
[float(c) for r in rows[1:] for c in r if c]' "$name.csv" >>"$err" 2>&1 || fail "$name.csv is not CSV with decimal points"
    done
}

. "$here/cli_guards.sh"

: >"$out"
: >"$err"
command -v "test_$area" >/dev/null || fail "there is no such area"
"test_$area"
[ "$failures" = 0 ]
