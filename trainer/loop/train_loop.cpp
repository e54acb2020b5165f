// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/loop/train_loop.h"

#include "trainer/base/plain_number.h"
#include "trainer/base/train_error.h"
#include "trainer/data/preview.h"
#include "trainer/data/random.h"
#include "trainer/loop/evaluation.h"
#include "trainer/loop/sample_text.h"

#include <utility>

namespace nabiz::trainer {

namespace {

// Bytes that a sample text goes on for behind its prompt.
constexpr std::int64_t kSampleLength = 160;
// Parts of a run draw from streams of their own, told apart by these.
constexpr std::uint64_t kDropoutStream = 2;
constexpr std::uint64_t kSampleStream = 3;

std::uint64_t streamSeed(const Config& config, std::uint64_t stream)
{
    return mix(static_cast<std::uint64_t>(config.integer("training.seed")), stream);
}

Pass trainingPass(const PreparedRun& run)
{
    const Config& config = run.applied;
    Pass pass = Pass::training(config.real("model.dropout"), streamSeed(config, kDropoutStream));
    return pass.setAutocast(run.autocast).setCheckpointing(config.boolean("training.use_gradient_checkpointing"));
}

} // namespace

TrainLoop::TrainLoop(PreparedRun& run, const TrainRequest& request, Sink& sink, Control& control, std::stop_token stop,
    Clock::time_point started)
    : m_run(run)
    , m_request(request)
    , m_config(run.applied)
    , m_sink(sink)
    , m_control(control)
    , m_stop(std::move(stop))
    , m_started(started)
    , m_planned(run.plannedBatches())
    , m_accumulation(m_config.integer("training.gradient_accumulation_steps"))
    , m_ids(static_cast<std::size_t>(m_config.integer("training.batch_size") * m_config.integer("model.max_seq_len")))
    , m_pass(trainingPass(run))
    , m_rows(sink, run.device)
    , m_meters(run.device, m_config)
    , m_checkpoints(request.checkpointFolder, request.run,
          { m_config.integer("training.keep_checkpoints"), m_config.boolean("training.keep_best") }, sink)
{
}

void TrainLoop::resume(const std::filesystem::path& checkpoint)
{
    const TrainingPlace place = restoreCheckpoint(checkpoint, m_run, m_pass);
    m_done = place.batch + 1;
    m_best = place.best;
    m_started -= std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(place.seconds));
    m_checkpoints.setSaved(place.batch);
}

TrainResult TrainLoop::run()
{
    try {
        return loop();
    } catch (const c10::OutOfMemoryError&) {
        m_rows.flush(true); // the batches before it are whole
        m_checkpoints.tell(true);
        throw;
    }
}

TrainResult TrainLoop::loop()
{
    m_sink.phase(Phase::Running);
    while (m_done < m_planned) {
        if (m_stop.stop_requested())
            return end(Outcome::Stopped);
        Trained trained = trainBatch();
        ++m_done;
        while (const auto command = m_control.poll())
            obey(*command);
        m_checkpoints.tell(false);
        if (isDue("training.eval_interval", m_wantsEvaluation)) {
            if (const auto loss = evaluateNow())
                trained.row.set(Metric::ValLoss, *loss);
        }
        m_rows.add(trained.row, trained.targets, trained.values);
        m_meters.check(m_sink, lastBatch());
        if (hasDiverged())
            return end(Outcome::Diverged);
        if (isDue("training.sample_interval", m_wantsSample))
            sampleNow();
        if (isDue("training.save_interval", m_wantsCheckpoint) && m_done < m_planned)
            tryCheckpoint();
        if (hasSettled())
            return end(Outcome::Finished);
        if (m_paused && m_done < m_planned)
            pause();
    }
    return end(Outcome::Finished);
}

TrainLoop::Trained TrainLoop::trainBatch()
{
    m_meters.beginBatch();
    m_rows.beginBatch();
    Trained trained;
    trained.targets = m_run.sampler.next(m_ids);
    const IdBatch batch(m_ids, m_config.integer("model.max_seq_len"), m_run.device);
    const ModelOutput output = m_run.model(batch.inputs, m_pass);
    const at::Tensor loss = lossOf(output.logits, batch.targets);
    backward(output, loss);

    const double rate = m_run.schedule.rate(m_done / m_accumulation + 1);
    trained.values = { loss, m_pass.observations(), m_pass.traces() };
    if (m_run.model.config().experts.size() > 1)
        trained.values.add(Metric::BalanceLoss, output.balance);
    if ((m_done + 1) % m_accumulation == 0)
        optimizerStep(trained.values, rate);
    m_rows.endBatch();

    m_seconds = std::chrono::duration<double>(Clock::now() - m_started).count();
    trained.row = BatchRow(m_done, m_seconds);
    trained.row.set(Metric::LearningRate, rate);
    m_meters.addTo(trained.row);
    return trained;
}

