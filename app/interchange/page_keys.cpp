// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/interchange/page_keys.h"
#include "app/interchange/page_names.h"
#include "app/interchange/page_words.h"

#include <algorithm>

namespace nabiz::app {

using Kind = PageToken::Kind;

namespace {

std::string_view trimmed(std::string_view text)
{
    const auto first = text.find_first_not_of(" \t");
    return first == text.npos ? std::string_view() : text.substr(first, text.find_last_not_of(" \t,") - first + 1);
}

// Objects of one level in a line, perhaps in an array; none where it is anything else.
std::vector<std::string> objectsOf(std::string_view line)
{
    line = trimmed(line);
    if (line.starts_with('[') && line.ends_with(']'))
        line = trimmed(line.substr(1, line.size() - 2));
    std::vector<std::string> objects;
    while (!line.empty()) {
        const auto end = line.find('}');
        if (!line.starts_with('{') || end == line.npos)
            return {};
        const auto inside = line.substr(1, end - 1);
        if (inside.find_first_of("{[") != inside.npos)
            return {};
        std::string plain;
        for (const char letter : inside) {
            if (letter != '"' && letter != '\'')
                plain += letter;
        }
        objects.push_back(std::move(plain));
        line.remove_prefix(end + 1);
        line.remove_prefix(std::min(line.find_first_not_of(" ,"), line.size()));
    }
    return objects;
}

std::string stepFirst(const std::string& object)
{
    std::string first, rest;
    const bool hasStep = object.find("step") != object.npos || object.find("iter") != object.npos;
    for (std::size_t at = 0; at < object.size();) {
        const auto end = std::min(object.find(',', at), object.size());
        const auto pair = object.substr(at, end - at);
        const auto key = trimmed(std::string_view(pair).substr(0, pair.find(':')));
        const bool isStep = first.empty() && pair.find(':') != pair.npos && meansBatch(folded(key))
            && !(hasStep && folded(key).starts_with("batch"));
        if (!isStep && meansBatch(folded(key))) { // another count beside it
            at = end + 1;
            continue;
        }
        (isStep ? first : rest) += (isStep || rest.empty() ? "" : ",") + pair;
        at = end + 1;
    }
    return first.empty() ? object : first + ", " + rest;
}

// A single step; steps and batch may be settings.
bool isStepWord(std::string_view word)
{
    return isAmong(word, { "step", "global step", "iter", "iteration", "it", "training step", "train step", "adım" });
}

struct Batch {
    std::size_t word = 0, end = 0; // places of tokens
};

std::vector<Batch> batchesOf(const PageTokens& tokens)
{
    std::vector<Batch> found;
    for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
        std::size_t number = i + 1;
        const auto end = meansBatch(tokens[i].word) ? behindNumber(tokens, number) : 0;
        if (end > 0)
            found.push_back({ i, end });
    }
    return found;
}

// A metric, a sign and its value stand between those places.
bool hasKeyed(const PageTokens& tokens, std::size_t begin, std::size_t end)
{
    for (auto i = begin; i + 2 < end; ++i) {
        const auto name = metricAt(tokens, i);
        if (!name.metric.empty() && name.end + 1 < end && isAmong(tokens[name.end].text, { "=", ":" })
            && tokens[name.end + 1].kind == Kind::Number)
            return true;
    }
    return false;
}

// loss = 2.31, step = 100: all its batches stand behind what is of them.
bool isValueFirst(const PageTokens& tokens, const std::vector<Batch>& batches)
{
    std::size_t begin = 0;
    for (const auto& [word, end] : batches) {
        const bool isOne = isStepWord(tokens[word].word) && hasKeyed(tokens, begin, word);
        const bool isApart = word > 0 && (tokens[word - 1].kind != Kind::Word || tokens[word - 1].word == "at");
        const bool isHead = end < tokens.size() && joins(tokens[end]);
        if (!isOne || !isApart || isHead)
            return false;
        begin = end;
    }
    return !batches.empty();
}

} // namespace

std::vector<std::string> keyedParts(const std::string& line)
{
    auto objects = objectsOf(line);
    for (auto& object : objects)
        object = stepFirst(object);
    if (!objects.empty())
        return objects;
    const auto tokens = pageTokens(line);
    const auto batches = batchesOf(tokens);
    if (!isValueFirst(tokens, batches))
        return { line };
    const auto place = [&](std::size_t token) {
        return token < tokens.size() ? static_cast<std::size_t>(tokens[token].text.data() - line.data()) : line.size();
    };
    std::vector<std::string> parts;
    for (std::size_t i = 0, begin = 0; i < batches.size(); ++i) {
        const auto word = place(batches[i].word), end = place(batches[i].end);
        parts.push_back(line.substr(word, end - word) + ", " + line.substr(begin, word - begin));
        if (i + 1 == batches.size())
            parts.back() += line.substr(end);
        begin = end;
    }
    return parts;
}

std::string withoutStruck(const std::string& line)
{
    std::string left = line;
    for (auto at = left.find("~~"); at != left.npos; at = left.find("~~", at)) {
        const auto end = left.find("~~", at + 2);
        if (end == left.npos)
            break;
        left.erase(at, end + 2 - at);
    }
    return left;
}

} // namespace nabiz::app
