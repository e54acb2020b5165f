// SPDX-License-Identifier: GPL-3.0-or-later
// Report asks for what it shows, shows it with its pictures, and says in place where it was saved.
#include "ui/models/run_catalog.h"
#include "ui/pages/report/report_page.h"
#include "ui/pages/report/report_sections.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QBuffer>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QImage>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTextBrowser>
#include <QTextCursor>
#include <QTextTable>
#include <QtTest>

using namespace nabiz;
using namespace nabiz::ui;

namespace {

QByteArray bluePicture()
{
    QImage image(800, 300, QImage::Format_RGB32);
    image.fill(Qt::blue);
    QByteArray png;
    QBuffer buffer(&png);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    return png;
}

} // namespace

class TestReportPage : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { Theme::apply(*qApp, ThemeMode::Light); }

    void runsOfTheReport()
    {
        ReportedRuns reported;
        QVERIFY(reported.show(3, { 1, 2 }));
        QVERIFY(!reported.show(3, { 1, 2 }));
        QCOMPARE(reported.runs(), QList<qint64>({ 3 })); // not among those checked
        reported.showComparison();
        QCOMPARE(reported.runs(), QList<qint64>({ 3, 1, 2 }));
        reported.setLook([] {
            CompareLook look;
            look.runs = { 2, 1 };
            return look;
        });
        QCOMPARE(reported.runs(), QList<qint64>({ 2, 1 })); // as Compare has them
        QVERIFY(reported.show(1, { 1, 2 }));
        QCOMPARE(reported.runs(), QList<qint64>({ 2, 1 }));
        QVERIFY(reported.show(1, { 1 }));
        reported.showComparison(); // of one there is none
        QCOMPARE(reported.runs(), QList<qint64>({ 1 }));
        QVERIFY(reported.show(0, { 2 }));
        QCOMPARE(reported.runs(), QList<qint64>({ 2 }));
        QVERIFY(reported.show(0, {}));
        QVERIFY(reported.runs().isEmpty());
    }

    void asksOnlyWhileItIsSeen()
    {
        RunCatalog catalog;
        ReportPage page(catalog);
        QSignalSpy wanted(&page, &ReportPage::previewWanted);
        page.showRuns(3, { 2, 3 });
        QCOMPARE(wanted.count(), 0);
        page.show();
        QCOMPARE(wanted.count(), 1);
        QCOMPARE(wanted[0][0].value<ReportRequest>().runs, (QList<qint64> { 3, 2 }));
        QCOMPARE(wanted[0][0].value<ReportRequest>().sections, ReportSections::all());
        page.showRuns(3, { 2, 3 }); // the same
        QCOMPARE(wanted.count(), 1);
        page.showRuns(2, {});
        QCOMPARE(wanted.count(), 2);
        auto* language = page.findChild<QComboBox*>("reportLanguageBox");
        language->setFocus();
        QTest::keyClick(language, Qt::Key_Down);
        QCOMPARE(wanted.count(), 3);
        QCOMPARE(wanted[2][0].value<ReportRequest>().language, QStringLiteral("tr"));
    }

    void showsTextPicturesAndFiles()
    {
        RunCatalog catalog;
        ReportPage page(catalog);
        page.resize(1000, 700);
        page.show();
        QVERIFY(!page.findChild<QPushButton*>("saveReportButton")->isEnabled());
        page.showRuns(1, {});
        const QByteArray png = bluePicture();
        ReportPreview preview;
        preview.markdown = QStringLiteral("# quick\n\nA sentence.\n\n![loss](charts/loss.png)\n");
        preview.images[QStringLiteral("charts/loss.png")] = png;
        preview.files = QStringList { QStringLiteral("quick/report.md") };
        page.setPreview(preview);
        auto* view = page.findChild<QTextBrowser*>("reportView");
        QVERIFY(view->toPlainText().contains(QStringLiteral("A sentence.")));
        // The blue picture is really drawn.
        const QImage shot = view->grab().toImage();
        bool blue = false;
        for (int y = 0; y < shot.height() && !blue; y += 4)
            blue = shot.pixelColor(shot.width() / 5, y) == QColor(Qt::blue);
        QVERIFY(blue);
        QCOMPARE(page.findChild<QLabel*>("reportFilesLabel")->text(), QStringLiteral("quick/report.md"));
        page.findChild<QPushButton*>("copyMarkdownButton")->click();
        QCOMPARE(QApplication::clipboard()->text(), preview.markdown);
    }

    void choosesSections()
    {
        RunCatalog catalog;
        ReportPage page(catalog);
        QSignalSpy wanted(&page, &ReportPage::previewWanted);
        page.showRuns(3, {});
        page.show();
        auto* box = page.findChild<QCheckBox*>("section_audit_box");
        QVERIFY(box && box->isChecked());
        QTest::mouseClick(box, Qt::LeftButton, {}, QPoint(8, box->height() / 2));
        QCOMPARE(wanted.count(), 2);
        QStringList rest = ReportSections::all();
        rest.removeAll(QStringLiteral("audit"));
        QCOMPARE(wanted[1][0].value<ReportRequest>().sections, rest);
        box->setFocus();
        QTest::keyClick(box, Qt::Key_Space);
        QCOMPARE(wanted[2][0].value<ReportRequest>().sections, ReportSections::all());
    }

    // Of a run made from one that failed: offered beside an empty field, and nothing is written before it is taken.
    void proposesFromAFailedParent()
    {
        RunCatalog catalog;
        storage::RunOverview parent { .run = { .id = 3, .name = "t4-a", .status = storage::RunStatus::Failed } };
        parent.run.failure = "out of memory at batch 2";
        parent.summary.batches = 2;
        parent.summary.peakBytes = 15.2e9;
        storage::RunOverview child { .run = { .id = 4, .name = "t4-b", .status = storage::RunStatus::Finished } };
        child.run.parent = 3;
        child.summary.peakBytes = 7.6e9;
        catalog.setRuns({ child, parent });
        storage::ParameterTable settings { .keys = { "training.batch_size" }, .texts = { "", "8", "4" } };
        settings.runs = { { 3, { 1 } }, { 4, { 2 } } };
        catalog.putParameters(settings);
        ReportPage page(catalog);
        QSignalSpy edited(&page, &ReportPage::editRequested);
        page.showRuns(4, {});
        page.show();
        auto* problem = page.findChild<QPlainTextEdit*>("report_problem_edit");
        auto* solution = page.findChild<QPlainTextEdit*>("report_solution_edit");
        auto* take = page.findChild<QPushButton*>("report_problem_propose");
        QVERIFY(take->isVisible() && problem->toPlainText().isEmpty() && solution->toPlainText().isEmpty());
        QVERIFY(!page.findChild<QPushButton*>("report_conclusion_propose")->isVisible());
        QCOMPARE(edited.count(), 0);
        take->click();
        QVERIFY2(
            problem->toPlainText().contains("out of memory at batch 2") && problem->toPlainText().contains("15.2 GB"),
            qPrintable(problem->toPlainText()));
        QVERIFY(!take->isVisible());
        page.findChild<QPushButton*>("report_solution_propose")->click();
        QVERIFY2(solution->toPlainText().contains(QStringLiteral("`training.batch_size`: 8 → 4")),
            qPrintable(solution->toPlainText()));
        QVERIFY2(
            solution->toPlainText().contains(QStringLiteral("15.2 GB → 7.60 GB")), qPrintable(solution->toPlainText()));
        QTRY_COMPARE(edited.count(), 2); // as words that were typed
        page.showRuns(3, {}); // of no failed parent
        QVERIFY(!take->isVisible());
    }

    void givesWordsOnce()
    {
        RunCatalog catalog;
        storage::RunOverview overview { .run = { .id = 3, .name = "a", .status = storage::RunStatus::Finished } };
        overview.run.texts["problem"] = "kept";
        storage::RunOverview other { .run = { .id = 4, .name = "b", .status = storage::RunStatus::Finished } };
        catalog.setRuns({ other, overview });
        ReportPage page(catalog);
        QSignalSpy edited(&page, &ReportPage::editRequested);
        QSignalSpy wanted(&page, &ReportPage::previewWanted);
        page.showRuns(3, {});
        page.show();
        auto* problem = page.findChild<QPlainTextEdit*>("report_problem_edit");
        auto* conclusion = page.findChild<QPlainTextEdit*>("report_conclusion_edit");
        QCOMPARE(problem->toPlainText(), QStringLiteral("kept"));
        conclusion->setFocus();
        QTest::keyClicks(conclusion, QStringLiteral("It works."));
        QCOMPARE(edited.count(), 0);
        // What comes from the database meanwhile does not overwrite what is written.
        overview.run.texts["problem"] = "kept elsewhere";
        catalog.putRun(overview);
        QCOMPARE(conclusion->toPlainText(), QStringLiteral("It works."));
        QCOMPARE(problem->toPlainText(), QStringLiteral("kept elsewhere"));
        QTRY_COMPARE(edited.count(), 1); // shortly after the last key
        QCOMPARE(edited[0][0].value<RunEdit>(),
            RunEdit::words(3, QStringLiteral("conclusion"), QStringLiteral("It works.")));
        overview.run.texts["conclusion"] = "It works.";
        const auto before = wanted.count();
        catalog.putRun(overview);
        QCOMPARE(wanted.count(), before + 1); // the page is asked for with them
        // Of the run that is left, at once.
        QTest::keyClicks(conclusion, QStringLiteral(" Well."));
        page.showRuns(4, {});
        QCOMPARE(edited.count(), 2);
        QCOMPARE(edited[1][0].value<RunEdit>(),
            RunEdit::words(3, QStringLiteral("conclusion"), QStringLiteral("It works. Well.")));
        QVERIFY(conclusion->toPlainText().isEmpty());
        QCOMPARE(edited.count(), 2);
    }

    // Longer than the page, so that its scroll bar comes while the text is laid out, and there before the page has its
    // size.
    void aLongReportIsShownOnce()
    {
        RunCatalog catalog;
        ReportPage page(catalog);
        ReportPreview preview;
        preview.markdown = QStringLiteral("# quick\n\nThe first sentence.\n\n![loss](charts/loss.png)\n\n");
        preview.images[QStringLiteral("charts/loss.png")] = bluePicture();
        for (int i = 0; i < 100; ++i)
            preview.markdown += QStringLiteral("Line %1.\n\n").arg(i);
        preview.markdown += QStringLiteral("| a | b |\n| - | - |\n| 1 | 2 |\n\n");
        preview.markdown
            += QStringLiteral("```\n") + QStringLiteral("a line of code ").repeated(40) + QStringLiteral("\n```\n");
        connect(&page, &ReportPage::previewWanted, &page, [&] { page.setPreview(preview); });
        page.showRuns(1, {});
        page.resize(1000, 700);
        page.show();
        QCoreApplication::processEvents();
        auto* view = page.findChild<QTextBrowser*>("reportView");
        QCOMPARE(view->toPlainText().count(QStringLiteral("The first sentence.")), 1);
        QVERIFY2(view->document()->size().width() <= view->viewport()->width(), "nothing is wider than the page");
        const auto larger = [view](const char* sentence) {
            return view->document()
                ->find(QLatin1String(sentence))
                .charFormat()
                .intProperty(QTextFormat::FontSizeAdjustment);
        };
        QCOMPARE(larger("quick"), 3);
        QCOMPARE(larger("The first sentence."), 0);
    }

    void foldsAndUnfolds()
    {
        RunCatalog catalog;
        ReportPage page(catalog);
        page.resize(1000, 700);
        page.show();
        page.showRuns(1, {});
        ReportPreview preview;
        preview.markdown = QStringLiteral(
            "# a\n\n| name | figure |\n| --- | ---: |\n| x | 1 |\n\n<details><summary>All 2 settings</summary>\n\n| x | y |\n| - | - |\n| hidden | 1 |\n\n</details>\n\nafter\n");
        page.setPreview(preview);
        auto* view = page.findChild<QTextBrowser*>("reportView");
        QVERIFY(view->toPlainText().contains(QStringLiteral("All 2 settings")));
        QVERIFY(view->toPlainText().contains(QStringLiteral("▸ All 2 settings")));
        const QTextCursor head = view->document()->find(QStringLiteral("figure"));
        QVERIFY(head.currentTable());
        QVERIFY2(head.blockFormat().alignment() & Qt::AlignRight, "the head stands over its column");
        QVERIFY(!view->toPlainText().contains(QStringLiteral("hidden"))
            && view->toPlainText().contains(QStringLiteral("after")));
        const auto click = [view] {
            QTextCursor cursor = view->document()->find(QStringLiteral("All 2 settings"));
            cursor.setPosition(cursor.selectionStart() + 2);
            QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, view->cursorRect(cursor).center());
        };
        click();
        QVERIFY(view->toPlainText().contains(QStringLiteral("hidden")));
        click();
        QVERIFY(!view->toPlainText().contains(QStringLiteral("hidden")));
        page.findChild<QPushButton*>("copyMarkdownButton")->click();
        QCOMPARE(QApplication::clipboard()->text(), preview.markdown); // as it is, folds or not
    }

    // What Compare compares, in its order and as it shows it; the run that is looked at comes in only where it is one
    // of them.
    void takesWhatCompareShows()
    {
        RunCatalog catalog;
        catalog.setRuns({ { .run = { .id = 3, .name = "three" } }, { .run = { .id = 2, .name = "two" } } });
        ReportPage page(catalog);
        CompareLook look { { 3, 2 }, QStringLiteral("val.loss"), XUnit::Time, false, false, { { 3, Qt::black } } };
        page.setCompareLook([&look] { return look; });
        QSignalSpy wanted(&page, &ReportPage::previewWanted);
        const auto last = [&wanted] { return wanted.last()[0].value<ReportRequest>(); };
        page.show();
        page.showRuns(7, { 2, 3 }); // looked at, not checked
        QCOMPARE(last().runs, (QList<qint64> { 7 }));
        page.showComparison();
        QCOMPARE(last().runs, (QList<qint64> { 3, 2 }));
        const auto labels = page.findChildren<QLabel*>(); // as the report itself is called, the baseline last
        QVERIFY(std::any_of(
            labels.begin(), labels.end(), [](auto* label) { return label->text() == "two against three"; }));
        QCOMPARE(last().look.metric, QStringLiteral("val.loss"));
        QCOMPARE(last().look.xUnit, XUnit::Time);
        QVERIFY(last().look.logY == false && !last().look.grouped);
        QCOMPARE(last().look.colors.at(3), QColor(Qt::black));
        page.showRuns(2, { 2, 3 });
        QCOMPARE(last().runs, (QList<qint64> { 3, 2 }));
        look.runs = { 2, 3 }; // another baseline, chosen meanwhile
        page.hide();
        page.show();
        QCOMPARE(last().runs, (QList<qint64> { 2, 3 }));
    }

    void hasATitle()
    {
        RunCatalog catalog;
        storage::RunOverview overview { .run = { .id = 3, .name = "a", .status = storage::RunStatus::Finished } };
        overview.run.texts["title"] = "kept";
        catalog.setRuns({ overview });
        ReportPage page(catalog);
        QSignalSpy edited(&page, &ReportPage::editRequested);
        QSignalSpy wanted(&page, &ReportPage::previewWanted);
        page.showRuns(3, {});
        page.show();
        auto* title = page.findChild<QLineEdit*>("reportTitleEdit");
        QCOMPARE(title->text(), QStringLiteral("kept"));
        title->setFocus();
        title->selectAll();
        QTest::keyClicks(title, QStringLiteral("Mine"));
        QTest::keyClick(title, Qt::Key_Return);
        QCOMPARE(edited.count(), 1);
        QCOMPARE(edited[0][0].value<RunEdit>(), RunEdit::words(3, QStringLiteral("title"), QStringLiteral("Mine")));
        QCOMPARE(wanted.last()[0].value<ReportRequest>().title, QStringLiteral("Mine"));
        // Of several runs it is the page's own.
        title->clearFocus();
        page.showRuns(3, { 3, 4 });
        QCOMPARE(title->text(), QString());
        QTest::keyClicks(title, QStringLiteral("Both"));
        QTest::keyClick(title, Qt::Key_Return);
        QCOMPARE(edited.count(), 1);
        QCOMPARE(wanted.last()[0].value<ReportRequest>().title, QStringLiteral("Both"));
    }

    void foldsHoldFolds()
    {
        RunCatalog catalog;
        ReportPage page(catalog);
        page.resize(1000, 700);
        page.show();
        page.showRuns(1, {});
        ReportPreview preview;
        preview.markdown = QStringLiteral(
            "# a\n\n<details><summary>outer &lt;b&gt; _x_</summary>\n\nseen\n\n<details><summary>inner</summary>\n\n"
            "```\n</details>\n```\n\ndeep\n\n</details>\n\n</details>\n\nafter\n");
        page.setPreview(preview);
        auto* view = page.findChild<QTextBrowser*>("reportView");
        const auto click = [view](const char* text) {
            QTextCursor cursor = view->document()->find(QLatin1String(text));
            cursor.setPosition(cursor.selectionStart() + 1);
            QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, view->cursorRect(cursor).center());
        };
        QVERIFY2(view->toPlainText().contains(QStringLiteral("▸ outer <b> _x_")), qPrintable(view->toPlainText()));
        QVERIFY(view->toPlainText().contains(QStringLiteral("after"))
            && !view->toPlainText().contains(QStringLiteral("seen")));
        click("outer");
        QVERIFY(view->toPlainText().contains(QStringLiteral("seen"))
            && !view->toPlainText().contains(QStringLiteral("deep")));
        click("inner");
        QVERIFY(view->toPlainText().contains(QStringLiteral("</details>\ndeep")));
        QVERIFY(view->toPlainText().endsWith(QStringLiteral("after")));
    }

    void saysWhereItWasSaved()
    {
        RunCatalog catalog;
        ReportPage page(catalog);
        page.show();
        page.showRuns(1, {});
        ReportPreview preview;
        preview.markdown = QStringLiteral("# quick");
        preview.files = QStringList { QStringLiteral("quick/report.md") };
        page.setPreview(preview);
        auto* saved = page.findChild<QLabel*>("reportSavedLabel");
        auto* open = page.findChild<QPushButton*>("openFolderButton");
        QVERIFY(!saved->isVisibleTo(&page) && !open->isVisibleTo(&page));
        page.setSaved(QStringLiteral("/tmp/quick"), {});
        QVERIFY(saved->text().contains(QStringLiteral("/tmp/quick")));
        // Above the page, where one looks.
        QVERIFY(saved->mapTo(&page, QPoint()).y()
            < page.findChild<QTextBrowser*>("reportView")->mapTo(&page, QPoint()).y());
        QVERIFY(open->isVisibleTo(&page));
        page.setSaved({}, QStringLiteral("The disk is full."));
        QCOMPARE(saved->text(), QStringLiteral("The disk is full."));
        QVERIFY(!open->isVisibleTo(&page));
    }
};

QTEST_MAIN(TestReportPage)
#include "tst_report_page.moc"
