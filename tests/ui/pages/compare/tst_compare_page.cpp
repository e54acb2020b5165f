// SPDX-License-Identifier: GPL-3.0-or-later
// Compare, driven by mouse and keys: curves, verdict, table, texts and scatter.
#include "tests/ui/charts/sample_runs.h"
#include "ui/charts/view/plot_view.h"
#include "ui/models/run_catalog.h"
#include "ui/pages/compare/compare_page.h"
#include "ui/pages/compare/scatter_view.h"
#include "ui/panels/layout_shelf.h"
#include "ui/theme/theme.h"

#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QContextMenuEvent>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>
#include <QTimer>
#include <QTreeView>

using namespace nabiz;
using namespace nabiz::ui;

class TestComparePage : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void emptyBelowTwo();
    void baselineMetricAndLegend();
    void tableShowsBestAndChange();
    void longNamesGiveWayToTheirColours();
    void verdictAndSeeds();
    void seedsThatCannotBeRun();
    void waitsForSeeds();
    void groupsAreOneCurve();
    void tabsByKeys();
    void groupWithARunWithoutValues();
    void manyRunsKeepWhatWasComputed();
    void allSettingsBySection();
    void ignoredKeys();
    void textsSideBySide();
    void scatterByMouseAndKeys();
    void badRuns();
    void survivesRemoval();

private:
    template <typename T> T* child(const char* name) { return m_page->findChild<T*>(QLatin1String(name)); }
    void click(const char* button) { QTest::mouseClick(child<QPushButton>(button), Qt::LeftButton); }
    void load(const storage::RunDetail& detail)
    {
        m_catalog->putRun(detail.overview);
        m_catalog->setDetail(detail);
    }
    QAbstractItemModel& table() { return *child<QTreeView>("compareTable")->model(); }
    QModelIndex row(const QString& name)
    {
        const QModelIndexList found
            = table().match(table().index(0, 0), Qt::DisplayRole, name, 1, Qt::MatchExactly | Qt::MatchRecursive);
        return found.isEmpty() ? QModelIndex() : found.front();
    }
    QString cell(const QString& name, int column) { return row(name).siblingAtColumn(column).data().toString(); }

    std::unique_ptr<RunCatalog> m_catalog;
    LayoutShelf m_layouts;
    std::unique_ptr<ComparePage> m_page;
};

namespace {

// Settings that this version knows, so that the run can be repeated.
storage::RunDetail repeatable(
    storage::RunId id, const std::string& name, const std::string& rate, int seed, double floor)
{
    storage::RunDetail run = testing::sampleRun(id, name, 400, floor);
    const std::string text = std::to_string(seed);
    run.overview.run.seed = seed;
    run.parameters = { { "training.learning_rate", rate, rate }, { "training.seed", text, text },
        { "hardware.device", "auto", "cpu" } };
    return run;
}

storage::RunDetail second()
{
    storage::RunDetail run = testing::sampleRun(2, "second", 300, 1.5);
    run.parameters[0] = { "training.learning_rate", "3e-4", "3e-4" };
    run.parameters.push_back({ "training.new_key", "1", "1" });
    return run;
}

storage::Event sample(std::int64_t batch, const std::string& text)
{
    storage::Event event;
    event.kind = "sample";
    event.batch = batch;
    event.text = text;
    return event;
}

} // namespace

void TestComparePage::initTestCase()
{
    Theme::apply(*qApp, ThemeMode::Light);
}

void TestComparePage::init()
{
    m_page.reset();
    m_catalog = std::make_unique<RunCatalog>();
    m_page = std::make_unique<ComparePage>(*m_catalog, m_layouts);
    m_page->resize(1152, 786);
    m_page->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_page.get()));
}

