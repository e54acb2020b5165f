// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/end_notice.h"

#include "ui/text/message_text.h"
#include "ui/text/number_text.h"

#include <QApplication>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QTimer>

#include <utility>

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
    const bool isFinished = run.run.status == storage::RunStatus::Finished;
    if (!failure.isEmpty() && !isFinished)
        return failure;
    const QString loss
        = tr("Loss %1 after %2 batches.").arg(ui::lossText(run.summary.lastLoss), ui::countText(run.summary.batches));
    return failure.isEmpty() ? loss : loss + u' ' + failure; // it has ended early
}

void EndNotice::show(const storage::RunOverview& run, const QString& failure)
{
    tell({ title(run), body(run, failure), !failure.isEmpty() && run.run.status != storage::RunStatus::Finished });
}

void EndNotice::count(storage::RunStatus status)
{
    (status == storage::RunStatus::Finished ? m_finished : m_others) += 1;
}

void EndNotice::showQueueDone()
{
    const int finished = std::exchange(m_finished, 0), others = std::exchange(m_others, 0);
    if (finished + others > 1)
        tell({ tr("The queue is done"), tr("%1 finished, %2 did not.").arg(finished).arg(others), others > 0 });
}

void EndNotice::tell(const Words& words)
{
    QApplication::alert(&m_window);
    if (m_window.isActiveWindow())
        return;
    const QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return tellTray(words);
    auto* const answer = new QDBusPendingCallWatcher(bus.asyncCall(messageOf(words)), this);
    connect(answer, &QDBusPendingCallWatcher::finished, this, [this, answer, words] {
        if (answer->isError()) // no such service
            tellTray(words);
        answer->deleteLater();
    });
}

// As the Desktop Notifications Specification has it; what stands in the body is text, no markup.
QDBusMessage EndNotice::messageOf(const Words& words)
{
    const QString service = QStringLiteral("org.freedesktop.Notifications");
    auto message = QDBusMessage::createMethodCall(
        service, QStringLiteral("/org/freedesktop/Notifications"), service, QStringLiteral("Notify"));
    const QString application = QStringLiteral("org.nabiz.Nabiz");
    const QVariantMap hints { { QStringLiteral("desktop-entry"), application } };
    message.setArguments({ QStringLiteral("Nabız"), 0U, application, words.title, words.body.toHtmlEscaped(),
        QStringList(), hints, kShownFor });
    return message;
}

void EndNotice::tellTray(const Words& words)
{
    if (!QSystemTrayIcon::isSystemTrayAvailable() || !QSystemTrayIcon::supportsMessages())
        return;
    m_tray.setIcon(QApplication::windowIcon());
    m_tray.setToolTip(words.title);
    m_tray.show();
    const auto kind = words.isWarning ? QSystemTrayIcon::Warning : QSystemTrayIcon::Information;
    m_tray.showMessage(words.title, words.body, kind, kShownFor);
    QTimer::singleShot(kShownFor, &m_tray, &QSystemTrayIcon::hide);
}

} // namespace nabiz::app
