// SPDX-License-Identifier: GPL-3.0-or-later
// What every page of the window is: it is told which runs are looked at, asks for what must be done, leads to other
// pages, and what stands on it is kept from one start of the program to the next. GUI thread.
#pragma once

#include "storage/records/records.h"
#include "ui/requests/run_edit.h"
#include "ui/requests/run_order.h"
#include "ui/requests/start_request.h"

#include <QJsonObject>
#include <QWidget>
#include <vector>

namespace nabiz::ui {

class PageWidget : public QWidget {
    Q_OBJECT
public:
    using QWidget::QWidget;

    // The run that is looked at, and those that are checked; 0 and an empty list where nothing is selected.
    virtual void showRuns(storage::RunId, const std::vector<storage::RunId>&) { }
    // The run that trains now, or 0.
    virtual void setActiveRun(storage::RunId) { }
    // What is chosen, typed and folded here, for the program's settings.
    virtual QJsonObject state() const { return {}; }
    virtual void restore(const QJsonObject&) { }
    // Gives what is being typed: the window closes.
    virtual void commit() { }

Q_SIGNALS:
    // state() is another.
    void stateChanged();
    // Goes on with a run that has ended; `asks` first with which settings.
    void resumeRequested(qint64 run, bool asks);
    void startRequested(const nabiz::ui::StartRequest& request);
    void editRequested(const nabiz::ui::RunEdit& edit);
    void orderGiven(nabiz::ui::RunOrder order);
    // To other pages, with these runs.
    void configureRequested();
    void editAsNewRequested(qint64 run);
    // The same run with other settings: to look at first, or at once.
    void changeRequested(qint64 run, const nabiz::ui::Changes& changes, bool starts);
    void watchRequested(qint64 run);
    void compareRequested(const QList<qint64>& runs);
    void reportRequested(const QList<qint64>& runs);
    // A few runs to look around in; the reported run in the database, beside what is looked at.
    void examplesRequested();
    void reportedRunRequested();
};

} // namespace nabiz::ui
