// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/base/fold_case.h"
#include "trainer/base/nearest.h"
#include "trainer/config/filter/filter_expression.h"
#include "trainer/config/filter/filter_node.h"
#include "trainer/config/filter/filter_tokens.h"

#include <algorithm>

namespace nabiz::trainer {

using Node = FilterExpression::Node;
using Type = FilterToken::Type;

namespace {

constexpr std::size_t kLongest = 4000; // bytes; bounds how deep it can be

} // namespace

// Reads until the first problem. Each of the reading functions leaves its node as the last one, and says where it is.
class FilterParser {
public:
    FilterParser(std::string_view text, std::span<const FilterName> names)
        : m_text(text)
        , m_names(names)
        , m_tokens(filterTokens(text))
    {
    }

    FilterExpression::Reading read();

private:
    struct Found {
        std::size_t place = 0;
        Message problem;
    };

    const FilterToken& token() const { return m_tokens[m_at]; }
    std::size_t add(Node node);
    std::size_t either();
    std::size_t both();
    std::size_t one();
    std::size_t comparison();
    void literal(Node& node, const FilterToken& name);
    Found find(const std::string& name) const;
    bool beginsAName(const std::string& word) const;
    Message unknown(const std::string& name) const;
    void fail(const FilterToken& where, Message message, bool isUnfinished = false);
    bool failed() const { return m_problem.has_value(); }

