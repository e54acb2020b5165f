# Area edit of cli_test.sh.

test_edit() {
    make_database
    NABIZ_DB=runs.db
    export NABIZ_DB
    run 0 edit 1 --name first --why "to see" --note "a note" --tag=+a,-b,c --star yes --problem P --solution S --conclusion C
    run 0 runs --json
    json '[(r["name"], r["why"], r["note"], r["tags"], r["starred"]) for r in d if r["run"] == 1] == [("first", "to see", "a note", ["a", "c"], True)]'
    run 0 show first --json
    json '{k: d["texts"][k] for k in ("problem", "solution", "conclusion")} == {"problem": "P", "solution": "S", "conclusion": "C"}'
    json '"Kalp" in d["texts"]["page"]'
    run 0 edit first --tag=-a,+c,+d --note "" --star no --problem "" --json
    json 'd["tags"] == ["c", "d"] and d["note"] == "" and not d["starred"] and "problem" not in d["texts"] and d["why"] == "to see"'
    before=$(cksum runs.db)
    for words in "" "--star maybe" "--star" "--name" "--name 12" "--tag=" "--tag=+" "--nonsense 1"; do run 2 edit 1 $words; done
    run 2 edit 1 --name ""
    run 2 edit 1 --name " "
    run 2 edit 1 --name good --star maybe # and nothing of it is done
    run 2 edit frist --note x
    says "first"
    run 2 edit --note x
    run 2 edit 1 --note x --db none.db
    [ -e none.db ] && fail "edit has made a database"
    equal "$(cksum runs.db)" "$before"
    # While another process trains it.
    unset NABIZ_DB
    start_long_run
    cp "$err" trained.err
    run 0 edit 1 --note "while it trains" --tag=live --name busy
    kill -INT $pid
    wait $pid
    run 0 show busy --json
    json 'd["note"] == "while it trains" and d["tags"] == ["live"] and d["status"] == "stopped" and d["batches"] >= 3'
}
