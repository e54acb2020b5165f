// SPDX-License-Identifier: GPL-3.0-or-later
// The views of the run table that a person has named: filter, columns, order and grouping together. A button opens
// their list; a name that is typed there and not in it keeps what is shown now. GUI thread.
#pragma once

#include <QJsonObject>
#include <QPushButton>

namespace nabiz::ui {

class ChoicePopup;

class RunViews : public QPushButton {
    Q_OBJECT
public:
    explicit RunViews(QWidget* parent = nullptr);

    // What is shown now, as the page keeps it.
    void setShown(const QJsonObject& shown);
    QJsonObject state() const;
    void restore(const QJsonObject& state);
    void retranslateUi();

Q_SIGNALS:
    // What is shown is asked for by shownWanted, and answered by setShown.
    void shownWanted();
    void chosen(const QJsonObject& view);
    void changed();

private:
    void openList();
    void take(const QString& name);
    void forget();

    QJsonObject m_views; // by name
    QJsonObject m_shown;
    QString m_current; // the one that was chosen last, until it is another
    ChoicePopup* m_list;
};

} // namespace nabiz::ui
