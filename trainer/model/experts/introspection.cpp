// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/model/experts/introspection.h"

namespace nabiz::trainer {

namespace {

constexpr int kRounds = 2;
constexpr double kThreshold = 0.5; // of an error, and of the decision to go on

} // namespace

Introspection::Introspection(Weights& weights, const std::string& name, const ModelConfig& config)
    : m_observeNorm(weights, name + ".observe_norm", config.size)
    , m_observe(weights, name + ".observe", config.size, config.heads, config.causal)
    , m_meta(weights, name + ".meta", 2 * config.size, config.size, config.size, Mlp::End::Norm)
    , m_error(weights, name + ".error", config.size, config.size / 2, 1, Mlp::End::Plain)
    , m_confidence(weights, name + ".confidence", config.size, config.size / 2, 1, Mlp::End::Plain)
    , m_correction(weights, name + ".correction", 2 * config.size, config.size, config.size, Mlp::End::Norm)
    , m_decision(weights, name + ".decision", config.size, config.size / 2, 1, Mlp::End::Plain)
    , m_norm(weights, name + ".norm", config.size)
    , m_causal(config.causal)
{
}

at::Tensor Introspection::operator()(const at::Tensor& x, const at::Tensor& past, Pass& pass) const
{
    if (!m_causal)
        return byBatch(x, past.defined() ? past.mean(1, true).expand_as(x) : past, pass);
    if (!past.defined())
        return byPosition(x, past, pass);
    const at::Tensor counts = at::arange(1, x.size(1) + 1, past.options()).unsqueeze(1);
    return byPosition(x, past.cumsum(1) / counts, pass);
}

Introspection::View Introspection::look(const at::Tensor& x, const at::Tensor& past, Pass& pass) const
{
    View view;
    view.state = x + pass.dropout(m_observe(m_observeNorm(x), pass));
    if (past.defined())
        view.state = view.state + m_meta(at::cat({ view.state, past }, -1), pass);
    view.error = at::sigmoid(m_error(view.state));
    view.confidence = at::sigmoid(m_confidence(view.state));
    return view;
}

at::Tensor Introspection::corrected(const at::Tensor& x, const at::Tensor& error, Pass& pass) const
{
    return m_norm(x + m_correction(at::cat({ x, error.expand_as(x).to(x.scalar_type()) }, -1), pass));
}

at::Tensor Introspection::byBatch(at::Tensor x, const at::Tensor& past, Pass& pass) const
{
    View view;
    int round = 0;
    for (bool goesOn = true; goesOn && round < kRounds; ++round) {
        view = look(x, past, pass);
        x = pass.batchMean(view.error.mean().detach()).item<double>() > kThreshold ? corrected(x, view.error, pass)
                                                                                   : view.state;
        goesOn = pass.batchMean(at::sigmoid(m_decision(x.mean(1))).mean().detach()).item<double>() >= kThreshold;
    }
    pass.observe(Metric::IntrospectionError, at::stack({ view.error.mean(), view.confidence.mean() }));
    pass.observe(Metric::IntrospectionRounds, at::full({ 1 }, round, x.options()));
    return x;
}

at::Tensor Introspection::byPosition(at::Tensor x, const at::Tensor& past, Pass& pass) const
{
    View view;
    at::Tensor goesOn, rounds;
    for (int round = 0; round < kRounds; ++round) {
        view = look(x, past, pass);
        const at::Tensor next = at::where(view.error > kThreshold, corrected(x, view.error, pass), view.state);
        x = goesOn.defined() ? at::where(goesOn, next, x) : next;
        rounds = goesOn.defined() ? rounds + goesOn.to(at::kFloat).mean() : at::ones({}, x.options().dtype(at::kFloat));
        const at::Tensor decided = at::sigmoid(m_decision(x)) >= kThreshold;
        goesOn = goesOn.defined() ? goesOn.logical_and(decided) : decided;
    }
    pass.observe(Metric::IntrospectionError, at::stack({ view.error.mean(), view.confidence.mean() }));
    pass.observe(Metric::IntrospectionRounds, rounds.unsqueeze(0));
    return x;
}

} // namespace nabiz::trainer