    std::string_view m_text;
    std::span<const FilterName> m_names;
    std::vector<FilterToken> m_tokens;
    std::size_t m_at = 0;
    std::vector<Node> m_nodes;
    std::optional<FilterProblem> m_problem;
};

void FilterParser::fail(const FilterToken& where, Message message, bool isUnfinished)
{
    if (failed())
        return;
    const auto characters = [this](std::size_t from, std::size_t to) {
        const auto part = m_text.substr(from, to - from);
        return static_cast<std::size_t>(std::count_if(
            part.begin(), part.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
    };
    m_problem = FilterProblem { characters(0, where.begin), characters(where.begin, where.end), std::move(message),
        isUnfinished };
}

std::size_t FilterParser::add(Node node)
{
    m_nodes.push_back(std::move(node));
    return m_nodes.size() - 1;
}

std::size_t FilterParser::either()
{
    std::size_t left = both();
    while (!failed() && token().type == Type::Or) {
        ++m_at;
        const std::size_t right = both();
        left = add({ .type = Node::Type::Or, .left = left, .right = right });
    }
    return left;
}

std::size_t FilterParser::both()
{
    std::size_t left = one();
    while (!failed() && token().type != Type::Or && token().type != Type::Close && token().type != Type::End) {
        if (token().type == Type::And)
            ++m_at;
        const std::size_t right = one();
        left = add({ .type = Node::Type::And, .left = left, .right = right });
    }
    return left;
}

std::size_t FilterParser::one()
{
    if (failed())
        return 0;
    switch (token().type) {
    case Type::Not: {
        ++m_at;
        const std::size_t inner = one();
        return add({ .type = Node::Type::Not, .left = inner });
    }
    case Type::Open: {
        ++m_at;
        const std::size_t inner = either();
        if (!failed() && token().type != Type::Close)
            fail(token(), message(NABIZ_TEXT("Message", "A closing parenthesis is missing.")), true);
        ++m_at;
        return inner;
    }
    case Type::Word:
    case Type::Quoted:
        return comparison();
    case Type::End:
        fail(token(), message(NABIZ_TEXT("Message", "Something is missing at the end.")), true);
        return 0;
    case Type::Unclosed:
        fail(token(), message(NABIZ_TEXT("Message", "The quotation mark is not closed.")), true);
        return 0;
    default:
        fail(token(),
            message(NABIZ_TEXT("Message", "'%1' needs something before it."),
                std::string(m_text.substr(token().begin, token().end - token().begin))));
        return 0;
    }
}

std::size_t FilterParser::comparison()
{
    const FilterToken name = token();
    ++m_at;
    if (token().type != Type::Operator) {
        const auto isFlag
            = [&](const FilterName& known) { return known.kind == FilterKind::Flag && known.name == name.text; };
        const auto flag = std::find_if(m_names.begin(), m_names.end(), isFlag);
        Node node { .type = Node::Type::Word };
        node.literal.text = foldCase(name.text);
        if (name.type == Type::Word && flag == m_names.end() && token().type == Type::End && beginsAName(name.text)) {
            fail(name,
                message(
                    NABIZ_TEXT("Message", "Go on with <, = or ~, or put '%1' in quotation marks to look for the word."),
                    name.text),
                true);
        } else if (name.type == Type::Word && flag != m_names.end()) {
            node.type = Node::Type::Compare;
            node.name = static_cast<std::size_t>(flag - m_names.begin());
            node.literal = *filterLiteral("true", FilterKind::Flag);
        }
        return add(std::move(node));
    }
    Node node { .type = Node::Type::Compare, .compare = token().compare };
    const auto [place, problem] = find(name.text);
    if (!problem.empty())
        fail(name, problem);
    else
        node.name = place;
    ++m_at;
    literal(node, name);
    ++m_at;
    return failed() ? 0 : add(std::move(node));
}

void FilterParser::literal(Node& node, const FilterToken& name)
{
    const FilterToken& value = token();
    if (value.type == Type::Unclosed)
        fail(value, message(NABIZ_TEXT("Message", "The quotation mark is not closed.")), true);
    else if (value.type == Type::End)
        fail(value, message(NABIZ_TEXT("Message", "What is %1 compared with?"), name.text), true);
    else if (value.type == Type::Operator || value.type == Type::Open || value.type == Type::Close)
        fail(value,
            message(NABIZ_TEXT("Message", "What is %1 compared with? Put a text with such signs in quotation marks."),
                name.text));
    if (failed())
        return;
    const FilterName& meant = m_names[node.name];
    node.kind = meant.kind;
    const bool orders = node.compare != FilterOperator::Equal && node.compare != FilterOperator::NotEqual;
    const bool looksInside = node.compare == FilterOperator::Contains || node.compare == FilterOperator::ContainsNot;
    if (value.type == Type::Word && !orders && foldCase(value.text) == "none") {
        node.literal.isNone = true;
        return;
    }
    if (looksInside && meant.kind != FilterKind::Text && meant.kind != FilterKind::List
        && meant.kind != FilterKind::Any) {
        fail(name,
            message(NABIZ_TEXT("Message", "%1 is no text, so nothing can be looked for in it with ~."), meant.name));
        return;
    }
    if (meant.kind == FilterKind::List && orders && !looksInside) {
        fail(name, message(NABIZ_TEXT("Message", "%1 is a list: compare it with =, != or ~."), meant.name));
        return;
    }
    auto read = filterLiteral(value.text, meant.kind);
    if (!read) {
        fail(value,
            meant.kind == FilterKind::Time
                ? message(NABIZ_TEXT("Message", "'%1' is no time: write one as 2026-05-04, or today."), value.text)
                : meant.kind == FilterKind::Flag
                ? message(NABIZ_TEXT("Message", "'%1' is neither true nor false."), value.text)
                : message(NABIZ_TEXT("Message", "'%1' is no number, and %2 is one."), value.text, meant.name));
        return;
    }
    if (!meant.choices.empty() && !looksInside && std::ranges::find(meant.choices, read->text) == meant.choices.end()) {
        const std::vector<std::string_view> choices(meant.choices.begin(), meant.choices.end());
        const auto near = std::string(nearest(read->text, choices));
        fail(value,
            near.empty()
                ? message(NABIZ_TEXT("Message", "%1 is never '%2'."), meant.name, value.text)
                : message(NABIZ_TEXT("Message", "%1 is never '%2'; did you mean %3?"), meant.name, value.text, near));
        return;
    }
    node.literal = std::move(*read);
}

// Somebody who types a comparison is not looking for its name.
bool FilterParser::beginsAName(const std::string& word) const
{
    const bool isDotted = word.find('.') != std::string::npos;
    return std::ranges::any_of(
        m_names, [&](const FilterName& known) { return isDotted ? known.name.starts_with(word) : known.name == word; });
}

FilterParser::Found FilterParser::find(const std::string& name) const
{
    const std::string folded = foldCase(name);
    std::vector<std::size_t> ending;
    for (std::size_t place = 0; place < m_names.size(); ++place) {
        const std::string known = foldCase(m_names[place].name);
        if (known == folded)
            return { place, {} };
        if (known.ends_with('.' + folded))
            ending.push_back(place);
    }
    if (ending.size() == 1)
        return { ending.front(), {} };
    if (ending.size() > 1)
        return { 0,
            message(NABIZ_TEXT("Message", "'%1' may be %2 or %3: write the whole name."), name, m_names[ending[0]].name,
                m_names[ending[1]].name) };
    return { 0, unknown(name) };
}

Message FilterParser::unknown(const std::string& name) const
{
    std::vector<std::string_view> candidates;
    for (const FilterName& known : m_names) {
        candidates.push_back(known.name);
        if (const auto dot = known.name.rfind('.'); dot != std::string::npos)
            candidates.push_back(std::string_view(known.name).substr(dot + 1));
    }
    std::string near(nearest(name, candidates));
    const auto isMeant = [&](const FilterName& known) {
        return near.empty() ? !name.empty() && known.name.starts_with(name + '.')
                            : known.name == near || known.name.ends_with('.' + near);
    };
    if (const auto meant = std::ranges::find_if(m_names, isMeant); meant != m_names.end())
        near = meant->name;
    return near.empty() ? message(NABIZ_TEXT("Message", "There is no '%1' to compare."), name)
                        : message(NABIZ_TEXT("Message", "There is no '%1' to compare; did you mean %2?"), name, near);
}

FilterExpression::Reading FilterParser::read()
{
    FilterExpression::Reading reading;
    if (m_text.size() > kLongest) {
        fail({ .type = Type::End, .text = {}, .begin = kLongest, .end = m_text.size() },
            message(NABIZ_TEXT("Message", "The filter is too long: %1 characters are the most."),
                std::to_string(kLongest)));
    } else if (token().type != Type::End) {
        either();
        if (!failed() && token().type == Type::Close)
            fail(token(), message(NABIZ_TEXT("Message", "No parenthesis is open here.")));
    }
    if (failed())
        reading.problem = std::move(m_problem);
    else
        reading.expression.m_nodes = std::move(m_nodes);
    return reading;
}

FilterExpression::Reading FilterExpression::read(std::string_view text, std::span<const FilterName> names)
{
    return FilterParser(text, names).read();
}

} // namespace nabiz::trainer
