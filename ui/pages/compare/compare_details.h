// SPDX-License-Identifier: GPL-3.0-or-later
// Under Compare's chart, behind three tabs: settings and results, texts, and the scatter of all runs.
// GUI thread.
#pragma once

#include "ui/widgets/card.h"

class QButtonGroup;
class QStackedLayout;

namespace nabiz::ui {

class CompareSamples;
class CompareScatter;
class CompareTable;
class RunCatalog;

class CompareDetails : public Card {
    Q_OBJECT
public:
    explicit CompareDetails(RunCatalog& catalog, QWidget* parent = nullptr);

    CompareTable& table() const { return *m_table; }
    CompareSamples& samples() const { return *m_samples; }
    CompareScatter& scatter() const { return *m_scatter; }
    int tab() const;
    // The last one where there are not so many.
    void setTab(int tab);
    void retranslateUi();

Q_SIGNALS:
    void tabChosen();

private:
    void setFocusOrder();
    void showTab(int tab);

    QButtonGroup* m_tabs;
    QStackedLayout* m_stack;
    CompareTable* m_table;
    CompareSamples* m_samples;
    CompareScatter* m_scatter;
};

} // namespace nabiz::ui
