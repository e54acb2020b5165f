# Area queue of cli_test.sh: runs that wait, over stops and crashes.

test_queue() {
    queued="$tiny training.max_steps=30"
    run 0 queue # nothing there yet, and nothing is made
    prints "nothing waits"
    run 0 queue run --json
    json 'd["runs"] == [] and d["waiting"] == 0'
    [ -e "$XDG_DATA_HOME/nabiz/nabiz.db" ] && fail "a database was made to say that nothing waits"

    # What can be done to what waits.
    for name in a b c; do run 0 queue add quick $queued --name $name --group night --tag "one, two" --note "a note" --why "a try"; done
    equal "$(cat "$out")" 3
    run 0 queue list --json
    json 'd["paused"] is False and d["running"] == [] and d["estimated_seconds"] is None'
    json '[(w["run"], w["name"], w["preset"], w["group"], w["place"], w["estimated_seconds"]) for w in d["waiting"]] == [(i + 1, "abc"[i], "quick", "night", i + 1, None) for i in range(3)]'
    run 0 runs --filter 'group = night and tag = two' --json
    json 'len(d) == 3 and d[0]["note"] == "a note" and d[0]["why"] == "a try" and d[0]["tags"] == ["one", "two"] and d[0]["status"] == "queued"'
    run 0 queue move c 1 --json
    json '[w["name"] for w in d["waiting"]] == ["c", "a", "b"]'
    says "run 3 is at place 1 of 3"
    run 0 queue move 3 99
    says "at place 3 of 3"
    run 0 queue remove b
    says "in the trash"
    run 0 queue
    prints "nobody runs the queue"
    for words in "remove b" "move b 1" "remove nonsuch" "move a 0" "move a x" "move a" "remove" "add" "add nonsuch" "add quick training.max_steps=0" "add quick training.nonsuch=1" "nonsense"; do
        run 2 queue $words
    done
    run 0 train quick $tiny training.max_steps=2 --name alone # leaves the queue alone
    run 0 queue list --json
    json '[w["name"] for w in d["waiting"]] == ["a", "c"]'

    # Paused, nobody takes anything.
    run 0 queue pause
    run 2 queue run
    says "nabiz queue resume"
    run 0 queue list --json
    json 'd["paused"] and len(d["waiting"]) == 2'
    run 0 queue resume
    run 0 queue run --json
    json '[(r["name"], r["status"], r["batches"]) for r in d["runs"]] == [("a", "finished", 30), ("c", "finished", 30)]'
    json 'd["group"] is None and d["waiting"] == 0 and not d["paused"]'
    run 0 queue run
    equal "$(cat "$out")" ""
    # The next one's time is known by then.
    run 0 queue add quick $queued training.seed=5 training.max_steps=60 --json
    json 'd["place"] == 1 and d["name"] == "quick" and d["estimated_seconds"] > 0'

    # A signal stops and saves the one at hand, and leaves the rest.
    run 0 queue add quick $tiny training.max_steps=1000000 training.log_interval=1 --name long
    run 0 queue move long 1
    "$nabiz" queue run --json >"$out" 2>"$err" </dev/null &
    pid=$!
    while kill -0 $pid 2>/dev/null && ! grep -q "long batch 3/" "$err"; do sleep 0.02; done
    "$nabiz" queue run >two.out 2>two.err && fail "two processes run the queue"
    grep -q "process $pid runs the queue" two.err || fail "it does not say who runs the queue"
    "$nabiz" queue list --json >list.json
    python3 -c 'import json,sys; d=json.load(open("list.json")); assert [r["name"] for r in d["running"]] == ["long"] and d["running"][0]["batches"] >= 3 and d["running"][0]["estimated_seconds"] > 0, d' >>"$err" 2>&1 || fail "what runs is not told"
    kill -INT $pid
    wait $pid
    equal $? 130
    json '[r["status"] for r in d["runs"]] == ["stopped"] and d["waiting"] == 2'
    says "2 wait in the queue; go on with: nabiz queue run"
    run 0 queue list --json
    json '[w["name"] for w in d["waiting"]] == ["long", "quick"]'
    run 0 show long --json
    json 'd["status"] == "stopped" and d["batches"] >= 3'
    run 0 queue remove long # what was trained stays
    run 0 queue run
    run 0 show long --json
    json 'd["status"] == "stopped" and d["batches"] >= 3 and "deleted" not in d'
}
