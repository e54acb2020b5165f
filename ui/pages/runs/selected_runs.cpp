// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/runs/selected_runs.h"

#include "ui/models/run_catalog.h"
#include "ui/table/run_table_view.h"
#include "ui/theme/theme.h"

#include <QHBoxLayout>
#include <QPushButton>

#include <algorithm>

namespace nabiz::ui {

namespace {

QPushButton* button(const char* name)
{
    auto* made = new QPushButton;
    made->setObjectName(QLatin1String(name));
    made->setProperty("small", true);
    QSizePolicy kept(made->sizePolicy().horizontalPolicy(), QSizePolicy::Fixed);
    kept.setRetainSizeWhenHidden(true); // the table must not jump
    made->setSizePolicy(kept);
    return made;
}

} // namespace

SelectedRuns::SelectedRuns(PageWidget& page, const RunCatalog& catalog, RunTableView& table)
    : m_page(page)
    , m_catalog(catalog)
    , m_table(table)
    , m_compare(button("compareSelectedButton"))
    , m_report(button("reportSelectedButton"))
    , m_tags(button("tagSelectedButton"))
    , m_star(button("starSelectedButton"))
    , m_clone(button("cloneSelectedButton"))
    , m_remove(button("trashSelectedButton"))
{
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(kGap);
    for (QPushButton* one : buttons())
        layout->addWidget(one);
    connect(m_compare, &QPushButton::clicked, this, [this] { Q_EMIT m_page.compareRequested(m_table.selectedRuns()); });
    connect(m_report, &QPushButton::clicked, this, [this] { Q_EMIT m_page.reportRequested(m_table.selectedRuns()); });
    connect(m_tags, &QPushButton::clicked, this, &SelectedRuns::askForTags);
    connect(m_star, &QPushButton::clicked, this, &SelectedRuns::star);
    connect(m_clone, &QPushButton::clicked, this, [this] { Q_EMIT m_page.editAsNewRequested(m_table.currentRun()); });
    connect(m_remove, &QPushButton::clicked, this,
        [this] { Q_EMIT m_page.editRequested(RunEdit::trash(m_table.selectedRuns())); });
    retranslateUi();
}

void SelectedRuns::star()
{
    const QList<qint64> runs = m_table.selectedRuns();
    const auto isStarred
        = [this](qint64 run) { return m_catalog.overview(run) && m_catalog.overview(run)->run.starred; };
    Q_EMIT m_page.editRequested(RunEdit::star(runs, !std::all_of(runs.begin(), runs.end(), isStarred)));
}

void SelectedRuns::showFor(qsizetype selected)
{
    for (QPushButton* one : buttons())
        one->setVisible(selected > 0);
    m_clone->setEnabled(selected == 1);
    m_compare->setEnabled(selected > 1);
}

void SelectedRuns::retranslateUi()
{
    m_compare->setText(tr("Compare"));
    m_report->setText(tr("Report"));
    m_tags->setText(tr("Tags"));
    m_star->setText(tr("Star"));
    m_clone->setText(tr("Edit as new"));
    m_remove->setText(tr("Put in the trash"));
    m_compare->setToolTip(tr("Lay the selected runs over each other"));
    m_report->setToolTip(tr("A report on the selected runs"));
    m_tags->setToolTip(tr("Give the selected runs a tag, or take it away"));
    m_star->setToolTip(tr("Star, or take the star away (S)"));
    m_clone->setToolTip(tr("Configure a run with these settings (Ctrl+D)"));
    m_remove->setToolTip(tr("Can be undone (Delete)"));
}

} // namespace nabiz::ui
