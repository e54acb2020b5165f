// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/language/decoder.h"

#include <ATen/CPUGeneratorImpl.h>

#include <limits>
#include <numbers>

namespace nabiz::trainer {

namespace {

constexpr double kLargest = 32768; // half of float16's range: room for rounding

// x·cos + rotate(x)·sin, where rotate swaps the halves and negates the first. x is (B, T, heads, headSize).
at::Tensor rotated(const at::Tensor& x, const at::Tensor& cos, const at::Tensor& sin)
{
    const std::int64_t half = x.size(-1) / 2;
    const at::Tensor swapped = at::cat({ x.narrow(-1, half, half), x.narrow(-1, 0, half) }, -1);
    return at::addcmul(x * cos, swapped, sin);
}

at::Tensor repeated(const at::Tensor& x, std::int64_t times) // (B, kvHeads, T, headSize)
{
    if (times == 1)
        return x;
    return x.unsqueeze(2)
        .expand({ x.size(0), x.size(1), times, x.size(2), x.size(3) })
        .reshape({ x.size(0), x.size(1) * times, x.size(2), x.size(3) });
}

} // namespace

Decoder::Decoder(const DecoderConfig& config, const Source& source, at::ScalarType held, at::Device device,
    std::optional<at::ScalarType> computed)
    : m_config(config)
{
    // A CPU's products are fast in float32 alone; a GPU has none in eight bits that suit.
    const at::ScalarType onGpu = held == at::kChar ? at::kHalf : held;
    m_options = at::TensorOptions(device).dtype(computed.value_or(device.is_cpu() ? at::kFloat : onGpu));
    for (std::int64_t i = 0; i < config.layers; ++i)
        m_layers.push_back(load("layers." + std::to_string(i), source, held));
    m_norm = source("norm.weight", { config.hidden }).to(m_options, false, true);
}

Decoder::Layer Decoder::load(const std::string& name, const Source& source, at::ScalarType held) const
{
    const std::int64_t hidden = m_config.hidden, head = m_config.headSize, inner = m_config.intermediate;
    const std::int64_t query = m_config.heads * head, key = m_config.kvHeads * head;
    struct Rows {
        const char* name;
        std::int64_t count;
    };
    const auto vector
        = [&](const char* tail, std::int64_t size) { return source(name + tail, { size }).to(m_options, false, true); };
    const auto matrix = [&](const std::vector<Rows>& parts, std::int64_t inputs, bool isRanged = false) {
        std::vector<at::Tensor> tensors;
        for (const Rows& part : parts)
            tensors.push_back(source(name + part.name + ".weight", { part.count, inputs }));
        return FrozenMatrix(tensors, held, m_options, isRanged);
    };
    const auto bias = [&](const std::vector<Rows>& parts, bool has) {
        std::vector<at::Tensor> tensors;
        for (const Rows& part : parts)
            tensors.push_back(has ? vector((std::string(part.name) + ".bias").c_str(), part.count) : at::Tensor());
        return has ? at::cat(tensors) : at::Tensor();
    };
    const std::vector<Rows> qkv { { ".self_attn.q_proj", query }, { ".self_attn.k_proj", key },
        { ".self_attn.v_proj", key } };
    const std::vector<Rows> output { { ".self_attn.o_proj", hidden } };
    const std::vector<Rows> gateUp { { ".mlp.gate_proj", inner }, { ".mlp.up_proj", inner } };
    const std::vector<Rows> down { { ".mlp.down_proj", hidden } };
    Layer layer;
    layer.inputNorm = vector(".input_layernorm.weight", hidden);
    layer.qkv = matrix(qkv, hidden);
    layer.qkvBias = bias(qkv, m_config.attentionBias);
    if (m_config.normsHeads()) {
        layer.queryNorm = vector(".self_attn.q_norm.weight", head);
        layer.keyNorm = vector(".self_attn.k_norm.weight", head);
    }
    layer.output = matrix(output, query, true);
    layer.outputBias = bias(output, m_config.outputBias);
    layer.innerNorm = vector(".post_attention_layernorm.weight", hidden);
    layer.gateUp = matrix(gateUp, hidden);
    layer.gateUpBias = bias(gateUp, m_config.innerBias);
    layer.down = matrix(down, inner, true);
    layer.downBias = bias(down, m_config.innerBias);
    return layer;
}

at::Tensor Decoder::rotations() const
{
    const at::TensorOptions floats = m_options.dtype(at::kFloat);
    const at::Tensor pairs = at::arange(0, m_config.headSize, 2, floats) / static_cast<double>(m_config.headSize);
    const at::Tensor plain = at::pow(at::Scalar(m_config.ropeTheta), -pairs);
    if (!m_config.ropeScaling)
        return plain;
    // Slow rotations are stretched by the factor, fast ones left, those between blended by their wave length.
    const RopeScaling& scaling = *m_config.ropeScaling;
    const at::Tensor waves = 2 * std::numbers::pi / plain;
    const at::Tensor blend
        = (scaling.originalLength / waves - scaling.lowFrequency) / (scaling.highFrequency - scaling.lowFrequency);
    const at::Tensor share = blend.clamp(0, 1);
    return (1 - share) * plain / scaling.factor + share * plain;
}

at::Tensor Decoder::operator()(const at::Tensor& embeddings) const
{
    const at::Tensor angles = at::arange(embeddings.size(1), m_options.dtype(at::kFloat)).unsqueeze(1) * rotations();
    const at::Tensor cos = at::cat({ angles.cos(), angles.cos() }, -1).unsqueeze(1).to(m_options); // (T, 1, headSize)
    const at::Tensor sin = at::cat({ -angles.sin(), angles.sin() }, -1).unsqueeze(1).to(m_options);

    at::Tensor x = embeddings.to(isHalf() ? m_options.dtype(at::kFloat) : m_options);
    for (const Layer& layer : m_layers) {
        x = x + attend(layer, norm(x, layer.inputNorm), cos, sin);
        x = x + feedForward(layer, norm(x, layer.innerNorm));
    }
    return norm(x, m_norm).to(embeddings.scalar_type());
}

at::Tensor Decoder::attend(const Layer& layer, const at::Tensor& x, const at::Tensor& cos, const at::Tensor& sin) const
{
    const std::int64_t batch = x.size(0), length = x.size(1), head = m_config.headSize;
    const at::Tensor heads = layer.qkv(x, layer.qkvBias).view({ batch, length, -1, head });
    at::Tensor q = heads.narrow(2, 0, m_config.heads), k = heads.narrow(2, m_config.heads, m_config.kvHeads);
    if (m_config.normsHeads()) {
        q = norm(q, layer.queryNorm);
        k = norm(k, layer.keyNorm);
    }
    const at::Tensor v = heads.narrow(2, m_config.heads + m_config.kvHeads, m_config.kvHeads);
    // Heads are repeated here: with grouped heads some GPUs leave the fused kernels.
    const std::int64_t times = m_config.heads / m_config.kvHeads;
    const at::Tensor y = at::scaled_dot_product_attention(rotated(q, cos, sin).transpose(1, 2),
        repeated(rotated(k, cos, sin).transpose(1, 2), times), repeated(v.transpose(1, 2), times), {}, 0.0, true);
    return layer.output.ranged(y.transpose(1, 2).reshape({ batch, length, m_config.heads * head }), layer.outputBias);
}

at::Tensor Decoder::feedForward(const Layer& layer, const at::Tensor& x) const
{
    const at::Tensor both = layer.gateUp(x, layer.gateUpBias);
    const at::Tensor gate = both.narrow(-1, 0, m_config.intermediate);
    const at::Tensor up = both.narrow(-1, m_config.intermediate, m_config.intermediate);
    if (!isHalf())
        return layer.down(at::silu(gate) * up, layer.downBias);
    // Each is within float16's range, and their product, made smaller a row where it would not be, too.
    const auto largest = [](const at::Tensor& x) {
        return at::linalg_vector_norm(x.detach(), std::numeric_limits<double>::infinity(), { -1 }, true, at::kFloat);
    };
    const at::Tensor share = powersOfTwo(kLargest / (largest(gate) * largest(up)).clamp_min(kLargest));
    const at::Tensor y = layer.down.ranged(at::silu(gate) * share.to(at::kHalf) * up) / share;
    return layer.downBias.defined() ? y + layer.downBias : y;
}

// In float32 whatever the weights are, and back before the gain, as the published models compute it.
at::Tensor Decoder::norm(const at::Tensor& x, const at::Tensor& weight) const
{
    const at::Tensor wide = x.to(at::kFloat);
    const at::Tensor scale = at::rsqrt(wide.square().mean(-1, true) + m_config.normEpsilon);
    return (wide * scale).to(weight.scalar_type()) * weight;
}

std::int64_t Decoder::elements() const
{
    return m_config.weights();
}

std::int64_t Decoder::bytes() const
{
    std::size_t sum = m_norm.nbytes();
    for (const Layer& layer : m_layers) {
        for (const FrozenMatrix* matrix : { &layer.qkv, &layer.output, &layer.gateUp, &layer.down })
            sum += static_cast<std::size_t>(matrix->bytes());
        for (const at::Tensor& tensor : { layer.inputNorm, layer.queryNorm, layer.keyNorm, layer.innerNorm,
                 layer.qkvBias, layer.outputBias, layer.gateUpBias, layer.downBias })
            sum += tensor.defined() ? tensor.nbytes() : 0;
    }
    return static_cast<std::int64_t>(sum);
}

Decoder::Source randomWeights(std::uint64_t seed, std::function<void()> interrupted)
{
    auto generator = at::detail::createCPUGenerator(seed);
    return [generator, interrupted](const std::string& name, at::IntArrayRef shape) {
        if (interrupted)
            interrupted();
        if (shape.size() == 1)
            return at::full(shape, name.ends_with(".bias") ? 0 : 1, at::kFloat);
        return at::empty(shape, at::kFloat).normal_(0, 0.02, generator);
    };
}

} // namespace nabiz::trainer
