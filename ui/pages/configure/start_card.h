// SPDX-License-Identifier: GPL-3.0-or-later
// Why the draft cannot start, each reason with the button that mends it, and Start.
// GUI thread.
#pragma once

#include "trainer/base/problem.h"
#include "ui/widgets/card.h"

#include <vector>

class QAction;
class QLabel;
class QPushButton;

namespace nabiz::ui {

class ConfigureDraft;
class WeightsFetch;

class StartCard : public Card {
    Q_OBJECT
public:
    explicit StartCard(ConfigureDraft& draft, QWidget* parent = nullptr);

    // Said beside Start: what it waits for when a run is live.
    void setWaitingFor(const QString& runName);
    // Start was asked for while the disk is being read.
    void setStartAwaited(bool awaited);
    WeightsFetch* weights() const { return m_weights; }
    void retranslateUi();

Q_SIGNALS:
    void startRequested(int seeds, bool queue);
    void varyRequested();
    // A reason without a remedy leads to its setting, or to its line.
    void problemChosen(const nabiz::trainer::Problem& problem);

private:
    void refresh();
    void addReason(const trainer::Problem& problem);
    void showState();
    QString noteText() const;

    ConfigureDraft& m_draft;
    std::vector<trainer::Problem> m_shown;
    QLabel* m_headline;
    QWidget* m_reasons;
    WeightsFetch* m_weights;
    QLabel* m_note;
    QPushButton* m_applyAll;
    QPushButton* m_start;
    QPushButton* m_more;
    QAction* m_startAction;
    QAction* m_queueAction;
    QAction* m_seedsAction;
    QAction* m_varyAction;
    QString m_waitingFor;
    bool m_startAwaited = false;
};

} // namespace nabiz::ui
