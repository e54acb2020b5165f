// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/min_max_pyramid.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace nabiz::ui {
namespace {

constexpr std::size_t kFirst = 64; // samples of a node of level 0: fewer would take more room than they save time
constexpr std::size_t kFanOut = 16;

// Samples of a node.
std::size_t wider(std::size_t width)
{
    return width * (width == 1 ? kFirst : kFanOut);
}

} // namespace

MinMaxPyramid::Node MinMaxPyramid::leaf(double value)
{
    Node node;
    if (std::isfinite(value)) {
        node.minimum = node.maximum = node.sum = value;
        node.finite = 1;
    } else {
        node.nonFinite = 1;
    }
    return node;
}

void MinMaxPyramid::Node::add(const Node& next)
{
    nonFinite += next.nonFinite;
    if (next.finite == 0) {
        return;
    }
    if (finite == 0) {
        minimum = next.minimum;
        maximum = next.maximum;
        minimumFirst = next.minimumFirst;
    } else {
        const bool lower = next.minimum < minimum;
        const bool higher = next.maximum > maximum;
        if (lower && higher) {
            minimumFirst = next.minimumFirst;
        } else if (lower != higher) {
            minimumFirst = higher;
        }
        minimum = std::min(minimum, next.minimum);
        maximum = std::max(maximum, next.maximum);
    }
    sum += next.sum;
    finite += next.finite;
}

MinMaxPyramid::MinMaxPyramid(storage::ValueColumn values)
    : m_value(std::move(values))
{
    for (std::size_t count = kFirst; count <= m_value.size(); count += kFirst) {
        addNodes(count);
    }
    m_value.letGo();
}

void MinMaxPyramid::append(double value)
{
    m_value.append(value);
    addNodes(m_value.size());
}

// The nodes that are whole with the sample before `count`.
void MinMaxPyramid::addNodes(std::size_t count)
{
    std::size_t fanOut = kFirst;
    for (std::size_t level = 0; count % fanOut == 0; ++level, count /= fanOut, fanOut = kFanOut) {
        Node node;
        for (std::size_t i = count - fanOut; i < count; ++i) {
            node.add(level == 0 ? leaf(m_value[i]) : m_levels[level - 1][i]);
        }
        if (level == m_levels.size()) {
            m_levels.emplace_back();
        }
        m_levels[level].push_back(node);
    }
}

MinMaxPyramid::Node MinMaxPyramid::summary(std::size_t first, std::size_t last) const
{
    last = std::min(last, m_value.size());
    Node node;
    while (first < last) {
        std::size_t level = 0;
        std::size_t width = 1;
        // The widest node that begins here and ends in the range; level 0 is the samples themselves.
        while (level < m_levels.size() && first % wider(width) == 0 && first + wider(width) <= last) {
            width = wider(width);
            ++level;
        }
        node.add(level == 0 ? leaf(m_value[first]) : m_levels[level - 1][first / width]);
        first += width;
    }
    return node;
}

std::size_t MinMaxPyramid::countAtMost(std::size_t first, std::size_t last, double limit) const
{
    last = std::min(last, m_value.size());
    std::size_t count = 0;
    while (first < last) {
        std::size_t level = 0;
        std::size_t width = 1;
        bool whole = false; // a node that lies wholly on one side of the limit
        std::size_t finite = 0;
        while (level < m_levels.size() && first % wider(width) == 0 && first + wider(width) <= last) {
            const Node& node = m_levels[level][first / wider(width)];
            if (node.finite > 0 && node.minimum <= limit && node.maximum > limit) {
                break;
            }
            width = wider(width);
            ++level;
            whole = true;
            finite = node.finite > 0 && node.maximum <= limit ? node.finite : 0;
        }
        if (whole) {
            count += finite;
        } else if (std::isfinite(m_value[first]) && m_value[first] <= limit) {
            ++count;
        }
        first += width;
    }
    return count;
}

std::size_t bucketWidth(std::size_t first, std::size_t last, std::size_t columns)
{
    std::size_t width = 1;
    while (last > first && (last - 1) / width - first / width + 1 > std::max<std::size_t>(columns, 2)) {
        width *= 2;
    }
    return width;
}

} // namespace nabiz::ui
