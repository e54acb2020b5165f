// SPDX-License-Identifier: GPL-3.0-or-later
// Below the chart of memory: a button that opens what the peak is made of, and its parts by colour, name and size.
// GUI thread.
#pragma once

#include <QWidget>

class QLabel;
class QToolButton;

namespace nabiz::ui {

struct RunDetail;

class WatchLedger : public QWidget {
    Q_OBJECT
public:
    explicit WatchLedger(QWidget* parent = nullptr);

    bool isOpen() const;
    // Not seen where the run has none.
    void showRun(const RunDetail* detail);

Q_SIGNALS:
    void toggled();

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    void showState();

    QToolButton* m_button;
    QLabel* m_parts;
};

} // namespace nabiz::ui
