// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/trash_can.h"

#include "ui/models/run_catalog.h"
#include "ui/text/message_text.h"
#include "ui/widgets/notice_strip.h"

#include <algorithm>

namespace nabiz::ui {

TrashCan::TrashCan(RunCatalog& catalog, NoticeStrip& notice, QObject* parent)
    : QObject(parent)
    , m_catalog(catalog)
    , m_notice(notice)
    , m_undo(new QAction(this))
{
    m_undo->setObjectName(QStringLiteral("undoTrashAction"));
    m_undo->setShortcut(QKeySequence::Undo);
    m_undo->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    m_undo->setEnabled(false);
    connect(m_undo, &QAction::triggered, this, &TrashCan::undo);
    connect(&notice, &NoticeStrip::actionChosen, this, &TrashCan::undo);
    connect(&catalog, &RunCatalog::runAdded, this, &TrashCan::forget);
    connect(&catalog, &RunCatalog::runsReset, this, [this] {
        m_done.clear();
        m_undo->setEnabled(false);
        m_notice.setNotice({}, false);
    });
    retranslateUi();
}

QString TrashCan::name(qint64 run) const
{
    const storage::RunOverview* overview = m_catalog.overview(run);
    return overview ? shortName(QString::fromStdString(overview->run.name)) : QString::number(run);
}

void TrashCan::put(const QList<qint64>& runs)
{
    QList<qint64> put, live;
    for (const qint64 run : runs) {
        if (const storage::RunOverview* overview = m_catalog.overview(run))
            (storage::isLive(overview->run.status) ? live : put).append(run);
    }
    if (put.isEmpty()) {
        if (!live.isEmpty())
            m_notice.setNotice(tr("%1 is live: stop it before putting it in the trash.").arg(name(live.front())), true);
        return;
    }
    QString sentence = put.size() == 1 ? tr("Put %1 in the trash.").arg(name(put.front()))
                                       : tr("Put %n run(s) in the trash.", nullptr, static_cast<int>(put.size()));
    if (!live.isEmpty())
        sentence += u' ' + tr("%n live run(s) stayed.", nullptr, static_cast<int>(live.size()));
    m_done.append(put);
    m_undo->setEnabled(true);
    m_notice.offer(sentence, tr("Undo"));
    Q_EMIT editRequested(RunEdit::trash(put));
}

void TrashCan::undo()
{
    // Still on its way into the trash, or there; what was deleted for good is neither.
    const auto isThere = [this](qint64 run) {
        const auto& trash = m_catalog.trash();
        return m_catalog.overview(run)
            || std::any_of(trash.begin(), trash.end(), [run](const auto& item) { return item.overview.run.id == run; });
    };
    while (!m_done.isEmpty()) {
        QList<qint64> runs = m_done.takeLast();
        runs.removeIf([&](qint64 run) { return !isThere(run); });
        if (runs.isEmpty())
            continue;
        m_notice.setNotice(tr("%n run(s) are back.", nullptr, static_cast<int>(runs.size())), false);
        Q_EMIT editRequested(RunEdit::restore(runs));
        break;
    }
    m_undo->setEnabled(!m_done.isEmpty());
}

// Put back by hand: there is nothing to undo any more.
void TrashCan::forget(qint64 run)
{
    for (QList<qint64>& runs : m_done)
        runs.removeAll(run);
    m_done.removeIf([](const QList<qint64>& runs) { return runs.isEmpty(); });
    m_undo->setEnabled(!m_done.isEmpty());
}

void TrashCan::retranslateUi()
{
    m_undo->setText(tr("Undo Put in the Trash"));
}

} // namespace nabiz::ui
