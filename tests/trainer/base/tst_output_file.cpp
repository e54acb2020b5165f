// SPDX-License-Identifier: GPL-3.0-or-later
// No output takes the place of the database, of what belongs to it, or of what was read; all others are there whole or
// not at all.
#include "trainer/base/csv_text.h"
#include "trainer/base/output_file.h"
#include "trainer/config/presets/preset_store.h"

#include <QFile>
#include <QtTest>

#include <csignal>
#include <fstream>
#include <functional>

#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace nabiz::trainer;
namespace fs = std::filesystem;

class TestOutputFile : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void whatIsKept_data();
    void whatIsKept();
    void whatIsNot_data();
    void whatIsNot();
    void aDatabaseBehindALink();
    void anInputIsKeptFromAllButItsEditor();
    void replacesWhole();
    void keepsPermissions();
    void heedsTheUmask();
    void followsLinks();
    void writesStreams();
    void aFullDiskLeavesTheOldFile();
    void refusals_data();
    void refusals();
    void longNames();
    void quotesCells();

private:
    std::string read(const std::string& name) const;
    void put(const std::string& name, const std::string& text) const;
    QStringList files() const;

    std::unique_ptr<QTemporaryDir> m_folder;
    fs::path m_place;
};

namespace {

// What it says, or nothing.
std::string refusal(const std::function<void()>& job)
{
    try {
        job();
    } catch (const TrainError& error) {
        return error.what();
    }
    return {};
}

} // namespace

void TestOutputFile::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_place = m_folder->path().toStdString();
    fs::current_path(m_place);
}

void TestOutputFile::cleanup()
{
    fs::current_path("/");
}

std::string TestOutputFile::read(const std::string& name) const
{
    QFile file(QString::fromStdString((m_place / name).string()));
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : "(none)";
}

void TestOutputFile::put(const std::string& name, const std::string& text) const
{
    std::ofstream(m_place / name) << text;
}

QStringList TestOutputFile::files() const
{
    return QDir(m_folder->path()).entryList(QDir::Files | QDir::Hidden | QDir::System, QDir::Name);
}

void TestOutputFile::whatIsKept_data()
{
    QTest::addColumn<QString>("path");
    for (const char* const path :
        { "runs.db", "./runs.db", "folder/../runs.db", "link", "link-to-link", "hard", "folder/link", "Runs.DB",
            "runs.db-wal", "runs.db-shm", "runs.db-journal", "runs.db-checkpoints", "runs.db-checkpoints/1/model.csv",
            "runs.db-inbox", "runs.db-inbox/1.jsonl", "runs.db-checkpoints/../runs.db", "to-the-wal", "to-a-checkpoint",
            "folder/../runs.db-WAL", "runs.db-unwritten-7-1-1", "folder/runs.db-unwritten-7-1-1" })
        QTest::newRow(path) << path;
}

void TestOutputFile::whatIsKept()
{
    QFETCH(QString, path);
    put("runs.db", "all my runs");
    fs::create_directories("folder");
    fs::create_directories("runs.db-checkpoints/1");
    fs::create_symlink("runs.db", "link");
    fs::create_symlink("link", "link-to-link");
    fs::create_symlink("../runs.db", "folder/link");
    fs::create_symlink("runs.db-wal", "to-the-wal"); // which is not there yet
    fs::create_symlink("runs.db-checkpoints/1/model.safetensors", "to-a-checkpoint");
    fs::create_hard_link("runs.db", "hard");
    keepDatabase("runs.db"); // by its relative name
    const auto before = files();
    for (const auto& output : { path.toStdString(), (m_place / path.toStdString()).string() }) {
        for (const auto what : { Replaceable::Outputs, Replaceable::Inputs })
            QVERIFY2(!refusal([&] { writeFile(output, "new", what); }).empty(), output.c_str());
        QVERIFY(QString::fromStdString(whyKept(output).english()).startsWith(QString::fromStdString(output)));
    }
    QCOMPARE(read("runs.db"), std::string("all my runs"));
    QCOMPARE(files(), before);
}

void TestOutputFile::whatIsNot_data()
{
    QTest::addColumn<QString>("path");
    for (const char* const path : { "run.csv", "runs.db.csv", "runs.csv", "folder/runs.db", "runs.db-2.csv", "runs" })
        QTest::newRow(path) << path;
}

void TestOutputFile::whatIsNot()
{
    QFETCH(QString, path);
    put("runs.db", "all my runs");
    fs::create_directories("folder");
    keepDatabase(m_place / "runs.db");
    QCOMPARE(refusal([&] { writeFile(path.toStdString(), "new"); }), std::string());
    QCOMPARE(read(path.toStdString()), std::string("new"));
}

void TestOutputFile::aDatabaseBehindALink()
{
    fs::create_directories("real");
    put("real/data.db", "all my runs");
    fs::create_symlink("real/data.db", "named.db");
    keepDatabase("named.db");
    for (const char* const path :
        { "named.db", "real/data.db", "real/data.db-wal", "named.db-checkpoints", "real/data.db-shm" })
        QVERIFY2(!refusal([&] { writeFile(path, "new"); }).empty(), path);
    QCOMPARE(read("real/data.db"), std::string("all my runs"));
}

void TestOutputFile::anInputIsKeptFromAllButItsEditor()
{
    fs::create_directories("presets");
    const PresetStore store(m_place / "presets");
    store.save("mine", "extends: quick\n");
    QCOMPARE(store.load("mine").problems.size(), std::size_t(0));
    QVERIFY(!refusal([] { writeFile("presets/mine.yaml", "new"); }).empty());
    QCOMPARE(read("presets/mine.yaml"), std::string("extends: quick\n"));
    store.save("mine", "extends: t4\n");
    QCOMPARE(read("presets/mine.yaml"), std::string("extends: t4\n"));
    // A preset that is in truth the database is not saved.
    put("runs.db", "all my runs");
    fs::create_symlink("../runs.db", "presets/odd.yaml");
    keepDatabase("runs.db");
    QVERIFY(!refusal([&] { store.save("odd", "extends: t4\n"); }).empty());
    QCOMPARE(read("runs.db"), std::string("all my runs"));
}

