// SPDX-License-Identifier: GPL-3.0-or-later
// Lets a run that has ended write a text, by `nabiz sample` in a process of its own: its model and its memory are no
// part of a run that may train here meanwhile. GUI thread.
#pragma once

#include "app/gui/process/worker.h"
#include "ui/requests/sample_request.h"

#include <QObject>
#include <QString>
#include <stop_token>

namespace nabiz::app {

class SampleDesk : public QObject {
    Q_OBJECT
public:
    explicit SampleDesk(QObject* parent = nullptr);
    // What is being written is given up.
    ~SampleDesk() override;

    void setDatabase(const QString& file) { m_database = file; }
    void write(const ui::SampleRequest& request);

Q_SIGNALS:
    void told(const QString& sentence, bool isError);
    void written(qint64 run); // and kept with it

private:
    QString m_database;
    std::stop_source m_stop;
    Worker m_worker; // last: ends before what its jobs use
};

} // namespace nabiz::app
