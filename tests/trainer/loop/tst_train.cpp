// SPDX-License-Identifier: GPL-3.0-or-later
// Whole small runs: they learn, repeat bit for bit, tell every batch once, and leave whole checkpoints.
#include "tests/trainer/loop/fake_sink.h"
#include "trainer/base/train_error.h"
#include "trainer/data/safetensors.h"
#include "trainer/estimate/memory_ledger.h"
#include "trainer/loop/checkpoint_folder.h"
#include "trainer/loop/facts.h"
#include "trainer/loop/torch_trainer.h"

#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <tuple>

using namespace nabiz::test;
namespace fs = std::filesystem;

namespace {

TrainResult train(const Config& config, FakeSink& sink, const fs::path& folder = {})
{
    Control control;
    return makeTorchTrainer()->train({ config, folder }, sink, control, {});
}

std::vector<double> lossesOf(const Config& config)
{
    FakeSink sink;
    train(config, sink);
    return sink.series(Metric::Loss);
}

double meanOfLast(const std::vector<double>& values, std::size_t count)
{
    return std::accumulate(values.end() - static_cast<std::ptrdiff_t>(count), values.end(), 0.0)
        / static_cast<double>(count);
}

TrainErrorKind kindOfFailure(const Config& config, const fs::path& folder = {})
{
    FakeSink sink;
    try {
        train(config, sink, folder);
    } catch (const TrainError& error) {
        if (std::string(error.what()).empty())
            throw std::logic_error("a TrainError without a sentence");
        return error.kind();
    }
    throw std::logic_error("no TrainError");
}

} // namespace

class TestTrain : public QObject {
    Q_OBJECT

private:
    fs::path folder(const char* name) { return fs::path(m_folder.path().toStdString()) / name; }
    QTemporaryDir m_folder;

private Q_SLOTS:
    void learnsGeneratedText()
    {
        FakeSink sink;
        Config config = smallRun(250);
        config.set("training.learning_rate", 3e-3);
        const TrainResult result = train(config, sink);
        QVERIFY(result.outcome == Outcome::Finished);
        QCOMPARE(result.batches, 250);
        QCOMPARE(result.steps, 250);
        const auto losses = sink.series(Metric::Loss);
        QVERIFY(losses.front() > 5); // ln 256 = 5.5
        QVERIFY2(meanOfLast(losses, 20) < 2.4, qPrintable(QString::number(meanOfLast(losses, 20))));
    }

    void everyBatchIsToldOnceInOrder()
    {
        FakeSink sink;
        Config config = smallRun(6);
        config.set("training.gradient_accumulation_steps", std::int64_t(3));
        config.set("training.eval_interval", std::int64_t(4));
        config.set("training.eval_batches", std::int64_t(2));
        train(config, sink);
        QCOMPARE(sink.planned, 18);
        QCOMPARE(sink.rows.size(), std::size_t(18));
        for (std::size_t i = 0; i < sink.rows.size(); ++i) {
            const SinkRow& row = sink.rows[i];
            QCOMPARE(row.batch, std::int64_t(i));
            QVERIFY(i == 0 || row.time >= sink.rows[i - 1].time);
            for (const Metric metric : { Metric::Loss, Metric::BalanceLoss, Metric::LearningRate, Metric::BatchSeconds,
                     Metric::TokensPerSecond, Metric::MemoryProcess })
                QVERIFY(row.values.contains(metric) && row.values.at(metric) > 0);
            QCOMPARE(row.values.contains(Metric::GradNorm), i % 3 == 2);
            QCOMPARE(row.values.contains(Metric::ValLoss), (i > 0 && i % 4 == 0) || i == 17);
            // The rate belongs to the step that the batch counts to.
            QCOMPARE(row.values.at(Metric::LearningRate), sink.rows[i / 3 * 3].values.at(Metric::LearningRate));
        }
        QCOMPARE(sink.rows[0].values.at(Metric::LearningRate), 1e-3 / 5);
        const double tokens
            = sink.rows[5].values.at(Metric::TokensPerSecond) * sink.rows[5].values.at(Metric::BatchSeconds);
        QCOMPARE(std::round(tokens), 4.0 * 31);
        QCOMPARE(sink.count(EventKind::Evaluation), 5);
        QVERIFY((sink.phases == std::vector<Phase> { Phase::Preparing, Phase::Running }));
    }

