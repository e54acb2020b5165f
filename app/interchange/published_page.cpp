// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/interchange/page_reader.h"

namespace nabiz::app {

using trainer::message;

namespace {

// Length of the UTF-8 sequence that begins there, 0 when it is none.
std::size_t sequence(std::string_view text, std::size_t at)
{
    const auto byte = static_cast<unsigned char>(text[at]);
    const std::size_t length = byte < 0x80 ? 1
        : byte >= 0xC2 && byte < 0xE0      ? 2
        : byte >= 0xE0 && byte < 0xF0      ? 3
        : byte >= 0xF0 && byte < 0xF5      ? 4
                                           : 0;
    if (length == 0 || at + length > text.size())
        return 0;
    for (std::size_t i = 1; i < length; ++i) {
        if ((static_cast<unsigned char>(text[at + i]) & 0xC0) != 0x80)
            return 0;
    }
    return length;
}

void refuseOthers(std::string_view text)
{
    if (text.size() > kLongestPage)
        throw PageError(message(
            NABIZ_TEXT("Message", "The page is longer than 5 MB. Give the part of it that holds the figures.")));
    for (std::size_t at = 0; at < text.size();) {
        const auto length = sequence(text, at);
        if (length == 0 || text[at] == '\0')
            throw PageError(message(
                NABIZ_TEXT("Message", "This is no text in UTF-8. Save the page as text, or copy and paste it.")));
        at += length;
    }
}

} // namespace

PublishedPage readPage(std::string_view text)
{
    if (text.starts_with("\xEF\xBB\xBF"))
        text.remove_prefix(3);
    refuseOthers(text);
    return PageReader(text).read();
}

} // namespace nabiz::app
