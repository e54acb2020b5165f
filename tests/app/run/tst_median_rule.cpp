// SPDX-License-Identifier: GPL-3.0-or-later
// A run that is hopeless beside its group is stopped, and says why; nothing else is.
#include "app/run/median_rule.h"
#include "app/run/run_controller.h"
#include "app/run/run_record.h"
#include "storage/run_store.h"
#include "trainer/config/parameters/metric_table.h"

#include <QTemporaryDir>
#include <QtTest>

#include <cmath>
#include <limits>

using namespace nabiz;
using storage::RunId;
using storage::RunStatus;

namespace {

// Evaluates behind every tenth of its batches; the loss is that of its seed.
class Trainer final : public trainer::Trainer {
public:
    trainer::TrainResult train(
        const trainer::TrainRequest& request, trainer::Sink& sink, trainer::Control&, std::stop_token stop) override
    {
        sink.phase(trainer::Phase::Running);
        sink.prepared(request.config, {}, kBatches);
        const trainer::Metric metrics[] = { trainer::Metric::Loss, trainer::Metric::ValLoss };
        const auto seed = static_cast<double>(request.config.integer("training.seed"));
        for (std::int64_t batch = 0; batch < kBatches || (endless && seed >= 100); ++batch) {
            if (stop.stop_requested())
                return { trainer::Outcome::Stopped, batch, batch, {} };
            const double values[] = { 1, seed };
            const bool evaluates = batch % 10 == 9 && batch < kBatches;
            sink.batch(
                batch, static_cast<double>(batch), { metrics, evaluates ? 2u : 1u }, { values, evaluates ? 2u : 1u });
            if (batch >= kBatches)
                std::this_thread::yield();
        }
        return { trainer::Outcome::Finished, kBatches, kBatches, {} };
    }
    void join(const trainer::World&, const trainer::Config&, std::stop_token) override { }
    std::optional<std::vector<trainer::Finding>> audit(const trainer::Config&, std::stop_token) override { return {}; }
    std::map<std::string, std::string> facts() override { return {}; }
    std::optional<trainer::DeviceCheck> check(const std::string&, bool, std::stop_token) override { return {}; }

    static constexpr std::int64_t kBatches = 50;
    bool endless = true; // seeds from 100 on train until they are stopped
};

} // namespace

class TestMedianRule : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void stopsWhatIsAbove();
    void countsInARow();
    void leavesTheRest();

private:
    app::StartSpec spec(std::int64_t seed, const std::string& group = "grid", std::int64_t evaluations = 3)
    {
        app::StartSpec spec;
        spec.preset = "quick";
        spec.group = group;
        spec.config.set("training.seed", trainer::Value(seed));
        spec.config.set("queue.stop_worse_than_median", trainer::Value(evaluations));
        return spec;
    }
    storage::Run run(RunId id) const { return storage::RunStore(m_file).run(id).value().run; }
    std::unique_ptr<app::RunController> controller()
    {
        return std::make_unique<app::RunController>(
            m_file, app::RunListener {}, [trainer = m_trainer] { return trainer; });
    }
    void trainOthers(app::RunController& with)
    {
        for (const std::int64_t seed : { 1, 2, 3 })
            with.addToQueue(spec(seed));
        with.runQueue();
        with.waitUntilIdle();
    }
    std::unique_ptr<QTemporaryDir> m_folder;
    std::filesystem::path m_file;
    std::shared_ptr<Trainer> m_trainer;
};

void TestMedianRule::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_file = m_folder->filePath("nabiz.db").toStdString();
    m_trainer = std::make_shared<Trainer>();
}

void TestMedianRule::stopsWhatIsAbove()
{
    const auto one = controller();
    trainOthers(*one);
    const RunId hopeless = one->addToQueue(spec(100));
    const RunId next = one->addToQueue(spec(1));
    one->runQueue();
    one->waitUntilIdle();
    const storage::Run stopped = run(hopeless);
    QCOMPARE(stopped.status, RunStatus::Stopped);
    QVERIFY2(
        stopped.failure.starts_with("Stopped by queue.stop_worse_than_median: its validation loss at batch 29, 100,"
                                    " is above the median of the 3 others of its group, 2,"),
        stopped.failure.c_str());
    const auto events = storage::RunStore(m_file).events(hopeless);
    QVERIFY(std::ranges::any_of(events, [&](const auto& event) { return event.text == stopped.failure; }));
    QCOMPARE(run(next).status, RunStatus::Finished); // and the queue goes on
    bool isRecorded = false;
    for (const auto& parameter : storage::RunStore(m_file).parameters(hopeless))
        isRecorded |= parameter.key == "queue.stop_worse_than_median" && parameter.declared == "3";
    QVERIFY(isRecorded);
}

void TestMedianRule::countsInARow()
{
    const auto one = controller();
    trainOthers(*one);
    const RunId self = one->recorder().addRun(app::runOf(spec(7)), {});
    one->recorder().flush();
    auto rule = app::MedianRule::of(m_file, self, spec(7).config).value();
    QVERIFY(!rule.evaluated(9, 5));
    QVERIFY(!rule.evaluated(19, 5));
    QVERIFY(!rule.evaluated(29, 2)); // at the median is not above
    QVERIFY(!rule.evaluated(39, 2.5));
    QVERIFY(!rule.evaluated(45, 9)); // where nobody else was evaluated: says nothing
    QVERIFY(!rule.evaluated(49, std::numeric_limits<double>::quiet_NaN()));
    QVERIFY(rule.evaluated(9, 2.5));
}

void TestMedianRule::leavesTheRest()
{
    m_trainer->endless = false;
    const auto one = controller();
    for (const std::int64_t seed : { 1, 2 })
        one->addToQueue(spec(seed));
    const RunId third = one->addToQueue(spec(100)); // beside two others: their median is one run's luck
    one->addToQueue(spec(3));
    const RunId other = one->addToQueue(spec(101, "another group"));
    const RunId alone = one->addToQueue(spec(102, ""));
    const RunId off = one->addToQueue(spec(103, "grid", 0));
    one->runQueue();
    one->waitUntilIdle();
    for (const RunId id : { third, other, alone, off })
        QCOMPARE(run(id).status, RunStatus::Finished);
}

QTEST_GUILESS_MAIN(TestMedianRule)
#include "tst_median_rule.moc"
