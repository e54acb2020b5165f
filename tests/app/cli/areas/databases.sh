# Area databases of cli_test.sh.

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
        printf '# Kalp\nBatch 0: 6.3347\nBatch 50: 0.2715\n' >page.md
        sqlite3 newer.db 'PRAGMA user_version = 999'
        run 2 train quick $tiny training.max_steps=1 --db newer.db
        says "version 999"
        for words in "edit 1 --note x" "import $work/page.md"; do
            run 2 $words --db newer.db
            says "update this one"
        done
        for words in "runs" "show 1" "export 1 --csv -" "compare 1 1" "backup newer-copy.db"; do run 0 $words --db newer.db; done
        run 0 runs --json --db newer.db
        json 'len(d) == 1'
        says "newer Nabız"
        equal "$(sqlite3 newer.db 'PRAGMA user_version')" 999
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
    # No name is not the default; ~ is one's own home; a name without an end or too long is one line.
    run 2 runs --db ""
    says "it is empty"
    cp good.db "$HOME/at-home.db"
    run 0 runs --db '~/at-home.db'
    (NABIZ_DB='~/at-home.db' && export NABIZ_DB && run 0 runs --json && json 'len(d) == 1' && exit $failures)
    failures=$((failures + $?))
    ln -s round round
    for name in round "$(python3 -c 'print("n" * 300)')"; do
        run 2 runs --db "$name"
        says "cannot be read or written"
    done
    # Points go beside a database that is damaged, and what is said is not that there is no room.
    cp good.db worn.db
    python3 - worn.db <<'END'
import sqlite3, sys
with sqlite3.connect(sys.argv[1]) as database:
    page = database.execute("SELECT rootpage FROM sqlite_master WHERE name = 'point'").fetchone()[0]
    size = database.execute("PRAGMA page_size").fetchone()[0]
with open(sys.argv[1], "r+b") as file:
    file.seek((page - 1) * size)
    file.write(b"\xff" * size)
END
    "$nabiz" train quick $tiny training.max_steps=2 --db worn.db >"$out" 2>"$err"
    says "is damaged"
    grep -q "make room" "$err" && fail "room was asked for where a database is damaged"
}
