// SPDX-License-Identifier: GPL-3.0-or-later
// Stores what a person changes about runs, what was written of them, and reference runs: on the controller's thread,
// whose recorder alone writes. GUI thread.
#pragma once

#include "app/gui/controller_thread.h"
#include "ui/requests/run_edit.h"

#include <QObject>
#include <QString>
#include <functional>

namespace nabiz::app {

class RunEditor : public QObject {
    Q_OBJECT
public:
    explicit RunEditor(ControllerThread& thread, QObject* parent = nullptr);

    void apply(const ui::RunEdit& edit);
    // Where a report of these runs was written.
    void logReport(const QList<qint64>& runs, const QString& language, const QString& folder);
    // Runs of other programs, told by both signals.
    void importStores(const QStringList& paths);
    // A published page becomes a reference run.
    void keepReference(const QString& name, const QString& page);

Q_SIGNALS:
    void recordsChanged(const QList<qint64>& runs); // and stored
    void referenceKept(qint64 run);
    void imported(const QString& sentence, bool isError);

private:
    void each(const QList<qint64>& runs, std::function<void(storage::Recorder&, storage::RunId)> one);

    ControllerThread& m_thread;
};

} // namespace nabiz::app