void TestComparePage::emptyBelowTwo()
{
    QVERIFY(child<QLabel>("emptyText")->isVisible());
    load(testing::sampleRun(1, "first", 400, 2.0));
    m_page->showRuns(0, { 1 });
    QVERIFY(child<QLabel>("emptyText")->isVisible());
    load(second());
    m_page->showRuns(0, { 2, 1 });
    QVERIFY(!child<QLabel>("emptyText")->isVisible());
    QVERIFY(child<PlotView>("compareChart")->isVisible());
    QCOMPARE(m_page->baseline(), storage::RunId(1)); // the older one
    // Turned round, it does not get there, and the other way is said.
    auto* const baseline = child<QComboBox>("baselineBox");
    baseline->setFocus();
    QTest::keyClick(baseline, Qt::Key_Up);
    QVERIFY2(child<QLabel>("verdictLabel")->text().contains(QStringLiteral("does not reach")),
        qPrintable(child<QLabel>("verdictLabel")->text()));
    QVERIFY(child<QLabel>("verdictLabel")->text().contains(QStringLiteral("; second reaches its best 2.7 × sooner.")));
    QSignalSpy report(m_page.get(), &ComparePage::comparisonReportRequested);
    click("reportButton");
    QCOMPARE(report.count(), 1);
}

void TestComparePage::baselineMetricAndLegend()
{
    load(testing::sampleRun(1, "first", 400, 2.0));
    load(second());
    m_page->showRuns(0, { 2, 1 });
    auto* const plot = child<PlotView>("compareChart");
    QCOMPARE(plot->content().curves.size(), std::size_t(2));
    QCOMPARE(plot->content().curves[0].label, QStringLiteral("first"));
    QCOMPARE(plot->content().curves[0].color, Theme::colors().text);
    QCOMPARE(plot->content().curves[0].series->name(), std::string("val.loss")); // what tells most of two runs
    auto* const baseline = child<QComboBox>("baselineBox");
    baseline->setFocus();
    QTest::keyClick(baseline, Qt::Key_Up);
    QCOMPARE(m_page->baseline(), storage::RunId(2));
    QCOMPARE(plot->content().curves[0].label, QStringLiteral("second"));
    auto* const metric = child<QComboBox>("metricBox");
    QCOMPARE(metric->count(), 3);
    metric->setFocus();
    QTest::keyClick(metric, Qt::Key_Home);
    QCOMPARE(plot->content().curves[0].series->name(), std::string("loss"));
    QTest::keyClick(child<QComboBox>("xUnitBox"), Qt::Key_End);
    QVERIFY(plot->content().xUnit != XUnit::Batch);
    const CompareLook look = m_page->look(); // what a report is to show
    QCOMPARE(look.runs, (QList<qint64> { 2, 1 }));
    QCOMPARE(look.metric, QStringLiteral("loss"));
    QVERIFY(look.xUnit == plot->content().xUnit && look.logY == plot->content().logY && look.grouped);
    QCOMPARE(look.colors.at(2), Theme::lightColors().text);
    QCOMPARE(look.colors.at(1), plot->content().curves[1].color);
    auto* const legend = child<QCheckBox>("legendBox2");
    legend->setFocus();
    QTest::keyClick(legend, Qt::Key_Space);
    QVERIFY(plot->content().curves[0].hidden && !plot->content().curves[1].hidden);
    QTest::keyClick(child<QCheckBox>("legendBox2"), Qt::Key_Space);
    QVERIFY(!plot->content().curves[0].hidden);
    click("logButton");
    QVERIFY(!plot->content().logY);
    plot->setFocus();
    QTest::keyClick(plot, Qt::Key_L);
    QVERIFY(plot->content().logY);
}

void TestComparePage::tableShowsBestAndChange()
{
    load(testing::sampleRun(1, "first", 400, 2.0));
    load(second());
    m_page->showRuns(0, { 1, 2 });
    QCOMPARE(cell(QStringLiteral("training.learning_rate"), 1), QStringLiteral("1e-3"));
    QCOMPARE(cell(QStringLiteral("training.learning_rate"), 2), QStringLiteral("3e-4"));
    QVERIFY(!row(QStringLiteral("training.batch_size")).isValid());
    const QString better = cell(QStringLiteral("validation loss, last"), 2);
    QVERIFY2(better.contains(QStringLiteral("★")) && better.contains(QString::fromUtf8("−")), qPrintable(better));
    QVERIFY(!cell(QStringLiteral("validation loss, last"), 1).contains(QStringLiteral("★")));
    QVERIFY(cell(QStringLiteral("batches"), 2).startsWith(QStringLiteral("300")));
    // What one batch had by luck is called that.
    QVERIFY(row(QStringLiteral("loss, lowest single batch")).isValid());
    // The row is copied as it is read.
    auto* const view = child<QTreeView>("compareTable");
    view->setFocus();
    view->setCurrentIndex(row(QStringLiteral("training.learning_rate")));
    QTest::keyClick(view, Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("training.learning_rate\t1e-3\t3e-4"));
}

