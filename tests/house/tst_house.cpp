// SPDX-License-Identifier: GPL-3.0-or-later
// The rules of the house that a machine can check: who may include whom, and by which way things go out and in.
#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QtTest>

class TestHouse : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void includes_data();
    void includes();
    void noCircles();
    void oneWayOut();
    void headersSayWhatTheyAre();
    void databasesAreOpenedBySqliteAlone();
    void whatKnowsTheLocale_data();
    void whatKnowsTheLocale();
    void numbersKnowNoLocale();
    void theWheelLeavesEveryBoxAlone();
};

namespace {

const QString kRoot = QStringLiteral(NABIZ_SOURCE_DIR);

QStringList sources(const QString& folder)
{
    QStringList files;
    QDirIterator it(kRoot + u'/' + folder, { "*.h", "*.cpp" }, QDir::Files, QDirIterator::Subdirectories);
    while (it.hasNext())
        files << it.next();
    files.sort();
    return files;
}

QStringList lines(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()).split(u'\n') : QStringList();
}

const QRegularExpression& knowsTheLocale()
{
    static const QRegularExpression bad(
        "\\b(?:wcs|str)to(?:d|f|ld)\\b|\\bato(?:f)\\b|\\bsto(?:d|f|ld)\\b|\\bv?[fs]?scanf\\b"
        "|printf\\b.*%[-+ #0-9.*]*l?[aAeEfFgG]|\\{[^{}\"]*:[^{}\"]*L[a-zA-Z]?\\}"
        "|\\bsetlocale\\b|\\bstd::locale\\b");
    return bad;
}

} // namespace

void TestHouse::includes_data()
{
    QTest::addColumn<QString>("folder");
    QTest::addColumn<QString>("forbidden");
    const QString qt = "Q[A-Za-z]+|QtTest|QtWidgets";
    const QString torch = "torch/|ATen/|c10/";
    const QString sql = "sqlite3|SQLiteCpp/";
    QTest::newRow("trainer") << "trainer" << qt + "|" + sql + "|storage/|ui/|app/";
    for (const auto* folder : { "base", "config", "estimate", "validation" })
        QTest::addRow("trainer/%s is torch-free", folder)
            << QStringLiteral("trainer/%1").arg(folder)
            << torch + "|trainer/(optim|loop|model)/|trainer/language/(?!decoder_(config|files).h)";
    QTest::newRow("trainer/data is torch-free") << "trainer/data" << torch;
    QTest::newRow("storage") << "storage" << qt + "|" + torch + "|trainer/|ui/|app/";
    QTest::newRow("ui") << "ui"
                        << torch + "|" + sql
            + "|app/|storage/(?!records/(records|run_fields|run_clock|metric_aliases|event_kinds).h|reading/(packed_series|value_column|last_batches).h)|trainer/(?!base/|config/|estimate/|validation/|data/sample_preview.h)|thread>|QThread|QtConcurrent|mutex>";
    QTest::newRow("app/run is free of Qt") << "app/run" << qt + "|" + torch + "|" + sql + "|ui/";
    QTest::newRow("app/notify is free of Qt") << "app/notify" << qt + "|" + torch + "|" + sql + "|ui/";
    QTest::newRow("app/interchange is free of Qt") << "app/interchange" << qt + "|" + torch + "|" + sql + "|ui/";
    QTest::newRow("app/weights is free of Qt") << "app/weights" << qt + "|" + torch + "|" + sql + "|ui/";
    QTest::newRow("app/cli is free of Qt") << "app/cli" << qt + "|" + torch + "|" + sql + "|ui/(?!analysis/)";
    QTest::newRow("ui/analysis is free of Qt") << "ui/analysis" << qt + "|ui/(?!analysis/)|trainer/(?!base/|config/)";
    QTest::newRow("app") << "app" << torch + "|" + sql;
    QTest::newRow("everywhere") << "." << QString("\\.\\./");
}

void TestHouse::includes()
{
    QFETCH(QString, folder);
    QFETCH(QString, forbidden);
    const QRegularExpression bad("^\\s*#\\s*include\\s*[<\"](?:" + forbidden + ")");
    QStringList found;
    int read = 0;
    const auto folders
        = folder == "." ? QStringList { "app", "ui", "trainer", "storage", "tests" } : QStringList { folder };
    for (const auto& one : folders) {
        for (const auto& path : sources(one)) {
            ++read;
            for (const auto& line : lines(path)) {
                if (bad.match(line).hasMatch())
                    found << path.mid(kRoot.size() + 1) + ": " + line.trimmed();
            }
        }
    }
    QVERIFY(read > 0);
    QVERIFY2(found.isEmpty(), qPrintable(found.join(u'\n')));
}

