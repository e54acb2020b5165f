// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/compare/compare_details.h"

#include "ui/pages/compare/compare_grid.h"
#include "ui/pages/compare/compare_samples.h"
#include "ui/pages/compare/compare_scatter.h"
#include "ui/pages/compare/compare_table.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStackedLayout>
#include <QVBoxLayout>

#include <algorithm>

namespace nabiz::ui {

CompareDetails::CompareDetails(RunCatalog& catalog, QWidget* parent)
    : Card(parent)
    , m_tabs(new QButtonGroup(this))
    , m_table(new CompareTable(this))
    , m_samples(new CompareSamples(catalog, this))
    , m_scatter(new CompareScatter(catalog, this))
    , m_grid(new CompareGrid(catalog, this))
{
    auto* const names = titleLine();
    auto* const inside = new QWidget(this);
    m_stack = new QStackedLayout(inside);
    const std::pair<const char*, QWidget*> parts[]
        = { { "resultsTab", m_table }, { "textsTab", m_samples }, { "scatterTab", m_scatter }, { "gridTab", m_grid } };
    int place = 0;
    for (const auto& [name, part] : parts) {
        auto* const button = new QPushButton(this);
        button->setObjectName(QLatin1String(name));
        button->setCheckable(true);
        button->setProperty("segment", true);
        button->setProperty("pageTab", true);
        m_tabs->addButton(button, place);
        names->insertWidget(place++, button);
        m_stack->addWidget(part);
    }
    for (QWidget* const controls :
        { m_table->controls(), m_samples->controls(), m_scatter->controls(), m_grid->controls() }) {
        names->addWidget(controls);
    }
    body()->addWidget(inside, 1);
    setFocusOrder();
    setTab(0);
    connect(m_tabs, &QButtonGroup::idClicked, this, &CompareDetails::showTab);
    connect(m_tabs, &QButtonGroup::idClicked, this, &CompareDetails::tabChosen);
}

// Tab goes as they stand: from the chosen tab to what belongs to it, then to the part itself. Arrows go from tab to
// tab.
void CompareDetails::setFocusOrder()
{
    QWidget* before = m_tabs->button(3);
    for (QWidget* const part : std::initializer_list<QWidget*> { m_table->controls(), m_table, m_samples->controls(),
             m_samples, m_scatter->controls(), m_scatter, m_grid->controls(), m_grid }) {
        for (QWidget* const next : part->findChildren<QWidget*>()) {
            if ((next->focusPolicy() & Qt::TabFocus) && next->window() == window()) { // not the list of a box
                QWidget::setTabOrder(before, next);
                before = next;
            }
        }
    }
}

void CompareDetails::showTab(int tab)
{
    m_stack->setCurrentIndex(tab);
    int place = 0;
    for (QWidget* const controls :
        { m_table->controls(), m_samples->controls(), m_scatter->controls(), m_grid->controls() }) {
        controls->setVisible(place++ == tab);
    }
}

int CompareDetails::tab() const
{
    return m_tabs->checkedId();
}

void CompareDetails::setTab(int tab)
{
    const int known = std::clamp(tab, 0, static_cast<int>(m_tabs->buttons().size()) - 1);
    m_tabs->button(known)->setChecked(true);
    showTab(known);
}

void CompareDetails::retranslateUi()
{
    m_tabs->button(0)->setText(tr("Settings and results"));
    m_tabs->button(1)->setText(tr("Texts"));
    m_tabs->button(2)->setText(tr("Scatter"));
    m_tabs->button(3)->setText(tr("Grid"));
    m_table->retranslateUi();
    m_samples->retranslateUi();
    m_scatter->retranslateUi();
    m_grid->retranslateUi();
}

} // namespace nabiz::ui
