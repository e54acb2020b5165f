// SPDX-License-Identifier: GPL-3.0-or-later
// Splits a filter into its tokens. For the filter's own sources alone.
// Pure; any thread.
#pragma once

#include "trainer/config/filter/filter_node.h"

#include <string>
#include <string_view>
#include <vector>

namespace nabiz::trainer {

struct FilterToken {
    enum class Type { Word, Quoted, Operator, Open, Close, And, Or, Not, Unclosed, End };
    Type type = Type::End;
    std::string text; // of a quoted one, without the quotes
    FilterOperator compare = FilterOperator::Equal;
    std::size_t begin = 0, end = 0; // in bytes
};

// The last is End, or Unclosed for a quote that is not closed.
std::vector<FilterToken> filterTokens(std::string_view text);

} // namespace nabiz::trainer
