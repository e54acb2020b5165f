// SPDX-License-Identifier: GPL-3.0-or-later
// Several ranks are one training: the same weights and the same losses as of one, whatever the model is made of; and
// what cannot be one training is refused on every rank by its name. The ranks are threads here, and speak over TCP.
#include "tests/trainer/loop/fake_sink.h"
#include "trainer/base/train_error.h"
#include "trainer/config/parameters/rank_metrics.h"
#include "trainer/config/presets/preset_document.h"
#include "trainer/data/safetensors.h"
#include "trainer/distributed/meeting_socket.h"
#include "trainer/loop/checkpoint_folder.h"
#include "trainer/loop/torch_trainer.h"

#include <QTemporaryDir>
#include <QtTest>

#include <cmath>
#include <cstring>
#include <thread>

using namespace nabiz::test;
namespace fs = std::filesystem;

namespace {

constexpr const char* kRun = "7-1000";

struct Ended {
    TrainResult result;
    FakeSink sink;
    std::string error;
    std::optional<TrainErrorKind> kind;
};

struct Start {
    std::vector<Config> configs; // one a rank
    fs::path folder; // of checkpoints
    std::optional<Resume> resume = {};
    std::int64_t stopBehind = -1;
    std::function<void(int, World&)> change = {};
};

void trainOne(const Start& start, World world, Ended& ended)
{
    const auto rank = static_cast<std::size_t>(world.rank);
    const bool isFirst = rank == 0;
    std::stop_source stop;
    ended.sink.onBatch = [&](std::int64_t batch) {
        if (isFirst && batch == start.stopBehind)
            stop.request_stop();
    };
    try {
        const std::unique_ptr<Trainer> trainer = makeTorchTrainer();
        Control control;
        if (world.size > 1)
            trainer->join(world, start.configs[rank], stop.get_token());
        ended.result = trainer->train(
            { start.configs[rank], isFirst ? start.folder : fs::path(), kRun, isFirst ? start.resume : std::nullopt },
            ended.sink, control, stop.get_token());
    } catch (const TrainError& error) {
        ended.error = error.what();
        ended.kind = error.kind();
    }
}

std::vector<Ended> trainAll(const Start& start)
{
    const int size = static_cast<int>(start.configs.size());
    std::vector<Ended> ended(start.configs.size());
    World world;
    world.size = world.localSize = size;
    world.timeout = std::chrono::seconds(20);
    Listener listener(world);
    world.port = listener.port();
    const int socket = listener.handOver();
    std::vector<std::thread> threads;
    for (int rank = 0; rank < size; ++rank) {
        World own = world;
        own.rank = own.localRank = rank;
        own.listener = rank == 0 ? socket : -1;
        if (start.change)
            start.change(rank, own);
        threads.emplace_back(
            [&start, own, &one = ended[static_cast<std::size_t>(rank)]] { trainOne(start, own, one); });
    }
    for (std::thread& thread : threads)
        thread.join();
    return ended;
}

Config shared(Config config, std::int64_t ranks)
{
    config.set("hardware.ranks", ranks);
    return config;
}

std::vector<Ended> trainOn(std::int64_t ranks, const Config& config, const fs::path& folder)
{
    return trainAll({ std::vector<Config>(static_cast<std::size_t>(ranks), shared(config, ranks)), folder });
}

fs::path newest(const fs::path& folder, const Config& config)
{
    return chooseCheckpoint(folder, kRun, config, 1'000'000).checkpoint;
}

double farthest(const fs::path& a, const fs::path& b)
{
    const auto one = SafetensorsFile::open(a / kModelFile), other = SafetensorsFile::open(b / kModelFile);
    double most = 0;
    for (const TensorView& tensor : one.tensors()) {
        const TensorView& same = other.at(tensor.name);
        for (std::size_t i = 0; i + sizeof(float) <= tensor.data.size(); i += sizeof(float)) {
            float x = 0, y = 0;
            std::memcpy(&x, tensor.data.data() + i, sizeof x);
            std::memcpy(&y, same.data.data() + i, sizeof y);
            most = std::max(most, std::abs(static_cast<double>(x) - static_cast<double>(y)));
        }
    }
    return most;
}

double farthest(const std::vector<double>& a, const std::vector<double>& b)
{
    double most = a.size() == b.size() ? 0 : INFINITY;
    for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i)
        most = std::max(most, std::abs(a[i] - b[i]));
    return most;
}

