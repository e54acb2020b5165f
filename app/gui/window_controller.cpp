// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/window_controller.h"

#include "app/gui/mistakes.h"
#include "app/gui/storage_error_text.h"
#include "app/interchange/reported_run.h"
#include "trainer/base/kept_files.h"
#include "ui/text/message_text.h"

#include <QFile>
#include <functional>
#include <utility>

namespace nabiz::app {

WindowController::WindowController(ui::MainWindow& window, ui::RunCatalog& catalog, const trainer::PresetStore& presets,
    Settings& settings, TrainerFactory factory)
    : m_window(window)
    , m_catalog(catalog)
    , m_settings(settings)
    , m_feed(catalog)
    , m_reports(presets)
    , m_endNotice(new EndNotice(window))
    , m_commands(m_feed, presets, std::move(factory))
{
    connectWindow();
    connectRuns();
    connectReports();
    connectTrouble();
    setMistakeListener([this](const trainer::Message& failure) {
        QMetaObject::invokeMethod(this, [this, failure] { showFailure(ui::text(failure)); }, Qt::QueuedConnection);
    });
}

WindowController::~WindowController()
{
    setMistakeListener({});
}

void WindowController::connectWindow()
{
    using Window = ui::MainWindow;
    connect(&m_window, &Window::startRequested, this, [this](const ui::StartRequest& request) {
        if (!request.repeat)
            m_settings.set(Setting::LastPreset, request.preset);
        m_window.setNotice({}, false);
        m_commands.start(request);
    });
    connect(&m_window, &Window::pauseRequested, &m_commands, &RunCommands::pause);
    connect(&m_window, &Window::resumeRequested, &m_commands, &RunCommands::resume);
    connect(&m_window, &Window::stopRequested, &m_commands, &RunCommands::stop);
    connect(&m_window, &Window::serveQueueRequested, &m_commands, &RunCommands::serveQueue);
    connect(&m_window, &Window::moveInQueueRequested, &m_commands, &RunCommands::moveInQueue);
    connect(&m_window, &Window::removeFromQueueRequested, &m_commands, &RunCommands::removeFromQueue);
    connect(&m_window, &Window::checkpointRequested, &m_commands, &RunCommands::checkpoint);
    connect(&m_window, &Window::sampleRequested, &m_commands, &RunCommands::sample);
    connect(&m_window, &Window::renameRequested, &m_commands, &RunCommands::rename);
    connect(&m_window, &Window::noteRequested, &m_commands, &RunCommands::setNote);
    connect(&m_window, &Window::tagsRequested, &m_commands, &RunCommands::setTags);
    connect(&m_window, &Window::starRequested, &m_commands, &RunCommands::setStarred);
    connect(&m_window, &Window::trashRequested, &m_commands, &RunCommands::putInTrash);
    connect(&m_window, &Window::restoreRequested, &m_commands, &RunCommands::restore);
    connect(&m_window, &Window::deleteForGoodRequested, &m_commands, &RunCommands::deleteForGood);
    connect(&m_window, &Window::openDatabaseRequested, this, &WindowController::openDatabase);
    m_window.setIgnoredKeys(m_settings.value(Setting::IgnoredKeys).toStringList());
    connect(&m_window, &Window::ignoredKeysChanged, this,
        [this](const QStringList& keys) { m_settings.set(Setting::IgnoredKeys, keys); });
    connect(&m_window, &Window::stopAndCloseRequested, this, &WindowController::stopAndClose);
    m_window.setDraftChecker(std::bind_front(&DraftReader::check, &m_drafts));
    connect(&m_window, &Window::samplesWanted, &m_drafts, &DraftReader::preview);
    connect(&m_drafts, &DraftReader::previewReady, &m_window, &Window::setSamples);
}

void WindowController::connectRuns()
{
    connect(&m_catalog, &ui::RunCatalog::detailWanted, &m_library, &Library::loadDetail);
    connect(&m_catalog, &ui::RunCatalog::seriesWanted, &m_library, &Library::loadSeries);
    connect(&m_library, &Library::seriesLoaded, &m_catalog, &ui::RunCatalog::setSeries);
    connect(&m_library, &Library::runsLoaded, &m_catalog, &ui::RunCatalog::setRuns);
    connect(&m_library, &Library::runsLoaded, this, &WindowController::showActive);
    connect(&m_library, &Library::runsLoaded, this,
        [this] { m_window.offerInterrupted(std::exchange(m_interrupted, {})); });
    connect(&m_library, &Library::runLoaded, this, &WindowController::onRunLoaded);
    connect(&m_library, &Library::runGone, &m_catalog, &ui::RunCatalog::removeRun);
    connect(&m_library, &Library::parametersLoaded, &m_catalog, &ui::RunCatalog::putParameters);
    connect(&m_library, &Library::trashLoaded, &m_catalog, &ui::RunCatalog::setTrash);
    connect(&m_library, &Library::checkpointsLoaded, &m_catalog, &ui::RunCatalog::setCheckpoints);
    connect(&m_library, &Library::detailLoaded, &m_catalog, &ui::RunCatalog::setDetail);
    connect(&m_library, &Library::failed, this, &WindowController::showFailure);

    connect(&m_feed, &LiveFeed::runChanged, this, [this](qint64 run) {
        m_library.loadRun(run);
        m_commands.askState();
    });
    connect(&m_feed, &LiveFeed::runEnded, this, &WindowController::onRunEnded);
    connect(&m_commands, &RunCommands::opened, this, &WindowController::onOpened);
    connect(&m_commands, &RunCommands::failed, this, &WindowController::showFailure);
    connect(&m_commands, &RunCommands::stateChanged, this, &WindowController::onStateChanged);
    connect(&m_commands, &RunCommands::queueChanged, &m_window, &ui::MainWindow::setQueue);
    connect(&m_commands, &RunCommands::recordsChanged, &m_library, &Library::loadRuns);
    connect(&m_commands, &RunCommands::enqueued, this, [this](const QList<qint64>& runs) {
        for (const auto run : runs)
            m_library.loadRun(run);
    });
}

void WindowController::connectReports()
{
    using Window = ui::MainWindow;
    m_window.setReportDefaults(m_settings.text(Setting::ReportLanguage), m_settings.text(Setting::ReportFolder));
    connect(&m_window, &Window::reportPreviewWanted, this, [this](const ui::ReportRequest& request) {
        m_settings.set(Setting::ReportLanguage, request.language);
        if (!request.runs.isEmpty())
            m_reports.preview(request);
    });
    connect(
        &m_window, &Window::reportSaveRequested, this, [this](const ui::ReportRequest& request, const QString& folder) {
            m_settings.set(Setting::ReportFolder, folder);
            m_reports.save(request, folder);
        });
    connect(&m_window, &Window::runTextEdited, &m_commands, &RunCommands::setText);
    connect(&m_reports, &ReportDesk::wrote, &m_commands, &RunCommands::logReport);
    connect(&m_reports, &ReportDesk::previewReady, &m_window, &Window::setReportPreview);
    connect(&m_reports, &ReportDesk::previewFailed, this, &WindowController::showFailure);
    connect(&m_reports, &ReportDesk::saved, &m_window, &Window::setReportSaved);

    connect(&m_window, &Window::referencePasted, &m_references, &ReferenceReader::read);
    connect(&m_window, &Window::referenceKept, &m_commands, &RunCommands::keepReference);
    connect(&m_window, &Window::shippedReferenceWanted, this,
        [this] { m_window.setReferencePage(QString::fromStdString(std::string(reportedRunPage()))); });
    connect(&m_commands, &RunCommands::referenceKept, this, [this](qint64 run) { m_keptReference = run; });
    connect(&m_references, &ReferenceReader::ready, &m_window, &Window::setReferencePreview);
}

void WindowController::connectTrouble()
{
    connect(&m_feed, &LiveFeed::diskTrouble, this, &WindowController::onTrouble);
    connect(&m_library, &Library::placeChanged, &m_commands, &RunCommands::look);
    connect(&m_window, &ui::MainWindow::moveDatabaseRequested, &m_commands, &RunCommands::moveTo);
    connect(&m_commands, &RunCommands::moved, this, &WindowController::onMoved);
    connect(&m_commands, &RunCommands::secured, this, &WindowController::onSecured);
}

void WindowController::onTrouble(const storage::Trouble& trouble)
{
    using Kind = storage::TroubleKind;
    const auto reason = trouble.error ? text(*trouble.error) : QString::fromStdString(trouble.text);
    const auto batches = static_cast<int>(trouble.batches);
    m_diskTrouble
        = trouble.kind == Kind::Writing || trouble.kind == Kind::Gone || (m_diskTrouble && trouble.kind != Kind::Over);
    m_mayLose = false;
    switch (trouble.kind) {
    case Kind::Writing:
        m_window.setNotice(tr("Points cannot be written, and wait in memory: %1").arg(reason), true);
        break;
    case Kind::Gone:
        m_window.offerElsewhere(tr(
            "%1 was moved, deleted or replaced. Its runs and points are kept in memory; put it back, or go on in another file.")
                                    .arg(m_database));
        break;
    case Kind::Over:
        m_window.setNotice(batches > 0
                ? tr("Writing works again: the %n batch(es) that waited are in the database.", nullptr, batches)
                : tr("Writing works again."),
            false);
        break;
    case Kind::Edit:
        m_window.setNotice(tr("A change could not be kept: %1").arg(reason), true);
        break;
    case Kind::Folder:
        m_window.setNotice(tr("The folder %1 could not be deleted: delete it by hand.")
                               .arg(QString::fromStdString(trouble.place.string())),
            true);
        break;
    case Kind::SetAside:
    case Kind::Moved:
    case Kind::Lost:
        break; // told at the very end, when the window has asked already
    }
}

void WindowController::onMoved(const QString& file)
{
    m_database = file;
    m_library.open(file);
    m_reports.setDatabase(file);
    m_settings.rememberDatabase(file);
    m_window.setRecentDatabases(m_settings.value(Setting::RecentDatabases).toStringList());
    m_window.setDatabase(file);
    m_window.setNotice(tr("All of it is in %1 now.").arg(file), false);
}

void WindowController::secureAndClose()
{
    m_commands.secure();
}

void WindowController::onSecured(qint64 lost, const QString& reason)
{
    const auto close = [this] {
        m_mayLose = true;
        m_window.close();
    };
    if (lost == 0)
        return close();
    m_window.offer(tr("%n batch(es) can be kept nowhere, and closing loses them. Make room first. (%1)", nullptr,
                       static_cast<int>(lost))
                       .arg(reason),
        tr("Close and Lose Them"), close);
}

void WindowController::openDatabase(const QString& file)
{
    trainer::keepDatabase(QFile::encodeName(file).toStdString());
    m_commands.open(file);
}

void WindowController::onOpened(const QString& file, const QList<qint64>& interrupted)
{
    m_database = file;
    m_library.open(file);
    m_reports.setDatabase(file);
    m_settings.rememberDatabase(file);
    m_window.setRecentDatabases(m_settings.value(Setting::RecentDatabases).toStringList());
    m_window.setDatabase(file);
    m_window.setNotice({}, false);
    m_interrupted = interrupted;
    Q_EMIT databaseOpened(file);
}

void WindowController::onRunLoaded(const storage::RunOverview& run)
{
    const auto* known = m_catalog.overview(run.run.id);
    const bool grew = known && run.summary.batches > known->summary.batches;
    m_catalog.putRun(run);
    if (run.run.id == m_keptReference) // it is what one wants to see now
        m_window.showRun(std::exchange(m_keptReference, 0));
    // Points of a run of another program come with its detail; those of our own come through the feed.
    if (grew && run.run.id != m_active && m_catalog.detail(run.run.id))
        m_library.loadDetail(run.run.id);
    showActive();
    for (auto ending = m_endings.begin(); ending != m_endings.end(); ++ending) {
        if (ending->run != run.run.id || ending->status != run.run.status)
            continue;
        m_endNotice->show(run, ending->failure);
        m_endings.erase(ending);
        break;
    }
}

// The window selects the run that has become active, so its record must be there first.
void WindowController::showActive()
{
    if (m_active == 0 || m_catalog.overview(m_active))
        m_window.setActiveRun(m_active);
}

void WindowController::onStateChanged(qint64 active, int waiting)
{
    const bool wasIdle = isIdle();
    m_active = active;
    m_waiting = waiting;
    showActive();
    if (!isIdle())
        return;
    if (m_closeWhenIdle) {
        // What the run told last is drained first, so that nothing is asked again.
        m_feed.drain();
        m_closeWhenIdle = false;
        m_window.close();
    }
    if (!wasIdle)
        Q_EMIT becameIdle();
}

void WindowController::onRunEnded(qint64 run, storage::RunStatus status, const trainer::Message& failure)
{
    const auto sentence = failure.empty() ? QString() : ui::text(failure);
    m_library.loadRun(run);
    m_commands.askState();
    m_endings.push_back({ run, status, sentence });
    if (sentence.isEmpty() || m_closeWhenIdle)
        return;
    const auto* overview = m_catalog.overview(run);
    const auto name = overview ? QString::fromStdString(overview->run.name) : QString::number(run);
    showFailure(tr("%1: %2").arg(name, sentence));
}

void WindowController::stopAndClose()
{
    m_closeWhenIdle = true;
    m_commands.stopAll();
    m_commands.askState();
}

void WindowController::showFailure(const QString& sentence)
{
    m_window.setNotice(sentence, true);
}

} // namespace nabiz::app