    void sameSeedGivesTheSameLosses()
    {
        const auto first = lossesOf(smallRun(30));
        QVERIFY(first == lossesOf(smallRun(30)));
        Config other = smallRun(30);
        other.set("training.seed", std::int64_t(2));
        QVERIFY(first != lossesOf(other));
    }

    void samplingAndEvaluationChangeNothing()
    {
        Config watched = smallRun(30);
        watched.set("training.sample_interval", std::int64_t(10));
        watched.set("training.eval_interval", std::int64_t(7));
        watched.set("training.save_interval", std::int64_t(9));
        FakeSink sink;
        train(watched, sink, folder("watched"));
        QVERIFY(sink.series(Metric::Loss) == lossesOf(smallRun(30)));
        QCOMPARE(sink.count(EventKind::Sample), 3); // at 10, at 20 and at the end
        for (const Event& event : sink.events) {
            if (event.kind == EventKind::Sample)
                QVERIFY(!event.message.english().empty());
        }
    }

    void accumulationAveragesItsBatches()
    {
        // Two batches of 4 accumulated take the step of one batch of 8, whose loss is the mean of theirs.
        Config whole = smallRun(3);
        whole.set("training.batch_size", std::int64_t(8));
        whole.set("model.dropout", 0.0);
        Config halves = smallRun(3);
        halves.set("training.gradient_accumulation_steps", std::int64_t(2));
        halves.set("model.dropout", 0.0);
        whole.set("training.balance_in_loss", false);
        halves.set("training.balance_in_loss", false);
        const auto one = lossesOf(whole), two = lossesOf(halves);
        QCOMPARE(two.size(), 2 * one.size());
        for (std::size_t i = 0; i < one.size(); ++i)
            QVERIFY(std::abs(one[i] - (two[2 * i] + two[2 * i + 1]) / 2) < 1e-4);
    }

    void whatWasAppliedIsTold()
    {
        FakeSink sink;
        Config config = smallRun(1);
        config.set("hardware.device", std::string("auto"));
        config.set("hardware.threads", std::int64_t(0));
        train(config, sink);
        QVERIFY(sink.applied->text("hardware.device") != "auto");
        QVERIFY(sink.applied->text("language.dtype") != "auto");
        QVERIFY(sink.applied->integer("hardware.threads") >= 1);
        for (const char* key : { kFactDevice, kFactCpu, kFactThreads, kFactTorch, kFactParameters,
                 kFactTrainedParameters, kFactStandIn, "data.bytes", "data.hash" })
            QVERIFY2(sink.facts.contains(key) && !sink.facts.at(key).empty(), key);
    }

    void checkpointsAreWholeAndTheOldestGo()
    {
        FakeSink sink;
        Config config = smallRun(21);
        config.set("training.save_interval", std::int64_t(5));
        config.set("training.keep_checkpoints", std::int64_t(2));
        const fs::path place = folder("kept");
        train(config, sink, place);
        QCOMPARE(sink.checkpoints.size(), std::size_t(4)); // after 5, 10 and 15, and 20, which is the end
        const auto kept = listCheckpoints(place);
        QCOMPARE(kept.size(), std::size_t(2));
        QCOMPARE(kept[0].first, 15);
        QCOMPARE(kept[1].first, 20);
        QCOMPARE(sink.checkpoints.back().folder, kept[1].second.string());
        QCOMPARE(std::distance(fs::directory_iterator(place), fs::directory_iterator()), 2); // nothing lies aside

        std::int64_t bytes = 0;
        for (const char* name : { "model.safetensors", "state.safetensors", "state.json", "hashes.xxh" })
            bytes += static_cast<std::int64_t>(fs::file_size(kept[1].second / name));
        QCOMPARE(sink.checkpoints.back().bytes, bytes);
        const auto model = SafetensorsFile::open(kept[1].second / "model.safetensors");
        QVERIFY(model.find("blocks.1.moe.experts.0.up.weight") && model.find("language.out.bias"));
        QVERIFY((model.at("encoder.conv.weight").shape == std::vector<std::int64_t> { 32, 32, 3 }));
        for (const TensorView& view : model.tensors())
            QVERIFY2(!view.name.starts_with("layers."), view.name.c_str()); // nothing of the frozen decoder
        const auto state = SafetensorsFile::open(kept[1].second / "state.safetensors");
        QVERIFY(state.find("exp_avg.head.weight") && state.find("exp_avg_sq.head.weight"));
        float steps = 0;
        std::memcpy(&steps, state.at("step.head.weight").data.data(), sizeof steps);
        QCOMPARE(steps, 21.0f);
        QFile json(QString::fromStdString((kept[1].second / "state.json").string()));
        QVERIFY(json.open(QIODevice::ReadOnly));
        const QByteArray text = json.readAll();
        for (const char* part : { "\"batch\": 20", "\"steps\": 21", "\"position\"", "\"training.seed\": \"1\"" })
            QVERIFY2(text.contains(part), part);
    }

