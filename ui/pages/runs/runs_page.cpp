// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/runs/runs_page.h"

#include "ui/models/checked_runs.h"
#include "ui/models/run_catalog.h"
#include "ui/models/run_table_model.h"
#include "ui/pages/runs/run_views.h"
#include "ui/pages/runs/runs_lists.h"
#include "ui/pages/runs/runs_menus.h"
#include "ui/pages/runs/selected_runs.h"
#include "ui/pages/runs/trash_view.h"
#include "ui/table/run_table_columns.h"
#include "ui/table/run_table_view.h"
#include "ui/text/number_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/empty_place.h"
#include "ui/widgets/filter_edit.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QShortcut>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace nabiz::ui {

RunsPage::RunsPage(RunCatalog& catalog, CheckedRuns& checked, QWidget* parent)
    : PageWidget(parent)
    , m_catalog(catalog)
    , m_checked(checked)
    , m_model(new RunTableModel(catalog, checked, this))
    , m_filter(new FilterEdit)
    , m_help(new QToolButton)
    , m_views(new RunViews)
    , m_group(RunsLists::button("groupButton"))
    , m_columns(RunsLists::button("columnsButton"))
    , m_trashButton(new QPushButton)
    , m_state(new QLabel)
    , m_table(new RunTableView(*m_model))
    , m_selected(new SelectedRuns(*this, catalog, *m_table))
    , m_menus(new RunsMenus({ *this, catalog, checked, *m_model, *m_table }))
    , m_lists(new RunsLists(catalog, *m_model, *m_table, *this))
    , m_empty(new EmptyPlace("runsEmptyLabel", "runsEmptyButton"))
    , m_stack(new QStackedWidget)
    , m_trash(new TrashView(catalog))
    , m_places(new QStackedWidget)
{
    setObjectName(QStringLiteral("runsPage"));
    assemble();
    connectFilter();
    connectTable();
    connectButtons();
    retranslateUi();
}

RunsPage::~RunsPage()
{
    delete m_places; // views before their model: somebody may be typing into one
}

void RunsPage::assemble()
{
    m_filter->setObjectName(QStringLiteral("runsFilterEdit"));
    m_help->setObjectName(QStringLiteral("filterHelpButton"));
    m_help->setText(QStringLiteral("?"));
    m_trashButton->setObjectName(QStringLiteral("trashButton"));
    m_state->setObjectName(QStringLiteral("runsStateLabel"));
    m_state->setTextFormat(Qt::PlainText);
    auto* bar = new QHBoxLayout;
    bar->setContentsMargins(kMargin, 12, kMargin, 0);
    bar->setSpacing(kGap);
    bar->addWidget(m_filter, 1);
    bar->addWidget(m_help);
    bar->addSpacing(kGap);
    bar->addWidget(m_views);
    bar->addWidget(m_group);
    bar->addWidget(m_columns);
    bar->addWidget(m_trashButton);
    auto* info = new QHBoxLayout;
    info->setContentsMargins(kMargin + 1, 6, kMargin, 6);
    info->setSpacing(kGap);
    info->addWidget(m_state, 1);
    info->addWidget(m_selected);
    m_stack->addWidget(m_table);
    m_stack->addWidget(m_empty);
    auto* runs = new QWidget;
    auto* layout = new QVBoxLayout(runs);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(bar);
    layout->addLayout(info);
    layout->addWidget(m_stack, 1);
    m_places->addWidget(runs);
    m_places->addWidget(m_trash);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(m_places);
}

