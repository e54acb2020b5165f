# Area bad_presets of cli_test.sh.

# bad NAME TEXT-WITH-ESCAPES WORD…: refused by check, with its place, and by train; every word is said.
bad() {
    name=$1.yaml
    printf '%b' "$2" >"$name"
    shift 2
    run 2 presets check "$name" --json
    json 'd["problems"] and all(p["file"].endswith(".yaml") and p["message"] for p in d["problems"])'
    json 'all(p["line"] >= 0 and p["column"] >= 0 for p in d["problems"])'
    for word in "$name" "$@"; do says "$word"; done
    run 2 train "./$name"
    says "$name"
}

test_bad_presets() {
    bad empty ''
    bad list '- a\n- b\n'
    bad two 'model:\n  d_model: 32\n---\nmodel:\n  d_model: 64\n'
    bad null 'model:\n'
    bad number 'model: 5\n'
    bad unknown 'model:\n  d_modle: 32\n' d_model ':2:3'
    bad section 'modle:\n  d_model: 32\n' model
    bad type 'model:\n  d_model: wide\n' d_model ':2:'
    bad fraction 'model:\n  d_model: 32.5\n' d_model
    bad huge 'model:\n  d_model: 100000000000000000000\n' d_model
    bad nan 'training:\n  learning_rate: .nan\n' learning_rate
    bad twice 'model:\n  d_model: 32\n  d_model: 64\n' ':3:'
    bad circle 'extends: circle.yaml\n'
    bad tabs 'model:\n\td_model: 32\n' ':2:'
    bad anchor 'model: &a\n  d_model: *a\n'
    bad heads 'model:\n  d_model: 32\n  n_heads: 5\n' n_heads ':3:12'
    run 2 train ./heads.yaml
    says "cannot start: ./heads.yaml:3:12: "
    says "to start: nabiz train"
    run 2 train ./heads.yaml model.n_heads=3 # not the file's any more
    says "cannot start: model.n_heads"
    python3 -c 'print("a: " + "[" * 1000000)' >nest.yaml
    run 2 presets check nest.yaml
    says nest.yaml
    printf 'model:\r\n  d_model: 64\r\n' >crlf.yaml
    run 0 presets check crlf.yaml
    printf '\357\273\277model:\n  d_model: 64\n' >bom.yaml
    run 0 presets check bom.yaml
    run 0 presets show bom.yaml --json
    json 'd["parameters"]["model.d_model"] == 64'
}
