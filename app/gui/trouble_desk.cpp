// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/trouble_desk.h"

#include "app/gui/storage_error_text.h"
#include "ui/window/window_notices.h"

namespace nabiz::app {

TroubleDesk::TroubleDesk(ui::MainWindow& window, LiveFeed& feed, ControllerThread& thread, QObject* parent)
    : QObject(parent)
    , m_window(window)
    , m_thread(thread)
{
    connect(&feed, &LiveFeed::diskTrouble, this, &TroubleDesk::onTrouble);
    connect(&thread, &ControllerThread::secured, this, &TroubleDesk::onSecured);
    connect(&window.notices(), &ui::WindowNotices::moveDatabaseRequested, this,
        [this](const QString& file) { m_thread.moveTo(file); });
}

void TroubleDesk::onTrouble(const storage::Trouble& trouble)
{
    using Kind = storage::TroubleKind;
    const auto reason = trouble.error ? text(*trouble.error) : QString::fromStdString(trouble.text);
    const auto batches = static_cast<int>(trouble.batches);
    m_diskTrouble
        = trouble.kind == Kind::Writing || trouble.kind == Kind::Gone || (m_diskTrouble && trouble.kind != Kind::Over);
    m_mayLose = false;
    switch (trouble.kind) {
    case Kind::Writing:
        m_window.notices().show(tr("Points cannot be written, and wait in memory: %1").arg(reason), true);
        break;
    case Kind::Gone:
        m_window.notices().offerElsewhere(
            tr("%1 was moved, deleted or replaced. Its runs and points are kept in memory; put it back, or go on in another file.")
                .arg(m_database),
            m_database);
        break;
    case Kind::Over:
        m_window.notices().show(batches > 0
                ? tr("Writing works again: the %n batch(es) that waited are in the database.", nullptr, batches)
                : tr("Writing works again."),
            false);
        break;
    case Kind::Edit:
        m_window.notices().show(tr("A change could not be kept: %1").arg(reason), true);
        break;
    case Kind::Folder:
        m_window.notices().show(tr("The folder %1 could not be deleted: delete it by hand.")
                                    .arg(QString::fromStdString(trouble.place.string())),
            true);
        break;
    case Kind::SetAside:
    case Kind::Moved:
    case Kind::Lost:
        break; // told at the very end, when the window has asked already
    }
}

void TroubleDesk::secureAndClose()
{
    m_thread.secure();
}

void TroubleDesk::onSecured(qint64 lost, const QString& reason)
{
    const auto close = [this] {
        m_mayLose = true;
        m_window.close();
    };
    if (lost == 0)
        return close();
    m_window.notices().offer(tr("%n batch(es) can be kept nowhere, and closing loses them. Make room first. (%1)",
                                 nullptr, static_cast<int>(lost))
                                 .arg(reason),
        tr("Close and Lose Them"), close);
}

} // namespace nabiz::app
