// SPDX-License-Identifier: GPL-3.0-or-later
// Many runs at once in a real window: tags, trash, Compare and Report for a selection; nothing moves under the mouse,
// and what comes back is as it was. And the ways from empty pages and from the strip.
#include "tests/app/gui/runs_session.h"
#include "ui/pages/report/report_page.h"
#include "ui/theme/theme.h"
#include "ui/window/page_stack.h"
#include "ui/window/run_selection.h"

#include <QListView>
#include <QListWidget>
#include <QPushButton>
#include <QTemporaryDir>
#include <QtTest>

#include <sys/wait.h>
#include <unistd.h>

using namespace nabiz;
using storage::RunField;

class TestRunsBulk : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { ui::Theme::apply(*qApp, ui::ThemeMode::Light); }
    void tagsOfASelection();
    void compareAndReportOfASelection();
    void nothingMovesUnderTheMouse();
    void aRestoredRunIsCheckedAsItWas();
    void starOnlyOnTheStar();
    void emptyPagesLeadOn();
    void anInterruptedRunIsShown();
    void headersStandOverTheirValues();
};

namespace {

std::vector<std::string> tagsOf(const storage::RunStore& store, storage::RunId run)
{
    return store.run(run)->run.tags;
}

} // namespace

void TestRunsBulk::tagsOfASelection()
{
    tests::ThreeRuns runs;
    tests::RunsSession session(runs.folder.path());
    QVERIFY(session.open(3));
    session.clickRow(runs.runs[0]);
    session.clickRow(runs.runs[1], RunField::Status, Qt::ControlModifier);
    QVERIFY(session.click("tagSelectedButton"));
    auto* search = session.window.findChild<QLineEdit*>("tagPopupSearchEdit");
    QTRY_VERIFY(search && search->isVisible());
    QTest::keyClicks(search, "night shift");
    QTest::keyClick(search, Qt::Key_Return);
    const std::vector<std::string> wanted { "night shift" };
    QTRY_COMPARE(tagsOf(runs.store(), runs.runs[0]), wanted);
    QTRY_COMPARE(tagsOf(runs.store(), runs.runs[1]), wanted);
    QVERIFY(tagsOf(runs.store(), runs.runs[2]).empty());
    // Taken away from both by its check box.
    QTRY_COMPARE(session.catalog.overview(runs.runs[1])->run.tags, wanted);
    QVERIFY(session.click("tagSelectedButton"));
    auto* list = session.window.findChild<QListWidget*>("tagPopupList");
    QCOMPARE(list->count(), 1);
    QCOMPARE(list->item(0)->checkState(), Qt::Checked);
    QTest::keyClick(search, Qt::Key_Return);
    QTRY_VERIFY(tagsOf(runs.store(), runs.runs[0]).empty());
    QTRY_VERIFY(tagsOf(runs.store(), runs.runs[1]).empty());
}

void TestRunsBulk::compareAndReportOfASelection()
{
    tests::ThreeRuns runs;
    tests::RunsSession session(runs.folder.path());
    QVERIFY(session.open(3));
    session.clickRow(runs.runs[0]);
    QVERIFY(!session.button("compareSelectedButton")->isEnabled());
    session.clickRow(runs.runs[2], RunField::Status, Qt::ControlModifier);
    QVERIFY(session.click("compareSelectedButton"));
    QCOMPARE(session.window.pages().page(), ui::Page::Compare);
    QCOMPARE(session.window.selection().state().value("checked").toArray(),
        (QJsonArray { qint64(runs.runs[2]), qint64(runs.runs[0]) }));
    QVERIFY(session.click("runsTab"));
    session.clickRow(runs.runs[1]);
    ui::ReportRequest asked;
    connect(session.window.pages().find<ui::ReportPage>(), &ui::ReportPage::previewWanted, this,
        [&](const ui::ReportRequest& request) { asked = request; });
    QVERIFY(session.click("reportSelectedButton"));
    QCOMPARE(session.window.pages().page(), ui::Page::Report);
    QTRY_COMPARE(asked.runs, QList<qint64> { runs.runs[1] });
}

