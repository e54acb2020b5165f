// SPDX-License-Identifier: GPL-3.0-or-later
// A filter over rows of named values, as one line of text: words that must occur, comparisons such as `loss.best <
// 0.01` or `tag = first`, joined by and, or, not and parentheses. It knows nothing of runs: the names come from the
// caller, so that the window and the command line read one grammar. Values; any thread.
//
// A row without the value neither meets a comparison nor its opposite (`= none` and `!= none` ask for that itself).
// Texts are compared without regard to case. Two words side by side mean both. The last part of a name is enough where
// it is unique.
#pragma once

#include "trainer/base/message.h"

#include <cstddef>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace nabiz::trainer {

enum class FilterKind {
    Number,
    Bytes, // 512MB, 1.5GiB
    Seconds, // 90, 2min, 1.5h
    Time, // ms since 1970; 2026-05-04, 2026-05-04T13:05, today, yesterday
    Flag, // 0 or 1; true, false, yes, no
    Text,
    List, // several texts
    Any // a text, and a number where it reads as one
};

struct FilterName {
    std::string name;
    FilterKind kind = FilterKind::Any;
    std::vector<std::string> choices = {}; // all that it can be, where that is known
};

struct FilterValue {
    bool known = false;
    double number = std::numeric_limits<double>::quiet_NaN();
    bool isNumber = false;
    std::string text; // of a list, one entry a line
};

class FilterRow {
public:
    virtual ~FilterRow() = default;
    virtual FilterValue value(std::size_t name) const = 0; // by its place among the names
    virtual std::string words() const = 0; // where a bare word is looked for
};

struct FilterProblem {
    std::size_t position = 0; // in characters, from 0
    std::size_t length = 0; // 0 = at the end
    Message message;
    bool isUnfinished = false; // going on typing may mend it
};

class FilterExpression {
public:
    struct Node;
    struct Reading;

    FilterExpression(); // matches everything
    ~FilterExpression();
    FilterExpression(const FilterExpression&);
    FilterExpression(FilterExpression&&) noexcept;
    FilterExpression& operator=(const FilterExpression&);
    FilterExpression& operator=(FilterExpression&&) noexcept;

    // Everything is read at once; afterwards the names are needed no more.
    static Reading read(std::string_view text, std::span<const FilterName> names);
    bool matches(const FilterRow& row) const;
    bool isEmpty() const { return m_nodes.empty(); }

private:
    friend class FilterParser;
    std::vector<Node> m_nodes; // the root is the last
};

struct FilterExpression::Reading {
    FilterExpression expression; // matches everything where there is a problem
    std::optional<FilterProblem> problem;
};

} // namespace nabiz::trainer
