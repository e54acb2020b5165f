# Area backup of cli_test.sh.

# query FILE SQL: what Python's SQLite says.
query() { python3 -c 'import sqlite3, sys
for row in sqlite3.connect(sys.argv[1]).execute(sys.argv[2]): print(*row, sep="|")' "$1" "$2"; }
files() { ls -A . | tr '\n' ' '; }

test_backup() {
    rm -f "$out" "$err" && out=$HOME/out && err=$HOME/err && : >"$out" && : >"$err" # not among the files looked at
    mkdir place && cd place || exit 1
    run 2 backup copy.db --db runs.db
    says "There is no database 'runs.db'"
    equal "$(files)" ""
    make_database
    run 0 backup copy.db --db runs.db --json
    json 'd == {"file": "copy.db", "bytes": d["bytes"], "runs": 2} and d["bytes"] > 4096'
    equal "$(stat -c %s copy.db)" "$(python3 -c 'import json, sys; print(json.load(sys.stdin)["bytes"])' <"$out")"
    equal "$(query copy.db 'PRAGMA integrity_check')" ok
    run 0 runs --db copy.db --json
    json '[r["name"] for r in d] == ["other", "Kalp"]'
    run 0 show Kalp --db copy.db
    # Again: replaced as a whole, and never by half of one.
    run 0 edit 1 --name first --db runs.db
    cp copy.db old.db
    (ulimit -f 100 && run 2 backup copy.db --db runs.db && says "no room on the disk for 'copy.db'" && exit $failures)
    failures=$((failures + $?))
    cmp -s copy.db old.db || fail "a backup that failed has changed the earlier one"
    run 0 backup copy.db --db runs.db
    says "2 runs"
    equal "$(query copy.db 'SELECT name FROM run WHERE id = 1')" first
    equal "$(ls ./*.part* copy.db-* 2>/dev/null)" ""
    # What is no backup of it stays.
    mkdir folder runs.db-checkpoints
    ln -s runs.db link.db
    printf 'a text of mine' >text
    query other.db 'CREATE TABLE song (name)'
    run 0 import page.md --db elsewhere.db --name elsewhere
    printf 'log' >gone.db-wal
    mkfifo pipe
    for target in runs.db ./runs.db link.db runs.db-wal runs.db-shm runs.db-journal runs.db-checkpoints runs.db-checkpoints/x.db \
        folder text other.db elsewhere.db gone.db missing/x.db "" - / /dev/null /dev/stdout; do
        before=$(files; cat runs.db text other.db elsewhere.db | cksum)
        run 2 backup "$target" --db runs.db
        equal "$(files; cat runs.db text other.db elsewhere.db | cksum)" "$before"
    done
    run 2 backup text --db text
    run 2 backup x.db --db text
    says "'text' is not a database"
    run 2 backup x.db --db other.db
    says "another program"
    [ -e x.db ] && fail "something was left of a backup of another program's database"
    # One that another program has open.
    python3 -c 'import sqlite3, sys
c = sqlite3.connect("copy.db")
c.execute("pragma journal_mode = wal")
c.execute("select count(*) from run").fetchone()
open("open", "w").close()
sys.stdin.read()' <pipe &
    holder=$!
    exec 8>pipe
    until [ -e open ]; do sleep 0.02; done
    run 2 backup copy.db --db runs.db
    says "another program has open"
    exec 8>&-
    wait $holder
    run 0 backup copy.db --db runs.db
    # While points come: each is whole, and none is shorter than the one before.
    begin train quick $tiny training.max_steps=1000000 training.log_interval=1 --db live.db
    last=0
    for round in 1 2 3 4 5; do
        run 0 backup live-copy.db --db live.db --json
        json 'd["runs"] == 1'
        equal "$(query live-copy.db 'PRAGMA integrity_check')" ok
        count=$(query live-copy.db 'SELECT count(*) FROM batch')
        [ "$count" -ge "$last" ] && [ "$count" -gt 0 ] || fail "backup $round holds $count batches, the one before $last"
        last=$count
    done
    interrupt
    run 0 runs --db live-copy.db --json
    json 'd[0]["status"] == "interrupted"'
    run 0 runs --db live.db --json
    json 'd[0]["status"] == "stopped"'
    # What could not be written is brought in first.
    printf 'not ours' >live.db-unwritten-1-1-1
    run 0 backup live-copy.db --db live.db --json
    json 'd["runs"] == 1'
}
