// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/watch/watch_fold.h"

#include "ui/theme/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QToolButton>
#include <QVBoxLayout>

namespace nabiz::ui {

WatchFold::WatchFold(const QString& name, QWidget* parent)
    : Card(parent)
    , m_button(new QToolButton(this))
    , m_inside(new QWidget(this))
    , m_content(new QVBoxLayout(m_inside))
{
    m_button->setObjectName(name);
    m_button->setCheckable(true);
    m_button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_button->setFocusPolicy(Qt::StrongFocus);
    QFont font = m_button->font();
    font.setWeight(QFont::DemiBold);
    m_button->setFont(font);
    titleLine()->insertWidget(0, m_button);
    m_content->setContentsMargins(0, 0, 0, 0);
    m_content->setSpacing(kGap);
    body()->addWidget(m_inside);
    connect(m_button, &QToolButton::toggled, this, [this](bool open) {
        showState();
        Q_EMIT opened(open);
    });
    showState();
}

void WatchFold::setFoldTitle(const QString& title)
{
    m_button->setText(title);
    m_button->setAccessibleName(title);
}

bool WatchFold::isOpen() const
{
    return m_button->isChecked();
}

void WatchFold::setOpen(bool open)
{
    m_button->setChecked(open);
}

void WatchFold::showState()
{
    m_inside->setVisible(isOpen());
    m_button->setIcon(Theme::icon(isOpen() ? QStringLiteral("chevron-open") : QStringLiteral("chevron-right")));
}

void WatchFold::changeEvent(QEvent* event)
{
    Card::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_button) {
        showState();
    }
}

} // namespace nabiz::ui
