// SPDX-License-Identifier: GPL-3.0-or-later
// How far a transfer has come, how fast it is of late and how long it still takes. What was there before it began
// counts as done, not as fast. One thread at a time.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>

namespace nabiz::app {

struct FetchProgress {
    std::string file;
    std::int64_t done = 0; // bytes, of all files
    std::int64_t total = 0;
    double bytesPerSecond = 0; // 0 = not known yet
    std::optional<double> secondsLeft;
};

class ProgressMeter {
public:
    using Clock = std::chrono::steady_clock;

    void begin(std::int64_t total) { m_progress.total = total; }
    void file(const std::string& name) { m_progress.file = name; }
    // Of `bytes` that are there without having come over the wire; negative where they were of no use.
    void skip(std::int64_t bytes);
    void add(std::int64_t bytes, Clock::time_point now = Clock::now());
    const FetchProgress& progress() const { return m_progress; }

private:
    void measure(Clock::time_point now);

    struct Sample {
        Clock::time_point time;
        std::int64_t bytes; // over the wire until then
    };
    std::deque<Sample> m_samples; // of the last seconds
    std::int64_t m_received = 0;
    FetchProgress m_progress;
};

} // namespace nabiz::app
