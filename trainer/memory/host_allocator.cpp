// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/memory/host_allocator.h"

#include <c10/core/impl/alloc_cpu.h>
#include <c10/util/Exception.h>

#include <cstring>
#include <string>

#include <malloc.h>

namespace nabiz::trainer {

namespace {

// Above LibTorch's own, below that of a test.
constexpr std::uint8_t kPriority = 200;

std::atomic<bool> inUse = false;

} // namespace

HostAllocator& HostAllocator::instance()
{
    static HostAllocator allocator;
    return allocator;
}

HostAllocator::HostAllocator()
{
    c10::SetAllocator(c10::DeviceType::CPU, this, kPriority);
    inUse = c10::GetAllocator(c10::DeviceType::CPU) == this;
}

bool HostAllocator::isInUse()
{
    return inUse;
}

std::optional<Refusal> HostAllocator::takeRefusal()
{
    const std::int64_t asked = m_refused.exchange(0);
    return asked > 0 ? std::optional(Refusal { asked, m_heldThen, m_limitThen }) : std::nullopt;
}

void HostAllocator::refuse(std::int64_t bytes, std::int64_t limit)
{
    m_heldThen = m_current.load();
    m_limitThen = limit;
    m_refused = bytes;
    throw c10::OutOfMemoryError({ __func__, __FILE__, static_cast<std::uint32_t>(__LINE__) },
        "you tried to allocate " + std::to_string(bytes) + " bytes");
}

c10::DataPtr HostAllocator::allocate(std::size_t bytes)
{
    const auto asked = static_cast<std::int64_t>(bytes);
    const std::int64_t limit = m_limit.load(std::memory_order_relaxed);
    if (limit > 0 && m_current + asked > limit)
        refuse(asked, limit);
    void* memory = nullptr;
    try {
        memory = c10::alloc_cpu(bytes);
    } catch (const c10::Error&) {
        refuse(asked);
    }
    const auto taken = static_cast<std::int64_t>(malloc_usable_size(memory));
    const std::int64_t current = m_current.fetch_add(taken) + taken;
    std::int64_t peak = m_peak;
    while (current > peak && !m_peak.compare_exchange_weak(peak, current)) { }
    return { memory, memory, &HostAllocator::release, c10::Device(c10::kCPU) };
}

void HostAllocator::release(void* memory)
{
    instance().m_current -= static_cast<std::int64_t>(malloc_usable_size(memory));
    c10::free_cpu(memory);
}

void HostAllocator::copy_data(void* target, const void* source, std::size_t bytes) const
{
    std::memcpy(target, source, bytes);
}

} // namespace nabiz::trainer
