// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/estimate/memory_estimate_decoder.h"

#include <algorithm>

namespace nabiz::trainer::rehearsal {

namespace {

constexpr std::int64_t kRows = 1024; // of weights, converted at once

} // namespace

Sized Decoder::states(const Sized& embeddings)
{
    const int computed = m_tape.isGpu() ? std::max(2, m_setting.heldWidth) : 4;
    const auto typed = [&](const Sized& x, int width) {
        return x.width == width ? x : m_tape.apply(m_tape.make(x.elements, width), { x }, {});
    };
    // Of two bytes are float16, whose stream is float32, and bfloat16, which is taken for the same.
    Sized x = typed(embeddings, 4);
    for (std::int64_t layer = 0; layer < m_setting.decoder->layers; ++layer) {
        x = sum(x, typed(attention(norm(x, computed)), 4));
        x = sum(x, typed(feedForward(norm(x, computed)), 4));
    }
    return typed(norm(x, computed), embeddings.width);
}

// In float32: the square keeps x, the product with the scale both, that with the gain nothing but the gain.
Sized Decoder::norm(const Sized& x, int width)
{
    const Sized wide = m_tape.raised(x);
    const std::int64_t rows
        = std::max<std::int64_t>(1, x.elements / std::min(m_setting.decoder->headSize, m_setting.decoder->hidden));
    const Sized scale = m_tape.apply(m_tape.make(rows), { wide }, { wide }, wide.bytes(), true);
    m_tape.scratch(wide.bytes());
    Sized y = m_tape.apply(m_tape.make(x.elements), { wide, scale }, { wide, scale }, wide.bytes());
    if (width != 4)
        y = m_tape.apply(m_tape.make(x.elements, width), { y }, {});
    return m_tape.apply(m_tape.make(x.elements, width), { y }, {});
}

// Weights held in the computing type are multiplied as they are; others are converted by rows, and x is not kept.
Sized Decoder::product(const Sized& x, std::int64_t inputs, std::int64_t outputs)
{
    const std::int64_t rows = x.elements / inputs;
    m_tape.multiply(2.0 * static_cast<double>(x.elements) * static_cast<double>(outputs), x.needsGradient() ? 1 : 0);
    if (x.width == m_setting.heldWidth) {
        std::vector<Sized> saved;
        if (!m_tape.isGpu() && rows >= 256)
            saved.push_back(x);
        return m_tape.apply(m_tape.make(rows * outputs, x.width), { x }, std::move(saved),
            m_tape.isGpu() ? 0 : inputs * outputs * x.width);
    }
    // The parts stand beside the whole while they are joined; codes of eight bits, in float32, beside their products
    // with the scale.
    std::vector<Sized> parts;
    for (std::int64_t begin = 0; begin < outputs; begin += kRows) {
        const std::int64_t count = std::min(kRows, outputs - begin), converted = count * inputs * 4;
        if (m_setting.heldWidth == 1)
            m_tape.scratch(2 * converted);
        parts.push_back(m_tape.make(rows * count, x.width));
        m_tape.scratch(converted);
    }
    const Sized y = parts.size() == 1 ? parts.front() : m_tape.make(rows * outputs, x.width);
    const std::int64_t converted = std::min(kRows, outputs) * inputs * 4;
    return m_tape.apply(y, { x }, {}, 2 * converted + x.bytes());
}

Sized Decoder::attention(const Sized& x)
{
    const DecoderConfig& shape = *m_setting.decoder;
    const std::int64_t query = shape.heads * shape.headSize, key = shape.kvHeads * shape.headSize;
    const Sized heads = product(x, shape.hidden, query + 2 * key);
    const auto part = [&](std::int64_t width) { // a view, whose gradient is as large as the whole
        Sized view = m_tape.apply(heads, { Input(heads, heads.bytes()) }, {});
        view.elements = m_rows * width;
        return view;
    };
    Sized q = part(query), k = part(key);
    if (shape.normsHeads()) {
        q = norm(q, q.width);
        k = norm(k, k.width);
    }
    const Sized v = part(key);
    const auto rotated = [&](const Sized& of) {
        const Sized swapped = m_tape.apply(m_tape.make(of.elements, of.width), { of }, {});
        const Sized turned = m_tape.apply(m_tape.make(of.elements, of.width), { of }, {});
        return m_tape.apply(m_tape.make(of.elements, of.width), { Input(turned, 0), swapped }, {});
    };
    const auto repeated = [&](const Sized& of) {
        return shape.heads == shape.kvHeads ? of : m_tape.apply(m_tape.make(m_rows * query, of.width), { of }, {});
    };
    const Sized turnedQ = rotated(q), turnedK = repeated(rotated(k)), repeatedV = repeated(v);
    m_tape.multiply(2.0 * static_cast<double>(m_rows * query) * static_cast<double>(m_setting.model.length), 2);
    const Sized sums = m_tape.make(m_rows * shape.heads);
    const Sized y = m_tape.apply(m_tape.make(m_rows * query, q.width), { turnedQ, turnedK, repeatedV },
        { turnedQ, turnedK, repeatedV, sums }, 0, true);
    return product(y, query, shape.hidden);
}

// silu keeps the gate, its product with the other half both; the halves are views of one result, whose gradients are
// each as large as the whole.
Sized Decoder::feedForward(const Sized& x)
{
    const DecoderConfig& shape = *m_setting.decoder;
    const Sized both = product(x, shape.hidden, 2 * shape.intermediate);
    const std::int64_t half = m_rows * shape.intermediate;
    const auto part = [&] {
        Sized view = m_tape.apply(both, { Input(both, both.bytes()) }, {});
        view.elements = half;
        return view;
    };
    const Sized gate = part(), other = part();
    const Sized open = m_tape.apply(m_tape.make(half, both.width), { gate }, { both });
    const Sized grown = m_tape.apply(m_tape.make(half, both.width), { open, other }, { open, both });
    return product(grown, shape.intermediate, shape.hidden);
}

} // namespace nabiz::trainer::rehearsal