void TestRunsBulk::nothingMovesUnderTheMouse()
{
    tests::ThreeRuns runs;
    tests::RunsSession session(runs.folder.path());
    QVERIFY(session.open(3));
    session.clickRow(runs.runs[2]);
    const QPoint before = session.view()->mapTo(&session.window, QPoint());
    QTest::keyClick(session.view(), Qt::Key_Delete);
    auto* strip = session.window.findChild<QWidget*>("undoStrip");
    QTRY_VERIFY(strip && strip->isVisible());
    QTRY_COMPARE(session.catalog.runs().size(), std::size_t(2));
    QCOMPARE(session.view()->mapTo(&session.window, QPoint()), before);
    QVERIFY(strip->mapTo(&session.window, QPoint()).y() > before.y() + session.view()->height() - 1);
    QVERIFY(session.click("undoActionButton"));
    QTRY_COMPARE(session.catalog.runs().size(), std::size_t(3));
    QCOMPARE(session.view()->mapTo(&session.window, QPoint()), before);
}

void TestRunsBulk::aRestoredRunIsCheckedAsItWas()
{
    tests::ThreeRuns runs;
    tests::RunsSession session(runs.folder.path());
    QVERIFY(session.open(3));
    session.window.selection().select({ runs.runs[0], runs.runs[1] });
    session.clickRow(runs.runs[1]);
    session.clickRow(runs.runs[2], RunField::Status, Qt::ControlModifier);
    QTest::keyClick(session.view(), Qt::Key_Delete);
    QTRY_COMPARE(session.catalog.runs().size(), std::size_t(1));
    QCOMPARE(session.window.selection().state().value("checked").toArray(), QJsonArray { qint64(runs.runs[0]) });
    QVERIFY(session.click("undoActionButton"));
    QTRY_COMPARE(session.catalog.runs().size(), std::size_t(3));
    QTRY_COMPARE(session.window.selection().state().value("checked").toArray(),
        (QJsonArray { qint64(runs.runs[1]), qint64(runs.runs[0]) }));
}

// Right of a short name one chooses the run; and in the table's column beside the star, too.
void TestRunsBulk::starOnlyOnTheStar()
{
    tests::ThreeRuns runs;
    tests::RunsSession session(runs.folder.path());
    QVERIFY(session.open(3));
    session.window.showPage(ui::Page::Watch);
    int asked = 0;
    connect(&session.window, &ui::MainWindow::editRequested, this,
        [&](const ui::RunEdit& edit) { asked += edit.kind == ui::RunEdit::Kind::Star ? 1 : 0; });
    auto* list = session.window.findChild<QListView*>("runListView");
    const QRect row = list->visualRect(list->model()->index(1, 0));
    const int end = row.left() + 54 + list->fontMetrics().horizontalAdvance("beta");
    const int loss = row.right() - 12 - list->fontMetrics().horizontalAdvance("0.0000");
    for (int x = end; x < loss - 8 - 12 - 4; x += 4) {
        list->setCurrentIndex(list->model()->index(0, 0));
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, QPoint(x, row.top() + 14));
        QCOMPARE(list->currentIndex().row(), 1);
    }
    QCOMPARE(asked, 0);
    QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, QPoint(loss - 8 - 6, row.top() + 14));
    QCOMPARE(asked, 1);

    session.window.showPage(ui::Page::Runs);
    const int column = session.model()->columns().indexOf(RunField::Starred);
    session.view()->header()->resizeSection(column, 160);
    const QRect cell = session.view()->visualRect(session.at(runs.runs[0], RunField::Starred));
    QTest::mouseClick(session.view()->viewport(), Qt::LeftButton, {}, QPoint(cell.right() - 4, cell.center().y()));
    QCOMPARE(asked, 1);
    QTest::mouseClick(session.view()->viewport(), Qt::LeftButton, {}, cell.center());
    QCOMPARE(asked, 2);
}

