// SPDX-License-Identifier: GPL-3.0-or-later
// The queue of one run between its producer's thread (append) and the writer's (everything else). All its memory is
// taken and touched when it is made, so that appending neither allocates nor faults.
#pragma once

#include "storage/recording/recorder.h"

#if defined(__SANITIZE_THREAD__)
// The queue tells a thread sanitizer of its fences, but knows only Clang's; GCC's has the same functions.
extern "C" void AnnotateHappensBefore(const char* file, int line, void* address);
extern "C" void AnnotateHappensAfter(const char* file, int line, void* address);
namespace moodycamel {
inline int gccTsanAddress;
}
#define AE_TSAN_ANNOTATE_RELEASE() AnnotateHappensBefore(__FILE__, __LINE__, &::moodycamel::gccTsanAddress)
#define AE_TSAN_ANNOTATE_ACQUIRE() AnnotateHappensAfter(__FILE__, __LINE__, &::moodycamel::gccTsanAddress)
#endif
#include <readerwriterqueue/readerwriterqueue.h>

#include <atomic>
#include <condition_variable>
#include <mutex>

namespace nabiz::storage {

// How the writer is woken before its time. Shared, since a producer may outlive the recorder.
struct WriterSignal {
    std::mutex mutex;
    std::condition_variable changed;
    bool urgent = false; // guarded by mutex

    void wake();
};

class PointStream : public Stream {
public:
    PointStream(std::size_t rows, std::shared_ptr<WriterSignal> signal);

    void append(std::int64_t batch, double time, std::span<const std::uint16_t> metrics,
        std::span<const double> values) override;

    // Adds what has come to `rows`.
    void take(std::vector<Row>& rows);
    // Nobody will take any more: what is appended from here on is dropped, and a producer that waits goes on.
    void abandon();
    // Seconds the producer has waited for room since the last call.
    double takeWaited();

private:
    void wait(const Row& row);

    moodycamel::ReaderWriterQueue<Row> m_queue;
    std::shared_ptr<WriterSignal> m_signal;
    std::atomic<std::uint32_t> m_taken { 0 }; // counts the takes; a waiting producer sleeps on it
    std::atomic<bool> m_abandoned { false };
    std::atomic<std::int64_t> m_waitedMicroseconds { 0 };
};

} // namespace nabiz::storage
