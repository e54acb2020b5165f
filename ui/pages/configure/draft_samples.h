// SPDX-License-Identifier: GPL-3.0-or-later
// Asks for the first samples that a draft would train on, once its edits pause and only where they change what those
// are, and shows them in their card. GUI thread.
#pragma once

#include "trainer/config/parameters/config.h"
#include "trainer/data/sample_preview.h"

#include <QObject>
#include <QTimer>
#include <optional>

namespace nabiz::ui {

class ConfigureDraft;
class SamplesCard;

class DraftSamples : public QObject {
    Q_OBJECT
public:
    // Both outlive it. Nothing is asked for while the card is not seen.
    DraftSamples(const ConfigureDraft& draft, SamplesCard& card, QObject* parent = nullptr);

    // The draft has changed, or the card is seen again.
    void look();
    void setPreview(const trainer::SamplePreview& preview);

Q_SIGNALS:
    void wanted(const nabiz::trainer::Config& config);

private:
    void ask();

    const ConfigureDraft& m_draft;
    SamplesCard& m_card;
    QTimer m_idle;
    std::optional<trainer::Config> m_asked;
};

} // namespace nabiz::ui
