// SPDX-License-Identifier: GPL-3.0-or-later
// What the loop does between batches: evaluate, sample, save, obey, and agree with other ranks.
#include "trainer/base/plain_number.h"
#include "trainer/base/train_error.h"
#include "trainer/data/preview.h"
#include "trainer/loop/evaluation.h"
#include "trainer/loop/sample_text.h"
#include "trainer/loop/seed_stream.h"
#include "trainer/loop/train_loop.h"

#include <thread>
#include <utility>

namespace nabiz::trainer {

namespace {

constexpr std::chrono::milliseconds kBetweenWords { 100 }; // of ranks that pause

} // namespace

// True at every `key`-th batch, at the last, and once when it was asked for.
bool TrainLoop::isDue(const char* key, bool& wanted)
{
    const std::int64_t interval = m_config.integer(key);
    const bool regular = interval > 0 && ((lastBatch() > 0 && lastBatch() % interval == 0) || m_done == m_planned);
    return std::exchange(wanted, false) || regular;
}

void TrainLoop::obey(Command command)
{
    switch (command) {
    case Command::Pause:
        m_paused = true;
        break;
    case Command::Resume:
        m_paused = false;
        break;
    case Command::Checkpoint:
        m_wantsCheckpoint = true;
        break;
    case Command::Evaluate:
        m_wantsEvaluation = true;
        break;
    case Command::Sample:
        m_wantsSample = true;
        break;
    }
}

// What is asked for during a pause is done during it; its row has left, so a validation loss is an event alone.
void TrainLoop::pause()
{
    m_rows.flush(true);
    m_sink.phase(Phase::Paused);
    while (m_paused) {
        if (!awaitCommands())
            return;
        if (std::exchange(m_wantsEvaluation, false))
            evaluateNow();
        if (std::exchange(m_wantsSample, false) && m_comm.rank() == 0)
            sampleNow();
        if (m_wantsCheckpoint)
            tryCheckpoint();
        m_checkpoints.tell(true);
    }
    m_sink.phase(Phase::Running);
}

// False when the run is to stop. Ranks keep in touch meanwhile, so that none takes the others for dead.
bool TrainLoop::awaitCommands()
{
    if (m_share.isPart()) {
        if (m_comm.rank() == 0)
            std::this_thread::sleep_for(kBetweenWords);
        const Agreed agreed = m_exchange.exchange(m_rows, {}, m_stop.stop_requested(), m_control);
        for (const Command command : agreed.commands)
            obey(command);
        m_agreedStop = agreed.stop;
        return !agreed.stop;
    }
    const auto command = m_control.wait(m_stop);
    if (command)
        obey(*command);
    return command.has_value();
}

// At the end of a step, before which nothing goes between ranks.
void TrainLoop::consult(const Trained& trained)
{
    m_figures.tokens += static_cast<double>(trained.ownTargets);
    m_figures.seconds += m_rows.seconds();
    if (!canCheckpoint())
        return;
    m_figures.memory = static_cast<double>(m_meters.takenBytes());
    const Agreed agreed = m_exchange.exchange(m_rows, std::exchange(m_figures, {}), m_stop.stop_requested(), m_control);
    for (const Command command : agreed.commands)
        obey(command);
    m_agreedStop = agreed.stop;
}

std::optional<double> TrainLoop::evaluateNow()
{
    m_phase = MemoryPhase::Evaluation;
    // Ranks come to its end together: a stop waits for their next step.
    const auto loss = evaluate(
        m_run.model, m_run.validation, m_share, m_run.autocast, m_share.isPart() ? std::stop_token() : m_stop);
    if (loss) {
        m_sink.event({ EventKind::Evaluation, lastBatch(),
            message(NABIZ_TEXT("Message", "Validation loss %1 over %2 samples"), toFixed(*loss, 4),
                std::to_string(m_run.validation.samples())) });
        judge(*loss);
    }
    return loss;
}

void TrainLoop::judge(double loss)
{
    if (m_best.add(lastBatch(), loss) && m_config.boolean("training.keep_best")
        && m_config.integer("training.save_interval") > 0)
        m_wantsCheckpoint = true;
}

// When enough evaluations have brought nothing lower; it is said.
std::optional<Message> TrainLoop::settled()
{
    const std::int64_t patience = m_config.integer("training.stop_patience");
    if (patience == 0 || m_best.since < patience || m_done == m_planned)
        return std::nullopt;
    Message why = message(
        NABIZ_TEXT("Message", "Ended early: %1 evaluations without a validation loss lower than %2, of batch %3."),
        std::to_string(m_best.since), toFixed(m_best.loss, 4), std::to_string(m_best.batch));
    m_sink.event({ EventKind::Log, lastBatch(), why });
    return why;
}

void TrainLoop::sampleNow()
{
    m_phase = MemoryPhase::Sample;
    const bool codePoints = m_config.text("data.encoding") != "utf8";
    const auto prompt = promptIds(m_config.text("training.sample_prompt"), codePoints, m_run.model.config().vocabulary);
    const auto written = writeText(m_run.model, prompt, kSampleLength,
        mix(streamSeed(m_config, SeedStream::Sample), static_cast<std::uint64_t>(lastBatch())), m_run.autocast, m_stop);
    if (!m_stop.stop_requested())
        m_sink.event({ EventKind::Sample, lastBatch(), message("%1", idsToText(written, codePoints)) });
}

void TrainLoop::tryCheckpoint()
{
    m_wantsCheckpoint = false;
    if (const auto& began = m_rows.nonFinite()) {
        m_sink.event({ EventKind::Warning, lastBatch(),
            message(NABIZ_TEXT("Message",
                        "No checkpoint: the loss has been NaN or infinite since batch %1, and the older ones "
                        "are worth keeping."),
                std::to_string(began->batch)) });
        return;
    }
    m_phase = MemoryPhase::Checkpoint;
    Pass pass = m_pass;
    if (at::Tensor& newest = pass.memory().newest; newest.defined() && m_share.isPart())
        newest = m_share.part()->gather(newest); // of the whole batch
    try {
        m_rows.flush(true);
        m_checkpoints.save(m_run, pass, { lastBatch(), m_seconds, m_best });
    } catch (const TrainError& error) {
        m_sink.event({ EventKind::Warning, lastBatch(), error.message() });
    } catch (const c10::OutOfMemoryError&) {
        throw;
    } catch (const std::exception& error) {
        m_sink.event({ EventKind::Warning, lastBatch(),
            message(NABIZ_TEXT("Message", "The checkpoint of batch %1 could not be written: %2"),
                std::to_string(lastBatch()), error.what()) });
    }
}

} // namespace nabiz::trainer
