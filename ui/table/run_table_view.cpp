// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/table/run_table_view.h"

#include "ui/table/pinned_header.h"
#include "ui/table/run_table_columns.h"
#include "ui/table/run_table_delegate.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <algorithm>

namespace nabiz::ui {

using storage::RunField;

namespace {

constexpr int kMostChecked = 100; // curves that can still be told apart, by far

qint64 runOf(const QModelIndex& index)
{
    return index.isValid() ? index.data(RunTableModel::RunIdRole).toLongLong() : 0;
}

} // namespace

RunTableView::RunTableView(RunTableModel& model, QWidget* parent)
    : PinnedTree(parent)
    , m_model(model)
    , m_delegate(new RunTableDelegate(this))
    , m_columns(new RunTableColumns(*this, model))
    , m_rows(*this, model)
{
    setObjectName(QStringLiteral("runTable"));
    pinnedHeader().setFirstIndent(RunTableDelegate::kNameLeft - RunTableDelegate::kInset);
    pinnedHeader().setSectionsClickable(true); // the view takes it away
    // Before setModel: the view forgets where its rows are as soon as it hears of it.
    connect(&model, &QAbstractItemModel::modelAboutToBeReset, this, [this] { m_rows.noteScroll(); });
    setModel(&model);
    m_delegate->setStarColumn(model.columns().indexOf(RunField::Starred));
    setItemDelegate(m_delegate);
    setUniformRowHeights(true);
    setRootIsDecorated(false);
    setIndentation(0);
    setExpandsOnDoubleClick(false);
    setAllColumnsShowFocus(false);
    setSelectionMode(ExtendedSelection);
    setEditTriggers(NoEditTriggers);
    setMouseTracking(true);
    header()->setObjectName(QStringLiteral("runTableHeader"));
    header()->setMinimumSectionSize(28);
    header()->setContextMenuPolicy(Qt::CustomContextMenu);
    connectView();
    m_columns->reset();
}

void RunTableView::connectView()
{
    connect(header(), &QHeaderView::sectionClicked, this,
        [this](int column) { sortBy(column, QApplication::keyboardModifiers() & Qt::ShiftModifier); });
    connect(header(), &QHeaderView::customContextMenuRequested, this, [this](const QPoint& at) {
        Q_EMIT headerMenuRequested(header()->logicalIndexAt(at), header()->mapToGlobal(at));
    });
    connect(header(), &QHeaderView::sectionMoved, this, &RunTableView::layoutEdited);
    connect(header(), &QHeaderView::sectionResized, this, &RunTableView::layoutEdited);
    connect(m_columns, &RunTableColumns::edited, this, &RunTableView::layoutEdited);
    // After setModel, whose selection resets itself when the view has: what was put back before that would be lost.
    connect(&m_model, &QAbstractItemModel::modelReset, this, [this] {
        m_rows.putBack();
        executeDelayedItemsLayout();
        m_rows.scrollBack();
    });
    connect(selectionModel(), &QItemSelectionModel::currentChanged, this, [this] { m_rows.noteCurrent(); });
    connect(selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] { m_rows.noteSelection(); });
    connect(this, &QTreeView::expanded, this, [this](const QModelIndex& group) { m_rows.setOpen(group, true); });
    connect(this, &QTreeView::collapsed, this, [this](const QModelIndex& group) { m_rows.setOpen(group, false); });
    connect(&m_model, &QAbstractItemModel::rowsInserted, this, [this](const QModelIndex& parentIndex, int first, int) {
        if (!parentIndex.isValid() && m_model.groups().isGrouped())
            setExpanded(m_model.index(first, 0), true);
    });
    // The next row is ready for the next Delete.
    connect(&m_model, &QAbstractItemModel::rowsRemoved, this, [this] {
        if (currentIndex().isValid() && !selectionModel()->hasSelection())
            selectionModel()->select(currentIndex(), QItemSelectionModel::Select | QItemSelectionModel::Rows);
    });
    connect(m_delegate, &RunTableDelegate::starClicked, this, [this](const QModelIndex& index) {
        Q_EMIT starRequested({ runOf(index) }, index.data().toString().isEmpty());
    });
    connect(this, &QTreeView::doubleClicked, this, [this](const QModelIndex& index) {
        const auto field = m_model.columns().at(index.column()).field;
        if (field == RunField::Note || field == RunField::Tag)
            edit(index);
        else if (runOf(index) != 0 && field != RunField::Starred)
            Q_EMIT watchRequested(runOf(index));
    });
}

qint64 RunTableView::currentRun() const
{
    return runOf(currentIndex());
}

void RunTableView::setCurrentRun(qint64 run)
{
    if (const QModelIndex index = m_model.indexOf(run); index.isValid() && run != currentRun())
        setCurrentIndex(index);
}

QList<qint64> RunTableView::selectedRuns() const
{
    QModelIndexList rows = selectionModel()->selectedRows();
    const auto place = [](const QModelIndex& index) { return std::pair(index.parent().row(), index.row()); };
    std::sort(rows.begin(), rows.end(), [&](const auto& a, const auto& b) { return place(a) < place(b); });
    QList<qint64> runs;
    for (const QModelIndex& index : rows) {
        if (const qint64 run = runOf(index); run != 0 && !runs.contains(run))
            runs.append(run);
    }
    if (runs.isEmpty() && currentRun() != 0)
        runs.append(currentRun());
    return runs;
}

