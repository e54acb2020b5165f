// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/config/filter/filter_tokens.h"

#include "trainer/base/fold_case.h"

#include <array>
#include <utility>

namespace nabiz::trainer {

namespace {

using Type = FilterToken::Type;

// The longer ones first.
constexpr std::array<std::pair<std::string_view, FilterOperator>, 12> kOperators { {
    { "<=", FilterOperator::LessEqual },
    { ">=", FilterOperator::GreaterEqual },
    { "!=", FilterOperator::NotEqual },
    { "<>", FilterOperator::NotEqual },
    { "==", FilterOperator::Equal },
    { "!~", FilterOperator::ContainsNot },
    { "≤", FilterOperator::LessEqual },
    { "≥", FilterOperator::GreaterEqual },
    { "<", FilterOperator::Less },
    { ">", FilterOperator::Greater },
    { "=", FilterOperator::Equal },
    { "~", FilterOperator::Contains },
} };

bool isSpace(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

const std::pair<std::string_view, FilterOperator>* operatorAt(std::string_view rest)
{
    for (const auto& entry : kOperators) {
        if (rest.starts_with(entry.first))
            return &entry;
    }
    return nullptr;
}

Type keyword(std::string_view word)
{
    const std::string folded = foldCase(word);
    if (folded == "and" || word == "&&")
        return Type::And;
    if (folded == "or" || word == "||")
        return Type::Or;
    return folded == "not" ? Type::Not : Type::Word;
}

FilterToken quoted(std::string_view text, std::size_t begin)
{
    FilterToken token { .type = Type::Unclosed, .text = {}, .begin = begin, .end = text.size() };
    for (std::size_t i = begin + 1; i < text.size(); ++i) {
        if (text[i] == '\\' && i + 1 < text.size()) {
            token.text += text[++i];
        } else if (text[i] == text[begin]) {
            token.type = Type::Quoted;
            token.end = i + 1;
            break;
        } else {
            token.text += text[i];
        }
    }
    return token;
}

FilterToken word(std::string_view text, std::size_t begin)
{
    std::size_t end = begin;
    while (end < text.size() && !isSpace(text[end]) && text[end] != '(' && text[end] != ')'
        && !operatorAt(text.substr(end)))
        ++end;
    const auto letters = text.substr(begin, end - begin);
    return { .type = keyword(letters), .text = std::string(letters), .begin = begin, .end = end };
}

FilterToken tokenAt(std::string_view text, std::size_t at)
{
    if (text[at] == '(' || text[at] == ')')
        return { .type = text[at] == '(' ? Type::Open : Type::Close, .text = {}, .begin = at, .end = at + 1 };
    if (const auto* found = operatorAt(text.substr(at)))
        return { .type = Type::Operator,
            .text = std::string(found->first),
            .compare = found->second,
            .begin = at,
            .end = at + found->first.size() };
    if (text[at] == '"' || text[at] == '\'')
        return quoted(text, at);
    return word(text, at);
}

} // namespace

std::vector<FilterToken> filterTokens(std::string_view text)
{
    std::vector<FilterToken> tokens;
    for (std::size_t at = 0; at < text.size();) {
        if (isSpace(text[at])) {
            ++at;
            continue;
        }
        tokens.push_back(tokenAt(text, at));
        at = tokens.back().end;
        if (tokens.back().type == Type::Unclosed)
            return tokens;
    }
    tokens.push_back({ .type = Type::End, .text = {}, .begin = text.size(), .end = text.size() });
    return tokens;
}

} // namespace nabiz::trainer
