# Area rescue of cli_test.sh.

# damage FILE OFFSET LENGTH: zeros there.
damage() { python3 -c 'import sys
with open(sys.argv[1], "r+b") as file:
    file.seek(int(sys.argv[2]))
    file.write(bytes(int(sys.argv[3])))' "$@"; }

test_rescue() {
    rm -f "$out" "$err" && out=$HOME/out && err=$HOME/err && : >"$out" && : >"$err" # not among the files looked at
    mkdir place && cd place || exit 1
    run 0 train quick $tiny training.max_steps=60 --name first --db whole.db
    run 0 train quick $tiny training.max_steps=30 --name second --db whole.db
    run 0 rescue whole.db --json
    json 'd["file"] == "whole-rescued.db" and d["damaged"] == "whole.db" and d["runs"] == 2 and d["whole"] and d["bytes"] > 4096'
    json '[t["rows"] for t in d["tables"] if t["table"] == "batch"] == [90] and d["points"] > 300'
    for database in whole.db whole-rescued.db; do
        run 0 export first --csv $database.csv --db $database
        run 0 runs --json --db $database
        cp "$out" $database.json
    done
    cmp -s whole.db.csv whole-rescued.db.csv || fail "a whole database was not saved as a whole"
    cmp -s whole.db.json whole-rescued.db.json || fail "the runs of a whole database are others in the one that was saved"
    # Its header, and its first page with the list of tables.
    cp whole.db header.db && damage header.db 0 100
    cp whole.db page.db && damage page.db 0 4096
    run 2 runs --db page.db
    for database in header page; do
        before=$(cksum <$database.db)
        run 0 rescue $database.db --to $database-saved.db
        prints "ROWS SAVED"
        says "2 runs and"
        run 0 export first --csv saved.csv --db $database-saved.db
        cmp -s whole.db.csv saved.csv || fail "$database: not all points were saved"
        equal "$(cksum <$database.db)" "$before"
    done
    # The end of it is cut off; the name is the one that --db has.
    head -c $(($(stat -c %s whole.db) / 2)) whole.db >cut.db
    run 0 rescue --db cut.db --json
    json 'd["file"] == "cut-rescued.db" and not d["whole"] and 0 < d["runs"] <= 2'
    run 0 runs --db cut-rescued.db
    run 0 doctor --db cut-rescued.db --json
    json 'd["database"]["check"] == "ok" and d["database"]["references"] == "ok"'
    if run 1 doctor --db page.db; then prints "nabiz rescue"; fi
    # Nothing is written in the place of anything.
    printf 'a text' >text
    mkdir folder
    ln -s nowhere link
    for words in "whole.db" "whole.db --to whole.db" "whole.db --to text" "whole.db --to folder" "whole.db --to link" "whole.db --to whole.db-wal" \
        "whole.db --to missing/x.db" "whole.db --to /dev/stdout" "whole.db --to /dev/full" "whole.db --db other.db" "text --to x.db" "folder --to x.db" \
        "missing.db --to x.db" "/dev/null --to x.db" "--db missing.db --to x.db"; do
        before=$(ls -A . | tr '\n' ' '; cat whole.db text | cksum)
        run 2 rescue $words
        equal "$(ls -A . | tr '\n' ' '; cat whole.db text | cksum)" "$before"
    done
    run 2 rescue text --to x.db
    says "'text' is not a database of Nabız"
    (ulimit -f 16 && run 2 rescue whole.db --to x.db && says "no room" && exit $failures)
    failures=$((failures + $?))
    equal "$(ls ./*.part* x.db* 2>/dev/null)" ""
}