// A folder that another one includes never includes that one, not even by way of a third.
void TestHouse::noCircles()
{
    static const QRegularExpression include("^\\s*#\\s*include\\s*\"((?:app|ui|trainer|storage)/[^\"]+)/[^/\"]+\"");
    QMap<QString, QMap<QString, QString>> uses; // folder → folder → an example
    for (const auto& layer : { "app", "ui", "trainer", "storage" }) {
        for (const auto& path : sources(layer)) {
            const auto name = path.mid(kRoot.size() + 1);
            const auto folder = name.section(u'/', 0, -2);
            for (const auto& line : lines(path)) {
                const auto match = include.match(line);
                if (match.hasMatch() && match.captured(1) != folder)
                    uses[folder].insert(match.captured(1), name);
            }
        }
    }
    // What uses nothing that is left is taken away, until nothing more can be.
    bool taken = true;
    while (taken) {
        taken = false;
        for (auto it = uses.begin(); it != uses.end();) {
            it->removeIf([&](const auto& used) { return !uses.contains(used.key()); });
            taken |= it->isEmpty();
            it = it->isEmpty() ? uses.erase(it) : std::next(it);
        }
    }
    QStringList found;
    for (auto it = uses.cbegin(); it != uses.cend(); ++it) {
        for (auto used = it->cbegin(); used != it->cend(); ++used)
            found << QStringLiteral("%1 → %2, as in %3").arg(it.key(), used.key(), used.value());
    }
    QVERIFY2(found.isEmpty(), qPrintable("In a circle, or leading to one:\n" + found.join(u'\n')));
}

// Files are written by OutputFile, which keeps the database from being one of them; what is printed passes the console,
// which keeps a terminal from obeying it.
void TestHouse::oneWayOut()
{
    const QRegularExpression another(
        "\\bofstream\\b|QSaveFile|QTemporaryFile|\\bf?printf\\(|\\bf?puts\\(|std::cout|std::cerr|"
        "fopen\\([^)]*, \"[wa]|O_CREAT|\\bfwrite\\(");
    const QStringList allowed { "trainer/base/output_file.cpp", "app/cli/console.cpp", "app/run/crash_handler.cpp",
        "app/run/current_failure.cpp", "app/weights/model_place.cpp",
        "app/weights/partial_file.cpp", // locks; what comes in pieces over days
        "app/guard/guard_lock.cpp", // a lock
        "app/interchange/python/nabiz_log.h" }; // of others' programs, into the inbox
    QStringList found;
    for (const auto& folder : { "app", "ui", "trainer" }) {
        for (const auto& path : sources(folder)) {
            const auto name = path.mid(kRoot.size() + 1);
            for (const auto& line : lines(path)) {
                if (!allowed.contains(name) && another.match(line).hasMatch())
                    found << name + ": " + line.trimmed();
            }
        }
    }
    QVERIFY2(found.isEmpty(), qPrintable(found.join(u'\n')));
}

// A running QApplication has set the locale: what these read and write then has the comma of a language. from_chars and
// to_chars, Qt's own numbers and fmt's do not ask for it.
void TestHouse::whatKnowsTheLocale_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<bool>("isBad");
    QTest::newRow("strtod") << "const double x = std::strtod(text.c_str(), nullptr);" << true;
    QTest::newRow("stod") << "x = std::stod(text);" << true;
    QTest::newRow("snprintf") << "std::snprintf(figure, sizeof figure, \"%.2f s\", waited);" << true;
    QTest::newRow("sscanf") << "sscanf(text, \"%lf\", &x);" << true;
    QTest::newRow("fmt's L") << "fmt::format(\"{:.3Lf}\", x)" << true;
    QTest::newRow("the user's locale") << "out.imbue(std::locale(\"\"));" << true;
    QTest::newRow("text alone") << "std::fprintf(stderr, \"nabiz: %s 100 %% of %d\\n\", text, count);" << false;
    QTest::newRow("Qt") << "const double x = QString(text).toDouble();" << false;
    QTest::newRow("whole") << "run.seed = std::strtoll(text, nullptr, 10);" << false;
}

