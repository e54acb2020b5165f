// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/model/experts/linear_attention.h"

#include "trainer/model/layers/autocast.h"

namespace nabiz::trainer {

namespace {

constexpr double kSmallest = 1e-8;
// Within a chunk the weights are computed whole, between chunks only their sum is carried.
constexpr std::int64_t kChunk = 64;

// φ(Q)(φ(K)ᵀ V) over the whole sequence. The last column of `v` is 1 and gives the divisor.
at::Tensor whole(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v)
{
    return at::matmul(q, at::matmul(k.transpose(-1, -2), v));
}

at::Tensor running(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v)
{
    const std::int64_t length = q.size(2);
    std::vector<at::Tensor> chunks;
    at::Tensor before; // φ(K)ᵀ V of the chunks that have passed
    for (std::int64_t begin = 0; begin < length; begin += kChunk) {
        const std::int64_t size = std::min(kChunk, length - begin);
        const at::Tensor queries = q.narrow(2, begin, size), keys = k.narrow(2, begin, size);
        const at::Tensor values = v.narrow(2, begin, size);
        at::Tensor sum = at::matmul(at::tril(at::matmul(queries, keys.transpose(-1, -2))), values);
        if (before.defined())
            sum = sum + at::matmul(queries, before);
        chunks.push_back(sum);
        if (begin + size < length) {
            const at::Tensor ofChunk = at::matmul(keys.transpose(-1, -2), values);
            before = before.defined() ? before + ofChunk : ofChunk;
        }
    }
    return at::cat(chunks, 2);
}

} // namespace

LinearAttention::LinearAttention(
    Weights& weights, const std::string& name, std::int64_t size, std::int64_t heads, bool causal)
    : m_q(weights, name + ".q", size, size)
    , m_k(weights, name + ".k", size, size)
    , m_v(weights, name + ".v", size, size)
    , m_o(weights, name + ".o", size, size)
    , m_features(weights.fixedNormals(name + ".features", { size / heads, std::max<std::int64_t>(size / heads, 64) }))
    , m_heads(heads)
    , m_causal(causal)
{
}

at::Tensor LinearAttention::heads(const at::Tensor& projected) const
{
    return projected.view({ projected.size(0), projected.size(1), m_heads, -1 }).transpose(1, 2).to(at::kFloat);
}

at::Tensor LinearAttention::operator()(const at::Tensor& x, Pass&) const
{
    const at::Tensor queries = m_q(x), keys = m_k(x), projected = m_v(x);
    at::Tensor y;
    {
        // Sums over the whole sequence leave float16's range.
        const Autocast exact(x.device().type(), {});
        const at::Tensor q = at::relu(at::matmul(heads(queries), m_features)) + kSmallest;
        const at::Tensor k = at::relu(at::matmul(heads(keys), m_features)) + kSmallest;
        const at::Tensor values = heads(projected);
        const at::Tensor v = at::constant_pad_nd(values, { 0, 1 }, 1);
        const at::Tensor sums = m_causal ? running(q, k, v) : whole(q, k, v);
        const std::int64_t width = values.size(-1);
        y = sums.narrow(-1, 0, width) / (sums.narrow(-1, width, 1) + kSmallest);
    }
    return m_o(y.transpose(1, 2).reshape(x.sizes()));
}

} // namespace nabiz::trainer
