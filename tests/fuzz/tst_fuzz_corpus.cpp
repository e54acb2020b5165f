// SPDX-License-Identifier: GPL-3.0-or-later
// Every file of the fuzzers' corpus through the function that they drive: what was once found stays mended.
#include <QDir>
#include <QFile>
#include <QtTest>

#include <cstdint>

// The entry points of the fuzzers, renamed by the build.
extern "C" int fuzzSafetensors(const std::uint8_t* data, std::size_t size);
extern "C" int fuzzPresets(const std::uint8_t* data, std::size_t size);
extern "C" int fuzzPages(const std::uint8_t* data, std::size_t size);
extern "C" int fuzzEvents(const std::uint8_t* data, std::size_t size);
extern "C" int fuzzWandb(const std::uint8_t* data, std::size_t size);
extern "C" int fuzzCsv(const std::uint8_t* data, std::size_t size);
extern "C" int fuzzStores(const std::uint8_t* data, std::size_t size);

class TestFuzzCorpus : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyFileEndsWell_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("kind");
        for (const QString kind : { "safetensors", "presets", "pages", "events", "wandb", "csv", "stores" }) {
            const QDir folder(QStringLiteral(NABIZ_TEST_DATA "/fuzz/corpus/") + kind);
            const QFileInfoList files = folder.entryInfoList(QDir::Files, QDir::Name);
            QVERIFY2(files.size() >= 10, qPrintable(folder.path()));
            for (const QFileInfo& file : files)
                QTest::addRow("%s/%s", qPrintable(kind), qPrintable(file.fileName())) << file.filePath() << kind;
        }
    }
    void everyFileEndsWell()
    {
        QFETCH(QString, path);
        QFETCH(QString, kind);
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray bytes = file.readAll();
        const auto* data = reinterpret_cast<const std::uint8_t*>(bytes.constData());
        const auto size = static_cast<std::size_t>(bytes.size());
        const auto fuzz = kind == "presets" ? fuzzPresets
            : kind == "pages"               ? fuzzPages
            : kind == "events"              ? fuzzEvents
            : kind == "wandb"               ? fuzzWandb
            : kind == "csv"                 ? fuzzCsv
            : kind == "stores"              ? fuzzStores
                                            : fuzzSafetensors;
        QCOMPARE(fuzz(data, size), 0); // else it aborts
    }
};

QTEST_GUILESS_MAIN(TestFuzzCorpus)
#include "tst_fuzz_corpus.moc"
