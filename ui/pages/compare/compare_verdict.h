// SPDX-License-Identifier: GPL-3.0-or-later
// The strip on top of Compare: which was better, whether that is more than luck, the button that would settle it, and
// what stands in the way of comparing. GUI thread.
#pragma once

#include "ui/models/comparison.h"
#include "ui/pages/compare/seeds_offer.h"
#include "ui/widgets/card.h"

class QLabel;
class QPushButton;

namespace nabiz::ui {

class CompareVerdict : public Card {
    Q_OBJECT
public:
    explicit CompareVerdict(QWidget* parent = nullptr);
    void show(const Comparison& comparison, const SeedsOffer& offer);

Q_SIGNALS:
    void seedsRequested();

private:
    QLabel* m_sentence;
    QLabel* m_anytime;
    QLabel* m_warnings;
    QPushButton* m_seeds;
};

} // namespace nabiz::ui
