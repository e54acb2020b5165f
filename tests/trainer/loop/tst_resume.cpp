// SPDX-License-Identifier: GPL-3.0-or-later
// A run that is cut off and goes on is the run that was not, to the last bit; and what it cannot go on from is refused
// by its name.
#include "tests/trainer/loop/fake_sink.h"
#include "trainer/base/train_error.h"
#include "trainer/loop/checkpoint_folder.h"
#include "trainer/loop/torch_trainer.h"

#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include <cstring>

using namespace nabiz::test;
namespace fs = std::filesystem;

namespace {

constexpr const char* kRun = "7-1000";

using Bits = std::vector<std::pair<std::int64_t, std::uint64_t>>;

// Batch and bits of every value of the metrics that the weights decide.
Bits bitsOf(const std::vector<SinkRow>& rows)
{
    Bits bits;
    for (const SinkRow& row : rows) {
        for (const Metric metric : { Metric::Loss, Metric::GradNorm, Metric::BalanceLoss, Metric::ValLoss }) {
            const auto found = row.values.find(metric);
            std::uint64_t value = 0;
            if (found != row.values.end())
                std::memcpy(&value, &found->second, sizeof value);
            bits.emplace_back(row.batch, value);
        }
    }
    return bits;
}

// Dropout 0.1 is the default.
Config severalBatchesAStep(std::int64_t steps)
{
    Config config = smallRun(steps);
    config.set("training.gradient_accumulation_steps", std::int64_t(4));
    config.set("training.eval_interval", std::int64_t(9));
    config.set("training.eval_batches", std::int64_t(2));
    return config;
}

Config everything(std::int64_t steps)
{
    Config config = severalBatchesAStep(steps);
    config.set("model.use_memory", true);
    config.set("model.memory_size", std::int64_t(16));
    config.set("model.use_introspection", true);
    config.set("model.expert_types", std::vector<std::string> { "language", "logic", "spatial", "causal" });
    return config;
}

TrainResult train(const Config& config, const fs::path& folder, FakeSink& sink, std::int64_t stopBehind = -1,
    std::optional<Resume> resume = {})
{
    Control control;
    std::stop_source stop;
    sink.onBatch = [&](std::int64_t batch) {
        if (batch == stopBehind)
            stop.request_stop();
    };
    return makeTorchTrainer()->train({ config, folder, kRun, std::move(resume) }, sink, control, stop.get_token());
}

Resume fromNewest(const fs::path& folder, const Config& config)
{
    return { chooseCheckpoint(folder, kRun, config, 1'000'000).checkpoint, {} };
}

QByteArray read(const fs::path& path)
{
    QFile file(QString::fromStdString(path.string()));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void write(const fs::path& path, const QByteArray& bytes)
{
    QFile file(QString::fromStdString(path.string()));
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        throw std::runtime_error("cannot write " + path.string());
}

std::string refusal(const fs::path& checkpoint)
{
    try {
        verifyCheckpoint(checkpoint);
        return {};
    } catch (const TrainError& error) {
        return error.what();
    }
}

} // namespace

class TestResume : public QObject {
    Q_OBJECT

private:
    fs::path folder(const char* name) { return fs::path(m_folder.path().toStdString()) / name; }
    // Two checkpoints, at batches 3 and 6.
    fs::path twoCheckpoints(const char* name);
    QTemporaryDir m_folder;

private Q_SLOTS:
    void goesOnBitForBit_data();
    void goesOnBitForBit();
    void goesOnAgainAndAgain();
    void anotherLengthAndRate();
    void whatIsGoneIsTold();
    void textThatChanged();
    void cutAtAnyByte();
    void changedAtAnyByte();
    void fallsBack();
    void ofAnotherRunModelOrVersion();
};

void TestResume::goesOnBitForBit_data()
{
    QTest::addColumn<bool>("all");
    QTest::addColumn<int>("stopBehind");
    for (const int batch : { 0, 7, 12, 13, 14, 22 })
        QTest::addRow("behind batch %d", batch) << false << batch;
    for (const int batch : { 5, 11, 18 })
        QTest::addRow("memory, introspection and all experts, behind batch %d", batch) << true << batch;
}

void TestResume::goesOnBitForBit()
{
    QFETCH(bool, all);
    QFETCH(int, stopBehind);
    const Config config = all ? everything(7) : severalBatchesAStep(7);
    FakeSink whole;
    train(config, {}, whole);
    QCOMPARE(whole.rows.size(), std::size_t(28));

    const fs::path place = folder(QTest::currentDataTag());
    FakeSink first, second;
    QVERIFY(train(config, place, first, stopBehind).outcome == Outcome::Stopped);
    const TrainResult result = train(config, place, second, -1, fromNewest(place, config));
    QVERIFY(result.outcome == Outcome::Finished);
    QCOMPARE(result.batches, 28);
    QCOMPARE(result.steps, 7);
    QCOMPARE(second.rows.front().batch, std::int64_t(stopBehind + 1));
    QVERIFY(second.rows.front().time > first.rows.back().time); // time goes on
    std::vector<SinkRow> both = first.rows;
    both.insert(both.end(), second.rows.begin(), second.rows.end());
    QVERIFY(bitsOf(both) == bitsOf(whole.rows));
    QVERIFY(second.count(EventKind::Audit) < first.count(EventKind::Audit)); // what there was to say has been said
}

void TestResume::goesOnAgainAndAgain()
{
    const Config config = everything(5);
    FakeSink whole;
    train(config, {}, whole);
    const fs::path place = folder("again");
    std::vector<SinkRow> all;
    for (const std::int64_t behind : { 2, 3, 9, 14, -1 }) {
        FakeSink sink;
        train(config, place, sink, behind, fromNewest(place, config));
        all.insert(all.end(), sink.rows.begin(), sink.rows.end());
    }
    QVERIFY(bitsOf(all) == bitsOf(whole.rows));
}

void TestResume::anotherLengthAndRate()
{
    const fs::path place = folder("longer");
    Config config = smallRun(6);
    config.set("training.save_interval", std::int64_t(4));
    config.set("training.schedule", std::string("constant"));
    FakeSink first;
    QVERIFY(train(config, place, first).outcome == Outcome::Finished);
    config.set("training.max_steps", std::int64_t(9));
    config.set("training.learning_rate", 5e-4);
    config.set("training.batch_size", std::int64_t(2));
    FakeSink second;
    QVERIFY(train(config, place, second, -1, fromNewest(place, config)).outcome == Outcome::Finished);
    QCOMPARE(second.rows.size(), std::size_t(3));
    QCOMPARE(second.rows.front().batch, std::int64_t(6));
    QCOMPARE(second.rows.front().values.at(Metric::LearningRate), 5e-4);
}

fs::path TestResume::twoCheckpoints(const char* name)
{
    const fs::path place = folder(name);
    Config config = smallRun(7);
    config.set("training.save_interval", std::int64_t(3));
    FakeSink sink;
    train(config, place, sink);
    if (listCheckpoints(place).size() != 2)
        throw std::logic_error("two checkpoints were to be written");
    return place;
}

void TestResume::whatIsGoneIsTold()
{
    Config config = smallRun(12);
    config.set("training.save_interval", std::int64_t(2));
    config.set("training.keep_checkpoints", std::int64_t(2));
    FakeSink sink;
    const fs::path place = folder("gone");
    train(config, place, sink);
    std::vector<std::int64_t> left;
    for (const CheckpointFiles& files : sink.checkpoints)
        left.push_back(files.batch);
    for (const std::int64_t batch : sink.gone)
        std::erase(left, batch);
    std::vector<std::int64_t> there;
    for (const auto& [batch, path] : listCheckpoints(place))
        there.push_back(batch);
    QVERIFY(left == there);
    QCOMPARE(there.size(), std::size_t(2));
}

void TestResume::textThatChanged()
{
    const fs::path place = twoCheckpoints("text");
    const fs::path text = folder("text.txt");
    write(text, QByteArray("bir varmış bir yokmuş evvel zaman içinde ").repeated(200));
    Config config = smallRun(4);
    config.set("data.train_path", text.string());
    FakeSink first, second;
    train(config, folder("of-text"), first, 2);
    const std::map<std::string, std::string> facts { { "data.hash", first.facts.at("data.hash") } };
    Resume resume = fromNewest(folder("of-text"), config);
    resume.text = facts;
    write(text, QByteArray("bir varmış bir yokmuş evvel zaman dışında ").repeated(200));
    try {
        train(config, folder("of-text"), second, -1, resume);
        QFAIL("another text was taken");
    } catch (const TrainError& error) {
        QVERIFY(error.kind() == TrainErrorKind::Data);
        QVERIFY(std::string(error.what()).find(facts.at("data.hash")) != std::string::npos);
    }
    resume.text.clear();
    train(config, folder("of-text"), second, -1, resume);
    QCOMPARE(second.rows.size(), std::size_t(1));
}

// Every byte of the short files, and places all over the long ones.
void TestResume::cutAtAnyByte()
{
    const fs::path newest = twoCheckpoints("cut") / "batch-6";
    QCOMPARE(refusal(newest), std::string());
    for (const char* name : { "state.json", "hashes.xxh", "state.safetensors", "model.safetensors" }) {
        const QByteArray whole = read(newest / name);
        QVERIFY(!whole.isEmpty());
        const qsizetype stride = std::max<qsizetype>(1, whole.size() / 100);
        for (qsizetype size = 0; size < whole.size(); size += stride) {
            write(newest / name, whole.left(size));
            QVERIFY2(refusal(newest).find("batch-6") != std::string::npos, name);
        }
        QFile::remove(QString::fromStdString((newest / name).string()));
        QVERIFY2(!refusal(newest).empty(), name);
        write(newest / name, whole);
    }
    QCOMPARE(refusal(newest), std::string());
}

void TestResume::changedAtAnyByte()
{
    const fs::path newest = twoCheckpoints("changed") / "batch-6";
    for (const char* name : { "state.json", "hashes.xxh", "state.safetensors", "model.safetensors" }) {
        const QByteArray whole = read(newest / name);
        const qsizetype stride = std::max<qsizetype>(1, whole.size() / 100);
        for (qsizetype at = 0; at < whole.size(); at += stride) {
            QByteArray changed = whole;
            changed[at] = static_cast<char>(changed[at] ^ 1);
            write(newest / name, changed);
            QVERIFY2(!refusal(newest).empty(), name);
        }
        write(newest / name, whole);
    }
}

void TestResume::fallsBack()
{
    const fs::path place = twoCheckpoints("back");
    const Config config = smallRun(20);
    QCOMPARE(chooseCheckpoint(place, kRun, config, 100).header.batch, std::int64_t(6));
    // What is not recorded would be missing from the curve.
    QCOMPARE(chooseCheckpoint(place, kRun, config, 5).header.batch, std::int64_t(3));
    QCOMPARE(chooseCheckpoint(place, kRun, config, 1).header.batch, std::int64_t(3));

    write(place / "batch-6" / "model.safetensors", "short");
    const CheckpointChoice choice = chooseCheckpoint(place, kRun, config, 100);
    QCOMPARE(choice.checkpoint, place / "batch-3");
    QCOMPARE(choice.refused.size(), std::size_t(1));
    QVERIFY(choice.refused[0].english().find("batch-6 is damaged: its model.safetensors") != std::string::npos);

    // The branch that was given up goes with the next that is written.
    Config shorter = smallRun(20);
    shorter.set("training.keep_checkpoints", std::int64_t(1));
    FakeSink sink;
    train(shorter, place, sink, 4, Resume { choice.checkpoint, {} });
    const auto left = listCheckpoints(place);
    QCOMPARE(left.size(), std::size_t(1));
    QCOMPARE(left[0].first, std::int64_t(4));
    QVERIFY((sink.gone == std::vector<std::int64_t> { 6, 3 }));
}

void TestResume::ofAnotherRunModelOrVersion()
{
    const fs::path place = twoCheckpoints("whose");
    const Config config = smallRun(20);
    const CheckpointChoice run = chooseCheckpoint(place, "8-1000", config, 100);
    QVERIFY(run.checkpoint.empty());
    QCOMPARE(run.refused.size(), std::size_t(2));
    QVERIFY(run.refused[0].english().find("of another run") != std::string::npos);

    Config wider = config;
    wider.set("model.d_ff", std::int64_t(128));
    const CheckpointChoice model = chooseCheckpoint(place, kRun, wider, 100);
    QVERIFY(model.checkpoint.empty());
    QVERIFY(model.refused[0].english().find("of another model: its model.d_ff is 64") != std::string::npos);
    FakeSink sink;
    QVERIFY_THROWS_EXCEPTION(TrainError, train(wider, {}, sink, -1, Resume { place / "batch-6", {} }));

    QByteArray header = read(place / "batch-6" / "state.json");
    header.replace("\"format\": 2", "\"format\": 3");
    write(place / "batch-6" / "state.json", header);
    QVERIFY(refusal(place / "batch-6").find("is of version 3, and this Nabız reads version 2") != std::string::npos);
}

QTEST_GUILESS_MAIN(TestResume)
#include "tst_resume.moc"
