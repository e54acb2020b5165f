// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/config/presets/yaml_extent.h"

#include <algorithm>

namespace nabiz::trainer {

namespace {

constexpr std::string_view kBlank = " \t";

// Behind the closing quote of the scalar that opens at `at`.
std::size_t quotedEnd(std::string_view text, std::size_t at)
{
    const std::size_t quote = closingQuote(text, at);
    return quote == std::string_view::npos ? text.size() : quote + 1;
}

bool beginsComment(std::string_view text, std::size_t at)
{
    return text[at] == '#' && (at == 0 || kBlank.find(text[at - 1]) != std::string_view::npos || text[at - 1] == '\n');
}

std::size_t lineEndFrom(std::string_view text, std::size_t at)
{
    const auto end = text.find('\n', at);
    return end == std::string_view::npos ? text.size() : end;
}

// Behind the bracket that closes the one at `at`.
std::size_t bracketEnd(std::string_view text, std::size_t at)
{
    int depth = 0;
    while (at < text.size()) {
        const char c = text[at];
        const bool opensQuote
            = (c == '"' || c == '\'') && std::string_view(" \t\n[{,:").find(text[at - 1]) != std::string_view::npos;
        if (opensQuote) {
            at = quotedEnd(text, at);
            continue;
        }
        if (beginsComment(text, at)) {
            at = lineEndFrom(text, at);
            continue;
        }
        depth += c == '[' || c == '{' ? 1 : c == ']' || c == '}' ? -1 : 0;
        ++at;
        if (depth == 0)
            break;
    }
    return at;
}

std::size_t trimmedEnd(std::string_view text, std::size_t begin, std::size_t end)
{
    while (end > begin && std::string_view(" \t\r\n").find(text[end - 1]) != std::string_view::npos)
        --end;
    return end;
}

// Of a plain scalar's text in one line.
std::size_t plainEndInLine(std::string_view text, std::size_t begin, bool flow)
{
    std::size_t at = begin;
    for (; at < text.size() && text[at] != '\n'; ++at) {
        if (at > begin && beginsComment(text, at))
            break;
        if (flow && std::string_view(",]}").find(text[at]) != std::string_view::npos)
            break;
    }
    return trimmedEnd(text, begin, at);
}

// The end of the last line from `first` on that belongs to a block indented by more than `indent`.
std::size_t blockEnd(const SourceText& source, std::size_t begin, std::size_t indent, bool list, bool comments)
{
    std::size_t end = source.lineStart(source.lineAt(begin)) + source.line(source.lineAt(begin)).size();
    for (std::size_t i = source.lineAt(begin) + 1; i < source.lines(); ++i) {
        const std::string_view line = source.line(i);
        const std::size_t content = line.find_first_not_of(kBlank);
        if (content == std::string_view::npos)
            continue;
        if (line[content] == '#' && !comments)
            continue;
        const bool dash = list && content == indent && line[content] == '-';
        if (content <= indent && !dash)
            break;
        end = source.lineStart(i) + line.size();
    }
    return end;
}

// The end of the line in which a block's last value ends: a quote or brackets may go on in lines that are not indented.
std::size_t lastEnd(const SourceText& source, const YamlNode& block)
{
    const bool map = block.kind == YamlNode::Kind::Map;
    if (map ? block.entries.empty() : block.items.empty())
        return 0;
    const YamlNode& last = map ? block.entries.back().second : block.items.back();
    const YamlNode& indented = map ? block.entries.back().first : block;
    if (last.kind == YamlNode::Kind::Null || last.mark.line < 0 || indented.mark.byte < 0)
        return 0;
    const std::size_t end = valueEnd(source, last, static_cast<std::size_t>(indented.mark.byte), false);
    const std::size_t line = source.lineAt(end);
    return std::max(end, source.lineStart(line) + source.line(line).size());
}

} // namespace

std::size_t closingQuote(std::string_view text, std::size_t at)
{
    const char quote = text[at++];
    for (; at < text.size(); ++at) {
        if (quote == '"' && text[at] == '\\')
            ++at;
        else if (text[at] == quote) {
            if (quote == '"' || at + 1 >= text.size() || text[at + 1] != '\'')
                return at;
            ++at;
        }
    }
    return std::string_view::npos;
}

std::size_t keyEnd(const SourceText& source, const YamlNode& node)
{
    const std::size_t begin = source.offsetOf(node.mark);
    return node.quoted ? quotedEnd(source.body(), begin) : begin + node.text.size();
}

std::size_t colonEnd(const SourceText& source, std::size_t offset)
{
    const std::size_t colon = source.body().find_first_not_of(kBlank, offset);
    return colon != std::string_view::npos && source.body()[colon] == ':' ? colon + 1 : std::string_view::npos;
}

std::size_t valueEnd(const SourceText& source, const YamlNode& node, std::size_t indent, bool flow)
{
    const std::string_view text = source.body();
    const std::size_t begin = source.offsetOf(node.mark);
    if (node.kind == YamlNode::Kind::List || node.kind == YamlNode::Kind::Map) {
        if (node.flow)
            return bracketEnd(text, begin);
        const std::size_t end = blockEnd(source, begin, indent, node.kind == YamlNode::Kind::List, false);
        return std::max(end, lastEnd(source, node));
    }
    if (begin < text.size() && (text[begin] == '"' || text[begin] == '\''))
        return quotedEnd(text, begin);
    if (!flow && begin < text.size() && (text[begin] == '|' || text[begin] == '>'))
        return blockEnd(source, begin, indent, false, true);
    const std::size_t first = plainEndInLine(text, begin, flow);
    if (flow)
        return first;
    // A plain scalar goes on in deeper lines, unless a comment ended it.
    const std::size_t lineEnd = trimmedEnd(text, begin, lineEndFrom(text, begin));
    if (first < lineEnd)
        return first;
    return std::max(first, trimmedEnd(text, begin, blockEnd(source, begin, indent, false, false)));
}

} // namespace nabiz::trainer
