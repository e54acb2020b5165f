// SPDX-License-Identifier: GPL-3.0-or-later
// Runs of other programs through the window: what is found is shown first, and stored once when a person says so.
#include "app/gui/readers/import_reader.h"
#include "storage/run_store.h"
#include "tests/app/gui/window_session.h"
#include "ui/dialogs/follow_dialog.h"

#include <QDialog>
#include <QDragEnterEvent>
#include <QLabel>
#include <QMimeData>
#include <QTemporaryDir>
#include <QTreeWidget>

using namespace nabiz;
using tests::WindowSession;

class TestWindowImport : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English)); }
    void showsWhatIsFoundAndStoresItOnce();
    void droppedFilesOpenTheDialog();
    void saysWhatCannotBeRead();
    void followsFoldersAndKeepsThem();

private:
    static QString write(const QString& path, const QByteArray& text)
    {
        QDir().mkpath(QFileInfo(path).path());
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
            qFatal("%s cannot be written", qPrintable(path));
        return path;
    }
    // As a file manager drops them.
    static QDialog* drop(WindowSession& session, const QStringList& paths)
    {
        QMimeData data;
        QList<QUrl> urls;
        for (const auto& path : paths)
            urls << QUrl::fromLocalFile(path);
        data.setUrls(urls);
        QDragEnterEvent enter(QPoint(10, 10), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(&session.window, &enter);
        QDropEvent event(QPointF(10, 10), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(&session.window, &event);
        return session.window.findChild<QDialog*>("importDialog");
    }
};

void TestWindowImport::showsWhatIsFoundAndStoresItOnce()
{
    const QTemporaryDir folder;
    const auto log = write(folder.filePath("home/a/log.csv"), "step,loss,acc\n0,2.5,\n10,1.5,0.5\n");
    write(folder.filePath("home/b/other.csv"), "step,loss\n0,2.5\n");
    WindowSession session(folder.path());
    QTRY_VERIFY(!session.controller.database().isEmpty());
    session.window.findChild<QAction*>("importAction")->trigger();
    auto* dialog = session.window.findChild<QDialog*>("importDialog");
    QVERIFY(dialog);
    auto* button = dialog->findChild<QAbstractButton*>("importButton");
    auto* summary = dialog->findChild<QLabel*>("importSummaryLabel");
    QVERIFY(!button->isEnabled());
    QCOMPARE(drop(session, { folder.filePath("home") }), dialog); // into the one that is open
    auto* found = dialog->findChild<QTreeWidget*>("importFoundTree");
    QTRY_COMPARE(found->topLevelItemCount(), 2);
    QCOMPARE(found->topLevelItem(0)->text(0), QStringLiteral("log"));
    QCOMPARE(found->topLevelItem(0)->text(1), QStringLiteral("csv"));
    QCOMPARE(found->topLevelItem(0)->text(2), QStringLiteral("2"));
    QCOMPARE(found->topLevelItem(0)->text(3), QStringLiteral("3"));
    QVERIFY2(summary->text().contains(u'2'), qPrintable(summary->text()));
    QVERIFY(storage::RunStore(folder.filePath("runs.db").toStdString()).runs().empty());
    QTest::mouseClick(button, Qt::LeftButton);
    QTRY_COMPARE(session.catalog.runs().size(), 2U);
    QTRY_VERIFY(!session.window.findChild<QDialog*>("importDialog"));

    // Again, grown: the same runs, one point more.
    write(log, "step,loss,acc\n0,2.5,\n10,1.5,0.5\n20,0.5,\n");
    dialog = drop(session, { log });
    QVERIFY(dialog);
    button = dialog->findChild<QAbstractButton*>("importButton");
    QTRY_VERIFY(button->isEnabled());
    QTest::mouseClick(button, Qt::LeftButton);
    const storage::RunStore store(folder.filePath("runs.db").toStdString());
    QTRY_COMPARE(store.run(1)->summary.batches, 3);
    QTRY_COMPARE(session.catalog.overview(1)->summary.batches, 3);
    QCOMPARE(session.catalog.runs().size(), 2U);
}

void TestWindowImport::droppedFilesOpenTheDialog()
{
    const QTemporaryDir folder;
    const auto log = write(folder.filePath("log.csv"), "step,loss\n0,2.5\n");
    WindowSession session(folder.path());
    QTRY_VERIFY(!session.controller.database().isEmpty());
    auto* dialog = drop(session, { log });
    QVERIFY(dialog);
    QTRY_VERIFY(dialog->findChild<QAbstractButton*>("importButton")->isEnabled());
    QTest::mouseClick(dialog->findChild<QAbstractButton*>("importCancelButton"), Qt::LeftButton);
    QTRY_VERIFY(!session.window.findChild<QDialog*>("importDialog"));
    QVERIFY(session.catalog.runs().empty());
}

void TestWindowImport::saysWhatCannotBeRead()
{
    const QTemporaryDir folder;
    write(folder.filePath("words.txt"), "nothing\n");
    write(folder.filePath("broken/trainer_state.json"), "{\"log_history\": [");
    auto preview = app::importPreview({ folder.filePath("words.txt") });
    QVERIFY(preview.runs.empty() && preview.skipped.empty() && preview.failure.empty());
    preview = app::importPreview({ folder.filePath("broken") });
    QCOMPARE(preview.skipped.size(), 1U);
    QVERIFY(preview.skipped[0].name.contains(QStringLiteral("log_history")));

    WindowSession session(folder.path());
    QTRY_VERIFY(!session.controller.database().isEmpty());
    auto* dialog = drop(session, { folder.filePath("broken") });
    QVERIFY(dialog);
    auto* found = dialog->findChild<QTreeWidget*>("importFoundTree");
    QTRY_COMPARE(found->topLevelItemCount(), 1);
    QVERIFY(!dialog->findChild<QAbstractButton*>("importButton")->isEnabled());
}

void TestWindowImport::followsFoldersAndKeepsThem()
{
    const QTemporaryDir folder;
    const auto home = folder.filePath("home");
    const auto log = write(home + "/log.csv", "step,loss\n0,2.5\n");
    {
        WindowSession session(folder.path());
        QTRY_VERIFY(!session.controller.database().isEmpty());
        session.window.findChild<QAction*>("followAction")->trigger();
        auto* dialog = session.window.findChild<ui::FollowDialog*>("followDialog");
        QVERIFY(dialog);
        dialog->add({ home });
        auto* tree = dialog->findChild<QTreeWidget*>("followTree");
        QTRY_COMPARE(tree->topLevelItemCount(), 1);
        QTRY_COMPARE(session.catalog.runs().size(), 1U);
        QTRY_COMPARE(tree->topLevelItem(0)->text(1), QStringLiteral("1"));
        write(log, "step,loss\n0,2.5\n10,1.5\n");
        QTRY_COMPARE(session.catalog.overview(1)->summary.batches, 2);
        write(home + "/b/other.csv", "step,loss\n0,2.5\n");
        QTRY_COMPARE(session.catalog.runs().size(), 2U);
        QTRY_COMPARE(tree->topLevelItem(0)->text(1), QStringLiteral("2"));
    }
    // The next start follows it again, until it is removed.
    WindowSession session(folder.path());
    QTRY_COMPARE(session.catalog.runs().size(), 2U);
    write(log, "step,loss\n0,2.5\n10,1.5\n20,0.5\n");
    QTRY_COMPARE(session.catalog.overview(1)->summary.batches, 3);
    session.window.findChild<QAction*>("followAction")->trigger();
    auto* dialog = session.window.findChild<ui::FollowDialog*>("followDialog");
    auto* tree = dialog->findChild<QTreeWidget*>("followTree");
    QCOMPARE(tree->topLevelItemCount(), 1);
    tree->topLevelItem(0)->setSelected(true);
    QTest::mouseClick(dialog->findChild<QAbstractButton*>("followRemoveButton"), Qt::LeftButton);
    QTRY_COMPARE(tree->topLevelItemCount(), 0);
    QVERIFY(session.settings.value(app::Setting::FollowedFolders).toStringList().isEmpty());
}

QTEST_MAIN(TestWindowImport)
#include "tst_window_import.moc"
