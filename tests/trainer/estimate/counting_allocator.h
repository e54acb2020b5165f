// SPDX-License-Identifier: GPL-3.0-or-later
// Counts the bytes that LibTorch's tensors take on the CPU, now and at most, around its own allocator. What is freed
// later than it was last used counts as long as it is held, as on a GPU. Any thread.
#pragma once

#include <c10/core/Allocator.h>

#include <atomic>
#include <cstdint>

namespace nabiz::test {

class CountingAllocator : public c10::Allocator {
public:
    // Set in the place of LibTorch's at the first call, for the rest of the process.
    static CountingAllocator& instance();

    // The peak begins anew at what is held now.
    void reset();
    std::int64_t current() const { return m_current; }
    std::int64_t peak() const { return m_peak; }

    c10::DataPtr allocate(std::size_t bytes) override;
    c10::DeleterFnPtr raw_deleter() const override { return &CountingAllocator::release; }
    void copy_data(void* target, const void* source, std::size_t bytes) const override;

private:
    CountingAllocator();
    static void release(void* memory);

    std::atomic<std::int64_t> m_current { 0 };
    std::atomic<std::int64_t> m_peak { 0 };
};

} // namespace nabiz::test