// Gradients of micro-batches add up; each is divided by their number.
void TrainLoop::backward(const ModelOutput& output, const at::Tensor& loss)
{
    at::Tensor objective = m_config.boolean("training.balance_in_loss") ? loss + output.balance : loss;
    if (m_accumulation > 1)
        objective = objective / static_cast<double>(m_accumulation);
    m_run.scaler.scaled(objective).backward();
}

void TrainLoop::optimizerStep(DeviceRow& values, double rate)
{
    m_run.scaler.unscale(m_run.optimizer.gradients());
    values.add(Metric::GradNorm, m_run.optimizer.clip(m_config.real("training.gradient_clip")));
    if (m_run.scaler.isEnabled())
        values.add(Metric::GradScale, m_run.scaler.scale().clone());
    m_run.optimizer.step(rate, m_run.scaler.overflow());
    m_run.scaler.update();
    m_run.optimizer.clearGradients();
}

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
        const auto command = m_control.wait(m_stop);
        if (!command)
            return;
        obey(*command);
        if (std::exchange(m_wantsEvaluation, false))
            evaluateNow();
        if (std::exchange(m_wantsSample, false))
            sampleNow();
        if (std::exchange(m_wantsCheckpoint, false))
            tryCheckpoint();
        m_checkpoints.tell(true);
    }
    m_sink.phase(Phase::Running);
}

std::optional<double> TrainLoop::evaluateNow()
{
    const auto loss
        = evaluate(m_run.model, m_run.validation, m_config.integer("training.batch_size"), m_run.autocast, m_stop);
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

// True when enough evaluations have brought nothing lower; it is said.
bool TrainLoop::hasSettled()
{
    const std::int64_t patience = m_config.integer("training.stop_patience");
    if (patience == 0 || m_best.since < patience || m_done == m_planned)
        return false;
    m_sink.event({ EventKind::Log, lastBatch(),
        message(
            NABIZ_TEXT("Message", "Ended early: %1 evaluations without a validation loss lower than %2, of batch %3."),
            std::to_string(m_best.since), toFixed(m_best.loss, 4), std::to_string(m_best.batch)) });
    return true;
}

void TrainLoop::sampleNow()
{
    const bool codePoints = m_config.text("data.encoding") != "utf8";
    const auto prompt = promptIds(m_config.text("training.sample_prompt"), codePoints, m_run.model.config().vocabulary);
    const auto written = writeText(m_run.model, prompt, kSampleLength,
        mix(streamSeed(m_config, kSampleStream), static_cast<std::uint64_t>(lastBatch())), m_run.autocast, m_stop);
    if (!m_stop.stop_requested())
        m_sink.event({ EventKind::Sample, lastBatch(), message("%1", idsToText(written, codePoints)) });
}

void TrainLoop::tryCheckpoint()
{
    if (const auto& began = m_rows.nonFinite()) {
        m_sink.event({ EventKind::Warning, lastBatch(),
            message(NABIZ_TEXT("Message",
                        "No checkpoint: the loss has been NaN or infinite since batch %1, and the older ones "
                        "are worth keeping."),
                std::to_string(began->batch)) });
        return;
    }
    try {
        m_rows.flush(true);
        m_checkpoints.save(m_run, m_pass, { lastBatch(), m_seconds, m_best });
    } catch (const TrainError& error) {
        m_sink.event({ EventKind::Warning, lastBatch(), error.message() });
    } catch (const std::exception& error) {
        m_sink.event({ EventKind::Warning, lastBatch(),
            message(NABIZ_TEXT("Message", "The checkpoint of batch %1 could not be written: %2"),
                std::to_string(lastBatch()), error.what()) });
    }
}

bool TrainLoop::hasDiverged() const
{
    const auto& began = m_rows.nonFinite();
    return began && m_rows.lastBatch() - began->batch >= m_config.integer("training.stop_on_nonfinite");
}

TrainResult TrainLoop::end(Outcome outcome)
{
    if (outcome == Outcome::Stopped)
        m_sink.phase(Phase::Stopping);
    m_rows.flush(true);
    m_checkpoints.tell(true);
    TrainResult result { outcome, m_done, m_run.optimizer.steps(), {} };
    if (const auto& began = m_rows.nonFinite()) {
        // Weights that give no number are not worth a checkpoint; those before it are kept.
        if (outcome == Outcome::Stopped)
            return result;
        result.outcome = Outcome::Diverged;
        result.message = describe(*began);
        return result;
    }
    // A run that has come to its end has come to it, saved or not.
    if (outcome == Outcome::Stopped || m_config.integer("training.save_interval") > 0)
        tryCheckpoint();
    m_checkpoints.tell(true);
    return result;
}

} // namespace nabiz::trainer
