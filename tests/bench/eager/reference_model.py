# SPDX-License-Identifier: GPL-3.0-or-later
"""The model written in PyTorch from its mathematics, as it was published: the eager baseline of bench_step. Parameter
names are those of the reference numbers in tests/golden."""
import math, torch, torch.nn as nn, torch.nn.functional as F


class StdNorm(nn.Module):
    def __init__(s, d):
        super().__init__(); s.weight = nn.Parameter(torch.ones(d)); s.bias = nn.Parameter(torch.zeros(d))
    def forward(s, x):
        return s.weight * (x - x.mean(-1, keepdim=True)) / (x.std(-1, keepdim=True) + 1e-6) + s.bias


class Encoder(nn.Module):
    def __init__(s, c):
        super().__init__(); d = c['d_model']
        s.embed = nn.Embedding(c['vocab_size'], d); s.conv = nn.Conv1d(d, d, 3); s.norm1 = nn.LayerNorm(d)
        s.proj = nn.Linear(d, d); s.norm2 = nn.LayerNorm(d); s.drop = nn.Dropout(c['dropout'])
        s.causal = c.get('causal', False)
    def forward(s, ids):
        x = s.drop(s.embed(ids)).transpose(1, 2)
        x = s.conv(F.pad(x, (2, 0) if s.causal else (1, 1))).transpose(1, 2)
        return s.norm2(s.proj(s.drop(F.gelu(s.norm1(x)))))


