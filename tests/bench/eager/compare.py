# SPDX-License-Identifier: GPL-3.0-or-later
"""A step of training, side by side with the same work in eager PyTorch. Both stay loaded and take turns of a few steps,
so that what else the machine does falls on both. The ratio is eager's time over ours: of the medians and of the fastest
steps of all turns, and of the processors' time, which leaves out other programs; the spread is that of the medians of
single turns. With --curve both train on this project's own sources, and their losses stand side by side.
compare.py BENCH_STEP PYTHONPATH [--case PART] [--threads N …] [--turns N] [--[no-]compile] [--curve STEPS] [--device cuda]
"""
import argparse, json, os, pathlib, statistics, subprocess, sys, tempfile

arguments = argparse.ArgumentParser(description=__doc__)
arguments.add_argument('bench_step')
arguments.add_argument('pythonpath')
arguments.add_argument('--case', default='', help='part of the names of the cases to run')
arguments.add_argument('--threads', type=int, nargs='+', default=[os.cpu_count()])
arguments.add_argument('--turns', type=int, default=8)
arguments.add_argument('--compile', action=argparse.BooleanOptionalAction,
                       help='torch.compile too; left out, on a GPU alone')
arguments.add_argument('--curve', type=int, default=0)
arguments.add_argument('--device', default='cpu')
a = arguments.parse_args()

T4 = dict(d_model=384, n_layers=6, n_heads=6, d_ff=1536, experts='language', causal=True, rate=1e-4)
QWEN = dict(hidden=1024, layers=28, heads=16, kv_heads=8, head_dim=128, intermediate=3072)
# The reference checkpoints nothing, and shares its adapters.
PLAIN = ['training.use_gradient_checkpointing=false', 'data.train_path=generated:turkish', 'language.adapters=shared']
FLOAT = ['training.use_amp=false', 'language.dtype=float32']
# name, settings of the program, the same in words of bench_eager.py, steps a turn (and up to 3 to warm up)
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
        self.ms, self.cpu_ms, self.medians, self.losses = [], [], [], []
        self.answer()

    def answer(self):
        line = self.process.stdout.readline()
        if not line:
            status = self.process.wait()  # one that fails by itself has said why
            sys.exit(status if status > 0 else f'{self.process.args[0]} ended unasked, with status {status}')
        return json.loads(line)

    def turn(self, steps):
        print(steps, file=self.process.stdin, flush=True)
        taken = self.answer()
        self.ms += taken['ms']
        self.cpu_ms += taken['cpu_ms']
        self.losses += taken['loss']
        self.medians.append(statistics.median(taken['ms']))

    def end(self):
        self.process.stdin.close()
        self.process.wait()


def eager(words, threads, skip, *more):
    command = [sys.executable, str(pathlib.Path(__file__).with_name('bench_eager.py')), '--threads', str(threads),
               '--device', a.device, '--skip', str(skip), *more]
    for name, value in words.items():
        command += ['--' + name] if value is True else ['--' + name, str(value)]
    return Trainer(command)


def ours(settings, threads, skip):
    return Trainer([a.bench_step, *settings, f'hardware.device={a.device}', f'hardware.threads={threads}', '--skip',
                    str(skip)])


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


def curve(name, own, rival, steps):
    """The mean loss of each tenth of the way, with the standard error of the mean of such a tenth's steps."""
    tenth = max(2, steps // 10)
    for part in range(10):
        own.turn(tenth)
        rival.turn(tenth)
        means = []
        for trainer in (own, rival):
            losses = trainer.losses[-tenth:]
            means.append((statistics.mean(losses), statistics.stdev(losses) / tenth ** 0.5))
        print(f'{name:24} {(part + 1) * tenth:7} ' + ' '.join(f'{mean:9.4f} ± {error:.4f}' for mean, error in means),
              flush=True)
    own.end()
    rival.end()


def chosen():
    return [case for case in (CPU if a.device == 'cpu' else GPU) if a.case in case[0]]


def compare_all():
    print(f'{a.device}, {a.turns} turns each; milliseconds of an optimizer step with dropout 0.1, and eager over ours')
    print(f'{"case":24} {"threads":>7} {"ours":>9} {"fastest":>8} {"eager":>9} {"fastest":>8} {"ratio":>7}'
          f' {"fastest":>7} {"cpu":>6}  spread')
    for name, settings, words, steps in chosen():
        skip = min(3, steps)
        for threads in a.threads:
            compare(name, threads, ours(settings, threads, skip), eager(words, threads, skip), steps)
            if a.compile if a.compile is not None else a.device != 'cpu':
                compare('  torch.compile', threads, ours(settings, threads, skip),
                        eager(words, threads, skip, '--compile'), steps)


def curve_all():
    root = pathlib.Path(__file__).resolve().parents[3]
    print(f'{a.device}; mean loss of the steps up to this one, and its standard error')
    print(f'{"case":24} {"step":>7} {"ours":>9} {"":8} {"eager":>9}')
    with tempfile.TemporaryDirectory() as folder:
        text = pathlib.Path(folder, 'sources.txt')
        parts = sorted(path for path in root.glob('*/**/*.cpp') if path.parts[len(root.parts)] != 'build')
        text.write_bytes(b''.join(path.read_bytes() for path in parts))
        for name, settings, words, _ in chosen():
            curve(name, ours([*settings, f'data.train_path={text}'], a.threads[-1], 0),
                  eager(dict(words, text=text), a.threads[-1], 0), a.curve)


curve_all() if a.curve else compare_all()
