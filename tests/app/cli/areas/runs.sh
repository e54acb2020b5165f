# Area runs of cli_test.sh.

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
