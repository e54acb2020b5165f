// SPDX-License-Identifier: GPL-3.0-or-later
// What the trainer's side tells, on its way to the window: listeners append to a buffer on their own threads, and the
// GUI thread takes all of it twenty times a second while something comes; else nothing wakes. The order is kept, so
// that a run's end comes after its last point.
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

    struct Buffer;
    // For a controller that is about to be made: its listener, and the buffer that this fills. Both may outlive this
    // object.
    struct Channel {
        RunListener listener;
        std::shared_ptr<Buffer> buffer;
    };
    static Channel makeChannel();
    // From now on what came into this buffer is taken; what another one holds is dropped.
    void follow(std::shared_ptr<Buffer> buffer);
    // Takes all that has come.
    void drain();
    bool isAwake() const { return m_timer.isActive(); }

Q_SIGNALS:
    void runChanged(qint64 run);
    void runEnded(qint64 run, nabiz::storage::RunStatus status, const nabiz::trainer::Message& failure);
    void diskTrouble(const nabiz::storage::Trouble& trouble);

private:
    ui::RunCatalog& m_catalog;
    const std::vector<storage::Metric> m_metrics;
    std::shared_ptr<Buffer> m_buffer; // the one followed
    QTimer m_timer;
};

} // namespace nabiz::app
