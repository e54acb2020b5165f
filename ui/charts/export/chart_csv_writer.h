// SPDX-License-Identifier: GPL-3.0-or-later
// Writes a chart's samples to a file on a thread of its own, and tells how far it is; what is cancelled leaves nothing
// behind, and what stood under the name stays. Made and used on the GUI thread.
#pragma once

#include "ui/charts/export/chart_csv.h"

#include <QObject>
#include <thread>

namespace nabiz::ui {

class ChartCsvWriter : public QObject {
    Q_OBJECT
public:
    explicit ChartCsvWriter(QObject* parent = nullptr);
    ~ChartCsvWriter() override; // cancels

    bool isWriting() const { return m_isWriting; }
    // Of what stands between two values of x. Only while it isn't writing.
    void start(ChartRows rows, double x0, double x1, const QString& file);
    void cancel() { m_thread.request_stop(); }

Q_SIGNALS:
    void progressed(int percent);
    // `failure` is empty where all is written.
    void ended(bool cancelled, const QString& failure);

private:
    void end(bool cancelled, const QString& failure);

    bool m_isWriting = false;
    std::jthread m_thread; // last: it ends before the rest
};

} // namespace nabiz::ui
