#!/usr/bin/env python3
# The estimate beside what training really holds at most, over 50 configurations on a CPU. Thirty were looked at while
# the estimate was made, ten were not; those train two batches and nothing else. Ten more are presets as people run them,
# with sample texts, evaluations and checkpoints, chosen when all else was done.
# `estimate.py NABIZ [ROWS]`; ROWS: all, looked, unseen, presets.
import json
import os
import statistics
import subprocess
import sys
import tempfile

BASE = ["model.d_model=192", "model.n_layers=3", "model.n_heads=6", "model.d_ff=768", "model.max_seq_len=192",
        "language.stand_in=hidden=256,layers=2", "data.train_path=generated:turkish", "hardware.device=cpu",
        "training.sample_interval=0", "training.eval_interval=0", "training.save_interval=0", "training.use_amp=false",
        "hardware.max_memory_mb=0", "training.warmup_steps=0"]
LANGUAGE, STANDARD = "model.expert_types=[language]", "model.expert_types=[standard]"
CHECKPOINTS = "training.use_gradient_checkpointing=true"

LOOKED = {
    "standard and language": [],
    "standard": [STANDARD],
    "standard, not causal": [STANDARD, "model.causal=false"],
    "standard, no dropout": [STANDARD, "model.dropout=0"],
    "standard, one sample": [STANDARD, "training.batch_size=1"],
    "standard, 16 samples": [STANDARD, "training.batch_size=16"],
    "standard, long": [STANDARD, "model.max_seq_len=512"],
    "standard, checkpoints": [STANDARD, CHECKPOINTS, "model.n_layers=6"],
    "standard, large weights": [STANDARD, "model.d_model=384", "model.d_ff=1536", "training.batch_size=1"],
    "accumulation": [STANDARD, "training.gradient_accumulation_steps=3"],
    "language": [LANGUAGE],
    "language, checkpoints": [LANGUAGE, CHECKPOINTS],
    "gradient through it": [LANGUAGE, "language.gradient_through_llm=true"],
    "gradient through it, checkpoints": [LANGUAGE, "language.gradient_through_llm=true", CHECKPOINTS],
    "own adapters": [LANGUAGE, "language.adapters=per_expert"],
    "own decoders": [LANGUAGE, "language.sharing=per_expert"],
    "frozen adapters": [LANGUAGE, "language.train_adapters=false"],
    "float16": [LANGUAGE, "language.dtype=float16", "language.stand_in=hidden=512,layers=4"],
    "int8": [LANGUAGE, "language.dtype=int8", "language.stand_in=hidden=512,layers=4"],
    "linear attention": [STANDARD, "model.use_linear_attention=true"],
    "linear attention, not causal": [STANDARD, "model.use_linear_attention=true", "model.causal=false"],
    "logic": ["model.expert_types=[logic]"],
    "spatial": ["model.expert_types=[spatial]"],
    "causal": ["model.expert_types=[causal]"],
    "pairs, checkpoints": ["model.expert_types=[logic, spatial, causal]", CHECKPOINTS],
    "memory": [STANDARD, "model.use_memory=true", "model.memory_size=2000"],
    "introspection": [STANDARD, "model.use_introspection=true"],
    "introspection, not causal": [STANDARD, "model.use_introspection=true", "model.causal=false"],
    "little but logits": [STANDARD, "model.d_model=32", "model.n_heads=2", "model.d_ff=32", "model.n_layers=1",
                          "training.batch_size=32"],
    "all": ["model.expert_types=[language, logic, spatial, causal]", "model.use_memory=true",
            "model.use_introspection=true", CHECKPOINTS],
}
UNSEEN = {
    "wide and short": [STANDARD, "model.d_model=512", "model.n_heads=8", "model.d_ff=1024", "model.max_seq_len=64"],
    "deep": [STANDARD, "model.n_layers=12", "model.d_model=96", "model.n_heads=4", "model.d_ff=384"],
    "8 samples of 320": [STANDARD, "training.batch_size=8", "model.max_seq_len=320"],
    "bfloat16, checkpoints": [LANGUAGE, "language.dtype=bfloat16", CHECKPOINTS, "language.stand_in=hidden=384,layers=3"],
    "int8, 6 samples": [LANGUAGE, "language.dtype=int8", "training.batch_size=6", "language.stand_in=hidden=384,layers=3"],
    "language beside logic": ["model.expert_types=[language, logic]", "model.n_layers=2"],
    "spatial beside causal, long": ["model.expert_types=[spatial, causal]", "model.max_seq_len=320", "model.n_layers=2"],
    "linear attention, checkpoints": [STANDARD, "model.use_linear_attention=true", CHECKPOINTS, "training.batch_size=8"],
    "memory and introspection": [STANDARD, "model.use_memory=true", "model.memory_size=1000",
                                 "model.use_introspection=true", "training.batch_size=2"],
    "accumulation, language, checkpoints": [LANGUAGE, CHECKPOINTS, "training.gradient_accumulation_steps=4"],
}
# Presets as they are run, on a small stand-in.
AS_RUN = ["data.train_path=generated:turkish", "hardware.device=cpu", "hardware.max_memory_mb=0", "training.use_amp=false",
          "language.path=", "language.stand_in=hidden=192,layers=3", "training.sample_interval=3", "training.eval_interval=2",
          "training.save_interval=2", "training.eval_batches=2", "training.warmup_steps=0"]
