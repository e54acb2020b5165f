// SPDX-License-Identifier: GPL-3.0-or-later
// The first samples of what stands in Configure, read on a thread of its own: a folder may be large. A newer request stops the
// one before it, whose result is dropped. GUI thread.
#pragma once

#include "app/gui/worker.h"
#include "trainer/config/config.h"
#include "trainer/config/sample_preview.h"

#include <QObject>
#include <stop_token>

namespace nabiz::app {

class SampleReader : public QObject {
    Q_OBJECT
public:
    explicit SampleReader(QObject* parent = nullptr);
    ~SampleReader() override;

    void request(const trainer::Config& config);

Q_SIGNALS:
    void ready(const nabiz::trainer::SamplePreview& preview);

private:
    std::uint64_t m_generation = 0;
    std::stop_source m_stop;
    Worker m_worker; // last: ends before what its jobs use
};

} // namespace nabiz::app