    // A file in the way of the folder, as a full disk would be.
    void failedCheckpointIsAWarningAtTheEndToo()
    {
        const fs::path place = folder("blocked");
        QFile file(QString::fromStdString(place.string()));
        QVERIFY(file.open(QIODevice::WriteOnly));
        FakeSink sink;
        Config config = smallRun(8);
        config.set("training.save_interval", std::int64_t(3));
        const TrainResult result = train(config, sink, place);
        QVERIFY(result.outcome == Outcome::Finished);
        QCOMPARE(sink.count(EventKind::Warning), 3); // at 3, at 6, and at the end
        const auto last = std::find_if(sink.events.rbegin(), sink.events.rend(),
            [](const Event& event) { return event.kind == EventKind::Warning; });
        QVERIFY(last->message.english().find(place.string()) != std::string::npos);
        QCOMPARE(last->batch, std::int64_t(7));
        QCOMPARE(sink.rows.size(), std::size_t(8));
        QVERIFY(sink.checkpoints.empty());
    }

    void divergedRunSaysWhen()
    {
        FakeSink sink;
        Config config = smallRun(200);
        config.set("training.learning_rate", 1e30);
        config.set("training.gradient_clip", 0.0);
        config.set("training.warmup_steps", std::int64_t(0));
        config.set("training.stop_on_nonfinite", std::int64_t(4));
        const TrainResult result = train(config, sink);
        QVERIFY(result.outcome == Outcome::Diverged);
        const auto losses = sink.series(Metric::Loss);
        std::int64_t first = 0;
        while (std::isfinite(losses[static_cast<std::size_t>(first)]))
            ++first;
        QCOMPARE(static_cast<std::int64_t>(losses.size()), first + 5);
        QCOMPARE(result.message.arguments.at(0), std::to_string(first));
        QVERIFY(result.message.english().find("it began in ") != std::string::npos);
    }

    // A rate that rises until it is far too high: the first validation losses are the lowest.
    static Config worsening(std::int64_t steps)
    {
        Config config = smallRun(steps);
        config.set("training.learning_rate", 1.0);
        config.set("training.warmup_steps", std::int64_t(24));
        config.set("training.eval_interval", std::int64_t(2));
        config.set("training.eval_batches", std::int64_t(1));
        return config;
    }

    void keepsTheBestCheckpoint()
    {
        Config config = worsening(24);
        config.set("training.save_interval", std::int64_t(5));
        config.set("training.keep_checkpoints", std::int64_t(1));
        FakeSink sink;
        train(config, sink, folder("best"));
        std::int64_t best = -1;
        double lowest = 1e9;
        for (const SinkRow& row : sink.rows) {
            if (const auto found = row.values.find(Metric::ValLoss);
                found != row.values.end() && found->second < lowest)
                std::tie(best, lowest) = std::pair(row.batch, found->second);
        }
        QVERIFY(best > 0 && best < 20);
        auto kept = listCheckpoints(folder("best"));
        QCOMPARE(kept.size(), std::size_t(2));
        QCOMPARE(kept[0].first, best);
        QCOMPARE(kept[1].first, std::int64_t(23));
        const CheckpointHeader header = verifyCheckpoint(kept[1].second);
        QCOMPARE(header.best.batch, best);
        QCOMPARE(header.best.loss, lowest);
        config.set("training.keep_best", false);
        train(config, sink, folder("newest"));
        kept = listCheckpoints(folder("newest"));
        QCOMPARE(kept.size(), std::size_t(1));
    }

