# Area presets of cli_test.sh.

test_presets() {
    run 0 presets list --json
    json '[p["name"] for p in d] == ["quick", "t4", "t4-as-run", "t4-per-expert", "base"]'
    json 'd[0]["ready"] and not d[0]["reason"] and all(p["reason"] and not p["ready"] for p in d[1:])'
    run 0 presets
    prints quick
    for name in quick t4 t4-as-run t4-per-expert base; do
        run 0 presets show $name
        cp "$out" shipped.yaml
        run 0 presets check shipped.yaml
        run 0 presets check $name --json
        json 'not [p for p in d["problems"] if p["severity"] == "error"]'
    done
    run 0 presets show t4 --json
    json 'd["parameters"]["model.d_model"] == 384 and d["parameters"]["model.expert_types"] == ["language"]'
    run 0 presets diff t4 t4-per-expert --json
    json '[(p["key"], p["before"], p["after"]) for p in d["differences"]] == [("language.sharing", "shared", "per_expert")]'
    run 0 presets diff quick quick
    run 2 presets show quik
    says quick
    run 2 presets check missing.yaml
    says missing.yaml
    mkdir -p "$XDG_CONFIG_HOME/nabiz/presets"
    printf 'summary: mine\nextends: quick\ntraining:\n  max_steps: 7\n' >"$XDG_CONFIG_HOME/nabiz/presets/mine.yaml"
    run 0 presets list --json
    json 'd[-1]["name"] == "mine" and d[-1]["summary"] == "mine" and d[-1]["path"].endswith("/mine.yaml") and d[-1]["ready"]'
}
