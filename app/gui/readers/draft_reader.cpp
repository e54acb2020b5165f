// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/readers/draft_reader.h"

#include "trainer/data/preview.h"

namespace nabiz::app {

void DraftReader::check(const trainer::Config& config, const trainer::Machine& machine,
    std::function<void(const trainer::DraftCheck&)> answer)
{
    m_checks.request<trainer::DraftCheck>(
        [config, machine](std::stop_token stop) { return trainer::checkDraft(config, machine, std::move(stop)); },
        std::move(answer));
}

void DraftReader::preview(const trainer::Config& config)
{
    m_previews.request<trainer::SamplePreview>(
        [config](std::stop_token stop) { return trainer::previewSamples(config, std::move(stop)); },
        [this](const trainer::SamplePreview& preview) { Q_EMIT previewReady(preview); });
}

} // namespace nabiz::app
