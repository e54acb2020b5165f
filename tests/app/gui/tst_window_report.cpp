// SPDX-License-Identifier: GPL-3.0-or-later
// A published run pasted into the real window, words written on the Report page, a report made: closed, opened again,
// read.
#include "app/gui/readers/reference_reader.h"
#include "app/interchange/reported_run.h"
#include "app/report/report_section.h"
#include "app/report/report_text.h"
#include "tests/app/gui/window_session.h"
#include "ui/charts/view/plot_view.h"
#include "ui/pages/report/report_page.h"
#include "ui/pages/report/report_sections.h"
#include "ui/theme/theme.h"
#include "ui/widgets/run_list.h"
#include "ui/window/page_stack.h"
#include "ui/window/run_selection.h"

#include <QClipboard>
#include <QComboBox>
#include <QDialog>
#include <QLabel>
#include <QPlainTextEdit>
#include <QTemporaryDir>
#include <QTextBrowser>
#include <QTreeWidget>

using namespace nabiz;
using namespace nabiz::tests;

class WindowReportTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { ui::Theme::apply(*qApp, ui::ThemeMode::Light); }

    void sectionsAreCalledAlike()
    {
        QStringList names;
        for (const auto section : app::allSections())
            names << QString::fromUtf8(app::name(section).data(), qsizetype(app::name(section).size()));
        QCOMPARE(ui::ReportSections::all(), names);
    }

    void pasteWriteAndReopen()
    {
        const QTemporaryDir folder;
        const QString words = QStringLiteral("Memory was short; <b>now</b> it is not.");
        {
            WindowSession session(folder.path());
            QTRY_VERIFY(!session.controller.database().isEmpty());
            keep(session,
                QStringLiteral("Batch 0: 6,3347\nBatch 50: 0,2715\nİlginç 3 satır\nbatch size 4\nVRAM 1,20 GB\n"),
                "pasted");
            QTRY_COMPARE(session.catalog.runs().size(), std::size_t(1));
            QCOMPARE(session.status(), std::optional(storage::RunStatus::Reference));
            // A second one is looked at and checked beside the first.
            keep(session, QStringLiteral("Batch 0: 5.5\n"), "second");
            QTRY_COMPARE(session.catalog.runs().size(), std::size_t(2));
            const auto second = session.catalog.runs().front().run.id;
            QTRY_COMPARE(session.window.findChild<ui::RunList*>()->current(), second);
            QCOMPARE(session.window.findChild<ui::RunList*>()->checked().size(), std::size_t(2));
            Q_EMIT session.window.editRequested(ui::RunEdit::trash({ second }));
            QTRY_COMPARE(session.catalog.runs().size(), std::size_t(1));
            session.window.selection().select({ session.catalog.runs().front().run.id });
            // Its few points are marks in the charts, with nothing between them.
            session.window.showPage(ui::Page::Watch);
            for (const char* chart : { "lossChart", "compareChart" }) {
                const auto* plot = session.window.findChild<ui::PlotView*>(chart);
                QVERIFY2(plot, chart);
                QTRY_COMPARE(plot->content().curves.size(), std::size_t(1));
                QVERIFY2(plot->content().curves[0].reference, chart);
                QCOMPARE(plot->content().curves[0].series->size(), std::size_t(2));
            }
            session.window.showPage(ui::Page::Report);
            auto* view = session.window.findChild<QTextBrowser*>("reportView");
            QTRY_VERIFY(view->toPlainText().contains(QStringLiteral("0.2715")));
            auto* conclusion = session.window.findChild<QPlainTextEdit*>("report_conclusion_edit");
            QTRY_VERIFY(conclusion->isVisible());
            conclusion->setFocus();
            QTest::keyClicks(conclusion, words);
            // The page has them as text, and so has what is copied.
            QTRY_VERIFY(view->toPlainText().contains(words));
            QTest::mouseClick(session.button("copyMarkdownButton"), Qt::LeftButton);
            QVERIFY(QApplication::clipboard()->text().contains(
                QStringLiteral("## Conclusion\n\nMemory was short; \\<b>now")));
            auto* problem = session.window.findChild<QPlainTextEdit*>("report_problem_edit");
            problem->setFocus();
            QTest::keyClicks(problem, QStringLiteral("written last"));
            session.window.close(); // at once: nothing is lost
        }
        WindowSession session(folder.path());
        QTRY_COMPARE(session.catalog.runs().size(), std::size_t(1));
        const auto& texts = session.catalog.runs().front().run.texts;
        QCOMPARE(QString::fromStdString(texts.at("conclusion")), words);
        QCOMPARE(texts.at("problem"), std::string("written last"));
        session.window.selection().select({ session.catalog.runs().front().run.id });
        session.window.showPage(ui::Page::Report);
        QCOMPARE(session.window.findChild<QPlainTextEdit*>("report_conclusion_edit")->toPlainText(), words);
    }

    void savedReportsAreLogged()
    {
        const QTemporaryDir folder;
        WindowSession session(folder.path());
        QTRY_VERIFY(!session.controller.database().isEmpty());
        keep(session, QStringLiteral("Batch 0: 6.5\n"), "one");
        QTRY_COMPARE(session.catalog.runs().size(), std::size_t(1));
        const auto id = session.catalog.runs().front().run.id;
        Q_EMIT session.window.pages().find<ui::ReportPage>()->saveRequested(
            { { id }, "tr", ui::ReportSections::all() }, folder.filePath("reports"));
        QTRY_VERIFY(QFileInfo::exists(folder.filePath("reports/one/report.md")));
        const storage::RunStore store(folder.filePath("runs.db").toStdString());
        QTRY_COMPARE(store.reports(id).size(), std::size_t(1));
        QCOMPARE(QString::fromStdString(store.reports(id)[0].folder), folder.filePath("reports/one"));
        QCOMPARE(store.reports(id)[0].language, std::string("tr"));
    }

    void dialogShowsBothBeforeAnythingIsStored()
    {
        const QTemporaryDir folder;
        WindowSession session(folder.path());
        QTRY_VERIFY(!session.controller.database().isEmpty());
        auto* dialog = open(session);
        auto* page = dialog->findChild<QPlainTextEdit*>("referencePageEdit");
        auto* lines = dialog->findChild<QTreeWidget*>("referenceLinesTree");
        auto* summary = dialog->findChild<QLabel*>("referenceSummaryLabel");
        auto* keepButton = dialog->findChild<QAbstractButton*>("referenceKeepButton");
        QVERIFY(!keepButton->isEnabled());
        QTest::keyClicks(page, QStringLiteral("Batch 5: 1,5"));
        QTest::keyClick(page, Qt::Key_Return);
        QTest::keyClicks(page, QStringLiteral("It took 3 days"));
        QTRY_COMPARE(lines->topLevelItemCount(), 2);
        QVERIFY(lines->topLevelItem(1)->text(1).startsWith(QStringLiteral("Not understood: ")));
        QVERIFY2(summary->text().contains(QStringLiteral("1 line")), qPrintable(summary->text()));
        QVERIFY(!keepButton->isEnabled()); // it has no name yet
        auto* name = dialog->findChild<QLineEdit*>("referenceNameEdit");
        name->setFocus();
        QTest::keyClicks(name, QStringLiteral("7"));
        QVERIFY(!keepButton->isEnabled());
        QTest::keyClicks(name, QStringLiteral("th"));
        QVERIFY(keepButton->isEnabled());
        // The shipped one fills page and name.
        name->clear();
        QTest::keyClicks(name, QStringLiteral(" "));
        QTest::keyClick(name, Qt::Key_Backspace);
        QTest::mouseClick(dialog->findChild<QAbstractButton*>("referenceShippedButton"), Qt::LeftButton);
        QTRY_COMPARE(name->text(), QString::fromStdString(app::reportedRun().title));
        QTRY_VERIFY(keepButton->isEnabled());
        QTest::mouseClick(dialog->findChild<QAbstractButton*>("referenceCancelButton"), Qt::LeftButton);
        QTRY_VERIFY(!session.window.findChild<QDialog*>("referenceDialog"));
        QVERIFY(session.catalog.runs().empty());
        QVERIFY(storage::RunStore(folder.filePath("runs.db").toStdString()).runs().empty());
    }

    // A line is struck, and a column told to be the loss, in the page itself; what is kept is what is seen.
    void linesAreStruckAndColumnsNamed()
    {
        const QTemporaryDir folder;
        WindowSession session(folder.path());
        QTRY_VERIFY(!session.controller.database().isEmpty());
        auto* dialog = open(session);
        auto* page = dialog->findChild<QPlainTextEdit*>("referencePageEdit");
        auto* lines = dialog->findChild<QTreeWidget*>("referenceLinesTree");
        auto* heads = dialog->findChild<QComboBox*>("referenceHeadBox");
        auto* kinds = dialog->findChild<QComboBox*>("referenceKindBox");
        auto* strike = dialog->findChild<QAbstractButton*>("referenceStrikeButton");
        QVERIFY(!kinds->isEnabled() && !strike->isEnabled());
        page->setPlainText(QStringLiteral("| n | cost |\n|---|---|\n| 100 | 2.5 |\n| 200 | 9.5 |\n| 300 | 1.5 |\n"));
        QTRY_COMPARE(heads->count(), 2);
        // The first Down says what counts, the next after it what is the loss.
        kinds->setFocus();
        QTest::keyClick(kinds, Qt::Key_Down);
        QTRY_COMPARE(page->toPlainText().section(u'\n', 0, 0), QStringLiteral("| step | cost |"));
        QTRY_COMPARE(kinds->currentIndex(), 0);
        heads->setCurrentIndex(1);
        kinds->setCurrentIndex(1);
        QTest::keyClick(kinds, Qt::Key_Down);
        QTRY_COMPARE(page->toPlainText().section(u'\n', 0, 0), QStringLiteral("| step | loss |"));
        QTRY_VERIFY(lines->topLevelItemCount() == 3
            && lines->topLevelItem(1)->text(1).contains(QStringLiteral("9.5"))); // values, not labels alone
        lines->topLevelItem(1)->setSelected(true);
        QTest::mouseClick(strike, Qt::LeftButton);
        QTRY_COMPARE(lines->topLevelItemCount(), 2);
        QCOMPARE(page->toPlainText(), QStringLiteral("| step | loss |\n|---|---|\n| 100 | 2.5 |\n| 300 | 1.5 |\n"));
        page->undo();
        QTRY_COMPARE(lines->topLevelItemCount(), 3);
        QTest::mouseClick(dialog->findChild<QAbstractButton*>("referenceCancelButton"), Qt::LeftButton);
    }

    // Here the program's translations are linked in: sentences of the audit with the page's own numbers.
    void auditSpeaksThePagesLanguage()
    {
        const app::ReportText turkish("tr"), english("en");
        const auto message = trainer::message("%1 of %2 samples are distinct, %3 of them.", "8", "7200", "0.11 %");
        const auto sentence = QString::fromStdString(turkish.sentence(message));
        QVERIFY2(sentence.contains(QStringLiteral("% 0,11")) && !sentence.contains(QStringLiteral("samples")),
            qPrintable(sentence));
        QCOMPARE(english.sentence(message), std::string("8 of 7200 samples are distinct, 0.11 % of them."));
        const auto names = trainer::message("%1 of %2 samples are distinct, %3 of them.", "1.5e", "a.b", "2.62");
        QVERIFY(QString::fromStdString(turkish.sentence(names)).contains(QStringLiteral("2,62")));
        QVERIFY(QString::fromStdString(turkish.sentence(names)).contains(QStringLiteral("a.b")));
    }

    void whatIsNoPageIsRefused()
    {
        QVERIFY(!app::referencePreview(QString(10'000'000, u'x')).failure.empty());
        QVERIFY(!app::referencePreview(QStringLiteral("Batch 5: 1.5") + QChar(0)).failure.empty());
        QVERIFY(app::referencePreview(QStringLiteral("nothing")).isEmpty());
        const auto many = app::referencePreview(
            QStringLiteral("There are 3 of them.\n").repeated(1500) + QStringLiteral("Batch 5: 1.5\n"));
        QCOMPARE(many.lines.size(), std::size_t(1001));
        QCOMPARE(many.moreLines, 500);
        QCOMPARE(many.points, 1);
    }

private:
    static QDialog* open(WindowSession& session)
    {
        session.window.findChild<QAction*>("referenceAction")->trigger();
        return session.window.findChild<QDialog*>("referenceDialog");
    }
    static void keep(WindowSession& session, const QString& text, const char* name)
    {
        auto* dialog = open(session);
        QVERIFY(dialog);
        dialog->findChild<QPlainTextEdit*>("referencePageEdit")->setPlainText(text);
        auto* edit = dialog->findChild<QLineEdit*>("referenceNameEdit");
        edit->setFocus();
        QTest::keyClicks(edit, QLatin1String(name));
        auto* button = dialog->findChild<QAbstractButton*>("referenceKeepButton");
        QTRY_VERIFY(button->isEnabled());
        QTest::mouseClick(button, Qt::LeftButton);
    }
};

QTEST_MAIN(WindowReportTest)
#include "tst_window_report.moc"
