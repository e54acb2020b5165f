// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/top_bar.h"

#include "ui/theme/theme.h"
#include "ui/widgets/elided_label.h"
#include "ui/window/page_tabs.h"

#include <QDateTime>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QTimer>
#include <QToolButton>

#include <utility>

namespace nabiz::ui {

using storage::RunStatus;

namespace {

constexpr qint64 kWorthKeepingMs = 60'000; // what has run so long is not ended by one stray key
constexpr int kSecondsToTakeBack = 5;
constexpr int kCheckpointSaidMs = 5000;

} // namespace

TopBar::TopBar(QMenu* menu, QWidget* parent)
    : QWidget(parent)
    , m_stopTimer(new QTimer(this))
    , m_checkpointTimer(new QTimer(this))
    , m_name(new QLabel(QStringLiteral("Nabız"), this))
    , m_device(new ElidedLabel(this))
    , m_checkpoint(new QPushButton(this))
    , m_pause(new QPushButton(this))
    , m_resume(new QPushButton(this))
    , m_stop(new QPushButton(this))
    , m_menu(new QToolButton(this))
    , m_tabs(new PageTabs(this))
{
    setObjectName(QStringLiteral("topBar"));
    setProperty("bar", "top");
    setAttribute(Qt::WA_StyledBackground);
    Theme::setRole(m_name, "heading");
    Theme::setRole(m_device, "small");
    m_device->setObjectName(QStringLiteral("deviceLabel"));
    m_device->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(kMargin, 6, 12, 7);
    layout->setSpacing(kGap);
    layout->addWidget(m_name);
    layout->addSpacing(kMargin);
    layout->addWidget(m_tabs);
    layout->addWidget(m_device, 1);
    for (const auto& [button, name] : { std::pair { m_checkpoint, "checkpointButton" }, { m_pause, "pauseButton" },
             { m_resume, "resumeButton" }, { m_stop, "stopButton" } }) {
        button->setObjectName(QLatin1String(name));
        layout->addWidget(button);
    }
    m_menu->setObjectName(QStringLiteral("menuButton"));
    m_menu->setIcon(Theme::icon(QStringLiteral("menu")));
    m_menu->setPopupMode(QToolButton::InstantPopup);
    m_menu->setMenu(menu);
    m_menu->setFocusPolicy(Qt::TabFocus);
    layout->addWidget(m_menu);

    connectButtons();
    showButtons();
    retranslateUi();
}

void TopBar::connectButtons()
{
    m_stopTimer->setObjectName(QStringLiteral("stopTimer"));
    m_stopTimer->setInterval(1000);
    m_checkpointTimer->setSingleShot(true);
    m_checkpointTimer->setInterval(kCheckpointSaidMs);
    m_stop->installEventFilter(this);
    connect(m_stopTimer, &QTimer::timeout, this, &TopBar::countDown);
    connect(m_checkpointTimer, &QTimer::timeout, this, &TopBar::showTexts);
    connect(m_tabs, &PageTabs::pageChosen, this, &TopBar::pageChosen);
    for (const auto& [button, order] : { std::pair { m_checkpoint, RunOrder::Checkpoint }, { m_pause, RunOrder::Pause },
             { m_resume, RunOrder::Resume } })
        connect(button, &QPushButton::clicked, this, [this, wanted = order] { Q_EMIT ordered(wanted); });
    connect(m_stop, &QPushButton::clicked, this, &TopBar::askStop);
}

void TopBar::setPage(int page)
{
    m_tabs->setPage(page);
}

void TopBar::setStatus(std::optional<RunStatus> status, std::optional<qint64> started)
{
    const bool isOther = started != m_started;
    m_started = started;
    if (std::exchange(m_status, status) != status || isOther) {
        m_pauseAsked = m_resumeAsked = m_stopAsked = false;
        if (isOther || !status || !storage::isLive(*status) || isStopping()) {
            m_secondsToStop = 0;
            m_stopTimer->stop();
            m_checkpointTimer->stop();
        }
        showButtons();
    }
}

// What goes hands the focus to what comes in its place, and to no other: Space would press it.
void TopBar::showButtons()
{
    const bool running = m_status == RunStatus::Running;
    const bool paused = m_status == RunStatus::Paused;
    const std::pair<QPushButton*, bool> buttons[] = { { m_checkpoint, running || paused }, { m_pause, running },
        { m_resume, paused }, { m_stop, m_status && storage::isLive(*m_status) } };
    for (const auto& [button, shown] : buttons) {
        if (shown)
            button->show();
    }
    for (const auto& [button, shown] : buttons) {
        if (shown)
            continue;
        if (window()->focusWidget() == button) {
            const bool swapped = (button == m_pause && paused) || (button == m_resume && running);
            QWidget* heir = this;
            if (swapped)
                heir = button == m_pause ? m_resume : m_pause;
            heir->setFocus(Qt::OtherFocusReason);
        }
        button->hide();
    }
    showTexts();
}

void TopBar::showOrdered(RunOrder order)
{
    if (order == RunOrder::Pause)
        m_pauseAsked = m_status == RunStatus::Running;
    else if (order == RunOrder::Resume)
        m_resumeAsked = m_status == RunStatus::Paused;
    else if (order == RunOrder::Checkpoint)
        m_checkpointTimer->start();
    showTexts();
}

void TopBar::showCheckpointDone()
{
    m_checkpointTimer->stop();
    showTexts();
}

void TopBar::askStop()
{
    if (!m_status || !storage::isLive(*m_status) || isStopping() || m_stopAsked)
        return;
    const bool waits = m_secondsToStop > 0;
    const bool isYoung = !m_started || QDateTime::currentMSecsSinceEpoch() - *m_started < kWorthKeepingMs;
    m_secondsToStop = waits ? 0 : isYoung ? 1 : kSecondsToTakeBack;
    if (waits)
        m_stopTimer->stop();
    else if (isYoung)
        countDown();
    else
        m_stopTimer->start();
    showTexts();
}

void TopBar::countDown()
{
    if (--m_secondsToStop == 0) {
        m_stopTimer->stop();
        m_stopAsked = true;
        Q_EMIT ordered(RunOrder::Stop);
    }
    showTexts();
}

// The second half of a double click is no second thought.
bool TopBar::eventFilter(QObject* object, QEvent* event)
{
    return (object == m_stop && event->type() == QEvent::MouseButtonDblClick) || QWidget::eventFilter(object, event);
}

void TopBar::showTexts()
{
    m_checkpoint->setText(m_checkpointTimer->isActive() ? tr("Writing…") : tr("Checkpoint now"));
    m_pause->setText(m_pauseAsked ? tr("Pausing…") : tr("&Pause"));
    m_resume->setText(m_resumeAsked ? tr("Going on…") : tr("&Resume"));
    const bool waits = m_secondsToStop > 0;
    m_stop->setText(isStopping() || m_stopAsked ? tr("Stopping…")
            : waits                             ? tr("Stops in %1 s · Keep running").arg(m_secondsToStop)
                                                : tr("S&top"));
    m_stop->setToolTip(waits ? tr("Press again to let the run go on (Ctrl+.)")
                             : tr("Stop after this batch and write a checkpoint (Ctrl+.)"));
}

void TopBar::setDevice(const QString& text)
{
    m_device->setFullText(text);
}

void TopBar::openMenu()
{
    m_menu->showMenu();
}

void TopBar::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslateUi();
}

void TopBar::retranslateUi()
{
    m_checkpoint->setToolTip(tr("Write a checkpoint after this batch (Ctrl+K)"));
    m_pause->setToolTip(tr("Pause after this batch; the model stays in memory (Ctrl+P)"));
    m_resume->setToolTip(tr("Go on with the next batch (Ctrl+P)"));
    showTexts();
    m_menu->setToolTip(tr("Menu (F10)"));
    m_menu->setAccessibleName(tr("Menu"));
}

} // namespace nabiz::ui
