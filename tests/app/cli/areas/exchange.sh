# Area exchange of cli_test.sh: runs that leave in one file, and come back.

test_exchange() {
    run 0 train quick $tiny training.max_steps=20 training.eval_interval=5 --name "bir, \"iki\"" --why "ölçü"
    run 0 train quick $tiny training.max_steps=5 --name other
    run 0 edit 1 --tag=+a --note "**not**" --conclusion "iyi"
    run 0 export 1 --csv one.csv
    for word in --file=runs.nabiz --trackio=project.db; do
        run 0 export 1 2 "$word" --json
        json 'd["runs"] == 2 and d["points"] > 150'
        run 0 export 1 2 "$word" # its own it may replace
    done
    run 2 export 1 --file runs
    says "runs.nabiz"
    printf 'mine' >mine.nabiz
    for word in --file=mine.nabiz --trackio=mine.nabiz --file=/nonexistent/x.nabiz "--trackio=$XDG_DATA_HOME/nabiz/nabiz.db"; do
        run 2 export 1 "$word"
    done
    equal "$(cat mine.nabiz)" mine
    run 2 export 1 --file x.nabiz --csv x.csv
    equal "$(ls .*.part* x.nabiz runs.nabiz-* project.db-* 2>/dev/null)" ""

    NABIZ_DB=elsewhere.db
    export NABIZ_DB
    run 0 import runs.nabiz --dry-run --json
    json '[r["run"] for r in d["runs"]] == [None, None] and d["runs"][0]["points"] > 150'
    run 0 import runs.nabiz --json
    json '[(r["source"], r["points"] == r["new_points"]) for r in d["runs"]] == [("nabiz", True)] * 2 and d["skipped"] == []'
    run 0 import runs.nabiz --json # once
    json '[(r["run"], r["new_points"]) for r in d["runs"]] == [(1, 0), (2, 0)]'
    run 0 show 1 --json
    json 'd["name"] == "bir, \"iki\"" and d["why"] == "ölçü" and d["tags"] == ["a"] and d["note"] == "**not**" and d["status"] == "finished"'
    json 'd["parameters"][0]["applied"] != "" and d["conclusion"] == "iyi" if "conclusion" in d else True'
    run 0 export 1 --csv again.csv
    cmp one.csv again.csv >>"$err" 2>&1 || fail "the points of the archive are others"
    # A run that has gone on since is taken up where it was.
    unset NABIZ_DB
    run 0 train quick $tiny training.max_steps=10 training.save_interval=5 --name grown
    run 0 export grown --file grown.nabiz
    run 0 import grown.nabiz --db elsewhere.db
    run 0 edit grown --note mine --db elsewhere.db
    run 0 resume grown training.max_steps=15
    run 0 export grown --file grown.nabiz
    run 0 import grown.nabiz --json --db elsewhere.db
    json '[(r["run"], 0 < r["new_points"] < r["points"]) for r in d["runs"]] == [(3, True)]'
    run 0 import grown.nabiz --json --db elsewhere.db
    json '[r["new_points"] for r in d["runs"]] == [0]'
    run 0 export grown --csv grown.csv
    run 0 export grown --csv again.csv --db elsewhere.db
    cmp grown.csv again.csv >>"$err" 2>&1 || fail "the grown run is another"
    run 0 show grown --json --db elsewhere.db
    json 'd["status"] == "finished" and d["note"] == "mine"'
    NABIZ_DB=elsewhere.db
    export NABIZ_DB
    # Names that are taken get another.
    run 0 train quick $tiny training.max_steps=2 --name third
    run 0 export third --file third.nabiz
    NABIZ_DB=third.db
    run 0 train quick $tiny training.max_steps=2 --name third
    run 0 import third.nabiz --json
    json 'd["runs"][0]["run"] == 2 and d["runs"][0]["name"] != "third"'
    # Trackio's file, read as Trackio's.
    run 0 import project.db --json
    json '{r["source"] for r in d["runs"]} == {"trackio"} and d["runs"][0]["name"] == "bir, \"iki\"" and d["runs"][0]["points"] > 150'
    # What is damaged is said, and nothing is stored.
    head -c 20000 runs.nabiz >cut.nabiz
    run 2 import cut.nabiz
    says "no whole file of runs"
    run 0 runs --json
    json 'len(d) == 4'
}
