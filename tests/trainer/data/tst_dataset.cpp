// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/trainer/data/temporary_folder.h"
#include "trainer/data/dataset.h"
#include "trainer/data/turkish_text.h"

#include <QtTest>
#include <algorithm>
#include <set>

using namespace nabiz::trainer;

namespace {

Config configFor(const std::filesystem::path& path)
{
    Config config;
    config.set("data.train_path", path.string());
    config.set("model.max_seq_len", std::int64_t { 16 });
    return config;
}

std::string textOf(std::span<const std::uint8_t> bytes)
{
    return { bytes.begin(), bytes.end() };
}

std::string numberedLines(int count)
{
    std::string text;
    for (int i = 0; i < count; ++i)
        text += "line " + std::to_string(1000 + i) + '\n';
    return text;
}

bool contains(const std::string& text, const std::string& part)
{
    return text.find(part) != std::string::npos;
}

bool isNoted(const Dataset& data, const std::string& part)
{
    return std::any_of(data.notes().begin(), data.notes().end(),
        [&part](const Message& note) { return contains(note.english(), part); });
}

} // namespace

class TestDataset : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aBlockIsCutAtALineEnd();
    void aBlockWithoutLineEndsIsCutBetweenCharacters();
    void splitLinesAreTheFractionAndDisjoint();
    void splitWindowsMayOverlap();
    void aPathForValidationReplacesTheSplit();
    void factsNameTheText();
    void entropyIsStatedWhereItHolds();
    void bytesAreBytes();
    void codePointsCollide();
    void aByteOutsideTheVocabularyIsRefused();
    void linesLoseTheirEnds();
    void whatIsTooSmallSaysTheSizes_data();
    void whatIsTooSmallSaysTheSizes();
    void unknownGeneratedTextsAreRefused();
    void aDatasetMayBeMoved();
    void aStopEndsTheLoading();
};

void TestDataset::aBlockIsCutAtALineEnd()
{
    const TemporaryFolder folder;
    const std::string text = numberedLines(101);
    Config config = configFor(folder.write("a.txt", text));
    config.set("data.val_fraction", 0.25);
    const Dataset data = Dataset::load(config, {});
    QCOMPARE(textOf(data.training()) + textOf(data.validation()), text);
    QVERIFY(textOf(data.validation()).starts_with("line "));
    QVERIFY(std::abs(static_cast<double>(data.validation().size()) - 0.25 * static_cast<double>(text.size())) <= 10);
    config.set("data.val_fraction", 0.0);
    QVERIFY(Dataset::load(config, {}).validation().empty());
}

void TestDataset::aBlockWithoutLineEndsIsCutBetweenCharacters()
{
    const TemporaryFolder folder;
    std::string text;
    for (int i = 0; i < 101; ++i)
        text += "ğ€";
    Config config = configFor(folder.write("a.txt", text));
    for (const double fraction : { 0.1, 0.11, 0.12, 0.13, 0.14, 0.15 }) {
        config.set("data.val_fraction", fraction);
        const Dataset data = Dataset::load(config, {});
        QCOMPARE(textOf(data.training()) + textOf(data.validation()), text);
        QVERIFY((data.validation()[0] & 0xc0) != 0x80);
    }
}

void TestDataset::splitLinesAreTheFractionAndDisjoint()
{
    const TemporaryFolder folder;
    Config config = configFor(folder.write("a.txt", numberedLines(1000)));
    config.set("data.sampling", std::string("line"));
    config.set("data.split", std::string("sample"));
    config.set("data.val_fraction", 0.1);
    const Dataset data = Dataset::load(config, {});
    QCOMPARE(data.validationLines().size(), std::size_t { 100 });
    QCOMPARE(data.trainingLines().size(), std::size_t { 900 });
    std::set<std::uint64_t> places;
    for (const auto lines : { data.trainingLines(), data.validationLines() }) {
        for (const Line& line : lines)
            places.insert(line.offset);
    }
    QCOMPARE(places.size(), std::size_t { 1000 });
    // Spread over the text rather than a block of it.
    QVERIFY(data.validationLines().front().offset < 1000 && data.validationLines().back().offset > 9000);
    config.set("training.seed", std::int64_t { 99 });
    const Dataset again = Dataset::load(config, {});
    QCOMPARE(again.validationLines().front().offset, data.validationLines().front().offset);
}

