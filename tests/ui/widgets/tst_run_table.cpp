// SPDX-License-Identifier: GPL-3.0-or-later
// The run table's model, against brute force and through every change of the catalog.
#include "ui/models/checked_runs.h"
#include "ui/models/run_catalog.h"
#include "ui/models/run_reasons.h"
#include "ui/models/run_table_model.h"
#include "ui/models/trash_model.h"
#include "ui/pages/runs/trash_view.h"

#include <QAbstractItemModelTester>
#include <QTranslator>
#include <QTreeView>
#include <QtTest>

#include <cmath>
#include <random>

using namespace nabiz;
using namespace nabiz::ui;
using storage::RunField;
using storage::RunId;

namespace {

storage::RunOverview makeRun(RunId id, const char* name, std::optional<double> best = {})
{
    storage::RunOverview overview;
    overview.run.id = id;
    overview.run.name = name;
    overview.run.status = storage::RunStatus::Finished;
    overview.summary.bestLoss = best;
    return overview;
}

storage::ParameterTable parameters(
    const std::map<RunId, std::vector<std::string>>& values, std::vector<std::string> keys)
{
    storage::ParameterTable table;
    table.keys = std::move(keys);
    for (const auto& [run, texts] : values) {
        for (const std::string& text : texts) {
            table.runs[run].push_back(text.empty() ? 0 : static_cast<std::uint32_t>(table.texts.size()));
            if (!text.empty())
                table.texts.push_back(text);
        }
    }
    return table;
}

struct Fixture {
    RunCatalog catalog;
    CheckedRuns checked { catalog };
    RunTableModel model { catalog, checked };
    QAbstractItemModelTester tester { &model, QAbstractItemModelTester::FailureReportingMode::QtTest };

    QStringList names(const QModelIndex& parent = {}) const
    {
        QStringList names;
        for (int row = 0; row < model.rowCount(parent); ++row)
            names.append(model.index(row, 0, parent).data().toString());
        return names;
    }
    QVariant cell(RunId run, const char* key, int role = Qt::DisplayRole) const
    {
        return model.indexOf(run, model.columns().indexOf(QString::fromLatin1(key))).data(role);
    }
    void filter(const char* text)
    {
        const auto reading = trainer::FilterExpression::read(text, model.columns().filterNames());
        QVERIFY2(!reading.problem, text);
        model.setFilter(reading.expression);
    }
};

} // namespace

class TestRunTable : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void showsValues();
    void saysWhyTheyEnded();
    void sortsMissingLast();
    void sortEqualsBruteForce();
    void groups();
    void followsEveryChange();
    void changesOneRow();
    void takesParameters();
    void asksForEdits();
    void drawsHardNames();
    void filtersByFields();
    void listsTheTrash();
    void selectionOfTheTrashIsKept();
};

void TestRunTable::showsValues()
{
    Fixture f;
    storage::RunOverview run = makeRun(3, "a", 1.5);
    run.run.tags = { "x", "y" };
    run.run.facts["host"] = "ada";
    run.summary.batches = 12'000;
    run.summary.seconds = 3723;
    run.summary.peakBytes = 1.25e9;
    f.catalog.setRuns({ run });
    QCOMPARE(f.cell(3, "best").toString(), QStringLiteral("1.500"));
    QVERIFY(f.cell(3, "best", RunTableModel::RawRole).toBool());
    QCOMPARE(f.cell(3, "tag").toString(), QStringLiteral("x, y"));
    QCOMPARE(f.cell(3, "host").toString(), QStringLiteral("ada"));
    QCOMPARE(f.cell(3, "seconds").toString(), QStringLiteral("1:02:03"));
    QCOMPARE(f.cell(3, "memory.peak").toString(), QStringLiteral("1.25"));
    QCOMPARE(f.cell(3, "batches").toString(), QString(QStringLiteral("12") + QChar(0x202F) + QStringLiteral("000")));
    QCOMPARE(f.cell(3, "val.loss.best").toString(), QString());
    run.summary.bestValLoss = 1.75;
    f.catalog.putRun(run);
    QCOMPARE(f.cell(3, "best").toString(), QStringLiteral("1.750"));
    QVERIFY(!f.cell(3, "best", RunTableModel::RawRole).toBool());
    QVERIFY(f.checked.runs().empty()); // nothing selects itself
}

