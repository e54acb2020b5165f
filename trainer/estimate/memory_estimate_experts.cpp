// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/estimate/memory_estimate_experts.h"

#include "trainer/estimate/memory_estimate_decoder.h"

#include <algorithm>

namespace nabiz::trainer::rehearsal {

namespace {

constexpr std::int64_t kPositions = 1000; // that a causal expert knows
constexpr std::int64_t kGroup = 64; // of a logic expert
constexpr std::int64_t kDistanceRows = 64; // at once
constexpr std::int64_t kPairsOnCpu = 4096; // at once, or one row's
constexpr std::int64_t kPairsOnGpu = 131072;

// The most pairs that are computed at once.
std::int64_t mostPairs(std::int64_t batch, std::int64_t group, bool triangle, std::int64_t limit)
{
    std::int64_t most = 0;
    for (std::int64_t i = 0; i < group;) {
        const auto pairs = [&](std::int64_t end) { return batch * (end - i) * (triangle ? end : group); };
        std::int64_t end = i + 1;
        while (end < group && pairs(end + 1) <= limit)
            ++end;
        most = std::max(most, pairs(end));
        i = end;
    }
    return most;
}

} // namespace

Sized Experts::expert(const std::string& kind, const std::string& name, const Sized& x)
{
    if (kind == "language")
        return languageExpert(name, x);
    if (kind == "logic")
        return logicExpert(name, x);
    if (kind == "spatial")
        return spatialExpert(name, x);
    if (kind == "causal")
        return causalExpert(name, x);
    return feedForward(name, x, false);
}

// Without a gradient through the decoder its result alone is kept, by the product behind it.
Sized Experts::languageExpert(const std::string& name, const Sized& x)
{
    if (!m_setting.decoder) // of unknown size: the adapters are, too
        return layerNorm(name + ".norm", sum(x, dropout(x)));
    const std::int64_t hidden = m_setting.decoder->hidden;
    const std::string adapters = m_model.sharedAdapters ? "language" : name;
    const bool trainsIn = m_model.trainAdapters && m_model.gradientThroughLanguage;
    const auto decoded
        = [&] { return Decoder(m_tape, m_setting).states(linear(adapters + ".in", x, m_size, hidden, trainsIn)); };
    Sized states;
    if (m_model.gradientThroughLanguage) {
        states = decoded();
    } else {
        states = m_tape.kept(decoded);
        m_tape.forgetCopies();
    }
    return layerNorm(
        name + ".norm", sum(x, dropout(linear(adapters + ".out", states, hidden, m_size, m_model.trainAdapters))));
}

Sized Experts::logicExpert(const std::string& name, const Sized& input)
{
    Sized x = sum(input, dropout(attention(name + ".attn", layerNorm(name + ".norm1", input), m_model.causal)));
    x = sum(x, relation(name + ".relation", x, kGroup, m_model.causal));
    return sum(x, feedForward(name + ".ff", layerNorm(name + ".norm2", x), true));
}

Sized Experts::spatialExpert(const std::string& name, const Sized& input)
{
    const Sized distance = linear(name + ".distance", meanDistance(input), 1, m_size / 4);
    const Sized padded = m_tape.apply(m_tape.make(m_states, distance.width), { distance }, {});
    Sized x = sum(input, mlp(name + ".encode", padded, m_size, m_size, m_size, false, false));
    x = sum(x, dropout(attention(name + ".attn", layerNorm(name + ".norm1", x), m_model.causal)));
    return sum(x, feedForward(name + ".ff", layerNorm(name + ".norm2", x), true));
}

Sized Experts::causalExpert(const std::string& name, const Sized& input)
{
    const Sized positions = m_tape.weight(name + ".positions", kPositions * m_size);
    Sized x = m_tape.apply(m_tape.make(m_states), { Input(input, 0), positions }, {});
    x = sum(x, dropout(attention(name + ".attn", layerNorm(name + ".norm1", x), true)));
    x = sum(x, relation(name + ".relation", x, m_length, true));
    return sum(x, feedForward(name + ".ff", layerNorm(name + ".norm2", x), true));
}

// Kept: p and q, the sums over partners, W₂. Of the pairs at hand, forward z, g, h and two of their size in float32;
// backward z, g, h, the scaled g, and three of the gradient.
Sized Experts::relation(const std::string& name, const Sized& x, std::int64_t group, bool triangle)
{
    const std::int64_t square = m_size * m_size;
    const Sized in = m_tape.weight(name + ".in.weight", 2 * square);
    const auto half = [&] { // a view, whose gradient is as large as the whole
        Sized view = m_tape.apply(in, { in }, {});
        view.elements = square;
        return view;
    };
    const Sized p = product(x, half(), {}, m_size);
    const Sized q = product(x, half(), m_tape.weight(name + ".in.bias", m_size), m_size);
    const std::int64_t pairs
        = mostPairs(m_setting.batch, std::min(group, m_length), triangle, m_tape.isGpu() ? kPairsOnGpu : kPairsOnCpu);
    const std::int64_t width = p.width, converted = width == 4 ? 0 : 4;
    const Sized sums = m_tape.make(m_states + m_rows + m_length);
    const std::int64_t net = 3 * square * 4;
    m_tape.scratch(net + pairs * m_size * (3 * width + 8 + converted));
    m_tape.scratch(net + 2 * m_states * 4);
    return m_tape.apply(m_tape.make(m_states),
        { p, q, m_tape.weight(name + ".out.weight", square), m_tape.weight(name + ".out.bias", m_size),
            m_tape.weight(name + ".norm.weight", m_size), m_tape.weight(name + ".norm.bias", m_size) },
        { p, q, sums }, net + 2 * m_states * 4 + pairs * m_size * (7 * width + converted));
}

// Keeps x; distances are computed again, some rows at once.
Sized Experts::meanDistance(const Sized& input)
{
    const Sized x = m_tape.raised(input);
    const std::int64_t chunk = m_setting.batch * std::min(kDistanceRows, m_length) * m_length * 4;
    m_tape.scratch(3 * chunk);
    return m_tape.apply(m_tape.make(m_rows), { x }, { x }, 4 * chunk + 3 * m_states * 4);
}

} // namespace nabiz::trainer::rehearsal
