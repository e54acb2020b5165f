// SPDX-License-Identifier: GPL-3.0-or-later
// The inside of a FilterExpression: one node a word, comparison or joint, children before their parents; and reading
// what stands at a comparison's right. For the filter's own sources alone. Values; any thread.
#pragma once

#include "trainer/config/filter/filter_expression.h"

#include <cstdint>

namespace nabiz::trainer {

enum class FilterOperator { Less, LessEqual, Equal, NotEqual, GreaterEqual, Greater, Contains, ContainsNot };

// A value is equal from `from` up to, not including, `to`: a whole day, a whole second. Both are the same for a plain
// number.
struct FilterLiteral {
    bool isNone = false; // `none`
    bool isNumber = false;
    double from = 0, to = 0;
    std::string text; // case folded
};

// The literal as a value of that kind, or nothing when it is none.
std::optional<FilterLiteral> filterLiteral(std::string_view text, FilterKind kind);

struct FilterExpression::Node {
    enum class Type { Word, Compare, Not, And, Or };
    Type type = Type::Word;
    std::size_t left = 0, right = 0; // children
    std::size_t name = 0;
    FilterKind kind = FilterKind::Any;
    FilterOperator compare = FilterOperator::Equal;
    FilterLiteral literal; // of a word, its text
};

} // namespace nabiz::trainer
