// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/language/decoder.h"

#include "trainer/model/product.h"

#include <ATen/CPUGeneratorImpl.h>

namespace nabiz::trainer {

namespace {

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

Decoder::Decoder(
    const DecoderConfig& config, const Source& source, at::ScalarType type, at::Device device)
    : m_config(config)
{
    const at::TensorOptions options = at::TensorOptions(type).device(device);
    for (std::int64_t i = 0; i < config.layers; ++i)
        m_layers.push_back(load("layers." + std::to_string(i), source, options));
    m_norm = source("norm.weight", { config.hidden }).to(options);
}

Decoder::Layer Decoder::load(const std::string& name, const Source& source, at::TensorOptions options) const
{
    const std::int64_t hidden = m_config.hidden, head = m_config.headSize, inner = m_config.intermediate;
    const std::int64_t query = m_config.heads * head, key = m_config.kvHeads * head;
    const auto take = [&](const char* tail, at::IntArrayRef shape) {
        return source(name + tail, shape).to(options);
    };
    Layer layer;
    layer.inputNorm = take(".input_layernorm.weight", { hidden });
    layer.qkv = at::cat({ take(".self_attn.q_proj.weight", { query, hidden }),
        take(".self_attn.k_proj.weight", { key, hidden }), take(".self_attn.v_proj.weight", { key, hidden }) });
    layer.queryNorm = take(".self_attn.q_norm.weight", { head });
    layer.keyNorm = take(".self_attn.k_norm.weight", { head });
    layer.output = take(".self_attn.o_proj.weight", { hidden, query });
    layer.innerNorm = take(".post_attention_layernorm.weight", { hidden });
    layer.gateUp = at::cat(
        { take(".mlp.gate_proj.weight", { inner, hidden }), take(".mlp.up_proj.weight", { inner, hidden }) });
    layer.down = take(".mlp.down_proj.weight", { hidden, inner });
    return layer;
}

at::Tensor Decoder::operator()(const at::Tensor& embeddings) const
{
    const at::TensorOptions options = m_norm.options();
    const auto floats = options.dtype(at::kFloat);
    const at::Tensor pairs = at::arange(0, m_config.headSize, 2, floats) / static_cast<double>(m_config.headSize);
    const at::Tensor angles
        = at::arange(embeddings.size(1), floats).unsqueeze(1) * at::pow(at::Scalar(m_config.ropeTheta), -pairs);
    const at::Tensor cos = at::cat({ angles.cos(), angles.cos() }, -1).unsqueeze(1).to(options); // (T, 1, headSize)
    const at::Tensor sin = at::cat({ -angles.sin(), angles.sin() }, -1).unsqueeze(1).to(options);

    at::Tensor x = embeddings.to(options);
    for (const Layer& layer : m_layers) {
        x = x + attend(layer, norm(x, layer.inputNorm), cos, sin);
        x = x + feedForward(layer, norm(x, layer.innerNorm));
    }
    return norm(x, m_norm).to(embeddings.scalar_type());
}

at::Tensor Decoder::attend(
    const Layer& layer, const at::Tensor& x, const at::Tensor& cos, const at::Tensor& sin) const
{
    const std::int64_t batch = x.size(0), length = x.size(1), head = m_config.headSize;
    const at::Tensor heads = product(x, layer.qkv).view({ batch, length, -1, head });
    const at::Tensor q = norm(heads.narrow(2, 0, m_config.heads), layer.queryNorm);
    const at::Tensor k = norm(heads.narrow(2, m_config.heads, m_config.kvHeads), layer.keyNorm);
    const at::Tensor v = heads.narrow(2, m_config.heads + m_config.kvHeads, m_config.kvHeads);
    // Heads are repeated here: with grouped heads some GPUs leave the fused kernels.
    const std::int64_t times = m_config.heads / m_config.kvHeads;
    const at::Tensor y = at::scaled_dot_product_attention(rotated(q, cos, sin).transpose(1, 2),
        repeated(rotated(k, cos, sin).transpose(1, 2), times), repeated(v.transpose(1, 2), times), {}, 0.0, true);
    return product(y.transpose(1, 2).reshape({ batch, length, m_config.heads * head }), layer.output);
}

at::Tensor Decoder::feedForward(const Layer& layer, const at::Tensor& x) const
{
    const at::Tensor both = product(x, layer.gateUp);
    const at::Tensor gate = both.narrow(-1, 0, m_config.intermediate);
    const at::Tensor up = both.narrow(-1, m_config.intermediate, m_config.intermediate);
    return product(at::silu(gate) * up, layer.down);
}

// In float32 whatever the weights are, and back before the gain, as the published models compute it.
at::Tensor Decoder::norm(const at::Tensor& x, const at::Tensor& weight) const
{
    const at::Tensor wide = x.to(at::kFloat);
    const at::Tensor scale = at::rsqrt(wide.square().mean(-1, true) + m_config.normEpsilon);
    return (wide * scale).to(x.scalar_type()) * weight;
}

std::int64_t Decoder::elements() const
{
    std::int64_t sum = m_norm.numel();
    for (const Layer& layer : m_layers) {
        for (const at::Tensor& tensor : { layer.inputNorm, layer.qkv, layer.queryNorm, layer.keyNorm, layer.output,
                 layer.innerNorm, layer.gateUp, layer.down })
            sum += tensor.numel();
    }
    return sum;
}

Decoder::Source randomWeights(std::uint64_t seed, std::function<void()> interrupted)
{
    auto generator = at::detail::createCPUGenerator(seed);
    return [generator, interrupted](const std::string&, at::IntArrayRef shape) {
        if (interrupted)
            interrupted();
        if (shape.size() == 1)
            return at::ones(shape, at::kFloat);
        return at::empty(shape, at::kFloat).normal_(0, 0.02, generator);
    };
}

} // namespace nabiz::trainer
