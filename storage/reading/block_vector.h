// SPDX-License-Identifier: GPL-3.0-or-later
// A growing column in blocks of 65 536: appending never moves what is there, so that a curve of ten million points
// grows while it is drawn without holding a frame up. One thread at a time.
#pragma once

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

namespace nabiz::storage {

template <typename T> class BlockVector {
public:
    static constexpr std::size_t kBlock = 65'536;

    BlockVector() = default;
    explicit BlockVector(const std::vector<T>& values)
    {
        for (std::size_t first = 0; first < values.size(); first += kBlock) {
            const auto begin = values.begin() + static_cast<std::ptrdiff_t>(first);
            auto& block = newBlock();
            block.assign(begin, begin + static_cast<std::ptrdiff_t>(std::min(kBlock, values.size() - first)));
        }
        m_size = values.size();
    }

    std::size_t size() const { return m_size; }
    bool empty() const { return m_size == 0; }
    const T& operator[](std::size_t i) const { return m_blocks[i / kBlock][i % kBlock]; }
    void push_back(const T& value)
    {
        if (m_size % kBlock == 0) {
            newBlock();
        }
        m_blocks.back().push_back(value);
        ++m_size;
    }
    // At once, when all before are whole.
    void append(std::vector<T> block)
    {
        if (m_size % kBlock == 0 && block.size() <= kBlock) {
            m_size += block.size();
            m_blocks.push_back(std::move(block));
            m_blocks.back().reserve(kBlock);
            return;
        }
        for (const T& value : block) {
            push_back(value);
        }
    }
    // Each but the last holds kBlock.
    const std::vector<T>& block(std::size_t i) const { return m_blocks[i]; }

private:
    std::vector<T>& newBlock()
    {
        m_blocks.emplace_back();
        m_blocks.back().reserve(kBlock);
        return m_blocks.back();
    }

    std::vector<std::vector<T>> m_blocks;
    std::size_t m_size = 0;
};

} // namespace nabiz::storage
