// SPDX-License-Identifier: GPL-3.0-or-later
// Writes a chart's samples on a thread of its own, and tells how far it is: ten million rows do not hold the window up.
// Made and used on the GUI thread; ends what it writes when it goes.
#pragma once

#include "ui/charts/export/chart_writer.h"

#include <thread>

namespace nabiz::app {

class ChartFileWriter : public ui::ChartWriter {
    Q_OBJECT
public:
    using ui::ChartWriter::ChartWriter;
    ~ChartFileWriter() override;

    bool isWriting() const override { return m_isWriting; }
    void start(ui::ChartRows rows, double x0, double x1, const QString& file) override;
    void cancel() override { m_thread.request_stop(); }

private:
    void end(bool cancelled, const QString& failure);

    bool m_isWriting = false;
    std::jthread m_thread; // last: it ends before the rest
};

} // namespace nabiz::app
