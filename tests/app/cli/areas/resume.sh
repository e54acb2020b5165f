# Area resume of cli_test.sh.

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
    # Report and comparison name the stretches and what was changed.
    run 0 report 3 --output stretched
    page=$(cat stretched/*/report.md 2>/dev/null || cat stretched/report.md)
    for words in "Stretch 3" "training.learning_rate=5e-4" "nabiz resume twice" "is 5e-4 from here on, it was 1e-3"; do
        case $page in *"$words"*) ;; *) fail "the report does not say '$words'" ;; esac
    done
    run 0 compare 1 3 --json
    json '[w["runs"] for w in d["warnings"] if w["id"] == "went_on"] == [["twice"]]'
    run 2 resume 3
    says "training.max_steps=400"
    run 2 resume 3 training.max_steps=10
    for word in model.d_model=64 training.seed=5 data.split=sample training.gradient_accumulation_steps=1; do
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
    # Killed outright, it goes on from where it was: the same losses to the last bit.
    begin train quick $long training.save_interval=20 --name killed
    while kill -0 $pid 2>/dev/null && ! grep -q "batch 60/" "$work/live"; do sleep 0.02; done
    kill -9 $pid
    wait $pid 2>/dev/null
    run 0 resume killed
    says "Went on behind batch"
    losses killed killed.csv
    cmp whole.csv killed.csv >>"$err" 2>&1 || fail "a run that was killed and went on has other losses"
    run 0 show killed --json
    json '"time.stretches" in d["facts"] and d["facts"]["time.zero"] < d["facts"]["time.stretches"].split("@")[1]'
    # Another batch size is noted, with what follows from it.
    run 0 resume killed training.max_steps=320 training.batch_size=2
    says "training.batch_size is 2; it was 4"
    says "the lowest one counts anew"
    run 0 show killed --json
    json 'len([e for e in d["events"] if e["kind"] == "change"]) == 2'
    # One that ended early says so, and may be given more patience.
    run 0 train quick $long training.eval_interval=4 training.eval_batches=1 training.learning_rate=1 training.warmup_steps=300 training.stop_patience=2 --name early --json
    json 'd["status"] == "finished" and d["batches"] < 200'
    json 'd["reason"].startswith("Ended early: 2 evaluations") and "failure" not in d' # no failure, and not silent
    run 0 runs --filter 'reason ~ "Ended early"' --json
    json '[r["name"] for r in d] == ["early"]'
    run 0 show early --json
    json 'any(e["text"].startswith("Ended early: 2 evaluations") for e in d["events"])'
    run 0 resume early training.stop_patience=0 --json
    json 'd["batches"] == 600'
    # What has ended writes from its newest checkpoint, and keeps it.
    run 0 sample killed --prompt "Once" --length 12 --temperature 0 --seed 1 --json
    json '0 < len(d["text"]) <= 12 and d["prompt"] == "Once" and d["batch"] > 0'
    cp "$out" one.json
    run 0 sample killed --prompt Once --length 12 --temperature 0 --seed 2 --json
    python3 -c 'import json; assert json.load(open("one.json"))["text"] == json.load(open("'"$out"'"))["text"]' || fail "the likeliest text depends on the seed"
    run 0 show killed --json
    json 'len([e for e in d["samples"] if e["batch"] == d["batches"] - 1]) == 2 and d["status"] == "finished"'
    run 2 sample killed --temperature nan
    run 2 sample killed --length 0
    run 0 train quick $tiny training.max_steps=2 training.save_interval=0 --name unsaved
    run 2 sample unsaved
    says "has no checkpoint"
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
    run 2 sample reported
    says "was not trained here"
    printf 'step,loss\n0,2.5\n1,1.5\n' >log.csv
    run 0 import log.csv --name foreign
    run 2 resume foreign
    says "imported from csv"
    run 2 resume
}
