// SPDX-License-Identifier: GPL-3.0-or-later
// A list that opens under a button, with a line to search it: one choice of many, or many with check boxes. Works by
// keyboard alone: letters search, arrows move, Enter or Space chooses, Esc closes. GUI thread.
#pragma once

#include <QFrame>

class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;

namespace nabiz::ui {

class ChoicePopup : public QFrame {
    Q_OBJECT
public:
    struct Choice {
        QString key;
        QString title;
        QString detail; // dim, behind the title; searched too
        bool isChosen = false;
    };
    enum class Mode { One, Many };

    ChoicePopup(Mode mode, QWidget* parent);

    // What is searched for and not there is added: chosen() tells its text.
    void setTakesNew(bool takes) { m_takesNew = takes; }
    // `footer` is a button under the list; empty = none.
    void open(const QList<Choice>& choices, QWidget* under, const QString& footer = {});

Q_SIGNALS:
    void chosen(const QString& key, bool on);
    void footerClicked();

protected:
    bool eventFilter(QObject* object, QEvent* event) override;

private:
    void filter(const QString& text);
    void choose();

    const Mode m_mode;
    bool m_takesNew = false;
    QLineEdit* m_search;
    QListWidget* m_list;
    QLabel* m_empty;
    QPushButton* m_footer;
};

} // namespace nabiz::ui
