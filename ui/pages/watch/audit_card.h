// SPDX-License-Identifier: GPL-3.0-or-later
// The card of Watch that says what makes a run's loss suspicious: each finding with what was measured, what it means
// and what to change; or, once the audit has looked, that nothing is. Reads the run's events when told to. GUI thread.
#pragma once

#include "storage/records/records.h"
#include "trainer/base/finding.h"
#include "ui/widgets/card.h"

#include <vector>

class QLabel;
class QVBoxLayout;

namespace nabiz::ui {

class RunCatalog;

class AuditCard : public Card {
    Q_OBJECT
public:
    explicit AuditCard(const RunCatalog& catalog, QWidget* parent = nullptr);
    // Hidden where there is nothing to say: a run whose detail is not there yet.
    void showRun(storage::RunId run);

protected:
    void changeEvent(QEvent* event) override;

private:
    void fill();
    QWidget* findingWidget(const trainer::Finding& finding);
    QString emptyText() const;

    const RunCatalog& m_catalog;
    storage::RunId m_run = 0;
    std::vector<trainer::Finding> m_findings; // that are shown
    QWidget* m_verdictLine;
    QLabel* m_verdictIcon;
    QLabel* m_verdict;
    QVBoxLayout* m_list;
    QLabel* m_fine;
};

} // namespace nabiz::ui