void TestComparePage::longNamesGiveWayToTheirColours()
{
    load(testing::sampleRun(1, std::string(90, 'M'), 400, 2.0));
    load(second());
    m_page->showRuns(0, { 1, 2 });
    const QImage image = child<QHeaderView>("compareTableHeader")->grab().toImage();
    int left = child<QHeaderView>("compareTableHeader")->sectionViewportPosition(1) + 1;
    const QRgb ground = image.pixel(left, 2);
    while (image.pixel(left, image.height() / 2) == ground)
        ++left;
    for (int y = 2; y < image.height() - 2; ++y) // behind the colour, and before the first letter
        QCOMPARE(image.pixel(left + 13, y), ground);
}

void TestComparePage::verdictAndSeeds()
{
    load(repeatable(1, "first", "1e-3", 1, 2.0));
    load(repeatable(2, "second", "3e-4", 1, 1.5));
    m_page->showRuns(0, { 1, 2 });
    auto* const label = child<QLabel>("verdictLabel");
    // 2.1 + 4 e^(−399/60) at batch 399 is first reached at batch 149: 1.6 + 4 e^(−149/60) = 1.93. 400 / 150 = 2.7.
    QVERIFY2(label->text().contains(
                 QStringLiteral("second reaches first's best validation loss 2.7 × sooner.").toHtmlEscaped()),
        qPrintable(label->text()));
    QVERIFY(label->text().contains(QStringLiteral("One seed each")));
    QVERIFY(!child<QLabel>("warningsLabel")->isVisible());
    auto* const button = child<QPushButton>("seedsButton");
    QVERIFY(button->isVisible() && button->isEnabled());
    QSignalSpy seeds(m_page.get(), &ComparePage::moreSeedsRequested);
    button->setFocus();
    QTest::keyClick(button, Qt::Key_Space);
    QCOMPARE(seeds.count(), 2);
    QCOMPARE(seeds[0][0].toLongLong(), 1);
    QCOMPARE(seeds[0][1].value<QList<qint64>>(), (QList<qint64> { 2, 3 }));
    QCOMPARE(seeds[1][0].toLongLong(), 2);
    QCOMPARE(seeds[1][1].value<QList<qint64>>(), (QList<qint64> { 2, 3 }));
}

void TestComparePage::seedsThatCannotBeRun()
{
    load(repeatable(1, "first", "1e-3", 1, 2.0));
    storage::RunDetail other = repeatable(2, "other", "3e-4", 7, 1.5);
    other.overview.run.source = "imported";
    load(other);
    m_page->showRuns(0, { 1, 2 });
    auto* const button = child<QPushButton>("seedsButton");
    QVERIFY(button->isVisible() && !button->isEnabled());
    QVERIFY2(button->toolTip().contains(QStringLiteral("imported")), qPrintable(button->toolTip()));
    const QString warnings = child<QLabel>("warningsLabel")->text();
    QVERIFY(warnings.contains(QStringLiteral("Another seed")) && warnings.contains(QStringLiteral("Imported")));
    // A setting of another version.
    other.overview.run.source = "nabiz";
    other.parameters.push_back({ "training.of_tomorrow", "1", "1" });
    load(other);
    QVERIFY(!button->isEnabled() && button->toolTip().contains(QStringLiteral("training.of_tomorrow")));
}

void TestComparePage::waitsForSeeds()
{
    load(repeatable(1, "first", "1e-3", 1, 2.0));
    load(repeatable(2, "second", "3e-4", 1, 1.5));
    m_page->showRuns(0, { 1, 2 });
    storage::RunDetail queued = repeatable(3, "first s5", "1e-3", 5, 2.0);
    queued.overview.run.parent = 1;
    queued.overview.run.status = storage::RunStatus::Queued;
    m_catalog->putRun(queued.overview);
    auto* const button = child<QPushButton>("seedsButton");
    QTRY_VERIFY(!button->isEnabled());
    QVERIFY(button->text().contains(QStringLiteral("1")));
    queued.overview.run.status = storage::RunStatus::Stopped;
    m_catalog->putRun(queued.overview);
    QTRY_VERIFY(button->isEnabled());
    QSignalSpy seeds(m_page.get(), &ComparePage::moreSeedsRequested);
    QTest::mouseClick(button, Qt::LeftButton);
    QCOMPARE(seeds[0][1].value<QList<qint64>>(), (QList<qint64> { 6, 7 })); // 5 is taken, though it was stopped
}

