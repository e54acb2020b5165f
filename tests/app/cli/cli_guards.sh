# Areas of cli_test.sh: what no command may do, to files, to a terminal, and with words that make no sense.

has_window() { "$nabiz" --help | grep -qw '^  report'; }

# A database of one small reference run, here and closed.
make_database() {
    printf '# Kalp\nBatch 0: 6.3347\nBatch 50: 0.2715\nBatch 100: 0.0078\n' >page.md
    run 0 import page.md --db runs.db
    run 0 import page.md --db runs.db --name other
    run 0 runs --db runs.db # a reader leaves the -wal and -shm that it has made
}
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

# Nothing on stdout or stderr that a terminal would obey (C0 but for tab and line break, DEL, C1, marks of direction), and UTF-8.
safe() {
    "$nabiz" "$@" >"$out" 2>"$err" </dev/null
    cat "$out" "$err" >all
    LC_ALL=C grep -qaP '[\x00-\x08\x0b-\x1f\x7f]|\xc2[\x80-\x9f]|\xe2\x80[\x8e\x8f\xaa-\xae]|\xe2\x81[\xa6-\xa9]|\xd8\x9c' all \
        && fail "a terminal obeys what it prints: nabiz $*"
    iconv -f UTF-8 -t UTF-8 all >/dev/null 2>&1 || fail "it prints what is no UTF-8: nabiz $*"
}

test_terminal() {
    evil=$(printf '\033]0;pwned\007\302\233 \342\200\256x\177\377')
    printf '# \033]0;pwned\007 title\342\200\256\nBatch 0: 1\nBatch 1: 0.5\nloss was \033[31m77 of 3 km\n' >esc.md
    safe import esc.md
    safe import esc.md --json
    json 'd["runs"][0]["name"].startswith("\x1b]0;pwned\x07 title\u202e")'
    cp esc.md "$evil.md"
    printf 'nothing\n' >"no $evil.md"
    safe import "$evil.md" --dry-run
    safe import "no $evil.md"
    safe import "missing $evil"
    safe edit 1 --name "$evil" --why "$evil" --note "$evil" --tag "+$evil" --problem "$evil"
    long=$(python3 -c 'print("n" * 300)')
    safe edit 2 --name "$long" --why "$long"
    for words in runs "runs --json" "show 1" "show 1 --json" "compare 1 2" "compare 1 2 --json" "audit 1"; do safe $words; done
    safe runs --sort "$evil"
    safe runs
    python3 - "$out" <<'P' >>"$err" 2>&1 || fail "a long name breaks the table"
import sys
rows = open(sys.argv[1], encoding="utf-8").read().splitlines()[1:]
assert len({row.index(" reference") for row in rows}) == 1 and max(map(len, rows)) < 220, rows
P
    printf 'extends: quick\n"\\e]0;pwned\\a": 1\n' >pre.yaml
    printf 'extends: quick\n# \342\200\256 \033[1m\nmodel:\n  d_model: \033[31m\n' >raw.yaml
    printf 'summary: "\\e]0;pwned\\a \342\200\256"\nextends: quick\n' >summary.yaml
    mkdir -p "$XDG_CONFIG_HOME/nabiz/presets"
    cp summary.yaml "$XDG_CONFIG_HOME/nabiz/presets/sum.yaml"
    cp summary.yaml "$XDG_CONFIG_HOME/nabiz/presets/user $evil.yaml"
    cp pre.yaml "$evil.yaml"
    for file in pre.yaml raw.yaml summary.yaml "$evil.yaml"; do
        for command in "presets check" "presets show" "presets show --json" "presets diff quick" estimate; do safe $command "$file"; done
    done
    for file in pre.yaml raw.yaml "$evil.yaml"; do safe train "./$file"; done
    safe presets
    safe presets --json
    for words in show "export 1 --csv" "compare 1" audit train "train quick --name 1 --why" "runs --filter" "runs --db" report \
        "presets check" "estimate quick" "edit 1 --star" ""; do
        safe $words "$evil"
        safe $words "a
b$evil"
    done
    safe "--$evil"
    safe export 1 --csv - --metric "$evil"
    has_window && safe screenshot watch "$evil.png" && safe screenshot "$evil" x.png
    safe train quick $tiny training.max_steps=2 training.log_interval=1 --name "$evil" --why "$evil"
    "$nabiz" show 1 | cat >"$out" && grep -q 'x1b]0;pwned' "$out" || fail "what is unsafe is not shown"
}

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

