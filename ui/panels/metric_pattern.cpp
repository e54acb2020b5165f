// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/metric_pattern.h"

#include <algorithm>
#include <cstddef>
#include <string>

namespace nabiz::ui {
namespace {

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool holds(std::string_view word, std::string_view name)
{
    return std::search(name.begin(), name.end(), word.begin(), word.end(), [](char a, char b) {
        return lower(a) == lower(b);
    }) != name.end();
}

std::string lowered(std::string_view text)
{
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(), lower);
    return result;
}

} // namespace

bool isPattern(std::string_view text)
{
    return text.find_first_of("*?") != std::string_view::npos;
}

// With one place to come back to, behind the last *: never worse than the product of both lengths.
bool matchesPattern(std::string_view pattern, std::string_view name)
{
    std::size_t p = 0, n = 0, star = std::string_view::npos, from = 0;
    while (n < name.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            from = n;
        } else if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == name[n])) {
            ++p;
            ++n;
        } else if (star != std::string_view::npos) {
            p = star + 1;
            n = ++from;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == '*') {
        ++p;
    }
    return p == pattern.size();
}

bool isFound(std::string_view search, std::string_view name)
{
    while (!search.empty()) {
        const std::size_t end = std::min(search.find(' '), search.size());
        const std::string_view word = search.substr(0, end);
        search.remove_prefix(std::min(end + 1, search.size()));
        std::string anywhere("*");
        anywhere.append(lowered(word)).append("*");
        if (isPattern(word) ? !matchesPattern(anywhere, lowered(name)) : !holds(word, name)) {
            return false;
        }
    }
    return true;
}

} // namespace nabiz::ui
