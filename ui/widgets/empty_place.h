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
    // Of the button, and of another one below it; empty hides them.
    void setAction(const QString& text, bool isAccent = true, const QString& other = {});

Q_SIGNALS:
    void clicked();
    void otherClicked();

private:
    QLabel* m_text;
    QPushButton* m_button;
    QPushButton* m_other;
};

} // namespace nabiz::ui
