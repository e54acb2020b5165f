// SPDX-License-Identifier: GPL-3.0-or-later
// LibTorch's memory on the CPU, counted and capped: what tensors hold now and at most, as a GPU's allocator tells it,
// and a limit that refuses an allocation before it passes it. Stands around LibTorch's own. Any thread; the limit is
// set between runs.
#pragma once

#include <c10/core/Allocator.h>

#include <atomic>
#include <cstdint>
#include <optional>

namespace nabiz::trainer {

// What was told of an allocation that was not made. In bytes.
struct Refusal {
    std::int64_t asked = 0;
    std::int64_t held = 0; // at that moment
    std::int64_t limit = 0; // that it would have passed; 0: there was no more
};

class HostAllocator final : public c10::Allocator {
public:
    // In LibTorch's place from the first call on, for the rest of the process.
    static HostAllocator& instance();
    // False until then, and where another one stood in its way.
    static bool isInUse();

    // The peak begins anew at what is held now.
    void resetPeak() { m_peak.store(m_current); }
    std::int64_t current() const { return m_current; }
    std::int64_t peak() const { return m_peak; }

    // The most that tensors may hold; 0 = as much as there is.
    void setLimit(std::int64_t bytes) { m_limit = bytes; }
    // What was refused since the last time that it was asked.
    std::optional<Refusal> takeRefusal();

    // Throws c10::OutOfMemoryError. An allocator of a test gives up by this, too.
    [[noreturn]] void refuse(std::int64_t bytes, std::int64_t limit = 0);

    c10::DataPtr allocate(std::size_t bytes) override;
    c10::DeleterFnPtr raw_deleter() const override { return &HostAllocator::release; }
    void copy_data(void* target, const void* source, std::size_t bytes) const override;

private:
    HostAllocator();
    static void release(void* memory);

    std::atomic<std::int64_t> m_current { 0 };
    std::atomic<std::int64_t> m_peak { 0 };
    std::atomic<std::int64_t> m_limit { 0 };
    std::atomic<std::int64_t> m_refused { 0 };
    std::atomic<std::int64_t> m_heldThen { 0 };
    std::atomic<std::int64_t> m_limitThen { 0 };
};

} // namespace nabiz::trainer
