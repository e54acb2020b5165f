// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/layout_menu.h"

#include "ui/panels/ready_panels.h"
#include "ui/text/message_text.h"

#include <QAction>
#include <QActionGroup>
#include <QEvent>
#include <QMenu>

namespace nabiz::ui {

LayoutMenu::LayoutMenu(QWidget* parent)
    : QToolButton(parent)
    , add(action("addPanelAction"))
    , arrange(action("arrangePanelsAction", true))
    , save(action("saveLayoutAction"))
    , saveAs(action("saveLayoutAsAction"))
    , rename(action("renameLayoutAction"))
    , remove(action("removeLayoutAction"))
    , revert(action("revertLayoutAction"))
    , report(action("reportLayoutAction", true))
    , m_menu(new QMenu(this))
    , m_ready(new QMenu(this))
    , m_layouts(new QMenu(this))
{
    setObjectName(QStringLiteral("panelsButton"));
    m_menu->setObjectName(QStringLiteral("panelsMenu"));
    m_ready->setObjectName(QStringLiteral("readyPanelsMenu"));
    m_layouts->setObjectName(QStringLiteral("layoutsMenu"));
    m_menu->addMenu(m_layouts);
    m_menu->addSeparator();
    m_menu->addAction(add);
    m_menu->addMenu(m_ready);
    m_menu->addAction(arrange);
    m_menu->addSeparator();
    m_menu->addActions({ save, saveAs, rename, remove, revert });
    m_menu->addSeparator();
    m_menu->addAction(report);
    setMenu(m_menu);
    setPopupMode(QToolButton::InstantPopup);
    setToolButtonStyle(Qt::ToolButtonTextOnly);
    setFocusPolicy(Qt::StrongFocus);
    connect(m_menu, &QMenu::aboutToShow, this, &LayoutMenu::aboutToOpen);
    retranslate();
}

QAction* LayoutMenu::action(const char* name, bool checkable)
{
    auto* const made = new QAction(this);
    made->setObjectName(QLatin1String(name));
    made->setCheckable(checkable);
    return made;
}

void LayoutMenu::show(const Shown& shown)
{
    if (shown == m_shown) {
        return;
    }
    m_shown = shown;
    retranslate();
}

void LayoutMenu::fillReady()
{
    m_ready->clear();
    for (const char* const kind : { kMainPanel, kRatePanel, kMemoryPanel }) {
        const QString name = kind == kMainPanel ? tr("The page's first chart")
            : kind == kRatePanel                ? tr("The page's learning rate")
                                                : tr("The page's memory");
        QAction* const own = m_ready->addAction(name);
        own->setObjectName(QStringLiteral("readyPanel_") + QLatin1String(kind));
        connect(own, &QAction::triggered, this, [this, kind] {
            PanelSpec panel;
            panel.kind = QLatin1String(kind);
            Q_EMIT panelChosen(panel);
        });
    }
    m_ready->addSeparator();
    for (const PanelSpec& panel : readyPanels()) {
        QAction* const made = m_ready->addAction(panelTitle(panel));
        made->setObjectName(QStringLiteral("readyPanel_") + panel.metrics.front());
        connect(made, &QAction::triggered, this, [this, panel] { Q_EMIT panelChosen(panel); });
    }
}

void LayoutMenu::fillLayouts()
{
    m_layouts->clear();
    delete m_layouts->findChild<QActionGroup*>();
    auto* const group = new QActionGroup(m_layouts);
    for (const PanelLayout& layout : m_shown.layouts) {
        QString title = layoutTitle(layout.name);
        QAction* const chosen = m_layouts->addAction(title.replace(u'&', QStringLiteral("&&")));
        chosen->setObjectName(QStringLiteral("layout_") + layout.name);
        chosen->setCheckable(true);
        chosen->setChecked(layout.name == m_shown.current);
        group->addAction(chosen);
        connect(chosen, &QAction::triggered, this, [this, name = layout.name] { Q_EMIT layoutChosen(name); });
    }
}

void LayoutMenu::retranslate()
{
    const QString title = shortName(layoutTitle(m_shown.current));
    setText(m_shown.isChanged ? tr("Panels* ▾") : tr("Panels ▾")); // the header has no room for a name
    setAccessibleName(tr("Panels: layout %1").arg(title));
    setToolTip(accessibleName()
        + (m_shown.isChanged ? QStringLiteral("\n") + tr("The layout was changed since it was saved") : QString()));
    m_layouts->setTitle(tr("&Layout"));
    m_ready->setTitle(tr("Add a read&y one"));
    add->setText(tr("&Add a panel…"));
    arrange->setText(tr("A&rrange the panels"));
    save->setText(tr("&Save the layout"));
    saveAs->setText(tr("Sa&ve the layout as…"));
    rename->setText(tr("Re&name the layout…"));
    remove->setText(tr("&Delete the layout"));
    revert->setText(tr("&Back to how it was saved"));
    report->setText(tr("Its panels in re&ports"));
    save->setEnabled(m_shown.isChanged && !m_shown.isShipped);
    rename->setEnabled(!m_shown.isShipped);
    remove->setEnabled(!m_shown.isShipped);
    revert->setEnabled(m_shown.isChanged);
    report->setChecked(m_shown.isReported);
    fillReady();
    fillLayouts();
}

void LayoutMenu::changeEvent(QEvent* event)
{
    QToolButton::changeEvent(event);
    if (event->type() == QEvent::LanguageChange && m_layouts) {
        retranslate();
    }
}

} // namespace nabiz::ui
