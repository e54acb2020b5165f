// SPDX-License-Identifier: GPL-3.0-or-later
// The line over a report: what it is on, its language, and what can be done with it.
// GUI thread.
#pragma once

#include <QWidget>

class QComboBox;
class QLabel;
class QPushButton;

namespace nabiz::ui {

class ElidedLabel;

class ReportHeader : public QWidget {
    Q_OBJECT
public:
    explicit ReportHeader(QWidget* parent = nullptr);

    QString language() const;
    // "en" or "tr"; another is left as it is. Whether it is another than before.
    bool setLanguage(const QString& language);
    void setSubject(const QString& subject);
    // Whether there is something to copy and to save.
    void setReady(bool ready);
    // Where to, asked of the user; `last` is where saving begins to look. Empty where nothing was chosen.
    QString askFolder(const QString& last);
    void retranslateUi();

Q_SIGNALS:
    void languageChosen();
    void copyRequested();
    void saveRequested();

private:
    QLabel* m_title;
    ElidedLabel* m_subject;
    QComboBox* m_language;
    QPushButton* m_copy;
    QPushButton* m_save;
};

} // namespace nabiz::ui
