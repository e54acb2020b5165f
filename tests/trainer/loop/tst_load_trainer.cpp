// SPDX-License-Identifier: GPL-3.0-or-later
// The border of the trainer library: it is opened late, works, and its exceptions are ours outside of it.
#include "trainer/base/train_error.h"
#include "trainer/loop/trainer.h"

#include <QFile>
#include <QtTest>

using namespace nabiz::trainer;

namespace {

class NullSink : public Sink {
public:
    void batch(std::int64_t, double, std::span<const Metric>, std::span<const double>) override { ++batches; }
    void phase(Phase) override { }
    void event(const Event&) override { }
    void checkpoint(const CheckpointFiles&) override { }
    void prepared(const Config&, const std::map<std::string, std::string>&, std::int64_t) override { }
    int batches = 0;
};

bool torchIsLoaded()
{
    QFile maps("/proc/self/maps");
    return maps.open(QIODevice::ReadOnly) && maps.readAll().contains("libtorch_cpu");
}

Config tinyRun()
{
    Config config;
    config.set("model.d_model", std::int64_t(16));
    config.set("model.n_layers", std::int64_t(1));
    config.set("model.n_heads", std::int64_t(2));
    config.set("model.max_seq_len", std::int64_t(16));
    config.set("model.expert_types", std::vector<std::string> { "standard" });
    config.set("model.n_experts", std::int64_t(1));
    config.set("training.max_steps", std::int64_t(2));
    config.set("training.warmup_steps", std::int64_t(0));
    config.set("training.sample_interval", std::int64_t(0));
    config.set("hardware.device", std::string("cpu"));
    return config;
}

} // namespace

class TestLoadTrainer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void opensLateAndTrains()
    {
        QVERIFY(!torchIsLoaded());
        const auto trainer = loadTrainer();
        QVERIFY(torchIsLoaded());
        QVERIFY(trainer->facts().contains("torch"));
        NullSink sink;
        Control control;
        QVERIFY(trainer->train({ tinyRun(), {} }, sink, control, {}).outcome == Outcome::Finished);
        QCOMPARE(sink.batches, 2);
    }

    void itsErrorsAreCaughtOutside()
    {
        Config config = tinyRun();
        config.set("model.n_heads", std::int64_t(3));
        NullSink sink;
        Control control;
        try {
            loadTrainer()->train({ config, {} }, sink, control, {});
            QFAIL("no error");
        } catch (const TrainError& error) {
            QVERIFY(error.kind() == TrainErrorKind::BadInput);
            QVERIFY(!error.message().empty());
        }
    }
};

QTEST_GUILESS_MAIN(TestLoadTrainer)
#include "tst_load_trainer.moc"
