// SPDX-License-Identifier: GPL-3.0-or-later
// What trains and what waits, as the window orders it: carried out on the controller's thread.
// GUI thread.
#pragma once

#include "app/gui/controller_thread.h"
#include "trainer/config/presets/preset_store.h"
#include "ui/requests/run_order.h"
#include "ui/requests/start_request.h"

#include <QObject>
#include <vector>

namespace nabiz::app {

class RunCommands : public QObject {
    Q_OBJECT
public:
    RunCommands(ControllerThread& thread, const trainer::PresetStore& presets, QObject* parent = nullptr);

    void start(const ui::StartRequest& request);
    // To the run that trains.
    void give(ui::RunOrder order);
    // To the queue in the database.
    void giveQueue(const ui::QueueOrder& order);
    // What runs, and what was to follow it; the queue in the database stays.
    void stopAll();

Q_SIGNALS:
    void refused(const QString& sentence); // to go on
    void began(qint64 run); // what was started; before recordsChanged, and it may be over by then
    void recordsChanged(const QList<qint64>& runs); // or new

private:
    // The controller's thread.
    void goOn(RunController& controller, const ui::StartRequest& request);
    void startNow(RunController& controller, const ui::StartRequest& request);
    void tellStarted(const QList<qint64>& runs, bool begins);

    ControllerThread& m_thread;
    const trainer::PresetStore& m_presets;
};

// One spec a seed; a single one keeps its name.
std::vector<StartSpec> startSpecs(const ui::StartRequest& request, const trainer::PresetStore& presets);

} // namespace nabiz::app
