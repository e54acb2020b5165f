// SPDX-License-Identifier: GPL-3.0-or-later
// The title that a person gives the report. Of one run it is kept with the run; of several, which nothing in the
// database is called by, here. GUI thread.
#pragma once

#include <QList>
#include <QString>
#include <QTimer>
#include <QWidget>
#include <map>

class QLabel;
class QLineEdit;

namespace nabiz::ui {

class ReportTitle : public QWidget {
    Q_OBJECT
public:
    explicit ReportTitle(QWidget* parent = nullptr);

    QString title() const;
    // `kept` is what the run has; what is being written stays.
    void showFor(const QList<qint64>& runs, const QString& kept);
    // Gives what is being written.
    void commit();
    void retranslateUi();

Q_SIGNALS:
    void changed();
    void edited(qint64 run, const QString& title); // of one run, to be kept

private:
    QList<qint64> m_runs;
    std::map<QList<qint64>, QString> m_titles; // of several runs
    QString m_kept; // that the run has, or will have
    QTimer m_pause;
    QLabel* m_label;
    QLineEdit* m_edit;
};

} // namespace nabiz::ui
