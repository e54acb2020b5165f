// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/config/filter/filter_expression.h"

#include "trainer/base/fold_case.h"
#include "trainer/config/filter/filter_node.h"

#include <algorithm>
#include <cmath>

namespace nabiz::trainer {

using Node = FilterExpression::Node;

namespace {

// In this order, `and` is the smaller and `or` the larger.
enum class Truth { No, Unknown, Yes };

Truth truth(bool value)
{
    return value ? Truth::Yes : Truth::No;
}

// Recorded losses are single precision, and are typed as they are seen.
bool isNear(double a, double b)
{
    return a == b || std::abs(a - b) <= 1e-6 * std::max(std::abs(a), std::abs(b)) || (std::isnan(a) && std::isnan(b));
}

Truth compareNumbers(double value, FilterOperator compare, const FilterLiteral& literal)
{
    const bool isEqual = literal.from == literal.to || std::isnan(literal.from)
        ? isNear(value, literal.from)
        : value >= literal.from && value < literal.to;
    switch (compare) {
    case FilterOperator::Less:
        return truth(value < literal.from && !isEqual);
    case FilterOperator::LessEqual:
        return truth(value < literal.from || isEqual);
    case FilterOperator::GreaterEqual:
        return truth(value > literal.from || isEqual);
    case FilterOperator::Greater:
        return truth(value > literal.from && !isEqual);
    case FilterOperator::Equal:
    case FilterOperator::Contains:
        return truth(isEqual);
    case FilterOperator::NotEqual:
    case FilterOperator::ContainsNot:
        break;
    }
    return truth(!isEqual);
}

Truth compareTexts(const std::string& value, FilterOperator compare, const std::string& literal)
{
    switch (compare) {
    case FilterOperator::Less:
        return truth(value < literal);
    case FilterOperator::LessEqual:
        return truth(value <= literal);
    case FilterOperator::GreaterEqual:
        return truth(value >= literal);
    case FilterOperator::Greater:
        return truth(value > literal);
    case FilterOperator::Equal:
        return truth(value == literal);
    case FilterOperator::NotEqual:
        return truth(value != literal);
    case FilterOperator::Contains:
        return truth(value.find(literal) != std::string::npos);
    case FilterOperator::ContainsNot:
        break;
    }
    return truth(value.find(literal) == std::string::npos);
}

// One of the entries for a comparison that says what is, none of them for one that says what is not.
Truth compareList(const std::string& lines, FilterOperator compare, const std::string& literal)
{
    const bool negative = compare == FilterOperator::NotEqual || compare == FilterOperator::ContainsNot;
    for (std::size_t begin = 0; begin <= lines.size();) {
        const std::size_t end = std::min(lines.find('\n', begin), lines.size());
        const Truth one = compareTexts(lines.substr(begin, end - begin), compare, literal);
        if ((one == Truth::Yes) != negative)
            return one;
        begin = end + 1;
    }
    return truth(negative);
}

Truth compare(const Node& node, const FilterRow& row)
{
    const FilterValue value = row.value(node.name);
    if (node.literal.isNone)
        return truth(value.known == (node.compare == FilterOperator::NotEqual));
    if (!value.known)
        return Truth::Unknown;
    const bool looksInside = node.compare == FilterOperator::Contains || node.compare == FilterOperator::ContainsNot;
    if (node.kind == FilterKind::List)
        return compareList(foldCase(value.text), node.compare, node.literal.text);
    if (node.literal.isNumber && value.isNumber && !looksInside)
        return compareNumbers(value.number, node.compare, node.literal);
    // A number and a text are different, and neither is the smaller.
    const bool orders
        = !looksInside && node.compare != FilterOperator::Equal && node.compare != FilterOperator::NotEqual;
    if (orders && node.literal.isNumber != value.isNumber)
        return Truth::Unknown;
    return compareTexts(foldCase(value.text), node.compare, node.literal.text);
}

Truth evaluate(std::span<const Node> nodes, std::size_t index, const FilterRow& row)
{
    const Node& node = nodes[index];
    switch (node.type) {
    case Node::Type::Word:
        return truth(foldCase(row.words()).find(node.literal.text) != std::string::npos);
    case Node::Type::Compare:
        return compare(node, row);
    case Node::Type::Not: {
        const Truth inner = evaluate(nodes, node.left, row);
        return inner == Truth::Unknown ? inner : truth(inner == Truth::No);
    }
    case Node::Type::And: {
        const Truth left = evaluate(nodes, node.left, row);
        return left == Truth::No ? left : std::min(left, evaluate(nodes, node.right, row));
    }
    case Node::Type::Or:
        break;
    }
    const Truth left = evaluate(nodes, node.left, row);
    return left == Truth::Yes ? left : std::max(left, evaluate(nodes, node.right, row));
}

} // namespace

FilterExpression::FilterExpression() = default;
FilterExpression::~FilterExpression() = default;
FilterExpression::FilterExpression(const FilterExpression&) = default;
FilterExpression::FilterExpression(FilterExpression&&) noexcept = default;
FilterExpression& FilterExpression::operator=(const FilterExpression&) = default;
FilterExpression& FilterExpression::operator=(FilterExpression&&) noexcept = default;

bool FilterExpression::matches(const FilterRow& row) const
{
    return m_nodes.empty() || evaluate(m_nodes, m_nodes.size() - 1, row) == Truth::Yes;
}

} // namespace nabiz::trainer