// In the window's language where the sentence is known, and as it is stored otherwise; found by its English.
void TestRunTable::saysWhyTheyEnded()
{
    class Turkish : public QTranslator {
        QString translate(const char* context, const char* text, const char*, int) const override
        {
            return QByteArrayView(context) == "Message" && QByteArrayView(text) == "It broke at %1."
                ? QStringLiteral("%1 adımında bozuldu.")
                : QString();
        }
        bool isEmpty() const override { return false; }
    } turkish;
    QCoreApplication::installTranslator(&turkish);
    Fixture f;
    auto broken = makeRun(3, "a"), other = makeRun(2, "b"), whole = makeRun(1, "c");
    broken.run.failure = "It broke at 7.";
    other.run.failure = "Another <reason>.";
    RunReasons reasons(f.catalog);
    reasons.put({ { 3, { "It broke at %1.", { "7" } } }, { 2, { "It broke at %1.", { "earlier" } } } });
    f.catalog.setRuns({ broken, other, whole });
    QCOMPARE(f.cell(3, "reason").toString(), QStringLiteral("7 adımında bozuldu."));
    QCOMPARE(f.cell(3, "reason", Qt::ToolTipRole).toString(), QStringLiteral("7 adımında bozuldu."));
    QCOMPARE(f.cell(2, "reason").toString(), QStringLiteral("Another <reason>.")); // not what was told before it
    QCOMPARE(f.cell(2, "reason", Qt::ToolTipRole).toString(), QStringLiteral("Another &lt;reason&gt;."));
    QCOMPARE(f.cell(1, "reason").toString(), QString());
    f.model.setSort({ { "reason", false } });
    QCOMPARE(f.names(), QStringList({ "a", "b", "c" }));
    f.filter("reason ~ broke");
    QCOMPARE(f.names(), QStringList({ "a" }));
    QCoreApplication::removeTranslator(&turkish);
}

void TestRunTable::sortsMissingLast()
{
    Fixture f;
    f.catalog.setRuns({ makeRun(5, "e", 2.0), makeRun(4, "d"), makeRun(3, "c", 1.0), makeRun(2, "b", 2.0),
        makeRun(1, "a", std::nan("")) });
    QCOMPARE(f.names(), QStringList({ "e", "d", "c", "b", "a" }));
    f.model.setSort({ { "best", false } });
    QCOMPARE(f.names(), QStringList({ "c", "e", "b", "d", "a" })); // equal ones as they stood
    f.model.setSort({ { "best", true } });
    QCOMPARE(f.names(), QStringList({ "e", "b", "c", "d", "a" }));
    f.model.setSort({ { "best", false }, { "name", false } });
    QCOMPARE(f.names(), QStringList({ "c", "b", "e", "a", "d" }));
    QCOMPARE(f.model.headerData(f.model.columns().indexOf(RunField::Name), Qt::Horizontal, Qt::DisplayRole).toString(),
        QStringLiteral("Name ↑²"));
    f.catalog.setRuns({ makeRun(3, "run-10"), makeRun(2, "run-9"), makeRun(1, "Run-2") });
    f.model.setSort({ { "name", false } });
    QCOMPARE(f.names(), QStringList({ "Run-2", "run-9", "run-10" }));
}

void TestRunTable::sortEqualsBruteForce()
{
    std::mt19937 random(5);
    std::uniform_int_distribution pick(0, 6);
    Fixture f;
    std::vector<storage::RunOverview> runs;
    for (RunId id = 300; id > 0; --id) {
        storage::RunOverview run = makeRun(id, "r");
        if (const int value = pick(random); value < 6)
            run.summary.bestLoss = value;
        if (const int value = pick(random); value < 6)
            run.summary.lastLoss = value;
        run.run.seed = pick(random);
        runs.push_back(run);
    }
    f.catalog.setRuns(runs);
    f.model.setSort({ { "loss.best", false }, { "loss.last", true }, { "seed", false } });
    // None stands last both ways.
    const auto key = [](const storage::RunOverview& run) {
        const auto& [best, last] = std::pair(run.summary.bestLoss, run.summary.lastLoss);
        return std::tuple(best.value_or(99), last ? -*last : 99, run.run.seed, -run.run.id);
    };
    std::sort(runs.begin(), runs.end(), [&](const auto& a, const auto& b) { return key(a) < key(b); });
    for (std::size_t row = 0; row < runs.size(); ++row)
        QCOMPARE(f.model.index(static_cast<int>(row), 0).data(RunTableModel::RunIdRole).toLongLong(), runs[row].run.id);
}