void TestRunsBulk::emptyPagesLeadOn()
{
    QTemporaryDir folder;
    tests::RunsSession session(folder.path());
    for (const auto& [tab, button] :
        { std::pair("compareTab", "compareEmptyButton"), std::pair("reportTab", "reportEmptyButton") }) {
        QVERIFY(session.click(tab));
        QVERIFY(session.click(button));
        QCOMPARE(session.window.pages().page(), ui::Page::Configure);
    }
    auto* list = session.window.findChild<QWidget*>("runList");
    const auto says = [&](const char* words) {
        const auto labels = list->findChildren<QLabel*>();
        return std::any_of(labels.begin(), labels.end(), [&](QLabel* label) { return label->text().contains(words); });
    };
    QVERIFY(says("Start makes the first"));
    QVERIFY(session.click("watchTab"));
    QVERIFY(!says("Start makes the first")); // it is not here

    tests::ThreeRuns runs;
    session.controller.openDatabase(runs.folder.filePath("runs.db"));
    QTRY_COMPARE(session.catalog.runs().size(), std::size_t(3));
    QVERIFY(session.click("compareTab"));
    QVERIFY(session.click("compareEmptyButton"));
    QCOMPARE(session.window.selection().state().value("checked").toArray(),
        (QJsonArray { qint64(runs.runs[2]), qint64(runs.runs[1]) }));
}

void TestRunsBulk::anInterruptedRunIsShown()
{
    QTemporaryDir folder;
    const auto file = folder.filePath("runs.db").toStdString();
    // A process of its own that is gone without a word.
    const auto child = ::fork();
    if (child == 0) {
        storage::Recorder recorder(file);
        storage::Run run { .name = "night-shift", .status = storage::RunStatus::Running };
        run.started = 1'780'000'000'000;
        const storage::RunId lost = recorder.addRun(run, {});
        const auto stream = recorder.openStream(lost, { { 0, "loss", "" } });
        const std::uint16_t metric = 0;
        for (int batch = 0; batch < 30; ++batch) {
            const double loss = 1;
            stream->append(batch, batch, { &metric, 1 }, { &loss, 1 });
        }
        recorder.closeStream(lost);
        recorder.addRun({ .name = "later", .status = storage::RunStatus::Finished }, {});
        recorder.flush();
        ::_exit(0);
    }
    int status = -1;
    QCOMPARE(::waitpid(child, &status, 0), child);
    QCOMPARE(status, 0);
    tests::RunsSession session(folder.path());
    QTRY_COMPARE(session.catalog.runs().size(), std::size_t(2));
    QTRY_VERIFY(session.label("noticeLabel").contains("night-shift"));
    QVERIFY(session.label("noticeLabel").contains("29"));
    QVERIFY(session.label("noticeLabel").contains("2026") || session.label("noticeLabel").contains("26"));
    QVERIFY(session.click("noticeActionButton"));
    QCOMPARE(session.window.pages().page(), ui::Page::Watch);
    QCOMPARE(session.window.selection().state().value("current").toInteger(), 1);
}

void TestRunsBulk::headersStandOverTheirValues()
{
    tests::ThreeRuns runs;
    tests::RunsSession session(runs.folder.path());
    QVERIFY(session.open(3));
    const auto* header = session.view()->header();
    const QAbstractItemModel* model = session.model();
    for (int column = 0; column < model->columnCount(); ++column) {
        if (header->isSectionHidden(column))
            continue;
        const auto title = Qt::Alignment(model->headerData(column, Qt::Horizontal, Qt::TextAlignmentRole).toInt());
        const auto value = Qt::Alignment(model->index(0, column).data(Qt::TextAlignmentRole).toInt());
        QCOMPARE(title & Qt::AlignHorizontal_Mask, value & Qt::AlignHorizontal_Mask);
        const QString text = model->headerData(column, Qt::Horizontal).toString();
        QVERIFY2(header->sectionSize(column) >= header->fontMetrics().horizontalAdvance(text) + 16, qPrintable(text));
    }
    // The name begins where the names of the runs do.
    const QImage picture = session.view()->header()->viewport()->grab(QRect(0, 4, 52, header->height() - 8)).toImage();
    for (int x = 0; x < picture.width() - 2; ++x)
        QCOMPARE(picture.pixelColor(x, picture.height() / 2), picture.pixelColor(0, picture.height() / 2));
}

QTEST_MAIN(TestRunsBulk)
#include "tst_runs_bulk.moc"
