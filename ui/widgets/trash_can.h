// SPDX-License-Identifier: GPL-3.0-or-later
// Puts runs in the trash at once, says so in a strip, and takes that back: by the strip's button or by Ctrl+Z,
// as many times as runs were put there. GUI thread.
#pragma once

#include "ui/requests/run_edit.h"

#include <QAction>
#include <QList>

namespace nabiz::ui {

class NoticeStrip;
class RunCatalog;

class TrashCan : public QObject {
    Q_OBJECT
public:
    TrashCan(RunCatalog& catalog, NoticeStrip& notice, QObject* parent = nullptr);

    // Live runs stay, and it is said why.
    void put(const QList<qint64>& runs);
    void undo();
    // Ctrl+Z, in the widgets that are given it.
    QAction* undoAction() const { return m_undo; }
    void retranslateUi();

Q_SIGNALS:
    void editRequested(const nabiz::ui::RunEdit& edit);

private:
    QString name(qint64 run) const;
    void forget(qint64 run);

    RunCatalog& m_catalog;
    NoticeStrip& m_notice;
    QAction* m_undo;
    QList<QList<qint64>> m_done;
};

} // namespace nabiz::ui
