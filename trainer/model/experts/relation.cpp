// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/model/experts/relation.h"

#include "trainer/model/layers/autocast.h"
#include "trainer/model/layers/product.h"
#include "trainer/model/layers/stream_range.h"

#include <torch/csrc/autograd/custom_function.h>

namespace nabiz::trainer {

namespace {

constexpr double kEpsilon = 1e-5;
constexpr double kLargest = 32768; // before a GELU, in float16
constexpr double kPulled = 64; // the largest of a gradient that pairs are multiplied by, in float16

// Positions i of [begin, end) with their partners of [first, last).
struct Span {
    std::int64_t begin, end, first, last;
};

// So many pairs at once: enough for a product to run at full speed, few enough to stay in a cache.
std::int64_t pairsAtOnce(at::Device device)
{
    return device.is_cpu() ? 4096 : 131072;
}

std::vector<Span> spansOf(const PairPlan& plan, std::int64_t batch, std::int64_t length, at::Device device)
{
    std::vector<Span> spans;
    for (std::int64_t start = 0; start < length; start += plan.group) {
        const std::int64_t stop = std::min(length, start + plan.group);
        for (std::int64_t i = start; i < stop;) {
            // In a triangle the last row of a span has the most partners, and the others are computed with as many.
            const auto pairs
                = [&](std::int64_t end) { return batch * (end - i) * ((plan.triangle ? end : stop) - start); };
            std::int64_t end = i + 1;
            while (end < stop && pairs(end + 1) <= pairsAtOnce(device))
                ++end;
            spans.push_back({ i, end, start, plan.triangle ? end : stop });
            i = end;
        }
    }
    return spans;
}

// (rows, partners): what each pair counts.
at::Tensor sharesOf(const Span& span, const PairPlan& plan, std::int64_t length, const at::TensorOptions& options)
{
    const at::Tensor rows = at::arange(span.begin, span.end, options).unsqueeze(1);
    const at::Tensor columns = at::arange(span.first, span.last, options).unsqueeze(0);
    const auto group = static_cast<double>(std::min(plan.group, length - span.first));
    if (!plan.triangle)
        return at::full({ span.end - span.begin, span.last - span.first }, 1.0 / group, options);
    const at::Tensor seen = columns.le(rows).to(options);
    if (!plan.byCount)
        return seen / group;
    return seen / (rows - static_cast<double>(span.first) + 1);
}

// (…, d) → (…): g · (h + k), in float32.
at::Tensor pairDots(const at::Tensor& g, const at::Tensor& h, const at::Tensor& k)
{
    return (g.to(at::kFloat) * (h.to(at::kFloat) + k)).sum(-1);
}

// slope (h + k) + weight · pulled_i of every pair.
at::Tensor pairGradients(const at::Tensor& h, const at::Tensor& k, const at::Tensor& slopes, const at::Tensor& pulled,
    const at::Tensor& weights)
{
    return at::addcmul(pulled.unsqueeze(2) * weights.unsqueeze(-1), h + k, slopes.unsqueeze(-1));
}

// relation = γ · (Wc g + bc) ρ + β over g = GELU(p_i + q_j), where Wc and bc are W₂ and its bias less their mean over
// the outputs, and ρ⁻² = |Wc g + bc|² / d + ε. The mean over j is then a mean of ρ g, one product of length T behind
// it, and what is left for every pair is g·M·g with M = WcᵀWc: one product of a pair forward, two backward. In float16
// the pairs are s g, at most 1: far up the stream, ρ and what it is multiplied by would leave that type's range at its
// lower end. |Wc s g + s bc|² is s² |Wc g + bc|², and ρ/s is had in ρ's place. In other types s is 1.
struct Net {
    Net(const at::Tensor& p, const at::Tensor& q, at::ScalarType pairs, const at::Tensor& weight,
        const at::Tensor& bias)
        : type(pairs)
        , scale(pairs == at::kHalf ? at::minimum(unitScale(p), unitScale(q)) / 2 : at::ones({}, weight.options()))
        , before((scale * kLargest).clamp_max(1))
        , centered(weight - weight.mean(0, true))
        , shift((bias - bias.mean()) * scale)
        , squares(at::matmul(centered.t(), centered).to(type))
        , cross(at::mv(centered.t(), shift))
        , rest(shift.square().sum())
        , epsilon(scale.square() * kEpsilon)
    {
    }
    // p or q as the pairs are made of it.
    at::Tensor held(const at::Tensor& x) const { return type == at::kHalf ? (x * before).to(type) : x; }

