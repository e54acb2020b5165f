// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/page_tabs.h"

#include "ui/theme/theme.h"
#include "ui/window/page_table.h"

#include <QButtonGroup>
#include <QEvent>
#include <QHBoxLayout>
#include <QPushButton>

namespace nabiz::ui {

PageTabs::PageTabs(QWidget* parent)
    : QWidget(parent)
    , m_tabs(new QButtonGroup(this))
{
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(kGap);
    for (const PageRow& row : pageTable()) {
        auto* tab = new QPushButton(this);
        tab->setObjectName(row.objectName("Tab"));
        tab->setCheckable(true);
        tab->setProperty("tab", true);
        m_tabs->addButton(tab, static_cast<int>(m_tabs->buttons().size()));
        layout->addWidget(tab);
    }
    connect(m_tabs, &QButtonGroup::idClicked, this, &PageTabs::pageChosen);
    retranslateUi();
}

void PageTabs::setPage(int page)
{
    m_tabs->button(page)->setChecked(true);
}

void PageTabs::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslateUi();
}

void PageTabs::retranslateUi()
{
    int place = 0;
    for (const PageRow& row : pageTable()) {
        QAbstractButton* tab = m_tabs->button(place++);
        const QString title = row.tabTitle();
        tab->setText(title);
        // Room for the chosen tab's heavier text, so that no tab moves when another is chosen.
        tab->setMinimumWidth(QFontMetrics(Theme::strongFont()).horizontalAdvance(title) + 28);
        tab->setToolTip(QStringLiteral("Ctrl+%1").arg(place));
    }
}

} // namespace nabiz::ui
