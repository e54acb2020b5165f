// SPDX-License-Identifier: GPL-3.0-or-later
// What stands where there is nothing yet: a sentence, and a button that leads to where it is made.
// GUI thread.
#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace nabiz::ui {

class EmptyPlace : public QWidget {
    Q_OBJECT
public:
    // With the object names of its parts.
    EmptyPlace(const char* textName, const char* buttonName, QWidget* parent = nullptr);

    void setText(const QString& text);
    // Empty hides the button.
    void setAction(const QString& text, bool isAccent = true);

Q_SIGNALS:
    void clicked();

private:
    QLabel* m_text;
    QPushButton* m_button;
};

} // namespace nabiz::ui
