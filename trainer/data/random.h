// SPDX-License-Identifier: GPL-3.0-or-later
// Integer mixing of our own: the standard library's distributions differ between implementations, and the same seed
// must give the same batches on every machine. Values; one thread each.
#pragma once

#include <cstdint>

namespace nabiz::trainer {

// A bijection of 64 bits in which every input bit reaches every output bit (the finaliser of SplitMix64).
constexpr std::uint64_t mix(std::uint64_t value)
{
    value ^= value >> 30;
    value *= 0xbf58476d1ce4e5b9ULL;
    value ^= value >> 27;
    value *= 0x94d049bb133111ebULL;
    return value ^ (value >> 31);
}

constexpr std::uint64_t mix(std::uint64_t first, std::uint64_t second)
{
    return mix(mix(first + 0x9e3779b97f4a7c15ULL) ^ (second * 0xd1342543de82ef95ULL + 0x632be59bd9b4e019ULL));
}

class Random {
public:
    explicit constexpr Random(std::uint64_t seed)
        : m_state(seed)
    {
    }

    constexpr std::uint64_t next()
    {
        m_state += 0x9e3779b97f4a7c15ULL;
        return mix(m_state);
    }

    // Uniform in [0, bound), exactly: the few values that would favour some results are drawn again. bound ≥ 1.
    constexpr std::uint64_t below(std::uint64_t bound)
    {
        const std::uint64_t unfair = (0 - bound) % bound; // 2^64 mod bound
        std::uint64_t value = next();
        while (value < unfair)
            value = next();
        return value % bound;
    }

    // Uniform in [0, 1), a multiple of 2^-53.
    constexpr double unit() { return static_cast<double>(next() >> 11) * 0x1p-53; }

private:
    std::uint64_t m_state;
};

} // namespace nabiz::trainer
