#!/usr/bin/env python3
# `nabiz estimate --solve KEY`: its value is trained under the cap that it was found for, one more is refused. Twelve
# times, by other keys, presets and caps, on a CPU. `solve.py NABIZ`; exit 1 where one of them is not as promised.
import json
import os
import subprocess
import sys
import tempfile

BASE = ["data.train_path=generated:turkish", "hardware.device=cpu", "training.max_steps=3", "training.warmup_steps=0",
        "training.use_amp=false", "training.sample_interval=2", "training.eval_interval=2", "training.save_interval=2",
        "training.eval_batches=1"]
STAND_IN = ["language.path=", "language.stand_in=hidden=128,layers=2"]
SMALL = ["model.d_model=128", "model.n_layers=3", "model.n_heads=4", "model.d_ff=256", "model.max_seq_len=128",
         "training.gradient_accumulation_steps=1"]

# Preset, key, cap in MB, and settings.
ROWS = [
    ("quick", "training.batch_size", 450, []),
    ("quick", "training.batch_size", 900, ["model.expert_types=[standard]"]),
    ("quick", "model.max_seq_len", 600, []),
    ("quick", "model.n_layers", 500, []),
    ("quick", "model.d_ff", 420, []),
    ("quick", "model.d_model", 520, []),
    ("quick", "model.memory_size", 700, ["model.use_memory=true"]),
    ("t4", "training.batch_size", 700, SMALL + STAND_IN),
    ("t4", "model.max_seq_len", 500, SMALL + STAND_IN),
    ("t4-per-expert", "training.batch_size", 600, SMALL + STAND_IN),
    ("t4-per-expert", "model.n_layers", 520, SMALL + STAND_IN),
    ("base", "training.batch_size", 1200, SMALL + STAND_IN + ["training.use_gradient_checkpointing=true"]),
]


def nabiz(program, database, *words):
    return subprocess.run([program, *words, "--json", "--db", database], capture_output=True, text=True)


def tried(program, database, preset, words):
    """Whether it was trained to the end, and the sentence where it was not."""
    out = nabiz(program, database, "train", preset, *words)
    return out.returncode == 0, out.stderr.strip().split("\n")[-1], json.loads(out.stdout) if out.returncode == 0 else {}


def main():
    program = os.path.abspath(sys.argv[1])
    kept = 0
    for preset, key, cap, own in ROWS:
        with tempfile.TemporaryDirectory() as folder:
            database = os.path.join(folder, "nabiz.db")
            words = BASE + own + [f"hardware.max_memory_mb={cap}"]
            found = nabiz(program, database, "estimate", preset, *words, "--solve", key)
            if found.returncode != 0:
                sys.exit(f"{preset} {key}: {found.stderr}")
            answer = json.loads(found.stdout)
            value = answer["solved"][key]
            runs, why, run = tried(program, database, preset, words + [f"{key}={value}"])
            # The next value that the model can have.
            more = value + 1
            if key == "model.d_model":
                heads = next(int(w.split("=")[1]) for w in own + ["model.n_heads=4"] if w.startswith("model.n_heads"))
                more = value + heads
            grows, refused, _ = tried(program, database, preset, words + [f"{key}={more}"])
            good = runs and not grows
            kept += good
            peak = run.get("memory", {}).get("peak_bytes", 0)
            print(f"{preset:14} {key:20} cap {cap:5} MB: {value:6} {'runs' if runs else 'FAILS: ' + why}, predicted "
                  f"{answer['total_bytes'] / 1e6:.1f} MB, took {peak / 1e6:.1f}; {more} "
                  f"{'RUNS' if grows else 'is refused: ' + refused[:150]}", flush=True)
    print(f"{kept} of {len(ROWS)} as promised")
    return kept != len(ROWS)


sys.exit(main())