void RunTableView::sortBy(int column, bool isAdded)
{
    const QString key = m_model.columns().at(column).key;
    std::vector<RunSort> sort = isAdded ? m_model.sorting() : std::vector<RunSort>();
    const auto& before = m_model.sorting();
    const auto known = std::find_if(before.begin(), before.end(), [&](const RunSort& item) { return item.key == key; });
    const auto same = std::find_if(sort.begin(), sort.end(), [&](const RunSort& item) { return item.key == key; });
    // Up, down, and not at all. The largest is what one looks for first where more is better, and the latest.
    const auto field = m_model.columns().at(column).field;
    const bool downFirst = field == RunField::Started || field == RunField::Created || field == RunField::Ended
        || field == RunField::TokensPerSecond || field == RunField::Starred;
    if (known == before.end())
        sort.push_back({ key, downFirst });
    else if (known->isDescending == downFirst && same != sort.end())
        same->isDescending = !downFirst;
    else if (known->isDescending == downFirst)
        sort.push_back({ key, !downFirst });
    else if (same != sort.end())
        sort.erase(same);
    m_model.setSort(std::move(sort));
    Q_EMIT layoutEdited();
}

void RunTableView::toggleChecks()
{
    const QList<qint64> runs = selectedRuns();
    const auto isChecked
        = [this](qint64 run) { return m_model.indexOf(run).data(Qt::CheckStateRole).toInt() == Qt::Checked; };
    const bool on = !std::all_of(runs.begin(), runs.end(), isChecked);
    for (qsizetype i = 0; i < std::min<qsizetype>(runs.size(), kMostChecked); ++i)
        m_model.setData(m_model.indexOf(runs[i]), on ? Qt::Checked : Qt::Unchecked, Qt::CheckStateRole);
}

void RunTableView::toggleStars()
{
    const QList<qint64> runs = selectedRuns();
    const int column = m_model.columns().indexOf(RunField::Starred);
    const auto isStarred = [&](qint64 run) { return !m_model.indexOf(run, column).data().toString().isEmpty(); };
    if (!runs.isEmpty())
        Q_EMIT starRequested(runs, !std::all_of(runs.begin(), runs.end(), isStarred));
}

void RunTableView::editField(RunField field)
{
    const QModelIndex current = currentIndex();
    if (runOf(current) == 0)
        return;
    const int column = m_model.columns().indexOf(field);
    if (isColumnHidden(column))
        m_columns->showOnly(column, true);
    edit(current.siblingAtColumn(column));
}

void RunTableView::copySelection() const
{
    QList<int> columns;
    for (int place = 0; place < header()->count(); ++place) {
        if (const int column = header()->logicalIndex(place); !isColumnHidden(column))
            columns.append(column);
    }
    QStringList lines;
    const auto addLine = [&](const auto& cell) {
        QStringList cells;
        for (const int column : columns)
            cells.append(cell(m_model.columns().at(column)));
        lines.append(cells.join(u'\t'));
    };
    addLine([](const RunColumn& column) { return column.key; });
    for (const qint64 run : selectedRuns())
        addLine([&](const RunColumn& column) { return m_model.plainText(run, column); });
    QApplication::clipboard()->setText(lines.join(u'\n') + u'\n');
}

bool RunTableView::onCommandKey(QKeyEvent* event)
{
    if (event->matches(QKeySequence::Copy)) {
        copySelection();
        return true;
    }
    if (event->modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier))
        return false;
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (currentRun() != 0)
            Q_EMIT watchRequested(currentRun());
        else if (currentIndex().isValid())
            setExpanded(currentIndex(), !isExpanded(currentIndex()));
        return true;
    case Qt::Key_Space:
        toggleChecks();
        return true;
    case Qt::Key_S:
        toggleStars();
        return true;
    case Qt::Key_Delete:
        if (const auto runs = selectedRuns(); !runs.isEmpty())
            Q_EMIT trashRequested(runs);
        return true;
    case Qt::Key_F2: {
        const auto field
            = currentIndex().isValid() ? m_model.columns().at(currentIndex().column()).field : std::nullopt;
        editField(field == RunField::Note || field == RunField::Tag ? *field : RunField::Name);
        return true;
    }
    default:
        return false;
    }
}

void RunTableView::expandGroups(bool expanded)
{
    for (int row = 0; m_model.groups().isGrouped() && row < m_model.rowCount(); ++row)
        setExpanded(m_model.index(row, 0), expanded);
}

void RunTableView::reset()
{
    PinnedTree::reset();
    m_columns->addNew();
}

void RunTableView::drawRow(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    if (runOf(index) != 0) {
        PinnedTree::drawRow(painter, option, index);
        return;
    }
    QStyleOptionViewItem whole = option;
    whole.state.setFlag(QStyle::State_Selected, selectionModel()->isSelected(index));
    m_delegate->paintGroup(painter, whole, index, isExpanded(index));
}

void RunTableView::keyPressEvent(QKeyEvent* event)
{
    if (state() != EditingState && onCommandKey(event))
        event->accept();
    else
        PinnedTree::keyPressEvent(event);
}

void RunTableView::mousePressEvent(QMouseEvent* event)
{
    PinnedTree::mousePressEvent(event);
    const QModelIndex index = indexAt(event->position().toPoint());
    if (event->button() == Qt::LeftButton && index.isValid() && runOf(index) == 0)
        setExpanded(index.siblingAtColumn(0), !isExpanded(index.siblingAtColumn(0)));
}

void RunTableView::contextMenuEvent(QContextMenuEvent* event)
{
    const bool isKey = event->reason() == QContextMenuEvent::Keyboard;
    const QPoint at = isKey ? visualRect(currentIndex()).center() : event->pos();
    if (runOf(indexAt(at)) != 0)
        Q_EMIT menuRequested(viewport()->mapToGlobal(at));
}

} // namespace nabiz::ui
