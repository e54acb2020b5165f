// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/interchange/tensorboard/crc32c.h"

#include <array>
#include <cstring>

namespace nabiz::app {

namespace {

using Tables = std::array<std::array<std::uint32_t, 256>, 8>;

constexpr Tables makeTables()
{
    Tables tables {};
    for (std::uint32_t i = 0; i < 256; ++i) {
        std::uint32_t crc = i;
        for (int bit = 0; bit < 8; ++bit)
            crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0x82f63b78U : 0U);
        tables[0][i] = crc;
    }
    for (std::size_t table = 1; table < 8; ++table) {
        for (std::size_t i = 0; i < 256; ++i)
            tables[table][i] = (tables[table - 1][i] >> 8) ^ tables[0][tables[table - 1][i] & 0xff];
    }
    return tables;
}

constexpr Tables kTables = makeTables();

} // namespace

std::uint32_t crc32c(std::string_view bytes)
{
    std::uint32_t crc = ~0U;
    std::size_t at = 0;
    for (; at + 8 <= bytes.size(); at += 8) {
        std::array<unsigned char, 8> part {};
        std::memcpy(part.data(), bytes.data() + at, 8);
        for (std::size_t i = 0; i < 4; ++i)
            part[i] = static_cast<unsigned char>(part[i] ^ ((crc >> (8 * i)) & 0xff));
        crc = 0;
        for (std::size_t i = 0; i < 8; ++i)
            crc ^= kTables[7 - i][part[i]];
    }
    for (; at < bytes.size(); ++at)
        crc = (crc >> 8) ^ kTables[0][(crc ^ static_cast<unsigned char>(bytes[at])) & 0xff];
    return ~crc;
}

std::uint32_t maskedCrc32c(std::string_view bytes)
{
    const std::uint32_t crc = crc32c(bytes);
    return ((crc >> 15) | (crc << 17)) + 0xa282ead8U;
}

} // namespace nabiz::app
