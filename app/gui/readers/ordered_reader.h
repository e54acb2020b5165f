// SPDX-License-Identifier: GPL-3.0-or-later
// Reads one thing after another on a thread of its own and hands what was read to the GUI thread. After restart() the
// answers of what was asked before are dropped, also those on their way. GUI
// thread; what owns it ends after it, so that no reading outlives what it uses.
#pragma once

#include "app/gui/process/worker.h"

#include <QObject>
#include <cstdint>
#include <functional>

namespace nabiz::app {

class OrderedReader : public QObject {
    Q_OBJECT
public:
    // Given to what reads, on the reader's thread.
    class Answer {
    public:
        // `show` runs on the GUI thread, unless it is wanted no more by then.
        void operator()(std::function<void()> show) const;
        // GUI thread.
        bool isWanted() const { return m_generation == m_reader->m_generation; }

    private:
        friend class OrderedReader;
        OrderedReader* m_reader = nullptr;
        std::uint64_t m_generation = 0;
    };

    using QObject::QObject;

    // What `read` throws ends it alone, and is told as a mistake: what may fail makes an answer of it.
    void post(std::function<void(const Answer&)> read);
    void restart() { ++m_generation; }

private:
    std::uint64_t m_generation = 0; // GUI thread
    Worker m_worker; // last: ends before what its jobs use
};

} // namespace nabiz::app
