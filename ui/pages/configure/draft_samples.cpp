// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/configure/draft_samples.h"

#include "ui/pages/configure/configure_draft.h"
#include "ui/pages/watch/samples_card.h"

#include <algorithm>

namespace nabiz::ui {

namespace {

constexpr int kIdleMs = 500;

// Whether the first samples are others than before.
bool sampleAlike(const trainer::Config& a, const trainer::Config& b)
{
    const auto changes = trainer::differences(a, b);
    return std::none_of(changes.begin(), changes.end(), [](const trainer::Difference& change) {
        return change.key.starts_with("data.") || change.key == "model.max_seq_len" || change.key == "training.seed";
    });
}

} // namespace

DraftSamples::DraftSamples(const ConfigureDraft& draft, SamplesCard& card, QObject* parent)
    : QObject(parent)
    , m_draft(draft)
    , m_card(card)
{
    m_idle.setSingleShot(true);
    m_idle.setInterval(kIdleMs);
    connect(&m_idle, &QTimer::timeout, this, &DraftSamples::ask);
}

void DraftSamples::look()
{
    if (!m_asked || !sampleAlike(*m_asked, m_draft.config()))
        m_idle.start();
}

void DraftSamples::ask()
{
    if (!m_card.isVisible())
        return; // who shows it asks again
    m_asked = m_draft.config();
    Q_EMIT wanted(*m_asked);
}

void DraftSamples::setPreview(const trainer::SamplePreview& preview)
{
    m_card.setPreview(preview);
}

} // namespace nabiz::ui
