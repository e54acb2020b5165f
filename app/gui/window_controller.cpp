// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/window_controller.h"

#include "app/gui/process/mistakes.h"
#include "trainer/base/kept_files.h"
#include "ui/text/message_text.h"
#include "ui/window/main_menu.h"
#include "ui/window/page_stack.h"
#include "ui/window/run_selection.h"
#include "ui/window/window_notices.h"

#include <QFile>
#include <utility>

namespace nabiz::app {

namespace {

bool waits(const storage::RunOverview* run)
{
    return run && run->run.status == storage::RunStatus::Queued;
}

} // namespace

WindowController::WindowController(ui::MainWindow& window, ui::RunCatalog& catalog, const trainer::PresetStore& presets,
    Settings& settings, TrainerFactory factory)
    : m_window(window)
    , m_catalog(catalog)
    , m_settings(settings)
    , m_feed(catalog)
    , m_reports(presets)
    , m_endNotice(new EndNotice(window))
    , m_commands(m_thread, presets)
    , m_editor(m_thread)
    , m_thread(m_feed, std::move(factory))
    , m_troubles(new TroubleDesk(window, m_feed, m_thread, this))
    , m_examples(new ExampleDesk(window, catalog, m_thread, m_editor))
    , m_guard(new GuardDesk(window))
    , m_diagnosis(new DiagnosisDesk(window, settings))
{
    connectWindow();
    connectPages();
    connectLibrary();
    connectRuns();
    setMistakeListener([this](const trainer::Message& failure) {
        QMetaObject::invokeMethod(this, [this, failure] { showFailure(ui::text(failure)); }, Qt::QueuedConnection);
    });
}

WindowController::~WindowController()
{
    setMistakeListener({});
}

void WindowController::connectLibrary()
{
    connect(&m_catalog, &ui::RunCatalog::detailWanted, &m_library, &Library::loadDetail);
    connect(&m_catalog, &ui::RunCatalog::seriesWanted, &m_library, &Library::loadSeries);
    connect(&m_library, &Library::seriesLoaded, &m_catalog, &ui::RunCatalog::setSeries);
    auto* const reasons = new ui::RunReasons(m_catalog);
    connect(&m_library, &Library::reasonsLoaded, reasons, &ui::RunReasons::put);
    connect(&m_library, &Library::runsLoaded, &m_catalog, &ui::RunCatalog::setRuns);
    connect(&m_library, &Library::runsLoaded, this, &WindowController::showActive);
    connect(&m_library, &Library::runsLoaded, this,
        [this] { m_window.notices().offerInterrupted(std::exchange(m_interrupted, {})); });
    connect(&m_library, &Library::runLoaded, this, &WindowController::onRunLoaded);
    connect(&m_library, &Library::runGone, this, [this](qint64 run) {
        const bool waited = waits(m_catalog.overview(run));
        m_catalog.removeRun(run);
        if (waited)
            m_thread.askState();
    });
    connect(&m_library, &Library::parametersLoaded, &m_catalog, &ui::RunCatalog::putParameters);
    connect(&m_library, &Library::trashLoaded, &m_catalog, &ui::RunCatalog::setTrash);
    connect(&m_library, &Library::checkpointsLoaded, &m_catalog, &ui::RunCatalog::setCheckpoints);
    connect(&m_library, &Library::detailLoaded, &m_catalog, &ui::RunCatalog::setDetail);
    connect(&m_library, &Library::failed, this, &WindowController::showFailure);
    connect(&m_library, &Library::placeChanged, &m_thread, &ControllerThread::look);
}

void WindowController::take(const QString& file)
{
    m_database = file;
    m_library.open(file);
    m_reports.setDatabase(file);
    m_troubles->setDatabase(file);
    m_follow.open(file);
    m_guard->setDatabase(file);
    m_samples.setDatabase(file);
    m_settings.rememberDatabase(file);
    m_window.menu().setRecent(m_settings.value(Setting::RecentDatabases).toStringList());
    m_window.setDatabase(file);
}

void WindowController::onMoved(const QString& file)
{
    take(file);
    m_window.notices().show(tr("All of it is in %1 now.").arg(file), false);
}

void WindowController::openDatabase(const QString& file)
{
    trainer::keepDatabase(QFile::encodeName(file).toStdString());
    m_thread.open(file);
}

void WindowController::onOpened(const QString& file, const QList<qint64>& interrupted)
{
    take(file);
    m_window.notices().show({}, false);
    m_interrupted = interrupted;
    m_examples->onOpened(file);
    m_diagnosis->onOpened(file, !interrupted.isEmpty());
    Q_EMIT databaseOpened(file);
}

void WindowController::onRunLoaded(const storage::RunOverview& run)
{
    const auto* known = m_catalog.overview(run.run.id);
    const bool isQueueOther = waits(known) != waits(&run); // whichever program has taken it, or put it there
    const bool grew = known && run.summary.batches > known->summary.batches;
    m_catalog.putRun(run);
    if (run.run.id == m_keptReference) // it is what one wants to see now
        m_window.selection().add(std::exchange(m_keptReference, 0));
    if (run.run.id == m_begun) // a short one is over by now, and comes forward as well
        m_window.setActiveRun(std::exchange(m_begun, 0));
    // Points of a run of another program come with its detail; those of our own come through the feed.
    if (grew && run.run.id != m_active && m_catalog.detail(run.run.id))
        m_library.loadDetail(run.run.id);
    showActive();
    if (isQueueOther)
        m_thread.askState();
    for (auto ending = m_endings.begin(); ending != m_endings.end(); ++ending) {
        if (ending->run != run.run.id || ending->status != run.run.status)
            continue;
        m_endNotice->show(run, ending->failure);
        m_endings.erase(ending);
        tellQueueDone();
        break;
    }
}

// Behind what is told of its last run.
void WindowController::tellQueueDone()
{
    if (m_endings.empty() && std::exchange(m_isQueueDone, false))
        m_endNotice->showQueueDone();
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
    if (!wasIdle) {
        m_feed.drain(); // how the last one ended
        m_isQueueDone = true;
        tellQueueDone();
        Q_EMIT becameIdle();
    }
}

void WindowController::onRunEnded(qint64 run, storage::RunStatus status, const trainer::Message& failure)
{
    const auto sentence = failure.empty() ? QString() : ui::text(failure);
    m_library.loadRuns({ run });
    m_thread.askState();
    m_endNotice->count(status);
    m_endings.push_back({ run, status, sentence });
    if (sentence.isEmpty() || m_closeWhenIdle)
        return;
    const auto* overview = m_catalog.overview(run);
    const auto name = overview ? QString::fromStdString(overview->run.name) : QString::number(run);
    m_window.notices().show(tr("%1: %2").arg(name, sentence), status != storage::RunStatus::Finished);
}

void WindowController::stopAndClose()
{
    m_closeWhenIdle = true;
    m_commands.stopAll();
    m_thread.askState();
}

void WindowController::showFailure(const QString& sentence)
{
    m_window.notices().show(sentence, true);
}

} // namespace nabiz::app
