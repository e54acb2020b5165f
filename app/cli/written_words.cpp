// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/written_words.h"

#include <algorithm>

namespace nabiz::app {

std::string trimmed(const std::string& text)
{
    const auto first = text.find_first_not_of(" \t\r\n");
    return first == std::string::npos ? "" : text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

std::string simplified(const std::string& text)
{
    std::string result = trimmed(text);
    std::ranges::replace_if(result, [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
    return result;
}

std::vector<std::string> commaWords(const std::string& text)
{
    std::vector<std::string> words;
    for (std::size_t begin = 0; begin <= text.size();) {
        const std::size_t end = std::min(text.find(',', begin), text.size());
        std::string word = simplified(text.substr(begin, end - begin));
        begin = end + 1;
        if (!word.empty())
            words.push_back(std::move(word));
    }
    return words;
}

} // namespace nabiz::app
