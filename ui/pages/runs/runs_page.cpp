// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/runs/runs_page.h"

#include "ui/models/checked_runs.h"
#include "ui/models/run_catalog.h"
#include "ui/pages/runs/runs_page_private.h"
#include "ui/pages/runs/trash_view.h"
#include "ui/text/number_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/choice_popup.h"
#include "ui/widgets/filter_edit.h"
#include "ui/widgets/run_table_view.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QShortcut>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace nabiz::ui {

namespace {

const QString kFilter = QStringLiteral("filter");

QPushButton* button(const char* name, bool isSmall)
{
    auto* made = new QPushButton;
    made->setObjectName(QLatin1String(name));
    made->setProperty("small", isSmall);
    if (!isSmall) { // it opens a list: the arrow stands behind the text
        made->setIcon(Theme::icon(QStringLiteral("chevron-down")));
        made->setLayoutDirection(Qt::RightToLeft);
    }
    return made;
}

} // namespace

RunsPage::Private::Private(RunsPage& owner, RunCatalog& runCatalog, CheckedRuns& checkedRuns)
    : page(owner)
    , catalog(runCatalog)
    , checked(checkedRuns)
    , model(new RunTableModel(runCatalog, checkedRuns, &owner))
    , filter(new FilterEdit)
    , help(new QToolButton)
    , group(button("groupButton", false))
    , columns(button("columnsButton", false))
    , trashButton(new QPushButton)
    , state(new QLabel)
    , compare(button("compareSelectedButton", true))
    , report(button("reportSelectedButton", true))
    , tags(button("tagSelectedButton", true))
    , star(button("starSelectedButton", true))
    , clone(button("cloneSelectedButton", true))
    , remove(button("trashSelectedButton", true))
    , stack(new QStackedWidget)
    , table(new RunTableView(*model))
    , empty(makeEmpty())
    , trash(new TrashView(runCatalog))
    , places(new QStackedWidget)
    , columnPopup(new ChoicePopup(ChoicePopup::Mode::Many, &owner))
    , groupPopup(new ChoicePopup(ChoicePopup::Mode::One, &owner))
    , tagPopup(new ChoicePopup(ChoicePopup::Mode::Many, &owner))
{
    assemble();
    connectFilter();
    connectTable();
    connectButtons();
    retranslateUi();
}

QWidget* RunsPage::Private::makeEmpty()
{
    auto* made = new QWidget;
    emptyText = new QLabel;
    emptyText->setObjectName(QStringLiteral("runsEmptyLabel"));
    emptyText->setAlignment(Qt::AlignCenter);
    emptyText->setWordWrap(true);
    Theme::setRole(emptyText, "dim");
    emptyButton = new QPushButton;
    emptyButton->setObjectName(QStringLiteral("runsEmptyButton"));
    auto* layout = new QVBoxLayout(made);
    layout->addStretch(2);
    layout->addWidget(emptyText);
    layout->addSpacing(kGap);
    layout->addWidget(emptyButton, 0, Qt::AlignHCenter);
    layout->addStretch(3);
    return made;
}

void RunsPage::Private::assemble()
{
    filter->setObjectName(QStringLiteral("runsFilterEdit"));
    help->setObjectName(QStringLiteral("filterHelpButton"));
    help->setText(QStringLiteral("?"));
    trashButton->setObjectName(QStringLiteral("trashButton"));
    state->setObjectName(QStringLiteral("runsStateLabel"));
    state->setTextFormat(Qt::PlainText);
    columnPopup->setObjectName(QStringLiteral("columnPopup"));
    groupPopup->setObjectName(QStringLiteral("groupPopup"));
    tagPopup->setObjectName(QStringLiteral("tagPopup"));
    tagPopup->setTakesNew(true);
    auto* bar = new QHBoxLayout;
    bar->setContentsMargins(kMargin, 12, kMargin, 0);
    bar->setSpacing(kGap);
    bar->addWidget(filter, 1);
    bar->addWidget(help);
    bar->addSpacing(kGap);
    bar->addWidget(group);
    bar->addWidget(columns);
    bar->addWidget(trashButton);
    auto* info = new QHBoxLayout;
    info->setContentsMargins(kMargin + 1, 6, kMargin, 6);
    info->setSpacing(kGap);
    info->addWidget(state, 1);
    for (QPushButton* one : selectionButtons()) {
        one->setSizePolicy(one->sizePolicy().horizontalPolicy(), QSizePolicy::Fixed);
        QSizePolicy kept = one->sizePolicy();
        kept.setRetainSizeWhenHidden(true); // the table must not jump
        one->setSizePolicy(kept);
        info->addWidget(one);
    }
    stack->addWidget(table);
    stack->addWidget(empty);
    auto* runs = new QWidget;
    auto* layout = new QVBoxLayout(runs);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(bar);
    layout->addLayout(info);
    layout->addWidget(stack, 1);
    places->addWidget(runs);
    places->addWidget(trash);
    auto* outer = new QVBoxLayout(&page);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(places);
}

