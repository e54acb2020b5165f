// SPDX-License-Identifier: GPL-3.0-or-later
// Fetches a language model for the window: on a thread of its own, one at a time, told some times a second. What is
// fetched by the end of the program stays, and is gone on from. GUI thread.
#pragma once

#include "app/gui/process/worker.h"
#include "trainer/base/message.h"
#include "ui/requests/weights_progress.h"

#include <QObject>
#include <stop_token>

namespace nabiz::app {

class WeightsDesk : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;
    ~WeightsDesk() override;

    void get(const QString& model);
    void stop();

Q_SIGNALS:
    void progressed(const nabiz::ui::WeightsProgress& progress);
    void ended(const nabiz::ui::WeightsEnd& end);

private:
    // On the worker's thread; the sentences are translated on this one.
    void fetch(const QString& model, const std::stop_token& stop);
    void tell(const ui::WeightsProgress& progress, const trainer::Message& said = {});
    void tellEnd(const ui::WeightsEnd& end, const trainer::Message& failure = {});

    std::stop_source m_stop;
    Worker m_worker; // last: ends first
};

} // namespace nabiz::app
