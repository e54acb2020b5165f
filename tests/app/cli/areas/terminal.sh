# Area terminal of cli_test.sh.

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
        "presets check" "estimate quick" "edit 1 --star"; do
        safe $words "$evil"
        safe $words "a
b$evil"
    done
    safe "--$evil"
    safe "no command $evil" # one that is a file is opened in the window
    safe export 1 --csv - --metric "$evil"
    has_window && safe screenshot watch "$evil.png" && safe screenshot "$evil" x.png
    safe train quick $tiny training.max_steps=2 training.log_interval=1 --name "$evil" --why "$evil"
    "$nabiz" show 1 | cat >"$out" && grep -q 'x1b]0;pwned' "$out" || fail "what is unsafe is not shown"
}
