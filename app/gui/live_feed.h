// SPDX-License-Identifier: GPL-3.0-or-later
// What the trainer's side tells, on its way to the window: listeners append to a buffer on their own threads, a timer on the
// GUI thread takes all of it twenty times a second. The order is kept, so that a run's end comes after its last point.
#pragma once

#include "app/run/run_controller.h"
#include "ui/models/run_catalog.h"

#include <QObject>
#include <QTimer>
#include <memory>
#include <vector>

namespace nabiz::app {

class LiveFeed : public QObject {
    Q_OBJECT
public:
    explicit LiveFeed(ui::RunCatalog& catalog, QObject* parent = nullptr);
    ~LiveFeed() override;

    // A listener for a controller that is about to be made. It holds its buffer itself, and may outlive this object.
    RunListener listener();
    // From now on what the listener made last has heard is taken; what an earlier one has heard is dropped.
    void follow();
    // Takes all that has come.
    void drain();

Q_SIGNALS:
    void runChanged(qint64 run);
    void runEnded(qint64 run, nabiz::storage::RunStatus status, const nabiz::trainer::Message& failure);
    void diskTrouble(const QString& failure); // empty = over

private:
    struct Buffer;

    ui::RunCatalog& m_catalog;
    const std::vector<storage::Metric> m_metrics;
    std::shared_ptr<Buffer> m_next;   // of the listener made last
    std::shared_ptr<Buffer> m_buffer; // that is followed
    QTimer m_timer;
};

} // namespace nabiz::app
