// SPDX-License-Identifier: GPL-3.0-or-later
// The line over Watch's charts: which run, and how it is drawn. In a narrow window one stands over the other.
// GUI thread.
#pragma once

#include <QWidget>

namespace nabiz::ui {

class ChartTools;
class RunTitle;

class WatchHeader : public QWidget {
    Q_OBJECT
public:
    explicit WatchHeader(QWidget* parent = nullptr);

    RunTitle& title() const { return *m_title; }
    ChartTools& tools() const { return *m_tools; }
    void retranslate();
    // Of the tools alone: a long name gives way to them, never they to it.
    QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void arrange();

    RunTitle* m_title;
    ChartTools* m_tools;
};

} // namespace nabiz::ui
