// SPDX-License-Identifier: GPL-3.0-or-later
// The run that trains now: tool bar, menu, status line and pages show its state, and from bar and menu it is told what
// to do. GUI thread.
#pragma once

#include "storage/records/records.h"
#include "ui/requests/run_order.h"

#include <QObject>
#include <optional>

class QAction;

namespace nabiz::ui {

class MainMenu;
class PageStack;
class RunCatalog;
class StatusLine;
class TopBar;

class LiveRun : public QObject {
    Q_OBJECT
public:
    struct Parts {
        RunCatalog& catalog;
        MainMenu& menu;
        TopBar& bar;
        StatusLine& line;
        PageStack& pages;
    };
    explicit LiveRun(const Parts& parts, QObject* parent = nullptr);

    // 0 = none trains.
    void setRun(qint64 run);
    qint64 run() const { return m_run; }
    bool isLive() const;

Q_SIGNALS:
    void ordered(nabiz::ui::RunOrder order);
    void began(qint64 run);
    // Another one, or of another status.
    void changed();

private:
    void connectOrders();
    void connectCatalog();
    void order(QAction* action, RunOrder order);
    void show();
    std::optional<storage::RunStatus> status() const;

    const Parts m_parts;
    qint64 m_run = 0;
};

} // namespace nabiz::ui
