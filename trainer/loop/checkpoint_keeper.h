// SPDX-License-Identifier: GPL-3.0-or-later
// Keeps the checkpoints of one run: takes all of it at a batch's end, and brings its files to the disk on a thread of
// its own while training goes on. What cannot be written is an event of the run, never its end. Training thread.
#pragma once

#include "trainer/loop/checkpoint.h"
#include "trainer/loop/sink.h"

#include <future>

namespace nabiz::trainer {

struct KeptCheckpoints {
    std::int64_t newest = 1; // so many
    bool best = false; // and the one of the lowest validation loss
};

class CheckpointKeeper {
public:
    // `run` marks whose they are. An empty folder: none are kept.
    CheckpointKeeper(std::filesystem::path folder, std::string run, KeptCheckpoints keep, Sink& sink);
    // Waits for the one that is being written; see tell().
    ~CheckpointKeeper();
    CheckpointKeeper(const CheckpointKeeper&) = delete;
    CheckpointKeeper& operator=(const CheckpointKeeper&) = delete;

    // The one that was gone on from.
    void setSaved(std::int64_t batch) { m_saved = batch; }
    // Once a batch. While the one before is on its way to the disk, it waits for that. Throws TrainError.
    void save(const PreparedRun& run, const Pass& pass, const TrainingPlace& place);
    // Tells the sink what has been written since. Cheap, unless it shall `wait`.
    void tell(bool wait);

private:
    struct Written {
        CheckpointFiles files;
        std::vector<std::int64_t> gone; // batches
        std::optional<Message> warning;
    };
    void fail(const Message& why);
    Written settle(const std::filesystem::path& checkpoint, const TrainingPlace& place) const;

    const std::filesystem::path m_folder;
    const std::string m_run;
    const KeptCheckpoints m_keep;
    Sink& m_sink;
    std::int64_t m_saved = -1; // batch of the newest
    std::future<Written> m_settling;
};

} // namespace nabiz::trainer