void RunsPage::Private::connectFilter()
{
    filter->setNames([this] { return model->columns().filterNames(); });
    filter->setValues([this](const QString& name) {
        constexpr qsizetype kMost = 60;
        const auto& all = model->columns().all();
        const auto found = std::find_if(all.begin(), all.end(),
            [&](const RunColumn& column) { return column.key == name || column.key.endsWith(u'.' + name); });
        const bool isText = found != all.end()
            && (!found->field || found->kind == storage::RunFieldKind::Text
                || found->kind == storage::RunFieldKind::List);
        return isText ? model->values(found->key, kMost) : QStringList();
    });
    connect(filter, &FilterEdit::filterChanged, &page,
        [this](const trainer::FilterExpression& wanted) { model->setFilter(wanted); });
    connect(filter, &FilterEdit::problemChanged, &page, [this](const QString& sentence, bool unfinished) {
        problem = sentence;
        isUnfinished = unfinished;
        showState();
    });
    connect(help, &QToolButton::clicked, &page, [this] { showHelp(); });
    for (const QKeySequence& key : { QKeySequence(QKeySequence::Find), QKeySequence(Qt::Key_Slash) }) {
        auto* find = new QShortcut(key, &page, nullptr, nullptr, Qt::WidgetWithChildrenShortcut);
        connect(find, &QShortcut::activated, filter, [this] {
            filter->setFocus(Qt::ShortcutFocusReason);
            filter->selectAll();
        });
    }
}

void RunsPage::Private::connectTable()
{
    connect(model, &RunTableModel::countChanged, &page, [this] { update(); });
    connect(model, &RunTableModel::countChanged, &page, &RunsPage::shownChanged);
    connect(&checked, &CheckedRuns::changed, &page, [this] { showState(); });
    connect(&catalog, &RunCatalog::trashChanged, &page, [this] { retranslateUi(); });
    connect(table->selectionModel(), &QItemSelectionModel::selectionChanged, &page, [this] { showState(); });
    connect(table->selectionModel(), &QItemSelectionModel::currentChanged, &page, &RunsPage::currentChanged);
    connect(model, &RunTableModel::renameRequested, &page,
        [this](qint64 run, const QString& name) { Q_EMIT page.editRequested(RunEdit::rename(run, name)); });
    connect(model, &RunTableModel::noteRequested, &page,
        [this](qint64 run, const QString& note) { Q_EMIT page.editRequested(RunEdit::note(run, note)); });
    connect(model, &RunTableModel::tagsRequested, &page,
        [this](qint64 run, const QStringList& tags) { Q_EMIT page.editRequested(RunEdit::tag(run, tags)); });
    connect(table, &RunTableView::starRequested, &page,
        [this](const QList<qint64>& runs, bool on) { Q_EMIT page.editRequested(RunEdit::star(runs, on)); });
    connect(table, &RunTableView::trashRequested, &page,
        [this](const QList<qint64>& runs) { Q_EMIT page.editRequested(RunEdit::trash(runs)); });
    connect(table, &RunTableView::watchRequested, &page, &RunsPage::watchRequested);
    connect(table, &RunTableView::menuRequested, &page, [this](const QPoint& at) { showMenu(at); });
    connect(table, &RunTableView::headerMenuRequested, &page,
        [this](int column, const QPoint& at) { showHeaderMenu(column, at); });
    connect(table, &RunTableView::layoutEdited, &page, [this] {
        retranslateUi();
        Q_EMIT page.stateChanged();
    });
}

