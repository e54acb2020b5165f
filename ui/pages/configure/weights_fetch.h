// SPDX-License-Identifier: GPL-3.0-or-later
// The download of the language model that a draft misses: the offer to get it, and while it comes how far it is, how
// fast and how long yet, with the button that stops it. GUI thread.
#pragma once

#include "ui/requests/weights_progress.h"

#include <QWidget>

class QLabel;
class QProgressBar;
class QPushButton;

namespace nabiz::ui {

class WeightsFetch : public QWidget {
    Q_OBJECT
public:
    explicit WeightsFetch(QWidget* parent = nullptr);

    // What is missing, empty for nothing; `canStart` when nothing else stands against the start.
    void setMissing(const QString& model, bool canStart);
    void setProgress(const WeightsProgress& progress);
    void setEnd(const WeightsEnd& end);
    bool isFetching() const { return m_isFetching; }
    void retranslateUi();

Q_SIGNALS:
    void wanted(const QString& model, bool thenStart);
    void stopWanted();
    void ended(const nabiz::ui::WeightsEnd& end);

private:
    void begin(bool thenStart);
    void show();

    QString m_missing;
    bool m_canStart = false;
    bool m_isFetching = false;
    WeightsProgress m_progress;
    QString m_ended; // how the last one did
    bool m_hasFailed = false;
    QLabel* m_sentence;
    QProgressBar* m_bar;
    QPushButton* m_get;
    QPushButton* m_getAndStart;
    QPushButton* m_stop;
};

} // namespace nabiz::ui
