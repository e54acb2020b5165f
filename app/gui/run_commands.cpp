// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/run_commands.h"

#include "app/gui/storage_error_text.h"
#include "app/interchange/reference_run.h"
#include "app/run/current_failure.h"
#include "app/run/environment.h"
#include "trainer/base/kept_files.h"
#include "ui/text/message_text.h"

#include <QDateTime>
#include <QDir>
#include <QFileInfo>

namespace nabiz::app {

RunCommands::RunCommands(LiveFeed& feed, const trainer::PresetStore& presets, TrainerFactory factory, QObject* parent)
    : QObject(parent)
    , m_feed(feed)
    , m_presets(presets)
    , m_factory(std::move(factory))
{
}

RunCommands::~RunCommands() = default;

void RunCommands::tell(std::function<void()> job)
{
    QMetaObject::invokeMethod(this, std::move(job), Qt::QueuedConnection);
}

void RunCommands::tellState(RunController* controller)
{
    if (controller)
        return tellQueue(*controller);
    tell([this] { Q_EMIT stateChanged(0, 0); });
}

void RunCommands::tellQueue(RunController& controller)
{
    QList<qint64> queue;
    try {
        for (const auto run : controller.recorder().queue())
            queue.append(run);
    } catch (const std::exception& error) {
        tell([this, sentence = QString::fromUtf8(error.what())] { Q_EMIT failed(sentence); });
    }
    const bool served = controller.servesQueue();
    const qint64 active = controller.active().value_or(0);
    const int waiting = controller.waiting() + (served ? static_cast<int>(queue.size()) : 0);
    tell([this, active, waiting, queue, served] {
        Q_EMIT queueChanged(queue, served);
        Q_EMIT stateChanged(active, waiting);
    });
}

void RunCommands::order(std::function<void(RunController&)> job)
{
    m_worker.post([this, job = std::move(job)] {
        if (!m_controller) {
            tell([this] { Q_EMIT failed(tr("No database is open. Open one with File > Open Database.")); });
            return;
        }
        try {
            job(*m_controller);
        } catch (const storage::StorageError& error) {
            tell([this, error] { Q_EMIT failed(text(error)); });
        } catch (...) {
            tell([this, failure = currentFailure()] { Q_EMIT failed(ui::text(failure)); });
        }
    });
}

void RunCommands::open(const QString& file)
{
    m_worker.post([this, file] { openNow(file); });
}

void RunCommands::openNow(const QString& file)
{
    if (m_controller && m_controller->isBusy()) {
        tell([this] {
            Q_EMIT failed(tr("Another database cannot be opened while a run is live. Stop it first, or wait."));
        });
        return;
    }
    try {
        const auto absolute = QFileInfo(file).absoluteFilePath();
        const auto channel = LiveFeed::makeChannel();
        auto controller = std::make_unique<RunController>(absolute.toStdString(), channel.listener, m_factory);
        QList<qint64> interrupted;
        for (const auto run : controller->recorder().interrupted())
            interrupted.append(run);
        m_controller = std::move(controller);
        tell([this, absolute, interrupted, buffer = channel.buffer] {
            m_feed.follow(buffer);
            Q_EMIT opened(absolute, interrupted);
        });
        tellState(m_controller.get());
    } catch (const storage::StorageError& error) {
        tell([this, error] { Q_EMIT failed(text(error)); });
    } catch (...) {
        tell([this, failure = currentFailure()] { Q_EMIT failed(ui::text(failure)); });
    }
}

void RunCommands::moveTo(const QString& file)
{
    order([this, absolute = QFileInfo(file).absoluteFilePath()](RunController& controller) {
        trainer::keepDatabase(absolute.toStdString());
        controller.recorder().moveTo(absolute.toStdString());
        tell([this, absolute] { Q_EMIT moved(absolute); });
    });
}

void RunCommands::look()
{
    order([](RunController& controller) { controller.recorder().look(); });
}

void RunCommands::secure()
{
    order([this](RunController& controller) {
        const auto trouble = controller.recorder().secure();
        const bool isLost = trouble && trouble->kind == storage::TroubleKind::Lost;
        tell(
            [this, lost = isLost ? trouble->batches : 0,
                reason = isLost ? QString::fromStdString(trouble->text) : QString()] { Q_EMIT secured(lost, reason); });
    });
}

void RunCommands::start(const ui::StartRequest& request)
{
    order([this, request](RunController& controller) { startNow(controller, request); });
}

void RunCommands::startNow(RunController& controller, const ui::StartRequest& request)
{
    QList<qint64> runs;
    const bool begins = !controller.isBusy();
    const bool waits = request.queue && !request.repeat; // seeds that a comparison lacks are wanted now
    std::size_t position = 0; // further seeds follow the first one, before what waits
    for (const auto& spec : startSpecs(request, m_presets)) {
        if (waits)
            runs.append(controller.addToQueue(spec));
        else if (begins && !runs.empty())
            runs.append(controller.addToQueue(spec, position++));
        else
            runs.append(controller.start(spec));
    }
    tell([this, runs] { Q_EMIT enqueued(runs); });
    tellState(&controller);
}

void RunCommands::pause()
{
    order([](RunController& controller) { controller.pause(); });
}

void RunCommands::resume()
{
    order([](RunController& controller) { controller.resume(); });
}

void RunCommands::stop()
{
    order([](RunController& controller) { controller.stop(); });
}

void RunCommands::stopAll()
{
    order([this](RunController& controller) {
        controller.stopAll();
        tellState(&controller);
    });
}

void RunCommands::checkpoint()
{
    order([](RunController& controller) { controller.checkpoint(); });
}

void RunCommands::serveQueue(bool on)
{
    order([this, on](RunController& controller) {
        controller.serveQueue(on);
        tellState(&controller);
    });
}

void RunCommands::moveInQueue(storage::RunId run, int position)
{
    order([this, run, position](RunController& controller) {
        controller.recorder().moveInQueue(run, static_cast<std::size_t>(std::max(position, 0)));
        tellState(&controller);
    });
}

void RunCommands::removeFromQueue(storage::RunId run)
{
    order([this, run](RunController& controller) {
        controller.recorder().removeFromQueue(run);
        tell([this, run] { Q_EMIT recordsChanged({ run }); });
        tellState(&controller);
    });
}

void RunCommands::sample()
{
    order([](RunController& controller) { controller.sample(); });
}

void RunCommands::edit(const QList<qint64>& runs, std::function<void(storage::Recorder&, storage::RunId)> one)
{
    order([this, runs, one = std::move(one)](RunController& controller) {
        for (const auto run : runs)
            one(controller.recorder(), run);
        controller.recorder().flush();
        tell([this, runs] { Q_EMIT recordsChanged(runs); });
    });
}

void RunCommands::rename(storage::RunId run, const QString& name)
{
    edit({ run }, [name = name.trimmed().toStdString()](storage::Recorder& recorder, storage::RunId id) {
        recorder.rename(id, name);
    });
}

void RunCommands::setNote(storage::RunId run, const QString& note)
{
    edit({ run },
        [note = note.toStdString()](storage::Recorder& recorder, storage::RunId id) { recorder.setNote(id, note); });
}

void RunCommands::setText(storage::RunId run, const QString& name, const QString& text)
{
    edit({ run },
        [name = name.toStdString(), text = text.toStdString()](
            storage::Recorder& recorder, storage::RunId id) { recorder.setText(id, name, text); });
}

void RunCommands::logReport(const QList<qint64>& runs, const QString& language, const QString& folder)
{
    const storage::WrittenReport report { .folder = folder.toStdString(),
        .language = language.toStdString(),
        .written = QDateTime::currentMSecsSinceEpoch(),
        .version = nabizVersion() };
    edit(runs, [report](storage::Recorder& recorder, storage::RunId id) {
        auto one = report;
        one.run = id;
        recorder.addReport(one);
    });
}

void RunCommands::keepReference(const QString& name, const QString& page)
{
    order([this, name = name.toStdString(), page = page.toStdString()](RunController& controller) {
        const auto run = app::keepReference(controller.recorder(), readPage(page), name, page);
        tell([this, run] {
            Q_EMIT referenceKept(run);
            Q_EMIT enqueued({ run });
        });
    });
}

void RunCommands::setTags(storage::RunId run, const QStringList& tags)
{
    std::vector<std::string> texts;
    for (const auto& tag : tags)
        texts.push_back(tag.toStdString());
    edit({ run }, [texts](storage::Recorder& recorder, storage::RunId id) { recorder.setTags(id, texts); });
}

void RunCommands::setStarred(const QList<qint64>& runs, bool starred)
{
    edit(runs, [starred](storage::Recorder& recorder, storage::RunId id) { recorder.setStarred(id, starred); });
}

void RunCommands::putInTrash(const QList<qint64>& runs)
{
    edit(runs, [this](storage::Recorder& recorder, storage::RunId id) {
        if (!recorder.putInTrash(id)) // another program went on with it meanwhile
            tell(
                [this, id] { Q_EMIT failed(tr("Run %1 is live and stays out of the trash: stop it first.").arg(id)); });
    });
}

void RunCommands::restore(const QList<qint64>& runs)
{
    edit(runs, [](storage::Recorder& recorder, storage::RunId id) { recorder.restore(id); });
}

void RunCommands::deleteForGood(const QList<qint64>& runs)
{
    edit(runs, [](storage::Recorder& recorder, storage::RunId id) { recorder.deleteRun(id); });
}

void RunCommands::askState()
{
    m_worker.post([this] { tellState(m_controller.get()); });
}

} // namespace nabiz::app
