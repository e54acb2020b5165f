// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/trainer/data/temporary_folder.h"
#include "trainer/audit/data_audit.h"
#include "trainer/audit/distinct_text.h"
#include "trainer/audit/piece_index.h"
#include "trainer/data/random.h"

#include <QTemporaryDir>
#include <QtTest>

#include <map>

using namespace nabiz::trainer;

class TestDataAudit : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void piecesAreFoundAtAnyPlace();
    void searchingStops();
    void distinctTextIsWhatThereIsToLearn();
    void freshTextIsFine();
    void overlappingWindowsAreNoDuplicates();
    void repeatedText_data();
    void repeatedText();
    void eightSentences();
    void aCopyAsValidationIsSeen();
    void samplesOfOneTextOverlap();
    void longLinesArePaddedLittle();
    void lettersThatCollide();
};

namespace {

std::string freshText(std::size_t bytes, std::uint64_t seed = 5)
{
    Random random(seed);
    std::string text;
    while (text.size() < bytes)
        text += static_cast<char>(random.below(20) == 0 ? '\n' : 'a' + random.below(26));
    return text;
}

std::span<const std::uint8_t> bytesOf(const std::string& text)
{
    return { reinterpret_cast<const std::uint8_t*>(text.data()), text.size() };
}

Config configFor(const std::filesystem::path& path)
{
    Config config;
    config.set("data.train_path", path.string());
    config.set("model.max_seq_len", std::int64_t { 128 });
    return config;
}

std::map<std::string, Finding> audited(const Config& config)
{
    std::map<std::string, Finding> found;
    for (const Finding& finding : auditData(Dataset::load(config, {}), config, {}))
        found[finding.id] = finding;
    return found;
}

using enum FindingSeverity;

} // namespace

void TestDataAudit::piecesAreFoundAtAnyPlace()
{
    const std::string piece = freshText(64, 1), other = freshText(64, 2);
    const std::string text = freshText(101, 3) + piece + freshText(37, 4); // off every multiple of 64
    const std::string pieces = piece + other + piece;
    PieceIndex index(bytesOf(pieces), 64);
    QCOMPARE(index.pieces(), std::size_t { 3 });
    QCOMPARE(index.found(1), std::size_t { 0 });
    index.search(bytesOf(text), {});
    QCOMPARE(index.found(1), std::size_t { 2 });
    QCOMPARE(index.found(2), std::size_t { 0 });
    index.search(bytesOf(piece), {}); // at the very end
    QCOMPARE(index.found(2), std::size_t { 2 });

    // Against looking one by one.
    std::string small;
    Random random(9);
    for (int i = 0; i < 3000; ++i)
        small += static_cast<char>('a' + random.below(2));
    PieceIndex few(bytesOf(small), 12);
    few.search(bytesOf(small), {});
    std::size_t expected = 0;
    for (std::size_t i = 0; i + 12 <= small.size(); i += 12) {
        std::size_t places = 0;
        for (auto place = small.find(small.substr(i, 12)); place != std::string::npos;
             place = small.find(small.substr(i, 12), place + 1))
            ++places;
        expected += places >= 2 ? 1 : 0;
    }
    QVERIFY(expected > 50 && expected < 250);
    QCOMPARE(few.found(2), expected);
}

void TestDataAudit::searchingStops()
{
    std::stop_source stop;
    stop.request_stop();
    const std::string text = freshText(1000);
    PieceIndex index(bytesOf(text), 64);
    QVERIFY_EXCEPTION_THROWN(index.search(bytesOf(text), stop.get_token()), Cancelled);
}

void TestDataAudit::distinctTextIsWhatThereIsToLearn()
{
    const std::string fresh = freshText(1000);
    QCOMPARE(distinctText(bytesOf(fresh), 4000, {}).size(), fresh.size());
    QCOMPARE(distinctText(bytesOf(fresh), 300, {}).size(), std::size_t { 300 });
    std::string repeated;
    for (int i = 0; i < 200; ++i)
        repeated += fresh;
    const auto distinct = distinctText(bytesOf(repeated), 400000, {});
    QVERIFY2(distinct.size() >= 1000 && distinct.size() < 1200, std::to_string(distinct.size()).c_str());
    QVERIFY(std::equal(fresh.begin(), fresh.end(), distinct.begin(),
        [](char a, std::uint8_t b) { return static_cast<std::uint8_t>(a) == b; }));
    const std::string brief = "short";
    QCOMPARE(distinctText(bytesOf(brief), 100, {}).size(), brief.size());

    const std::string lines = "one\ntwo\none\ntwo\nthree\n";
    const std::vector<Line> samples { { 0, 3 }, { 4, 3 }, { 8, 3 }, { 12, 3 }, { 16, 5 } };
    const auto left = distinctLines(bytesOf(lines), samples, 100, {});
    QCOMPARE(std::string(left.begin(), left.end()), std::string("one\ntwo\nthree\n"));
}

void TestDataAudit::freshTextIsFine()
{
    const TemporaryFolder folder;
    const auto found = audited(configFor(folder.write("a.txt", freshText(60000))));
    QCOMPARE(found.at("duplicates").severity, Fine);
    QCOMPARE(found.at("duplicates").measured.arguments.at(0), std::string("100 %"));
    QCOMPARE(found.at("overlap").severity, Fine);
    QVERIFY(!found.contains("padding"));
    QVERIFY(!found.contains("collisions"));
}

