// SPDX-License-Identifier: GPL-3.0-or-later
// The window's orders to the RunController, carried out in order on a thread of their own, since storing a run or a
// note waits for the disk. It owns the controller. Called from, and signals on, the GUI thread.
#pragma once

#include "app/gui/live_feed.h"
#include "app/gui/worker.h"
#include "app/run/run_controller.h"
#include "trainer/config/presets/preset_store.h"
#include "ui/requests/start_request.h"

#include <QObject>
#include <QString>
#include <functional>
#include <memory>

namespace nabiz::app {

class RunCommands : public QObject {
    Q_OBJECT
public:
    RunCommands(LiveFeed& feed, const trainer::PresetStore& presets, TrainerFactory factory, QObject* parent = nullptr);
    // Stops what runs and waits for it.
    ~RunCommands() override;

    // Orders given before `opened` wait for it. A database that cannot be opened leaves the one before it open; while a
    // run is live it is refused.
    void open(const QString& file);
    // Goes on in a copy at this place; told by `moved`.
    void moveTo(const QString& file);
    // Finds out whether the file is still there; a trouble of the feed tells when it is not.
    void look();
    // Writes all that waits, or sets it aside; told by `secured`.
    void secure();
    void start(const ui::StartRequest& request);
    void pause();
    void resume();
    void stop();
    void stopAll();
    void checkpoint();
    // The queue in the database: runs it, or holds it; a run to that place, or out of it and into the trash.
    void serveQueue(bool on);
    void moveInQueue(storage::RunId run, int position);
    void removeFromQueue(storage::RunId run);
    void sample();
    void rename(storage::RunId run, const QString& name);
    void setNote(storage::RunId run, const QString& note);
    // One of Run::texts.
    void setText(storage::RunId run, const QString& name, const QString& text);
    // Where a report of these runs was written.
    void logReport(const QList<qint64>& runs, const QString& language, const QString& folder);
    // A published page becomes a reference run, told by `enqueued`.
    void keepReference(const QString& name, const QString& page);
    void setTags(storage::RunId run, const QStringList& tags);
    void setStarred(const QList<qint64>& runs, bool starred);
    void putInTrash(const QList<qint64>& runs);
    void restore(const QList<qint64>& runs);
    void deleteForGood(const QList<qint64>& runs);
    // Asks what runs and waits: the answer is stateChanged.
    void askState();

Q_SIGNALS:
    void opened(const QString& file, const QList<qint64>& interrupted); // and the runs whose program had gone
    void moved(const QString& file);
    void secured(qint64 lost, const QString& reason); // batches that could be written nowhere, and why
    void failed(const QString& sentence);
    void enqueued(const QList<qint64>& runs);
    void recordsChanged(const QList<qint64>& runs);
    void referenceKept(qint64 run);
    void stateChanged(qint64 active, int waiting); // `waiting`: that start by themselves
    void queueChanged(const QList<qint64>& runs, bool served);

private:
    // Edits the records of these runs and tells when they are stored.
    void edit(const QList<qint64>& runs, std::function<void(storage::Recorder&, storage::RunId)> one);
    void order(std::function<void(RunController&)> job);
    // Worker's thread.
    void openNow(const QString& file);
    void startNow(RunController& controller, const ui::StartRequest& request);
    void tell(std::function<void()> job);
    void tellState(RunController* controller);
    void tellQueue(RunController& controller);

    LiveFeed& m_feed;
    const trainer::PresetStore& m_presets;
    const TrainerFactory m_factory;
    std::unique_ptr<RunController> m_controller; // the worker's
    Worker m_worker { Worker::AtEnd::Finish }; // last: ends before what its jobs use; a note given is a note kept
};

// One spec a seed; a single one keeps its name.
std::vector<StartSpec> startSpecs(const ui::StartRequest& request, const trainer::PresetStore& presets);

} // namespace nabiz::app
