// SPDX-License-Identifier: GPL-3.0-or-later
// The ways between the pages: from runs to Watch, Compare, Report, or back into Configure, and what one page shows of
// another. GUI thread.
#pragma once

#include "ui/requests/start_request.h"
#include "ui/window/page_table.h"

#include <QList>
#include <QObject>

namespace nabiz::ui {

class PageStack;
class RunSelection;

class PageRoutes : public QObject {
    Q_OBJECT
public:
    PageRoutes(const PageParts& parts, PageStack& pages, RunSelection& selection, QObject* parent = nullptr);

    void configure() { Q_EMIT pageWanted(Page::Configure); }
    void editAsNew(qint64 run);
    void change(qint64 run, const Changes& changes, bool starts);
    void watch(qint64 run);
    void resume(qint64 run, bool asks);
    void compare(const QList<qint64>& runs);
    void report(const QList<qint64>& runs);
    // Another run trains now: one that was started here, not out of the queue, comes forward.
    void onRunBegan(qint64 run);
    void expectRun() { m_followNext = true; }

Q_SIGNALS:
    void pageWanted(nabiz::ui::Page page);
    void startRequested(const nabiz::ui::StartRequest& request);

private:
    void connectPages();
    void connectCompare();
    void repeat(qint64 run, const QList<qint64>& seeds);

    const PageParts m_parts;
    PageStack& m_pages;
    RunSelection& m_selection;
    qint64 m_resumeAsks = 0; // its settings are being read
    bool m_followNext = false; // the run that begins next was asked for here
};

} // namespace nabiz::ui