class Attn(nn.Module):
    def __init__(s, d, h, p, causal=False):
        super().__init__(); s.h = h; s.p = p; s.causal = causal
        for n in 'qkvo': setattr(s, n, nn.Linear(d, d, bias=False))
    def forward(s, x):
        B, T, d = x.shape
        q, k, v = (getattr(s, n)(x).view(B, T, s.h, d // s.h).transpose(1, 2) for n in 'qkv')
        y = F.scaled_dot_product_attention(q, k, v, dropout_p=s.p if s.training else 0., is_causal=s.causal)
        return s.o(y.transpose(1, 2).reshape(B, T, d))


class LinearAttn(nn.Module):
    def __init__(s, d, h, p, causal=False):
        super().__init__(); s.h = h; s.causal = causal
        for n in 'qkvo': setattr(s, n, nn.Linear(d, d))
        s.register_buffer('features', torch.randn(d // h, max(d // h, 64)))
    def forward(s, x):
        B, T, d = x.shape
        q, k, v = (getattr(s, n)(x).view(B, T, s.h, d // s.h).transpose(1, 2) for n in 'qkv')
        q, k = F.relu(q @ s.features) + 1e-8, F.relu(k @ s.features) + 1e-8
        if s.causal:
            kv = torch.einsum('bhtf,bhtd->bhtfd', k, v).cumsum(2); num = torch.einsum('bhtf,bhtfd->bhtd', q, kv)
            den = (q * k.cumsum(2)).sum(-1, keepdim=True)
        else:
            num = q @ (k.transpose(-1, -2) @ v); den = q @ k.sum(2, keepdim=True).transpose(-1, -2)
        return s.o((num / (den + 1e-8)).transpose(1, 2).reshape(B, T, d))


class FF(nn.Module):
    def __init__(s, d, ff, p, tail=True):
        super().__init__(); s.up = nn.Linear(d, ff); s.down = nn.Linear(ff, d); s.d1 = nn.Dropout(p)
        s.d2 = nn.Dropout(p if tail else 0.)
    def forward(s, x): return s.d2(s.down(s.d1(F.gelu(s.up(x)))))


class Standard(FF):
    def __init__(s, c): super().__init__(c['d_model'], c['d_ff'], c['dropout'], tail=False)


class Adapters(nn.Module):
    def __init__(s, d, H):
        super().__init__(); setattr(s, 'in', nn.Linear(d, H)); s.out = nn.Linear(H, d)


class Language(nn.Module):
    """adapters and llm are shared by every language expert of the model"""
    def __init__(s, c, shared):
        super().__init__(); s.norm = nn.LayerNorm(c['d_model']); s.drop = nn.Dropout(c['dropout'])
        s.__dict__['shared'] = shared
    def forward(s, x):
        ad, llm, grad = s.shared
        e = getattr(ad, 'in')(x)
        if grad: h = llm(inputs_embeds=e).last_hidden_state
        else:
            with torch.no_grad(): h = llm(inputs_embeds=e).last_hidden_state
        return s.norm(x + s.drop(ad.out(h)))


class Relation(nn.Module):
    def __init__(s, d):
        super().__init__(); setattr(s, 'in', nn.Linear(2 * d, d)); s.out = nn.Linear(d, d); s.norm = nn.LayerNorm(d)
    def pairs(s, a, b):
        T = a.shape[1]
        p = torch.cat([a.unsqueeze(2).expand(-1, -1, T, -1), b.unsqueeze(1).expand(-1, T, -1, -1)], -1)
        return s.norm(s.out(F.gelu(getattr(s, 'in')(p))))


class Logic(nn.Module):
    def __init__(s, c):
        super().__init__(); d = c['d_model']
        s.attn = Attn(d, c['n_heads'], c['dropout'], c.get('causal', False)); s.relation = Relation(d)
        s.ff = FF(d, c['d_ff'], c['dropout'])
        s.norm1 = nn.LayerNorm(d); s.norm2 = nn.LayerNorm(d); s.drop = nn.Dropout(c['dropout'])
        s.causal = c.get('causal', False)
    def forward(s, x):
        x = x + s.drop(s.attn(s.norm1(x)))
        out = []
        for ch in x.split(64, 1):
            r = s.relation.pairs(ch, ch)
            if s.causal:
                n = ch.shape[1]; m = torch.tril(torch.ones(n, n, device=x.device))
                out.append((r * m[None, :, :, None]).sum(2) / m.sum(1)[None, :, None])
            else: out.append(r.mean(2))
        x = x + torch.cat(out, 1)
        return x + s.ff(s.norm2(x))


class Spatial(nn.Module):
    def __init__(s, c):
        super().__init__(); d = c['d_model']
        s.attn = Attn(d, c['n_heads'], c['dropout'], c.get('causal', False)); s.distance = nn.Linear(1, d // 4)
        s.encode = nn.ModuleDict({'in': nn.Linear(d, d), 'out': nn.Linear(d, d)})
        s.ff = FF(d, c['d_ff'], c['dropout'])
        s.norm1 = nn.LayerNorm(d); s.norm2 = nn.LayerNorm(d); s.drop = nn.Dropout(c['dropout'])
        s.causal = c.get('causal', False)
    def forward(s, x):
        T, d = x.shape[1], x.shape[2]
        dist = torch.norm(x.unsqueeze(2) - x.unsqueeze(1), dim=-1)
        if s.causal:
            m = torch.tril(torch.ones(T, T, device=x.device)); mean = (dist * m).sum(2) / m.sum(1)
        else: mean = dist.mean(2)
        f = F.pad(s.distance(mean.unsqueeze(-1)), (0, d - d // 4))
        x = x + s.encode['out'](F.gelu(s.encode['in'](f)))
        x = x + s.drop(s.attn(s.norm1(x)))
        return x + s.ff(s.norm2(x))


class Causal(nn.Module):
    def __init__(s, c):
        super().__init__(); d = c['d_model']
        s.positions = nn.Parameter(torch.randn(1000, d)); s.attn = Attn(d, c['n_heads'], c['dropout'], True)
        s.relation = Relation(d)
        s.ff = FF(d, c['d_ff'], c['dropout']); s.norm1 = nn.LayerNorm(d); s.norm2 = nn.LayerNorm(d)
        s.drop = nn.Dropout(c['dropout']); s.strict = c.get('causal', False)
    def forward(s, x):
        T = x.shape[1]; x = x + s.positions[:T]
        x = x + s.drop(s.attn(s.norm1(x)))
        m = torch.tril(torch.ones(T, T, device=x.device))
        r = (s.relation.pairs(x, x) * m[None, :, :, None]).sum(2)
        x = x + r / (m.sum(1)[None, :, None] if s.strict else T)
        return x + s.ff(s.norm2(x))


class Moe(nn.Module):
    def __init__(s, c, shared):
        super().__init__(); n = c['n_experts']; s.k = min(2, n); s.n = n
        s.router = nn.Linear(c['d_model'], n)
        mk = {'standard': Standard, 'logic': Logic, 'spatial': Spatial, 'causal': Causal}
        s.experts = nn.ModuleList([Language(c, shared) if t == 'language' else mk[t](c) for t in c['expert_types']])
        s.balance = None
    def forward(s, x):
        p = s.router(x).softmax(-1); w, i = p.topk(s.k, -1); w = w / (w.sum(-1, keepdim=True) + 1e-8)
        s.balance = 0.01 * s.n * (p.mean((0, 1)) ** 2).sum()
        full = torch.zeros_like(p).scatter(-1, i, w)
        return x + sum(full[..., j:j + 1] * e(x) for j, e in enumerate(s.experts))


class Mlp2(nn.Module):
    def __init__(s, a, b, c, norm=False):
        super().__init__(); setattr(s, 'in', nn.Linear(a, b)); s.out = nn.Linear(b, c)
        if norm: s.norm = nn.LayerNorm(c)
    def forward(s, x, drop=None):
        h = F.gelu(getattr(s, 'in')(x)); h = drop(h) if drop else h
        h = s.out(h); return s.norm(h) if hasattr(s, 'norm') else h


class Introspection(nn.Module):
    def __init__(s, c):
        super().__init__(); d = c['d_model']
        s.observe_norm = nn.LayerNorm(d); s.observe = Attn(d, c['n_heads'], c['dropout'], c.get('causal', False))
        s.meta = Mlp2(2 * d, d, d, True)
        s.error = Mlp2(d, d // 2, 1); s.confidence = Mlp2(d, d // 2, 1); s.correction = Mlp2(2 * d, d, d, True)
        s.decision = Mlp2(d, d // 2, 1)
        s.norm = nn.LayerNorm(d); s.drop = nn.Dropout(c['dropout']); s.causal = c.get('causal', False)
    def forward(s, x, past): return s.by_position(x, past) if s.causal else s.by_batch(x, past)
    def by_position(s, x, past):
        """the causal form: each position decides for itself from what came before it"""
        B, T, d = x.shape; go = torch.ones(B, T, 1, dtype=torch.bool, device=x.device)
        m = None if past is None else past.view(B, -1, T, d).mean(1).cumsum(1) / torch.arange(
            1, T + 1, device=x.device)[None, :, None]
        for r in range(2):
            z = x + s.drop(s.observe(s.observe_norm(x)))
            if m is not None: z = z + s.meta(torch.cat([z, m], -1), s.drop)
            err = torch.sigmoid(s.error(z))
            y = torch.where(err > .5, s.norm(x + s.correction(torch.cat([x, err.expand_as(x)], -1), s.drop)), z)
            x = torch.where(go, y, x); go = go & (torch.sigmoid(s.decision(x)) >= .5)
        return x
    def by_batch(s, x, past):
        for r in range(2):
            z = x + s.drop(s.observe(s.observe_norm(x)))
            if past is not None: z = z + s.meta(torch.cat([z, past.mean(1, keepdim=True).expand_as(z)], -1), s.drop)
            err, conf = torch.sigmoid(s.error(z)), torch.sigmoid(s.confidence(z))
            x = s.norm(x + s.correction(torch.cat([x, err.expand_as(x)], -1), s.drop)) if err.mean().item() > .5 else z
            s.record = dict(error=err.mean().item(), confidence=conf.mean().item(), rounds=r + 1)
            if torch.sigmoid(s.decision(x.mean(1))).mean().item() < .5: break
        return x


class Memory(nn.Module):
    def __init__(s, c):
        super().__init__(); d, M = c['d_model'], c['memory_size']
        s.slots = nn.Parameter(torch.randn(M, d)); s.address = nn.Linear(d, M); s.write = Mlp2(d, d, d)
        s.slot_gate = nn.Linear(2 * d, 1)
        s.working_gate = nn.Linear(2 * d, 1); s.longterm_gate = nn.Linear(2 * d, 1)
        s.fusion = Mlp2(3 * d, d, d, True)
        s.keep = c['max_seq_len'] // 2; s.past = None; s.steps = 0
    def forward(s, x):
        B, T, d = x.shape; w = None
        if s.past is not None:
            w = s.past[:, -1:, :].expand(-1, T, -1); x = x + torch.sigmoid(s.working_gate(torch.cat([x, w], -1))) * w
        l = (x @ s.slots.T / math.sqrt(d)).softmax(-1) @ s.slots
        x = x + torch.sigmoid(s.longterm_gate(torch.cat([x, l], -1))) * l
        y = s.fusion(torch.cat([x, w if w is not None else x, l], -1))
        det = x.detach()
        s.past = det if s.past is None else torch.cat([s.past, det], 1)[:, -s.keep:]
        s.steps += 1
        if s.steps % 10 == 0:
            with torch.no_grad():
                flat = det.reshape(-1, d); sel = flat[torch.topk(flat.norm(dim=-1), min(100, len(flat)))[1]]
                a = s.address(sel).softmax(-1); a = a / (a.sum(0) + 1e-8)
                # the mean over writers of weight times value, as published: each writer is a batch of its own
                upd = (a.T @ s.write(sel)) / len(sel)
                g = torch.sigmoid(s.slot_gate(torch.cat([s.slots, upd], -1)))
                s.slots.data = s.slots * (1 - g) + upd * g
        return y


class Block(nn.Module):
    def __init__(s, c, last, shared):
        super().__init__(); d = c['d_model']
        s.norm = StdNorm(d)
        s.attn = (LinearAttn if c.get('use_linear_attention') else Attn)(
            d, c['n_heads'], c['dropout'], c.get('causal', False))
        s.moe = Moe(c, shared); s.drop = nn.Dropout(c['dropout'])
        if last and c.get('use_introspection'): s.introspection = Introspection(c)
    def forward(s, x, past):
        x = s.moe(x + s.drop(s.attn(s.norm(x))))
        return s.introspection(x, past) if hasattr(s, 'introspection') else x


class Agiformer(nn.Module):
    def __init__(s, c, llm=None, llm_grad=False):
        super().__init__(); s.c = c
        s.encoder = Encoder(c)
        if c.get('use_memory'): s.memory = Memory(c)
        shared = None
        if 'language' in c['expert_types']:
            s.language = Adapters(c['d_model'], llm.config.hidden_size); shared = (s.language, llm, llm_grad)
        s.blocks = nn.ModuleList([Block(c, i == c['n_layers'] - 1, shared) for i in range(c['n_layers'])])
        s.norm = StdNorm(c['d_model']); s.head = nn.Linear(c['d_model'], c['vocab_size'])
        for p in s.parameters():
            if p.dim() > 1: nn.init.xavier_uniform_(p)
    def forward(s, ids):
        x = s.encoder(ids)
        if hasattr(s, 'memory'): x = s.memory(x)
        past = None
        for b in s.blocks:
            x = b(x, past); past = x if past is None else torch.cat([past, x], 1)
        return s.head(s.norm(x))
    def balance(s): return sum(b.moe.balance for b in s.blocks)


def loss_of(logits, targets):
    return F.cross_entropy(logits.reshape(-1, logits.size(-1)), targets.reshape(-1), ignore_index=0)
