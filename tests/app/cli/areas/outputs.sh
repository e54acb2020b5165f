# Area outputs of cli_test.sh.

# The files here, and what is in them.
state() { ls -A . && cat runs.db page.md mine.yaml hard.db 2>/dev/null | cksum; }

# kept WORD…: refused, and everything is as it was.
kept() {
    before=$(state)
    run 2 "$@"
    after=$(state)
    [ "$before" = "$after" ] || fail "something changed: nabiz $*"
}

test_outputs() {
    rm -f "$out" "$err" && out=$HOME/out && err=$HOME/err && : >"$out" && : >"$err" # not among the files looked at
    mkdir place && cd place || exit 1
    make_database
    printf 'extends: quick\n' >mine.yaml
    mkdir folder runs.db-checkpoints
    ln -s runs.db link.db
    ln -s link.db chain.db
    ln runs.db hard.db
    ln -s runs.db-wal ahead
    for target in runs.db ./runs.db folder/../runs.db "$PWD/runs.db" link.db chain.db hard.db RUNS.DB ahead runs.db-wal runs.db-shm \
        runs.db-journal runs.db-checkpoints runs.db-checkpoints/x.csv folder folder/ missing/x.csv "" /; do
        kept export 1 --csv "$target" --db runs.db
    done
    kept export 1 --csv runs.db --db link.db
    kept export 1 --csv link.db --db folder/../runs.db
    NABIZ_DB=runs.db
    export NABIZ_DB
    kept export 1 --csv link.db
    unset NABIZ_DB
    "$nabiz" export 1 --csv - --db runs.db 2>"$err" >>hard.db && fail "CSV was appended to the database"
    run 0 runs --db runs.db --json
    json 'len(d) == 2'
    rm hard.db
    # Read as a text, the database would lose its locks when that is closed.
    ln -s ../runs.db folder/text.txt
    for target in runs.db link.db folder; do
        kept train quick $tiny training.max_steps=1 "data.train_path=$target" --db runs.db
        says "is the database"
    done
    kept train quick $tiny training.max_steps=1 model.init=chain.db --db runs.db
    # What may be written is there whole, and as it was where it fails.
    printf old >out.csv
    chmod 600 out.csv
    ln -s out.csv to-out.csv
    run 0 export 1 --csv to-out.csv --db runs.db
    [ -L to-out.csv ] || fail "a link was replaced"
    equal "$(wc -l <out.csv)" 4
    equal "$(stat -c %a out.csv)" 600
    (umask 027 && "$nabiz" export 1 --csv new.csv --db runs.db 2>"$err") || fail "new.csv"
    equal "$(stat -c %a new.csv)" 640
    (ulimit -f 0 && "$nabiz" export 1 --csv out.csv --db runs.db 2>"$err" >"$out")
    equal "$?" 2
    equal "$(wc -l <out.csv)" 4
    run 0 export 1 --csv /dev/stdout --db runs.db
    equal "$(wc -l <"$out")" 4
    { echo before && "$nabiz" export 1 --csv /dev/stdout --db runs.db; } >log 2>"$err"
    equal "$(head -n 1 log) $(wc -l <log)" "before 5"
    run 0 export 1 --csv - --json --db runs.db
    equal "$(wc -l <"$out")" 4
    equal "$(ls ./*part* 2>/dev/null)" ""
    has_window || return 0
    for target in runs.db link.db runs.db-wal folder runs.png.db plain s.svg s.pdf s.db s.gifx "" missing/s.png; do
        kept screenshot runs "$target" --db runs.db
    done
    ln -s runs.db picture.png
    kept screenshot runs picture.png --db runs.db
    mkdir -p "$XDG_CONFIG_HOME/nabiz/presets"
    printf 'extends: quick\n' >"$XDG_CONFIG_HOME/nabiz/presets/p.yaml"
    ln -s "$XDG_CONFIG_HOME/nabiz/presets/p.yaml" preset.png
    kept screenshot runs preset.png --db runs.db
    equal "$(cat "$XDG_CONFIG_HOME/nabiz/presets/p.yaml")" "extends: quick"
    for target in runs.db runs.db-checkpoints runs.db-checkpoints/new link.db page.md ""; do
        kept report 1 -o "$target" --db runs.db
    done
    for kind in png jpg jpeg; do run 0 screenshot runs "s.$kind" --width 400 --height 300 --db runs.db; done
    equal "$(head -c 4 s.png | od -An -c | tr -d ' ')" '211PNG'
    equal "$(head -c 3 s.jpg | od -An -tx1 | tr -d ' ')" ffd8ff
    equal "$(head -c 3 s.jpeg | od -An -tx1 | tr -d ' ')" ffd8ff
    run 0 screenshot runs - --width 400 --height 300 --db runs.db
    equal "$(head -c 4 "$out" | od -An -c | tr -d ' ')" '211PNG'
    run 0 runs --db runs.db --json
    json 'len(d) == 2'
}
