// SPDX-License-Identifier: GPL-3.0-or-later
// The first samples that the draft would train on, as the model gets them, with their padding shaded.
// GUI thread.
#pragma once

#include "trainer/data/sample_preview.h"
#include "ui/widgets/card.h"

#include <optional>

class QLabel;

namespace nabiz::ui {

class SampleLines;

class SamplesCard : public Card {
    Q_OBJECT
public:
    explicit SamplesCard(QWidget* parent = nullptr);

    void setPreview(const trainer::SamplePreview& preview);
    void setPending();
    void retranslateUi();

private:
    QString summary() const;

    std::optional<trainer::SamplePreview> m_preview;
    SampleLines* m_lines;
    QLabel* m_summary;
};

} // namespace nabiz::ui
