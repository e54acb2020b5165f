// SPDX-License-Identifier: GPL-3.0-or-later
// What the terminal shows while several runs are trained one after another: the progress of the one at hand, under its
// own name, and a line at its beginning and end. Any thread.
#pragma once

#include "app/cli/training/train_progress.h"

#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string_view>

namespace nabiz::app {

class QueueProgress {
public:
    QueueProgress(std::filesystem::path database, bool terminal);

    void rows(storage::RunId run, std::span<const storage::Row> rows);
    void event(storage::RunId run, const storage::Event& event);
    void end(storage::RunId run, storage::RunStatus status, const std::string& failure);
    void say(std::string_view line);
    void finish();

private:
    TrainProgress& progressOf(storage::RunId run); // m_mutex is held

    const std::filesystem::path m_database;
    const bool m_terminal;
    std::mutex m_mutex; // guards what follows
    storage::RunId m_run = 0;
    std::optional<TrainProgress> m_progress; // of m_run
};

} // namespace nabiz::app
