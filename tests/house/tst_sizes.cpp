// SPDX-License-Identifier: GPL-3.0-or-later
// How large things may be: files, folders, classes, functions. What is larger stands in a list here: with its size as
// long as it is to be cut, which may only shrink, or with the reason why it stays.
#include "tests/house/source_count.h"

#include <QDirIterator>
#include <QFile>
#include <QtTest>

#include <algorithm>

using namespace nabiz;

namespace {

constexpr int kMostOfHeader = 150, kMostOfSource = 300, kMostOfTest = 600; // lines
constexpr int kMostOfFunction = 50; // lines between its braces
constexpr int kMostOfClass = 25; // functions
constexpr int kMostOfFolder = 50; // files, of some twenty-five classes

struct Exception {
    QString what;
    int size; // now: when it has become less, so must this; 0: any
    QString reason; // why any is right; empty: it is still to be cut
};

const QString kRoot = QStringLiteral(NABIZ_SOURCE_DIR);

const QList<Exception>& largeClasses()
{
    static const QList<Exception> classes {
        { "trainer/model/layers/pass.h: Pass", 26, {} },
        { "ui/charts/view/plot_view.h: PlotView", 26, {} },
        { "ui/panels/panel_board.h: PanelBoard", 32, {} },
        { "ui/models/run_catalog.h: RunCatalog", 34, {} },
    };
    return classes;
}

const QList<Exception>& longFunctions()
{
    static const QList<Exception> functions {
        { "trainer/config/parameters/parameter_rows_data.cpp: data", 0, "a table, a row a parameter" },
        { "trainer/config/parameters/parameter_rows_hardware.cpp: hardware", 0, "a table, a row a parameter" },
        { "trainer/config/parameters/parameter_rows_language.cpp: language", 0, "a table, a row a parameter" },
        { "trainer/config/parameters/parameter_rows_model.cpp: model", 0, "a table, a row a parameter" },
        { "trainer/config/parameters/parameter_rows_training.cpp: training", 0, "a table, a row a parameter" },
        { "ui/pages/runs/runs_menus.cpp: RunsMenus::openMenu", 0, "a menu, an action after the other" },
    };
    return functions;
}

QStringList sources(const QStringList& folders)
{
    QStringList files;
    for (const QString& folder : folders) {
        QDirIterator it(kRoot + u'/' + folder, { "*.h", "*.cpp" }, QDir::Files, QDirIterator::Subdirectories);
        while (it.hasNext())
            files << it.next().mid(kRoot.size() + 1);
    }
    files.sort();
    return files;
}

QStringList programSources()
{
    return sources({ "app", "ui", "trainer", "storage" });
}

QByteArray contents(const QString& file)
{
    QFile in(kRoot + u'/' + file);
    return in.open(QIODevice::ReadOnly) ? in.readAll() : QByteArray();
}

tests::SourceCount countedIn(const QString& file)
{
    const QByteArray text = contents(file);
    return tests::countSource({ text.constData(), static_cast<std::size_t>(text.size()) });
}

// What is larger than `most` and has no exception, and every exception that is not, or no longer, as it says.
QString complaints(const QMap<QString, int>& sizes, int most, const QList<Exception>& exceptions)
{
    QStringList found;
    for (auto it = sizes.cbegin(); it != sizes.cend(); ++it) {
        const bool isKnown = std::any_of(exceptions.begin(), exceptions.end(),
            [&](const Exception& one) { return one.what == it.key() && (one.size == 0 || it.value() <= one.size); });
        if (it.value() > most && !isKnown)
            found << QStringLiteral("%1 has %2, more than %3").arg(it.key()).arg(it.value()).arg(most);
    }
    for (const Exception& one : exceptions) {
        const int now = sizes.value(one.what, 0);
        if (now <= most)
            found << QStringLiteral("%1 needs no exception any more").arg(one.what);
        else if (now < one.size)
            found << QStringLiteral("%1 has only %2 now: lower its %3").arg(one.what).arg(now).arg(one.size);
    }
    return found.join(u'\n');
}

} // namespace

