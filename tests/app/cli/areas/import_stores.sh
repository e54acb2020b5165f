# Area import_stores of cli_test.sh.

# Stores of other programs: each run once, a grown one its new points, what is none said.
test_import_stores() {
    mkdir -p home/a home/b
    printf 'step,loss\n0,2.5\n10,1.5\n' >home/a/log.csv
    printf 'epoch;verlust\n1;0,5\n2;nan\n' >home/b/werte.csv
    run 0 import home --dry-run
    prints "nothing was stored"
    run 0 import home --json
    json 'd["skipped"] == [] and [(r["name"], r["source"], r["points"], r["new_points"]) for r in d["runs"]] == [("log", "csv", 2, 2), ("werte", "csv", 2, 2)]'
    run 0 import home --json
    json '[(r["run"], r["points"], r["new_points"]) for r in d["runs"]] == [(1, 2, 0), (2, 2, 0)]'
    printf '20,0.5\n' >>home/a/log.csv
    run 0 import home/a/log.csv --json
    json '[(r["run"], r["points"], r["new_points"]) for r in d["runs"]] == [(1, 3, 1)]'
    run 0 export 1 --csv -
    equal "$(tr '\n' ' ' <"$out")" "batch,time,loss 0,0,2.5 10,0,1.5 20,0,0.5 "
    run 0 runs --json
    json '[(r["source"], r["status"]) for r in d] == [("csv", "finished"), ("csv", "finished")]'
    printf 'step,loss,acc\n0,2.5,\n0,2.5,\n0,,0.5\n1,1.5,\n' >again.csv
    run 0 import again.csv
    run 0 export again --csv -
    equal "$(tr '\n' ' ' <"$out")" "batch,time,acc,loss 0,0,0.5,2.5 0,0,,2.5 1,0,,1.5 "
    run 0 runs --json
    json '[r["batches"] for r in d if r["name"] == "again"] == [2]'
    # Its values are doubles, also those that are called as a float32 of our own.
    printf 'step,loss\n0,0.03571428656578064\n1,0.1234567890123456\n' >exact.csv
    run 0 import exact.csv
    run 0 export exact --csv -
    equal "$(tr '\n' ' ' <"$out")" "batch,time,loss 0,0,0.03571428656578064 1,0,0.1234567890123456 "
    run 0 show exact --json
    json '[m["first"] for m in d["metrics"]] == [0.03571428656578064]'
    printf 'Nothing here.\n' >words.md
    run 2 import words.md --json
    json 'd["runs"] == [] and [s["path"] for s in d["skipped"]] == ["words.md"]'
    says "no figures"
    mkdir empty
    printf 'step,loss\n' >empty/only-a-head.csv
    run 2 import empty --json
    json 'd["runs"] == [] and len(d["skipped"]) == 1'
    says "only-a-head.csv"
    run 0 import empty home --json
    json 'len(d["runs"]) == 2 and len(d["skipped"]) == 1'
    # Names that a person says are the loss.
    printf 'step,my/ce\n0,2.5\n1,1.5\n' >named.csv
    mkdir -p "$XDG_CONFIG_HOME/nabiz"
    printf 'loss: [other, my/ce]\n' >"$XDG_CONFIG_HOME/nabiz/aliases.yaml"
    run 0 import named.csv
    run 0 runs --json
    json '[r["loss"]["last"] for r in d if r["name"] == "named"] == [1.5]'
    printf 'loss: {a: b}\n' >"$XDG_CONFIG_HOME/nabiz/aliases.yaml"
    run 0 runs --json # said, and no more
    says "aliases.yaml"
    rm "$XDG_CONFIG_HOME/nabiz/aliases.yaml"
}