void TestDataset::splitWindowsMayOverlap()
{
    const TemporaryFolder folder;
    Config config = configFor(folder.write("a.txt", numberedLines(100)));
    config.set("data.split", std::string("sample"));
    const Dataset data = Dataset::load(config, {});
    QCOMPARE(data.training().size(), std::size_t { 1000 });
    QCOMPARE(data.validation().size(), std::size_t { 1000 });
}

void TestDataset::aPathForValidationReplacesTheSplit()
{
    const TemporaryFolder folder;
    Config config = configFor(folder.write("a.txt", numberedLines(100)));
    config.set("data.val_path", folder.write("b.txt", numberedLines(7)).string());
    const Dataset data = Dataset::load(config, {});
    QCOMPARE(data.training().size(), std::size_t { 1000 });
    QCOMPARE(textOf(data.validation()), numberedLines(7));
    QCOMPARE(data.facts().at("data.val_bytes"), std::string("70"));
    QVERIFY(data.facts().at("data.val_hash") != data.facts().at("data.hash"));
}

void TestDataset::factsNameTheText()
{
    const TemporaryFolder folder;
    folder.write(".git/HEAD", std::string(40, 'c') + "\n");
    folder.write("text/a.txt", numberedLines(10));
    folder.write("text/b.txt", numberedLines(90));
    Config config = configFor(folder.path() / "text");
    config.set("data.val_fraction", 0.1);
    const auto facts = Dataset::load(config, {}).facts();
    QCOMPARE(facts.at("data.files"), std::string("2"));
    QCOMPARE(facts.at("data.bytes"), std::string("1000"));
    QCOMPARE(facts.at("data.training_bytes"), std::string("900"));
    QCOMPARE(facts.at("data.validation_bytes"), std::string("100"));
    QCOMPARE(facts.at("data.commit"), std::string(40, 'c'));
    QCOMPARE(facts.at("data.hash").size(), std::size_t { 32 });
    QVERIFY(!facts.contains("data.entropy"));
}

void TestDataset::entropyIsStatedWhereItHolds()
{
    const TurkishSource source;
    Config config; // the generated Turkish text
    const Dataset data = Dataset::load(config, {});
    QCOMPARE(data.entropy(), source.entropyPerByte());
    QCOMPARE(std::stod(data.facts().at("data.entropy")), source.entropyPerByte());
    config.set("data.encoding", std::string("ord_mod_256"));
    QCOMPARE(Dataset::load(config, {}).entropy(), source.entropyPerCharacter());
    config.set("data.sampling", std::string("line")); // the first byte of a line is never a target
    QCOMPARE(Dataset::load(config, {}).entropy(), 0.0);
}

void TestDataset::bytesAreBytes()
{
    const TemporaryFolder folder;
    const std::string text = std::string("ok \xff\xfe\xc3( \xed\xa0\x80 \0 end\n", 18) + numberedLines(20);
    Config config = configFor(folder.write("a.txt", text));
    config.set("data.val_fraction", 0.0);
    const Dataset data = Dataset::load(config, {});
    QCOMPARE(textOf(data.training()), text);
    QVERIFY(isNoted(data, "6 bytes belong to no character")); // ff, fe, c3, and three of a surrogate
    QVERIFY(isNoted(data, "1 ids are 0"));
    QVERIFY(Dataset::load(configFor(folder.write("b.txt", numberedLines(50) + "çğıöşü €")), {}).notes().empty());
}

void TestDataset::codePointsCollide()
{
    const TemporaryFolder folder;
    Config config = configFor(folder.write("a.txt", "ış 1_ ıĀ end and more text"));
    config.set("data.encoding", std::string("ord_mod_256"));
    config.set("data.val_fraction", 0.0);
    const Dataset data = Dataset::load(config, {});
    QCOMPARE(textOf(data.training()), std::string("1_ 1_ 1\0 end and more text", 26));
    // Which of two stands for both is decided by how often each is there: ı twice, 1 once.
    QCOMPARE(data.collisions().characters, std::int64_t { 2 });
    QCOMPARE(data.collisions().occurrences, std::int64_t { 2 });
    QCOMPARE(data.collisions().textCharacters, std::int64_t { 26 });
    QCOMPARE(data.collisions().examples.at(0).kept, std::string("ı"));
    QCOMPARE(data.collisions().examples.at(0).lost, std::string("1"));
    QVERIFY(isNoted(data, "1 ids are 0"));
    QCOMPARE(data.facts().at("data.bytes"), std::string("30")); // of the files, before encoding
}

