// SPDX-License-Identifier: GPL-3.0-or-later
// Where the report was saved, or why it was not, and the button that opens the folder. Hidden until then.
// GUI thread.
#pragma once

#include <QString>
#include <QWidget>

class QLabel;
class QPushButton;

namespace nabiz::ui {

class SavedLine : public QWidget {
    Q_OBJECT
public:
    explicit SavedLine(QWidget* parent = nullptr);

    // One of the two is empty; both hide it.
    void showSaved(const QString& folder, const QString& failure);
    void retranslateUi();

private:
    QString m_folder, m_failure;
    QLabel* m_text;
    QPushButton* m_open;
};

} // namespace nabiz::ui
