// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/trainer/estimate/counting_allocator.h"

#include <c10/core/impl/alloc_cpu.h>

#include <cstring>
#include <limits>

#include <malloc.h>

namespace nabiz::test {

CountingAllocator& CountingAllocator::instance()
{
    static CountingAllocator allocator;
    return allocator;
}

CountingAllocator::CountingAllocator()
{
    c10::SetAllocator(c10::DeviceType::CPU, this, std::numeric_limits<std::uint8_t>::max());
}

void CountingAllocator::reset()
{
    m_peak = m_current.load();
}

c10::DataPtr CountingAllocator::allocate(std::size_t bytes)
{
    void* const memory = c10::alloc_cpu(bytes);
    const std::int64_t current = m_current += static_cast<std::int64_t>(malloc_usable_size(memory));
    std::int64_t peak = m_peak;
    while (current > peak && !m_peak.compare_exchange_weak(peak, current)) { }
    return { memory, memory, &CountingAllocator::release, c10::Device(c10::kCPU) };
}

void CountingAllocator::release(void* memory)
{
    instance().m_current -= static_cast<std::int64_t>(malloc_usable_size(memory));
    c10::free_cpu(memory);
}

void CountingAllocator::copy_data(void* target, const void* source, std::size_t bytes) const
{
    std::memcpy(target, source, bytes);
}

} // namespace nabiz::test
