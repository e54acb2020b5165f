// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/loop/checkpoint_keeper.h"

#include "trainer/base/train_error.h"
#include "trainer/loop/checkpoint_folder.h"

#include <chrono>
#include <utility>

namespace nabiz::trainer {

CheckpointKeeper::CheckpointKeeper(std::filesystem::path folder, std::string run, KeptCheckpoints keep, Sink& sink)
    : m_folder(std::move(folder))
    , m_run(std::move(run))
    , m_keep(keep)
    , m_sink(sink)
{
}

CheckpointKeeper::~CheckpointKeeper()
{
    if (m_settling.valid())
        m_settling.wait();
}

void CheckpointKeeper::save(const PreparedRun& run, const Pass& pass, const TrainingPlace& place)
{
    if (m_folder.empty() || place.batch < 0 || place.batch == m_saved)
        return;
    tell(true);
    Checkpoint checkpoint = takeCheckpoint(run, m_run, pass, place);
    if (checkpoint.isCopy) {
        m_settling = std::async(std::launch::async, [this, checkpoint = std::move(checkpoint), place] {
            return settle(fillCheckpoint(m_folder, checkpoint), place);
        });
    } else {
        const std::filesystem::path filled = fillCheckpoint(m_folder, checkpoint);
        m_settling = std::async(std::launch::async, [this, filled, place] { return settle(filled, place); });
    }
    m_saved = place.batch;
}

// On a thread of its own. Its batches are recorded before it can be gone on from: else those between would be missing
// for good when the process is killed in that moment.
CheckpointKeeper::Written CheckpointKeeper::settle(
    const std::filesystem::path& checkpoint, const TrainingPlace& place) const
{
    settleCheckpoint(checkpoint, [this] { m_sink.settle(); });
    Written written { { place.batch, checkpoint.string(), bytesIn(checkpoint) }, {}, {} };
    try {
        written.gone
            = removeOlderCheckpoints(m_folder, m_keep.newest, place.batch, m_keep.best ? place.best.batch : -1);
    } catch (const TrainError& error) {
        written.warning = error.message();
    }
    return written;
}

void CheckpointKeeper::tell(bool wait)
{
    if (!m_settling.valid() || (!wait && m_settling.wait_for(std::chrono::seconds(0)) != std::future_status::ready))
        return;
    try {
        const Written written = m_settling.get();
        m_sink.checkpoint(written.files);
        for (const std::int64_t batch : written.gone)
            m_sink.checkpointGone(batch);
        if (written.warning)
            m_sink.event({ EventKind::Warning, m_saved, *written.warning });
    } catch (const TrainError& error) {
        fail(error.message());
    } catch (const std::exception& error) {
        fail(message(NABIZ_TEXT("Message", "The checkpoint of batch %1 could not be written: %2"),
            std::to_string(m_saved), error.what()));
    }
}

// Another try at the same batch is worth it, as at the end.
void CheckpointKeeper::fail(const Message& why)
{
    m_sink.event({ EventKind::Warning, std::exchange(m_saved, -1), why });
}

} // namespace nabiz::trainer
