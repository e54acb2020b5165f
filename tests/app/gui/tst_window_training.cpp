// SPDX-License-Identifier: GPL-3.0-or-later
// Click to train: the real window over the real trainer, on generated text and on the manual pages of this system, up
// to what the database holds at the end.
#include "storage/run_store.h"
#include "tests/app/gui/window_session.h"
#include "ui/theme/theme.h"
#include "ui/window/page_stack.h"

#include <QLabel>
#include <QTemporaryDir>
#include <algorithm>
#include <cmath>

using namespace nabiz;

namespace {

// Every value of a metric, as a second reader finds it in the file.
std::vector<double> stored(const QString& file, const std::string& metric)
{
    const storage::RunStore store(file.toStdString());
    const auto runs = store.runs();
    if (runs.empty())
        return {};
    for (const auto& one : store.metrics(runs.front().run.id)) {
        if (one.name == metric)
            return store.series(runs.front().run.id, one).value;
    }
    return {};
}

} // namespace

class TestWindowTraining : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { ui::Theme::apply(*qApp, ui::ThemeMode::Light); }

    void generatedText()
    {
        QTemporaryDir folder;
        const QString file = folder.filePath("runs.db");
        {
            tests::WindowSession session(folder.path());
            QVERIFY(session.set("model.d_model", "32"));
            QVERIFY(session.set("model.n_layers", "1"));
            QVERIFY(session.set("training.max_steps", "60"));
            QVERIFY(session.type("whyEdit", "does it click?"));
            QVERIFY(session.click("startButton"));
            QTRY_COMPARE_WITH_TIMEOUT(session.window.pages().page(), ui::Page::Watch, 20'000);
            QTRY_COMPARE_WITH_TIMEOUT(session.status(), std::optional(storage::RunStatus::Finished), 90'000);
            QTRY_COMPARE_WITH_TIMEOUT(session.points(), std::size_t(60), 20'000);
            QVERIFY(session.points("val.loss") >= 2);
            const auto* const verdict = session.window.findChild<QLabel*>("auditVerdict");
            QTRY_VERIFY_WITH_TIMEOUT(verdict->isVisible() && verdict->text() == "Nothing suspicious", 20'000);
            const auto* const fine = session.window.findChild<QLabel*>("auditFine");
            QTRY_VERIFY_WITH_TIMEOUT(fine->text().contains("no leak") && fine->text().contains("entropy"), 20'000);
        }
        const storage::RunStore store(file.toStdString());
        const auto run = store.runs().at(0);
        QCOMPARE(run.run.preset, std::string("quick"));
        QCOMPARE(run.run.why, std::string("does it click?"));
        const auto losses = stored(file, "loss");
        QCOMPARE(losses.size(), std::size_t(60));
        QVERIFY2(losses.front() > 4.5 && losses.front() < 7, "a fresh model starts about ln 256 = 5.545");
        QVERIFY2(losses.back() < losses.front() - 1, "it learns");
        const auto parameters = store.parameters(run.run.id);
        const auto width = std::find_if(
            parameters.begin(), parameters.end(), [](const auto& one) { return one.key == "model.d_model"; });
        QVERIFY(width != parameters.end());
        QCOMPARE(width->declared, std::string("32"));
        QVERIFY(!store.checkpoints(run.run.id).empty());
        const auto events = store.events(run.run.id);
        QVERIFY(std::any_of(events.begin(), events.end(), [](const auto& one) { return one.kind == "sample"; }));
    }

    // While a model trains: a checkpoint by the toolbar, then Stop.
    void commandsReachTheTrainer()
    {
        QTemporaryDir folder;
        const QString file = folder.filePath("runs.db");
        tests::WindowSession session(folder.path());
        QVERIFY(session.set("training.max_steps", "100000"));
        QVERIFY(session.click("startButton"));
        QTRY_VERIFY_WITH_TIMEOUT(session.points() >= 2, 90'000);
        QVERIFY(session.click("checkpointButton"));
        const auto checkpoints = [&] {
            const storage::RunStore store(file.toStdString());
            return store.checkpoints(store.runs().at(0).run.id).size();
        };
        QTRY_COMPARE_WITH_TIMEOUT(checkpoints(), std::size_t(1), 20'000);
        QVERIFY(session.click("stopButton"));
        QTRY_COMPARE_WITH_TIMEOUT(session.status(), std::optional(storage::RunStatus::Stopped), 20'000);
        QTRY_COMPARE_WITH_TIMEOUT(session.points(), stored(file, "loss").size(), 20'000);
    }

    void manualPages()
    {
        const QString pages = QStringLiteral("/usr/share/man/tr");
        if (!QDir(pages + "/man1").exists())
            QSKIP("The Turkish manual pages (package manpages-tr) are not here.");
        QTemporaryDir folder;
        const QString file = folder.filePath("runs.db");
        {
            tests::WindowSession session(folder.path());
            QVERIFY(session.set("data.train_path", pages));
            QVERIFY(session.set("training.max_steps", "300"));
            QVERIFY(session.click("startButton"));
            QTRY_COMPARE_WITH_TIMEOUT(session.window.pages().page(), ui::Page::Watch, 20'000);
            QTRY_COMPARE_WITH_TIMEOUT(session.status(), std::optional(storage::RunStatus::Finished), 400'000);
            QTRY_COMPARE_WITH_TIMEOUT(session.points(), std::size_t(300), 20'000);
        }
        const auto losses = stored(file, "loss");
        QCOMPARE(losses.size(), std::size_t(300));
        double sum = 0;
        for (std::size_t i = losses.size() - 20; i < losses.size(); ++i)
            sum += losses[i];
        qInfo("mean of the last 20 losses: %.4f nats a byte", sum / 20);
        // A model of bytes alone, without context, stays above 3 on this text.
        QVERIFY2(sum / 20 < 2.2, qPrintable(QString::number(sum / 20)));
        QVERIFY(std::isfinite(sum));
    }
};

QTEST_MAIN(TestWindowTraining)
#include "tst_window_training.moc"
