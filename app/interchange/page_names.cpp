// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/interchange/page_names.h"
#include "app/interchange/page_words.h"

#include <algorithm>

namespace nabiz::app {

using Kind = PageToken::Kind;

bool isAmong(std::string_view word, std::initializer_list<std::string_view> words)
{
    return std::find(words.begin(), words.end(), word) != words.end();
}

bool joins(const PageToken& token)
{
    return isAmong(token.text, { ":", "=", "→", "-", "–", "—" }) || isAmong(token.word, { "is", "was" });
}

bool isPlainQualifier(std::string_view word)
{
    return isAmong(word,
        { "the", "a", "lm", "batch", "final", "best", "lowest", "current", "mean", "avg", "average", "en", "düşük",
            "son", "step", "at", "and", "with", "of" });
}

NamedMetric metricAt(const PageTokens& tokens, std::size_t at)
{
    for (std::size_t words = 3; words > 0; --words) {
        std::string name;
        std::size_t i = at;
        for (; i < tokens.size() && i < at + words && tokens[i].kind == Kind::Word; ++i)
            name += (name.empty() ? "" : " ") + tokens[i].word;
        if (i != at + words || name == "value")
            continue;
        if (auto metric = metricOf(name); !metric.empty())
            return { std::move(metric), i };
    }
    return { {}, at + 1 };
}

std::optional<std::string> metricBefore(const PageTokens& tokens, std::size_t batch)
{
    std::size_t end = batch;
    while (end > 0 && isAmong(tokens[end - 1].word, { "at", "after", "in", "on", "by", "the" }))
        --end;
    if (end == 0)
        return std::nullopt;
    for (std::size_t begin = 0; begin < end; ++begin) {
        const auto name = metricAt(tokens, begin);
        if (!name.metric.empty() && name.end == end)
            return std::all_of(tokens.begin(), tokens.begin() + static_cast<std::ptrdiff_t>(begin),
                       [](const PageToken& token) { return token.kind == Kind::Sign || isPlainQualifier(token.word); })
                ? std::optional(name.metric)
                : std::nullopt;
    }
    return std::nullopt;
}

bool isEpoch(std::string_view word)
{
    return isAmong(word, { "epoch", "ep", "devir", "dönem" });
}

std::string metricOfLabel(const std::vector<std::string>& words)
{
    std::string label;
    for (const auto& word : words) {
        if (isAmong(word, { "by", "per", "at", "over" }))
            break;
        label += (label.empty() ? "" : " ") + word;
    }
    if (label.ends_with("losses"))
        label.erase(label.size() - 2);
    return metricOf(label);
}

std::vector<PageTokens> batchParts(const PageTokens& tokens)
{
    std::vector<PageTokens> parts;
    std::string word;
    std::size_t begin = 0;
    for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
        std::size_t number = i + 1;
        if (!meansBatch(tokens[i].word) || behindNumber(tokens, number) == 0)
            continue;
        if (word.empty()) {
            word = tokens[i].word;
            continue;
        }
        if (tokens[i].word != word)
            continue; // step 100, batch 32: of one
        auto cut = i;
        while (cut > begin && !isAmong(tokens[cut - 1].text, { ",", ";", "|", "." })
            && tokens[cut - 1].kind != Kind::Number)
            --cut;
        parts.emplace_back(
            tokens.begin() + static_cast<std::ptrdiff_t>(begin), tokens.begin() + static_cast<std::ptrdiff_t>(cut));
        begin = cut;
    }
    parts.emplace_back(tokens.begin() + static_cast<std::ptrdiff_t>(begin), tokens.end());
    return parts;
}

bool standsFirst(const PageTokens& tokens, std::size_t batch)
{
    // "Results. Batch 5: 2.5"
    const bool isHeaded = batch > 1 && tokens[batch - 1].text == "."
        && std::all_of(tokens.begin(), tokens.begin() + static_cast<std::ptrdiff_t>(batch - 1),
            [](const PageToken& token) { return token.kind == Kind::Word; });
    for (std::size_t i = isHeaded ? batch : 0; i < batch; ++i) {
        const bool isEpochs = i > 0 && tokens[i].kind == Kind::Number && isEpoch(tokens[i - 1].word);
        if (tokens[i].kind != Kind::Sign && !isEpoch(tokens[i].word) && !isEpochs)
            return false;
    }
    return true;
}

std::size_t behindBrackets(const PageTokens& tokens, std::size_t at)
{
    if (at >= tokens.size() || tokens[at].text != "(")
        return at;
    while (at < tokens.size() && tokens[at].text != ")")
        ++at;
    return std::min(at + 1, tokens.size());
}

std::size_t behindNumber(const PageTokens& tokens, std::size_t& number)
{
    std::size_t at = number;
    if (at + 2 < tokens.size() && tokens[at].text == "(" && tokens[at + 1].word == "train"
        && tokens[at + 2].text == ")")
        at += 3; // Iter(train) [ 100/40000]
    const bool isBracketed = at < tokens.size() && tokens[at].text == "[";
    at += isBracketed || (at < tokens.size() && isAmong(tokens[at].text, { ":", "=", "#" })) ? 1 : 0;
    if (at >= tokens.size() || tokens[at].kind != Kind::Number)
        return 0;
    number = at++;
    if (at + 1 < tokens.size() && tokens[at].text == "/" && tokens[at + 1].kind == Kind::Number)
        at += 2;
    at += isBracketed && at < tokens.size() && tokens[at].text == "]" ? 1 : 0;
    return at;
}

bool isFigure(const PageToken& token)
{
    return token.kind == Kind::Number
        || (token.kind == Kind::Word && !token.text.empty() && token.text.front() >= '0' && token.text.front() <= '9');
}

} // namespace nabiz::app