// A text much shorter than what its windows would sum up to.
void TestDataAudit::overlappingWindowsAreNoDuplicates()
{
    const TemporaryFolder folder;
    Config config = configFor(folder.write("a.txt", freshText(700)));
    config.set("data.val_fraction", 0.0);
    const auto found = audited(config);
    QCOMPARE(found.at("duplicates").severity, Fine);
    QVERIFY(!found.contains("overlap"));
}

void TestDataAudit::repeatedText_data()
{
    QTest::addColumn<int>("fresh");
    QTest::addColumn<int>("copies");
    QTest::addColumn<int>("severity");
    QTest::newRow("a tenth stands twice") << 38000 << 2 << static_cast<int>(Fine);
    QTest::newRow("a third is copies") << 16000 << 4 << static_cast<int>(Note);
    QTest::newRow("most is copies") << 4000 << 10 << static_cast<int>(Warning);
}

void TestDataAudit::repeatedText()
{
    QFETCH(int, fresh);
    QFETCH(int, copies);
    const TemporaryFolder folder;
    std::string text = freshText(static_cast<std::size_t>(fresh));
    const std::string piece = freshText(2011, 8);
    for (int i = 0; i < copies; ++i)
        text += piece;
    Config config = configFor(folder.write("a.txt", text));
    config.set("data.val_fraction", 0.0);
    QTEST(static_cast<int>(audited(config).at("duplicates").severity), "severity");
}

void TestDataAudit::eightSentences()
{
    Config config = configFor("generated:eight-sentences");
    for (const auto& [key, value] :
        { std::pair { "data.split", "sample" }, { "data.sampling", "line" }, { "data.encoding", "ord_mod_256" } })
        config.set(key, std::string(value));
    auto found = audited(config);
    QCOMPARE(found.at("duplicates").severity, Warning);
    QCOMPARE(found.at("duplicates").measured.english(), std::string("8 of 7200 samples are distinct, 0.11 % of them."));
    QCOMPARE(found.at("overlap").severity, Warning);
    QCOMPARE(found.at("overlap").measured.arguments.at(0), std::string("100 %"));
    QCOMPARE(found.at("padding").severity, Note);
    QVERIFY(found.at("padding").message.english().find("model.max_seq_len=40") != std::string::npos);
    QVERIFY(!found.contains("collisions")); // English letters have ids of their own

    config.set("data.sampling", std::string("window"));
    config.set("data.split", std::string("block"));
    found = audited(config);
    QCOMPARE(found.at("duplicates").severity, Warning);
    QCOMPARE(found.at("duplicates").measured.arguments.at(0), std::string("100 %"));
    QCOMPARE(found.at("overlap").severity, Warning); // a block of the same eight
}

void TestDataAudit::aCopyAsValidationIsSeen()
{
    const TemporaryFolder folder;
    const std::string text = freshText(30000);
    Config config = configFor(folder.write("a.txt", text));
    config.set("data.val_path", folder.write("b.txt", freshText(9000, 6) + text.substr(777, 6000)).string());
    auto found = audited(config);
    QCOMPARE(found.at("overlap").severity, Warning);
    QVERIFY(found.at("overlap").message.english().find("Set data.val_path") != std::string::npos);
    config.set("data.val_path", folder.write("c.txt", freshText(9000, 6) + text.substr(777, 500)).string());
    found = audited(config);
    QCOMPARE(found.at("overlap").severity, Fine);
    QVERIFY(found.at("overlap").measured.arguments.at(0) != "0 %");
}

void TestDataAudit::samplesOfOneTextOverlap()
{
    const TemporaryFolder folder;
    Config config = configFor(folder.write("a.txt", freshText(30000)));
    config.set("data.split", std::string("sample"));
    const auto found = audited(config);
    QCOMPARE(found.at("overlap").severity, Warning);
    QCOMPARE(found.at("overlap").measured.arguments.at(0), std::string("100 %"));
    QCOMPARE(found.at("duplicates").severity, Fine);
}

void TestDataAudit::longLinesArePaddedLittle()
{
    const TemporaryFolder folder;
    std::string text;
    for (std::uint64_t i = 0; i < 200; ++i)
        text += std::to_string(i) + std::string(i % 2 == 0 ? 150 : 90, static_cast<char>('a' + i % 26)) + '\n';
    Config config = configFor(folder.write("a.txt", text));
    config.set("data.sampling", std::string("line"));
    const auto found = audited(config);
    QVERIFY(!found.contains("padding"));
    QCOMPARE(found.at("duplicates").severity, Fine);
}

void TestDataAudit::lettersThatCollide()
{
    const TemporaryFolder folder;
    std::string text;
    for (int i = 0; i < 40; ++i)
        text += "ışık 1 kış_ gün " + freshText(60, static_cast<std::uint64_t>(i));
    Config config = configFor(folder.write("a.txt", text));
    QVERIFY(!audited(config).contains("collisions"));
    config.set("data.encoding", std::string("ord_mod_256"));
    const Finding finding = audited(config).at("collisions");
    QCOMPARE(finding.severity, Warning);
    QCOMPARE(finding.measured.arguments.at(0), std::string("2")); // 1 into ı, _ into ş
    QCOMPARE(finding.measured.arguments.at(2), std::string("1 = ı, _ = ş"));
    QVERIFY(finding.message.english().find("data.encoding=utf8") != std::string::npos);

    config = configFor(folder.write("b.txt", freshText(30000) + "ı1"));
    config.set("data.encoding", std::string("ord_mod_256"));
    QCOMPARE(audited(config).at("collisions").severity, Note); // hardly any of the text
}

QTEST_GUILESS_MAIN(TestDataAudit)
#include "tst_data_audit.moc"
