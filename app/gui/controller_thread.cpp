// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/controller_thread.h"

#include "app/gui/storage_error_text.h"
#include "app/run/current_failure.h"
#include "storage/run_store.h"
#include "trainer/base/kept_files.h"
#include "ui/text/message_text.h"

#include <QFileInfo>
#include <future>

namespace nabiz::app {

namespace {

bool mayBeRead(storage::StorageErrorKind kind)
{
    using enum storage::StorageErrorKind;
    return kind == Newer || kind == ReadOnly || kind == NetworkMount;
}

} // namespace

ControllerThread::ControllerThread(LiveFeed& feed, TrainerFactory factory, QObject* parent)
    : QObject(parent)
    , m_feed(feed)
    , m_factory(std::move(factory))
{
}

ControllerThread::~ControllerThread()
{
    m_worker.post([this] {
        if (m_announcer)
            m_announcer->hurry(); // nobody waits long for a window to close
    });
}

void ControllerThread::tell(std::function<void()> job)
{
    QMetaObject::invokeMethod(this, std::move(job), Qt::QueuedConnection);
}

void ControllerThread::tellState(RunController* controller)
{
    if (!controller)
        return tell([this] { Q_EMIT stateChanged(0, 0); });
    QList<qint64> queue;
    bool served = false;
    try {
        const storage::QueueState state = controller->recorder().queue().state();
        for (const auto run : state.waiting)
            queue.append(run);
        served = !state.isPaused && (controller->servesQueue() || state.served);
    } catch (const std::exception& error) {
        tell([this, sentence = QString::fromUtf8(error.what())] { Q_EMIT failed(sentence); });
    }
    const qint64 active = controller->active().value_or(0);
    const int waiting = controller->waiting() + (served ? static_cast<int>(queue.size()) : 0);
    tell([this, active, waiting, queue, served] {
        Q_EMIT queueChanged(queue, served);
        Q_EMIT stateChanged(active, waiting);
    });
}

void ControllerThread::order(std::function<void(RunController&)> job)
{
    m_worker.post([this, job = std::move(job)] {
        if (!m_controller) {
            const QString none = tr("No database is open. Open one with File > Open Database.");
            tell([this, reason = m_onlyRead.isEmpty() ? none : m_onlyRead] { Q_EMIT failed(reason); });
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

void ControllerThread::open(const QString& file)
{
    m_worker.post([this, file] { openNow(file); });
}

void ControllerThread::openNow(const QString& file)
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
        auto announcer = makeAnnouncer();
        auto controller = std::make_unique<RunController>(
            absolute.toStdString(), announcer->announcing(channel.listener, absolute.toStdString()), m_factory);
        QList<qint64> interrupted;
        for (const auto run : controller->recorder().interrupted())
            interrupted.append(run);
        m_controller = std::move(controller);
        m_announcer = std::move(announcer);
        m_onlyRead.clear();
        tell([this, absolute, interrupted, buffer = channel.buffer] {
            m_feed.follow(buffer);
            Q_EMIT opened(absolute, interrupted);
        });
        tellState(m_controller.get());
    } catch (const storage::StorageError& error) {
        if (mayBeRead(error.kind()))
            return openReadOnly(QFileInfo(file).absoluteFilePath(), error);
        tell([this, error] { Q_EMIT failed(text(error)); });
    } catch (...) {
        tell([this, failure = currentFailure()] { Q_EMIT failed(ui::text(failure)); });
    }
}

void ControllerThread::openReadOnly(const QString& file, const storage::StorageError& reason)
{
    try {
        const storage::RunStore readable(file.toStdString());
    } catch (const storage::StorageError&) { // nor can it be read: the first reason is the one
        return tell([this, reason] { Q_EMIT failed(text(reason)); });
    }
    m_controller.reset();
    m_announcer.reset();
    m_onlyRead = text(reason) + QLatin1Char(' ') + tr("It is open to be read only.");
    tell([this, file, why = m_onlyRead] {
        Q_EMIT opened(file, {});
        Q_EMIT failed(why);
    });
    tellState(nullptr);
}

// What is wrong with notify.yaml is told, and keeps no database from being opened.
std::unique_ptr<Announcer> ControllerThread::makeAnnouncer()
{
    NotifySettings settings;
    try {
        settings = readNotifySettings();
    } catch (const trainer::TrainError& error) {
        tell([this, failure = error.message()] { Q_EMIT failed(ui::text(failure)); });
    }
    return std::make_unique<Announcer>(settings, [this](const std::string& why) {
        tell([this, sentence = QString::fromStdString(why)] { Q_EMIT failed(sentence); });
    });
}

void ControllerThread::moveTo(const QString& file)
{
    order([this, absolute = QFileInfo(file).absoluteFilePath()](RunController& controller) {
        trainer::keepDatabase(absolute.toStdString());
        controller.recorder().moveTo(absolute.toStdString());
        tell([this, absolute] { Q_EMIT moved(absolute); });
    });
}

void ControllerThread::look()
{
    m_worker.post([this] {
        if (m_controller) // what is only read, the library looks at
            m_controller->recorder().look();
    });
}

void ControllerThread::secure()
{
    m_worker.post([this] {
        std::optional<storage::Trouble> trouble;
        if (m_controller)
            trouble = m_controller->recorder().secure();
        const bool isLost = trouble && trouble->kind == storage::TroubleKind::Lost;
        tell(
            [this, lost = isLost ? trouble->batches : 0,
                reason = isLost ? QString::fromStdString(trouble->text) : QString()] { Q_EMIT secured(lost, reason); });
    });
}

void ControllerThread::outlive()
{
    std::promise<void> over;
    m_worker.post([this, &over] {
        try {
            m_outliving = m_controller.get();
            if (m_controller) {
                if (m_stopsOutliving)
                    m_controller->stopAll();
                m_controller->waitUntilIdle();
                m_controller->recorder().secure();
            }
        } catch (...) {
            printFailure(currentFailure());
        }
        m_outliving = nullptr;
        over.set_value();
    });
    over.get_future().wait();
}

void ControllerThread::stopOutliving()
{
    m_stopsOutliving = true;
    if (RunController* const controller = m_outliving)
        controller->stopAll();
}

void ControllerThread::askState()
{
    m_worker.post([this] { tellState(m_controller.get()); });
}

} // namespace nabiz::app
