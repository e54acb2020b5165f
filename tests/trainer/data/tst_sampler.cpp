// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/trainer/data/temporary_folder.h"
#include "trainer/data/fingerprint.h"
#include "trainer/data/random.h"
#include "trainer/data/sampler.h"

#include <QtTest>
#include <cstring>
#include <map>
#include <set>

using namespace nabiz::trainer;

namespace {

constexpr std::int64_t kLength = 16;
constexpr int kWords = 1000;

// Four bytes a word, each its own number, so that a sample tells the place it was taken from. No byte is zero.
std::string numberedWords()
{
    std::string text;
    for (int i = 0; i < kWords; ++i) {
        text += static_cast<char>('A' + i / 676);
        text += static_cast<char>('A' + i / 26 % 26);
        text += static_cast<char>('A' + i % 26);
        text += i % 10 == 9 ? '\n' : ' ';
    }
    return text;
}

Config configFor(const std::filesystem::path& path)
{
    Config config;
    config.set("data.train_path", path.string());
    config.set("model.max_seq_len", kLength);
    config.set("training.batch_size", std::int64_t { 4 });
    config.set("training.eval_batches", std::int64_t { 3 });
    return config;
}

using Row = std::vector<std::uint8_t>;

Row nextRow(Sampler& sampler)
{
    Row row(kLength);
    sampler.next(row);
    return row;
}

std::size_t placeOf(std::span<const std::uint8_t> text, const Row& row)
{
    return static_cast<std::size_t>(std::search(text.begin(), text.end(), row.begin(), row.end()) - text.begin());
}

} // namespace

class TestSampler : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void anEpochVisitsEveryWindowOnce();
    void everyPlaceBeginsASampleInTheLongRun();
    void anEpochVisitsEveryLineOnce();
    void linesAreCutAndPadded();
    void theOrderIsShuffled();
    void samplesHangOnTheSeedAlone();
    void theSameSamplesOnEveryMachine();
    void aTextOfOneSampleIsRepeated();
    void aRestoredSamplerGoesOn();
    void aStateOfAnotherTextIsRefused();
    void targetsLeavePaddingOut();
    void validationIsFixedEvenAndApart();
    void validationLinesAreSpread();
    void aSmallValidationSetIsPadded();
    void noValidationHasNoBatches();
    void zeroEvaluatesTheWholeSet();
    void publishedSamplesStayTheSame();
    void randomNumbersAreUniform();
};

void TestSampler::anEpochVisitsEveryWindowOnce()
{
    const TemporaryFolder folder;
    const Config config = configFor(folder.write("a.txt", numberedWords()));
    const Dataset data = Dataset::load(config, {});
    Sampler sampler(data, config, 5);
    for (std::uint64_t epoch = 0; epoch < 3; ++epoch) {
        sampler.restore({ 5, epoch, 0 });
        std::set<std::size_t> places;
        const std::uint64_t samples = sampler.epochSamples();
        for (std::uint64_t i = 0; i < samples; ++i)
            places.insert(placeOf(data.training(), nextRow(sampler)));
        QCOMPARE(places.size(), samples);
        std::set<std::size_t> phases;
        for (const std::size_t place : places)
            phases.insert(place % kLength);
        QCOMPARE(phases.size(), std::size_t { 1 }); // edge to edge
        QVERIFY(*places.begin() < kLength);
        QVERIFY(*places.rbegin() + 2 * kLength > data.training().size());
    }
}

void TestSampler::everyPlaceBeginsASampleInTheLongRun()
{
    const TemporaryFolder folder;
    const Config config = configFor(folder.write("a.txt", numberedWords()));
    const Dataset data = Dataset::load(config, {});
    Sampler sampler(data, config, 6);
    std::map<std::size_t, int> phases;
    for (std::uint64_t epoch = 0; epoch < 800; ++epoch) {
        sampler.restore({ 6, epoch, 0 });
        ++phases[placeOf(data.training(), nextRow(sampler)) % kLength];
    }
    QCOMPARE(phases.size(), static_cast<std::size_t>(kLength));
    for (const auto& [phase, count] : phases)
        QVERIFY(count > 20 && count < 90); // 50 expected; five standard deviations
}

void TestSampler::anEpochVisitsEveryLineOnce()
{
    const TemporaryFolder folder;
    Config config = configFor(folder.write("a.txt", numberedWords()));
    config.set("data.sampling", std::string("line"));
    const Dataset data = Dataset::load(config, {});
    Sampler sampler(data, config, 7);
    const auto lines = static_cast<std::uint64_t>(data.trainingLines().size());
    QCOMPARE(sampler.epochSamples(), lines);
    for (int epoch = 0; epoch < 3; ++epoch) {
        std::set<Row> seen;
        for (std::uint64_t i = 0; i < lines; ++i)
            seen.insert(nextRow(sampler));
        QCOMPARE(seen.size(), lines);
    }
}

