// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/loop/train_loop.h"

#include "trainer/base/train_error.h"
#include "trainer/loop/evaluation.h"
#include "trainer/loop/memory_failure.h"
#include "trainer/loop/seed_stream.h"
#include "trainer/loop/shared_state.h"

#include <utility>

namespace nabiz::trainer {

namespace {

Pass trainingPass(const PreparedRun& run, const BatchShare& share)
{
    const Config& config = run.applied;
    Pass pass = Pass::training(config.real("model.dropout"), streamSeed(config, SeedStream::Dropout));
    pass.setPart(share.part());
    return pass.setAutocast(run.autocast).setCheckpointing(config.boolean("training.use_gradient_checkpointing"));
}

} // namespace

TrainLoop::TrainLoop(PreparedRun& run, const TrainRequest& request, Comm& comm, Sink& sink, Control& control,
    std::stop_token stop, Clock::time_point started)
    : m_run(run)
    , m_config(run.applied)
    , m_sink(sink)
    , m_control(control)
    , m_stop(std::move(stop))
    , m_started(started)
    , m_planned(run.plannedBatches())
    , m_accumulation(m_config.integer("training.gradient_accumulation_steps"))
    , m_comm(comm)
    , m_share(comm, m_config.integer("training.batch_size"), m_config.integer("model.max_seq_len"))
    , m_exchange(comm)
    , m_ids(m_share.batchIds())
    , m_pass(trainingPass(run, m_share))
    , m_buckets(comm, run.optimizer.trained())
    , m_rows(sink, run.device, m_share.isPart())
    , m_meters(run.device, m_config, run.ledger ? std::optional(run.ledger->total()) : std::nullopt)
    , m_checkpoints(request.checkpointFolder, request.run,
          { m_config.integer("training.keep_checkpoints"), m_config.boolean("training.keep_best") }, sink)
{
}

void TrainLoop::resume(const std::filesystem::path& checkpoint)
{
    setPlace(restoreCheckpoint(checkpoint, m_run, m_pass));
}

void TrainLoop::setPlace(const TrainingPlace& place)
{
    m_done = place.batch + 1;
    m_best = place.best;
    m_seconds = place.seconds;
    m_started -= std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(place.seconds));
    m_checkpoints.setSaved(place.batch);
}

void TrainLoop::meetAt(bool resumed)
{
    TrainingPlace place { lastBatch(), m_seconds, m_best };
    shareState(m_comm, m_run, m_pass, place, resumed);
    if (m_comm.rank() != 0)
        setPlace(place);
}

TrainResult TrainLoop::run()
{
    try {
        return loop();
    } catch (const c10::Error& error) {
        if (!isOutOfMemory(error))
            throw;
        m_rows.flush(true); // the batches before it are whole
        m_checkpoints.tell(true);
        throw describeOutOfMemory(error, m_run.device, account());
    } catch (const OutOfMemory&) {
        m_rows.flush(true);
        m_checkpoints.tell(true);
        throw;
    }
}

MemoryAccount TrainLoop::account() const
{
    MemoryAccount account = ledgerOf(m_run);
    account.phase = m_phase;
    const bool isOfNext
        = m_phase == MemoryPhase::Forward || m_phase == MemoryPhase::Backward || m_phase == MemoryPhase::Step;
    account.batch = isOfNext ? m_done : lastBatch();
    return account;
}

TrainResult TrainLoop::loop()
{
    m_sink.phase(Phase::Running);
    while (m_done < m_planned) {
        if (m_share.isPart() ? m_agreedStop : m_stop.stop_requested())
            return end(Outcome::Stopped);
        Trained trained = trainBatch();
        ++m_done;
        while (const auto command = m_share.isPart() ? std::nullopt : m_control.poll())
            obey(*command);
        m_checkpoints.tell(false);
        if (isDue("training.eval_interval", m_wantsEvaluation)) {
            if (const auto loss = evaluateNow())
                trained.row.set(Metric::ValLoss, *loss);
        }
        m_rows.add(trained.row, trained.targets, trained.values);
        if (m_share.isPart())
            consult(trained);
        m_meters.check(m_sink, lastBatch(), [this] { return account(); });
        if (hasDiverged())
            return end(Outcome::Diverged);
        if (isDue("training.sample_interval", m_wantsSample) && m_comm.rank() == 0)
            sampleNow();
        m_wantsCheckpoint = isDue("training.save_interval", m_wantsCheckpoint);
        if (m_wantsCheckpoint && canCheckpoint() && m_done < m_planned)
            tryCheckpoint();
        if (auto why = settled()) {
            TrainResult result = end(Outcome::Finished);
            if (result.outcome == Outcome::Finished)
                result.message = std::move(*why);
            return result;
        }
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
    trained.values = gradients(trained);
    const double rate = m_run.schedule.rate(m_done / m_accumulation + 1);
    if ((m_done + 1) % m_accumulation == 0)
        optimizerStep(trained.values, rate);
    m_rows.endBatch();

    m_seconds = std::chrono::duration<double>(Clock::now() - m_started).count();
    trained.row = BatchRow(m_done, m_seconds);
    trained.row.set(Metric::LearningRate, rate);
    m_meters.addTo(trained.row);
    return trained;
}

// Forward and backward; with it go the logits, the graph and what hangs on it, before memory is measured.
DeviceRow TrainLoop::gradients(Trained& trained)
{
    m_phase = MemoryPhase::Forward;
    const IdBatch batch(m_share.own(m_ids), m_config.integer("model.max_seq_len"), m_run.device);
    const ModelOutput output = m_run.model(batch.inputs, m_pass);
    trained.ownTargets = m_share.isPart() ? m_share.ownTargets(m_ids) : trained.targets;
    const at::Tensor loss = m_share.weighted(output.logits, batch.targets, trained.ownTargets, trained.targets);
    m_phase = MemoryPhase::Backward;
    backward(output, loss);
    DeviceRow values { loss.detach(), m_pass.observations(), m_pass.traces() };
    if (m_run.model.config().experts.size() > 1)
        values.add(Metric::BalanceLoss, output.balance.detach());
    return values;
}

// Gradients of micro-batches add up; each is divided by their number. With the last of a step come those of other
// ranks: where one has overflowed, so has the sum, and all leave the step out.
void TrainLoop::backward(const ModelOutput& output, const at::Tensor& loss)
{
    at::Tensor objective = m_config.boolean("training.balance_in_loss") ? loss + output.balance : loss;
    if (m_accumulation > 1)
        objective = objective / static_cast<double>(m_accumulation);
    const bool isLast = (m_done + 1) % m_accumulation == 0;
    if (isLast)
        m_buckets.begin();
    m_run.scaler.scaled(objective).backward();
    if (isLast)
        m_figures.waited += m_buckets.finish();
}

void TrainLoop::optimizerStep(DeviceRow& values, double rate)
{
    m_phase = MemoryPhase::Step;
    m_run.scaler.unscale(m_run.optimizer.gradients());
    values.add(Metric::GradNorm, m_run.optimizer.clip(m_config.real("training.gradient_clip")));
    if (m_run.scaler.isEnabled())
        values.add(Metric::GradScale, m_run.scaler.scale().clone());
    m_run.optimizer.step(rate, m_run.scaler.overflow());
    m_run.scaler.update();
    m_run.optimizer.clearGradients();
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
