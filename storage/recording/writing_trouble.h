// SPDX-License-Identifier: GPL-3.0-or-later
// Whether writing fails, since when, and what has been said of it: it is told once, and when it is over, with how many
// batches came late.
// The writer's thread, but for throwIfFailing().
#pragma once

#include "storage/records/storage_error.h"
#include "storage/records/written.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>

namespace nabiz::storage {

class WritingTrouble {
public:
    // `told` is called with what is told; it may be empty.
    explicit WritingTrouble(std::function<void(const Trouble&)> told);

    void tell(const Trouble& trouble) const;
    void failed(const StorageError& error);
    // So many batches are written. True: it had failed before.
    bool succeeded(std::int64_t batches);
    // What waited has been written, too.
    void tellOver();
    bool isFailing() const { return m_failing; }
    // Throws why, while nothing can be written. Any thread.
    void throwIfFailing() const;

private:
    using Clock = std::chrono::steady_clock;

    const std::function<void(const Trouble&)> m_tell;
    bool m_failing = false;
    bool m_failureTold = false;
    Clock::time_point m_failingSince {};
    std::optional<std::int64_t> m_late; // batches written since it failed, not told yet

    mutable std::mutex m_mutex;
    std::optional<StorageError> m_lastError; // guarded by m_mutex; while nothing can be written
};

} // namespace nabiz::storage
