// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/model/relation.h"

#include "trainer/model/autocast.h"
#include "trainer/model/product.h"

#include <torch/csrc/autograd/custom_function.h>

namespace nabiz::trainer {

namespace {

    constexpr double kEpsilon = 1e-5;

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
                const std::int64_t partners = (plan.triangle ? i + 1 : stop) - start;
                const std::int64_t rows = std::max<std::int64_t>(1, pairsAtOnce(device) / (batch * partners));
                const std::int64_t end = std::min(stop, i + rows);
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

    // What the net is made of, in the type that it computes in.
    struct Net {
        at::Tensor weight, bias, gain, shift;
    };

    struct Pairs {
        at::Tensor z; // before the GELU, (pairs, d)
        at::Tensor g; // behind it
        at::Tensor y; // before the norm, float32
    };

    Pairs computed(const at::Tensor& p, const at::Tensor& q, const Span& span, const Net& net)
    {
        Pairs pairs;
        pairs.z = (p.narrow(1, span.begin, span.end - span.begin).unsqueeze(2)
            + q.narrow(1, span.first, span.last - span.first).unsqueeze(1))
                      .view({ -1, p.size(2) });
        pairs.g = at::gelu(pairs.z);
        pairs.y = product(pairs.g, net.weight, net.bias).to(at::kFloat);
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
            const Autocast exact(p.device().type(), {}); // each type is chosen here
            const Net net { weight.to(p.scalar_type()), bias.to(p.scalar_type()), gain, shift };
            const auto options = p.options().dtype(at::kFloat);
            at::Tensor mean = at::empty(p.sizes(), options);
            for (const Span& span : spansOf(plan, p.size(0), p.size(1), p.device())) {
                const Pairs pairs = computed(p, q, span, net);
                const at::Tensor normed = std::get<0>(at::native_layer_norm(pairs.y, { p.size(2) }, gain, shift, kEpsilon));
                const at::Tensor shares = sharesOf(span, plan, p.size(1), options);
                const at::Tensor sums = at::matmul(
                    shares.unsqueeze(1), normed.view({ p.size(0), shares.size(0), shares.size(1), p.size(2) }));
                mean.narrow(1, span.begin, shares.size(0)).copy_(sums.squeeze(2));
            }
            context->save_for_backward({ p, q, weight, bias, gain, shift });
            context->saved_data["group"] = plan.group;
            context->saved_data["triangle"] = plan.triangle;
            context->saved_data["byCount"] = plan.byCount;
            return mean;
        }

        static Tensors backward(torch::autograd::AutogradContext* context, Tensors gradients)
        {
            const Tensors saved = context->get_saved_variables();
            const at::Tensor &p = saved[0], &q = saved[1];
            const PairPlan plan { context->saved_data["group"].toInt(), context->saved_data["triangle"].toBool(),
                context->saved_data["byCount"].toBool() };
            const Net net { saved[2].to(p.scalar_type()), saved[3].to(p.scalar_type()), saved[4], saved[5] };
            const auto options = p.options().dtype(at::kFloat);
            Sums sums { at::empty(p.sizes(), options), at::zeros(p.sizes(), options), at::zeros_like(saved[2]),
                at::zeros_like(saved[3]), at::zeros_like(saved[4]), at::zeros_like(saved[5]) };
            for (const Span& span : spansOf(plan, p.size(0), p.size(1), p.device()))
                addGradients(sums, p, q, gradients[0], span, plan, net);
            return { sums.p.to(p.scalar_type()), sums.q.to(q.scalar_type()), sums.weight, sums.bias, sums.gain, sums.shift,
                at::Tensor() };
        }

    private:
        struct Sums {
            at::Tensor p, q, weight, bias, gain, shift;
        };

        static void addGradients(Sums& sums, const at::Tensor& p, const at::Tensor& q, const at::Tensor& gradient,
            const Span& span, const PairPlan& plan, const Net& net)
        {
            const std::int64_t batch = p.size(0), size = p.size(2);
            const std::int64_t rows = span.end - span.begin, partners = span.last - span.first;
            const Pairs pairs = computed(p, q, span, net);
            const auto [normed, mean, deviation] = at::native_layer_norm(pairs.y, { size }, net.gain, net.shift, kEpsilon);
            const at::Tensor shares = sharesOf(span, plan, p.size(1), gradient.options()).view({ 1, rows, partners, 1 });
            const at::Tensor ofNormed = (gradient.narrow(1, span.begin, rows).unsqueeze(2) * shares).view({ -1, size });
            auto [ofY, ofGain, ofShift] = at::native_layer_norm_backward(
                ofNormed, pairs.y, { size }, mean, deviation, net.gain, net.shift, { true, true, true });
            sums.gain.add_(ofGain);
            sums.shift.add_(ofShift);
            sums.bias.add_(ofY.sum(0));
            ofY = ofY.to(pairs.g.scalar_type());
            sums.weight.add_(product(ofY.t(), pairs.g.t()));
            const at::Tensor ofZ = at::gelu_backward(product(ofY, net.weight.t()), pairs.z)
                                       .view({ batch, rows, partners, size });
            sums.p.narrow(1, span.begin, rows).copy_(ofZ.sum(2, false, at::kFloat));
            sums.q.narrow(1, span.first, partners).add_(ofZ.sum(1, false, at::kFloat));
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
    const at::Tensor p = product(x, m_inWeight.narrow(1, 0, size));
    const at::Tensor q = product(x, m_inWeight.narrow(1, size, size), m_inBias);
    return PairMean::apply(p, q, m_outWeight, m_outBias, m_gain, m_shift, plan);
}

} // namespace nabiz::trainer