void TestRunTable::groups()
{
    Fixture f;
    storage::RunOverview a = makeRun(1, "a", 3.0), b = makeRun(2, "b", 1.0), c = makeRun(3, "c", 2.0),
                         d = makeRun(4, "d");
    a.run.tags = { "x", "y" };
    b.run.tags = { "y" };
    f.catalog.setRuns({ d, c, b, a });
    f.model.setGroupKey("tag");
    QVERIFY(f.model.groups().isGrouped());
    QCOMPARE(f.names(), QStringList({ "x", "y", "none" }));
    QCOMPARE(f.names(f.model.index(1, 0)), QStringList({ "b", "a" }));
    QCOMPARE(f.model.groups().shown(), std::size_t { 4 }); // a run with two tags counts once
    QCOMPARE(f.model.index(1, 0).data(RunTableModel::GroupCountRole).toInt(), 2);
    QCOMPARE(f.model.index(1, 0).data(RunTableModel::GroupBestRole).toString(), QStringLiteral("1.000"));
    QCOMPARE(f.model.index(1, 0).data(RunTableModel::GroupMeanRole).toString(), QStringLiteral("2.000"));
    QVERIFY(f.model.index(2, 0).data(RunTableModel::GroupBestRole).toString() == QStringLiteral("2.000"));
    f.model.setSort({ { "best", false } }); // the group with the best run first
    QCOMPARE(f.names(), QStringList({ "y", "none", "x" }));
    b.run.tags = { "z" };
    f.catalog.putRun(b);
    QCOMPARE(f.names().size(), 4);
    f.catalog.removeRun(2);
    QCOMPARE(f.names().size(), 3);

    f.catalog.putParameters(
        parameters({ { 1, { "10" } }, { 3, { "9" } }, { 4, { "auto" } } }, { "training.batch_size" }));
    f.model.setSort({});
    f.model.setGroupKey("training.batch_size");
    QCOMPARE(f.names(), QStringList({ "9", "10", "auto" }));
    f.model.setGroupKey({});
    QCOMPARE(f.names(), QStringList({ "d", "c", "a" }));
}

// After any change the table is as if it had been arranged anew.
void TestRunTable::followsEveryChange()
{
    std::mt19937 random(9);
    const auto pick = [&random](int count) { return std::uniform_int_distribution(0, count - 1)(random); };
    for (const char* group : { "", "status", "tag" }) {
        Fixture f;
        f.model.setSort({ { "best", false }, { "name", true } });
        f.model.setGroupKey(group);
        f.filter("best < 5 or name ~ keep");
        for (int step = 0; step < 300; ++step) {
            const RunId id = 1 + pick(20);
            if (pick(4) == 0) {
                f.catalog.removeRun(id);
            } else {
                storage::RunOverview run = makeRun(id, pick(2) ? "keep" : "other");
                run.run.status = static_cast<storage::RunStatus>(5 + pick(3));
                if (const int best = pick(9); best < 8)
                    run.summary.bestValLoss = best;
                for (const char* tag : { "x", "y" }) {
                    if (pick(2))
                        run.run.tags.emplace_back(tag);
                }
                f.catalog.putRun(run);
            }
            RunTableModel fresh(f.catalog, f.checked);
            fresh.setSort(f.model.sorting());
            fresh.setGroupKey(group);
            fresh.setFilter(
                trainer::FilterExpression::read("best < 5 or name ~ keep", fresh.columns().filterNames()).expression);
            std::map<QString, std::vector<RunId>> expected, actual;
            for (const RunGroup& one : fresh.groups().all())
                expected[one.key] = one.runs;
            for (const RunGroup& one : f.model.groups().all())
                actual[one.key] = one.runs;
            QVERIFY(actual == expected);
            QCOMPARE(f.model.groups().size(), fresh.groups().size());
        }
    }
}