void RunsPage::connectFilter()
{
    m_filter->setNames([this] { return m_model->columns().filterNames(); });
    m_filter->setValues([this](const QString& name) {
        constexpr qsizetype kMost = 60;
        const auto& all = m_model->columns().all();
        const auto found = std::find_if(all.begin(), all.end(),
            [&](const RunColumn& column) { return column.key == name || column.key.endsWith(u'.' + name); });
        const bool isText = found != all.end()
            && (!found->field || found->kind == storage::RunFieldKind::Text
                || found->kind == storage::RunFieldKind::List);
        return isText ? m_model->values(found->key, kMost) : QStringList();
    });
    connect(m_filter, &FilterEdit::filterChanged, this, [this](const trainer::FilterExpression& wanted) {
        m_model->setFilter(wanted);
        m_views->setShown(shownView());
    });
    connect(m_filter, &FilterEdit::problemChanged, this, [this](const QString& sentence, bool unfinished) {
        m_problem = sentence;
        m_isUnfinished = unfinished;
        showState();
    });
    for (const QKeySequence& key : { QKeySequence(QKeySequence::Find), QKeySequence(Qt::Key_Slash) }) {
        auto* find = new QShortcut(key, this, nullptr, nullptr, Qt::WidgetWithChildrenShortcut);
        connect(find, &QShortcut::activated, m_filter, [this] {
            m_filter->setFocus(Qt::ShortcutFocusReason);
            m_filter->selectAll();
        });
    }
}

void RunsPage::connectTable()
{
    connect(m_model, &RunTableModel::countChanged, this, &RunsPage::showContent);
    connect(m_model, &RunTableModel::countChanged, this, &RunsPage::shownChanged);
    connect(&m_checked, &CheckedRuns::changed, this, &RunsPage::showState);
    connect(&m_catalog, &RunCatalog::trashChanged, this, &RunsPage::retranslateUi);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &RunsPage::showState);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentChanged, this, &RunsPage::currentChanged);
    connect(m_model, &RunTableModel::renameRequested, this,
        [this](qint64 run, const QString& name) { Q_EMIT editRequested(RunEdit::rename(run, name)); });
    connect(m_model, &RunTableModel::noteRequested, this,
        [this](qint64 run, const QString& note) { Q_EMIT editRequested(RunEdit::note(run, note)); });
    connect(m_model, &RunTableModel::tagsRequested, this,
        [this](qint64 run, const QStringList& tags) { Q_EMIT editRequested(RunEdit::tag(run, tags)); });
    connect(m_table, &RunTableView::starRequested, this,
        [this](const QList<qint64>& runs, bool on) { Q_EMIT editRequested(RunEdit::star(runs, on)); });
    connect(m_table, &RunTableView::trashRequested, this,
        [this](const QList<qint64>& runs) { Q_EMIT editRequested(RunEdit::trash(runs)); });
    connect(m_table, &RunTableView::watchRequested, this, &RunsPage::watchRequested);
    connect(m_table, &RunTableView::menuRequested, m_menus, &RunsMenus::openMenu);
    connect(m_table, &RunTableView::headerMenuRequested, m_menus, &RunsMenus::openHeaderMenu);
    connect(m_table, &RunTableView::layoutEdited, this, [this] {
        retranslateUi();
        Q_EMIT stateChanged();
    });
}

void RunsPage::connectButtons()
{
    connect(m_help, &QToolButton::clicked, this, [this] { m_menus->openFilterHelp(*m_help); });
    connect(m_columns, &QPushButton::clicked, this, [this] { m_lists->openColumns(m_columns); });
    connect(m_menus, &RunsMenus::columnsWanted, this, [this] { m_lists->openColumns(m_columns); });
    connect(m_views, &RunViews::shownWanted, this, [this] { m_views->setShown(shownView()); });
    connect(m_views, &RunViews::chosen, this, &RunsPage::showView);
    connect(m_views, &RunViews::changed, this, &RunsPage::stateChanged);
    connect(m_group, &QPushButton::clicked, this, [this] { m_lists->openGroups(m_group); });
    connect(m_lists, &RunsLists::grouped, this, &RunsPage::retranslateUi);
    connect(m_menus, &RunsMenus::grouped, this, &RunsPage::retranslateUi);
    connect(m_selected, &SelectedRuns::tagsWanted, m_lists, &RunsLists::openTags);
    connect(m_menus, &RunsMenus::tagsWanted, m_selected, &SelectedRuns::askForTags);
    connect(m_lists, &RunsLists::editRequested, this, &RunsPage::editRequested);
    connect(m_trashButton, &QPushButton::clicked, this, [this] { m_places->setCurrentWidget(m_trash); });
    connect(m_trash, &TrashView::backRequested, this, [this] {
        m_places->setCurrentIndex(0);
        m_table->setFocus();
    });
    connect(m_trash, &TrashView::editRequested, this, &RunsPage::editRequested);
    connect(m_empty, &EmptyPlace::otherClicked, this, &RunsPage::examplesRequested);
    connect(m_empty, &EmptyPlace::clicked, this,
        [this] { m_catalog.runs().empty() ? Q_EMIT configureRequested() : m_filter -> clear(); });
}