class TestSizes : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void headers();
    void sourceFiles();
    void tests();
    void folders();
    void classes();
    void functions();
    void exceptionsOnlyShrink();
};

void TestSizes::headers()
{
    QMap<QString, int> sizes;
    for (const QString& file : programSources()) {
        if (file.endsWith(".h"))
            sizes[file] = static_cast<int>(contents(file).count('\n'));
    }
    QVERIFY(sizes.size() > 100);
    const QString found = complaints(sizes, kMostOfHeader, {});
    QVERIFY2(found.isEmpty(), qPrintable(found));
}

void TestSizes::sourceFiles()
{
    QMap<QString, int> sizes;
    for (const QString& file : programSources()) {
        if (file.endsWith(".cpp"))
            sizes[file] = static_cast<int>(contents(file).count('\n'));
    }
    QVERIFY(sizes.size() > 100);
    const QString found = complaints(sizes, kMostOfSource, {});
    QVERIFY2(found.isEmpty(), qPrintable(found));
}

void TestSizes::tests()
{
    QMap<QString, int> sizes;
    for (const QString& file : sources({ "tests" }))
        sizes[file] = static_cast<int>(contents(file).count('\n'));
    QVERIFY(sizes.size() > 100);
    const QString found = complaints(sizes, kMostOfTest, {});
    QVERIFY2(found.isEmpty(), qPrintable(found));
}

void TestSizes::folders()
{
    QMap<QString, int> sizes;
    for (const QString& file : sources({ "app", "ui", "trainer", "storage", "tests" }))
        ++sizes[file.section(u'/', 0, -2)];
    const QString found = complaints(sizes, kMostOfFolder, {});
    QVERIFY2(found.isEmpty(), qPrintable(found));
}

// As tests/house/source_count.h counts.
void TestSizes::classes()
{
    QMap<QString, int> sizes;
    for (const QString& file : programSources()) {
        for (const tests::CountedClass& one : countedIn(file).classes) {
            int& size = sizes[file + ": " + QString::fromStdString(one.name)];
            size = std::max(size, one.functions);
        }
    }
    QVERIFY(sizes.size() > 300);
    const QString found = complaints(sizes, kMostOfClass, largeClasses());
    QVERIFY2(found.isEmpty(), qPrintable(found));
}

void TestSizes::functions()
{
    QMap<QString, int> sizes;
    for (const QString& file : programSources()) {
        for (const tests::CountedFunction& one : countedIn(file).functions) {
            int& size = sizes[file + ": " + QString::fromStdString(one.name)];
            size = std::max(size, one.lines);
        }
    }
    QVERIFY(sizes.size() > 2000);
    const QString found = complaints(sizes, kMostOfFunction, longFunctions());
    QVERIFY2(found.isEmpty(), qPrintable(found));
}

void TestSizes::exceptionsOnlyShrink()
{
    const QList<Exception> one { { "a", 30, {} } };
    QCOMPARE(complaints({ { "a", 30 } }, 25, one), QString());
    QCOMPARE(complaints({ { "a", 31 } }, 25, one), QStringLiteral("a has 31, more than 25"));
    QCOMPARE(complaints({ { "a", 29 } }, 25, one), QStringLiteral("a has only 29 now: lower its 30"));
    QCOMPARE(complaints({ { "a", 25 } }, 25, one), QStringLiteral("a needs no exception any more"));
    QCOMPARE(complaints({}, 25, one), QStringLiteral("a needs no exception any more"));
    QCOMPARE(complaints({ { "a", 31 } }, 25, { { "a", 0, "a table" } }), QString());
    QCOMPARE(complaints({ { "a", 30 }, { "b", 26 } }, 25, one), QStringLiteral("b has 26, more than 25"));
}

QTEST_GUILESS_MAIN(TestSizes)
#include "tst_sizes.moc"