void TestRunTable::changesOneRow()
{
    Fixture f;
    f.catalog.setRuns({ makeRun(3, "c", 3), makeRun(2, "b", 2), makeRun(1, "a", 1) });
    QSignalSpy reset(&f.model, &QAbstractItemModel::modelReset);
    QSignalSpy changed(&f.model, &QAbstractItemModel::dataChanged);
    QSignalSpy moved(&f.model, &QAbstractItemModel::rowsMoved);
    f.catalog.putRun(makeRun(2, "renamed", 2));
    QCOMPARE(changed.count(), 1);
    QCOMPARE(changed[0][0].toModelIndex().row(), 1);
    QCOMPARE(changed[0][1].toModelIndex().row(), 1);
    QCOMPARE(moved.count(), 0);
    f.model.setSort({ { "best", false } });
    QCOMPARE(reset.count(), 1);
    f.catalog.putRun(makeRun(3, "c", 0.5));
    QCOMPARE(moved.count(), 1);
    QCOMPARE(f.names(), QStringList({ "c", "a", "renamed" }));
    const storage::Metric loss { 0, "loss", "" };
    storage::Row row;
    row.count = 1;
    row.metric[0] = 0;
    row.value[0] = 0.25;
    f.catalog.appendRows(2, { loss }, { &row, 1 });
    QCOMPARE(f.names().front(), QStringLiteral("c")); // points wait, so that rows can be read
    QTRY_COMPARE_WITH_TIMEOUT(f.names().front(), QStringLiteral("renamed"), 5000);
    QCOMPARE(reset.count(), 1);
}

void TestRunTable::takesParameters()
{
    Fixture f;
    f.catalog.setRuns({ makeRun(2, "b"), makeRun(1, "a") });
    f.catalog.putParameters(
        parameters({ { 1, { "3e-4", "x" } }, { 2, { "0.001", "" } } }, { "training.learning_rate", "own.key" }));
    QCOMPARE(f.cell(1, "training.learning_rate").toString(), QStringLiteral("3e-4"));
    QCOMPARE(f.cell(1, "own.key").toString(), QStringLiteral("x"));
    QCOMPARE(f.cell(2, "own.key").toString(), QString());
    f.model.setSort({ { "training.learning_rate", false } });
    QCOMPARE(f.names(), QStringList({ "a", "b" }));
    f.filter("learning_rate = 0.0003");
    QCOMPARE(f.names(), QStringList({ "a" }));
    // Filters go on to mean the same when a key is added.
    f.catalog.putRun(makeRun(3, "c"));
    f.catalog.putParameters(parameters({ { 3, { "7", "0.0003" } } }, { "another.key", "training.learning_rate" }));
    QCOMPARE(f.names(), QStringList({ "c", "a" }));
    QCOMPARE(f.cell(3, "another.key").toString(), QStringLiteral("7"));
    f.catalog.setRuns({ makeRun(1, "a") }); // another database: what was known of this number is another run's
    QCOMPARE(f.names(), QStringList());
}

void TestRunTable::asksForEdits()
{
    Fixture f;
    f.catalog.setRuns({ makeRun(1, "a") });
    QSignalSpy renamed(&f.model, &RunTableModel::renameRequested);
    QSignalSpy noted(&f.model, &RunTableModel::noteRequested);
    QSignalSpy tagged(&f.model, &RunTableModel::tagsRequested);
    const auto at = [&f](RunField field) { return f.model.indexOf(1, f.model.columns().indexOf(field)); };
    QVERIFY(!f.model.setData(at(RunField::Name), "  ", Qt::EditRole));
    QVERIFY(!f.model.setData(at(RunField::Name), "a", Qt::EditRole));
    QVERIFY(!f.model.setData(at(RunField::Batches), "7", Qt::EditRole));
    QVERIFY(f.model.setData(at(RunField::Name), " b ", Qt::EditRole));
    QVERIFY(f.model.setData(at(RunField::Note), "why not", Qt::EditRole));
    QVERIFY(f.model.setData(at(RunField::Tag), " x,y , x,, long  tag", Qt::EditRole));
    QCOMPARE(renamed[0][1].toString(), QStringLiteral("b"));
    QCOMPARE(noted[0][1].toString(), QStringLiteral("why not"));
    QCOMPARE(tagged[0][1].toStringList(), QStringList({ "x", "y", "long tag" }));
    QCOMPARE(f.names(), QStringList({ "a" })); // until the database has it
}

