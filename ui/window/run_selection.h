// SPDX-License-Identifier: GPL-3.0-or-later
// Which runs are looked at: the current one, the checked ones and the baseline. Every page is told; from one start of
// the program to the next it is kept by database. GUI thread.
#pragma once

#include "storage/records/records.h"

#include <QJsonObject>
#include <QObject>
#include <optional>
#include <vector>

namespace nabiz::ui {

class PageStack;
class RunCatalog;
class RunList;

class RunSelection : public QObject {
    Q_OBJECT
public:
    RunSelection(RunCatalog& catalog, RunList& list, PageStack& pages, QObject* parent = nullptr);

    qint64 current() const; // 0 = none
    void setCurrent(qint64 run);
    // Checked, and the first of them looked at.
    void select(const std::vector<storage::RunId>& runs);
    // Checked beside those that are, and looked at.
    void add(qint64 run);
    QJsonObject state() const;
    // Taken up when the runs of the database come.
    void await(const QJsonObject& state);

Q_SIGNALS:
    void changed();

private:
    void take();
    void tellPages();

    RunCatalog& m_catalog;
    RunList& m_list;
    PageStack& m_pages;
    std::optional<QJsonObject> m_awaited;
};

} // namespace nabiz::ui