void TestSampler::linesAreCutAndPadded()
{
    const TemporaryFolder folder;
    Config config = configFor(folder.write("a.txt", "short\na line that is longer than a sample\n"));
    config.set("data.sampling", std::string("line"));
    config.set("data.val_fraction", 0.0);
    const Dataset data = Dataset::load(config, {});
    Sampler sampler(data, config, 1);
    Row rows(2 * kLength);
    QCOMPARE(sampler.next(rows), 4 + 15);
    const std::set<std::string> texts { std::string(rows.begin(), rows.begin() + kLength),
        std::string(rows.begin() + kLength, rows.end()) };
    QVERIFY(texts.contains(std::string("short") + std::string(11, '\0')));
    QVERIFY(texts.contains("a line that is l"));
}

void TestSampler::theOrderIsShuffled()
{
    const TemporaryFolder folder;
    const Config config = configFor(folder.write("a.txt", numberedWords()));
    const Dataset data = Dataset::load(config, {});
    Sampler sampler(data, config, 8);
    int rising = 0;
    std::size_t last = placeOf(data.training(), nextRow(sampler));
    const auto samples = static_cast<int>(sampler.epochSamples());
    for (int i = 1; i < samples; ++i) {
        const std::size_t place = placeOf(data.training(), nextRow(sampler));
        rising += place > last ? 1 : 0;
        last = place;
    }
    QVERIFY(std::abs(rising - samples / 2) < samples / 8);
}

void TestSampler::samplesHangOnTheSeedAlone()
{
    const TemporaryFolder folder;
    const Config config = configFor(folder.write("a.txt", numberedWords()));
    const Dataset data = Dataset::load(config, {});
    Sampler one(data, config, 9);
    Sampler four(data, config, 9);
    Sampler other(data, config, 10);
    Row batch(4 * kLength);
    Row single;
    Row different(4 * kLength);
    for (int i = 0; i < 200; ++i) { // over the ends of epochs too
        four.next(batch);
        single.clear();
        for (int row = 0; row < 4; ++row) {
            const Row next = nextRow(one);
            single.insert(single.end(), next.begin(), next.end());
        }
        QCOMPARE(single, batch);
        other.next(different);
        QVERIFY(different != batch);
    }
}

void TestSampler::theSameSamplesOnEveryMachine()
{
    const TemporaryFolder folder;
    const Config config = configFor(folder.write("a.txt", numberedWords()));
    const Dataset data = Dataset::load(config, {});
    Sampler sampler(data, config, 1);
    Row rows(1000 * kLength);
    sampler.next(rows);
    QCOMPARE(fingerprint(rows), std::string("6fbcb1b367b870e4155cc86b262a1d4b"));
    const Dataset turkish = Dataset::load(Config(), {});
    QCOMPARE(turkish.facts().at("data.hash"), std::string("e0d28aa907a93667051360e8b1c78754"));
}

void TestSampler::aTextOfOneSampleIsRepeated()
{
    const TemporaryFolder folder;
    Config config = configFor(folder.write("a.txt", "sixteen bytes it"));
    config.set("data.val_fraction", 0.0);
    const Dataset data = Dataset::load(config, {});
    Sampler sampler(data, config, 1);
    for (int i = 0; i < 5; ++i) {
        const Row row = nextRow(sampler);
        QCOMPARE(std::string(row.begin(), row.end()), std::string("sixteen bytes it"));
    }
}

void TestSampler::aRestoredSamplerGoesOn()
{
    const TemporaryFolder folder;
    const Config config = configFor(folder.write("a.txt", numberedWords()));
    const Dataset data = Dataset::load(config, {});
    for (const int taken : { 0, 1, 224, 225, 226, 700 }) {
        Sampler sampler(data, config, 12);
        for (int i = 0; i < taken; ++i)
            nextRow(sampler);
        Sampler restored(data, config, 0);
        restored.restore(sampler.save());
        for (int i = 0; i < 300; ++i)
            QCOMPARE(nextRow(restored), nextRow(sampler));
        QVERIFY(restored.save() == sampler.save());
    }
}

void TestSampler::aStateOfAnotherTextIsRefused()
{
    const TemporaryFolder folder;
    const Config config = configFor(folder.write("a.txt", numberedWords()));
    const Dataset data = Dataset::load(config, {});
    Sampler sampler(data, config, 12);
    QVERIFY_EXCEPTION_THROWN(sampler.restore({ 12, 0, 5000 }), std::invalid_argument);
}

void TestSampler::targetsLeavePaddingOut()
{
    const TemporaryFolder folder;
    Config config = configFor(folder.write("a.txt", std::string("\0abc\0efghijklmno", 16)));
    config.set("data.val_fraction", 0.0);
    const Dataset data = Dataset::load(config, {});
    Sampler sampler(data, config, 1);
    Row row(kLength);
    QCOMPARE(sampler.next(row), 14); // fifteen targets, one of them NUL; the first id is none
    QVERIFY_EXCEPTION_THROWN(sampler.next(std::span(row).first(5)), std::invalid_argument);
}

