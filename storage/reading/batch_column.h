// SPDX-License-Identifier: GPL-3.0-or-later
// Where the samples of a curve stand: the batch and the time of each. Batches that follow one another, as nearly all
// do, take no room. All metrics of a run that have a value at every batch share one. One thread at a time.
#pragma once

#include "storage/reading/block_vector.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

namespace nabiz::storage {

class BatchColumn {
public:
    BatchColumn() = default;
    // `batch` and `time` have one length.
    BatchColumn(const std::vector<double>& batch, const std::vector<double>& time)
        : m_time(time)
    {
        for (std::size_t i = 0; i < batch.size(); ++i) {
            appendBatch(batch[i], i);
        }
    }
    // Whether neither falls anywhere.
    struct Order {
        bool batches = true;
        bool times = true;
    };
    // Without batches: first, first + 1, …
    BatchColumn(
        double first, BlockVector<double> batch, BlockVector<double> time, const std::optional<Order>& order = {})
        : m_first(first)
        , m_batch(std::move(batch))
        , m_time(std::move(time))
        , m_order(order)
    {
    }

    std::size_t size() const { return m_time.size(); }
    double batch(std::size_t i) const { return m_batch.empty() ? m_first + static_cast<double>(i) : m_batch[i]; }
    double time(std::size_t i) const { return m_time[i]; }
    bool isContiguous() const { return m_batch.empty(); }
    const std::optional<Order>& order() const { return m_order; } // where it is known
    bool isMapped() const { return m_time.isMapped(); }

    void append(double batch, double time)
    {
        appendBatch(batch, m_time.size());
        m_time.push_back(time);
        m_order.reset();
    }
    // The first `size` samples, for a curve that goes its own way from there.
    BatchColumn upTo(std::size_t size) const
    {
        BatchColumn column;
        for (std::size_t i = 0; i < std::min(size, this->size()); ++i) {
            column.append(batch(i), time(i));
        }
        return column;
    }

private:
    void appendBatch(double batch, std::size_t i)
    {
        if (i == 0) {
            m_first = batch;
        } else if (!m_batch.empty()) {
            m_batch.push_back(batch);
        } else if (batch != m_first + static_cast<double>(i)) {
            for (std::size_t j = 0; j < i; ++j) {
                m_batch.push_back(m_first + static_cast<double>(j));
            }
            m_batch.push_back(batch);
        }
    }

    double m_first = 0;
    BlockVector<double> m_batch; // empty while each batch follows the one before
    BlockVector<double> m_time;
    std::optional<Order> m_order;
};

} // namespace nabiz::storage
