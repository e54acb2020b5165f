// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/trainer/data/temporary_folder.h"
#include "trainer/data/preview.h"
#include "trainer/data/sampler.h"

#include <QtTest>

using namespace nabiz::trainer;

namespace {

std::string shown(std::string_view bytes, bool codePoints = false)
{
    return idsToText({ reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size() }, codePoints);
}

} // namespace

class TestPreview : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void showsWhatTheRunTrainsOn();
    void countsPadding();
    void idsBecomeText_data();
    void idsBecomeText();
    void badInputIsAFailure();
    void fewerLinesGiveFewerSamples();
    void aStopGivesNothing();
};

void TestPreview::showsWhatTheRunTrainsOn()
{
    Config config;
    config.set("training.batch_size", std::int64_t { 1 });
    const SamplePreview preview = previewSamples(config, {});
    QVERIFY(preview.failure.empty());
    QCOMPARE(preview.samples.size(), std::size_t { 3 });
    const Dataset data = Dataset::load(config, {});
    QCOMPARE(preview.trainingBytes, static_cast<std::int64_t>(data.training().size()));
    QCOMPARE(preview.validationBytes, static_cast<std::int64_t>(data.validation().size()));
    QCOMPARE(preview.trainingSamples, preview.trainingBytes - 255);
    QCOMPARE(preview.entropy, data.entropy());
    Sampler sampler(data, config, 1);
    std::vector<std::uint8_t> ids(3 * 256);
    sampler.next(ids);
    QCOMPARE(preview.samples[2].text, idsToText(std::span(ids).last(256), false));
    QCOMPARE(preview.samples[0].bytes, 256);
    QCOMPARE(preview.samples[0].padding, 0);
}

void TestPreview::countsPadding()
{
    Config config;
    config.set("data.train_path", std::string("generated:eight-sentences"));
    config.set("data.sampling", std::string("line"));
    config.set("data.split", std::string("sample"));
    const SamplePreview preview = previewSamples(config, {});
    QCOMPARE(preview.trainingSamples, 7200);
    for (const SamplePreview::Sample& sample : preview.samples) {
        QCOMPARE(static_cast<std::int64_t>(sample.text.size()), sample.bytes);
        QCOMPARE(sample.bytes + sample.padding, 256);
        QVERIFY(sample.bytes > 20 && sample.text.ends_with('.'));
    }
}

void TestPreview::idsBecomeText_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("codePoints");
    QTest::addColumn<QString>("text");
    QTest::newRow("plain") << QByteArray("a\n\tb") << false << "a\n\tb";
    QTest::newRow("Turkish") << QByteArray("ışık €") << false << "ışık €";
    QTest::newRow("cut at both ends") << QByteArray("\xb1 ok \xc4") << false << "\ufffd ok \ufffd";
    QTest::newRow("cut in four") << QByteArray("\xf0\x9f\x98") << false << "\ufffd\ufffd\ufffd";
    QTest::newRow("overlong") << QByteArray("\xc0\xaf") << false << "\ufffd\ufffd";
    QTest::newRow("control") << QByteArray("a\x01\x7f", 3) << false << "a\ufffd\ufffd";
    QTest::newRow("code points") << QByteArray("\xe7\xf6") << true << "çö";
}

void TestPreview::idsBecomeText()
{
    QFETCH(QByteArray, bytes);
    QFETCH(bool, codePoints);
    QFETCH(QString, text);
    QCOMPARE(
        QString::fromStdString(shown({ bytes.constData(), static_cast<std::size_t>(bytes.size()) }, codePoints)), text);
}

void TestPreview::badInputIsAFailure()
{
    Config config;
    config.set("data.train_path", std::string("/nowhere/at/all"));
    const SamplePreview preview = previewSamples(config, {});
    QVERIFY(preview.samples.empty());
    QVERIFY(preview.failure.english().find("/nowhere/at/all does not exist") != std::string::npos);
}

void TestPreview::fewerLinesGiveFewerSamples()
{
    const TemporaryFolder folder;
    Config config;
    config.set("data.train_path", folder.write("a.txt", "one\ntwo\n").string());
    config.set("data.sampling", std::string("line"));
    config.set("data.val_fraction", 0.0);
    QCOMPARE(previewSamples(config, {}).samples.size(), std::size_t { 2 });
}

void TestPreview::aStopGivesNothing()
{
    std::stop_source source;
    source.request_stop();
    const SamplePreview preview = previewSamples(Config(), source.get_token());
    QVERIFY(preview.samples.empty());
    QVERIFY(preview.failure.empty());
}

QTEST_GUILESS_MAIN(TestPreview)
#include "tst_preview.moc"
