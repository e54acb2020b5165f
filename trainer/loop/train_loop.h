// SPDX-License-Identifier: GPL-3.0-or-later
// The loop over batches of one prepared run. Reads top to bottom in run(): train, evaluate, tell, sample, save, obey.
// Training thread only.
#pragma once

#include "trainer/distributed/gradient_buckets.h"
#include "trainer/loop/batch_share.h"
#include "trainer/loop/checkpoint_keeper.h"
#include "trainer/loop/meters.h"
#include "trainer/loop/prepared_run.h"
#include "trainer/loop/rank_exchange.h"
#include "trainer/loop/row_queue.h"
#include "trainer/loop/trainer.h"

#include <chrono>

namespace nabiz::trainer {

class TrainLoop {
public:
    using Clock = std::chrono::steady_clock;

    TrainLoop(PreparedRun& run, const TrainRequest& request, Comm& comm, Sink& sink, Control& control,
        std::stop_token stop, Clock::time_point started);

    // Before run(): goes on behind that checkpoint. Throws as restoreCheckpoint().
    void resume(const std::filesystem::path& checkpoint);
    // Before run(), on every rank: goes on from where rank 0 is.
    void meetAt(bool resumed);
    TrainResult run();

private:
    // What a batch leaves for its row.
    struct Trained {
        BatchRow row;
        std::int64_t targets = 0;
        std::int64_t ownTargets = 0; // of this rank
        DeviceRow values;
    };

    void setPlace(const TrainingPlace& place);
    TrainResult loop();
    // What is held now, and what was being done.
    MemoryAccount account() const;
    Trained trainBatch();
    DeviceRow gradients(Trained& trained);
    void backward(const ModelOutput& output, const at::Tensor& loss);
    void optimizerStep(DeviceRow& values, double rate);
    void obey(Command command);
    void pause();
    bool awaitCommands();
    void consult(const Trained& trained);
    bool isDue(const char* key, bool& wanted);
    std::optional<double> evaluateNow();
    void judge(double loss);
    void sampleNow();
    // What cannot be written is an event: training goes on.
    void tryCheckpoint();
    bool hasDiverged() const;
    std::optional<Message> settled();
    TrainResult end(Outcome outcome);
    std::int64_t lastBatch() const { return m_done - 1; }
    // Between steps the gradients of ranks are not in one place.
    bool canCheckpoint() const { return !m_share.isPart() || m_done % m_accumulation == 0; }

    PreparedRun& m_run;
    const Config& m_config;
    Sink& m_sink;
    Control& m_control;
    std::stop_token m_stop;
    Clock::time_point m_started;
    std::int64_t m_planned;
    std::int64_t m_accumulation;
    std::int64_t m_done = 0; // batches trained
    double m_seconds = 0; // time of the last
    BestLoss m_best;
    Comm& m_comm;
    BatchShare m_share; // of every batch
    RankExchange m_exchange;
    RankFigures m_figures; // since it was told
    bool m_agreedStop = false;
    MemoryPhase m_phase = MemoryPhase::Forward;
    std::vector<std::uint8_t> m_ids;
    Pass m_pass;
    GradientBuckets m_buckets;
    RowQueue m_rows;
    Meters m_meters;
    CheckpointKeeper m_checkpoints;
    bool m_paused = false;
    bool m_wantsEvaluation = false;
    bool m_wantsSample = false;
    bool m_wantsCheckpoint = false;
};

} // namespace nabiz::trainer
