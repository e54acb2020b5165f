#!/usr/bin/env python3
# What sharing the language model saves: `t4` against `t4-per-expert` with 1 to 6 blocks, each with a language expert,
# measured beside predicted. `sharing.py NABIZ [SVG] [key=value…]`: a Markdown table, and the same as a chart. On a CPU
# the language weights are held in float16 as on a T4, and one short sample a batch keeps it to minutes: what differs
# between the two are the weights alone.
import json
import os
import subprocess
import sys
import tempfile

SETTINGS = ["language.path=", "language.stand_in=qwen3-0.6b", "language.dtype=float16", "data.train_path=generated:turkish",
            "training.max_steps=1", "training.gradient_accumulation_steps=1", "training.batch_size=1", "training.use_amp=false",
            "model.max_seq_len=64", "training.sample_interval=0", "training.eval_interval=0", "training.save_interval=0",
            "hardware.max_memory_mb=0", "training.warmup_steps=0"]
SHARED, OWN = "#2a9d8f", "#e76f51"


def took(program, preset, blocks, more, database):
    words = [preset, f"model.n_layers={blocks}", *SETTINGS, *more, "--json", "--db", database]
    run = subprocess.run([program, "train", *words], capture_output=True)
    if run.returncode != 0:
        sys.exit(f"{preset}, {blocks} blocks: {run.stderr.decode()}")
    memory = json.loads(run.stdout)["memory"]
    predicted = json.loads(subprocess.run([program, "estimate", *words], check=True, capture_output=True).stdout)
    return memory["peak_bytes"] / 1e9, predicted["total_bytes"] / 1e9


def chart(rows):
    width, height, left, base = 640, 300, 56, 250
    top = max(own for _, own in rows) * 1.05
    y = lambda value: base - value / top * 210
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="13">',
             f'<rect width="{width}" height="{height}" fill="#ffffff"/>']
    for tick in range(0, int(top) + 1):
        parts.append(f'<path d="M{left} {y(tick):.1f}H{width - 16}" stroke="#d8dee4"/>'
                     f'<text x="{left - 8}" y="{y(tick) + 4:.1f}" text-anchor="end" fill="#57606a">{tick} GB</text>')
    step = (width - left - 32) / len(rows)
    for i, (shared, own) in enumerate(rows):
        x = left + 14 + i * step
        for value, at, colour in ((shared, x, SHARED), (own, x + step * 0.38, OWN)):
            parts.append(f'<rect x="{at:.1f}" y="{y(value):.1f}" width="{step * 0.34:.1f}" height="{base - y(value):.1f}" '
                         f'fill="{colour}"/><text x="{at + step * 0.17:.1f}" y="{y(value) - 5:.1f}" text-anchor="middle" '
                         f'fill="#24292f">{value:.2f}</text>')
        parts.append(f'<text x="{x + step * 0.36:.1f}" y="{base + 18}" text-anchor="middle" fill="#24292f">{i + 1}</text>')
    parts.append(f'<text x="{left + 14}" y="{base + 40}" fill="#57606a">language experts</text>')
    for x, colour, name in ((240, SHARED, "one shared model (t4)"), (430, OWN, "a model each (t4-per-expert)")):
        parts.append(f'<rect x="{x}" y="{base + 30}" width="12" height="12" fill="{colour}"/>'
                     f'<text x="{x + 18}" y="{base + 40}" fill="#24292f">{name}</text>')
    return "\n".join(parts) + "\n</svg>\n"


def main():
    program = os.path.abspath(sys.argv[1])
    svg = next((word for word in sys.argv[2:] if word.endswith(".svg")), None)
    more = [word for word in sys.argv[2:] if "=" in word]
    rows = []
    print("| language experts | one shared model | predicted | a model each | predicted |\n|---|---|---|---|---|", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        for blocks in range(1, 7):
            shared, own = (took(program, preset, blocks, more, os.path.join(folder, "nabiz.db")) for preset in ("t4", "t4-per-expert"))
            rows.append((shared[0], own[0]))
            print(f"| {blocks} | {shared[0]:.3f} GB | {shared[1]:.3f} | {own[0]:.3f} GB | {own[1]:.3f} |", flush=True)
    if svg:
        with open(svg, "w") as file:
            file.write(chart(rows))


main()