void RunsPage::Private::connectButtons()
{
    connect(columns, &QPushButton::clicked, &page, [this] { openColumns(); });
    connect(columnPopup, &ChoicePopup::chosen, &page,
        [this](const QString& key, bool on) { table->showOnly(model->columns().indexOf(key), on); });
    connect(columnPopup, &ChoicePopup::footerClicked, table, &RunTableView::resetColumns);
    connect(group, &QPushButton::clicked, &page, [this] { openGroups(); });
    connect(groupPopup, &ChoicePopup::chosen, &page, [this](const QString& key) {
        model->setGroupKey(key);
        retranslateUi();
    });
    connect(trashButton, &QPushButton::clicked, &page, [this] { places->setCurrentWidget(trash); });
    connect(trash, &TrashView::backRequested, &page, [this] {
        places->setCurrentIndex(0);
        table->setFocus();
    });
    connect(trash, &TrashView::editRequested, &page, &RunsPage::editRequested);
    connect(star, &QPushButton::clicked, &page, [this] {
        const auto runs = table->selectedRuns();
        const auto isStarred
            = [this](qint64 run) { return catalog.overview(run) && catalog.overview(run)->run.starred; };
        Q_EMIT page.editRequested(RunEdit::star(runs, !std::all_of(runs.begin(), runs.end(), isStarred)));
    });
    connect(compare, &QPushButton::clicked, &page, [this] { Q_EMIT page.compareRequested(table->selectedRuns()); });
    connect(report, &QPushButton::clicked, &page, [this] { Q_EMIT page.reportRequested(table->selectedRuns()); });
    connect(tags, &QPushButton::clicked, &page, [this] { openTags(); });
    connect(tagPopup, &ChoicePopup::chosen, &page, [this](const QString& tag, bool on) { setTag(tag, on); });
    connect(clone, &QPushButton::clicked, &page, [this] { Q_EMIT page.editAsNewRequested(table->currentRun()); });
    connect(remove, &QPushButton::clicked, &page,
        [this] { Q_EMIT page.editRequested(RunEdit::trash(table->selectedRuns())); });
    connect(emptyButton, &QPushButton::clicked, &page, [this] { onEmptyButton(); });
}

RunsPage::RunsPage(RunCatalog& catalog, CheckedRuns& checked, QWidget* parent)
    : PageWidget(parent)
{
    setObjectName(QStringLiteral("runsPage"));
    m_private = std::make_unique<Private>(*this, catalog, checked);
}

RunsPage::~RunsPage()
{
    delete m_private->places; // views before their model: somebody may be typing into one
}

std::vector<storage::RunId> RunsPage::shownRuns() const
{
    return m_private->model->shownRuns();
}

qint64 RunsPage::currentRun() const
{
    return m_private->table->currentRun();
}

void RunsPage::setCurrentRun(qint64 run)
{
    m_private->table->setCurrentRun(run);
}

QJsonObject RunsPage::state() const
{
    QJsonObject state = m_private->table->layoutState();
    state.insert(kFilter, m_private->filter->text());
    return state;
}

void RunsPage::restore(const QJsonObject& state)
{
    m_private->table->restoreLayout(state);
    setFilter(state.value(kFilter).toString());
    m_private->retranslateUi();
}

void RunsPage::setFilter(const QString& text)
{
    m_private->filter->setText(text);
    m_private->filter->readAgain();
}

void RunsPage::changeEvent(QEvent* event)
{
    PageWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        m_private->model->retranslate();
        m_private->table->retranslate();
        m_private->trash->retranslateUi();
        m_private->retranslateUi();
    }
}

void RunsPage::showEvent(QShowEvent* event)
{
    PageWidget::showEvent(event);
    m_private->places->setCurrentIndex(0);
    m_private->table->setFocus();
}

} // namespace nabiz::ui