void TestHouse::whatKnowsTheLocale()
{
    QFETCH(QString, line);
    QFETCH(bool, isBad);
    QCOMPARE(knowsTheLocale().match(line).hasMatch(), isBad);
}

void TestHouse::numbersKnowNoLocale()
{
    QStringList found;
    for (const auto* folder : { "app", "ui", "trainer", "storage" }) {
        for (const auto& path : sources(QLatin1String(folder))) {
            for (QString source : lines(path)) {
                if (knowsTheLocale().match(source.remove(QRegularExpression("//.*$"))).hasMatch())
                    found << path.mid(kRoot.size() + 1) + ": " + source.trimmed();
            }
        }
    }
    QVERIFY2(found.isEmpty(), qPrintable(found.join(u'\n')));
}

void TestHouse::headersSayWhatTheyAre()
{
    QStringList found;
    for (const auto& folder : { "app", "ui", "trainer", "storage" }) {
        for (const auto& path : sources(folder)) {
            if (!path.endsWith(".h"))
                continue;
            const auto text = lines(path);
            if (text.size() < 4 || text[0] != "// SPDX-License-Identifier: GPL-3.0-or-later"
                || !text[1].startsWith("// ") || !text[2].startsWith("//"))
                found << path.mid(kRoot.size() + 1);
        }
    }
    QVERIFY2(found.isEmpty(), qPrintable("Without two lines on what they are:\n" + found.join(u'\n')));
}

// Who opens and closes a file that SQLite has open takes away the process's locks on it. What these files open is never
// a database: a path that a person gives is asked of trainer/base/kept_files.h first.
void TestHouse::databasesAreOpenedBySqliteAlone()
{
    const QRegularExpression opens(
        "\\b(?:[io]?fstream|f(?:d|re)?open|copy_file|mmap|QSaveFile)\\b|(?<![\\w>])::open(?:at)?\\(|\\bfs::copy\\(|\\bQFile(?:\\s+\\w+)?[({]|\\bQFile::copy\\b"
        "|filesystem::copy\\(");
    const QStringList known { "app/cli/import_command.cpp", "app/diagnosis/diagnosis.cpp",
        "app/interchange/python/nabiz_log.h", "app/interchange/stores/growing_file.cpp",
        "app/interchange/stores/living_writers.cpp", "app/report/report_text.cpp", "app/run/crash_handler.cpp",
        "app/run/environment.cpp", "app/weights/digest.cpp", "app/weights/hub_model.cpp",
        "app/weights/hub_settings.cpp", "app/weights/model_fetch.cpp", "app/weights/model_list.cpp",
        "app/weights/model_place.cpp", "app/weights/partial_file.cpp", "storage/foreign/foreign_database.cpp",
        "storage/reading/column_cache.cpp", "storage/reading/mapped_file.cpp", "storage/records/process_identity.cpp",
        "storage/recording/side_file.cpp", "storage/schema/network_mount.cpp", "ui/charts/view/chart_save_files.cpp",
        "ui/dialogs/reference_dialog.cpp", "ui/theme/icon_engine.cpp" };
    QStringList found;
    for (const auto& folder : { "app", "storage", "ui" }) {
        for (const auto& path : sources(folder)) {
            const auto file = path.mid(kRoot.size() + 1);
            int number = 0;
            for (const auto& line : lines(path)) {
                ++number;
                if (!known.contains(file) && !line.contains("#include")
                    && opens.match(line.section("//", 0, 0)).hasMatch())
                    found << QStringLiteral("%1:%2: %3").arg(file).arg(number).arg(line.trimmed());
            }
        }
    }
    QVERIFY2(found.isEmpty(), qPrintable("Is it sure that this is no database?\n" + found.join(u'\n')));
}

// A plain box of choices takes the wheel that scrolls what it stands in, and cuts its text without an ellipsis.
void TestHouse::theWheelLeavesEveryBoxAlone()
{
    QStringList found;
    for (const auto& path : sources("ui")) {
        for (const auto& line : lines(path)) {
            if (line.contains("new QComboBox"))
                found << path.mid(kRoot.size() + 1) + ": " + line.trimmed();
        }
    }
    QVERIFY2(found.isEmpty(), qPrintable(found.join(u'\n')));
}

QTEST_GUILESS_MAIN(TestHouse)
#include "tst_house.moc"
