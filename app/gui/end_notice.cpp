// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/end_notice.h"

#include "ui/text/message_text.h"
#include "ui/text/number_text.h"

#include <QApplication>
#include <QTimer>

namespace nabiz::app {

namespace {
constexpr int kShownFor = 10'000; // milliseconds
}

EndNotice::EndNotice(QWidget& window)
    : QObject(&window)
    , m_window(window)
{
    const auto raise = [this] {
        m_window.setWindowState(m_window.windowState() & ~Qt::WindowMinimized);
        m_window.show();
        m_window.raise();
        m_window.activateWindow();
    };
    connect(&m_tray, &QSystemTrayIcon::messageClicked, this, raise);
    connect(&m_tray, &QSystemTrayIcon::activated, this, raise);
}

QString EndNotice::title(const storage::RunOverview& run)
{
    return tr("%1: %2").arg(QString::fromStdString(run.run.name), ui::statusName(run.run.status));
}

QString EndNotice::body(const storage::RunOverview& run, const QString& failure)
{
    if (!failure.isEmpty())
        return failure;
    return tr("Loss %1 after %2 batches.").arg(ui::lossText(run.summary.lastLoss), ui::countText(run.summary.batches));
}

void EndNotice::show(const storage::RunOverview& run, const QString& failure)
{
    QApplication::alert(&m_window);
    if (m_window.isActiveWindow() || !QSystemTrayIcon::isSystemTrayAvailable() || !QSystemTrayIcon::supportsMessages())
        return;
    m_tray.setIcon(QApplication::windowIcon());
    m_tray.setToolTip(title(run));
    m_tray.show();
    const auto kind = failure.isEmpty() ? QSystemTrayIcon::Information : QSystemTrayIcon::Warning;
    m_tray.showMessage(title(run), body(run, failure), kind, kShownFor);
    QTimer::singleShot(kShownFor, &m_tray, &QSystemTrayIcon::hide);
}

} // namespace nabiz::app
