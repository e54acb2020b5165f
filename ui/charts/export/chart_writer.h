// SPDX-License-Identifier: GPL-3.0-or-later
// Who writes a chart's samples to a file, beside the window. What is cancelled leaves nothing behind, and what stood
// under the name stays. GUI thread.
#pragma once

#include "ui/charts/export/chart_csv.h"

#include <QObject>

namespace nabiz::ui {

class ChartWriter : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    virtual bool isWriting() const = 0;
    // Of what stands between two values of x. Only while it isn't writing.
    virtual void start(ChartRows rows, double x0, double x1, const QString& file) = 0;
    virtual void cancel() = 0;

Q_SIGNALS:
    void progressed(int percent);
    // `failure` is empty where all is written.
    void ended(bool cancelled, const QString& failure);
};

} // namespace nabiz::ui
