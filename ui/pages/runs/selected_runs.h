// SPDX-License-Identifier: GPL-3.0-or-later
// The buttons for what can be done with the runs that are selected in the table; hidden while none is. What is asked
// for is asked by the page's own signals. GUI thread.
#pragma once

#include "ui/pages/page_widget.h"

#include <QPushButton>

namespace nabiz::ui {

class RunCatalog;
class RunTableView;

class SelectedRuns : public QWidget {
    Q_OBJECT
public:
    SelectedRuns(PageWidget& page, const RunCatalog& catalog, RunTableView& table);

    void showFor(qsizetype selected);
    void askForTags() { Q_EMIT tagsWanted(m_tags); }
    void retranslateUi();

Q_SIGNALS:
    void tagsWanted(QWidget* under);

private:
    QList<QPushButton*> buttons() const { return { m_compare, m_report, m_tags, m_star, m_clone, m_remove }; }
    void star();

    PageWidget& m_page;
    const RunCatalog& m_catalog;
    RunTableView& m_table;
    QPushButton* m_compare;
    QPushButton* m_report;
    QPushButton* m_tags;
    QPushButton* m_star;
    QPushButton* m_clone;
    QPushButton* m_remove;
};

} // namespace nabiz::ui
