// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/estimate/memory_estimate_model.h"

#include "trainer/estimate/memory_estimate_experts.h"

#include <algorithm>

namespace nabiz::trainer::rehearsal {

namespace {

constexpr std::int64_t kIdWidth = 8;
constexpr int kRounds = 2; // of introspection, at most

} // namespace

void Model::train()
{
    const Sized ids = m_tape.make(2 * m_setting.batch * (m_length + 1), kIdWidth);
    Sized x = encoder();
    if (m_model.memory)
        x = memory(x);
    Sized past;
    for (std::int64_t i = 0; i < m_model.layers; ++i) {
        const bool isLast = i + 1 == m_model.layers;
        const Sized mean = isLast && past.defined() ? m_tape.apply(m_tape.make(m_states), { past }, {}) : Sized();
        const auto part = [this, i](const Sized& state, const Sized& before) { return block(i, state, before); };
        x = m_setting.checkpointing ? m_tape.checkpointed(part, x, mean) : part(x, mean);
        if (m_model.introspection && !isLast)
            past = past.defined() ? sum(past, x) : x;
    }
    const Sized logits = head(x);
    x = past = {};
    m_tape.forgetCopies();
    // log_softmax keeps its result; the logits stand until the batch is done.
    const Sized logs = m_tape.apply(m_tape.make(logits.elements), { logits }, {}, 0, true);
    m_tape.backward(m_tape.apply(m_tape.make(1), { logs }, { logs, ids }));
}

Sized Model::head(const Sized& x)
{
    return m_tape.raised(linear("head", stdNorm("norm", x), m_size, m_model.vocabulary));
}

// The three neighbours side by side are kept, and the kernel in their order.
Sized Model::encoder()
{
    const Sized table = m_tape.weight("encoder.embed.weight", m_model.vocabulary * m_size);
    const Sized embedded = dropout(m_tape.apply(m_tape.make(m_states), { table }, {}));
    const Sized padded = m_tape.apply(m_tape.make(m_states), { embedded }, {});
    const Sized neighbours = m_tape.apply(m_tape.make(3 * m_states), { padded }, {}, m_states * 4);
    const Sized stored = m_tape.weight("encoder.conv.weight", 3 * m_size * m_size);
    const Sized kernel = m_tape.apply(m_tape.make(stored.elements), { stored }, {});
    const Sized mixed = product(neighbours, kernel, m_tape.weight("encoder.conv.bias", m_size), m_size);
    const Sized grown = dropout(gelu(layerNorm("encoder.norm1", mixed)));
    return layerNorm("encoder.norm2", linear("encoder.proj", grown, m_size, m_size));
}

// The gate's product keeps the pair side by side; σ its result; the product with `other` both.
Sized Model::gated(const std::string& name, const Sized& x, const Sized& other)
{
    const Sized gate = linear(name, joined(x, other), 2 * m_size, 1);
    const Sized open = m_tape.apply(m_tape.make(m_rows), { m_tape.raised(gate) }, {}, 0, true);
    return m_tape.apply(m_tape.make(m_states), { open, other }, { open, other }, m_states * 4);
}

// The scores stand until the part is done; their softmax is kept.
Sized Model::memory(const Sized& input)
{
    const std::int64_t slotCount = m_model.memorySlots;
    for (const auto& [name, elements] : { std::pair { "address.weight", slotCount * m_size },
             { "address.bias", slotCount }, { "write.in.weight", m_size * m_size }, { "write.in.bias", m_size },
             { "write.out.weight", m_size * m_size }, { "write.out.bias", m_size }, { "slot_gate.weight", 2 * m_size },
             { "slot_gate.bias", std::int64_t { 1 } } })
        m_tape.weight(std::string("memory.") + name, elements); // take no gradient, and room in the optimizer
    const Sized newest = m_tape.make(m_setting.batch * m_size);
    Sized working = newest; // the same state at every position
    working.elements = m_states;
    Sized x = sum(input, gated("memory.working_gate", input, working));
    const Sized slots = m_tape.weight("memory.slots", slotCount * m_size);
    const Sized scores = m_tape.apply(m_tape.make(m_rows * slotCount), { product(x, slots, {}, slotCount) }, {});
    const Sized shares = m_tape.apply(m_tape.make(scores.elements), { m_tape.raised(scores) }, {}, 0, true);
    const Sized longterm = product(shares, slots, {}, m_size);
    x = sum(x, gated("memory.longterm_gate", x, longterm));
    const Sized fused
        = mlp("memory.fusion", joined(joined(x, working), longterm), 3 * m_size, m_size, m_size, true, false);
    // Every tenth batch the slots are written anew, and those that were read are kept.
    m_tape.scratch(6 * slots.bytes());
    return fused;
}

Sized Model::block(std::int64_t index, const Sized& x, const Sized& past)
{
    const std::string name = "blocks." + std::to_string(index);
    const Sized normed = stdNorm(name + ".norm", x);
    const Sized attended = m_model.linearAttention ? linearAttention(name + ".attn", normed)
                                                   : attention(name + ".attn", normed, m_model.causal);
    const Sized state = sum(x, dropout(attended));
    const Sized y = moe(name + ".moe", state);
    return m_model.introspection && index == m_model.layers - 1 ? introspection(name + ".introspection", y, past) : y;
}

// A row of shares a position, and with each expert's share its output.
Sized Model::moe(const std::string& name, const Sized& x)
{
    const auto count = static_cast<std::int64_t>(m_model.experts.size());
    const std::int64_t best = std::min<std::int64_t>(2, count);
    const Sized routed = m_tape.raised(linear(name + ".router", x, m_size, count));
    const Sized probabilities = m_tape.apply(m_tape.make(m_rows * count), { routed }, {}, 0, true);
    const Sized chosen = m_tape.make(m_rows * best, kIdWidth + 12); // where and how much, before and after the division
    const Sized shares = m_tape.apply(m_tape.make(m_rows * count), { probabilities }, { chosen });
    Experts experts(m_tape, m_setting);
    Sized sum = x;
    for (std::size_t i = 0; i < m_model.experts.size(); ++i) {
        const Sized y = m_tape.raised(experts.expert(m_model.experts[i], name + ".experts." + std::to_string(i), x));
        sum = m_tape.apply(m_tape.make(m_states), { Input(sum, 0), shares, y }, { shares, y }, m_states * 4);
    }
    return sum;
}

Sized Model::introspection(const std::string& name, const Sized& input, const Sized& past)
{
    Sized x = input;
    const Sized mean = past.defined() ? m_tape.apply(m_tape.make(m_states), { past }, {}) : Sized();
    for (int round = 0; round < kRounds; ++round) {
        Sized state
            = sum(x, dropout(attention(name + ".observe", layerNorm(name + ".observe_norm", x), m_model.causal)));
        if (mean.defined())
            state = sum(state, mlp(name + ".meta", joined(state, mean), 2 * m_size, m_size, m_size, true, true));
        for (const char* judge : { ".error", ".confidence" }) // seen, and learned from by nothing
            m_tape.withoutGradient([&] { return mlp(name + judge, state, m_size, m_size / 2, 1, false, false); });
        const Sized errors = m_tape.raised(mlp(name + ".error", state, m_size, m_size / 2, 1, false, false));
        const Sized seen = m_tape.apply(m_tape.make(m_rows), { errors }, {}, 0, true);
        const Sized widened = m_tape.apply(seen, { Input(seen, m_states * 4) }, {});
        Sized pair = m_tape.apply(m_tape.make(2 * m_states), { Input(state, 0), Input(widened, 0) }, {});
        const Sized change = mlp(name + ".correction", pair, 2 * m_size, m_size, m_size, true, true);
        pair = {};
        const Sized corrected = layerNorm(name + ".norm", sum(state, change));
        x = m_model.causal ? m_tape.apply(m_tape.make(m_states), { corrected, state }, {}) : corrected;
        m_tape.withoutGradient([&] { return mlp(name + ".decision", x, m_size, m_size / 2, 1, false, false); });
    }
    return x;
}

} // namespace nabiz::trainer::rehearsal
