// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/model/layers/pass.h"

#include "trainer/model/layers/dropout.h"

namespace nabiz::trainer {

namespace {

std::uint64_t splitMix(std::uint64_t x)
{
    x += 0x9e3779b97f4a7c15u;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
    return x ^ (x >> 31);
}

} // namespace

Pass Pass::training(double dropout, std::uint64_t seed)
{
    Pass pass;
    pass.m_training = true;
    pass.m_dropout = dropout;
    pass.m_seed = seed;
    return pass;
}

Pass& Pass::setAutocast(std::optional<at::ScalarType> type)
{
    m_autocast = type;
    return *this;
}

Pass& Pass::setCheckpointing(bool on)
{
    m_checkpointing = on;
    return *this;
}

at::Tensor Pass::dropout(const at::Tensor& x)
{
    const double probability = dropoutProbability();
    if (probability == 0)
        return x;
    const std::int64_t first = m_part ? m_part->number * x.numel() : 0;
    return droppedOut(x, probability, splitMix(m_seed ^ splitMix(m_calls++)), static_cast<std::uint32_t>(first));
}

Pass& Pass::setPart(std::shared_ptr<const BatchPart> part)
{
    m_part = std::move(part);
    return *this;
}

at::Tensor Pass::batchMean(const at::Tensor& mean)
{
    if (!m_part)
        return mean;
    const at::Tensor share = mean / static_cast<double>(m_part->count);
    const at::Tensor whole = kept([&] { return m_part->sum(share.detach()); });
    return whole + (share - share.detach());
}

void Pass::begin()
{
    m_observations.clear();
    m_traces.clear();
}

void Pass::observe(Metric first, const at::Tensor& values)
{
    if (!m_replaying)
        m_observations.push_back({ first, values.detach() });
}

void Pass::trace(std::string_view part, const at::Tensor& x)
{
    if (!m_replaying && m_training)
        m_traces.push_back({ part, x.detach().sum(at::kFloat) });
}

at::Tensor Pass::kept(const std::function<at::Tensor()>& compute)
{
    if (!m_kept)
        return compute();
    if (m_replaying)
        return m_kept->values.at(m_kept->next++);
    m_kept->values.push_back(compute());
    return m_kept->values.back();
}

Pass Pass::replay()
{
    m_kept = std::make_shared<Kept>();
    Pass copy = *this;
    copy.m_replaying = true;
    copy.m_checkpointing = false;
    copy.begin();
    return copy;
}

} // namespace nabiz::trainer