void TestComparePage::groupsAreOneCurve()
{
    for (int seed = 1; seed <= 3; ++seed) {
        load(repeatable(seed, "slow s" + std::to_string(seed), "1e-3", seed, 2.0 + 0.01 * seed));
        load(repeatable(10 + seed, "fast s" + std::to_string(seed), "3e-4", seed, 1.5 + 0.01 * seed));
    }
    m_page->showRuns(0, { 13, 12, 11, 3, 2, 1 });
    auto* const plot = child<PlotView>("compareChart");
    QCOMPARE(plot->content().curves.size(), std::size_t(2));
    const PlotCurve& slow = plot->content().curves[0];
    QCOMPARE(slow.label, QStringLiteral("slow"));
    QCOMPARE(slow.members.size(), std::size_t(3));
    const std::size_t last = slow.series->size() - 1;
    const double tail = 4 * std::exp(-399 / 60.0) + 0.1;
    QVERIFY(std::abs(slow.series->value(last) - (2.02 + tail)) < 1e-9);
    QVERIFY(std::abs(slow.members[0]->value(last) - (2.01 + tail)) < 1e-9);
    QVERIFY(std::abs(slow.members[2]->value(last) - (2.03 + tail)) < 1e-9);
    const QString verdict = child<QLabel>("verdictLabel")->text();
    QVERIFY2(verdict.contains(QStringLiteral("better, by more than luck"))
            && verdict.contains(QStringLiteral("n = 3 and 3")),
        qPrintable(verdict));
    QVERIFY(!child<QPushButton>("seedsButton")->isVisible());
    QVERIFY(cell(QStringLiteral("validation loss, last"), 2).contains(QString::fromUtf8("± 0.01")));
    QVERIFY(!row(QStringLiteral("training.seed")).isValid()); // the same three on both sides
    // Single again.
    click("groupedButton");
    QCOMPARE(plot->content().curves.size(), std::size_t(6));
    QVERIFY(plot->content().curves[0].members.empty());
    QCOMPARE(table().columnCount(), 7);
    QTest::keyClick(child<QPushButton>("groupedButton"), Qt::Key_Space);
    QCOMPARE(plot->content().curves.size(), std::size_t(2));
}

// By keys alone, in the order in which things stand.
void TestComparePage::tabsByKeys()
{
    load(testing::sampleRun(1, "first", 400, 2.0));
    load(second());
    m_page->showRuns(0, { 1, 2 });
    m_page->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
    const auto focused
        = [] { return QApplication::focusWidget() ? QApplication::focusWidget()->objectName() : QString(); };
    child<QPushButton>("resultsTab")->setFocus();
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    QCOMPARE(focused(), QStringLiteral("allSettingsButton"));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    QCOMPARE(focused(), QStringLiteral("compareTable"));
    child<QPushButton>("resultsTab")->setFocus();
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Right);
    QCOMPARE(focused(), QStringLiteral("textsTab"));
    QVERIFY(child<QLabel>("noSamplesLabel")->isVisible());
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Right);
    QCOMPARE(focused(), QStringLiteral("scatterTab"));
    QVERIFY(child<QComboBox>("scatterParameterBox")->isVisible());
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    QCOMPARE(focused(), QStringLiteral("scatterParameterBox"));
}

// A run without values stands beside its group, which it does not hide.
void TestComparePage::groupWithARunWithoutValues()
{
    load(repeatable(1, "a s1", "1e-3", 1, 2.0));
    load(repeatable(2, "a s2", "1e-3", 2, 2.2));
    storage::RunDetail nan = repeatable(3, "a s3", "1e-3", 3, 2.0), none = repeatable(4, "a s4", "1e-3", 4, 2.0);
    for (storage::Series& series : nan.series) {
        std::fill(series.value.begin(), series.value.end(), std::nan(""));
    }
    none.series.clear();
    load(nan);
    load(none);
    load(repeatable(5, "b", "3e-4", 1, 1.5));
    m_page->showRuns(0, { 1, 2, 3, 4, 5 });
    const std::vector<PlotCurve>& curves = child<PlotView>("compareChart")->content().curves;
    QCOMPARE(curves.size(), std::size_t(3));
    QVERIFY(!curves[0].members.empty() && curves[1].members.empty());
    QCOMPARE(curves[1].label, QStringLiteral("a s3"));
    const double tail = 4 * std::exp(-399 / 60.0);
    QVERIFY(std::abs(curves[0].series->value(curves[0].series->size() - 1) - (2.1 + tail)) < 0.2);
    m_page->grab();
}

