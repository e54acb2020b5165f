# Area grid of cli_test.sh: settings that vary.

test_grid() {
    small="$tiny training.max_steps=4"
    for words in "training.seed=3..1" "training.seed=1..3..0" "training.seed=1..x" "training.seed=1.." "training.seed=1,1" "training.seed=1,,2" \
        "model.dropout=0..0.2" "training.schedule=constant,nonsuch" "training.use_amp=true,perhaps" "training.nonsuch=1,2" "training.seed=1,2.5"; do
        run 2 train quick $small $words
        run 2 queue add quick $small $words
    done
    run 2 train quick $small training.seed=1..1000 training.learning_rate=1e-4..1e-1..1e-4
    says "make 1000000 runs"
    run 2 train quick $small training.seed=1..1000000000000
    says "make 1000000000000 runs"
    # Cells that cannot be are named, before any starts.
    run 2 train quick $small model.n_heads=2,3 training.seed=1,2
    says "2 of the 4 runs cannot start; n_heads=3 s1: "
    says "n_heads=3 s2: "
    run 2 train quick $small training.seed=1,2 --name 7
    run 0 runs --json
    json 'd == []'
    # The commas of a text are its own.
    run 0 queue add quick $small training.sample_prompt=a,b..c --json
    json 'd["name"] == "quick"'
    run 0 queue remove 1
    # 2 × 3 with 3 seeds: the same 18 for both commands, seeds innermost.
    cells="training.learning_rate=1e-4,3e-4 training.seed=1..3 training.schedule=constant,cosine,linear"
    run 0 queue add quick $small $cells --group night --json
    json 'd["group"] == "night" and [r["place"] for r in d["runs"]] == list(range(1, 19)) and all(r["group"] == "night" for r in d["runs"])'
    json '[r["name"] for r in d["runs"]] == [f"quick learning_rate={a} schedule={b} s{s}" for a in ("1e-4", "3e-4") for b in ("constant", "cosine", "linear") for s in (1, 2, 3)]'
    says "18 runs of the group 'night': 2 training.learning_rate × 3 training.schedule × 3 training.seed"
    "$nabiz" train quick $tiny training.max_steps=200 training.log_interval=1 $cells --json >"$out" 2>"$err" </dev/null &
    pid=$!
    while kill -0 $pid 2>/dev/null && ! grep -q "schedule=constant s2-2 batch 3/" "$err"; do sleep 0.02; done
    kill -INT $pid
    wait $pid
    equal $? 130
    json 'd["group"] == "quick" and [r["status"] for r in d["runs"]] == ["finished", "stopped"] and d["waiting"] == 35'
    says "go on with: nabiz queue run"
    run 0 queue list --json # the other group has been left alone, but for what was stopped
    json '[w["group"] for w in d["waiting"]] == ["quick"] + 18 * ["night"] + 16 * ["quick"]'
    run 0 queue run --json
    json 'len(d["runs"]) == 35 and all(r["status"] == "finished" for r in d["runs"]) and d["waiting"] == 0'
    run 0 runs --filter 'group = quick' --json
    json 'len(d) == 18 and {r["batches"] for r in d} == {200} and len({r["name"] for r in d}) == 18'
    run 0 runs --filter 'group = night' --json
    json 'len(d) == 18'
    for setting in training.learning_rate training.schedule training.seed; do
        for group in night quick; do
            run 0 runs --filter "group = $group" --sort started --json
            for run in $(python3 -c 'import json,sys; print(*[r["run"] for r in json.load(open(sys.argv[1]))])' "$out"); do
                run 0 show "$run" --json
                python3 -c 'import json,sys; print([p["declared"] for p in json.load(open(sys.argv[1]))["parameters"] if p["key"] == sys.argv[2]][0])' "$out" $setting
            done >$group.$setting
        done
        cmp night.$setting quick.$setting >>"$err" 2>&1 || fail "the two commands make other configurations: $setting"
    done
    # What failed or was deleted is run again by itself; what is there is not.
    run 2 queue add quick $small $cells --missing
    says "name it with --group"
    run 2 queue add quick $small --missing --group night
    says "--missing is for a grid"
    run 2 queue add quick $small $cells --missing --group night
    says "has all 18 of these runs"
    run 0 queue add quick $small training.learning_rate=1e-4,3e-4 training.seed=1..4 training.schedule=constant,cosine,linear --missing --group other --json
    json 'len(d["runs"]) == 24'
    for run in $(python3 -c 'import json,sys; print(*[r["run"] for r in json.load(open(sys.argv[1]))["runs"]][:2])' "$out"); do
        run 0 queue remove "$run"
    done
    run 0 queue add quick $small $cells --missing --group other --json
    json '[r["name"].split(" s")[-1][0] for r in d["runs"]] == ["1", "2"] and all(r["name"].startswith("quick learning_rate=1e-4 schedule=constant s") for r in d["runs"])'
    says "2 runs, of 18, of the group"
    run 0 queue list --json
    for run in $(python3 -c 'import json,sys; print(*[r["run"] for r in json.load(open(sys.argv[1]))["waiting"]])' "$out"); do
        run 0 queue remove "$run"
    done
    # Another grid is another group; its time is said by now.
    run 0 queue add quick $small training.seed=1,2 --json
    json 'd["group"] == "quick-2" and all(r["estimated_seconds"] > 0 for r in d["runs"])'
    says "they will take"
    # What is hopeless beside its group is stopped, says so, and is no failure.
    hopeless="$tiny training.max_steps=40 training.eval_interval=10 training.eval_batches=1 queue.stop_worse_than_median=1"
    run 2 train quick $hopeless
    says "give it a --group"
    run 0 train quick $hopeless training.learning_rate=1e-3,3e-3,1e-2,10 --group race --json
    json '[r["status"] for r in d["runs"]][3] == "stopped" and "queue.stop_worse_than_median" in d["runs"][3]["failure"]'
    run 2 train quick $hopeless training.eval_interval=0 --group race
    # What can be said of two groups however often one looks.
    seeds="$tiny training.max_steps=40 training.eval_interval=10 training.eval_batches=1 training.learning_rate=1e-2,1e-5"
    run 0 train quick $seeds training.seed=1..2 --json
    runs=$(python3 -c 'import json,sys; print(*[r["run"] for r in json.load(open(sys.argv[1]))["runs"]])' "$out")
    run 0 compare $runs --json
    json 'd["verdicts"][0]["anytime"]["n"] == [2, 2]'
    run 0 train quick $seeds training.seed=3..5 --json
    runs=$(python3 -c 'import json,sys; print(*[r["run"] for r in json.load(open(sys.argv[1]))["runs"]])' "$out")
    run 0 compare $runs --json
    json '[(v["anytime"]["look"], v["anytime"]["looks"], v["anytime"]["n"]) for v in d["verdicts"]] == [(4, 4, [3, 3])]'
    json 'd["verdicts"][0]["anytime"]["low"] < d["verdicts"][0]["interval"]["low"] < d["verdicts"][0]["interval"]["high"] < d["verdicts"][0]["anytime"]["high"]'
    run 0 compare $runs
    prints "However often it is looked at (n = 3 and 3, evaluation 4 of 4)"
    # What changed since the run before, the state of a folder under git among it.
    git init -q code && git -C code -c user.name=a -c user.email=a@b commit -q --allow-empty -m none
    printf 'one\n' >code/train.py && git -C code add . && git -C code -c user.name=a -c user.email=a@b commit -q -m one
    run 2 train quick $small data.track_folder=nowhere
    says "There is no folder"
    run 0 train quick $small data.track_folder=code --name before --json
    printf 'two\n' >code/train.py
    : >code/notes
    run 0 train quick $small data.track_folder=code training.learning_rate=3e-4 --name after --json
    run 0 show after --json
    json 'd["facts"]["track.changes"] == "1 changed, 1 not in git" and len(d["facts"]["track.commit"]) == 40'
    json '[(c["relation"], c["name"], [s["key"] for s in c["settings"]], [f["key"] for f in c["facts"]]) for c in d["changed"]] == [("preset", "before", ["training.learning_rate"], ["track.changes", "track.hash"])]'
    json '["+two" in e["text"] for e in d["events"] if e["kind"] == "diff"] == [True]'
    run 0 show after
    prints "changed since run"
    prints "  training.learning_rate: "
    prints "what came of it: finished"
    mkdir plain # no commit to name: said, and trained
    run 0 train quick $small data.track_folder=plain --name plain --json
    run 0 show plain
    prints "The state of $work/plain is not noted"
    if has_window; then
        run 0 report after -o page
        grep -q "What changed since run" page/*/report.md page/report.md 2>/dev/null || fail "the report does not say what changed"
    fi
}
