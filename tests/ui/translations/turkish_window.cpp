// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/translations/turkish_window.h"

#include "trainer/config/parameters/metric_table.h"
#include "ui/dialogs/close_dialog.h"
#include "ui/pages/configure/configure_page.h"
#include "ui/pages/configure/draft_samples.h"
#include "ui/pages/report/report_page.h"
#include "ui/window/page_stack.h"
#include "ui/window/run_selection.h"

#include <QAbstractButton>
#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QtTest>
#include <limits>

namespace nabiz::tests {

namespace {

storage::RunOverview makeRun(int id, storage::RunStatus status)
{
    storage::RunOverview made;
    made.run.id = id;
    made.run.name = "quick-" + std::to_string(id);
    made.run.status = status;
    made.run.preset = "quick";
    made.run.command = "nabiz train quick";
    made.run.plannedBatches = 750;
    made.run.started = 1'700'000'000'000;
    made.summary = { .batches = 40,
        .steps = 40,
        .seconds = 12,
        .firstLoss = 5,
        .bestLoss = 1.5,
        .lastLoss = 1.58,
        .meanLastLoss = 1.6,
        .bestBatch = 38,
        .bestValLoss = 1.9,
        .lastValLoss = 1.9,
        .bestValBatch = 39,
        .peakBytes = 3e8,
        .tokensPerSecond = 9000,
        .medianBatchSeconds = 0.05,
        .nonFinite = 1 };
    for (const char* fact : { "device", "gpu", "driver", "cpu", "host", "system", "kernel", "nabiz", "torch", "sqlite",
             "compiler", "stand_in", "data.hash", "data.commit" })
        made.run.facts[fact] = "x";
    for (const char* fact : { "threads", "memory.total", "model.parameters", "model.trained_parameters", "data.files",
             "data.bytes", "data.training_bytes", "data.validation_bytes", "data.entropy" })
        made.run.facts[fact] = "2";
    return made;
}

storage::RunDetail makeDetail(const storage::RunOverview& overview)
{
    storage::RunDetail detail { .overview = overview };
    const auto rate = overview.run.id == 1 ? "1e-3" : "3e-4";
    detail.parameters = { { "training.learning_rate", rate, rate }, { "hardware.threads", "0", "1" } };
    for (const trainer::MetricRow& row : trainer::metricTable()) {
        storage::Series series { .metric = { .id = 1, .name = std::string(row.name), .unit = std::string(row.unit) } };
        for (int batch = 0; batch < 40; ++batch) {
            series.batch.push_back(batch);
            series.time.push_back(batch * 0.3);
            series.value.push_back(5.0 / (batch + 1));
        }
        // Not a number once, and not above zero once: the chart says so.
        series.value[20] = std::numeric_limits<double>::quiet_NaN();
        series.value[21] = -1;
        detail.series.push_back(std::move(series));
    }
    detail.events = {
        { .kind = "evaluation",
            .batch = 39,
            .text = "",
            .message = "Validation loss %1 over %2 samples",
            .arguments = { "1.9", "9" } },
        { .kind = "warning", .batch = 20, .text = "", .message = "LibTorch warns: %1", .arguments = { "x" } },
        { .kind = "sample", .batch = 39, .text = "bir gün", .message = "", .arguments = {} },
    };
    return detail;
}

bool isOurs(const char* context)
{
    return *context != 'Q' || qstrcmp(context, "QObject") == 0;
}

} // namespace

QString AskedTexts::translate(const char* context, const char* source, const char*, int) const
{
    // A text that is nothing but its argument needs no translation.
    if (isOurs(context) && *source && qstrcmp(source, "%1") != 0)
        m_texts.insert({ QString::fromUtf8(context), QString::fromUtf8(source) });
    return {};
}

TurkishWindow::TurkishWindow()
{
    QObject::connect(&catalog, &ui::RunCatalog::detailWanted, &catalog, [this](qint64 run) {
        if (const auto* overview = catalog.overview(run))
            catalog.setDetail(makeDetail(*overview));
    });
    window.resize(1400, 900);
    window.show();
}

void TurkishWindow::click(const char* name)
{
    auto* button = window.findChild<QAbstractButton*>(QLatin1String(name));
    QVERIFY2(button, name);
    button->click();
}

void TurkishWindow::walk(const std::function<void()>& seen)
{
    const auto look = [this, &seen] {
        QCoreApplication::sendPostedEvents();
        window.grab();
        seen();
    };
    for (const auto page : { ui::Page::Watch, ui::Page::Compare, ui::Page::Report }) {
        window.showPage(page); // nothing to show yet
        look();
    }
    auto child = makeRun(2, storage::RunStatus::Running);
    child.run.parent = 1;
    catalog.setRuns({ child, makeRun(1, storage::RunStatus::Finished) });
    window.setActiveRun(2);
    window.setQueue({ 101, 102 }, false);
    window.selection().select({ 2, 1 });
    window.showPage(ui::Page::Watch);
    click("factsButton");
    click("eventsButton");
    look();
    for (const auto page : { ui::Page::Compare, ui::Page::Report, ui::Page::Configure }) {
        window.showPage(page);
        look();
    }
    trainer::SamplePreview preview { .samples = { { "bir gün", 8, 2 } },
        .trainingBytes = 900,
        .validationBytes = 100,
        .trainingSamples = 80,
        .entropy = 0.6,
        .failure = {} };
    window.pages().find<ui::ConfigurePage>()->samples().setPreview(preview);
    window.pages().find<ui::ReportPage>()->setPreview({ .markdown = "# x", .images = {}, .files = { "x/report.md" } });
    window.pages().find<ui::ReportPage>()->setSaved("/x", {});
    auto* seed = window.findChild<QLineEdit*>("param_training.seed_edit");
    QVERIFY(seed);
    seed->selectAll();
    QTest::keyClicks(seed, QStringLiteral("7"));
    QTest::keyClick(seed, Qt::Key_Return);
    look();
    for (const char* preset : { "t4", "base" }) {
        window.pages().find<ui::ConfigurePage>()->open(QLatin1String(preset));
        look();
    }
    window.findChild<QAction*>("shortcutsAction")->trigger();
    window.findChild<QAction*>("aboutAction")->trigger();
    window.close(); // asks, since a run is live
    look();
    for (QDialog* dialog : window.findChildren<QDialog*>())
        dialog->reject();
    catalog.putRun(makeRun(2, storage::RunStatus::Paused));
    look();
    catalog.putRun(makeRun(2, storage::RunStatus::Finished));
    window.setActiveRun(0);
    window.showPage(ui::Page::Watch);
    look();
}

QStringList TurkishWindow::shownTexts() const
{
    QStringList texts;
    for (const QWidget* widget : window.findChildren<QWidget*>()) {
        texts << widget->toolTip() << widget->accessibleName() << widget->windowTitle();
        if (const auto* label = qobject_cast<const QLabel*>(widget))
            texts << label->text();
        else if (const auto* button = qobject_cast<const QAbstractButton*>(widget))
            texts << button->text();
        else if (const auto* edit = qobject_cast<const QLineEdit*>(widget))
            texts << edit->placeholderText();
        else if (const auto* box = qobject_cast<const QComboBox*>(widget))
            for (int i = 0; i < box->count(); ++i)
                texts << box->itemText(i);
    }
    for (const QAction* action : window.findChildren<QAction*>())
        texts << action->text();
    for (QString& text : texts)
        text.remove(u'&');
    return texts;
}

} // namespace nabiz::tests