// The mean of a group is computed once, and grows with its runs.
void TestComparePage::manyRunsKeepWhatWasComputed()
{
    for (int seed = 1; seed <= 2; ++seed) {
        load(repeatable(seed, "a s" + std::to_string(seed), "1e-3", seed, 2.0));
        load(repeatable(10 + seed, "b s" + std::to_string(seed), "3e-4", seed, 1.5));
    }
    m_page->showRuns(0, { 1, 2, 11, 12 });
    auto* const plot = child<PlotView>("compareChart");
    const std::uint64_t id = plot->content().curves[0].series->id();
    click("logButton");
    click("groupedButton");
    click("groupedButton");
    click("allSettingsButton");
    QCOMPARE(plot->content().curves[0].series->id(), id);
    // Other runs, other curves.
    m_page->showRuns(0, { 1, 11, 12 });
    click("groupedButton");
    click("groupedButton");
    QVERIFY(!plot->content().curves[1].members.empty());
}

void TestComparePage::allSettingsBySection()
{
    load(testing::sampleRun(1, "first", 400, 2.0));
    load(second());
    m_page->showRuns(0, { 1, 2 });
    auto* const view = child<QTreeView>("compareTable");
    const int before = table().rowCount();
    child<QPushButton>("allSettingsButton")->setFocus();
    QTest::keyClick(child<QPushButton>("allSettingsButton"), Qt::Key_Space);
    QVERIFY(row(QStringLiteral("training.batch_size")).isValid());
    const QModelIndex section = row(QStringLiteral("training.batch_size")).parent();
    QVERIFY2(section.data().toString().startsWith(QStringLiteral("training")), qPrintable(section.data().toString()));
    QVERIFY(view->isExpanded(section));
    QCOMPARE(cell(QStringLiteral("hardware.device"), 1), QStringLiteral("cpu declared auto"));
    // A closed section stays closed when figures come.
    view->setFocus();
    view->setCurrentIndex(section);
    QTest::keyClick(view, Qt::Key_Left);
    QVERIFY(!view->isExpanded(section));
    click("logButton");
    QVERIFY(!view->isExpanded(row(QStringLiteral("training.batch_size")).parent()));
    click("allSettingsButton");
    QCOMPARE(table().rowCount(), before);
}

void TestComparePage::ignoredKeys()
{
    load(testing::sampleRun(1, "first", 400, 2.0));
    load(second());
    m_page->showRuns(0, { 1, 2 });
    QSignalSpy changed(m_page.get(), &ComparePage::ignoredKeysChanged);
    auto* const view = child<QTreeView>("compareTable");
    view->setFocus();
    view->setCurrentIndex(row(QStringLiteral("training.new_key")));
    QTest::keyClick(view, Qt::Key_Delete);
    QVERIFY(!row(QStringLiteral("training.new_key")).isValid());
    QCOMPARE(changed.last()[0].toStringList(), QStringList { QStringLiteral("training.new_key") });
    // A result cannot be ignored.
    view->setCurrentIndex(row(QStringLiteral("batches")));
    QTest::keyClick(view, Qt::Key_Delete);
    QVERIFY(row(QStringLiteral("batches")).isValid());
    // By the context menu, and back by the button's.
    view->setCurrentIndex(row(QStringLiteral("training.learning_rate")));
    QTimer::singleShot(0, [] {
        auto* const menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
        QVERIFY(menu);
        QTest::keyClick(menu, Qt::Key_Down);
        QTest::keyClick(menu, Qt::Key_Return);
    });
    const QPoint place = view->visualRect(view->currentIndex()).center();
    QContextMenuEvent menuEvent(QContextMenuEvent::Mouse, place, view->viewport()->mapToGlobal(place));
    QApplication::sendEvent(view->viewport(), &menuEvent);
    QTRY_VERIFY(!row(QStringLiteral("training.learning_rate")).isValid());
    auto* const button = child<QPushButton>("ignoredButton");
    QVERIFY(button->isVisible());
    QCOMPARE(button->menu()->actions().size(), 4); // two, a line, all
    button->menu()->actions().front()->trigger();
    QTRY_VERIFY(row(QStringLiteral("training.learning_rate")).isValid());
    button->menu()->actions().back()->trigger();
    QTRY_VERIFY(row(QStringLiteral("training.new_key")).isValid());
    QVERIFY(!button->isVisible());
    m_page->setIgnoredKeys({ QStringLiteral("training.new_key") });
    QVERIFY(!row(QStringLiteral("training.new_key")).isValid());
}

