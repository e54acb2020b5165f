// SPDX-License-Identifier: GPL-3.0-or-later
// Paths of the settings: the home folder, and the folder in which the program was started.
#include "trainer/config/parameters/whole_paths.h"
#include "trainer/config/presets/preset_store.h"
#include "trainer/data/dataset.h"
#include "trainer/validation/validation.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

using namespace nabiz::trainer;

class TestWholePaths : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    QString m_before;

private Q_SLOTS:
    void initTestCase()
    {
        m_before = QDir::currentPath();
        qputenv("HOME", m_folder.path().toUtf8());
        QVERIFY(QDir::setCurrent(m_folder.path()));
        QFile text("corpus.txt");
        QVERIFY(text.open(QIODevice::WriteOnly));
        for (int i = 0; i < 500; ++i)
            text.write("Bu bir deneme metnidir.\n");
    }
    void cleanupTestCase() { QDir::setCurrent(m_before); }

    void paths()
    {
        const std::string home = QDir::currentPath().toStdString();
        QCOMPARE(wholePath("~"), home + "/");
        QCOMPARE(wholePath("~/corpus.txt"), home + "/corpus.txt");
        QCOMPARE(wholePath("corpus.txt"), home + "/corpus.txt");
        QCOMPARE(wholePath("./a/../corpus.txt"), home + "/corpus.txt");
        QCOMPARE(wholePath("/x/y"), std::string("/x/y"));
        QCOMPARE(wholePath(""), std::string());
        QCOMPARE(wholePath("generated:turkish"), std::string("generated:turkish"));
        QCOMPARE(wholePath("a~b"), home + "/a~b");
    }

    void everySettingThatIsAPath()
    {
        Config config = PresetStore("").load("quick").config;
        int count = 0;
        for (const Parameter& row : parameterTable()) {
            if (row.isPath) {
                ++count;
                config.set(row.key, std::string("~/x"));
            }
        }
        QVERIFY(count >= 4);
        const Config whole = withWholePaths(config);
        for (const Parameter& row : parameterTable()) {
            if (row.isPath)
                QCOMPARE(whole.text(row.key), QDir::currentPath().toStdString() + "/x");
        }
    }

    void homeIsTaken()
    {
        Config config = PresetStore("").load("quick").config;
        config.set("data.train_path", std::string("~/corpus.txt"));
        const auto problems = validateData(config);
        QVERIFY2(problems.empty(), problems.empty() ? "" : problems.front().message.english().c_str());
        QCOMPARE(Dataset::load(config, {}).facts().at("data.names"), std::string("corpus.txt"));
    }

    void whatIsNotSeenInAPathIsSaid()
    {
        Config config = PresetStore("").load("quick").config;
        config.set("data.train_path", std::string("./corpus\u200B.txt"));
        const auto problems = validateData(config);
        QCOMPARE(problems.size(), std::size_t(1));
        QVERIFY2(problems.front().message.english().find("U+200B (zero-width space)") != std::string::npos,
            problems.front().message.english().c_str());
    }
};

QTEST_GUILESS_MAIN(TestWholePaths)
#include "tst_whole_paths.moc"