void TestDataset::aByteOutsideTheVocabularyIsRefused()
{
    const TemporaryFolder folder;
    Config config = configFor(folder.write("a.txt", numberedLines(20) + "ç"));
    config.set("model.vocab_size", std::int64_t { 128 });
    const auto error = errorOf([&] { Dataset::load(config, {}); });
    QVERIFY(error);
    QCOMPARE(error->kind(), TrainErrorKind::Data);
    QVERIFY2(contains(error->what(), "the byte 195 (0xc3)"), error->what());
    QVERIFY2(contains(error->what(), "model.vocab_size=256"), error->what());
    config.set("model.vocab_size", std::int64_t { 196 });
    QVERIFY(!errorOf([&] { Dataset::load(config, {}); }));
}

void TestDataset::linesLoseTheirEnds()
{
    const TemporaryFolder folder;
    Config config = configFor(folder.write("a.txt", "one\r\n\r\n\nx\ntwo\nlast"));
    config.set("data.sampling", std::string("line"));
    config.set("data.val_fraction", 0.0);
    const Dataset data = Dataset::load(config, {});
    std::vector<std::string> lines;
    for (const Line& line : data.trainingLines())
        lines.push_back(textOf(data.training().subspan(line.offset, line.length)));
    QCOMPARE(lines, (std::vector<std::string> { "one", "two", "last" }));
    QVERIFY(isNoted(data, "1 are left out"));
    QCOMPARE(data.facts().at("data.training_lines"), std::string("3"));
}

void TestDataset::whatIsTooSmallSaysTheSizes_data()
{
    QTest::addColumn<int>("lines");
    QTest::addColumn<QString>("sampling");
    QTest::addColumn<QString>("said");
    QTest::newRow("training") << 1 << "window" << "less than one sample of 16. Lower model.max_seq_len";
    QTest::newRow("validation") << 12 << "window" << "bytes are left for validation, less than one sample of 16";
    QTest::newRow("validation lines") << 2 << "line" << "set training.eval_interval=0";
}

void TestDataset::whatIsTooSmallSaysTheSizes()
{
    QFETCH(int, lines);
    QFETCH(QString, sampling);
    QFETCH(QString, said);
    const TemporaryFolder folder;
    Config config = configFor(folder.write("a.txt", numberedLines(lines)));
    config.set("data.sampling", sampling.toStdString());
    config.set("data.val_fraction", 0.02);
    const auto error = errorOf([&] { Dataset::load(config, {}); });
    QVERIFY(error);
    QCOMPARE(error->kind(), TrainErrorKind::Data);
    QVERIFY2(QString(error->what()).contains(said), error->what());
    if (lines > 1) {
        config.set("training.eval_interval", std::int64_t { 0 });
        QVERIFY(!errorOf([&] { Dataset::load(config, {}); }));
    }
}

void TestDataset::unknownGeneratedTextsAreRefused()
{
    Config config;
    config.set("data.train_path", std::string("generated:klingon"));
    const auto error = errorOf([&] { Dataset::load(config, {}); });
    QVERIFY(error && contains(error->what(), "Set data.train_path to generated:turkish"));
    config.set("data.train_path", std::string());
    QVERIFY(errorOf([&] { Dataset::load(config, {}); }));
}

void TestDataset::aDatasetMayBeMoved()
{
    const TemporaryFolder folder;
    Dataset data = Dataset::load(configFor(folder.write("a.txt", numberedLines(100))), {});
    const Dataset copy = data;
    const Dataset moved = std::move(data);
    QCOMPARE(textOf(moved.training()), textOf(copy.training()));
    QVERIFY(textOf(moved.training()).starts_with("line 1000"));
}

void TestDataset::aStopEndsTheLoading()
{
    std::stop_source source;
    source.request_stop();
    QVERIFY_EXCEPTION_THROWN(Dataset::load(Config(), source.get_token()), Cancelled);
}

QTEST_GUILESS_MAIN(TestDataset)
#include "tst_dataset.moc"
