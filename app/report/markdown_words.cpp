// SPDX-License-Identifier: GPL-3.0-or-later
// A person's Markdown made safe to stand in a page: what would be markup of another kind is escaped, the rest is left.
#include "app/report/markdown.h"

#include <algorithm>
#include <array>

namespace nabiz::app::markdown {

namespace {

bool isBlank(char c)
{
    return c == ' ' || c == '\t';
}

bool startsWith(std::string_view text, std::string_view small)
{
    return text.size() >= small.size() && std::equal(small.begin(), small.end(), text.begin(), [](char a, char b) {
        return a == (b >= 'A' && b <= 'Z' ? static_cast<char>(b + 32) : b);
    });
}

bool isSafeScheme(std::string_view target)
{
    static constexpr std::array<std::string_view, 3> kSchemes { "https://", "http://", "mailto:" };
    return std::any_of(kSchemes.begin(), kSchemes.end(), [&](auto scheme) { return startsWith(target, scheme); });
}

// A place in this folder has no scheme; what could come to be one by an entity or an escape is none.
bool isSafeTarget(std::string_view target)
{
    if (target.starts_with('<'))
        target.remove_prefix(1);
    if (isSafeScheme(target))
        return true;
    const auto head = target.substr(0, target.find_first_of("/?# )>"));
    return !target.empty() && head.find_first_of(":&\\%") == std::string_view::npos && !target.starts_with('/');
}

// Where the code that begins with backticks at `at` ends, behind its closing ones; `at` when nothing closes it on this
// line.
std::size_t endOfCode(std::string_view line, std::size_t at)
{
    const auto open = std::min(line.find_first_not_of('`', at), line.size()) - at;
    for (std::size_t i = at + open; i < line.size();) {
        if (line[i] != '`') {
            ++i;
            continue;
        }
        const auto end = std::min(line.find_first_not_of('`', i), line.size());
        if (end - i == open)
            return end;
        i = end;
    }
    return at;
}

// <https://…>, the only use of an angle that is left.
std::size_t endOfAutolink(std::string_view line, std::size_t at)
{
    const auto end = line.find_first_of("> <", at + 1);
    return end != std::string_view::npos && line[end] == '>' && isSafeScheme(line.substr(at + 1)) ? end + 1 : at;
}

// Behind the marks of lists and quotes that a line begins with.
std::size_t behindMarks(std::string_view line)
{
    std::size_t at = 0;
    for (;;) {
        const auto first = std::min(line.find_first_not_of(" \t", at), line.size());
        const auto digits = std::min(line.find_first_not_of("0123456789", first), line.size());
        const bool bullet = first < line.size() && (line[first] == '-' || line[first] == '*' || line[first] == '+');
        const bool numbered = digits > first && digits < line.size() && (line[digits] == '.' || line[digits] == ')');
        const auto mark = bullet ? first : digits;
        const bool quoted = first < line.size() && line[first] == '>';
        if (quoted)
            at = first + 1;
        else if ((bullet || numbered) && mark + 1 < line.size() && isBlank(line[mark + 1]))
            at = mark + 1;
        else
            return first;
    }
}

// A rule, or the underline that makes a heading of the line above.
bool isLine(std::string_view rest)
{
    return !rest.empty() && std::string_view("-=*_").find(rest.front()) != std::string_view::npos
        && rest.find_first_not_of(std::string { rest.front(), ' ', '\t' }) == std::string_view::npos;
}

void addInline(std::string_view text, std::string& out)
{
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const auto next = i + 1 < text.size() ? text[i + 1] : '\0';
        if (c == '\\' && next != '\0') {
            out += c;
            out += next;
            ++i;
            continue;
        }
        const auto end = c == '`' ? endOfCode(text, i) : c == '<' ? endOfAutolink(text, i) : i;
        if (end > i) {
            out += text.substr(i, end - i);
            i = end - 1;
            continue;
        }
        const bool unsafe = c == ']' && next == '('
            && !isSafeTarget(text.substr(std::min(text.find_first_not_of(" \t", i + 2), text.size())));
        const bool picture = c == '!' && next == '[';
        const bool reference = c == ']' && (next == ':' || next == '['); // its target stands elsewhere
        if (c == '<' || c == '`' || c == '$' || unsafe || picture || reference)
            out += '\\';
        out += c;
    }
}

std::string plain(std::string_view line)
{
    std::string result(line);
    std::replace_if(
        result.begin(), result.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }, ' ');
    return withoutTurns(result);
}

bool isFence(std::string_view rest, std::string_view fence)
{
    const auto behind = rest.substr(std::min(rest.find_first_not_of('`'), rest.size()));
    return fence.empty()
        ? (rest.starts_with("```") && behind.find('`') == std::string_view::npos) || rest.starts_with("~~~")
        : rest.starts_with(fence) && rest.find_first_not_of(fence.front()) == std::string_view::npos;
}

} // namespace

std::string words(std::string_view text)
{
    std::string out, fence;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        const std::string line = plain(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
        const std::string_view rest = std::string_view(line).substr(std::min(line.find_first_not_of(' '), line.size()));
        if (isFence(rest, fence)) { // at the line's start: there nothing ends it but its like
            const auto marks = rest.substr(0, std::min(rest.find_first_not_of(rest.front()), rest.size()));
            fence = fence.empty() ? std::string(marks) : std::string();
            out += std::string(marks) + "\n";
            continue;
        }
        if (!fence.empty()) {
            out += line + "\n";
            continue;
        }
        const auto begin = behindMarks(line);
        const std::string_view inside = std::string_view(line).substr(begin);
        out += line.substr(0, begin);
        if (inside.starts_with('#') || isLine(inside))
            out += '\\';
        addInline(inside, out);
        const bool goesOn = !inside.empty() && !text.empty() && text.front() != '\n';
        out += goesOn ? "  \n" : "\n"; // two spaces keep the line end
    }
    if (!fence.empty())
        out += fence + "\n";
    while (out.ends_with('\n'))
        out.pop_back();
    return out;
}

} // namespace nabiz::app::markdown
