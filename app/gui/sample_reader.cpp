// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/sample_reader.h"

#include "trainer/data/preview.h"

namespace nabiz::app {

SampleReader::SampleReader(QObject* parent)
    : QObject(parent)
{
}

SampleReader::~SampleReader() { m_stop.request_stop(); }

void SampleReader::request(const trainer::Config& config)
{
    m_stop.request_stop();
    m_stop = std::stop_source();
    const auto generation = ++m_generation;
    m_worker.post([this, config, generation, stop = m_stop.get_token()] {
        if (stop.stop_requested())
            return;
        auto preview = trainer::previewSamples(config, stop);
        QMetaObject::invokeMethod(
            this,
            [this, generation, preview = std::move(preview)] {
                if (generation == m_generation)
                    Q_EMIT ready(preview);
            },
            Qt::QueuedConnection);
    });
}

} // namespace nabiz::app