void TestComparePage::textsSideBySide()
{
    storage::RunDetail first = testing::sampleRun(1, "first", 400, 2.0), other = second();
    first.events = { sample(100, "at hundred"), sample(200, "at two hundred"), sample(399, "the end") };
    other.events = { sample(100, "other at hundred"), sample(200, "other at two hundred"), sample(250, "other late") };
    load(first);
    load(other);
    m_page->showRuns(0, { 1, 2 });
    click("textsTab");
    QCOMPARE(child<QLabel>("sampleText1")->text(), QStringLiteral("at two hundred"));
    QCOMPARE(child<QLabel>("sampleText2")->text(), QStringLiteral("other at two hundred"));
    auto* const batches = child<QComboBox>("sampleBatchBox");
    QVERIFY(batches->isVisible());
    QCOMPARE(batches->count(), 4);
    batches->setFocus();
    QTest::keyClick(batches, Qt::Key_End);
    QCOMPARE(child<QLabel>("sampleText1")->text(), QStringLiteral("the end"));
    QCOMPARE(child<QLabel>("sampleText2")->text(), QStringLiteral("other late")); // the nearest it has
    load(testing::sampleRun(3, "silent", 10, 2.0));
    load(testing::sampleRun(4, "silent too", 10, 2.0));
    m_page->showRuns(0, { 3, 4 });
    QVERIFY(child<QLabel>("noSamplesLabel")->isVisible());
    QVERIFY(!batches->isVisible());
    m_page->showRuns(0, { 1, 4 });
    QVERIFY(!child<QLabel>("noSamplesLabel")->isVisible());
    QCOMPARE(child<QLabel>("sampleText4")->text(), QString());
}

void TestComparePage::scatterByMouseAndKeys()
{
    storage::ParameterTable parameters;
    parameters.keys = { "training.batch_size", "training.learning_rate", "training.optimizer" };
    parameters.texts = { "", "4", "1e-4", "1e-3", "1e-2", "adamw", "sgd" };
    for (std::uint32_t id = 1; id <= 4; ++id) {
        storage::RunDetail run = testing::sampleRun(id, "run " + std::to_string(id), 400, 2.0 - 0.2 * id);
        run.overview.run.seed = id;
        load(run);
        parameters.runs[id] = { 1, std::min(id + 1, 4U), id % 2 ? 5U : 6U };
    }
    m_catalog->putParameters(parameters);
    m_page->showRuns(0, { 1, 3 });
    click("scatterTab");
    auto* const view = child<ScatterView>("scatterView");
    QTRY_COMPARE(view->data().points.size(), std::size_t(4));
    auto* const parameter = child<QComboBox>("scatterParameterBox");
    QCOMPARE(parameter->currentText(), QStringLiteral("training.learning_rate"));
    QVERIFY(
        child<QLabel>("verdictLabel")->text().contains(QStringLiteral("differ only in their seed"))); // these two do
    QVERIFY(child<QPushButton>("scatterLogXButton")->isEnabled());
    QSignalSpy chosen(m_page.get(), &ComparePage::runChosen);
    // The page finds its shape first.
    const auto pointed = [&] {
        QTest::mouseMove(view, view->rect().topLeft());
        QTest::mouseMove(view, view->positionOf(0).toPoint());
        return child<QLabel>("scatterNoteLabel")->text().contains(QStringLiteral("run 1"));
    };
    QTRY_VERIFY(pointed());
    QTest::mouseClick(view, Qt::LeftButton, {}, view->positionOf(0).toPoint());
    QCOMPARE(chosen.last()[0].toLongLong(), view->data().points[0].run);
    click("scatterLogXButton");
    QTest::mouseClick(view, Qt::LeftButton, {}, view->positionOf(3).toPoint());
    QCOMPARE(chosen.last()[0].toLongLong(), view->data().points[3].run);
    view->setFocus();
    QTest::keyClick(view, Qt::Key_Home);
    QTest::keyClick(view, Qt::Key_Right);
    QTest::keyClick(view, Qt::Key_Return);
    QCOMPARE(chosen.last()[0].toLongLong(), view->data().points[1].run);
    // Texts are categories, which have no logarithm.
    parameter->setFocus();
    parameter->setCurrentIndex(parameter->findText(QStringLiteral("training.learning_rate")));
    QTest::keyClick(parameter, Qt::Key_Down);
    QCOMPARE(parameter->currentText(), QStringLiteral("training.optimizer"));
    QCOMPARE(view->data().x.categories, (std::vector<QString> { QStringLiteral("adamw"), QStringLiteral("sgd") }));
    QVERIFY(!child<QPushButton>("scatterLogXButton")->isEnabled());
    // The same as a table; a filter leaves some.
    click("scatterTableButton");
    auto* const rows = child<QTableView>("scatterTable");
    QVERIFY(rows->isVisible());
    QCOMPARE(rows->model()->rowCount(), 4);
    m_page->setScatterRuns(std::vector<storage::RunId> { 2, 99 });
    QTRY_COMPARE(rows->model()->rowCount(), 1);
    rows->setFocus();
    rows->setCurrentIndex(rows->model()->index(0, 0));
    QTest::keyClick(rows, Qt::Key_Return);
    QCOMPARE(chosen.last()[0].toLongLong(), 2);
    m_catalog->removeRun(2);
    QTRY_COMPARE(rows->model()->rowCount(), 0);
}

