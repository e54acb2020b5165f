# Area audit of cli_test.sh.

test_audit() {
    cpu="hardware.device=cpu training.use_amp=false language.dtype=float32"
    run 0 audit quick $tiny
    prints "quick: nothing suspicious"
    prints "no leak"
    run 0 audit quick $tiny --json
    json 'd["findings"] == [] and {f["id"] for f in d["fine"]} >= {"leak", "duplicates", "overlap"}'
    run 0 audit t4-as-run $tiny $cpu training.sample_prompt="bir " --json
    json '{f["id"]: f["severity"] for f in d["findings"]} == {"leak": "warning", "duplicates": "warning", "overlap": "warning"}'
    json 'all(f["measured"] and f["message"] for f in d["findings"])'
    json 'any("encoder, blocks.0.attn" in f["measured"] for f in d["findings"])'
    run 0 audit t4-as-run $tiny $cpu
    prints "warning: Sees what follows (leak)"
    prints "model.causal=true."
    prints "note: Settings without effect (not_in_effect)" # a prompt, and no sample is written
    printf 'extends: quick\ndata:\n  split: sample\n' >mine.yaml
    run 0 audit mine.yaml $tiny --json
    json '[f["id"] for f in d["findings"]] == ["overlap"]'

    run 0 train t4-as-run $tiny $cpu training.max_steps=210 training.learning_rate=3e-3 --name reported
    run 0 audit reported --json
    json '{"leak", "duplicates", "overlap", "floor"} <= {f["id"] for f in d["findings"] if f["severity"] == "warning"}'
    json 'len({f["id"] for f in d["findings"]}) == len(d["findings"])'
    run 0 audit 1
    prints "reported (run 1): "
    prints "warning: Loss against what is possible (floor)"
    run 0 show 1 --json
    json 'any(e["kind"] == "audit" and "xz needs" in e["text"] for e in d["events"])'
    run 0 train quick $tiny training.max_steps=10
    run 0 audit 2 --json
    json 'd["findings"] == [] and d["fine"]'

    run 2 audit qick
    says "did you mean 'quick'"
    run 2 audit 77
    says "there is no run '77'"
    run 2 audit reported training.max_steps=3
    run 2 audit t4
    says "nabiz audit t4"
    run 0 train quick $tiny training.max_steps=2 --name t4
    run 2 audit t4
    says "nabiz audit 3"
    run 2 audit
    run 2 audit quick training.max_step=3
}