void RunsPage::showContent()
{
    const bool hasRuns = !m_catalog.runs().empty();
    m_stack->setCurrentWidget(m_model->rowCount() == 0 ? static_cast<QWidget*>(m_empty) : m_table);
    m_empty->setText(hasRuns ? tr("No run matches the filter.")
                             : tr("Runs will be listed here, with what they were made of and what they reached."));
    m_empty->setAction(hasRuns ? tr("Clear the filter") : tr("Configure the first"), !hasRuns,
        hasRuns ? QString() : tr("Look at examples"));
    showState();
}

void RunsPage::showState()
{
    const auto selected = m_table->selectionModel()->selectedRows().size();
    m_selected->showFor(selected);
    if (!m_problem.isEmpty()) {
        m_state->setText(m_problem);
        Theme::setRole(m_state, m_isUnfinished ? "small" : "bad");
        return;
    }
    Theme::setRole(m_state, "small");
    const auto all = static_cast<qint64>(m_catalog.runs().size());
    const auto shown = static_cast<qint64>(m_model->groups().shown());
    QStringList parts { shown == all
            ? tr("%n run(s)", nullptr, static_cast<int>(all)).replace(QString::number(all), countText(all))
            : tr("%1 of %2 runs").arg(countText(shown), countText(all)) };
    if (m_model->groups().isGrouped())
        parts.append(tr("%n group(s)", nullptr, static_cast<int>(m_model->groups().size())));
    if (m_checked.size() > 0)
        parts.append(tr("%n in charts", nullptr, static_cast<int>(m_checked.size())));
    if (selected > 1)
        parts.append(tr("%n selected", nullptr, static_cast<int>(selected)));
    m_state->setText(all == 0 ? QString() : parts.join(QStringLiteral(" · ")));
}

void RunsPage::retranslateUi()
{
    m_filter->setPlaceholderText(tr("Filter: words, or loss.best < 0.01 and batch_size = 4"));
    m_filter->setAccessibleName(tr("Filter runs"));
    m_help->setToolTip(tr("What can be written here"));
    m_help->setAccessibleName(tr("Help on filters"));
    const QString key = m_model->groupKey();
    m_group->setText(key.isEmpty() ? tr("&Group") : tr("&Group: %1").arg(m_lists->groupTitle(key)));
    m_columns->setText(tr("Co&lumns"));
    const auto waiting = static_cast<qint64>(m_catalog.trash().size());
    m_trashButton->setText(waiting == 0 ? tr("Tras&h") : tr("Tras&h (%1)").arg(countText(waiting)));
    m_views->setShown(shownView());
    m_selected->retranslateUi();
    m_lists->retranslateUi();
    m_table->setAccessibleName(tr("Runs"));
    showContent();
}

std::vector<storage::RunId> RunsPage::shownRuns() const
{
    return m_model->groups().shownRuns();
}

qint64 RunsPage::currentRun() const
{
    return m_table->currentRun();
}

void RunsPage::setCurrentRun(qint64 run)
{
    m_table->setCurrentRun(run);
}

void RunsPage::changeEvent(QEvent* event)
{
    PageWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        m_model->retranslate();
        m_table->columns().retranslate();
        m_trash->retranslateUi();
        m_views->retranslateUi();
        retranslateUi();
    }
}

void RunsPage::showEvent(QShowEvent* event)
{
    PageWidget::showEvent(event);
    m_places->setCurrentIndex(0);
    m_table->setFocus();
}

} // namespace nabiz::ui