// 20 updates; checkpointed at the end.
Config twenty()
{
    Config config = smallRun(20);
    config.set("training.save_interval", std::int64_t(1000));
    config.set("training.eval_interval", std::int64_t(10));
    config.set("training.eval_batches", std::int64_t(2));
    return config;
}

Config accumulated()
{
    Config config = twenty();
    config.set("training.gradient_accumulation_steps", std::int64_t(3));
    config.set("training.use_gradient_checkpointing", true);
    return config;
}

Config lines()
{
    Config config = twenty();
    config.set("data.sampling", std::string("line"));
    return config;
}

Config everything()
{
    Config config = twenty();
    config.set("model.use_memory", true);
    config.set("model.memory_size", std::int64_t(16));
    config.set("model.use_introspection", true);
    config.set("model.expert_types", std::vector<std::string> { "language", "logic", "spatial", "causal" });
    return config;
}

Config acausal()
{
    Config config = everything();
    config.set("model.causal", false);
    config.set("training.use_gradient_checkpointing", true);
    return config;
}

} // namespace

class TestRanks : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void equal_data();
    void equal();
    void goesOn();
    void stopsTogether();
    void refused_data();
    void refused();
    void lateOrTwice();
};

void TestRanks::equal_data()
{
    QTest::addColumn<Config>("config");
    QTest::addColumn<int>("ranks");
    QTest::addColumn<double>("tolerance");
    for (const int ranks : { 2, 4 }) {
        QTest::addRow("plain, %d", ranks) << twenty() << ranks << 1e-6;
        QTest::addRow("padded lines, %d", ranks) << lines() << ranks << 1e-6;
    }
    QTest::addRow("accumulated, recomputed, 2") << accumulated() << 2 << 1e-6;
    QTest::addRow("every part, 4") << everything() << 4 << 1e-6;
    // One expert's gradients are near Adam's epsilon here, where their rounding counts.
    QTest::addRow("not causal, recomputed, 2") << acausal() << 2 << 1e-5;
}

void TestRanks::equal()
{
    QFETCH(Config, config);
    QFETCH(int, ranks);
    QFETCH(double, tolerance);
    const QTemporaryDir alone, together;
    const auto one = trainOn(1, config, alone.path().toStdString());
    const auto several = trainOn(ranks, config, together.path().toStdString());
    for (const Ended& ended : several) {
        QCOMPARE(ended.error, std::string());
        QCOMPARE(ended.result.outcome, Outcome::Finished);
    }
    const FakeSink& first = several.front().sink;
    QCOMPARE(first.rows.size(), one.front().sink.rows.size());
    const double weights
        = farthest(newest(alone.path().toStdString(), config), newest(together.path().toStdString(), config));
    qInfo("parameters differ by at most %g", weights);
    QVERIFY2(weights < tolerance, qPrintable(QString::number(weights)));
    for (const Metric metric : { Metric::Loss, Metric::ValLoss, Metric::BalanceLoss, Metric::GradNorm }) {
        const double apart = farthest(first.series(metric), one.front().sink.series(metric));
        QVERIFY2(apart < 2e-5, qPrintable(QStringLiteral("metric %1: %2").arg(int(metric)).arg(apart)));
    }
    // How each fares stands in the rows of the steps.
    for (int rank = 0; rank < ranks; ++rank)
        QCOMPARE(first.series(rankMetric(rank, RankFigure::Memory)).size(), std::size_t(20));
    QCOMPARE(first.facts.at("ranks"), std::to_string(ranks));
}

