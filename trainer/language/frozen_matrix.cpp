// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/language/frozen_matrix.h"

#include "trainer/model/layers/product.h"

#include <torch/csrc/autograd/custom_function.h>

namespace nabiz::trainer {

namespace {

// Rows converted at once: some MB, and few products.
constexpr std::int64_t kRows = 1024;
constexpr double kLargestCode = 127;

// Of a row of weights and of one of inputs in ranged(): no sum is larger than their product, 32768 (Cauchy-Schwarz).
constexpr double kRowNorm = 8;
constexpr double kInputNorm = 4096;

struct Codes {
    at::Tensor values; // (rows, inputs)
    at::Tensor scale; // (rows, 1)
};

// Symmetric: code · scale, the row's largest magnitude at ±127.
Codes codesOf(const at::Tensor& matrix)
{
    const at::Tensor wide = matrix.to(at::kFloat);
    const at::Tensor scale = wide.abs().amax(1, true).clamp_min(1e-30) / kLargestCode;
    return { at::round(wide / scale).to(at::kChar), scale };
}

at::Tensor rowsOf(
    const at::Tensor& held, const at::Tensor& scale, std::int64_t begin, std::int64_t count, at::ScalarType type)
{
    const at::Tensor rows = held.narrow(0, begin, count);
    if (!scale.defined())
        return rows.to(type);
    return (rows.to(at::kFloat) * scale.narrow(0, begin, count)).to(type);
}

class ConvertedProduct : public torch::autograd::Function<ConvertedProduct> {
public:
    static at::Tensor forward(torch::autograd::AutogradContext* context, const at::Tensor& x, const at::Tensor& held,
        const std::optional<at::Tensor>& scale, const std::optional<at::Tensor>& bias)
    {
        const at::Tensor scales = scale.value_or(at::Tensor());
        context->save_for_backward({ held, scales });
        std::vector<at::Tensor> outputs;
        for (std::int64_t begin = 0; begin < held.size(0); begin += kRows) {
            const std::int64_t count = std::min(kRows, held.size(0) - begin);
            outputs.push_back(product(x, rowsOf(held, scales, begin, count, x.scalar_type()),
                bias ? bias->narrow(0, begin, count) : at::Tensor()));
        }
        return outputs.size() == 1 ? outputs.front() : at::cat(outputs, -1);
    }

    static torch::autograd::variable_list backward(
        torch::autograd::AutogradContext* context, torch::autograd::variable_list gradients)
    {
        const auto saved = context->get_saved_variables();
        const at::Tensor &held = saved[0], &gradient = gradients[0];
        at::Tensor sum;
        for (std::int64_t begin = 0; begin < held.size(0); begin += kRows) {
            const std::int64_t count = std::min(kRows, held.size(0) - begin);
            const at::Tensor rows = rowsOf(held, saved[1], begin, count, gradient.scalar_type());
            const at::Tensor part = product(gradient.narrow(-1, begin, count), rows.t());
            sum = sum.defined() ? sum.add_(part) : part;
        }
        return { sum, at::Tensor(), at::Tensor(), at::Tensor() };
    }
};

} // namespace

FrozenMatrix::FrozenMatrix(
    const std::vector<at::Tensor>& parts, at::ScalarType held, const at::TensorOptions& computed, bool isRanged)
    : m_computed(at::typeMetaToScalarType(computed.dtype()))
{
    std::vector<at::Tensor> values, scales;
    for (const at::Tensor& part : isRanged&& m_computed == at::kHalf ? rangedParts(parts) : parts) {
        if (held == at::kChar) {
            const Codes codes = codesOf(part);
            values.push_back(codes.values);
            scales.push_back(codes.scale);
        } else {
            values.push_back(part.to(held));
        }
    }
    // A copy even of one part: the file that it came from is closed.
    m_held = at::cat(values).to(computed.device());
    if (!scales.empty())
        m_scale = at::cat(scales).to(computed.device());
    if (m_factor.defined())
        m_factor = m_factor.to(computed.device());
}

// Each row made smaller by its factor.
std::vector<at::Tensor> FrozenMatrix::rangedParts(const std::vector<at::Tensor>& parts)
{
    std::vector<at::Tensor> smaller, factors;
    for (const at::Tensor& part : parts) {
        const at::Tensor wide = part.to(at::kFloat);
        const at::Tensor share = powersOfTwo((kRowNorm / at::linalg_vector_norm(wide, 2, { 1 }, true)).clamp_max(1));
        smaller.push_back(wide * share);
        factors.push_back(share.squeeze(1).reciprocal());
    }
    m_factor = at::cat(factors);
    if ((m_factor == 1).all().item<bool>())
        m_factor.reset();
    return smaller;
}

at::Tensor FrozenMatrix::operator()(const at::Tensor& x, const at::Tensor& bias) const
{
    if (m_held.scalar_type() == m_computed)
        return product(x, m_held, bias);
    return ConvertedProduct::apply(x, m_held, m_scale.defined() ? std::optional(m_scale) : std::nullopt,
        bias.defined() ? std::optional(bias) : std::nullopt);
}

at::Tensor FrozenMatrix::ranged(const at::Tensor& x, const at::Tensor& bias) const
{
    if (m_computed != at::kHalf)
        return (*this)(x, bias);
    const at::Tensor norm = at::linalg_vector_norm(x.detach(), 2, { -1 }, true, at::kFloat);
    const at::Tensor share = powersOfTwo(kInputNorm / norm.clamp_min(kInputNorm));
    at::Tensor y = (*this)(x * share.to(at::kHalf)).to(at::kFloat) / share;
    if (m_factor.defined())
        y = y * m_factor;
    return bias.defined() ? y + bias : y;
}

std::int64_t FrozenMatrix::bytes() const
{
    std::size_t sum = m_held.nbytes();
    for (const at::Tensor& besides : { m_scale, m_factor })
        sum += besides.defined() ? besides.nbytes() : 0;
    return static_cast<std::int64_t>(sum);
}

at::Tensor powersOfTwo(const at::Tensor& x)
{
    return at::exp2(at::floor(at::log2(x)));
}

} // namespace nabiz::trainer
