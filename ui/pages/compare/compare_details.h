// SPDX-License-Identifier: GPL-3.0-or-later
// Under Compare's chart, behind four tabs: settings and results, texts, the scatter of all runs, and the cells of a
// grid.
// GUI thread.
#pragma once

#include "ui/widgets/card.h"

class QButtonGroup;
class QStackedLayout;

namespace nabiz::ui {

class CompareGrid;
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
    CompareGrid& grid() const { return *m_grid; }
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
    CompareGrid* m_grid;
};

} // namespace nabiz::ui
