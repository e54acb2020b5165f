// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/distributed/gradient_buckets.h"

#include <ATen/core/grad_mode.h>
#include <torch/csrc/autograd/function_hook.h>
#include <torch/csrc/autograd/variable.h>

#include <algorithm>
#include <chrono>

namespace nabiz::trainer {

class GradientBuckets::Hook final : public torch::autograd::PostAccumulateGradHook {
public:
    Hook(GradientBuckets& buckets, std::size_t member)
        : m_buckets(buckets)
        , m_member(member)
    {
    }
    void operator()(const torch::autograd::Variable&) override { m_buckets.ready(m_member); }

private:
    GradientBuckets& m_buckets;
    std::size_t m_member;
};

GradientBuckets::GradientBuckets(
    Comm& comm, const std::vector<NamedTensor>& trained, std::int64_t bucketBytes, bool overlaps)
    : m_comm(comm)
    , m_overlaps(overlaps)
{
    if (comm.size() == 1)
        return;
    std::vector<std::int64_t> elements;
    std::int64_t bytes = 0;
    for (auto entry = trained.rbegin(); entry != trained.rend(); ++entry) {
        const auto size = static_cast<std::int64_t>(entry->tensor.nbytes());
        if (m_buckets.empty() || bytes + size > bucketBytes) {
            m_buckets.emplace_back();
            elements.push_back(0);
            bytes = 0;
        }
        bytes += size;
        elements.back() += entry->tensor.numel();
        m_buckets.back().members.push_back(m_members.size());
        m_members.push_back({ .parameter = entry->tensor, .bucket = m_buckets.size() - 1 });
    }
    for (std::size_t i = 0; i < m_buckets.size(); ++i) {
        const at::Tensor& first = m_members[m_buckets[i].members.front()].parameter;
        m_buckets[i].flat = at::zeros({ elements[i] }, first.options().requires_grad(false));
        std::int64_t begin = 0;
        for (const std::size_t number : m_buckets[i].members) {
            Member& member = m_members[number];
            member.place = m_buckets[i].flat.narrow(0, begin, member.parameter.numel()).view(member.parameter.sizes());
            begin += member.parameter.numel();
            torch::autograd::impl::set_post_acc_grad_hooks(member.parameter, std::make_unique<Hook>(*this, number));
        }
    }
}

GradientBuckets::~GradientBuckets()
{
    for (const Member& member : m_members)
        torch::autograd::impl::set_post_acc_grad_hooks(member.parameter, nullptr);
}

void GradientBuckets::begin()
{
    m_active = m_comm.size() > 1;
    m_next = 0;
    m_late = false;
    for (Member& member : m_members)
        member.seen = 0;
    for (Bucket& bucket : m_buckets)
        bucket.waiting = static_cast<std::size_t>(std::ranges::count_if(
            bucket.members, [this](std::size_t number) { return m_members[number].expected > 0; }));
}

// How many gradients a parameter gets, the first pass tells, which sends everything at its end.
void GradientBuckets::ready(std::size_t number)
{
    if (!m_active)
        return;
    Member& member = m_members[number];
    Bucket& bucket = m_buckets[member.bucket];
    if (++member.seen == member.expected) {
        --bucket.waiting;
        if (m_overlaps)
            sendReady();
    } else if (bucket.work) {
        m_late = true;
    }
}

void GradientBuckets::sendReady()
{
    while (m_next < m_buckets.size() && m_buckets[m_next].waiting == 0)
        send(m_buckets[m_next++]);
}

void GradientBuckets::send(Bucket& bucket)
{
    const at::NoGradGuard guard;
    for (const std::size_t number : bucket.members) {
        const at::Tensor& gradient = m_members[number].parameter.grad();
        if (gradient.defined())
            m_members[number].place.copy_(gradient);
        else
            m_members[number].place.zero_();
    }
    bucket.work = m_comm.startSum(bucket.flat);
}

double GradientBuckets::finish()
{
    if (m_comm.size() == 1)
        return 0;
    const at::NoGradGuard guard;
    m_active = false;
    const auto begun = std::chrono::steady_clock::now();
    while (m_next < m_buckets.size())
        send(m_buckets[m_next++]);
    for (Bucket& bucket : m_buckets)
        bucket.work->wait();
    while (sendAgain()) { }
    for (Bucket& bucket : m_buckets)
        bucket.work.reset();
    for (Member& member : m_members) {
        member.expected = std::max(member.expected, member.seen);
        if (member.parameter.grad().defined())
            member.parameter.mutable_grad().copy_(member.place);
    }
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
}

// Where a gradient of any rank came after its bucket had gone, all send all again: the gradients themselves are still
// each rank's own. True when that was so.
bool GradientBuckets::sendAgain()
{
    const at::Tensor late = at::full({ 1 }, m_late ? 1.0 : 0.0, at::kFloat);
    m_comm.maximum(late);
    m_late = false;
    if (late.item<float>() == 0)
        return false;
    for (Bucket& bucket : m_buckets) {
        send(bucket);
        bucket.work->wait();
    }
    return true;
}

} // namespace nabiz::trainer