    void endsEarly()
    {
        Config config = worsening(200);
        config.set("training.stop_patience", std::int64_t(3));
        FakeSink sink;
        const TrainResult result = train(config, sink);
        QVERIFY(result.outcome == Outcome::Finished);
        const auto losses = sink.series(Metric::ValLoss);
        const auto best = std::ranges::min_element(losses) - losses.begin();
        QCOMPARE(std::ssize(losses), best + 4);
        QCOMPARE(std::ssize(sink.rows), result.batches);
        const auto said = std::ranges::find_if(sink.events,
            [](const Event& event) { return event.message.english().starts_with("Ended early: 3 evaluations"); });
        QVERIFY(said != sink.events.end());
        QCOMPARE(said->batch, result.batches - 1);
        QVERIFY(result.message == said->message); // the run's reason
    }

    void startsFromSavedWeights()
    {
        Config config = smallRun(4);
        config.set("training.save_interval", std::int64_t(3));
        const fs::path place = folder("saved");
        FakeSink sink;
        train(config, sink, place);
        const fs::path saved = listCheckpoints(place).back().second / "model.safetensors";

        // A rate of next to nothing leaves the weights as they were read.
        Config again = smallRun(1);
        again.set("model.init", saved.string());
        again.set("training.learning_rate", 1e-30);
        again.set("training.save_interval", std::int64_t(1));
        FakeSink second;
        train(again, second, folder("again"));
        const auto before = SafetensorsFile::open(saved);
        const auto after = SafetensorsFile::open(listCheckpoints(folder("again")).back().second / "model.safetensors");
        QCOMPARE(std::as_const(after).tensors().size(), std::as_const(before).tensors().size());
        for (const TensorView& tensor : std::as_const(before).tensors())
            QVERIFY2(std::ranges::equal(tensor.data, after.at(tensor.name).data), tensor.name.c_str());

        again.set("model.d_ff", std::int64_t(48));
        again.set("model.n_layers", std::int64_t(3));
        try {
            FakeSink third;
            train(again, third);
            QFAIL("no error");
        } catch (const TrainError& error) {
            QVERIFY(error.kind() == TrainErrorKind::BadInput);
            const std::string text = error.what();
            QVERIFY(text.find("blocks.0.moe.experts.0.up.weight is (64 × 32), not (48 × 32)") != std::string::npos);
            QVERIFY(text.find("; …") != std::string::npos);
        }
    }

    // A copy of weights and moments beside the next batch would be three times the weights more.
    void checkpointsTakeNoMemory()
    {
        double peaks[2] {};
        std::string ledger;
        for (const bool saves : { false, true }) {
            Config config = smallRun(12);
            config.set("model.d_ff", std::int64_t(1024)); // weights count more than activations
            config.set("training.save_interval", std::int64_t(saves ? 1 : 0));
            config.set("training.eval_interval", std::int64_t(saves ? 2 : 0));
            FakeSink sink;
            train(config, sink, folder(saves ? "saving" : "not-saving"));
            for (const double peak : sink.series(Metric::MemoryPeak))
                peaks[saves] = std::max(peaks[saves], peak);
            ledger = sink.facts.at("memory.ledger");
            QCOMPARE(sink.facts.at("memory.predicted"), std::to_string(ledgerFrom(ledger)->total()));
        }
        QVERIFY(peaks[0] > 0);
        QVERIFY2(peaks[1] < 1.01 * peaks[0], qPrintable(QStringLiteral("%1 %2").arg(peaks[0]).arg(peaks[1])));
        QVERIFY(
            !ledgerFrom("weights=3") && !ledgerFrom("activations=x") && !ledgerFrom("") && !ledgerFrom("gradients=-1"));
    }
    void badInputIsATrainError()
    {
        Config heads = smallRun(1);
        heads.set("model.n_heads", std::int64_t(5));
        QVERIFY(kindOfFailure(heads) == TrainErrorKind::BadInput);
        Config path = smallRun(1);
        path.set("data.train_path", std::string("/nowhere/at/all"));
        const TrainErrorKind kind = kindOfFailure(path);
        QVERIFY(kind == TrainErrorKind::Data || kind == TrainErrorKind::BadInput);
        Config cap = smallRun(5);
        cap.set("hardware.max_memory_mb", std::int64_t(1));
        QVERIFY(kindOfFailure(cap) == TrainErrorKind::OutOfMemory);
    }
};

QTEST_GUILESS_MAIN(TestTrain)
#include "tst_train.moc"
