// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/panel_frame.h"

#include "ui/panels/ready_panels.h"

#include <QCloseEvent>
#include <QEvent>
#include <QHBoxLayout>
#include <QMenu>
#include <QToolButton>
#include <QVBoxLayout>

#include <utility>

namespace nabiz::ui {
namespace {

constexpr const char* kNames[]
    = { "panelLeft", "panelUp", "panelDown", "panelRight", "panelChange", "panelTear", "panelRemove" };
constexpr const char* kSigns[] = { "←", "↑", "↓", "→", "…", "⧉", "×" };

} // namespace

PanelFrame::PanelFrame(PanelSpec panel, QWidget* card, QWidget* parent)
    : QWidget(parent)
    , m_panel(std::move(panel))
    , m_card(card)
    , m_strip(new QWidget(this))
{
    setObjectName(QStringLiteral("panelFrame"));
    setAttribute(Qt::WA_QuitOnClose, false);
    auto* const line = new QHBoxLayout(m_strip);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(2);
    line->addStretch(1);
    for (std::size_t i = 0; i < std::size(kNames); ++i) {
        auto* const button = new QToolButton(m_strip);
        button->setObjectName(QLatin1String(kNames[i]));
        button->setText(QString::fromUtf8(kSigns[i]));
        button->setFocusPolicy(Qt::StrongFocus);
        connect(button, &QToolButton::clicked, this, [this, i] { Q_EMIT asked(static_cast<PanelOrder>(i)); });
        line->addWidget(button);
        m_buttons.push_back(button);
    }
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(m_strip);
    layout->addWidget(card, 1);
    card->show();
    m_strip->hide();
    retranslate();
}

void PanelFrame::setPanel(const PanelSpec& panel)
{
    m_panel = panel;
    retranslate();
}

QWidget* PanelFrame::takeCard()
{
    QWidget* const card = std::exchange(m_card, nullptr);
    card->setParent(nullptr);
    return card;
}

void PanelFrame::setArranging(bool arranging)
{
    m_strip->setVisible(arranging);
}

void PanelFrame::addTo(QMenu& menu)
{
    menu.addSeparator();
    QMenu* const own = menu.addMenu(tr("Pa&nel"));
    own->setObjectName(QStringLiteral("panelMenu"));
    for (std::size_t i = 0; i < m_buttons.size(); ++i) {
        if (m_buttons[i]->isHidden()) {
            continue;
        }
        QAction* const action = own->addAction(m_buttons[i]->toolTip());
        action->setObjectName(QLatin1String(kNames[i]) + QStringLiteral("Action"));
        connect(action, &QAction::triggered, this, [this, i] { Q_EMIT asked(static_cast<PanelOrder>(i)); });
    }
}

void PanelFrame::retranslate()
{
    const QString words[] = { tr("Move left"), tr("Move up"), tr("Move down"), tr("Move right"), tr("Change…"),
        tr("In a window of its own"), tr("Take away") };
    const QString title = panelTitle(m_panel);
    for (std::size_t i = 0; i < m_buttons.size(); ++i) {
        m_buttons[i]->setToolTip(words[i]);
        m_buttons[i]->setAccessibleName(title.isEmpty() ? words[i] : QStringLiteral("%1: %2").arg(title, words[i]));
    }
    const bool isOwn = !m_panel.kind.isEmpty();
    m_buttons[static_cast<std::size_t>(PanelOrder::Change)]->setVisible(!isOwn);
    setWindowTitle(title.isEmpty() ? QStringLiteral("Nabız") : title + QStringLiteral(" – Nabız"));
}

void PanelFrame::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
}

void PanelFrame::closeEvent(QCloseEvent* event)
{
    event->ignore();
    Q_EMIT asked(PanelOrder::Tear);
}

} // namespace nabiz::ui
