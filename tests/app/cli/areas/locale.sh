# Area locale of cli_test.sh.

test_locale() {
    LOCPATH=$work/locales
    mkdir "$LOCPATH"
    export LOCPATH
    for name in tr_TR de_DE; do
        localedef -f UTF-8 -i $name "$LOCPATH/$name.UTF-8" 2>/dev/null \
            || printf 'the locale %s cannot be made here: only its name is set\n' $name
        LC_ALL=$name.UTF-8
        export LC_ALL
        run 0 train quick $tiny training.max_steps=3 training.learning_rate=0.0025 --json
        json '3 < d["loss"]["first"] < 8'
        run 0 show "$(python3 -c 'import json,sys; print(json.load(open(sys.argv[1]))["run"])' "$out")" --json
        json '[float(p["applied"]) for p in d["parameters"] if p["key"] == "training.learning_rate"] == [0.0025]'
        run 0 runs
        run 0 export quick --csv "$name.csv"
        python3 -c 'import csv,sys
rows = list(csv.reader(open(sys.argv[1])))
assert len(rows) == 4 and len({len(r) for r in rows}) == 1
[float(c) for r in rows[1:] for c in r if c]' "$name.csv" >>"$err" 2>&1 || fail "$name.csv is not CSV with decimal points"
    done
}
