// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/example_desk.h"

#include "app/gui/storage_error_text.h"
#include "app/interchange/reference_run.h"
#include "app/interchange/reported_run.h"
#include "app/run/examples/example_runs.h"
#include "storage/run_store.h"
#include "ui/models/run_catalog.h"
#include "ui/window/page_stack.h"
#include "ui/window/run_selection.h"
#include "ui/window/window_notices.h"

namespace nabiz::app {

ExampleDesk::ExampleDesk(
    ui::MainWindow& window, const ui::RunCatalog& catalog, ControllerThread& thread, RunEditor& editor)
    : QObject(&window)
    , m_window(window)
    , m_catalog(catalog)
    , m_thread(thread)
    , m_editor(editor)
{
    connect(&window.pages(), &ui::PageStack::examplesRequested, this, &ExampleDesk::openExamples);
    connect(&window.pages(), &ui::PageStack::reportedRunRequested, this, &ExampleDesk::showReportedRun);
}

void ExampleDesk::openExamples()
{
    try {
        m_awaited = QString::fromStdString(examplesDatabase().string());
        Q_EMIT m_window.openDatabaseRequested(m_awaited);
    } catch (const storage::StorageError& error) {
        m_window.notices().show(text(error), true);
    }
}

void ExampleDesk::onOpened(const QString& database)
{
    if (std::exchange(m_awaited, {}) != database)
        return;
    m_thread.order([this, file = database.toStdString()](RunController& controller) {
        if (!storage::RunStore(file).runs().empty())
            return; // as they were left
        for (const StartSpec& run : exampleRuns())
            controller.addToQueue(run);
        keepReference(controller.recorder(), reportedRun(), reportedRun().title, reportedRunPage());
        controller.serveQueue(true);
        m_thread.tellState(&controller);
    });
    m_window.showPage(ui::Page::Watch);
}

void ExampleDesk::showReportedRun()
{
    const std::string& title = reportedRun().title;
    for (const auto& overview : m_catalog.runs()) {
        if (overview.run.status == storage::RunStatus::Reference && overview.run.name == title)
            return m_window.selection().add(overview.run.id);
    }
    const std::string_view page = reportedRunPage();
    m_editor.keepReference(
        QString::fromStdString(title), QString::fromUtf8(page.data(), static_cast<qsizetype>(page.size())));
}

} // namespace nabiz::app
