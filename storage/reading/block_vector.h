// SPDX-License-Identifier: GPL-3.0-or-later
// A growing column in blocks of 65 536: appending never moves what is there, so that a curve of ten million points
// grows while it is drawn without holding a frame up. It may begin with a stretch of a mapped file. A copy shares the
// blocks, and the one that grows first gets a last block of its own: a copy may be read on one thread while the other
// grows on another.
#pragma once

#include "storage/reading/mapped_file.h"

#include <algorithm>
#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

namespace nabiz::storage {

template <typename T> class BlockVector {
public:
    static constexpr std::size_t kBlock = 65'536;

    BlockVector() = default;
    explicit BlockVector(const std::vector<T>& values) { append(values); }
    // `count` of them from `offset` on, a multiple of their size.
    BlockVector(std::shared_ptr<const MappedFile> file, std::size_t offset, std::size_t count)
        : m_file(std::move(file))
        , m_mapped(reinterpret_cast<const T*>(m_file->data() + offset))
        , m_mappedSize(count)
    {
    }

    std::size_t size() const { return m_mappedSize + m_size; }
    bool empty() const { return size() == 0; }
    const T& operator[](std::size_t i) const
    {
        return i < m_mappedSize ? m_mapped[i] : m_blocks[(i - m_mappedSize) / kBlock].data[(i - m_mappedSize) % kBlock];
    }
    void push_back(const T& value)
    {
        room().push_back(value);
        ++m_size;
    }
    void append(const std::vector<T>& values)
    {
        for (auto from = values.begin(); from != values.end();) {
            const auto count
                = std::min<std::ptrdiff_t>(static_cast<std::ptrdiff_t>(kBlock - m_size % kBlock), values.end() - from);
            std::vector<T>& block = room();
            block.insert(block.end(), from, from + count);
            m_size += static_cast<std::size_t>(count);
            from += count;
        }
    }
    bool isMapped() const { return m_mappedSize > 0; }
    // After all of it was read once: what is mapped takes room again only where it is looked at.
    void letGo() const
    {
        if (m_file) {
            m_file->letGo();
        }
    }

private:
    struct Block {
        explicit Block(std::shared_ptr<std::vector<T>> values)
            : owner(std::move(values))
        {
            owner->reserve(kBlock);
            data = owner->data();
        }
        std::shared_ptr<std::vector<T>> owner;
        const T* data;
    };

    // The last block, which has room for one more and is no other's.
    std::vector<T>& room()
    {
        if (m_size % kBlock == 0) {
            m_blocks.emplace_back(std::make_shared<std::vector<T>>());
        } else if (m_blocks.back().owner.use_count() > 1) {
            const Block& shared = m_blocks.back();
            auto own = std::make_shared<std::vector<T>>();
            own->reserve(kBlock);
            own->assign(shared.data, shared.data + m_size % kBlock);
            m_blocks.back() = Block(std::move(own));
        }
        return *m_blocks.back().owner;
    }

    std::shared_ptr<const MappedFile> m_file;
    const T* m_mapped = nullptr;
    std::size_t m_mappedSize = 0;
    std::vector<Block> m_blocks; // of what stands behind it
    std::size_t m_size = 0; // in blocks
};

} // namespace nabiz::storage
