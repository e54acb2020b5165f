# Area import of cli_test.sh.

test_import() {
    printf '# Kalp\n\n* **Batch 0:** `6,3347`\n* **Batch 50:** `0,2715`\n\nbatch size 4; device cuda\nVRAM 1,20 GB\nIt took 3 days.\n' >page.md
    run 0 import page.md --dry-run
    prints "2 points, 2 settings, 1 memory figures understood in page.md"
    prints "0.2715"
    prints "It took 3 days."
    prints "nothing was stored"
    [ -e "$XDG_DATA_HOME/nabiz/nabiz.db" ] && fail "a dry run has made a database"
    run 0 import page.md --json
    json 'd["skipped"] == [] and [(r["run"], r["name"], r["source"], r["points"], r["new_points"]) for r in d["runs"]] == [(1, "Kalp", "page", 2, 2)]'
    json '[p["value"] for p in d["runs"][0]["values"]] == [6.3347, 0.2715]'
    json 'd["runs"][0]["memory"] == [{"kind": "steady", "bytes": 1200000000.0, "line": 7}]'
    json '[l["line"] for l in d["runs"][0]["lines"] if l["kind"] == "not understood"] == [8]'
    run 0 import page.md
    equal "$(tail -n 1 "$out")" 2
    run 0 import t4-reported --name reported
    run 0 runs --json
    json 'sorted(r["name"] for r in d) == ["Kalp", "Kalp-2", "reported"] and {r["status"] for r in d} == {"reference"}'
    run 0 show reported --json
    json '[m["points"] for m in d["metrics"]] == [6] and d["metrics"][0]["last"] == 0.0004 and "Problem" in d["texts"]["page"]'
    run 0 export reported --csv - --metric loss
    equal "$(sed 's/,0,/,/' "$out" | tr '\n' ' ')" "batch,time,loss 0,6.3347 50,0.2715 100,0.0078 250,0.0021 500,7e-04 750,4e-04 "
    "$nabiz" import - --name piped <page.md >"$out" 2>"$err" || fail "a page on stdin"
    head -c 10000000 /dev/zero | tr '\0' 'x' >long.md
    run 2 import long.md
    says "longer than 5 MB"
    printf '\177ELF\0\1' >binary.md
    run 2 import binary.md
    says "no text in UTF-8"
    printf 'Nothing here.\n' >empty.md
    run 2 import page.md empty.md
    says "no figures were understood in 'empty.md'"
    mkfifo pipe.csv pipe.nabiz pipe.db
    for pipe in pipe.csv pipe.nabiz pipe.db; do
        run 2 import $pipe # which nobody writes
        says "'$pipe' is a pipe"
    done
    run 2 import /dev/null
    says "'/dev/null' is a device"
    rm pipe.csv pipe.nabiz pipe.db
    run 2 import nowhere.md
    says nowhere.md
    run 2 import .
    run 2 import page.md --name 7
    says "is an id"
    run 2 import page.md t4-reported --name both
    run 0 runs --json
    json 'len(d) == 4' # what was refused has stored nothing
    if "$nabiz" --help | grep -qw '^  report'; then
        run 0 report reported Kalp -o reports --language tr
        folder=$(cat "$out")
        [ -e "$folder/report.md" ] || fail "no report in $folder"
        run 0 show Kalp --json
        json '[r["language"] for r in d["reports"]] == ["tr"] and d["reports"][0]["exists"]'
        rm -r "$folder"
        run 0 show Kalp
        prints "(gone)"
        run 0 report Kalp -o reports --sections results,audit
        grep -q '^## ' "$(cat "$out")/report.md" || fail "no section"
        grep -q '^## Environment' "$(cat "$out")/report.md" && fail "a section that was not chosen"
        run 2 report Kalp -o reports --sections figures
        says figures
        if [ "$(id -u)" != 0 ]; then
            mkdir closed && chmod a-w closed
            run 2 report Kalp -o closed
            says closed
            chmod u+w closed
        fi
        run 2 report Kalp -o /dev/full
        says /dev/full
    fi
}
