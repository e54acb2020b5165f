// SPDX-License-Identifier: GPL-3.0-or-later
// What is a model's name, where the Hugging Face cache lies, and which folder of it is meant.
#include "trainer/config/parameters/hub_cache.h"

#include <QTemporaryDir>
#include <QtTest>

#include <fstream>

using namespace nabiz::trainer;
namespace fs = std::filesystem;

namespace {

const std::string kCommit(40, 'a'), kOther(40, 'b');

} // namespace

class TestHubCache : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void names_data()
    {
        QTest::addColumn<bool>("isName");
        for (const char* name :
            { "Qwen/Qwen3-0.6B", "Qwen/Qwen3-0.6B@main", "a/b", "a_1/b.c-d", "a/b@refs/pr/1", "a/b@v1.0" })
            QTest::newRow(name) << true;
        for (const char* path : { "", "Qwen", "/a/b", "./a", "../a", "~/a", "a/b/c", "a/", "/b", "a/..", "a/b..c",
                 "a/.b", "a b/c", "a/b@", "a/b@../x", "a/b@/x", "a--b/c", "a/b\n" })
            QTest::newRow(path) << false;
    }
    void names()
    {
        QFETCH(bool, isName);
        QCOMPARE(parseModelName(QTest::currentDataTag()).has_value(), isName);
        if (isName && !QByteArray(QTest::currentDataTag()).endsWith("@main"))
            QCOMPARE(parseModelName(QTest::currentDataTag())->text(), std::string(QTest::currentDataTag()));
    }

    void theCacheLiesWhereTheVariablesSay()
    {
        for (const char* name : { "HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE", "HF_HOME", "XDG_CACHE_HOME" })
            qunsetenv(name);
        qputenv("HOME", "/home/me");
        QCOMPARE(hubCache(), fs::path("/home/me/.cache/huggingface/hub"));
        qputenv("XDG_CACHE_HOME", "/cache");
        QCOMPARE(hubCache(), fs::path("/cache/huggingface/hub"));
        qputenv("HF_HOME", "~/hf");
        QCOMPARE(hubCache(), fs::path("/home/me/hf/hub"));
        qputenv("HF_HUB_CACHE", "/models");
        QCOMPARE(hubCache(), fs::path("/models"));
        QCOMPARE(hubHome(), fs::path("/home/me/hf"));
    }

    // A folder that is there wins; a branch is what the cache knows it to be; what is not there stays as written.
    void aNameMeansAFolderOfTheCache()
    {
        QTemporaryDir folder;
        QVERIFY(QDir::setCurrent(folder.path()));
        const fs::path cache = fs::canonical(folder.path().toStdString()) / "cache",
                       repo = cache / "models--Org--Small";
        qputenv("HF_HUB_CACHE", cache.c_str());
        QCOMPARE(recordedLanguagePath("Org/Small"), std::string("Org/Small"));
        for (const std::string& commit : { kCommit, kOther })
            fs::create_directories(repo / "snapshots" / commit);
        fs::create_directories(repo / "refs");
        std::ofstream(repo / "refs" / "main") << kCommit << '\n';
        QCOMPARE(languageFolder("Org/Small"), repo / "snapshots" / kCommit);
        QCOMPARE(languageFolder("Org/Small@" + kOther), repo / "snapshots" / kOther);
        QCOMPARE(recordedLanguagePath("Org/Small"), "Org/Small@" + kCommit);
        QCOMPARE(recordedLanguagePath(recordedLanguagePath("Org/Small")), "Org/Small@" + kCommit);
        QVERIFY(!cachedCommit(cache, *parseModelName("Org/Small@v2")));
        QVERIFY(!cachedCommit(cache, *parseModelName("Org/Small@" + std::string(40, 'c'))));
        fs::create_directories("Org/Small");
        QCOMPARE(languageFolder("Org/Small"), cache.parent_path() / "Org/Small");
        QCOMPARE(recordedLanguagePath("Org/Small"), (cache.parent_path() / "Org/Small").string());
        QCOMPARE(languageFolder(""), fs::path());
    }
};

QTEST_GUILESS_MAIN(TestHubCache)
#include "tst_hub_cache.moc"
