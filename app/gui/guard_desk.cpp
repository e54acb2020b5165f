// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/guard_desk.h"

#include "app/guard/guard_lock.h"
#include "app/guard/guard_unit.h"
#include "ui/text/message_text.h"
#include "ui/window/main_menu.h"
#include "ui/window/window_notices.h"

#include <filesystem>

namespace nabiz::app {

GuardDesk::GuardDesk(ui::MainWindow& window)
    : QObject(&window)
    , m_window(window)
{
    connect(window.menu().guard, &QAction::triggered, this, &GuardDesk::open);
    connect(&window, &ui::MainWindow::startRequested, this, &GuardDesk::offer);
    window.menu().guard->setEnabled(false); // until there is something to watch
}

void GuardDesk::setDatabase(const QString& file)
{
    m_database = file;
    m_window.menu().guard->setEnabled(true);
}

void GuardDesk::open()
{
    m_dialog = new ui::GuardDialog(m_database, &m_window);
    m_dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(m_dialog, &ui::GuardDialog::installRequested, this,
        [this] { order([file = m_database.toStdString()] { installGuardUnit(file); }); });
    connect(m_dialog, &ui::GuardDialog::removeRequested, this, [this] { order([] { removeGuardUnit(); }); });
    m_dialog->open();
    order([] {});
}

void GuardDesk::order(std::function<void()> job)
{
    m_worker.post([this, job = std::move(job), database = m_database.toStdString()] {
        ui::GuardState state;
        trainer::Message refusal;
        try {
            job();
        } catch (const GuardUnitError& error) {
            refusal = error.message();
        }
        try {
            const GuardUnitState now = guardUnitState();
            state
                = { QString::fromStdString(now.file.string()), now.isInstalled, now.isRunning, now.startsWithMachine };
        } catch (const GuardUnitError& error) {
            refusal = refusal.empty() ? error.message() : refusal;
        }
        state.isWatched = GuardLock::isTaken(database);
        QMetaObject::invokeMethod(this, [this, state, refusal] {
            if (m_dialog)
                m_dialog->setState(state, refusal.empty() ? QString() : ui::text(refusal));
        });
    });
}

// Where nothing watches, a run that counts on it would wait for a person all the same.
void GuardDesk::offer(const ui::StartRequest& request)
{
    const bool counts = request.config.text("queue.resume") == "auto" && request.resume == 0;
    if (!counts || m_wasOffered)
        return;
    m_worker.post([this, database = m_database.toStdString()] {
        if (GuardLock::isTaken(database))
            return;
        QMetaObject::invokeMethod(this, [this] {
            m_wasOffered = true;
            m_window.notices().offer(tr("After a crash this run goes on by itself only while nabiz guard runs, and it "
                                        "does not."),
                tr("&Set it up…"), [this] { open(); });
        });
    });
}

} // namespace nabiz::app