// A checkpoint of two ranks goes on on one, and that one's on four.
void TestRanks::goesOn()
{
    Config config = everything();
    config.set("training.save_interval", std::int64_t(8));
    const QTemporaryDir alone, together;
    trainOn(1, config, alone.path().toStdString());
    const fs::path folder = together.path().toStdString();
    auto ended = trainAll({ { shared(config, 2), shared(config, 2) }, folder, {}, 9 });
    QCOMPARE(ended[0].result.outcome, Outcome::Stopped);
    const auto resume = [&] { return Resume { newest(folder, config), {} }; };
    ended = trainAll({ { config }, folder, resume(), 13 });
    QCOMPARE(ended[0].result.outcome, Outcome::Stopped);
    ended = trainAll({ std::vector<Config>(4, shared(config, 4)), folder, resume() });
    QCOMPARE(ended[0].error, std::string());
    QCOMPARE(ended[0].result.batches, std::int64_t(20));
    QCOMPARE(ended[3].result.batches, std::int64_t(20));
    const double weights = farthest(newest(alone.path().toStdString(), config), newest(folder, config));
    QVERIFY2(weights < 1e-6, qPrintable(QString::number(weights)));
}

void TestRanks::stopsTogether()
{
    const QTemporaryDir folder;
    Config config = smallRun(100000);
    config.set("training.gradient_accumulation_steps", std::int64_t(4));
    const auto ended = trainAll({ { shared(config, 2), shared(config, 2) }, folder.path().toStdString(), {}, 9 });
    QCOMPARE(ended[0].result.outcome, Outcome::Stopped);
    QCOMPARE(ended[1].result.outcome, Outcome::Stopped);
    QCOMPARE(ended[0].result.batches, ended[1].result.batches);
    QCOMPARE(ended[0].result.batches % 4, std::int64_t(0)); // between steps nothing is agreed
    QVERIFY(!newest(folder.path().toStdString(), config).empty());
}

void TestRanks::refused_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("other");
    QTest::addRow("preset") << "training.learning_rate" << "0.5";
    QTest::addRow("shape") << "model.d_ff" << "96";
    QTest::addRow("program") << "nabiz" << "0.0.1";
}

void TestRanks::refused()
{
    QFETCH(QString, key);
    QFETCH(QString, other);
    std::vector<Config> configs(2, shared(smallRun(5), 2));
    if (key != "nabiz")
        configs[1].set(key.toStdString(), parseOverride((key + "=" + other).toStdString()).value);
    Start start { configs, {} };
    start.change = [&](int rank, World& world) { world.program = rank == 1 && key == "nabiz" ? "0.0.1" : "1"; };
    const auto ended = trainAll(start);
    for (const Ended& one : ended) {
        QCOMPARE(one.kind, std::optional(TrainErrorKind::BadInput));
        QVERIFY2(
            one.error.find("Rank 1") != std::string::npos && one.error.find(key.toStdString()) != std::string::npos,
            one.error.c_str());
        QVERIFY(one.sink.rows.empty());
    }
}

void TestRanks::lateOrTwice()
{
    Start start { std::vector<Config>(2, shared(smallRun(2), 2)), {} };
    start.change = [](int rank, World&) {
        if (rank == 1)
            std::this_thread::sleep_for(std::chrono::milliseconds(500)); // rank 0 waits for it
    };
    for (const Ended& one : trainAll(start))
        QCOMPARE(one.error, std::string());
    start.change = [](int rank, World& world) {
        if (rank == 1)
            world.address = "no-such-host.invalid";
        world.watch = [] { throw TrainError(TrainErrorKind::Device, message("Rank 1 has ended")); };
    };
    const auto ended = trainAll(start);
    QCOMPARE(ended[0].error, std::string("Rank 1 has ended"));
    QVERIFY2(ended[1].error.find("'no-such-host.invalid'") != std::string::npos, ended[1].error.c_str());
    QCOMPARE(ended[1].kind, std::optional(TrainErrorKind::BadInput));
}

QTEST_GUILESS_MAIN(TestRanks)
#include "tst_ranks.moc"
