// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/ranks/rank_worker.h"

#include "app/run/exit_code.h"
#include "app/run/local_ranks.h"
#include "app/run/stop_signals.h"
#include "trainer/data/cancelled.h"
#include "trainer/loop/trainer.h"

#include <csignal>
#include <utility>

#include <sys/prctl.h>

namespace nabiz::app {

namespace {

// What there is to record, rank 0 records.
class NoSink final : public trainer::Sink {
public:
    void batch(std::int64_t, double, std::span<const trainer::Metric>, std::span<const double>) override { }
    void phase(trainer::Phase) override { }
    void event(const trainer::Event&) override { }
    void checkpoint(const trainer::CheckpointFiles&) override { }
    void prepared(const trainer::Config&, const std::map<std::string, std::string>&, std::int64_t) override { }
};

} // namespace

void endWithParent()
{
    prctl(PR_SET_PDEATHSIG, SIGTERM);
}

int trainAsRank(trainer::World world, const trainer::Config& config)
{
    setFromConfig(world, config);
    const std::shared_ptr<trainer::Trainer> trainer = trainer::loadTrainer();
    std::stop_source stop;
    StopSignals signals;
    signals.listen([&stop] { stop.request_stop(); });
    NoSink sink;
    trainer::Control control;
    trainer::TrainResult result { trainer::Outcome::Stopped, 0, 0, {} };
    try {
        trainer->join(world, config, stop.get_token());
        result = trainer->train({ config, {} }, sink, control, stop.get_token());
    } catch (const trainer::Cancelled&) {
        result.outcome = trainer::Outcome::Stopped;
    }
    signals.close();
    if (result.outcome == trainer::Outcome::Diverged)
        return kExitFailed;
    return signals.stopped() ? kExitSignal : kExitDone;
}

} // namespace nabiz::app
