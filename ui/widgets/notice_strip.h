// SPDX-License-Identifier: GPL-3.0-or-later
// A strip that says in place what elsewhere would be a message box: under the top bar, and at the bottom what can be
// undone, so that nothing moves under the mouse that has just done it. GUI thread.
#pragma once

#include <QFrame>
#include <functional>

class QLabel;
class QPushButton;
class QToolButton;

namespace nabiz::ui {

class NoticeStrip : public QFrame {
    Q_OBJECT
public:
    // `name` begins the object names of its parts.
    explicit NoticeStrip(const QString& name, QWidget* parent = nullptr);

    // Empty hides it.
    void setNotice(const QString& sentence, bool isError);
    // Beside the button of an offer one more, of which secondChosen() tells.
    void offerSecond(const QString& action);
    // A notice with a button for what can be done about it: `chosen`, or else actionChosen() tells of it.
    void offer(const QString& sentence, const QString& action, std::function<void()> chosen = {});

Q_SIGNALS:
    void actionChosen();
    void secondChosen();

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslateUi();

    QLabel* m_label;
    QPushButton* m_action;
    QPushButton* m_second;
    QToolButton* m_close;
    std::function<void()> m_chosen;
};

} // namespace nabiz::ui
