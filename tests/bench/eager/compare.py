# SPDX-License-Identifier: GPL-3.0-or-later
"""A step of training, side by side with the same work in eager PyTorch. Both stay loaded and take turns of a few steps,
so that what else the machine does falls on both. The ratio is eager's time over ours: of the medians and of the fastest
steps of all turns, and of the processors' time, which leaves out other programs; the spread is that of the medians of
single turns.
compare.py BENCH_STEP PYTHONPATH [--case PART] [--threads N …] [--turns N] [--device cuda]"""
import argparse, json, os, pathlib, statistics, subprocess, sys

arguments = argparse.ArgumentParser(description=__doc__)
arguments.add_argument('bench_step')
arguments.add_argument('pythonpath')
arguments.add_argument('--case', default='', help='part of the names of the cases to run')
arguments.add_argument('--threads', type=int, nargs='+', default=[os.cpu_count()])
arguments.add_argument('--turns', type=int, default=8)
arguments.add_argument('--device', default='cpu')
a = arguments.parse_args()

T4 = dict(d_model=384, n_layers=6, n_heads=6, d_ff=1536, experts='language', causal=True, rate=1e-4)
QWEN = dict(hidden=1024, layers=28, heads=16, kv_heads=8, head_dim=128, intermediate=3072)
# The reference checkpoints nothing, and shares its adapters.
PLAIN = ['training.use_gradient_checkpointing=false', 'data.train_path=generated:turkish', 'language.adapters=shared']
FLOAT = ['training.use_amp=false', 'language.dtype=float32']
# name, settings of the program, the same in words of bench_eager.py, steps a turn
CPU = [
    ('quick', ['quick'], dict(causal=True), 4),
    ('t4, stand-in of 128', ['t4', 'language.stand_in=hidden=128,layers=2', *PLAIN, *FLOAT], T4, 2),
    ('t4, stand-in of 64', ['t4', 'language.stand_in=hidden=64,layers=2', *PLAIN, *FLOAT],
     dict(T4, hidden=64, intermediate=192), 2),
    ('logic, spatial, causal', ['quick', 'model.n_experts=3', 'model.expert_types=[logic,spatial,causal]',
                                'model.causal=false'], dict(experts='logic,spatial,causal'), 1),
    ('the same, causal: true', ['quick', 'model.n_experts=3', 'model.expert_types=[logic,spatial,causal]'],
     dict(experts='logic,spatial,causal', causal=True), 1),
]
GPU = [('t4, qwen3-0.6b', ['t4', 'language.stand_in=qwen3-0.6b', *PLAIN], dict(T4, **QWEN), 20)]


class Trainer:
    def __init__(self, command):
        environment = dict(os.environ, PYTHONPATH=a.pythonpath)
        self.process = subprocess.Popen(command + ['--turns'], env=environment, stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, text=True)
        self.ms, self.cpu_ms, self.medians = [], [], []
        self.answer()

    def answer(self):
        line = self.process.stdout.readline()
        if not line:
            sys.exit(f'{self.process.args[0]} ended; its words stand above')
        return json.loads(line)

    def turn(self, steps):
        print(steps, file=self.process.stdin, flush=True)
        taken = self.answer()
        self.ms += taken['ms']
        self.cpu_ms += taken['cpu_ms']
        self.medians.append(statistics.median(taken['ms']))

    def end(self):
        self.process.stdin.close()
        self.process.wait()


def eager(words, threads, *more):
    command = [sys.executable, str(pathlib.Path(__file__).with_name('bench_eager.py')), '--threads', str(threads),
               '--device', a.device, *more]
    for name, value in words.items():
        command += ['--' + name] if value is True else ['--' + name, str(value)]
    return Trainer(command)


def ours(settings, threads):
    return Trainer([a.bench_step, *settings, f'hardware.device={a.device}', f'hardware.threads={threads}'])


def compare(name, threads, own, rival, steps):
    for _ in range(a.turns):
        own.turn(steps)
        rival.turn(steps)
    ratios = [b / c for b, c in zip(rival.medians, own.medians)]
    own_ms, rival_ms = statistics.median(own.ms), statistics.median(rival.ms)
    cpu = statistics.median(rival.cpu_ms) / statistics.median(own.cpu_ms)
    fastest = min(rival.ms) / min(own.ms)
    print(f'{name:24} {threads:7} {own_ms:9.1f} {min(own.ms):8.1f} {rival_ms:9.1f} {min(rival.ms):8.1f}'
          f' {rival_ms / own_ms:7.2f} {fastest:7.2f} {cpu:6.2f}  {min(ratios):.2f} to {max(ratios):.2f}', flush=True)
    own.end()
    rival.end()


print(f'{a.device}, {a.turns} turns each; milliseconds of an optimizer step with dropout 0.1, and eager over ours')
print(f'{"case":24} {"threads":>7} {"ours":>9} {"fastest":>8} {"eager":>9} {"fastest":>8} {"ratio":>7} {"fastest":>7}'
      f' {"cpu":>6}  spread')
for name, settings, words, steps in CPU if a.device == 'cpu' else GPU:
    if a.case not in name:
        continue
    for threads in a.threads:
        compare(name, threads, ours(settings, threads), eager(words, threads), steps)
        if a.device != 'cpu':
            compare('  torch.compile', threads, ours(settings, threads), eager(words, threads, '--compile'), steps)