void TestRunTable::drawsHardNames()
{
    Fixture f;
    const std::string arabic = "تجربة ٣", emoji = "🚀🔥", lines = "two\nlines\tand a tab";
    f.catalog.setRuns({ makeRun(4, std::string(1000, 'x').c_str()), makeRun(3, lines.c_str()),
        makeRun(2, emoji.c_str()), makeRun(1, arabic.c_str()) });
    QVERIFY(f.names()[0].size() <= 301);
    QCOMPARE(f.names()[1], QStringLiteral("two lines and a tab"));
    QCOMPARE(f.names()[2], QString::fromStdString(emoji));
    QCOMPARE(f.names()[3], QString::fromStdString(arabic));
    QCOMPARE(f.cell(4, "name", Qt::EditRole).toString().size(), 1000); // edited whole
    f.filter("🚀");
    QCOMPARE(f.model.rowCount(), 1);
    f.filter("تجربة");
    QCOMPARE(f.model.rowCount(), 1);
}

void TestRunTable::filtersByFields()
{
    Fixture f;
    storage::RunOverview a = makeRun(1, "quick-1", 0.5), b = makeRun(2, "t4", 2.0);
    a.run.starred = true;
    a.run.note = "padding";
    a.run.preset = "base";
    b.run.status = storage::RunStatus::Failed;
    b.run.started = 1'780'000'000'000;
    b.run.facts["host"] = "ada";
    f.catalog.setRuns({ b, a });
    const std::pair<const char*, QStringList> cases[] = { { "padding", { "quick-1" } }, { "base", { "quick-1" } },
        { "starred", { "quick-1" } }, { "status = failed", { "t4" } }, { "started != none", { "t4" } },
        { "best < 1", { "quick-1" } }, { "val.loss.best < 1", {} }, { "not val.loss.best < 1", {} },
        { "id >= 1", { "t4", "quick-1" } }, { "seconds = none", { "t4", "quick-1" } }, { "host = ada", { "t4" } } };
    for (const auto& [text, expected] : cases) {
        f.filter(text);
        QVERIFY2(f.names() == expected, text);
    }
}

void TestRunTable::listsTheTrash()
{
    RunCatalog catalog;
    TrashModel model(catalog);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    storage::RunOverview run = makeRun(7, "gone", 1.25);
    run.run.deleted = 1'780'000'000'000;
    catalog.setTrash({ { run, 230'000'000 } });
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(model.index(0, TrashModel::Name).data().toString(), QStringLiteral("gone"));
    QCOMPARE(model.index(0, TrashModel::Best).data().toString(), QStringLiteral("1.250"));
    QVERIFY(model.index(0, TrashModel::Size).data().toString().contains("0.23"));
    catalog.setTrash({});
    QCOMPARE(model.rowCount(), 0);
}

void TestRunTable::selectionOfTheTrashIsKept()
{
    RunCatalog catalog;
    TrashView trash(catalog);
    const auto* view = trash.findChild<QTreeView*>("trashTable");
    const auto put = [&](const std::vector<RunId>& runs) {
        std::vector<storage::TrashedRun> items;
        for (const RunId run : runs)
            items.push_back({ makeRun(run, qPrintable(QString::number(run))), 1 });
        catalog.setTrash(items);
    };
    const auto selected = [&] {
        QStringList names;
        for (const QModelIndex& index : view->selectionModel()->selectedRows())
            names.append(index.data().toString());
        names.sort();
        return names;
    };
    put({ 1, 2, 3 });
    QCOMPARE(selected(), QStringList({ "1" })); // something to act on
    for (const int row : { 1, 2 })
        view->selectionModel()->setCurrentIndex(view->model()->index(row, 0),
            (row == 1 ? QItemSelectionModel::ClearAndSelect : QItemSelectionModel::Select) | QItemSelectionModel::Rows);
    put({ 4, 1, 2, 3 }); // another program has put one there
    QCOMPARE(selected(), QStringList({ "2", "3" }));
    put({ 4, 1, 3 });
    QCOMPARE(selected(), QStringList({ "3" }));
    put({ 4, 1 });
    QCOMPARE(selected(), QStringList({ "1" })); // in its place
    put({});
    QCOMPARE(selected(), QStringList());
    put({ 5 });
    QCOMPARE(selected(), QStringList({ "5" }));
}

QTEST_MAIN(TestRunTable)
#include "tst_run_table.moc"