void TestSampler::validationIsFixedEvenAndApart()
{
    const TemporaryFolder folder;
    Config config = configFor(folder.write("a.txt", numberedWords()));
    config.set("data.val_fraction", 0.3);
    const Dataset data = Dataset::load(config, {});
    const ValidationSet set(data, config);
    QCOMPARE(set.batches(), 3);
    QCOMPARE(set.samples(), 12);
    std::vector<std::size_t> places;
    Row ids(4 * kLength);
    for (std::int64_t i = 0; i < set.batches(); ++i) {
        QCOMPARE(set.batch(i, ids), 4 * (kLength - 1));
        for (auto row = ids.begin(); row != ids.end(); row += kLength) {
            const Row one(row, row + kLength);
            places.push_back(placeOf(data.validation(), one));
            QCOMPARE(placeOf(data.training(), one), data.training().size()); // not there
        }
    }
    QCOMPARE(places.front(), std::size_t { 0 });
    QCOMPARE(places.back(), data.validation().size() - kLength);
    const std::size_t mean = places.back() / 11;
    for (std::size_t i = 1; i < places.size(); ++i) {
        QVERIFY(places[i] >= places[i - 1] + kLength);
        QVERIFY(places[i] - places[i - 1] <= mean + 1);
    }
    Row again(4 * kLength);
    config.set("training.seed", std::int64_t { 77 });
    ValidationSet(data, config).batch(2, again);
    QCOMPARE(again, ids);
}

void TestSampler::validationLinesAreSpread()
{
    const TemporaryFolder folder;
    Config config = configFor(folder.write("a.txt", numberedWords()));
    config.set("data.sampling", std::string("line"));
    config.set("data.val_fraction", 0.5);
    const Dataset data = Dataset::load(config, {});
    QCOMPARE(data.validationLines().size(), std::size_t { 50 });
    const ValidationSet set(data, config);
    std::set<Row> rows;
    Row ids(4 * kLength);
    for (std::int64_t i = 0; i < set.batches(); ++i) {
        set.batch(i, ids);
        for (auto row = ids.begin(); row != ids.end(); row += kLength)
            rows.insert(Row(row, row + kLength));
    }
    QCOMPARE(rows.size(), std::size_t { 12 });
}

void TestSampler::aSmallValidationSetIsPadded()
{
    const TemporaryFolder folder;
    Config config = configFor(folder.write("a.txt", numberedWords()));
    config.set("data.val_path", folder.write("b.txt", numberedWords().substr(0, 40)).string());
    const Dataset data = Dataset::load(config, {});
    const ValidationSet set(data, config);
    QCOMPARE(set.batches(), 1);
    QCOMPARE(set.samples(), 2);
    Row ids(4 * kLength, 7);
    QCOMPARE(set.batch(0, ids), 2 * (kLength - 1));
    QVERIFY(std::all_of(ids.begin() + 2 * kLength, ids.end(), [](std::uint8_t id) { return id == 0; }));
    QVERIFY_EXCEPTION_THROWN(set.batch(1, ids), std::invalid_argument);
}

void TestSampler::noValidationHasNoBatches()
{
    const TemporaryFolder folder;
    Config config = configFor(folder.write("a.txt", numberedWords()));
    config.set("data.val_fraction", 0.0);
    QCOMPARE(ValidationSet(Dataset::load(config, {}), config).batches(), 0);
}

void TestSampler::zeroEvaluatesTheWholeSet()
{
    const TemporaryFolder folder;
    Config config = configFor(folder.write("a.txt", numberedWords()));
    config.set("training.eval_batches", std::int64_t { 0 });
    const Dataset data = Dataset::load(config, {});
    const auto windows = static_cast<std::int64_t>(data.validation().size() / kLength);
    QVERIFY(windows > 3 * config.integer("training.batch_size"));
    QCOMPARE(ValidationSet(data, config).batches(), windows / config.integer("training.batch_size"));
}

void TestSampler::publishedSamplesStayTheSame()
{
    const TemporaryFolder folder;
    Config config = configFor(folder.write("a.txt", numberedWords()));
    config.set("data.split", std::string("sample"));
    const Dataset data = Dataset::load(config, {});
    const ValidationSet set(data, config);
    QCOMPARE(set.samples(), 12);
    Row ids(4 * kLength);
    Row again(4 * kLength);
    set.batch(0, ids);
    config.set("training.seed", std::int64_t { 77 });
    ValidationSet(data, config).batch(0, again);
    QCOMPARE(again, ids);
}

void TestSampler::randomNumbersAreUniform()
{
    Random random(3);
    std::array<int, 7> counts {};
    double sum = 0;
    for (int i = 0; i < 70000; ++i) {
        ++counts[random.below(7)];
        sum += random.unit();
    }
    for (const int count : counts)
        QVERIFY(std::abs(count - 10000) < 500); // five standard deviations
    QVERIFY(std::abs(sum / 70000 - 0.5) < 0.006);
    QCOMPARE(random.below(1), std::uint64_t { 0 });
}

QTEST_GUILESS_MAIN(TestSampler)
#include "tst_sampler.moc"
