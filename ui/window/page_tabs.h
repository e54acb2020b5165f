// SPDX-License-Identifier: GPL-3.0-or-later
// The tabs over the pages, one a row of their table.
// GUI thread.
#pragma once

#include <QWidget>

class QButtonGroup;

namespace nabiz::ui {

class PageTabs : public QWidget {
    Q_OBJECT
public:
    explicit PageTabs(QWidget* parent = nullptr);

    void setPage(int page);

Q_SIGNALS:
    void pageChosen(int page);

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslateUi();

    QButtonGroup* m_tabs;
};

} // namespace nabiz::ui