test_numbers() {
    for value in nan inf -inf 1e 1e400 + - -4 "" 4x 1,5 4.5 99999999999999999999 "٤" 4e-400; do
        run 2 estimate quick "training.batch_size=$value"
        run 2 estimate quick "model.d_model=$value"
    done
    for value in nan inf 1e 1e400 + "" "0,001" 1e-3x; do run 2 estimate quick "training.learning_rate=$value"; done
    has_window || return 0
    for value in nan NaN inf -inf infinity 0x2 1e + +2 -1 "" " 2" "2 " 2x 1,5 1e400 99999999999999999999 0 5; do
        run 2 screenshot runs s.png --scale "$value"
        says "--scale"
        run 2 screenshot runs s.png "--scale=$value"
    done
    for value in nan inf 400.5 1e3 0x400 + +400 "" 400x 1,5 99999999999999999999 -400 8001 0; do
        run 2 screenshot runs s.png --width "$value"
        run 2 screenshot runs s.png "--height=$value"
    done
    make_database
    run 2 screenshot runs s.png --width 8000 --height 8000 --scale 4 --db runs.db
    says "million pixels"
    run 2 screenshot watch s.png --width 8000 --height 8000 --scale 1.1 --db runs.db
    [ -e s.png ] && fail "a picture was written"
    run 0 screenshot watch s.png --width 400 --height 300 --scale 1.5 --db runs.db
}

test_sweep() {
    make_database
    mkdir folder
    ln -s loop loop
    long=$(python3 -c 'print("n" * 300)')
    huge=99999999999999999999999
    NABIZ_DB=runs.db
    export NABIZ_DB
    commands="train presets runs show edit compare export import estimate audit doctor"
    has_window && commands="$commands report screenshot"
    for command in $commands; do
        run 2 $command --nonsense
        run 2 $command --db
        run 2 $command a b c d e f g h --nonsense=1
    done
    for command in train show edit compare export import estimate audit "presets show" "presets check" "presets diff" "presets nonsense"; do
        run 2 $command
    done
    for word in "" " " nonsense missing.yaml ./missing.yaml folder loop "$long" "$long.yaml" "$huge" -1 0 / . .. "a/b/c" "key=value"; do
        for command in "show" "compare 1" "export --csv x.csv" "edit --note x" "audit" "train" "estimate" "presets show" "presets check" "presets diff quick" "import" \
            "train quick" "estimate quick" "audit quick" "doctor --device" "runs --sort"; do
            case "$command $word" in "import ." | "import ..") continue ;; esac # folders, which are searched for stores
            run 2 $command -- "$word"
        done
        if has_window; then
            run 2 report "$word"
            run 2 screenshot runs x.png --run "$word"
            run 2 screenshot "$word" x.png
        fi
    done
    run 2 frobnicate
    run 2 ""
    run 2 runs --filter 'loss.best <'
    run 2 runs --filter '(' 
    for word in "$long" "$huge" -- "a=b"; do run 2 export 1 --csv x.csv --metric "$word"; done
    if has_window; then
        run 2 report 1 --language de
        run 2 report 1 --language ""
        run 2 report 1 --sections nonsense
        run 2 report 1 --sections ""
        run 2 screenshot runs x.png --language de
        run 2 screenshot runs
    fi
    if [ "$(id -u)" != 0 ]; then
        cp page.md secret.md && cp runs.db secret.db && printf 'extends: quick\n' >secret.yaml && chmod 000 secret.*
        run 2 import secret.md
        run 2 runs --db secret.db
        run 2 presets check secret.yaml
        run 2 train ./secret.yaml
    fi
    equal "$(ls x.csv x.png 2>/dev/null)" ""
}
