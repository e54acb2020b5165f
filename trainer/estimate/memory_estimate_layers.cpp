// SPDX-License-Identifier: GPL-3.0-or-later
// Layers and attention in sizes: trainer/model/layers/layers.cpp, product.cpp, dropout.cpp, attention.cpp,
// linear_attention.cpp.
#include "trainer/estimate/memory_estimate_layers.h"

#include <algorithm>

namespace nabiz::trainer::rehearsal {

namespace {

constexpr std::int64_t kFewestRows = 256; // below them a CPU's product takes LibTorch's own way
constexpr std::int64_t kChunk = 64; // positions at once of a causal linear attention

} // namespace

// Keeps x and the weight. On a CPU the gradients' products are given transposed copies.
Sized Layers::product(Sized x, Sized weight, const Sized& bias, std::int64_t outputs)
{
    x = m_tape.lowered(x);
    weight = m_tape.lowered(weight);
    const std::int64_t rows = x.elements * outputs / weight.elements;
    const Sized y = m_tape.make(rows * outputs, x.width);
    m_tape.multiply(2.0 * static_cast<double>(x.elements) * static_cast<double>(outputs),
        static_cast<int>(x.needsGradient()) + static_cast<int>(weight.needsGradient()));
    const bool copies = !m_tape.isGpu() && rows >= kFewestRows;
    const std::int64_t ofX = x.needsGradient() ? weight.bytes() : 0;
    const std::int64_t ofWeight = weight.needsGradient() ? y.bytes() + x.bytes() : 0;
    std::vector<Sized> saved;
    if (copies || weight.needsGradient())
        saved.push_back(x);
    saved.push_back(weight);
    return m_tape.apply(y, { x, weight, bias }, std::move(saved), copies ? std::max(ofX, ofWeight) : 0);
}

Sized Layers::linear(const std::string& name, const Sized& x, std::int64_t inputs, std::int64_t outputs, bool trained)
{
    return product(x, m_tape.weight(name + ".weight", inputs * outputs, trained),
        m_tape.weight(name + ".bias", outputs, trained), outputs);
}

// Keeps its input, the mean and the reciprocal deviation of each row.
Sized Layers::layerNorm(const std::string& name, const Sized& x)
{
    const Sized wide = m_tape.raised(x);
    const Sized rows = m_tape.make(2 * x.elements / m_size);
    return m_tape.apply(m_tape.make(wide.elements),
        { wide, m_tape.weight(name + ".weight", m_size), m_tape.weight(name + ".bias", m_size) }, { wide, rows });
}

// std_mean keeps x and its two results; the division x − mean and the deviation; addcmul the quotient.
Sized Layers::stdNorm(const std::string& name, const Sized& x)
{
    const std::int64_t rows = x.elements / m_size;
    const Sized moments = m_tape.apply(m_tape.make(2 * rows), { x }, { x }, x.bytes(), true);
    const Sized centered = m_tape.apply(m_tape.make(x.elements), { Input(x, 0), moments }, {});
    const Sized shifted = m_tape.apply(m_tape.make(rows), { Input(moments, 0) }, {});
    const Sized quotient
        = m_tape.apply(m_tape.make(x.elements), { centered, shifted }, { centered, shifted }, 2 * x.bytes());
    return m_tape.apply(m_tape.make(x.elements),
        { m_tape.weight(name + ".bias", m_size), m_tape.weight(name + ".weight", m_size), quotient }, { quotient },
        x.bytes());
}

Sized Layers::gelu(const Sized& x)
{
    return m_tape.apply(m_tape.make(x.elements, x.width), { x }, { x });
}

// On a CPU the mask is drawn again for the gradient; a GPU keeps a byte an element.
Sized Layers::dropout(const Sized& x)
{
    if (m_model.dropout == 0)
        return x;
    std::vector<Sized> saved;
    if (m_tape.isGpu())
        saved.push_back(m_tape.make(x.elements, 1));
    return m_tape.apply(m_tape.make(x.elements, x.width), { x }, std::move(saved));
}

// Keeps nothing; the gradient of both is the sum's own.
Sized Layers::sum(const Sized& a, const Sized& b)
{
    const int width = std::max(a.width, b.width);
    return m_tape.apply(m_tape.make(std::max(a.elements, b.elements), width),
        { a.width == width ? Input(a, 0) : Input(a), b.width == width ? Input(b, 0) : Input(b) }, {});
}

// Keeps nothing; the gradients are views.
Sized Layers::joined(const Sized& a, const Sized& b)
{
    const int width = std::max(a.width, b.width);
    return m_tape.apply(m_tape.make(a.elements + b.elements, width), { Input(a, 0), Input(b, 0) }, {});
}

// A part of x in an order of its own. The gradient of a part has the size of the whole.
Sized Layers::copied(const Sized& x, std::int64_t elements, std::int64_t gradientElements)
{
    return m_tape.apply(m_tape.make(elements, x.width), { Input(x, gradientElements * x.width) }, {});
}

Sized Layers::feedForward(const std::string& name, const Sized& x, bool dropsLast)
{
    const Sized y
        = linear(name + ".down", dropout(gelu(linear(name + ".up", x, m_size, m_model.inner))), m_model.inner, m_size);
    return dropsLast ? dropout(y) : y;
}

Sized Layers::mlp(const std::string& name, const Sized& x, std::int64_t inputs, std::int64_t inner,
    std::int64_t outputs, bool norm, bool drops)
{
    const Sized grown = gelu(linear(name + ".in", x, inputs, inner));
    const Sized y = linear(name + ".out", drops ? dropout(grown) : grown, inner, outputs);
    return norm ? layerNorm(name + ".norm", y) : y;
}

Sized Layers::attention(const std::string& name, const Sized& x, bool causal)
{
    const std::int64_t square = m_size * m_size;
    const auto stacked = [&] { // of q, k and v; the gradients are parts of the stack's
        return m_tape.apply(m_tape.make(3 * square), { Input(m_tape.weight(name + ".qkv.weight", 3 * square), 0) }, {});
    };
    const Sized qkv = product(x, stacked(), {}, 3 * m_size);
    const Sized y = weighted(qkv, causal);
    return product(y, m_tape.weight(name + ".o.weight", square), {}, m_size);
}

// The fused kernel where it can be had, else scores, their softmax and what dropout leaves of it, all of them kept.
Sized Layers::weighted(const Sized& qkv, bool causal)
{
    const std::int64_t elements = qkv.elements / 3;
    m_tape.multiply(4.0 * static_cast<double>(elements) * static_cast<double>(m_length) / (causal ? 2 : 1), 2);
    if (m_model.dropout == 0 || m_tape.isGpu())
        return fusedAttention(qkv, elements, m_rows * m_model.heads);
    const std::int64_t scoreCount = m_rows * m_model.heads * m_length;
    const Sized mask = causal ? m_tape.make(m_length * m_length) : Sized();
    Sized q = copied(qkv, elements, qkv.elements);
    const Sized k = copied(qkv, elements, qkv.elements);
    if (!causal)
        q = m_tape.apply(m_tape.make(elements), { q }, {});
    const Sized scores = m_tape.apply(m_tape.make(scoreCount), { q, k }, { q, k }, causal ? q.bytes() : 0);
    const Sized shares = m_tape.apply(m_tape.make(scoreCount), { scores }, {}, 0, true);
    const Sized left = dropout(shares);
    const Sized v = copied(qkv, elements, qkv.elements);
    const Sized y = m_tape.apply(m_tape.make(elements), { left, v }, { left, v });
    return copied(y, elements, elements);
}

// Keeps q, k and v, which are views, its output, and a float a row. The gradients of the views are each as large as the
// whole.
Sized Layers::fusedAttention(const Sized& qkv, std::int64_t elements, std::int64_t rows)
{
    const Sized sums = m_tape.make(rows);
    return m_tape.apply(m_tape.make(elements, qkv.width), { qkv }, { qkv, sums }, 5 * elements * qkv.width, true);
}

// All in float32. Kept: the relu's results, φ(Q) and φ(K), V, the sums, and the quotient's copy.
Sized Layers::linearAttention(const std::string& name, const Sized& x)
{
    const std::int64_t features = std::max<std::int64_t>(m_size / m_model.heads, 64);
    m_tape.weight(name + ".features", m_size / m_model.heads * features, false);
    const std::int64_t mapped = m_rows * m_model.heads * features;
    const Sized queries = linear(name + ".q", x, m_size, m_size), keys = linear(name + ".k", x, m_size, m_size);
    const Sized projected = linear(name + ".v", x, m_size, m_size);
    Sized y;
    {
        const auto map = [&](const Sized& of) {
            const Sized flat = copied(m_tape.raised(of), m_states, m_states);
            const Sized raw = m_tape.apply(m_tape.make(mapped), { flat }, {});
            const Sized positive = m_tape.apply(m_tape.make(mapped), { raw }, {}, 0, true);
            return m_tape.apply(m_tape.make(mapped), { Input(positive, 0) }, {});
        };
        const Sized q = map(queries), k = map(keys);
        const Sized values = m_tape.raised(projected);
        const std::int64_t widened = m_states + m_rows * m_model.heads;
        const Sized v = m_tape.apply(m_tape.make(widened), { values }, {});
        Sized sums;
        if (m_model.causal) {
            sums = runningSums(q, k, v, features);
        } else {
            const std::int64_t products = m_setting.batch * features * (m_size + m_model.heads);
            const Sized of = m_tape.apply(m_tape.make(products), { k, v }, { k, v });
            sums = m_tape.apply(m_tape.make(widened), { q, of }, { q, of });
        }
        const Sized divisor = m_tape.apply(m_tape.make(m_rows * m_model.heads), { Input(sums, sums.bytes()) }, {});
        y = m_tape.apply(
            m_tape.make(m_states), { Input(sums, sums.bytes()), divisor }, { sums, divisor }, 2 * sums.bytes());
    }
    return linear(name + ".o", copied(y, m_states, m_states), m_size, m_size);
}

// By chunks: the masked products within one are kept, and what the chunks before it sum to. The gradient of a part of
// φ(Q), φ(K) or V is as large as the whole.
Sized Layers::runningSums(const Sized& q, const Sized& k, const Sized& v, std::int64_t features)
{
    const std::int64_t heads = m_setting.batch * m_model.heads, width = m_size / m_model.heads + 1;
    std::vector<Input> parts;
    std::vector<Sized> chunks;
    Sized before;
    for (std::int64_t begin = 0; begin < m_length; begin += kChunk) {
        const std::int64_t size = std::min(kChunk, m_length - begin);
        const Sized raw = m_tape.apply(m_tape.make(heads * size * size), { q, k }, { q, k });
        const Sized masked = m_tape.apply(m_tape.make(raw.elements), { raw }, {});
        Sized own = m_tape.apply(m_tape.make(heads * size * width), { masked, v }, { masked, v });
        if (before.defined())
            own = sum(own, m_tape.apply(m_tape.make(own.elements), { q, before }, { q, before }));
        chunks.push_back(own);
        parts.emplace_back(own, 0);
        if (begin + size < m_length) {
            const Sized of = m_tape.apply(m_tape.make(heads * features * width), { k, v }, { k, v });
            before = before.defined() ? sum(before, of) : of;
        }
    }
    return m_tape.apply(m_tape.make(v.elements), std::move(parts), {});
}

} // namespace nabiz::trainer::rehearsal
