// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/top_bar.h"

#include "ui/theme/theme.h"
#include "ui/widgets/elided_label.h"

#include <QButtonGroup>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QToolButton>

namespace nabiz::ui {

using storage::RunStatus;

TopBar::TopBar(QMenu* menu, QWidget* parent)
    : QWidget(parent)
    , m_name(new QLabel(QStringLiteral("Nabız"), this))
    , m_tabs(new QButtonGroup(this))
    , m_device(new ElidedLabel(this))
    , m_checkpoint(new QPushButton(this))
    , m_pause(new QPushButton(this))
    , m_resume(new QPushButton(this))
    , m_stop(new QPushButton(this))
    , m_menu(new QToolButton(this))
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
    for (const char* name : { "configureTab", "watchTab", "runsTab", "compareTab", "reportTab" }) {
        auto* tab = new QPushButton(this);
        tab->setObjectName(QLatin1String(name));
        tab->setCheckable(true);
        tab->setProperty("tab", true);
        m_tabs->addButton(tab, static_cast<int>(m_tabs->buttons().size()));
        layout->addWidget(tab);
    }
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

    connect(m_tabs, &QButtonGroup::idClicked, this, &TopBar::pageChosen);
    connect(m_checkpoint, &QPushButton::clicked, this, &TopBar::checkpointRequested);
    connect(m_pause, &QPushButton::clicked, this, &TopBar::pauseRequested);
    connect(m_resume, &QPushButton::clicked, this, &TopBar::resumeRequested);
    connect(m_stop, &QPushButton::clicked, this, &TopBar::stopRequested);
    setStatus({});
    retranslateUi();
}

void TopBar::setPage(int page)
{
    m_tabs->button(page)->setChecked(true);
}

void TopBar::setStatus(std::optional<RunStatus> status)
{
    const bool running = status == RunStatus::Running;
    const bool paused = status == RunStatus::Paused;
    m_checkpoint->setVisible(running || paused);
    m_pause->setVisible(running);
    m_resume->setVisible(paused);
    m_stop->setVisible(status && storage::isLive(*status));
    m_stop->setEnabled(status != RunStatus::Stopping);
    m_stop->setText(status == RunStatus::Stopping ? tr("Stopping…") : tr("S&top"));
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
    const QString names[] = { tr("Configure"), tr("Watch"), tr("Runs"), tr("Compare"), tr("Report") };
    for (int page = 0; page < static_cast<int>(std::size(names)); ++page) {
        m_tabs->button(page)->setText(names[page]);
        // Room for the chosen tab's heavier text, so that no tab moves when another is chosen.
        m_tabs->button(page)->setMinimumWidth(QFontMetrics(Theme::strongFont()).horizontalAdvance(names[page]) + 28);
        m_tabs->button(page)->setToolTip(QStringLiteral("Ctrl+%1").arg(page + 1));
    }
    m_checkpoint->setText(tr("Checkpoint now"));
    m_checkpoint->setToolTip(tr("Write a checkpoint after this batch (Ctrl+K)"));
    m_pause->setText(tr("&Pause"));
    m_pause->setToolTip(tr("Pause after this batch; the model stays in memory (Ctrl+P)"));
    m_resume->setText(tr("&Resume"));
    m_resume->setToolTip(tr("Go on with the next batch (Ctrl+P)"));
    m_stop->setText(m_stop->isEnabled() ? tr("S&top") : tr("Stopping…"));
    m_stop->setToolTip(tr("Stop after this batch and write a checkpoint (Ctrl+.)"));
    m_menu->setToolTip(tr("Menu (F10)"));
    m_menu->setAccessibleName(tr("Menu"));
}

} // namespace nabiz::ui
