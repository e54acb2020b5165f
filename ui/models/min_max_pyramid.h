// SPDX-License-Identifier: GPL-3.0-or-later
// A growing column of numbers under a pyramid of their extremes (64 samples a node, then 16 nodes one): a chart asks
// for at most two points a pixel column of any range, in time that does not depend on its length, and no spike is lost.
// Only whole nodes are kept, so that appending is O(1) amortised and never rewrites one. GUI thread.
#pragma once

#include "storage/reading/value_column.h"

#include <cstddef>
#include <vector>

namespace nabiz::ui {

class MinMaxPyramid {
public:
    struct Node {
        double minimum = 0, maximum = 0;
        double sum = 0;
        std::size_t finite = 0, nonFinite = 0;
        bool minimumFirst = true; // the first minimum comes no later than the first maximum
        void add(const Node& next);
    };

    static Node leaf(double value); // of one sample

    MinMaxPyramid() = default;
    explicit MinMaxPyramid(storage::ValueColumn values);

    void append(double value);
    std::size_t size() const { return m_value.size(); }
    double operator[](std::size_t i) const { return m_value[i]; }
    bool isMapped() const { return m_value.isMapped(); }
    const storage::ValueColumn& values() const { return m_value; }

    // Over samples [first, last), which may reach beyond the end.
    Node summary(std::size_t first, std::size_t last) const;
    // How many of them are finite and not above `limit`.
    std::size_t countAtMost(std::size_t first, std::size_t last, double limit) const;

private:
    void addNodes(std::size_t count);

    storage::ValueColumn m_value;
    std::vector<storage::BlockVector<Node>> m_levels; // node i of level k covers samples [i, i + 1) × 64 × 16^k
};

// The smallest power of two for which buckets aligned to its multiples cut [first, last) into at most `columns` pieces.
std::size_t bucketWidth(std::size_t first, std::size_t last, std::size_t columns);

} // namespace nabiz::ui
