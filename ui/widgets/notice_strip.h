// SPDX-License-Identifier: GPL-3.0-or-later
// The strip under the top bar that says in place what elsewhere would be a message box.
// GUI thread.
#pragma once

#include <QFrame>

class QLabel;
class QToolButton;

namespace nabiz::ui {

class NoticeStrip : public QFrame {
    Q_OBJECT
public:
    explicit NoticeStrip(QWidget* parent = nullptr);

    // Empty hides it.
    void setNotice(const QString& sentence, bool isError);

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslateUi();

    QLabel* m_label;
    QToolButton* m_close;
};

} // namespace nabiz::ui
