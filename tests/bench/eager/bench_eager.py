# SPDX-License-Identifier: GPL-3.0-or-later
"""Milliseconds of an optimizer step of the reference model in PyTorch with fused AdamW: forward, loss, backward,
clipping and update of one micro-batch after another; float16 autocast with a gradient scaler on CUDA. With --turns it trains as
many steps as each line of its input says and answers with a line of JSON. Needs torch and transformers."""
import argparse, json, pathlib, sys, time, torch
import reference_model

arguments = argparse.ArgumentParser(description=__doc__)
for name, default in dict(d_model=128, n_layers=4, n_heads=4, d_ff=512, hidden=128, layers=2, heads=2, kv_heads=1,
                          head_dim=64, intermediate=384, batch=4, length=256, steps=20, skip=3, threads=0).items():
    arguments.add_argument('--' + name, type=int, default=default)
arguments.add_argument('--experts', default='standard,language')
arguments.add_argument('--dropout', type=float, default=0.1)
arguments.add_argument('--rate', type=float, default=1e-3)
arguments.add_argument('--causal', action='store_true')
arguments.add_argument('--device', default='cpu')
arguments.add_argument('--compile', action='store_true')
arguments.add_argument('--text', help='a file to train on; without one, random bytes')
arguments.add_argument('--turns', action='store_true')
a = arguments.parse_args()
if a.threads:
    torch.set_num_threads(a.threads)

torch.manual_seed(0)
cuda = a.device.startswith('cuda')
types = a.experts.split(',')
config = dict(d_model=a.d_model, n_layers=a.n_layers, n_heads=a.n_heads, d_ff=a.d_ff, vocab_size=256,
              n_experts=len(types), expert_types=types, memory_size=500, max_seq_len=a.length, dropout=a.dropout,
              causal=a.causal)
decoder = None
if 'language' in types:
    try:
        from transformers import Qwen3Config, Qwen3Model
    except ImportError:
        sys.exit('transformers is missing, which the language model here needs: ./run.sh bench eager installs it')
    shape = Qwen3Config(vocab_size=256, hidden_size=a.hidden, intermediate_size=a.intermediate,
                        num_hidden_layers=a.layers, num_attention_heads=a.heads, num_key_value_heads=a.kv_heads,
                        head_dim=a.head_dim, rope_theta=1e6)
    decoder = Qwen3Model(shape).eval()
    for p in decoder.parameters():
        p.requires_grad_(False)
    decoder = decoder.to(a.device, torch.float16 if cuda else torch.float32)
model = reference_model.Agiformer(config, decoder).to(a.device).train()
if decoder is not None:
    decoder.eval()
parameters = [p for p in model.parameters() if p.requires_grad]
optimizer = torch.optim.AdamW(parameters, lr=a.rate, weight_decay=0.01, fused=True)
scaler = torch.amp.GradScaler('cuda', enabled=cuda)
forward = torch.compile(model) if a.compile else model
text = torch.frombuffer(bytearray(pathlib.Path(a.text).read_bytes()), dtype=torch.uint8).long() if a.text else None


def batch():
    if text is None:
        return torch.randint(1, 256, (a.batch, a.length)).to(a.device)
    places = torch.randint(0, len(text) - a.length + 1, (a.batch,))
    return torch.stack([text[i:i + a.length] for i in places]).to(a.device)


def step(ids):
    with torch.autocast('cuda', torch.float16, enabled=cuda):
        loss = reference_model.loss_of(forward(ids[:, :-1]), ids[:, 1:])
        objective = loss + model.balance()
    scaler.scale(objective).backward()
    scaler.unscale_(optimizer)
    torch.nn.utils.clip_grad_norm_(parameters, 1.0)
    scaler.step(optimizer)
    scaler.update()
    optimizer.zero_grad()
    return loss.item()


def timed(count):
    taken = dict(ms=[], cpu_ms=[], loss=[])
    for _ in range(count):
        ids = batch()
        if cuda:
            torch.cuda.synchronize()
        cpu, begin = time.process_time(), time.perf_counter()
        taken['loss'].append(step(ids))
        if cuda:
            torch.cuda.synchronize()
        taken['ms'].append((time.perf_counter() - begin) * 1e3)
        taken['cpu_ms'].append((time.process_time() - cpu) * 1e3)
    return taken


timed(a.skip)
if not a.turns:
    print(json.dumps(timed(a.steps)))
else:
    print('{}', flush=True)
    for line in sys.stdin:
        print(json.dumps(timed(int(line))), flush=True)
