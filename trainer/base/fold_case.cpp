// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/base/fold_case.h"

namespace nabiz::trainer {

namespace {

// Of the letters that UTF-8 writes in two bytes.
unsigned lower(unsigned code)
{
    if (code == 0x130 || code == 0x131) // İ ı
        return 'i';
    if ((code >= 0xC0 && code <= 0xDE && code != 0xD7) || (code >= 0x391 && code <= 0x3A9)
        || (code >= 0x410 && code <= 0x42F))
        return code + 0x20;
    if (code >= 0x400 && code <= 0x40F)
        return code + 0x50;
    const bool evenFirst
        = (code >= 0x100 && code <= 0x137) || (code >= 0x14A && code <= 0x177) || (code >= 0x460 && code <= 0x4BF);
    const bool oddFirst = (code >= 0x139 && code <= 0x148) || (code >= 0x179 && code <= 0x17E);
    if ((evenFirst && code % 2 == 0) || (oddFirst && code % 2 == 1))
        return code + 1;
    return code;
}

} // namespace

std::string foldCase(std::string_view text)
{
    std::string folded;
    folded.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        const auto next = i + 1 < text.size() ? static_cast<unsigned char>(text[i + 1]) : 0U;
        if (byte >= 'A' && byte <= 'Z') {
            folded += static_cast<char>(byte + 0x20);
        } else if ((byte & 0xE0U) == 0xC0U && (next & 0xC0U) == 0x80U) {
            const unsigned code = lower((byte & 0x1FU) << 6U | (next & 0x3FU));
            ++i;
            if (code < 0x80) {
                folded += static_cast<char>(code);
                continue;
            }
            folded += static_cast<char>(0xC0U | code >> 6U);
            folded += static_cast<char>(0x80U | (code & 0x3FU));
        } else {
            folded += static_cast<char>(byte);
        }
    }
    return folded;
}

} // namespace nabiz::trainer
