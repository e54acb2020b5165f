// SPDX-License-Identifier: GPL-3.0-or-later
// Adds up the gradients of all ranks while the backward pass is still under way: in buckets, in the reverse order of
// the parameters, which is about the order in which they are ready. Training thread, hooks too.
#pragma once

#include "trainer/distributed/comm.h"
#include "trainer/model/layers/weights.h"

#include <vector>

namespace nabiz::trainer {

inline constexpr std::int64_t kBucketBytes = 25 * 1024 * 1024;

class GradientBuckets {
public:
    // With a lone Comm it does nothing at all. `overlaps` off: all are sent when the backward pass is over, to measure
    // what the overlap is worth.
    GradientBuckets(Comm& comm, const std::vector<NamedTensor>& trained, std::int64_t bucketBytes = kBucketBytes,
        bool overlaps = true);
    ~GradientBuckets();
    GradientBuckets(const GradientBuckets&) = delete;
    GradientBuckets& operator=(const GradientBuckets&) = delete;

    // Before the backward pass of the last micro-batch of a step: what comes before it only adds up here.
    void begin();
    // After it: every gradient is the sum over the ranks. Returns the seconds that it waited for them.
    double finish();

    std::size_t count() const { return m_buckets.size(); }

private:
    struct Member {
        at::Tensor parameter;
        std::size_t bucket = 0;
        at::Tensor place; // in the bucket, with the parameter's shape
        int expected = 0; // gradients that a backward pass adds: several where it is computed in parts
        int seen = 0; // in this one
    };
    struct Bucket {
        at::Tensor flat;
        std::vector<std::size_t> members;
        std::size_t waiting = 0; // members that are not ready
        std::unique_ptr<Comm::Work> work;
    };
    class Hook;

    void ready(std::size_t member);
    void send(Bucket& bucket);
    void sendReady();
    bool sendAgain();

    Comm& m_comm;
    const bool m_overlaps;
    std::vector<Member> m_members;
    std::vector<Bucket> m_buckets;
    std::size_t m_next = 0; // bucket to send: every rank sends them in the same order
    bool m_active = false;
    bool m_late = false; // a gradient came after its bucket had gone
};

} // namespace nabiz::trainer