    at::ScalarType type; // of the pairs
    at::Tensor scale; // s
    at::Tensor
        before; // the part of s that is needed before the GELU already: 1 but for numbers that float16 cannot hold
    at::Tensor centered; // Wc (d, d)
    at::Tensor shift; // s bc (d)
    at::Tensor squares; // M (d, d), in the type of the pairs
    at::Tensor cross; // s Wcᵀ bc (d)
    at::Tensor rest; // |s bc|²
    at::Tensor epsilon; // s² ε
};

// Of one span, (B, rows, partners, d) or without its last dimension.
struct Pairs {
    at::Tensor z; // before the GELU
    at::Tensor g; // behind it, times s
    at::Tensor h; // M g
    at::Tensor rho; // float32, over s
};

Pairs computed(const at::Tensor& p, const at::Tensor& q, const Span& span, const Net& net)
{
    const std::int64_t size = p.size(2);
    Pairs pairs;
    pairs.z = p.narrow(1, span.begin, span.end - span.begin).unsqueeze(2)
        + q.narrow(1, span.first, span.last - span.first).unsqueeze(1);
    pairs.g = at::gelu(pairs.z);
    if (net.type == at::kHalf)
        pairs.g.mul_(net.scale / net.before);
    pairs.h = product(pairs.g.view({ -1, size }), net.squares).view(pairs.g.sizes());
    const at::Tensor squares = pairDots(pairs.g, pairs.h, net.cross * 2) + net.rest;
    pairs.rho = at::rsqrt(squares.clamp_min(0) / static_cast<double>(size) + net.epsilon);
    return pairs;
}

class PairMean : public torch::autograd::Function<PairMean> {
public:
    using Tensors = torch::autograd::variable_list;

    // p, q (B, T, d) of A·x and B·x + c; the rest float32.
    static at::Tensor forward(torch::autograd::AutogradContext* context, const at::Tensor& p, const at::Tensor& q,
        const at::Tensor& weight, const at::Tensor& bias, const at::Tensor& gain, const at::Tensor& shift,
        const PairPlan& plan)
    {
        const at::ScalarType type = castsToHalf(p.device()) ? at::kHalf : p.scalar_type();
        const Autocast exact(p.device().type(), {}); // each type is chosen here
        const Net net(p, q, type, weight, bias);
        const at::Tensor firsts = net.held(p), seconds = net.held(q);
        const auto options = p.options().dtype(at::kFloat);
        at::Tensor sums = at::empty(p.sizes(), options); // Σ_j share ρ g
        at::Tensor scales = at::empty({ p.size(0), p.size(1), 1 }, options); // Σ_j share ρ
        at::Tensor counts = at::empty({ p.size(1), 1 }, options); // Σ_j share
        for (const Span& span : spansOf(plan, p.size(0), p.size(1), p.device())) {
            const Pairs pairs = computed(firsts, seconds, span, net);
            const at::Tensor shares = sharesOf(span, plan, p.size(1), options);
            const at::Tensor weights = pairs.rho * shares;
            const std::int64_t rows = span.end - span.begin;
            sums.narrow(1, span.begin, rows)
                .copy_(at::matmul(weights.unsqueeze(2).to(pairs.g.scalar_type()), pairs.g).squeeze(2));
            scales.narrow(1, span.begin, rows).copy_(weights.sum(2, true));
            counts.narrow(0, span.begin, rows).copy_(shares.sum(1, true));
        }
        context->save_for_backward({ p, q, weight, bias, gain, sums, scales, counts });
        context->saved_data["type"] = static_cast<std::int64_t>(type);
        context->saved_data["group"] = plan.group;
        context->saved_data["triangle"] = plan.triangle;
        context->saved_data["byCount"] = plan.byCount;
        return gain * normedOf(net, sums, scales) + shift * counts;
    }

    static Tensors backward(torch::autograd::AutogradContext* context, Tensors gradients)
    {
        const Tensors saved = context->get_saved_variables();
        const at::Tensor &p = saved[0], &q = saved[1], &gain = saved[4], &sums = saved[5], &scales = saved[6];
        const PairPlan plan { context->saved_data["group"].toInt(), context->saved_data["triangle"].toBool(),
            context->saved_data["byCount"].toBool() };
        const Net net(p, q, static_cast<at::ScalarType>(context->saved_data["type"].toInt()), saved[2], saved[3]);
        const at::Tensor& gradient = gradients[0];
        const at::Tensor pull = gradient * gain;
        Sums total(p, net, pull);
        const at::Tensor firsts = net.held(p), seconds = net.held(q);
        for (const Span& span : spansOf(plan, p.size(0), p.size(1), p.device()))
            addGradients(total, firsts, seconds, span, plan, net);

        const std::int64_t size = p.size(2);
        const auto flat = [size](const at::Tensor& x) { return x.reshape({ -1, size }); };
        const at::Tensor states = total.states / total.unit, back = net.scale / total.unit;
        at::Tensor ofWeight = at::matmul(flat(pull).t(), flat(sums));
        ofWeight.add_(at::matmul(net.centered, total.squares / total.unit) + at::outer(net.shift, states), 2);
        at::Tensor ofBias = (pull * scales).sum(at::IntArrayRef({ 0, 1 }));
        ofBias.add_(at::mv(net.centered, states) + net.shift * total.slopes, 2).mul_(net.scale);
        return { (total.p * back).to(p.scalar_type()), (total.q * back).to(q.scalar_type()),
            ofWeight - ofWeight.mean(0, true), ofBias - ofBias.mean(),
            (gradient * normedOf(net, sums, scales)).sum(at::IntArrayRef({ 0, 1 })),
            (gradient * saved[7]).sum(at::IntArrayRef({ 0, 1 })), at::Tensor() };
    }

private:
    // Σ_j share ρ (Wc g + bc)
    static at::Tensor normedOf(const Net& net, const at::Tensor& sums, const at::Tensor& scales)
    {
        return at::linear(sums, net.centered) + scales * net.shift;
    }

