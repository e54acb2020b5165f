# Area queue_night of cli_test.sh: ten runs of which three cannot be, and a crash in the third.

test_queue_night() {
    queued="$tiny training.max_steps=30"
    for text in short gone; do seq 20000 >$text.txt; done
    run 2 queue add quick $queued --name 1 # numbers are ids
    run 0 queue add quick $queued --name one
    run 0 queue add quick $queued --name unprepared "data.train_path=$work/short.txt"
    run 0 queue add quick $tiny training.save_interval=50 training.max_steps=3000 training.log_interval=1 --name killed
    run 0 queue add quick $queued --name diverges training.learning_rate=1e30 training.gradient_clip=0 training.stop_on_nonfinite=3
    run 0 queue add quick $queued --name five
    run 0 queue add quick $queued --name removed "data.train_path=$work/gone.txt"
    for name in seven eight nine ten; do run 0 queue add quick $queued --name $name; done
    printf x >short.txt
    rm gone.txt
    "$nabiz" queue run >"$out" 2>"$err" </dev/null &
    pid=$!
    while kill -0 $pid 2>/dev/null && ! grep -q "killed batch 150/" "$err"; do sleep 0.02; done
    kill -KILL $pid
    wait $pid 2>/dev/null
    run 0 queue list --json
    json '[w["name"] for w in d["waiting"]] == ["killed", "diverges", "five", "removed", "seven", "eight", "nine", "ten"]'
    run 0 runs --json
    json '[r["status"] for r in d][::-1] == ["finished", "failed", "interrupted"] + 7 * ["queued"]'
    run 1 queue run --json
    json '[r["name"] for r in d["runs"]] == ["killed", "diverges", "five", "removed", "seven", "eight", "nine", "ten"]'
    says "Went on behind batch"
    run 0 runs --json
    json '[r["status"] for r in d][::-1] == ["finished", "failed", "finished", "diverged", "finished", "failed"] + 4 * ["finished"]'
    json 'all(r["failure"] for r in d if r["status"] != "finished")'
    json '{r["name"]: r["batches"] for r in d if r["status"] == "finished"} == {n: 3000 if n == "killed" else 30 for n in "one killed five seven eight nine ten".split()}'
    run 0 runs --sort started --json
    json '[r["run"] for r in d] == list(range(1, 11))'
    if has_sqlite; then # nothing twice: but for the one that went on, one stretch each
        equal "$(sqlite3 "$XDG_DATA_HOME/nabiz/nabiz.db" 'SELECT group_concat(run || ":" || n) FROM (SELECT run, count(*) AS n FROM segment GROUP BY run ORDER BY run) WHERE n > 1')" 3:2
    fi
    # The same losses as of one that was never killed.
    run 0 train quick $tiny training.save_interval=50 training.max_steps=3000 --name whole
    losses killed killed.csv
    losses whole whole.csv
    cmp killed.csv whole.csv >>"$err" 2>&1 || fail "a run that was killed in the queue has other losses"
    # What ends its process each time is left alone in the end.
    run 0 queue add quick $tiny training.max_steps=1000000 training.log_interval=1 --name deadly
    for time in 1 2 3; do
        begin queue run
        kill -KILL $pid
        wait $pid 2>/dev/null
    done
    run 0 queue run --json
    json 'd["runs"] == []'
    run 0 show deadly --json
    json 'd["status"] == "interrupted"'
}
