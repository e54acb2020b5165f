// SPDX-License-Identifier: GPL-3.0-or-later
// What the Runs page keeps from one start to the next: what it shows, and the views that a person has named.
#include "ui/pages/runs/run_views.h"
#include "ui/pages/runs/runs_page.h"
#include "ui/table/run_table_columns.h"
#include "ui/table/run_table_view.h"
#include "ui/widgets/filter_edit.h"

namespace nabiz::ui {

namespace {

const QString kFilter = QStringLiteral("filter"), kViews = QStringLiteral("views");

} // namespace

QJsonObject RunsPage::shownView() const
{
    QJsonObject view = m_table->columns().state();
    view.insert(kFilter, m_filter->text());
    return view;
}

void RunsPage::showView(const QJsonObject& view)
{
    m_table->columns().restore(view);
    setFilter(view.value(kFilter).toString());
    retranslateUi();
}

QJsonObject RunsPage::state() const
{
    QJsonObject state = shownView();
    state.insert(kViews, m_views->state());
    return state;
}

void RunsPage::restore(const QJsonObject& state)
{
    m_views->restore(state.value(kViews).toObject());
    showView(state);
}

void RunsPage::setFilter(const QString& text)
{
    m_filter->setText(text);
    m_filter->readAgain();
}

} // namespace nabiz::ui
