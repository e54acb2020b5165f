// SPDX-License-Identifier: GPL-3.0-or-later
// How a run gets on, on stderr: a bar that is drawn over on a terminal, else a line every `training.log_interval`
// batches. Batch, loss, memory, rate, time left. Any thread.
#pragma once

#include "storage/records/records.h"

#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace nabiz::app {

class TrainProgress {
public:
    TrainProgress(std::string name, std::int64_t batches, std::int64_t logInterval, bool terminal);

    void rows(std::span<const storage::Row> rows);
    void event(const storage::Event& event);
    // A line of its own, the bar below it.
    void say(std::string_view line);
    // Takes the bar away.
    void finish();

private:
    void take(const storage::Row& row);
    std::string figures() const;
    double timeLeft() const;
    void clearBar();
    void drawBar();

    const std::string m_name;
    const std::int64_t m_batches;
    const std::int64_t m_logInterval;
    const bool m_terminal;

    std::mutex m_mutex; // guards what follows
    bool m_drawn = false;
    std::int64_t m_done = 0;
    double m_time = 0; // of the last batch
    std::optional<double> m_rate; // batches a second, of late
    std::optional<double> m_loss, m_memory, m_tokens;
};

} // namespace nabiz::app
