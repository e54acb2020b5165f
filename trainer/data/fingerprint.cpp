// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/data/fingerprint.h"

#include <array>

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace nabiz::trainer {

namespace {

std::string hex(XXH128_hash_t hash)
{
    XXH128_canonical_t canonical;
    XXH128_canonicalFromHash(&canonical, hash);
    std::string text;
    for (const unsigned char byte : canonical.digest) {
        text += "0123456789abcdef"[byte >> 4];
        text += "0123456789abcdef"[byte & 15];
    }
    return text;
}

} // namespace

std::string fingerprint(std::span<const std::uint8_t> bytes)
{
    return hex(XXH3_128bits(bytes.data(), bytes.size()));
}

struct Fingerprint::State {
    XXH3_state_t hash {};
};

Fingerprint::Fingerprint()
    : m_state(std::make_shared<State>())
{
    XXH3_128bits_reset(&m_state->hash);
}

// Name and length stand before the contents, so that no other set of files gives the same sequence.
void Fingerprint::add(const std::string& name, std::span<const std::uint8_t> contents)
{
    std::array<std::uint8_t, 8> length {};
    for (std::size_t i = 0; i < length.size(); ++i)
        length[i] = static_cast<std::uint8_t>(static_cast<std::uint64_t>(contents.size()) >> (8 * i));
    XXH3_128bits_update(&m_state->hash, name.c_str(), name.size() + 1);
    XXH3_128bits_update(&m_state->hash, length.data(), length.size());
    XXH3_128bits_update(&m_state->hash, contents.data(), contents.size());
}

std::string Fingerprint::digest() const
{
    return hex(XXH3_128bits_digest(&m_state->hash));
}

} // namespace nabiz::trainer