// No points, one point, all NaN, one metric in one run only, a very long name.
void TestComparePage::badRuns()
{
    storage::RunDetail none = testing::sampleRun(1, "none", 1, 2.0), one = testing::sampleRun(2, "one", 1, 2.0);
    none.overview.summary = {};
    none.series.clear();
    storage::RunDetail nan = testing::sampleRun(3, std::string(1000, 'x') + "\xF0\x9F\x8C\xB1", 100, 2.0);
    for (storage::Series& series : nan.series) {
        std::fill(series.value.begin(), series.value.end(), std::nan(""));
    }
    storage::RunDetail alone = testing::sampleRun(4, "\u202Eters", 100, 2.0);
    alone.series.push_back(testing::column("own.metric", ""));
    testing::add(alone.series.back(), 5, 1e308);
    testing::add(alone.series.back(), 6, 1e-308);
    for (storage::RunDetail* const run : { &none, &one, &nan, &alone }) {
        run->parameters[1].declared = run->parameters[1].applied = std::to_string(run->overview.run.id);
        load(*run);
    }
    m_page->showRuns(0, { 1, 2, 3, 4 });
    for (const char* const tab : { "resultsTab", "textsTab", "scatterTab" }) {
        click(tab);
        m_page->grab();
    }
    auto* const metric = child<QComboBox>("metricBox");
    metric->setFocus();
    for (int i = 0; i < metric->count(); ++i) {
        QTest::keyClick(metric, i == 0 ? Qt::Key_Home : Qt::Key_Down);
        m_page->grab();
    }
    for (int i = 0; i < 4; ++i) {
        QTest::keyClick(child<QComboBox>("baselineBox"), Qt::Key_Down);
        QVERIFY(table().rowCount() > 0);
    }
    QVERIFY(m_page->minimumSizeHint().width() <= 1152); // the name does not push the page apart
    m_catalog->removeRun(3);
    m_page->grab();
    QCOMPARE(table().columnCount(), 4);
}

void TestComparePage::survivesRemoval()
{
    load(testing::sampleRun(1, "first", 400, 2.0));
    load(second());
    load(testing::sampleRun(3, "third", 400, 1.0));
    m_page->showRuns(0, { 1, 2, 3 });
    m_page->grab();
    m_catalog->removeRun(1);
    QCOMPARE(m_page->baseline(), storage::RunId(2));
    m_page->grab();
    m_catalog->removeRun(2);
    QVERIFY(child<QLabel>("emptyText")->isVisible());
    m_catalog->setRuns({});
    m_page->grab();
}

QTEST_MAIN(TestComparePage)
#include "tst_compare_page.moc"
