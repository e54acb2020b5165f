# Area sweep of cli_test.sh.

test_sweep() {
    make_database
    mkdir folder
    ln -s loop loop
    long=$(python3 -c 'print("n" * 300)')
    huge=99999999999999999999999
    NABIZ_DB=runs.db
    export NABIZ_DB
    commands="train queue presets runs show edit compare export import estimate audit doctor backup rescue notify weights"
    has_window && commands="$commands report screenshot"
    for command in $commands; do
        run 2 $command --nonsense
        run 2 $command --db
        run 2 $command a b c d e f g h --nonsense=1
    done
    for command in train show edit compare export import estimate audit backup "presets show" "presets check" "presets diff" "presets nonsense" "queue add" "queue move" "queue remove" "queue nonsense"; do
        run 2 $command
    done
    for word in "" " " nonsense missing.yaml ./missing.yaml folder loop "$long" "$long.yaml" "$huge" -1 0 / . .. "a/b/c" "key=value"; do
        for command in "show" "compare 1" "export --csv x.csv" "edit --note x" "audit" "train" "estimate" "presets show" "presets check" "presets diff quick" "import" \
            "train quick" "estimate quick" "audit quick" "doctor --device" "runs --sort" "rescue --to x.db" "queue add" "queue add quick" "queue remove" "queue move 1" "queue move" "weights get" "weights check"; do
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