    struct Sums {
        Sums(const at::Tensor& p0, const Net& net, const at::Tensor& pull)
            : p(at::empty(p0.sizes(), pull.options()))
            , q(at::zeros(p0.sizes(), pull.options()))
            , squares(at::zeros({ p0.size(2), p0.size(2) }, pull.options()))
            , states(at::zeros({ p0.size(2) }, pull.options()))
            , slopes(at::zeros({}, pull.options()))
            , pulled(at::matmul(pull, net.centered))
            , unit(
                  net.type == at::kHalf ? kPulled / pulled.abs().amax().clamp_min(1e-30) : at::ones({}, pull.options()))
            , offset(at::matmul(pull, net.shift).unsqueeze(-1))
        {
        }
        at::Tensor p, q; // these and the next two are times the unit
        at::Tensor squares; // Σ slope g gᵀ
        at::Tensor states; // Σ slope g
        at::Tensor slopes; // Σ slope, the gradient of |Wc g + bc|²
        at::Tensor pulled; // Wcᵀ (γ gradient), (B, T, d)
        at::Tensor unit; // what brings it into float16's range; 1 in other types
        at::Tensor offset; // bc · (γ gradient), (B, T, 1)
    };

    static void addGradients(
        Sums& total, const at::Tensor& p, const at::Tensor& q, const Span& span, const PairPlan& plan, const Net& net)
    {
        const std::int64_t size = p.size(2), rows = span.end - span.begin, partners = span.last - span.first;
        const at::ScalarType type = net.type;
        const Pairs pairs = computed(p, q, span, net);
        const at::Tensor shares = sharesOf(span, plan, p.size(1), total.q.options());
        const at::Tensor pulled = (total.pulled.narrow(1, span.begin, rows) * total.unit).to(type);
        const at::Tensor along = at::matmul(pairs.g, pulled.unsqueeze(-1)).squeeze(-1).to(at::kFloat)
            + total.offset.narrow(1, span.begin, rows) * total.unit;
        const at::Tensor weights = pairs.rho * shares;
        const at::Tensor slopes = along * weights * pairs.rho.square() * (-0.5 / static_cast<double>(size));
        const at::Tensor scaled = pairs.g * slopes.to(type).unsqueeze(-1);
        total.slopes.add_(slopes.sum() / total.unit);
        total.states.add_(scaled.sum(at::IntArrayRef({ 0, 1, 2 }), false, at::kFloat));
        total.squares.add_(product(scaled.view({ -1, size }).t(), pairs.g.view({ -1, size }).t()));
        const at::Tensor ofG
            = pairGradients(pairs.h, net.cross.to(type), (slopes * 2).to(type), pulled, weights.to(type));
        const at::Tensor ofZ = at::gelu_backward(ofG, pairs.z);
        total.p.narrow(1, span.begin, rows).copy_(ofZ.sum(2, false, at::kFloat));
        total.q.narrow(1, span.first, partners).add_(ofZ.sum(1, false, at::kFloat));
    }
};

} // namespace

Relation::Relation(Weights& weights, const std::string& name, std::int64_t size)
    : m_inWeight(weights.matrix(name + ".in.weight", { size, 2 * size }))
    , m_inBias(weights.bias(name + ".in.bias", size, 2 * size))
    , m_outWeight(weights.matrix(name + ".out.weight", { size, size }))
    , m_outBias(weights.bias(name + ".out.bias", size, size))
    , m_gain(weights.constant(name + ".norm.weight", size, 1))
    , m_shift(weights.constant(name + ".norm.bias", size, 0))
{
}

at::Tensor Relation::operator()(const at::Tensor& x, const PairPlan& plan) const
{
    const std::int64_t size = x.size(2);
    const at::Tensor p = streamProduct(x, m_inWeight.narrow(1, 0, size));
    const at::Tensor q = streamProduct(x, m_inWeight.narrow(1, size, size), m_inBias);
    return PairMean::apply(p, q, m_outWeight, m_outBias, m_gain, m_shift, plan);
}

} // namespace nabiz::trainer
