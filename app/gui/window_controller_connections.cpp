// SPDX-License-Identifier: GPL-3.0-or-later
// What is joined to what, once.
#include "app/gui/window_controller.h"

#include "app/interchange/reported_run.h"
#include "ui/pages/compare/compare_page.h"
#include "ui/pages/configure/configure_page.h"
#include "ui/pages/configure/draft_samples.h"
#include "ui/pages/configure/weights_fetch.h"
#include "ui/pages/report/report_page.h"
#include "ui/pages/watch/watch_charts.h"
#include "ui/pages/watch/watch_page.h"
#include "ui/window/page_stack.h"
#include "ui/window/reference_adder.h"
#include "ui/window/run_importer.h"
#include "ui/window/run_selection.h"
#include "ui/window/window_notices.h"

#include <functional>

namespace nabiz::app {

void WindowController::connectWindow()
{
    using Window = ui::MainWindow;
    connect(&m_window, &Window::startRequested, this, [this](const ui::StartRequest& request) {
        if (!request.repeat && request.resume == 0)
            m_settings.set(Setting::LastPreset, request.preset);
        m_window.notices().show({}, false);
        m_commands.start(request);
    });
    connect(&m_commands, &RunCommands::refused, this, &WindowController::showFailure);
    connect(&m_window, &Window::orderGiven, &m_commands, &RunCommands::give);
    connect(&m_window, &Window::queueOrdered, &m_commands, &RunCommands::giveQueue);
    connect(&m_window, &Window::editRequested, &m_editor, &RunEditor::apply);
    connect(&m_window, &Window::openDatabaseRequested, this, &WindowController::openDatabase);
    connect(&m_window, &Window::stopAndCloseRequested, this, &WindowController::stopAndClose);
    auto* references = &m_window.references();
    connect(references, &ui::ReferenceAdder::pagePasted, &m_references, &ReferenceReader::read);
    connect(&m_references, &ReferenceReader::ready, references, &ui::ReferenceAdder::setPreview);
    connect(references, &ui::ReferenceAdder::shippedWanted, this,
        [references] { references->setPage(QString::fromStdString(std::string(reportedRunPage()))); });
    connect(references, &ui::ReferenceAdder::kept, &m_editor, &RunEditor::keepReference);
    auto* importer = &m_window.importer();
    connect(importer, &ui::RunImporter::pathsChosen, &m_imports, &ImportReader::read);
    connect(&m_imports, &ImportReader::ready, importer, &ui::RunImporter::setPreview);
    connect(importer, &ui::RunImporter::wanted, &m_editor, &RunEditor::importStores);
    connect(&m_editor, &RunEditor::imported, &m_window.notices(), &ui::WindowNotices::show);
    connect(&m_editor, &RunEditor::referenceKept, this, [this](qint64 run) { m_keptReference = run; });
}

void WindowController::connectPages()
{
    auto* configure = m_window.pages().find<ui::ConfigurePage>();
    configure->setDraftChecker(std::bind_front(&DraftReader::check, &m_drafts));
    connect(&configure->samples(), &ui::DraftSamples::wanted, &m_drafts, &DraftReader::preview);
    connect(&m_drafts, &DraftReader::previewReady, &configure->samples(), &ui::DraftSamples::setPreview);
    auto* weights = &configure->weights();
    connect(weights, &ui::WeightsFetch::wanted, &m_weights, [this](const QString& model) { m_weights.get(model); });
    connect(weights, &ui::WeightsFetch::stopWanted, &m_weights, &WeightsDesk::stop);
    connect(&m_weights, &WeightsDesk::progressed, weights, &ui::WeightsFetch::setProgress);
    connect(&m_weights, &WeightsDesk::ended, weights, &ui::WeightsFetch::setEnd);
    auto* watch = m_window.pages().find<ui::WatchPage>();
    watch->charts().setWriter(&m_chartWriter);
    connect(watch, &ui::WatchPage::sampleRequested, &m_samples, &SampleDesk::write);
    connect(&m_samples, &SampleDesk::told, &m_window.notices(), &ui::WindowNotices::show);
    connect(&m_samples, &SampleDesk::written, &m_library, &Library::loadDetail);
    auto* compare = m_window.pages().find<ui::ComparePage>();
    compare->setIgnoredKeys(m_settings.value(Setting::IgnoredKeys).toStringList());
    connect(compare, &ui::ComparePage::ignoredKeysChanged, this,
        [this](const QStringList& keys) { m_settings.set(Setting::IgnoredKeys, keys); });
    m_reports.serve(*m_window.pages().find<ui::ReportPage>(), m_settings);
    connect(&m_reports, &ReportDesk::wrote, &m_editor, &RunEditor::logReport);
    connect(&m_reports, &ReportDesk::previewFailed, this, &WindowController::showFailure);
}

void WindowController::connectRuns()
{
    connect(&m_feed, &LiveFeed::runChanged, this, [this](qint64 run) {
        m_library.loadRuns({ run });
        m_thread.askState();
    });
    connect(&m_feed, &LiveFeed::runEnded, this, &WindowController::onRunEnded);
    connect(&m_thread, &ControllerThread::opened, this, &WindowController::onOpened);
    connect(&m_thread, &ControllerThread::moved, this, &WindowController::onMoved);
    connect(&m_thread, &ControllerThread::failed, this, &WindowController::showFailure);
    connect(&m_thread, &ControllerThread::stateChanged, this, &WindowController::onStateChanged);
    connect(&m_thread, &ControllerThread::queueChanged, &m_window, &ui::MainWindow::setQueue);
    connect(&m_commands, &RunCommands::began, this, [this](qint64 run) { m_begun = run; });
    connect(&m_commands, &RunCommands::recordsChanged, &m_library, &Library::loadRuns);
    connect(&m_editor, &RunEditor::recordsChanged, &m_library, &Library::loadRuns);
    auto* importer = &m_window.importer();
    connect(&m_follow, &FollowDesk::followed, importer, &ui::RunImporter::setFollowed);
    connect(&m_follow, &FollowDesk::recordsChanged, &m_library, &Library::loadRuns);
    connect(&m_follow, &FollowDesk::failed, this, &WindowController::showFailure);
    connect(importer, &ui::RunImporter::followWanted, this, [this](const QStringList& folders) {
        m_settings.set(Setting::FollowedFolders, folders);
        m_follow.setFolders(folders);
    });
    m_follow.setFolders(m_settings.value(Setting::FollowedFolders).toStringList());
}

} // namespace nabiz::app
