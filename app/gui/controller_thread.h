// SPDX-License-Identifier: GPL-3.0-or-later
// The RunController on a thread of its own, since storing a run or a note waits for the disk. It owns the controller
// and the database it is opened on; what it is told is carried out in order. Called from, and signals on, the GUI
// thread.
#pragma once

#include "app/gui/live_feed.h"
#include "app/gui/process/worker.h"
#include "app/notify/announcer.h"
#include "app/run/run_controller.h"

#include <QObject>
#include <QString>
#include <atomic>
#include <functional>
#include <memory>

namespace nabiz::app {

class ControllerThread : public QObject {
    Q_OBJECT
public:
    ControllerThread(LiveFeed& feed, TrainerFactory factory, QObject* parent = nullptr);
    // Stops what runs and waits for it.
    ~ControllerThread() override;

    // Orders given before `opened` wait for it. One that may only be read is opened all the same, and every order is
    // refused with the reason. A database that cannot be opened leaves the one before it open; while a run is live it
    // is refused.
    void open(const QString& file);
    // Goes on in a copy at this place; told by `moved`.
    void moveTo(const QString& file);
    // Finds out whether the file is still there; a trouble of the feed tells when it is not.
    void look();
    // Writes all that waits, or sets it aside; told by `secured`.
    void secure();
    // The display has gone, and the window with it: what runs goes on to its end. Waits for that.
    void outlive();
    // Any thread: what outlive() waits for is stopped and saved, also when it has not begun to.
    void stopOutliving();
    // What it throws is told by `failed`.
    void order(std::function<void(RunController&)> job);
    // Asks what runs and waits: the answer is stateChanged.
    void askState();

    // The controller's thread, within an order: on the GUI thread this is done.
    void tell(std::function<void()> job);
    void tellState(RunController* controller);

Q_SIGNALS:
    void opened(const QString& file, const QList<qint64>& interrupted); // and the runs whose program had gone
    void moved(const QString& file);
    void secured(qint64 lost, const QString& reason); // batches that could be written nowhere, and why
    void failed(const QString& sentence);
    void stateChanged(qint64 active, int waiting); // `waiting`: that start by themselves
    void queueChanged(const QList<qint64>& runs, bool served);

private:
    void openNow(const QString& file);
    void openReadOnly(const QString& file, const storage::StorageError& reason);
    std::unique_ptr<Announcer> makeAnnouncer();

    LiveFeed& m_feed;
    const TrainerFactory m_factory;
    std::unique_ptr<Announcer> m_announcer; // the worker's, as is the next, whose listener tells it
    std::unique_ptr<RunController> m_controller; // null: none is open, or only to be read
    QString m_onlyRead; // the worker's: why
    std::atomic<RunController*> m_outliving = nullptr;
    std::atomic<bool> m_stopsOutliving = false;
    Worker m_worker { Worker::AtEnd::Finish }; // last: ends before what its jobs use; a note given is a note kept
};

} // namespace nabiz::app
