# Area signals of cli_test.sh.

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
