// SPDX-License-Identifier: GPL-3.0-or-later
// The bar over the pages: their tabs, the device, and what can be done with the run that trains. Its buttons derive
// from that run's status; what was asked for is said at once, before the run has done it. GUI thread.
#pragma once

#include "storage/records/records.h"
#include "ui/requests/run_order.h"

#include <QWidget>
#include <optional>
#include <vector>

class QLabel;
class QMenu;
class QPushButton;
class QTimer;
class QToolButton;

namespace nabiz::ui {

class ElidedLabel;
class PageTabs;

class TopBar : public QWidget {
    Q_OBJECT
public:
    explicit TopBar(QMenu* menu, QWidget* parent = nullptr);

    void setPage(int page);
    // Of the active run, and since when it runs, as UTC ms.
    void setStatus(std::optional<storage::RunStatus> status, std::optional<qint64> started = {});
    // By whatever way it was given.
    void showOrdered(nabiz::ui::RunOrder order);
    void showCheckpointDone();
    // Stops, or of a run that has gone on for a minute, takes the wish for five seconds; asked again in that time,
    // drops it.
    void askStop();
    void setDevice(const QString& text);
    void openMenu();

Q_SIGNALS:
    void pageChosen(int page);
    void ordered(nabiz::ui::RunOrder order);

protected:
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* object, QEvent* event) override;

private:
    void connectButtons();
    void retranslateUi();
    void showTexts();
    void showButtons();
    void countDown();
    bool isStopping() const { return m_status == storage::RunStatus::Stopping; }

    std::optional<storage::RunStatus> m_status;
    std::optional<qint64> m_started;
    bool m_pauseAsked = false, m_resumeAsked = false, m_stopAsked = false;
    int m_secondsToStop = 0; // above 0: it can still be taken back
    QTimer* m_stopTimer;
    QTimer* m_checkpointTimer; // a checkpoint that needs not be written again is told by nobody

    QLabel* m_name;
    ElidedLabel* m_device;
    QPushButton* m_checkpoint;
    QPushButton* m_pause;
    QPushButton* m_resume;
    QPushButton* m_stop;
    QToolButton* m_menu;
    PageTabs* m_tabs; // last: the keyboard comes to them after the buttons
};

} // namespace nabiz::ui
