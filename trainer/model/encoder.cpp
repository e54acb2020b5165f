// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/model/encoder.h"

#include "trainer/model/layers/product.h"

namespace nabiz::trainer {

Encoder::Encoder(Weights& weights, const ModelConfig& config)
    : m_embed(weights.matrix("encoder.embed.weight", { config.vocabulary, config.size }))
    , m_kernel(weights.matrix("encoder.conv.weight", { config.size, config.size, 3 }))
    , m_kernelBias(weights.bias("encoder.conv.bias", config.size, 3 * config.size))
    , m_norm1(weights, "encoder.norm1", config.size)
    , m_project(weights, "encoder.proj", config.size, config.size)
    , m_norm2(weights, "encoder.norm2", config.size)
    , m_causal(config.causal)
{
}

at::Tensor Encoder::operator()(const at::Tensor& ids, Pass& pass) const
{
    const at::Tensor embedded = pass.dropout(at::embedding(m_embed, ids));
    const std::int64_t length = embedded.size(1), size = embedded.size(2);
    // The three neighbours side by side, then one product: the convolution without its transposes.
    const std::int64_t before = m_causal ? 2 : 1;
    const at::Tensor padded = at::constant_pad_nd(embedded, { 0, 0, before, 2 - before });
    const at::Tensor neighbours
        = at::cat({ padded.narrow(1, 0, length), padded.narrow(1, 1, length), padded.narrow(1, 2, length) }, -1);
    const at::Tensor kernel = m_kernel.permute({ 0, 2, 1 }).reshape({ size, 3 * size });
    const at::Tensor mixed = product(neighbours, kernel, m_kernelBias);
    return m_norm2(m_project(pass.dropout(at::gelu(m_norm1(mixed)))));
}

} // namespace nabiz::trainer
