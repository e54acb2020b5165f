// SPDX-License-Identifier: GPL-3.0-or-later
// Whether another rank has failed: a rank that waits for one that lives would not notice, since who failed says nothing
// more. Looks at the store a few times a second, on a thread of its own; any thread may ask.
#pragma once

#include <torch/csrc/distributed/c10d/Store.hpp>

#include <atomic>
#include <memory>

namespace nabiz::trainer {

class FailureWatch {
public:
    explicit FailureWatch(c10::intrusive_ptr<c10d::Store> store);
    // The thread ends when the store answers it next.
    ~FailureWatch();
    FailureWatch(const FailureWatch&) = delete;
    FailureWatch& operator=(const FailureWatch&) = delete;

    bool hasFailed() const { return m_state->failed; }

private:
    struct State {
        std::atomic<bool> failed = false;
        std::atomic<bool> over = false;
    };
    std::shared_ptr<State> m_state;
};

} // namespace nabiz::trainer
