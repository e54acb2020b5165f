// SPDX-License-Identifier: GPL-3.0-or-later
// The strip on top of Compare: which was better, whether that is more than luck, the button that would settle it, and
// what stands in the way of comparing. GUI thread.
#pragma once

#include "ui/models/comparison.h"
#include "ui/widgets/card.h"

class QPushButton;

namespace nabiz::ui {

// Whether more seeds can be run for what is compared.
struct SeedsOffer {
    bool useful = false; // a side has one seed, or the seeds differ as much as the runs do
    int waiting = 0; // runs of these that have not ended
    QString reason; // why not; empty when they can be run
};

class CompareVerdict : public Card {
    Q_OBJECT
public:
    explicit CompareVerdict(QWidget* parent = nullptr);
    void show(const Comparison& comparison, const SeedsOffer& offer);

Q_SIGNALS:
    void seedsRequested();

private:
    QLabel* m_sentence;
    QLabel* m_warnings;
    QPushButton* m_seeds;
};

} // namespace nabiz::ui