void TestOutputFile::replacesWhole()
{
    put("out.csv", "old");
    {
        OutputFile file("out.csv");
        file.write(std::string(200'000, 'x'));
        file.write("y");
        QCOMPARE(read("out.csv"), std::string("old"));
    }
    QCOMPARE(read("out.csv"), std::string("old"));
    QCOMPARE(files(), QStringList { "out.csv" });
    OutputFile file("out.csv");
    file.write(std::string(200'000, 'x'));
    file.write("y");
    file.commit();
    QCOMPARE(read("out.csv"), std::string(200'000, 'x') + 'y');
    QCOMPARE(files(), QStringList { "out.csv" });
}

void TestOutputFile::keepsPermissions()
{
    put("private.csv", "old");
    fs::permissions("private.csv", fs::perms::owner_read | fs::perms::owner_write);
    writeFile("private.csv", "new");
    QCOMPARE(fs::status("private.csv").permissions(), fs::perms::owner_read | fs::perms::owner_write);
    fs::permissions("private.csv", fs::perms::all);
    writeFile("private.csv", "new");
    QCOMPARE(fs::status("private.csv").permissions(), fs::perms::all);
}

void TestOutputFile::heedsTheUmask()
{
    const mode_t before = umask(027);
    writeFile("out.csv", "new");
    umask(before);
    QCOMPARE(static_cast<unsigned>(fs::status("out.csv").permissions()), 0640u);
}

void TestOutputFile::followsLinks()
{
    fs::create_directories("far");
    put("far/real.csv", "old");
    fs::create_symlink("far/real.csv", "link.csv");
    writeFile("link.csv", "new");
    QVERIFY(fs::is_symlink("link.csv"));
    QCOMPARE(read("far/real.csv"), std::string("new"));
    fs::create_symlink("far/made.csv", "ahead.csv");
    writeFile("ahead.csv", "new");
    QVERIFY(fs::is_symlink("ahead.csv"));
    QCOMPARE(read("far/made.csv"), std::string("new"));
}

void TestOutputFile::writesStreams()
{
    put("log", "");
    const int saved = dup(STDOUT_FILENO);
    QVERIFY(freopen("log", "a", stdout));
    std::fputs("before\n", stdout);
    std::fflush(stdout);
    for (const char* const path : { "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1" }) {
        OutputFile file(path);
        QVERIFY(file.isStream());
        file.write("row\n");
        file.commit();
    }
    dup2(saved, STDOUT_FILENO);
    ::close(saved);
    QCOMPARE(read("log"), std::string("before\nrow\nrow\nrow\n"));
    QVERIFY(refusal([] { writeFile("/dev/full", "new"); }).starts_with("/dev/full cannot be written: "));
    QCOMPARE(refusal([] { writeFile("/dev/null", "new"); }), std::string());
}

void TestOutputFile::aFullDiskLeavesTheOldFile()
{
    put("out.csv", "old");
    rlimit before {};
    getrlimit(RLIMIT_FSIZE, &before);
    const rlimit small { 1000, before.rlim_max };
    const auto handler = std::signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &small);
    const std::string said = refusal([] { writeFile("out.csv", std::string(5000, 'x')); });
    setrlimit(RLIMIT_FSIZE, &before);
    std::signal(SIGXFSZ, handler);
    QVERIFY2(said.starts_with("out.csv cannot be written: "), said.c_str());
    QCOMPARE(read("out.csv"), std::string("old"));
    QCOMPARE(files(), QStringList { "out.csv" });
}

void TestOutputFile::refusals_data()
{
    QTest::addColumn<QString>("path");
    for (const char* const path : { "folder", "folder/", "to-folder", "none/out.csv", "loop", "file/out.csv", "" })
        QTest::newRow(path) << path;
}

void TestOutputFile::refusals()
{
    QFETCH(QString, path);
    fs::create_directories("folder");
    fs::create_symlink("folder", "to-folder");
    fs::create_symlink("loop", "loop");
    put("file", "old");
    const std::string said = refusal([&] { writeFile(path.toStdString(), "new"); });
    QVERIFY2(said.starts_with(path.toStdString() + " cannot be written: "), said.c_str());
    QCOMPARE(files(), (QStringList { "file", "loop" }));
}

void TestOutputFile::longNames()
{
    const std::string longest(251, 'n');
    writeFile(longest + ".csv", "new");
    QCOMPARE(read(longest + ".csv"), std::string("new"));
    QVERIFY(!refusal([&] { writeFile(longest + "n.csv", "new"); }).empty());
}

void TestOutputFile::quotesCells()
{
    QCOMPARE(csvCell("loss"), std::string("loss"));
    QCOMPARE(csvCell("a,b"), std::string("\"a,b\""));
    QCOMPARE(csvCell("a \"b\"\nc"), std::string("\"a \"\"b\"\"\nc\""));
    QCOMPARE(csvCell(" a"), std::string("\" a\""));
    QCOMPARE(csvCell(0.1, true), std::string("0.1"));
    QCOMPARE(csvCell(-std::numeric_limits<double>::quiet_NaN(), false), std::string("nan"));
    QCOMPARE(csvCell(-std::numeric_limits<double>::infinity(), true), std::string("-inf"));
}

QTEST_GUILESS_MAIN(TestOutputFile)
#include "tst_output_file.moc"
