# Area doctor of cli_test.sh.

test_doctor() {
    run 0 doctor --device cpu --json
    json 'd["ok"] and d["device"]["device"] == "cpu" and d["device"]["name"] and d["libtorch"] and len(d["device"]["rows"]) > 80'
    json 'all(r["agrees"] and 0 <= max(r["output"], r["gradient"]) <= r["tolerance"] for r in d["device"]["rows"])'
    json '{(r["numbers"], r["against"]) for r in d["device"]["rows"]} == {("float32", "CPU"), ("bfloat16", "CPU"), ("int8", "CPU"),
        ("float32", "plain pass"), ("bfloat16", "plain pass")}'
    json 'all(r["output"] < 1e-5 and r["gradient"] < 1e-5 for r in d["device"]["rows"] if r["numbers"] == "float32")'
    json 'all(r["output"] > 1e-4 for r in d["device"]["rows"] if r["numbers"] == "bfloat16" and r["against"] == "CPU"
        and not r["part"].startswith("decoder"))'
    json 'all(any(r["part"].startswith(p) for r in d["device"]["rows"]) for p in ("encoder", "attention", "linear attention",
        "router", "standard", "language", "logic", "spatial", "causal", "memory", "introspection", "head", "decoder", "model"))'
    run 2 doctor --device nonsense
    says "give cpu, cuda or cuda:N"
    run 2 doctor --device cuda:99
    says "there is no CUDA device 'cuda:99'"
    "$nabiz" doctor --device cpu >"$out" 2>"$err" &
    pid=$!
    while kill -0 $pid 2>/dev/null && ! grep -q comparing "$err"; do sleep 0.05; done
    kill -TERM $pid
    wait $pid
    equal $? 130
}