SMALL = ["model.d_model=256", "model.n_layers=4", "model.n_heads=8", "model.d_ff=1024"]
PRESETS = {
    "quick, 7 samples": ("quick", ["training.batch_size=7", "model.n_heads=8", "model.d_ff=300"]),
    "quick, three experts": ("quick", ["model.max_seq_len=100", "model.n_layers=5",
                                       "model.expert_types=[standard, language, causal]"]),
    "quick, linear attention": ("quick", [LANGUAGE, "model.use_linear_attention=true", "model.dropout=0"]),
    "quick, spatial, 400 bytes": ("quick", ["model.expert_types=[spatial]", "model.max_seq_len=400",
                                            "training.batch_size=2"]),
    "quick, narrow and deep": ("quick", ["model.d_model=64", "model.n_layers=8", "training.batch_size=12",
                                         "model.vocab_size=256"]),
    "quick, 777 bytes, no dropout": ("quick", [STANDARD, "training.batch_size=3", "model.max_seq_len=777",
                                               "model.dropout=0", "model.n_heads=2"]),
    "t4": ("t4", SMALL),
    "t4-per-expert": ("t4-per-expert", SMALL + ["model.expert_types=[language, language, language]",
                                                "language.sharing=per_expert"]),
    "base": ("base", SMALL + ["training.batch_size=3", "model.max_seq_len=200"]),
    "t4, int8, gradient through it": ("t4", SMALL + ["language.dtype=int8", "language.gradient_through_llm=true"]),
}


def measured(program, preset, words, database, steps):
    """The estimate of these settings, and the most that tensors held."""
    predicted = json.loads(subprocess.run([program, "estimate", preset, *words, "--json", "--db", database],
                                          check=True, capture_output=True).stdout)["total_bytes"]
    # How many rounds introspection takes is decided by what it sees, without model.causal: the most of several.
    seeds = range(1, 9) if "model.use_introspection=true" in words and "model.causal=false" in words else [1]
    peaks = []
    for seed in seeds:
        out = subprocess.run([program, "train", preset, *words, f"training.max_steps={steps}", f"training.seed={seed}",
                              "--json", "--db", database], capture_output=True)
        if out.returncode != 0:
            sys.exit(f"{words}: {out.stderr.decode()}")
        peaks.append(json.loads(out.stdout)["memory"]["peak_bytes"])
    return predicted, max(peaks)


def rows(wanted):
    for name, words in {**LOOKED, **UNSEEN}.items():
        kind = "looked" if name in LOOKED else "unseen"
        accumulation = next((int(w.split("=")[1]) for w in words if w.startswith("training.gradient_accum")), 1)
        steps = 11 if "model.use_memory=true" in words else -(-2 // accumulation)
        if wanted in ("all", kind):
            yield kind, name, "quick", BASE + words, steps
    for name, (preset, words) in PRESETS.items():
        if wanted in ("all", "presets"):
            yield "preset", name, preset, AS_RUN + words, 11 if preset in ("quick", "base") else 2


def main():
    program = os.path.abspath(sys.argv[1])
    errors = []
    with tempfile.TemporaryDirectory() as folder:
        for kind, name, preset, words, steps in rows(sys.argv[2] if len(sys.argv) > 2 else "all"):
            predicted, peak = measured(program, preset, words, os.path.join(folder, "nabiz.db"), steps)
            errors.append(predicted / peak - 1)
            print(f"{name:36} {'' if kind == 'looked' else kind:7} predicted {predicted / 1e6:8.2f} MB   measured "
                  f"{peak / 1e6:8.2f} MB   {100 * errors[-1]:+6.2f} %", flush=True)
    print(f"{len(errors)} configurations: median error {100 * statistics.median(map(abs, errors)):.2f} %, worst "
          f"{100 * max(map(abs, errors)):.2f} %, furthest below the truth {100 * min(errors):+.2f} %")


main()
