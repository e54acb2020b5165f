// SPDX-License-Identifier: GPL-3.0-or-later
// The bar over the pages: their tabs, the device, and what can be done with the run that trains. Its buttons derive from that
// run's status alone. GUI thread.
#pragma once

#include "storage/records.h"

#include <QWidget>
#include <optional>
#include <vector>

class QButtonGroup;
class QLabel;
class QMenu;
class QPushButton;
class QToolButton;

namespace nabiz::ui {

class ElidedLabel;

class TopBar : public QWidget {
    Q_OBJECT
public:
    explicit TopBar(QMenu* menu, QWidget* parent = nullptr);

    void setPage(int page);
    void setStatus(std::optional<storage::RunStatus> status); // of the active run
    void setDevice(const QString& text);
    void openMenu();

Q_SIGNALS:
    void pageChosen(int page);
    void pauseRequested();
    void resumeRequested();
    void stopRequested();
    void checkpointRequested();

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslateUi();

    QLabel* m_name;
    QButtonGroup* m_tabs;
    ElidedLabel* m_device;
    QPushButton* m_checkpoint;
    QPushButton* m_pause;
    QPushButton* m_resume;
    QPushButton* m_stop;
    QToolButton* m_menu;
};

} // namespace nabiz::ui
