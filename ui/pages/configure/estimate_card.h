// SPDX-License-Identifier: GPL-3.0-or-later
// The memory verdict of Configure: what the draft will take of its device, of which parts, whether that fits, and where
// it does not, the settings that help, each with its button. Follows every edit. GUI thread.
#pragma once

#include "trainer/estimate/memory_estimate.h"
#include "ui/widgets/card.h"

#include <optional>
#include <vector>

class QLabel;
class QVBoxLayout;

namespace nabiz::ui {

class ConfigureDraft;
class MemoryBar;
class WhatIsThis;

class EstimateCard : public Card {
    Q_OBJECT
public:
    explicit EstimateCard(ConfigureDraft& draft, QWidget* parent = nullptr);

    void retranslateUi();

private:
    // One of the legend.
    struct Row {
        MemoryBar* swatch;
        QLabel* name;
        QLabel* bytes;
        WhatIsThis* what;
    };

    QLayout* makeLegend();
    void refresh();
    void show(const trainer::MemoryEstimate& estimate);
    void showVerdict(const trainer::MemoryEstimate& estimate);
    void showParts(const trainer::MemoryEstimate& estimate);
    void showSuggestions(const trainer::MemoryEstimate& estimate);
    QWidget* suggestionLine(const trainer::MemorySuggestion& suggestion, int number);

    ConfigureDraft& m_draft;
    std::optional<trainer::Config> m_shown;
    std::vector<trainer::MemorySuggestion> m_suggested;
    QLabel* m_verdict;
    QLabel* m_total;
    MemoryBar* m_bar;
    std::vector<Row> m_rows;
    QVBoxLayout* m_suggestions;
    QLabel* m_notes;
};

} // namespace nabiz::ui
