// SPDX-License-Identifier: GPL-3.0-or-later
// What every page of the window is: it is told which runs are looked at, and what stands on it is kept from one start
// of the program to the next. GUI thread.
#pragma once

#include "storage/records/records.h"

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
    // What is chosen, typed and folded here, for the program's settings.
    virtual QJsonObject state() const { return {}; }
    virtual void restore(const QJsonObject&) { }

Q_SIGNALS:
    // state() is another.
    void stateChanged();
};

} // namespace nabiz::ui
