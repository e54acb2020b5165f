# Area estimate of cli_test.sh.

test_estimate() {
    run 0 estimate quick hardware.device=cpu
    prints "activations"
    prints "on cpu: fits"
    run 0 estimate quick hardware.device=cpu hardware.max_memory_mb=0 --json
    json 'd["total_bytes"] == sum(d["parts"].values()) and d["device"] == "cpu" and d["verdict"] == "fits"'
    json 'list(d["parts"]) == ["language_weights", "model_weights", "gradients", "optimizer", "activations", "autocast", "workspace"]'
    json 'd["capacity_bytes"] > d["total_bytes"] > 50e6 and d["suggestions"] == []'
    for name in quick t4 t4-as-run t4-per-expert base; do run 0 estimate $name --json; done
    json 'd["parts"]["language_weights"] > 400e6' # base: its model is known before it is fetched
    run 0 estimate base language.path= --json
    json 'd["parts"]["language_weights"] == 0 and "language.stand_in" in d["notes"][0]' # base: neither weights nor text
    run 0 estimate t4-per-expert language.stand_in=qwen3-0.6b hardware.device=cpu --json
    json 'd["parts"]["language_weights"] > 6 * 880e6'
    json '{"language.sharing": "shared"} in [s["set"] for s in d["suggestions"]]'
    json 'all(s["total_bytes"] < d["total_bytes"] for s in d["suggestions"])'
    run 0 estimate quick hardware.device=cpu hardware.max_memory_mb=600 training.batch_size=64 --json
    json 'd["verdict"] == "too_large" and d["capacity_bytes"] == 600000000'
    json '{"training.use_gradient_checkpointing": True} in [s["set"] for s in d["suggestions"]]'
    json '[s["set"] for s in d["suggestions"] if "training.batch_size" in s["set"]][0]["training.gradient_accumulation_steps"] > 1'
    run 0 estimate quick hardware.device=cpu hardware.max_memory_mb=600 training.batch_size=64
    prints "too large"
    prints "training.use_gradient_checkpointing=true"
    run 0 estimate quick hardware.device=cuda:63 --json # a device that no test machine has
    json 'd["device"] == "cuda:63" and d["capacity_bytes"] is None and d["verdict"] is None and d["total_bytes"] > 0'
    # what it is compared with
    run 0 estimate quick hardware.device=auto --capacity 15GB --json
    json 'd["device"] == "cuda:0" and d["capacity_bytes"] == 15000000000 and d["verdict"] == "fits"'
    json 'd["context_bytes"] > 0 and d["measured"] is None' # no run was measured yet
    run 0 estimate quick hardware.device=auto --capacity t4 --json
    json '15.5e9 < d["capacity_bytes"] < 15.8e9'
    run 0 estimate quick hardware.device=cpu --capacity 14.5GiB --json
    json 'd["device"] == "cpu" and d["capacity_bytes"] == 15569256448'
    run 0 estimate quick hardware.device=cuda:2 --capacity 1e9 --json
    json 'd["device"] == "cuda:2" and d["capacity_bytes"] == 1000000000'
    for bytes in many 15XB -1 nan 0 1e99 15,5GB; do run 2 estimate quick --capacity $bytes; says "--capacity"; done
    # the largest that fits fits, and one more does not
    run 0 estimate t4 language.stand_in=qwen3-0.6b --capacity 15GB --solve training.batch_size --json
    json 'd["solved"]["training.batch_size"] > 4 and d["verdict"] != "too_large"'
    largest=$(python3 -c 'import json, sys; print(json.load(sys.stdin)["solved"]["training.batch_size"])' < "$out")
    run 0 estimate t4 language.stand_in=qwen3-0.6b --capacity 15GB training.batch_size=$largest --json
    json 'd["verdict"] != "too_large"'
    run 0 estimate t4 language.stand_in=qwen3-0.6b --capacity 15GB training.batch_size=$((largest + 1)) --json
    json 'd["verdict"] == "too_large"'
    run 0 estimate quick hardware.device=cpu --capacity 2GB --solve model.d_model # not every width can be divided among its heads
    prints "is the largest that fits"
    run 1 estimate quick hardware.device=cpu --capacity 1MB --solve training.batch_size --json
    json 'd["solved"] == {"training.batch_size": None} and d["verdict"] == "too_large"'
    run 2 estimate quick --capacity 15GB --solve training.batch_sise
    says "training.batch_size"
    run 2 estimate quick --capacity 15GB --solve training.learning_rate
    says "whole number"
    for key in training.max_steps training.seed hardware.threads; do
        run 2 estimate quick --capacity 15GB --solve $key
        says "memory does not grow"
    done
    run 2 estimate quick hardware.device=cuda:63 --solve training.batch_size
    says "--capacity"
    run 0 estimate quick language.path=/nowhere
    says "/nowhere"
    run 2 estimate
    run 2 estimate quik
    says quick
    run 2 estimate quick model.n_heads=5
    says n_heads
    run 2 estimate quick language.stand_in=large
    run 2 estimate quick hardware.device=tpu
    run 2 estimate quick training.batch_size=0
    run 0 runs --json
    json 'd == []'
    # what was really held corrects it, and a run that was trained is told beside it
    small="model.d_model=32 model.n_layers=1 model.d_ff=64 model.max_seq_len=32 hardware.device=cpu hardware.max_memory_mb=0"
    run 0 estimate quick $small --probe --json
    json 'd["probed"]["batches"] == 2 and d["total_bytes"] == d["probed"]["peak_bytes"] == sum(d["parts"].values())'
    run 0 runs --json
    json 'd == []' # nothing of it is kept
    run 0 train quick $small training.max_steps=3 --json
    run 0 estimate quick $small --json
    json 'd["measured"]["run"] == 1 and d["measured"]["differs"] == [] and 0.8 < d["measured"]["ratio"] < 1.25'
    run 0 estimate quick $small training.batch_size=8
    prints "with training.batch_size="
    # a cap that is passed leaves a card, and what it proposes is told
    run 1 train quick $small training.max_steps=3 hardware.max_memory_mb=1
    says "hardware.max_memory_mb"
    run 0 show 2 --json
    json 'd["out_of_memory"]["device"] == "cpu" and d["out_of_memory"]["cap_bytes"] == 1000000'
    json 'd["out_of_memory"]["asked_bytes"] > 0 and d["out_of_memory"]["phase"] == "preparing"'
    run 0 show 2
    prints "OUT OF MEMORY"
}
